// Generated from tested.bff by bff-codegen. Edits are lost.
static QUERY_IDS: Rule = Rule::new().length(Some(1), Some(3));
record! {
    /// The query inputs.
    pub Query<'a> {
        ids: List<'a, Id<'a>> = "ids" if QUERY_IDS,
        size: Option<Size> = "size",
    }
}
record! {
    /// What `items` reads of `Page<Item>`.
    pub PageOfItem<'a> {
        items: List<'a, ItemInItems<'a>> = "items",
        next: Option<Str<'a>> = "next",
    }
}
record! {
    /// What `items` reads of `Item`.
    pub Item<'a> {
        sku: Id<'a> = "sku",
    }
}
record! {
    /// What `items` reads of `Item`.
    pub ItemInItems<'a> {
        sku: Id<'a> = "sku",
        price: Decimal = "price",
        on: Option<Raw<'a, Date>> = "on",
    }
}
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const PAGE: Var<PageOfItem<'static>> = Var::call(0);
const ONE: Var<List<'static, Item<'static>>> = Var::call(1);
const _: () = in_order(&[PAGE.slot(), ONE.slot()], &CALLS);

// tested.bff:59  route GET /items
pub static ROUTE: Route = Route {
    name: "items",
    at: At("tested.bff", 59),
    verb: Verb::Get,
    path: "/items",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<Query<'static> as Read<'static>>::KIND,
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
    Call::new(PAGE, "page", At("tested.bff", 61), &shop::ITEMS, send!(call_page; QUERY))
        .or(&PAGE_OR),
    Call::new(ONE, "one", At("tested.bff", 63), &shop::TAGGED, send!(call_one;))
        .timeout(Setting::Value(Duration::from_millis(300)))
        .or(&ONE_OR),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[PAGE.slot(), ONE.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("tested.bff", 65),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; PAGE, ONE)),
    },
];

// tested.bff:61  call page = shop.items(ids: query.ids, size: query.size)
fn call_page(q: &mut Request, query: Query<'_>) {
    shop::items(q, &query.ids().into_iter().collect::<Vec<_>>(), query.size(), None);
}
static PAGE_OR: [Arm; 1] = [Arm::Json("{\"items\":[]}")];

// tested.bff:63  call one = shop.tagged(tag: "new", lang: "en") { timeout: 300ms }
fn call_one(q: &mut Request) {
    shop::tagged(q, Str::lit("new"), Str::lit("en"));
}
static ONE_OR: [Arm; 1] = [Arm::Json("[]")];

// tested.bff:65  respond { items: page.items { sku, price, on }, tagged: one[].sku, next: page.next }
fn respond(o: &mut Out, page: PageOfItem<'_>, one: List<'_, Item<'_>>) {
    o.object();
    o.key("items");
    o.array();
    for it in page.items() {
        o.object();
        o.put("sku", it.sku());
        o.put("price", it.price());
        o.some("on", it.on());
        o.end_object();
    }
    o.end_array();
    o.key("tagged");
    o.array();
    for it in one {
        o.value(it.sku());
    }
    o.end_array();
    o.some("next", page.next());
    o.end_object();
}
