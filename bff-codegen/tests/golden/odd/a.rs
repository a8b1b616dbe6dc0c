// Generated from odd.bff by bff-codegen. Edits are lost.
record! {
    /// The query inputs.
    pub Query<'a> {
        ids: List<'a, Id<'a>> = "ids",
        n: i64 = "n",
        kind: Option<KindRecord> = "kind",
    }
}
record! {
    /// What `a` reads of `Row`.
    pub Row<'a> {
        id: Id<'a> = "id",
        n: Option<i64> = "n",
        d: Decimal = "d",
        k: KindRecord = "k",
        tags: Option<List<'a, Str<'a>>> = "tags",
        sub: Option<Sub<'a>> = "sub",
        subs: List<'a, SubInA<'a>> = "subs",
        at: DateTime = "at",
        flag: bool = "flag",
        url: Url<'a> = "url",
        u: Uuid<'a> = "u",
        took: Span = "took",
        prices: Map<'a, Price<'a>> = "prices",
        by_n: Map<'a, List<'a, Sub<'a>>, i64> = "by_n",
    }
}
record! {
    /// What `a` reads of `Row`.
    pub RowInA<'a> {
        id: Id<'a> = "id",
        n: Option<i64> = "n",
        d: Decimal = "d",
        k: KindRecord = "k",
        tags: Option<List<'a, Str<'a>>> = "tags",
        sub: Option<SubInA<'a>> = "sub",
        subs: List<'a, SubInA<'a>> = "subs",
        at: DateTime = "at",
        flag: bool = "flag",
        url: Url<'a> = "url",
        u: Uuid<'a> = "u",
        took: Span = "took",
        prices: Map<'a, Price<'a>> = "prices",
        by_n: Map<'a, List<'a, SubInA<'a>>, i64> = "by_n",
    }
}
record! {
    /// What `a` reads of `Sub`.
    pub Sub<'a> {
        x: i64 = "x",
    }
}
record! {
    /// What `a` reads of `Sum`.
    pub Sum<'a> {
        total: Raw<'a, Decimal> = "total",
    }
}
record! {
    /// What `a` reads of `Sub`.
    pub SubInA<'a> {
        x: i64 = "x",
        y: Option<Sub2<'a>> = "y",
    }
}
record! {
    /// What `a` reads of `Sub2`.
    pub Sub2<'a> {
        z: f64 = "z",
        w: List<'a, Option<i64>> = "w",
    }
}
record! {
    /// What `a` reads of `Price`.
    pub Price<'a> {
        amount: Decimal = "amount",
        currency: Str<'a> = "currency",
    }
}
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const ROWS_VALUE: Var<List<'static, Row<'static>>> = Var::call(0);
const M: Var<Option<List<'static, Option<RowInA<'static>>>>> = Var::call(1);
const SUM: Var<Option<Sum<'static>>> = Var::call(2);
const _: () = in_order(&[ROWS_VALUE.slot(), M.slot(), SUM.slot()], &CALLS);

