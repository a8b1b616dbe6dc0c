// Generated from values.bff by bff-codegen. Edits are lost.
static QUERY_IN_LISTS_IDS: Rule = Rule::new().length(None, Some(20));
record! {
    /// The query inputs.
    pub QueryInLists<'a> {
        ids: List<'a, Id<'a>> = "ids" if QUERY_IN_LISTS_IDS,
    }
}
record! {
    /// What `lists` reads of `Order`.
    pub OrderInLists<'a> {
        id: Id<'a> = "id",
        status: Status = "status",
        lines: List<'a, LineInLists<'a>> = "lines",
        tags: Option<List<'a, Str<'a>>> = "tags",
    }
}
record! {
    /// What `lists` reads of `Category`.
    pub Category<'a> {
        name: Str<'a> = "name",
        children: List<'a, CategoryInLists<'a>> = "children",
    }
}
record! {
    /// What `lists` reads of `Line`.
    pub LineInLists<'a> {
        sku: Id<'a> = "sku",
        qty: i64 = "qty",
        price: Decimal = "price",
        discount: Option<Raw<'a, Decimal>> = "discount",
        options: Option<List<'a, OptionRecord<'a>>> = "options",
    }
}
record! {
    /// What `lists` reads of `Option`.
    pub OptionRecord<'a> {
        name: Str<'a> = "name",
        values: List<'a, Str<'a>> = "values",
    }
}
record! {
    /// What `lists` reads of `Category`.
    pub CategoryInLists<'a> {
        name: Str<'a> = "name",
        children: List<'a, CategoryInLists2<'a>> = "children",
    }
}
record! {
    /// What `lists` reads of `Category`.
    pub CategoryInLists2<'a> {
        name: Str<'a> = "name",
    }
}
const QUERY: Var<QueryInLists<'static>> = Var::input(InputKind::Query);
const ALL: Var<List<'static, OrderInLists<'static>>> = Var::call(0);
const TREE: Var<List<'static, Category<'static>>> = Var::call(1);
const _: () = in_order(&[ALL.slot(), TREE.slot()], &CALLS);

// values.bff:53  route GET /lists
pub static ROUTE: Route = Route {
    name: "lists",
    at: At("values.bff", 53),
    verb: Verb::Get,
    path: "/lists",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<QueryInLists<'static> as Read<'static>>::KIND,
            defaults: &[],
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
static CALLS: [Call; 2] = [
    Call::new(ALL, "all", At("values.bff", 55), &orders::MANY, send!(call_all; QUERY)),
    Call::new(TREE, "tree", At("values.bff", 56), &orders::CATEGORIES, send!(call_tree;)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[ALL.slot(), TREE.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("values.bff", 59),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY, ALL, TREE)),
    },
];

// values.bff:57  let skus = all[].lines[].sku
fn let_skus<'a>(all: List<'a, OrderInLists<'a>>) -> Vec<Str<'a>> {
    let mut list = Vec::new();
    for it in all {
        for it_2 in it.lines() {
            list.push(it_2.sku());
        }
    }
    list
}

// values.bff:58  let big = all.first()?.lines ?? []
fn let_big<'a>(all: List<'a, OrderInLists<'a>>) -> List<'a, LineInLists<'a>> {
    all.first().map(|it| it.lines()).unwrap_or_default()
}

// values.bff:55  call all = orders.many(ids: query.ids)
fn call_all(q: &mut Request, query: QueryInLists<'_>) {
    orders::many(q, &query.ids().into_iter().collect::<Vec<_>>());
}

// values.bff:56  call tree = orders.categories()
fn call_tree(q: &mut Request) {
    orders::categories(q);
}

// values.bff:59  respond {
fn respond(
    o: &mut Out,
    query: QueryInLists<'_>,
    all: List<'_, OrderInLists<'_>>,
    tree: List<'_, Category<'_>>,
) -> Eval {
    let scratch = &Scratch::new();
    let skus = let_skus(all);
    let big = let_big(all);
    o.object();
    o.put("skus", &skus);
    o.put(
        "joined",
        {
            let mut parts = Vec::new();
            for it in skus.iter().cloned() {
                parts.push(it);
            }
            scratch.join(Str::lit(", "), &parts)
        },
    );
    o.put("count", (skus.len() as i64));
    o.put("first", skus.first().cloned());
    o.put(
        "last",
        ({
            let mut last = None;
            for it in all {
                for it_2 in it.lines() {
                    last = Some(it_2.qty());
                }
            }
            last
        })
            .unwrap_or(0),
    );
    o.put("third", all.at(2).map(|it| it.id()));
    o.put("index", list::at(&skus, query.ids().count()));
    o.key("names");
    o.array();
    for it in all {
        for it_2 in it.lines() {
            if let Some(it_3) = it_2.options() {
                for it_4 in it_3 {
                    o.value(it_4.name());
                }
            }
        }
    }
    o.end_array();
    o.key("values");
    o.array();
    for it in all {
        for it_2 in it.lines() {
            if let Some(it_3) = it_2.options() {
                for it_4 in it_3 {
                    for it_5 in it_4.values() {
                        o.value(it_5);
                    }
                }
            }
        }
    }
    o.end_array();
    o.key("tags");
    o.array();
    for it in all {
        if let Some(it_2) = it.tags() {
            for it_3 in it_2 {
                o.value(it_3);
            }
        }
    }
    o.end_array();
    o.key("big");
    o.array();
    for it in big {
        o.object();
        o.put("sku", it.sku());
        o.put(
            "cents",
            ops::mul(it.price(), Decimal::new(100, 0), At("values.bff", 70))?,
        );
        o.end_object();
    }
    o.end_array();
    o.key("literal");
    o.array();
    o.value(1);
    o.value(2);
    o.value(query.ids().count());
    o.end_array();
    o.key("nested");
    o.array();
    o.array();
    o.value(Decimal::new(15, 1));
    o.end_array();
    o.array();
    o.end_array();
    o.end_array();
    o.put("ids", query.ids());
    o.key("statuses");
    o.array();
    for it in all {
        o.value(it.status());
    }
    o.end_array();
    o.key("discounts");
    o.array();
    for it in all {
        for it_2 in it.lines() {
            o.value(it_2.discount());
        }
    }
    o.end_array();
    o.key("texts");
    o.array();
    o.value(Str::lit("a"));
    o.value(query.ids().first().unwrap_or(Str::lit("b")));
    o.end_array();
    o.key("roots");
    o.array();
    for it in tree {
        o.object();
        o.put("name", it.name());
        o.key("sub");
        o.array();
        for it_2 in it.children() {
            o.object();
            o.put("name", it_2.name());
            o.key("leaves");
            o.array();
            for it_3 in it_2.children() {
                o.value(it_3.name());
            }
            o.end_array();
            o.end_object();
        }
        o.end_array();
        o.end_object();
    }
    o.end_array();
    o.end_object();
    Ok(())
}
