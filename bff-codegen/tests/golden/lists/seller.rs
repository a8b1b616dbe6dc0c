// Generated from lists.bff by bff-codegen. Edits are lost.
record! {
    /// The query inputs.
    pub Query<'a> {
        limit: i64 = "limit",
        min: Raw<'a, Decimal> = "min",
    }
}
record! {
    /// What `seller` reads of `Sale`.
    pub Sale<'a> {
        sku: Id<'a> = "sku",
        net: Decimal = "net",
        units: i64 = "units",
        returned: bool = "returned",
        day: Date = "day",
        at: DateTime = "at",
        lines: Option<List<'a, Line<'a>>> = "lines",
    }
}
record! {
    /// What `seller` reads of `Product`.
    pub Product<'a> {
        id: Id<'a> = "id",
        title: Str<'a> = "title",
        rating: Option<Rating<'a>> = "rating",
    }
}
record! {
    /// What `seller` reads of `Rating`.
    pub Rating<'a> {
        stars: f64 = "stars",
    }
}
record! {
    /// What `seller` reads of `Line`.
    pub Line<'a> {
        sku: Option<Id<'a>> = "sku",
        qty: i64 = "qty",
    }
}
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const SOLD: Var<List<'static, Sale<'static>>> = Var::call(0);
const ITEMS: Var<List<'static, Product<'static>>> = Var::call(1);
const MORE: Var<List<'static, Option<Product<'static>>>> = Var::call(2);
const _: () = in_order(&[SOLD.slot(), ITEMS.slot(), MORE.slot()], &CALLS);

// lists.bff:19  route GET /seller
pub static ROUTE: Route = Route {
    name: "seller",
    at: At("lists.bff", 19),
    verb: Verb::Get,
    path: "/seller",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<Query<'static> as Read<'static>>::KIND,
            defaults: &[(0, "10"), (1, "0")],
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
static CALLS: [Call; 3] = [
    Call::new(SOLD, "sold", At("lists.bff", 21), &shop::SALES, send!(call_sold;)),
    Call::new(
        ITEMS,
        "items",
        At("lists.bff", 24),
        &shop::PRODUCTS,
        send!(call_items; QUERY, SOLD),
    ),
    Call::new(
        MORE,
        "more",
        At("lists.bff", 25),
        &shop::TOP,
        send!(call_more; QUERY, SOLD),
    ),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[SOLD.slot(), ITEMS.slot(), MORE.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("lists.bff", 28),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY, SOLD, ITEMS, MORE)),
    },
];

// lists.bff:22  let best = sold.group(.sku).entries().sort(.value.sum(.net) desc).take(query.limit)
fn let_best<'a>(
    query: Query<'a>,
    sold: List<'a, Sale<'a>>,
) -> Eval<Vec<(Str<'a>, Vec<Sale<'a>>)>> {
    Ok({
        let mut list = Vec::new();
        {
            let mut quota: i64 = query.limit();
            'found: {
                if quota > 0 {
                    for it in {
                        let mut ranks_2 = list::Order::new(&[true]);
                        let mut rows_3 = Vec::new();
                        for it in ({
                            let mut table_4 = list::Index::new();
                            for it in sold {
                                table_4.add(it.sku(), it);
                            }
                            table_4
                        })
                            .into_entries()
                        {
                            ranks_2
                                .key({
                                    let mut tally_4 = Decimal::ZERO;
                                    for it_2 in it.1.iter().cloned() {
                                        tally_4 = ops::add(
                                            tally_4,
                                            it_2.net(),
                                            At("lists.bff", 22),
                                        )?;
                                    }
                                    tally_4
                                });
                            rows_3.push(it);
                        }
                        ranks_2.sort(&mut rows_3);
                        rows_3
                    } {
                        list.push(it);
                        quota -= 1;
                        if quota == 0 {
                            break 'found;
                        }
                    }
                }
            }
        }
        list
    })
}

// lists.bff:23  let total = sold.sum(.net)
fn let_total<'a>(sold: List<'a, Sale<'a>>) -> Eval<Decimal> {
    Ok({
        let mut tally = Decimal::ZERO;
        for it in sold {
            tally = ops::add(tally, it.net(), At("lists.bff", 23))?;
        }
        tally
    })
}

