// Generated from calls.bff by bff-codegen. Edits are lost.
static HEADER_IDEMPOTENCY_KEY: Rule = Rule::new().length(Some(8), Some(64));
record! {
    /// The header inputs.
    pub Header<'a> {
        idempotency_key: Str<'a> = "idempotency-key" if HEADER_IDEMPOTENCY_KEY,
    }
}
record! {
    /// What `post_orders` reads of `User`.
    pub UserInPostOrders<'a> {
        id: Id<'a> = "id",
        tier: Tier<'a> = "tier",
    }
}
record! {
    /// What `post_orders` reads of `Order`.
    pub OrderInPostOrders<'a> {
        id: Id<'a> = "id",
        status: Status = "status",
        total: MoneyInPostOrders<'a> = "total",
        note: Option<Str<'a>> = "note",
    }
}
record! {
    /// What `post_orders` reads of `Money`.
    pub MoneyInPostOrders<'a> {
        amount: Decimal = "amount",
    }
}
const HEADER: Var<Header<'static>> = Var::input(InputKind::Header);
const BODY: Var<NewOrder<'static>> = Var::input(InputKind::Body);
const OWNER: Var<UserInPostOrders<'static>> = Var::call(0);
const SEEN: Var<Option<()>> = Var::call(1);
const ORDER: Var<OrderInPostOrders<'static>> = Var::call(2);
const _: () = in_order(&[OWNER.slot(), SEEN.slot(), ORDER.slot()], &CALLS);

// calls.bff:33  route POST /orders
pub static ROUTE: Route = Route {
    name: "post_orders",
    at: At("calls.bff", 33),
    verb: Verb::Post,
    path: "/orders",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        header: Some(Input {
            kind: &<Header<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        body: Some(BodyInput {
            kind: &<NewOrder<'static> as Read<'static>>::KIND,
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
static GUARDS: [Guard; 3] = [
    Guard {
        at: At("calls.bff", 36),
        test: when!(check_1; BODY),
        refuse: Refuse::Check("nothing to order"),
    },
    Guard {
        at: At("calls.bff", 36),
        test: when!(check_2; BODY),
        refuse: Refuse::Check("too many"),
    },
    Guard {
        at: At("calls.bff", 38),
        test: when!(allow_3; OWNER),
        refuse: Refuse::Status(404),
    },
];
static CALLS: [Call; 3] = [
    Call::new(
        OWNER,
        "owner",
        At("calls.bff", 37),
        &users::GET_USER,
        send!(call_owner; BODY),
    ),
    Call::new(SEEN, "seen", At("calls.bff", 39), &users::TOUCH, send!(call_seen; OWNER)),
    Call::new(
            ORDER,
            "order",
            At("calls.bff", 40),
            &orders::PLACE,
            send!(call_order; HEADER, BODY, OWNER),
        )
        .on(&ORDER_ON),
];
static OUTPUTS: [Output; 2] = [
    Output {
        when: None,
        needs: needs(&[ORDER.slot()]),
    },
    Output {
        when: None,
        needs: needs(&[SEEN.slot()]),
    },
];
static REPLIES: [Reply; 2] = [
    Reply {
        at: At("calls.bff", 42),
        status: 201,
        when: Some(when!(when_respond; ORDER)),
        headers: Some(headers!(headers; ORDER)),
        body: Some(body!(respond; ORDER)),
    },
    Reply {
        at: At("calls.bff", 43),
        status: 202,
        when: None,
        headers: None,
        body: Some(body!(respond_2;)),
    },
];

// calls.bff:36  body.lines.count() > 0
fn check_1(body: NewOrder<'_>) -> bool {
    body.lines().count() > 0
}

// calls.bff:36  body.lines.count() <= 20
fn check_2(body: NewOrder<'_>) -> bool {
    body.lines().count() <= 20
}

// calls.bff:38  owner.tier != BASIC
fn allow_3(owner: UserInPostOrders<'_>) -> bool {
    owner.tier() != Tier::Basic
}

// calls.bff:37  call owner = users.get_user(id: body.customer)
fn call_owner(q: &mut Request, body: NewOrder<'_>) {
    users::get_user(q, body.customer());
}

// calls.bff:39  call seen = users.touch(id: owner.id)
fn call_seen(q: &mut Request, owner: UserInPostOrders<'_>) {
    users::touch(q, owner.id());
}

// calls.bff:40  call order = orders.place(order: { customer: owner.id, lines: body.lines, note: body.note, gift: body.gift },  …
fn call_order(
    q: &mut Request,
    header: Header<'_>,
    body: NewOrder<'_>,
    owner: UserInPostOrders<'_>,
) -> Eval {
    let scratch = &Scratch::new();
    orders::place(
        q,
        scratch
            .decode::<
                NewOrder<'static>,
            >(
                {
                    let mut out = Out::new();
                    let o = &mut out;
                    o.object();
                    o.put("customer", owner.id());
                    o.key("lines");
                    o.array();
                    for it in body.lines() {
                        send_new_line(o, it);
                    }
                    o.end_array();
                    o.some("note", body.note());
                    o.put("gift", body.gift());
                    o.end_object();
                    out
                },
                At("calls.bff", 40),
            )?,
        header.idempotency_key(),
    );
    Ok(())
}
static ORDER_ON: [(&[On], Arm); 1] = [
    (
        &[On::Status(409)],
        Arm::Fail(Fail {
            status: 409,
            code: Some("changed"),
            body: None,
        }),
    ),
];

// calls.bff:42  order.status == PLACED
fn when_respond(order: OrderInPostOrders<'_>) -> bool {
    order.status() == Status::Placed
}

// calls.bff:42  respond 201 { id: order.id, status: order.status } when order.status == PLACED headers { location: "/calls/ord …
fn headers(h: &mut HeaderOut<'_>, order: OrderInPostOrders<'_>) -> Eval {
    h.set("location", t!["/calls/orders/", order.id()])?;
    h.set("x-total", order.total().amount())?;
    h.set_opt("x-note", order.note())?;
    Ok(())
}

// calls.bff:42  respond 201 { id: order.id, status: order.status } when order.status == PLACED headers { location: "/calls/ord …
fn respond(o: &mut Out, order: OrderInPostOrders<'_>) {
    o.object();
    o.put("id", order.id());
    o.put("status", order.status());
    o.end_object();
}

// calls.bff:43  respond 202 { seen: seen }
fn respond_2(o: &mut Out) {
    o.object();
    o.key("seen");
    o.null();
    o.end_object();
}