// odd.bff:22  route GET /a
pub static ROUTE: Route = Route {
    name: "a",
    at: At("odd.bff", 22),
    verb: Verb::Get,
    path: "/a",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<Query<'static> as Read<'static>>::KIND,
            defaults: &[(1, "3")],
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
static GUARDS: [Guard; 1] = [
    Guard {
        at: At("odd.bff", 26),
        test: when!(check_1; QUERY),
        refuse: Refuse::Check("too many"),
    },
];
static CALLS: [Call; 3] = [
    Call::new(
        ROWS_VALUE,
        "rows",
        At("odd.bff", 24),
        &api::ROWS,
        send!(call_rows_value; QUERY),
    ),
    Call::new(M, "m", At("odd.bff", 25), &api::MAYBE, send!(call_m; QUERY)).or(&M_OR),
    Call::new(SUM, "sum", At("odd.bff", 32), &api::POST, send!(call_sum; ROWS_VALUE))
        .when(when!(when_sum; ROWS_VALUE))
        .on(&SUM_ON)
        .or(&SUM_OR),
];
static OUTPUTS: [Output; 2] = [
    Output {
        when: None,
        needs: needs(&[ROWS_VALUE.slot(), M.slot(), SUM.slot()]),
    },
    Output {
        when: None,
        needs: needs(&[ROWS_VALUE.slot(), M.slot()]),
    },
];
static REPLIES: [Reply; 2] = [
    Reply {
        at: At("odd.bff", 35),
        status: 200,
        when: Some(when!(when_respond; ROWS_VALUE)),
        headers: Some(headers!(headers; ROWS_VALUE)),
        body: Some(body!(respond; QUERY, ROWS_VALUE, M, SUM)),
    },
    Reply {
        at: At("odd.bff", 57),
        status: 404,
        when: None,
        headers: None,
        body: Some(body!(respond_2; ROWS_VALUE, M)),
    },
];

// odd.bff:27  let known = m.filter(it != null) ?? []
fn let_known<'a>(m: Option<List<'a, Option<RowInA<'a>>>>) -> Vec<RowInA<'a>> {
    m.map(|it| {
            let mut list = Vec::new();
            for it_2 in it {
                if let Some(it_3) = it_2 {
                    list.push(it_3);
                }
            }
            list
        })
        .unwrap_or_default()
}

// odd.bff:28  let groups = rows.group(.k)
fn let_groups<'a>(
    rows_value: List<'a, Row<'a>>,
) -> list::Index<'a, KindRecord, Vec<Row<'a>>> {
    let mut table = list::Index::new();
    for it in rows_value {
        table.add(it.k(), it);
    }
    table
}

// odd.bff:29  let flat = rows.filter(.sub != null) { id, x: .sub.x, sub: .sub { x }, tags, at: .at.format("d") }
fn let_flat<'a>(
    scratch: &'a Scratch,
    rows_value: List<'a, Row<'a>>,
) -> Vec<(Str<'a>, i64, (i64,), Option<List<'a, Str<'a>>>, Str<'a>)> {
    let mut list = Vec::new();
    for it in rows_value {
        if let Some(it_2) = it.sub() {
            list.push((
                it.id(),
                it_2.x(),
                (it_2.x(),),
                it.tags(),
                scratch
                    .date_time(
                        it.at(),
                        &[text::Piece::Field('d', 1)],
                        LOCALES,
                        Str::lit("en"),
                        Str::lit("UTC"),
                    ),
            ));
        }
    }
    list
}

// odd.bff:30  let per = flat.sort(.x desc, .id).group(.x)
fn let_per<'a>(
    scratch: &'a Scratch,
    rows_value: List<'a, Row<'a>>,
) -> list::Index<
    'a,
    i64,
    Vec<(Str<'a>, i64, (i64,), Option<List<'a, Str<'a>>>, Str<'a>)>,
> {
    let flat = let_flat(scratch, rows_value);
    let mut table = list::Index::new();
    for it in {
        let mut ranks_2 = list::Order::new(&[true, false]);
        let mut rows_3 = Vec::new();
        for it in flat.iter() {
            ranks_2.key(it.1);
            ranks_2.key(it.0);
            rows_3.push(it.clone());
        }
        ranks_2.sort(&mut rows_3);
        rows_3
    } {
        table.add(it.1, it);
    }
    table
}

// odd.bff:31  let names = flat.index(.id)
fn let_names<'a>(
    scratch: &'a Scratch,
    rows_value: List<'a, Row<'a>>,
) -> list::Index<
    'a,
    Str<'a>,
    (Str<'a>, i64, (i64,), Option<List<'a, Str<'a>>>, Str<'a>),
> {
    let flat = let_flat(scratch, rows_value);
    let mut table = list::Index::new();
    for it in flat.iter() {
        table.set(it.0, it.clone());
    }
    table
}