// lists.bff:26  let by_id = items.index(.id)
fn let_by_id<'a>(items: List<'a, Product<'a>>) -> list::Index<'a, Str<'a>, Product<'a>> {
    let mut table = list::Index::new();
    for it in items {
        table.set(it.id(), it);
    }
    table
}

// lists.bff:27  let known = more.filter(it != null)
fn let_known<'a>(more: List<'a, Option<Product<'a>>>) -> Vec<Product<'a>> {
    let mut list = Vec::new();
    for it in more {
        if let Some(it_2) = it {
            list.push(it_2);
        }
    }
    list
}

// lists.bff:21  call sold = shop.sales()
fn call_sold(q: &mut Request) {
    shop::sales(q, None);
}

// lists.bff:24  call items = shop.products(ids: best[].key, first: best.first()?.key)
fn call_items(q: &mut Request, query: Query<'_>, sold: List<'_, Sale<'_>>) -> Eval {
    let best = list::Once::new();
    let mut ids_arg = Vec::new();
    for it in best.get(|| let_best(query, sold))?.iter() {
        ids_arg.push(it.0);
    }
    shop::products(
        q,
        &ids_arg,
        best.get(|| let_best(query, sold))?.first().cloned().map(|it| it.0),
    );
    Ok(())
}

// lists.bff:25  call more = shop.top(skus: best.skip(2)[].key, share: best.first()?.value.avg(.units) ?? 0)
fn call_more(q: &mut Request, query: Query<'_>, sold: List<'_, Sale<'_>>) -> Eval {
    let best = list::Once::new();
    let mut skus_arg = Vec::new();
    {
        let mut quota: i64 = 2;
        for it in best.get(|| let_best(query, sold))?.iter() {
            if quota > 0 {
                quota -= 1;
            } else {
                skus_arg.push(it.0);
            }
        }
    }
    shop::top(
        q,
        &skus_arg,
        (match best.get(|| let_best(query, sold))?.first().cloned() {
            Some(it) => {
                let mut mean = list::Mean::new();
                for it_2 in it.1.iter().cloned() {
                    mean.add(it_2.units(), At("lists.bff", 25))?;
                }
                mean.value(At("lists.bff", 25))?
            }
            None => None,
        })
            .unwrap_or(0.0),
    );
    Ok(())
}

