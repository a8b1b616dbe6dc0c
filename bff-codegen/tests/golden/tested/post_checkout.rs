// Generated from tested.bff by bff-codegen. Edits are lost.
record! {
    /// What `post_checkout` reads of `Charge`.
    pub Charge<'a> {
        id: Id<'a> = "id",
    }
}
const BODY: Var<Order<'static>> = Var::input(InputKind::Body);
const CHARGE: Var<Charge<'static>> = Var::call(0);
const ORDER: Var<Charge<'static>> = Var::call(1);
const _: () = in_order(&[CHARGE.slot(), ORDER.slot()], &CALLS);

// tested.bff:32  route POST /checkout
pub static ROUTE: Route = Route {
    name: "post_checkout",
    at: At("tested.bff", 32),
    verb: Verb::Post,
    path: "/checkout",
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
static CALLS: [Call; 2] = [
    Call::new(
            CHARGE,
            "charge",
            At("tested.bff", 34),
            &pay::CHARGE,
            send!(call_charge; BODY),
        )
        .undo(Undo {
            invoke: Invoke::new(&pay::REFUND, send!(undo_charge; CHARGE)),
        }),
    Call::new(
            ORDER,
            "order",
            At("tested.bff", 36),
            &pay::PLACE,
            send!(call_order; CHARGE),
        )
        .on(&ORDER_ON),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[ORDER.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("tested.bff", 38),
        status: 201,
        when: None,
        headers: None,
        body: Some(body!(respond; ORDER)),
    },
];

// tested.bff:34  call charge = pay.charge(sku: body.sku)
fn call_charge(q: &mut Request, body: Order<'_>) {
    pay::charge(q, body.sku());
}

// tested.bff:34  call charge = pay.charge(sku: body.sku)
fn undo_charge(q: &mut Request, charge: Charge<'_>) {
    pay::refund(q, charge.id());
}

// tested.bff:36  call order = pay.place(charge: charge.id)
fn call_order(q: &mut Request, charge: Charge<'_>) {
    pay::place(q, charge.id());
}
static ORDER_ON: [(&[On], Arm); 1] = [
    (
        &[On::Status(409)],
        Arm::Fail(Fail {
            status: 409,
            code: Some("gone"),
            body: None,
        }),
    ),
];

// tested.bff:38  respond 201 { id: order.id }
fn respond(o: &mut Out, order: Charge<'_>) {
    o.object();
    o.put("id", order.id());
    o.end_object();
}