// odd.bff:26  query.ids.unique().count() < 10
fn check_1(query: Query<'_>) -> bool {
    ({
        let mut count = 0;
        let mut met = list::Seen::new();
        for it in query.ids() {
            if met.insert(it) {
                count += 1;
            }
        }
        count
    }) < 10
}

// odd.bff:24  call rows = api.rows(ids: query.ids.sort().unique(), ns: query.ids.take(2)[].int().filter(it != null))
fn call_rows_value(q: &mut Request, query: Query<'_>) {
    let mut ids_arg = Vec::new();
    let mut met = list::Seen::new();
    for it in {
        let mut ranks_2 = list::Order::new(&[false]);
        let mut rows_3 = Vec::new();
        for it in query.ids() {
            ranks_2.key(it);
            rows_3.push(it);
        }
        ranks_2.sort(&mut rows_3);
        rows_3
    } {
        if met.insert(it) {
            ids_arg.push(it);
        }
    }
    let mut ns_arg = Vec::new();
    {
        let mut quota: i64 = 2;
        'found: {
            if quota > 0 {
                for it in query.ids() {
                    let it_2 = ops::read_int(it);
                    if let Some(it_3) = it_2 {
                        ns_arg.push(it_3);
                    }
                    quota -= 1;
                    if quota == 0 {
                        break 'found;
                    }
                }
            }
        }
    }
    api::rows(q, &ids_arg, &ns_arg);
}

// odd.bff:25  call m = api.maybe(kind: query.kind) else null
fn call_m(q: &mut Request, query: Query<'_>) {
    api::maybe(q, query.kind());
}
static M_OR: [Arm; 1] = [Arm::Null];

// odd.bff:32  call sum = api.post(rows: flat.take(3) { sku: .id, qty: .x, note: null }, total: rows.sum(.d)) when rows.any(. …
fn call_sum(q: &mut Request, rows_value: List<'_, Row<'_>>) -> Eval {
    let scratch = &Scratch::new();
    let flat = let_flat(scratch, rows_value);
    api::post(
        q,
        &(scratch
            .decode::<
                List<'static, Line<'static>>,
            >(
                {
                    let mut out = Out::new();
                    let o = &mut out;
                    o.array();
                    {
                        let mut quota: i64 = 3;
                        'found: {
                            if quota > 0 {
                                for it in flat.iter() {
                                    o.object();
                                    o.put("sku", it.0);
                                    o.put("qty", it.1);
                                    o.key("note");
                                    o.null();
                                    o.end_object();
                                    quota -= 1;
                                    if quota == 0 {
                                        break 'found;
                                    }
                                }
                            }
                        }
                    }
                    o.end_array();
                    out
                },
                At("odd.bff", 32),
            )?)
            .into_iter()
            .collect::<Vec<_>>(),
        {
            let mut tally = Decimal::ZERO;
            for it in rows_value {
                tally = ops::add(tally, it.d(), At("odd.bff", 32))?;
            }
            tally
        },
    );
    Ok(())
}

// odd.bff:32  rows.any(.flag)
fn when_sum(rows_value: List<'_, Row<'_>>) -> bool {
    'found: {
        for it in rows_value {
            if it.flag() {
                break 'found true;
            }
        }
        false
    }
}

// odd.bff:33  { total: rows.max(.d) ?? 0 }
fn sum_on_1(o: &mut Out, rows_value: List<'_, Row<'_>>) {
    o.object();
    o.put(
        "total",
        match {
            let mut peak = None;
            for it in rows_value {
                peak = list::greatest(peak, it.d());
            }
            peak
        } {
            Some(it) => it,
            None => Decimal::new(0, 0),
        },
    );
    o.end_object();
}
static SUM_ON: [(&[On], Arm); 1] = [
    (&[On::Status(409)], Arm::Compute(body!(sum_on_1; ROWS_VALUE))),
];
static SUM_OR: [Arm; 1] = [Arm::Null];

