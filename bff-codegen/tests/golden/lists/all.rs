// Generated from lists.bff by bff-codegen. Edits are lost.
record! {
    /// The query inputs.
    pub QueryInAll<'a> {
        day: Option<Date> = "day",
        words: List<'a, Str<'a>> = "words",
        n: i64 = "n",
    }
}
record! {
    /// What `all` reads of `Sale`.
    pub SaleInAll<'a> {
        sku: Id<'a> = "sku",
        net: Decimal = "net",
        units: i64 = "units",
        weight: Option<f64> = "weight",
        returned: bool = "returned",
        day: Date = "day",
        at: DateTime = "at",
        status: Status<'a> = "status",
        note: Option<Str<'a>> = "note",
        lines: Option<List<'a, LineInAll<'a>>> = "lines",
        tags: List<'a, Str<'a>> = "tags",
        took: Span = "took",
    }
}
record! {
    /// What `all` reads of `Line`.
    pub LineInAll<'a> {
        sku: Option<Id<'a>> = "sku",
        qty: i64 = "qty",
        price: Decimal = "price",
    }
}
const QUERY: Var<QueryInAll<'static>> = Var::input(InputKind::Query);
const S: Var<List<'static, SaleInAll<'static>>> = Var::call(0);
const _: () = in_order(&[S.slot()], &CALLS);

// lists.bff:52  route GET /all
pub static ROUTE: Route = Route {
    name: "all",
    at: At("lists.bff", 52),
    verb: Verb::Get,
    path: "/all",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<QueryInAll<'static> as Read<'static>>::KIND,
            defaults: &[(2, "2")],
        }),
        ..Inputs::NONE
    },
    proxy: None,
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 0] = [];
static CALLS: [Call; 1] = [
    Call::new(S, "s", At("lists.bff", 54), &shop::SALES, send!(call_s; QUERY)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[S.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("lists.bff", 61),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY, S)),
    },
];

// lists.bff:55  let open = s.filter(.status == OPEN && .units > 0)
fn let_open<'a>(s: List<'a, SaleInAll<'a>>) -> Vec<SaleInAll<'a>> {
    let mut list = Vec::new();
    for it in s {
        if (it.status() == Status::Open) && (it.units() > 0) {
            list.push(it);
        }
    }
    list
}

// lists.bff:56  let by_day = s.group(.day)
fn let_by_day<'a>(
    s: List<'a, SaleInAll<'a>>,
) -> list::Index<'a, Date, Vec<SaleInAll<'a>>> {
    let mut table = list::Index::new();
    for it in s {
        table.add(it.day(), it);
    }
    table
}

// lists.bff:57  let by_status = open.group(.status)
fn let_by_status<'a>(
    s: List<'a, SaleInAll<'a>>,
) -> list::Index<'a, Status<'a>, Vec<SaleInAll<'a>>> {
    let open = let_open(s);
    let mut table = list::Index::new();
    for it in open.iter().cloned() {
        table.add(it.status(), it);
    }
    table
}

// lists.bff:58  let units = s.index(.units)
fn let_units<'a>(s: List<'a, SaleInAll<'a>>) -> list::Index<'a, i64, SaleInAll<'a>> {
    let mut table = list::Index::new();
    for it in s {
        table.set(it.units(), it);
    }
    table
}

// lists.bff:60  let kept = cheap.filter(.cents > 10).sort(.deep.lines, .cents desc)
fn let_kept<'a>(
    s: List<'a, SaleInAll<'a>>,
) -> Eval<Vec<(Str<'a>, Decimal, Option<Str<'a>>, (Option<i64>,))>> {
    Ok({
        let mut ranks = list::Order::new(&[false, true]);
        let mut rows_2 = Vec::new();
        for it in s {
            let it_2 = (
                it.sku(),
                ops::mul(it.net(), Decimal::new(100, 0), At("lists.bff", 59))?,
                it.note(),
                (it.lines().map(|it_2| it_2.count()),),
            );
            if it_2.1 > Decimal::new(10, 0) {
                ranks.key(it_2.3.0);
                ranks.key(it_2.1);
                rows_2.push(it_2);
            }
        }
        ranks.sort(&mut rows_2);
        rows_2
    })
}

// lists.bff:54  call s = shop.sales(day: query.day)
fn call_s(q: &mut Request, query: QueryInAll<'_>) {
    shop::sales(q, query.day());
}

