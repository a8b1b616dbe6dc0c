// Generated from tested.bff by bff-codegen. Edits are lost.
record! {
    /// What `post_price` reads of `Item`.
    pub ItemInPostPrice<'a> {
        price: Decimal = "price",
    }
}
const BODY: Var<Order<'static>> = Var::input(InputKind::Body);
const ITEM: Var<ItemInPostPrice<'static>> = Var::call(0);
const _: () = in_order(&[ITEM.slot()], &CALLS);

// tested.bff:68  route POST /price
pub static ROUTE: Route = Route {
    name: "post_price",
    at: At("tested.bff", 68),
    verb: Verb::Post,
    path: "/price",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        body: Some(BodyInput {
            kind: &<Order<'static> as Read<'static>>::KIND,
            optional: false,
            rule: None,
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
    Call::new(ITEM, "item", At("tested.bff", 70), &shop::PRICE, send!(call_item; BODY)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[ITEM.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("tested.bff", 71),
        status: 201,
        when: None,
        headers: None,
        body: Some(body!(respond; BODY, ITEM)),
    },
];

// tested.bff:70  call item = shop.price(sku: body.sku, count: body.count, tags: ["a", "b"])
fn call_item(q: &mut Request, body: Order<'_>) {
    shop::price(q, body.sku(), body.count(), &vec![Str::lit("a"), Str::lit("b")]);
}

// tested.bff:71  respond 201 { total: item.price * body.count }
fn respond(o: &mut Out, body: Order<'_>, item: ItemInPostPrice<'_>) -> Eval {
    o.object();
    o.put(
        "total",
        ops::mul(item.price(), Decimal::from(body.count()), At("tested.bff", 71))?,
    );
    o.end_object();
    Ok(())
}