// odd.bff:56  rows.count() > 0
fn when_respond(rows_value: List<'_, Row<'_>>) -> bool {
    rows_value.count() > 0
}

// odd.bff:35  respond 200 {
fn headers(h: &mut HeaderOut<'_>, rows_value: List<'_, Row<'_>>) -> Eval {
    h.set(
        "x-n",
        {
            let mut tally = 0_i64;
            for it in rows_value {
                if let Some(it_2) = it.n() {
                    tally = ops::add(tally, it_2, At("odd.bff", 56))?;
                }
            }
            tally
        },
    )?;
    h.set_opt(
        "x-first",
        ('found: {
            for it in {
                let mut ranks = list::Order::new(&[true]);
                let mut rows_2 = Vec::new();
                for it in rows_value {
                    ranks.key(it.at());
                    rows_2.push(it);
                }
                ranks.sort(&mut rows_2);
                rows_2
            } {
                break 'found Some(it);
            }
            None
        })
            .map(|it| it.id()),
    )?;
    Ok(())
}

// odd.bff:35  respond 200 {
fn respond(
    o: &mut Out,
    query: Query<'_>,
    rows_value: List<'_, Row<'_>>,
    m: Option<List<'_, Option<RowInA<'_>>>>,
    sum: Option<Sum<'_>>,
) -> Eval {
    let scratch = &Scratch::new();
    let known = let_known(m);
    let groups = let_groups(rows_value);
    let per = let_per(scratch, rows_value);
    let names = let_names(scratch, rows_value);
    o.object();
    o.key("known");
    o.array();
    for it in known.iter().cloned() {
        o.object();
        o.put(
            "total",
            {
                let mut tally = 0_i64;
                for it_2 in it.subs() {
                    tally = ops::add(tally, it_2.x(), At("odd.bff", 20))?;
                }
                tally
            },
        );
        o.put(
            "best",
            ('found: {
                for it_2 in {
                    let mut ranks = list::Order::new(&[true]);
                    let mut rows_2 = Vec::new();
                    for it_2 in it.subs() {
                        ranks.key(it_2.y().map(|it_3| it_3.z()));
                        rows_2.push(it_2);
                    }
                    ranks.sort(&mut rows_2);
                    rows_2
                } {
                    break 'found Some(it_2);
                }
                None
            })
                .map(|it_2| it_2.x()),
        );
        o.put(
            "w",
            {
                let mut peak = None;
                for it_2 in it.subs() {
                    if let Some(it_3) = it_2.y() {
                        for it_4 in it_3.w() {
                            if let Some(it_5) = it_4 {
                                peak = list::greatest(peak, it_5);
                            }
                        }
                    }
                }
                peak
            },
        );
        o.end_object();
    }
    o.end_array();
    o.put(
        "k",
        groups
            .get(query.kind().unwrap_or(KindRecord::A))
            .cloned()
            .map(|it| (it.len() as i64))
            .unwrap_or(0),
    );
    o.put("has", groups.get(KindRecord::B).cloned().is_some());
    o.key("both");
    o.array();
    for it in groups.entries() {
        if (it.1.len() as i64) > 1 {
            o.object();
            o.put("k", it.0);
            o.put(
                "ids",
                {
                    let mut parts = Vec::new();
                    for it_2 in it.1.iter().cloned() {
                        let it_3 = it_2.id();
                        parts.push(it_3);
                    }
                    scratch.join(Str::lit(","), &parts)
                },
            );
            o.key("first");
            match it.1.first().cloned() {
                Some(it_2) => {
                    o.object();
                    o.put(
                        "total",
                        {
                            let mut tally = 0_i64;
                            for it_3 in it_2.subs() {
                                tally = ops::add(tally, it_3.x(), At("odd.bff", 20))?;
                            }
                            tally
                        },
                    );
                    o.put(
                        "best",
                        ('found_2: {
                            for it_3 in {
                                let mut ranks = list::Order::new(&[true]);
                                let mut rows_2 = Vec::new();
                                for it_3 in it_2.subs() {
                                    ranks.key(it_3.y().map(|it_4| it_4.z()));
                                    rows_2.push(it_3);
                                }
                                ranks.sort(&mut rows_2);
                                rows_2
                            } {
                                break 'found_2 Some(it_3);
                            }
                            None
                        })
                            .map(|it_3| it_3.x()),
                    );
                    o.put(
                        "w",
                        {
                            let mut peak = None;
                            for it_3 in it_2.subs() {
                                if let Some(it_4) = it_3.y() {
                                    for it_5 in it_4.w() {
                                        if let Some(it_6) = it_5 {
                                            peak = list::greatest(peak, it_6);
                                        }
                                    }
                                }
                            }
                            peak
                        },
                    );
                    o.end_object();
                }
                None => {
                    o.null();
                }
            }
            o.end_object();
        }
    }
    o.end_array();
    o.key("each");
    o.object();
    for it in groups.entries() {
        o.key_text(&it.0);
        o.array();
        for it_2 in it.1.iter().cloned() {
            o.object();
            o.put("id", it_2.id());
            o.key("subs");
            o.array();
            for it_3 in it_2.subs() {
                o.object();
                o.put("x", it_3.x());
                o.end_object();
            }
            o.end_array();
            o.end_object();
        }
        o.end_array();
    }
    o.end_object();
    o.key("per");
    o.object();
    for it in per.entries() {
        o.key_text(&it.0);
        o.array();
        for it_2 in it.1.iter() {
            o.object();
            o.put("id", it_2.0);
            o.put("x", it_2.1);
            o.key("sub");
            o.object();
            o.put("x", it_2.2.0);
            o.end_object();
            o.put("tags", it_2.3);
            o.put("at", it_2.4);
            o.end_object();
        }
        o.end_array();
    }
    o.end_object();
    o.put(
        "per_n",
        {
            let mut tally = 0_i64;
            for it in {
                let mut ranks_2 = list::Order::new(&[false]);
                let mut rows_3 = Vec::new();
                for it in per.entries() {
                    ranks_2.key(it.0);
                    rows_3.push(it.clone());
                }
                ranks_2.sort(&mut rows_3);
                rows_3
            } {
                for it_2 in it.1.iter() {
                    let it_3 = it_2.2.0;
                    tally = ops::add(tally, it_3, At("odd.bff", 41))?;
                }
            }
            tally
        },
    );
    o.put("name", names.get(Str::lit("a")).cloned().map(|it| it.1));
    o.key("names");
    o.array();
    for it in query.ids() {
        if let Some(it_3) = names.get(it) {
            o.object();
            o.put("x", it_3.1);
            o.key("sub");
            o.object();
            o.put("x", it_3.2.0);
            o.end_object();
            o.end_object();
        }
    }
    o.end_array();
    o.key("tagged");
    o.array();
    let mut met = list::Seen::new();
    for it in query.ids() {
        if let Some(it_3) = names.get(it) {
            if let Some(it_4) = it_3.3 {
                for it_5 in it_4 {
                    if met.insert(it_5) {
                        o.value(it_5);
                    }
                }
            }
        }
    }
    o.end_array();
    o.key("match");
    match rows_value.first().map(|it| it.k()) {
        Some(KindRecord::A) => {
            o.array();
            for it in rows_value {
                if it.k() == KindRecord::A {
                    o.value(it.id());
                }
            }
            o.end_array();
        }
        Some(KindRecord::B) => {
            o.array();
            o.end_array();
        }
        None => {
            o.array();
            {
                let mut quota: i64 = 1;
                for it in query.ids() {
                    if quota > 0 {
                        quota -= 1;
                    } else {
                        o.value(it);
                    }
                }
            }
            o.end_array();
        }
    }
    o.key("tern");
    if query.n() > 1 {
        o.array();
        {
            let mut quota: i64 = query.n();
            'found_3: {
                if quota > 0 {
                    for it in {
                        let mut ranks_2 = list::Order::new(&[false]);
                        let mut rows_3 = Vec::new();
                        for it in rows_value {
                            ranks_2.key(it.at());
                            rows_3.push(it);
                        }
                        ranks_2.sort(&mut rows_3);
                        rows_3
                    } {
                        o.object();
                        o.put("id", it.id());
                        o.end_object();
                        quota -= 1;
                        if quota == 0 {
                            break 'found_3;
                        }
                    }
                }
            }
        }
        o.end_array();
    } else {
        o.array();
        {
            let mut quota: i64 = 0;
            'found_4: {
                if quota > 0 {
                    for it in rows_value {
                        o.object();
                        o.put("id", it.id());
                        o.end_object();
                        quota -= 1;
                        if quota == 0 {
                            break 'found_4;
                        }
                    }
                }
            }
        }
        o.end_array();
    }
    o.key("coal");
    o.array();
    for it in m.unwrap_or_default() {
        if let Some(it_2) = it {
            o.value(it_2.id());
        }
    }
    o.end_array();
    o.put(
        "maybe",
        m
            .map(|it| {
                let mut list = Vec::new();
                for it_2 in it {
                    if let Some(it_3) = it_2 {
                        list.push(it_3);
                    }
                }
                list
            })
            .map(|it| {
                let mut ranks = list::Order::new(&[false]);
                let mut rows_2 = Vec::new();
                for it_2 in it.iter().cloned() {
                    ranks.key(it_2.d());
                    rows_2.push(it_2);
                }
                ranks.sort(&mut rows_2);
                rows_2
            })
            .and_then(|it| it.first().cloned())
            .map(|it| it.id()),
    );
    o.put("maybe_n", m.map(|it| it.count()));
    o.put(
        "none",
        match m.and_then(|it| it.at(0).flatten()) {
            Some(it) => {
                let mut mean = list::Mean::new();
                for it_2 in it.subs() {
                    if let Some(it_3) = it_2.y() {
                        let it_4 = it_3.z();
                        mean.add(it_4, At("odd.bff", 46))?;
                    }
                }
                mean.value(At("odd.bff", 46))?
            }
            None => None,
        },
    );
    o.key("urls");
    o.array();
    let mut met = list::Seen::new();
    for it in rows_value {
        let it_2 = it.url();
        if met.insert(it_2) {
            o.value(scratch.lower(it_2));
        }
    }
    o.end_array();
    o.key("uuids");
    o.array();
    for it in {
        let mut ranks = list::Order::new(&[false]);
        let mut rows_2 = Vec::new();
        for it in rows_value {
            ranks.key(it.u());
            rows_2.push(it);
        }
        ranks.sort(&mut rows_2);
        rows_2
    } {
        o.value(it.u());
    }
    o.end_array();
    o.put(
        "took",
        {
            let mut peak = None;
            for it in rows_value {
                peak = list::greatest(peak, it.took());
            }
            peak
        },
    );
    o.key("kinds");
    o.array();
    let mut met = list::Seen::new();
    for it in rows_value {
        let it_2 = it.k();
        if met.insert(it_2) {
            o.value(it_2);
        }
    }
    o.end_array();
    o.key("deep");
    o.array();
    for it in rows_value {
        if 'found_5: {
            for it_2 in it.subs() {
                if it_2.y().is_some()
                    && ('found_6: {
                        for it_3 in ops::known(it_2.y(), At("odd.bff", 48))?.w() {
                            if it_3 == Some(1) {
                                break 'found_6 true;
                            }
                        }
                        false
                    })
                {
                    break 'found_5 true;
                }
            }
            false
        } {
            o.object();
            o.put("id", it.id());
            o.put(
                "n",
                {
                    let mut count = 0;
                    for it_2 in it.subs() {
                        if it_2.x() > it.n().unwrap_or(0) {
                            count += 1;
                        }
                    }
                    count
                },
            );
            o.end_object();
        }
    }
    o.end_array();
    o.key("in");
    o.array();
    for it in rows_value {
        if [KindRecord::A, KindRecord::B].contains(&it.k())
            && ('found_7: {
                for it_2 in query.ids() {
                    if it_2 == it.id() {
                        break 'found_7 true;
                    }
                }
                false
            })
        {
            o.value(it.id());
        }
    }
    o.end_array();
    o.put(
        "lit",
        {
            let mut count = 0;
            for _ in {
                let mut ranks = list::Order::new(&[false]);
                let mut rows_2 = Vec::new();
                for it in [vec![3, 1], vec![2]] {
                    for it_2 in it.iter().cloned() {
                        ranks.key(it_2);
                        rows_2.push(it_2);
                    }
                }
                ranks.sort(&mut rows_2);
                rows_2
            } {
                count += 1;
            }
            count
        },
    );
    o.put(
        "nested",
        {
            let mut count = 0;
            for _ in ({
                let mut table = list::Index::new();
                for it in rows_value {
                    table.add(it.k(), it);
                }
                table
            })
                .into_entries()
            {
                count += 1;
            }
            count
        },
    );
    o.key("prices");
    match rows_value.first() {
        Some(it) => {
            o.object();
            for (it_2, it_3) in it.prices() {
                o.key_text(&it_2);
                o.object();
                o.put("amount", it_3.amount());
                o.end_object();
            }
            o.end_object();
        }
        None => {
            o.null();
        }
    }
    o.put(
        "price_keys",
        rows_value
            .first()
            .map(|it| {
                let mut parts = Vec::new();
                for (it_2, it_3) in list::entries(it.prices()) {
                    let it_4 = (it_2, it_3);
                    parts.push(it_4.0);
                }
                scratch.join(Str::lit(","), &parts)
            }),
    );
    o.key("picked");
    match rows_value.first() {
        Some(it) => {
            o.array();
            {
                let it_2 = list::Index::of(list::entries(it.prices()));
                for it_3 in [Str::lit("eur"), Str::lit("usd")] {
                    if let Some(it_5) = it_2.copied(it_3) {
                        o.object();
                        o.put("amount", it_5.amount());
                        o.end_object();
                    }
                }
            }
            o.end_array();
        }
        None => {
            o.null();
        }
    }
    o.key("money");
    match rows_value.first() {
        Some(it) => {
            o.array();
            for (it_2, it_3) in list::entries(it.prices()) {
                let it_4 = (it_2, it_3);
                o.object();
                o.put("key", it_4.0);
                o.put(
                    "text",
                    scratch
                        .money(
                            it_4.1.amount(),
                            it_4.1.currency(),
                            LOCALES,
                            Str::lit("en"),
                        ),
                );
                o.end_object();
            }
            o.end_array();
        }
        None => {
            o.null();
        }
    }
    o.put(
        "eur",
        rows_value
            .first()
            .and_then(|it| {
                it
                    .prices()
                    .get(Str::lit("eur"))
                    .map(|it_2| {
                        scratch
                            .money(
                                it_2.amount(),
                                it_2.currency(),
                                LOCALES,
                                Str::lit("en"),
                            )
                    })
            }),
    );
    o.put(
        "by_n",
        match rows_value.first() {
            Some(it) => {
                match it.by_n().get(scratch.text(t![3], At("odd.bff", 53))?) {
                    Some(it_2) => {
                        Some({
                            let mut tally = 0_i64;
                            for it_3 in it_2 {
                                tally = ops::add(tally, it_3.x(), At("odd.bff", 53))?;
                            }
                            tally
                        })
                    }
                    None => None,
                }
            }
            None => None,
        },
    );
    o.put(
        "by_n_keys",
        rows_value
            .first()
            .and_then(|it| {
                let mut peak = None;
                for (it_2, it_3) in list::entries(it.by_n()) {
                    let it_4 = (it_2, it_3);
                    let it_5 = it_4.0;
                    peak = list::greatest(peak, it_5);
                }
                peak
            }),
    );
    o.put(
        "by_n_count",
        ('found_8: {
            for it in rows_value {
                break 'found_8 Some(it.by_n());
            }
            None
        })
            .map(|it| it.count()),
    );
    o.put("sum", sum.map(|it| it.total()));
    o.text(
        "text",
        t![
            rows_value.count(), " ", match { let mut peak = None; for it in rows_value {
            peak = list::least(peak, it.d()); } peak } { Some(it) => it, None =>
            Decimal::new(0, 0) }, " ", names.count()
        ],
    );
    o.end_object();
    Ok(())
}