// lists.bff:61  respond {
fn respond(o: &mut Out, query: QueryInAll<'_>, s: List<'_, SaleInAll<'_>>) -> Eval {
    let scratch = &Scratch::new();
    let open = let_open(s);
    let by_day = let_by_day(s);
    let by_status = let_by_status(s);
    let units = let_units(s);
    let kept = list::Once::new();
    o.object();
    o.key("open");
    o.array();
    for it in open.iter().cloned() {
        o.object();
        o.put("sku", it.sku());
        o.end_object();
    }
    o.end_array();
    o.key("whole");
    o.array();
    {
        let mut quota: i64 = 1;
        'found: {
            if quota > 0 {
                for it in open.iter().cloned() {
                    put_sale_in_all(o, it);
                    quota -= 1;
                    if quota == 0 {
                        break 'found;
                    }
                }
            }
        }
    }
    o.end_array();
    o.put(
        "any",
        'found_2: {
            for it in s {
                if it.returned() {
                    break 'found_2 true;
                }
            }
            false
        },
    );
    o.put(
        "all",
        'found_3: {
            for it in s {
                if !(it.units() > 0) {
                    break 'found_3 false;
                }
            }
            true
        },
    );
    o.put(
        "none",
        'found_4: {
            for it in s {
                let it_2 = it.returned();
                if it_2 {
                    break 'found_4 true;
                }
            }
            false
        },
    );
    o.key("sorted");
    o.array();
    for it in {
        let mut ranks = list::Order::new(&[true, false, false]);
        let mut rows_2 = Vec::new();
        for it in s {
            ranks.key(it.net());
            ranks.key(it.day());
            ranks.key(it.note());
            rows_2.push(it);
        }
        ranks.sort(&mut rows_2);
        rows_2
    } {
        o.value(it.sku());
    }
    o.end_array();
    o.key("by_time");
    o.array();
    for it in {
        let mut ranks = list::Order::new(&[false, true, false]);
        let mut rows_2 = Vec::new();
        for it in s {
            ranks.key(it.at());
            ranks.key(it.took());
            ranks.key(it.weight());
            rows_2.push(it);
        }
        ranks.sort(&mut rows_2);
        rows_2
    } {
        o.value(it.sku());
    }
    o.end_array();
    o.put(
        "min",
        {
            let mut peak = None;
            for it in s {
                peak = list::least(peak, it.net());
            }
            peak
        },
    );
    o.put(
        "max",
        {
            let mut peak = None;
            for it in s {
                peak = list::greatest(peak, it.day());
            }
            peak
        },
    );
    o.put(
        "avg",
        {
            let mut mean = list::Mean::new();
            for it in s {
                mean.add(it.units(), At("lists.bff", 67))?;
            }
            mean.value(At("lists.bff", 67))?
        },
    );
    o.put(
        "weight",
        {
            let mut mean = list::Mean::new();
            for it in s {
                if let Some(it_2) = it.weight() {
                    mean.add(it_2, At("lists.bff", 67))?;
                }
            }
            mean.value(At("lists.bff", 67))?
        },
    );
    o.put(
        "mean",
        {
            let mut mean = list::Mean::new();
            for it in s {
                mean.add(it.net(), At("lists.bff", 67))?;
            }
            mean.value(At("lists.bff", 67))?
        },
    );
    o.put(
        "least",
        {
            let mut peak = None;
            for it in s {
                let it_2 = it.units();
                peak = list::least(peak, it_2);
            }
            peak
        },
    );
    o.put(
        "sum",
        {
            let mut tally = 0_i64;
            for it in s {
                let it_2 = it.units();
                tally = ops::add(tally, it_2, At("lists.bff", 68))?;
            }
            tally
        },
    );
    o.key("words");
    o.array();
    for it in {
        let mut ranks = list::Order::new(&[false]);
        let mut rows_2 = Vec::new();
        for it in query.words() {
            ranks.key(it);
            rows_2.push(it);
        }
        ranks.sort(&mut rows_2);
        rows_2
    } {
        o.value(it);
    }
    o.end_array();
    o.put(
        "longest",
        {
            let mut peak = None;
            for it in query.words() {
                peak = list::greatest(peak, it);
            }
            peak
        },
    );
    o.put(
        "lines",
        {
            let mut tally = 0_i64;
            for it in s {
                if let Some(it_2) = it.lines() {
                    for it_3 in it_2 {
                        let it_4 = it_3.qty();
                        tally = ops::add(tally, it_4, At("lists.bff", 69))?;
                    }
                }
            }
            tally
        },
    );
    o.key("prices");
    o.array();
    {
        let mut quota: i64 = query.n();
        'found_5: {
            if quota > 0 {
                for it in {
                    let mut ranks_2 = list::Order::new(&[true]);
                    let mut rows_3 = Vec::new();
                    for it in s {
                        if let Some(it_2) = it.lines() {
                            for it_3 in it_2 {
                                let it_4 = it_3.price();
                                ranks_2.key(it_4);
                                rows_3.push(it_4);
                            }
                        }
                    }
                    ranks_2.sort(&mut rows_3);
                    rows_3
                } {
                    o.value(it);
                    quota -= 1;
                    if quota == 0 {
                        break 'found_5;
                    }
                }
            }
        }
    }
    o.end_array();
    o.put(
        "weights",
        {
            let mut tally = 0.0_f64;
            for it in s {
                let it_2 = it.weight();
                if let Some(it_3) = it_2 {
                    tally = ops::add(tally, it_3, At("lists.bff", 70))?;
                }
            }
            tally
        },
    );
    o.key("over");
    match s.first() {
        Some(it) => {
            match it
                .lines()
                .map(|it_2| {
                    let mut list = Vec::new();
                    for it_3 in it_2 {
                        if it_3.qty() > 1 {
                            list.push(it_3);
                        }
                    }
                    list
                })
            {
                Some(it_2) => {
                    o.array();
                    for it_3 in it_2.iter().cloned() {
                        o.object();
                        o.put("qty", it_3.qty());
                        o.end_object();
                    }
                    o.end_array();
                }
                None => {
                    o.null();
                }
            }
        }
        None => {
            o.null();
        }
    }
    o.put(
        "maybe",
        (match s.first() {
            Some(it) => {
                match it.lines() {
                    Some(it_2) => {
                        Some({
                            let mut tally = 0_i64;
                            for it_3 in it_2 {
                                tally = ops::add(tally, it_3.qty(), At("lists.bff", 72))?;
                            }
                            tally
                        })
                    }
                    None => None,
                }
            }
            None => None,
        })
            .unwrap_or(0),
    );
    o.key("daily");
    o.object();
    for it in by_day.entries() {
        o.key_text(&it.0);
        o.array();
        for it_2 in it.1.iter().cloned() {
            o.object();
            o.put("sku", it_2.sku());
            o.put("net", it_2.net());
            o.end_object();
        }
        o.end_array();
    }
    o.end_object();
    o.put("days", by_day.count());
    o.put(
        "day",
        by_day
            .get(query.day().unwrap_or(Date::lit("2024-01-01")))
            .cloned()
            .map(|it| (it.len() as i64)),
    );
    o.key("grouped");
    o.object();
    for it in by_status.clone().entries() {
        o.key_text(&it.0);
        o.array();
        for it_2 in it.1.iter().cloned() {
            put_sale_in_all(o, it_2);
        }
        o.end_array();
    }
    o.end_object();
    o.key("by_status_2");
    o.array();
    for it in by_status.entries() {
        o.object();
        o.put("key", it.0);
        o.put("n", (it.1.len() as i64));
        o.end_object();
    }
    o.end_array();
    o.key("open_ones");
    match by_status.get(Status::Open).cloned() {
        Some(it) => {
            o.array();
            for it_2 in it.iter().cloned() {
                o.object();
                o.put("sku", it_2.sku());
                o.end_object();
            }
            o.end_array();
        }
        None => {
            o.null();
        }
    }
    o.put("unit", units.get(3).cloned().map(|it| it.sku()));
    o.put(
        "units",
        {
            let mut tally = 0_i64;
            for it in units.entries() {
                let it_2 = it.0;
                tally = ops::add(tally, it_2, At("lists.bff", 79))?;
            }
            tally
        },
    );
    o.key("unique");
    o.array();
    {
        let mut quota: i64 = 1;
        let mut met_2 = list::Seen::new();
        for it in s {
            if met_2.insert(it.sku()) {
                if quota > 0 {
                    quota -= 1;
                } else {
                    o.object();
                    o.put("sku", it.sku());
                    o.end_object();
                }
            }
        }
    }
    o.end_array();
    o.put(
        "tags",
        {
            let mut parts = Vec::new();
            for it in {
                let mut ranks = list::Order::new(&[false]);
                let mut rows_2 = Vec::new();
                let mut met_3 = list::Seen::new();
                for it in s {
                    for it_2 in it.tags() {
                        if met_3.insert(it_2) {
                            ranks.key(it_2);
                            rows_2.push(it_2);
                        }
                    }
                }
                ranks.sort(&mut rows_2);
                rows_2
            } {
                parts.push(it);
            }
            scratch.join(Str::lit(" "), &parts)
        },
    );
    o.key("kept");
    o.array();
    for it in kept.get(|| let_kept(s))?.iter() {
        o.object();
        o.put("sku", it.0);
        o.put("cents", it.1);
        o.put("note", it.2);
        o.key("deep");
        o.object();
        o.put("lines", it.3.0);
        o.end_object();
        o.end_object();
    }
    o.end_array();
    o.put(
        "first",
        match kept.get(|| let_kept(s))?.first().cloned().map(|it| it.1) {
            Some(it) => it,
            None => Decimal::new(0, 0),
        },
    );
    o.put("second", list::at(&kept.get(|| let_kept(s))?, 1).and_then(|it| it.3.0));
    o.key("kept_notes");
    o.array();
    for it in kept.get(|| let_kept(s))?.iter() {
        let it_2 = it.2;
        if let Some(it_3) = it_2 {
            o.value(it_3);
        }
    }
    o.end_array();
    o.key("kept_by");
    o.object();
    for it in ({
        let mut table = list::Index::new();
        for it in kept.get(|| let_kept(s))?.iter() {
            table.add(it.0, it.clone());
        }
        table
    })
        .into_entries()
    {
        o.key_text(&it.0);
        o.array();
        for it_2 in it.1.iter() {
            o.object();
            o.put("cents", it_2.1);
            o.end_object();
        }
        o.end_array();
    }
    o.end_object();
    o.key("kept_index");
    o.array();
    for it in ({
        let mut table = list::Index::new();
        for it in kept.get(|| let_kept(s))?.iter() {
            table.set(it.0, it.clone());
        }
        table
    })
        .into_entries()
    {
        o.object();
        o.put("key", it.0);
        o.put("cents", it.1.1);
        o.end_object();
    }
    o.end_array();
    o.key("nested");
    o.array();
    for it in s {
        if it
            .lines()
            .map(|it_2| 'found_7: {
                for it_3 in it_2 {
                    if it_3.qty() > query.n() {
                        break 'found_7 true;
                    }
                }
                false
            })
            .unwrap_or(false)
        {
            o.object();
            o.put("sku", it.sku());
            o.key("top");
            match it
                .lines()
                .map(|it_2| {
                    let mut ranks = list::Order::new(&[true]);
                    let mut rows_2 = Vec::new();
                    for it_3 in it_2 {
                        ranks.key(it_3.price());
                        rows_2.push(it_3);
                    }
                    ranks.sort(&mut rows_2);
                    rows_2
                })
                .map(|it_2| {
                    let mut list = Vec::new();
                    {
                        let mut quota: i64 = 2;
                        'found_6: {
                            if quota > 0 {
                                for it_3 in it_2.iter().cloned() {
                                    list.push(it_3);
                                    quota -= 1;
                                    if quota == 0 {
                                        break 'found_6;
                                    }
                                }
                            }
                        }
                    }
                    list
                })
            {
                Some(it_2) => {
                    o.array();
                    for it_3 in it_2.iter().cloned() {
                        o.object();
                        o.put("price", it_3.price());
                        o.end_object();
                    }
                    o.end_array();
                }
                None => {
                    o.null();
                }
            }
            o.end_object();
        }
    }
    o.end_array();
    o.key("words_in");
    o.array();
    for it in s {
        if 'found_8: {
            for it_2 in query.words() {
                if it_2 == it.sku() {
                    break 'found_8 true;
                }
            }
            false
        } {
            o.value(it.sku());
        }
    }
    o.end_array();
    o.key("literal");
    o.array();
    for it in {
        let mut ranks = list::Order::new(&[false]);
        let mut rows_2 = Vec::new();
        for it in [3, 1, 2] {
            ranks.key(it);
            rows_2.push(it);
        }
        ranks.sort(&mut rows_2);
        rows_2
    } {
        o.value(it);
    }
    o.end_array();
    o.put(
        "text",
        {
            let mut parts = Vec::new();
            for it in {
                let mut ranks = list::Order::new(&[false]);
                let mut rows_2 = Vec::new();
                for it in scratch.split(Str::lit("b a"), Str::lit(" ")) {
                    ranks.key(it);
                    rows_2.push(it);
                }
                ranks.sort(&mut rows_2);
                rows_2
            } {
                parts.push(it);
            }
            scratch.join(Str::lit(" "), &parts)
        },
    );
    o.put(
        "took",
        {
            let mut peak = None;
            for it in s {
                peak = list::greatest(peak, it.took());
            }
            peak
        },
    );
    o.key("ids");
    o.array();
    for it in s {
        if let Some(it_2) = it.lines() {
            for it_3 in it_2 {
                let it_4 = it_3.sku();
                if let Some(it_5) = it_4 {
                    o.value(it_5);
                }
            }
        }
    }
    o.end_array();
    o.key("twice");
    o.array();
    for it in {
        let mut ranks = list::Order::new(&[true]);
        let mut rows_2 = Vec::new();
        for it in ({
            let mut table_3 = list::Index::new();
            for it in s {
                table_3.add(it.status(), it);
            }
            table_3
        })
            .into_entries()
        {
            ranks.key((it.1.len() as i64));
            rows_2.push(it);
        }
        ranks.sort(&mut rows_2);
        rows_2
    } {
        o.object();
        o.put("status", it.0);
        o.key("skus");
        o.array();
        for it_2 in ({
            let mut table = list::Index::new();
            for it_2 in it.1.iter().cloned() {
                table.add(it_2.sku(), it_2);
            }
            table
        })
            .into_entries()
        {
            o.object();
            o.put("key", it_2.0);
            o.put("n", (it_2.1.len() as i64));
            o.end_object();
        }
        o.end_array();
        o.end_object();
    }
    o.end_array();
    o.put(
        "more",
        ('found_9: {
            {
                let mut quota: i64 = 1;
                'found_10: {
                    if quota > 0 {
                        {
                            let mut quota_2: i64 = 1;
                            {
                                let mut quota_3: i64 = 3;
                                'found_11: {
                                    if quota_3 > 0 {
                                        for it in s {
                                            if quota_2 > 0 {
                                                quota_2 -= 1;
                                            } else {
                                                break 'found_9 Some(it);
                                                quota -= 1;
                                                if quota == 0 {
                                                    break 'found_10;
                                                }
                                            }
                                            quota_3 -= 1;
                                            if quota_3 == 0 {
                                                break 'found_11;
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            None
        })
            .map(|it| it.sku()),
    );
    o.put(
        "even",
        {
            let mut count = 0;
            for it in s {
                if ops::modulo(it.units(), 2, At("lists.bff", 89))? == Some(0) {
                    count += 1;
                }
            }
            count
        },
    );
    if 'found_12: {
        for it in s {
            if it.returned() {
                break 'found_12 true;
            }
        }
        false
    } {
        o.put("when_any", 1);
    }
    o.put(
        "m",
        match s.count() {
            0 => Str::lit("none"),
            _ => {
                ({
                    let mut peak = None;
                    for it in s {
                        peak = list::greatest(peak, it.sku());
                    }
                    peak
                })
                    .unwrap_or(Str::lit(""))
            }
        },
    );
    o.end_object();
    Ok(())
}
pub fn put_sale_in_all(o: &mut Out, it: SaleInAll<'_>) {
    o.object();
    o.put("sku", it.sku());
    o.put("net", it.net());
    o.put("units", it.units());
    o.put("weight", it.weight());
    o.put("returned", it.returned());
    o.put("day", it.day());
    o.put("at", it.at());
    o.put("status", it.status());
    o.put("note", it.note());
    o.key("lines");
    match it.lines() {
        Some(it_2) => {
            o.array();
            for it_3 in it_2 {
                put_line_in_all(o, it_3);
            }
            o.end_array();
        }
        None => {
            o.null();
        }
    }
    o.put("tags", it.tags());
    o.put("took", it.took());
    o.end_object();
}
pub fn put_line_in_all(o: &mut Out, it: LineInAll<'_>) {
    o.object();
    o.put("sku", it.sku());
    o.put("qty", it.qty());
    o.put("price", it.price());
    o.end_object();
}