// lists.bff:28  respond {
fn respond(
    o: &mut Out,
    query: Query<'_>,
    sold: List<'_, Sale<'_>>,
    items: List<'_, Product<'_>>,
    more: List<'_, Option<Product<'_>>>,
) -> Eval {
    let scratch = &Scratch::new();
    let total = list::Once::new();
    let best = list::Once::new();
    let by_id = let_by_id(items);
    let known = let_known(more);
    o.object();
    o.put("total", *total.get(|| let_total(sold))?);
    o.key("best");
    o.array();
    for it in best.get(|| let_best(query, sold))?.iter() {
        o.object();
        o.put("sku", it.0);
        o.put(
            "units",
            {
                let mut tally = 0_i64;
                for it_2 in it.1.iter().cloned() {
                    tally = ops::add(tally, it_2.units(), At("lists.bff", 32))?;
                }
                tally
            },
        );
        o.put(
            "revenue",
            {
                let mut tally = Decimal::ZERO;
                for it_2 in it.1.iter().cloned() {
                    tally = ops::add(tally, it_2.net(), At("lists.bff", 33))?;
                }
                tally
            },
        );
        o.put(
            "share",
            ops::round(
                match ops::div(
                    {
                        let mut tally = Decimal::ZERO;
                        for it_2 in it.1.iter().cloned() {
                            tally = ops::add(tally, it_2.net(), At("lists.bff", 34))?;
                        }
                        tally
                    },
                    *total.get(|| let_total(sold))?,
                    At("lists.bff", 34),
                )? {
                    Some(it_2) => it_2,
                    None => Decimal::new(0, 0),
                },
                3,
                At("lists.bff", 34),
            )?,
        );
        o.key("product");
        match by_id.get(it.0).cloned() {
            Some(it_2) => {
                o.object();
                o.put("title", it_2.title());
                o.put("stars", it_2.rating().map(|it_3| it_3.stars()));
                o.end_object();
            }
            None => {
                o.null();
            }
        }
        o.put(
            "returned",
            if 'found: {
                for it_2 in it.1.iter().cloned() {
                    if it_2.returned() {
                        break 'found true;
                    }
                }
                false
            } {
                Str::lit("some")
            } else {
                Str::lit("none")
            },
        );
        o.key("first");
        match it.1.first().cloned() {
            Some(it_2) => {
                o.object();
                o.put("day", it_2.day());
                o.put("sku", it_2.sku());
                o.put(
                    "most",
                    it_2
                        .lines()
                        .and_then(|it_3| {
                            let mut peak = None;
                            for it_4 in it_3 {
                                peak = list::greatest(peak, it_4.qty());
                            }
                            peak
                        }),
                );
                o.put(
                    "skus",
                    it_2
                        .lines()
                        .map(|it_3| {
                            let mut parts = Vec::new();
                            let mut met = list::Seen::new();
                            for it_4 in it_3 {
                                let it_5 = it_4.sku();
                                if let Some(it_6) = it_5 {
                                    if met.insert(it_6) {
                                        parts.push(it_6);
                                    }
                                }
                            }
                            scratch.join(Str::lit("+"), &parts)
                        }),
                );
                o.end_object();
            }
            None => {
                o.null();
            }
        }
        o.put("last", it.1.last().cloned().map(|it_2| it_2.at()));
        o.key("days");
        o.array();
        for it_2 in {
            let mut ranks = list::Order::new(&[true]);
            let mut rows_2 = Vec::new();
            let mut met_3 = list::Seen::new();
            for it_2 in it.1.iter().cloned() {
                let it_3 = it_2.day();
                if met_3.insert(it_3) {
                    ranks.key(it_3);
                    rows_2.push(it_3);
                }
            }
            ranks.sort(&mut rows_2);
            rows_2
        } {
            o.value(it_2);
        }
        o.end_array();
        o.end_object();
    }
    o.end_array();
    o.put("count", (best.get(|| let_best(query, sold))?.len() as i64));
    o.put(
        "keys",
        {
            let mut parts = Vec::new();
            for it in best.get(|| let_best(query, sold))?.iter() {
                let it_2 = it.0;
                parts.push(it_2);
            }
            scratch.join(Str::lit(","), &parts)
        },
    );
    o.put("second", list::at(&best.get(|| let_best(query, sold))?, 1).map(|it| it.0));
    o.key("picked");
    o.array();
    for it in best.get(|| let_best(query, sold))?.iter() {
        if let Some(it_3) = by_id.copied(it.0) {
            o.object();
            o.put("title", it_3.title());
            o.end_object();
        }
    }
    o.end_array();
    o.key("titles");
    o.array();
    for it in best.get(|| let_best(query, sold))?.iter() {
        if let Some(it_3) = by_id.copied(it.0) {
            o.value(it_3.title());
        }
    }
    o.end_array();
    o.key("known");
    o.array();
    for it in known.iter().cloned() {
        o.object();
        o.put("id", it.id());
        o.key("stars");
        match it.rating() {
            Some(it_2) => {
                o.object();
                o.put("stars", it_2.stars());
                o.end_object();
            }
            None => {
                o.null();
            }
        }
        o.end_object();
    }
    o.end_array();
    o.key("rated");
    o.array();
    for it in {
        let mut ranks = list::Order::new(&[true, false]);
        let mut rows_2 = Vec::new();
        for it in known.iter().cloned() {
            if let Some(it_2) = it.rating() {
                ranks.key(it_2.stars());
                ranks.key(it.title());
                rows_2.push(it);
            }
        }
        ranks.sort(&mut rows_2);
        rows_2
    } {
        o.object();
        o.put("title", it.title());
        o.put("stars", ops::known(it.rating(), At("lists.bff", 47))?.stars());
        o.end_object();
    }
    o.end_array();
    o.put(
        "best_rating",
        {
            let mut peak = None;
            for it in known.iter().cloned() {
                if let Some(it_2) = it.rating() {
                    peak = list::greatest(peak, it_2.stars());
                }
            }
            peak
        },
    );
    o.end_object();
    Ok(())
}