// odd.bff:57  respond 404 { k: groups.count(), one: flat.first(), last: flat[0]?.sub, none: known.take(1) }
fn respond_2(
    o: &mut Out,
    rows_value: List<'_, Row<'_>>,
    m: Option<List<'_, Option<RowInA<'_>>>>,
) {
    let scratch = &Scratch::new();
    let groups = let_groups(rows_value);
    let flat = let_flat(scratch, rows_value);
    let known = let_known(m);
    o.object();
    o.put("k", groups.count());
    o.key("one");
    match flat.first().cloned() {
        Some(it) => {
            o.object();
            o.put("id", it.0);
            o.put("x", it.1);
            o.key("sub");
            o.object();
            o.put("x", it.2.0);
            o.end_object();
            o.put("tags", it.3);
            o.put("at", it.4);
            o.end_object();
        }
        None => {
            o.null();
        }
    }
    o.key("last");
    match list::at(&flat, 0) {
        Some(it) => {
            o.object();
            o.put("x", it.2.0);
            o.end_object();
        }
        None => {
            o.null();
        }
    }
    o.key("none");
    o.array();
    {
        let mut quota: i64 = 1;
        'found: {
            if quota > 0 {
                for it in known.iter().cloned() {
                    put_row_in_a(o, it);
                    quota -= 1;
                    if quota == 0 {
                        break 'found;
                    }
                }
            }
        }
    }
    o.end_array();
    o.end_object();
}
pub fn put_row_in_a(o: &mut Out, it: RowInA<'_>) {
    o.object();
    o.put("id", it.id());
    o.put("n", it.n());
    o.put("d", it.d());
    o.put("k", it.k());
    o.put("tags", it.tags());
    o.key("sub");
    match it.sub() {
        Some(it_2) => {
            put_sub_in_a(o, it_2);
        }
        None => {
            o.null();
        }
    }
    o.key("subs");
    o.array();
    for it_2 in it.subs() {
        put_sub_in_a(o, it_2);
    }
    o.end_array();
    o.put("at", it.at());
    o.put("flag", it.flag());
    o.put("url", it.url());
    o.put("u", it.u());
    o.put("took", it.took());
    o.key("prices");
    o.object();
    for (key, it_2) in it.prices() {
        o.key_of(key);
        put_price(o, it_2);
    }
    o.end_object();
    o.key("by_n");
    o.object();
    for (key, it_2) in it.by_n() {
        o.key_of(key);
        o.array();
        for it_3 in it_2 {
            put_sub_in_a(o, it_3);
        }
        o.end_array();
    }
    o.end_object();
    o.end_object();
}
pub fn put_sub_in_a(o: &mut Out, it: SubInA<'_>) {
    o.object();
    o.put("x", it.x());
    o.key("y");
    match it.y() {
        Some(it_2) => {
            put_sub2(o, it_2);
        }
        None => {
            o.null();
        }
    }
    o.end_object();
}
pub fn put_sub2(o: &mut Out, it: Sub2<'_>) {
    o.object();
    o.put("z", it.z());
    o.put("w", it.w());
    o.end_object();
}
pub fn put_price(o: &mut Out, it: Price<'_>) {
    o.object();
    o.put("amount", it.amount());
    o.put("currency", it.currency());
    o.end_object();
}
