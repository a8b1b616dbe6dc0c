// Generated from effects.bff by bff-codegen. Edits are lost.
static FORM_TOKEN: Rule = Rule::new().length(Some(1), Some(200));
static FORM_NOTE: Rule = Rule::new().length(None, Some(500));
record! {
    /// What `post_checkout` reads of `Form`.
    pub Form<'a> {
        customer: Id<'a> = "customer",
        token: Str<'a> = "token" if FORM_TOKEN,
        note: Option<Str<'a>> = "note" if FORM_NOTE,
    }
}
record! {
    /// What `post_checkout` reads of `Cart`.
    pub Cart<'a> {
        id: Id<'a> = "id",
        total: Decimal = "total",
        owner: Option<Id<'a>> = "owner",
        coupon: Option<Str<'a>> = "coupon",
    }
}
record! {
    /// What `post_checkout` reads of `Charge`.
    pub Charge<'a> {
        id: Id<'a> = "id",
        amount: Decimal = "amount",
        receipt: Option<Str<'a>> = "receipt",
    }
}
record! {
    /// What `post_checkout` reads of `Order`.
    pub Order<'a> {
        id: Id<'a> = "id",
    }
}
const BODY: Var<Form<'static>> = Var::input(InputKind::Body);
const CART: Var<Cart<'static>> = Var::call(0);
const SEEN: Var<Option<bool>> = Var::call(1);
const CHARGE: Var<Charge<'static>> = Var::call(2);
const ORDER: Var<Order<'static>> = Var::call(3);
const _: () = in_order(&[CART.slot(), SEEN.slot(), CHARGE.slot(), ORDER.slot()], &CALLS);

// effects.bff:27  route POST /checkout
/// Place an order.
pub static ROUTE: Route = Route {
    name: "post_checkout",
    at: At("effects.bff", 27),
    verb: Verb::Post,
    path: "/checkout",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        body: Some(BodyInput {
            kind: &<Form<'static> as Read<'static>>::KIND,
            optional: false,
            rule: None,
        }),
        ..Inputs::NONE
    },
    proxy: None,
    idempotency: Some(Idempotency {
        header: "idempotency-key",
        ttl: Setting::Value(Duration::from_millis(86400000)),
        required: true,
    }),
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 3] = [
    Guard {
        at: At("effects.bff", 30),
        test: when!(check_1; BODY),
        refuse: Refuse::Check("a token has no blanks"),
    },
    Guard {
        at: At("effects.bff", 33),
        test: when!(allow_2; CART),
        refuse: Refuse::Status(409),
    },
    Guard {
        at: At("effects.bff", 33),
        test: when!(allow_3; CART),
        refuse: Refuse::Status(409),
    },
];
static CALLS: [Call; 4] = [
    Call::new(CART, "cart", At("effects.bff", 31), &carts::GET, send!(call_cart; BODY)),
    Call::new(SEEN, "seen", At("effects.bff", 32), &carts::SEEN, send!(call_seen; BODY))
        .or(&SEEN_OR),
    Call::new(
            CHARGE,
            "charge",
            At("effects.bff", 34),
            &payments::CHARGE,
            send!(call_charge; BODY, CART; frame),
        )
        .timeout(Setting::Value(Duration::from_millis(800)))
        .undo(Undo {
            invoke: Invoke::new(
                    &payments::REFUND,
                    send!(undo_charge; SEEN, CHARGE; frame),
                )
                .timeout(Setting::Value(Duration::from_millis(3000))),
        })
        .on(&CHARGE_ON),
    Call::new(
            ORDER,
            "order",
            At("effects.bff", 38),
            &orders::PLACE,
            send!(call_order; CART, CHARGE; frame),
        )
        .undo(Undo {
            invoke: Invoke::new(&orders::CANCEL, send!(undo_order; ORDER)),
        })
        .on(&ORDER_ON),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[CART.slot(), CHARGE.slot(), ORDER.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("effects.bff", 41),
        status: 201,
        when: None,
        headers: Some(headers!(headers; ORDER)),
        body: Some(body!(respond; CART, CHARGE, ORDER)),
    },
];

// effects.bff:37  let receipt = charge.receipt ?? "none"
fn let_receipt<'a>(charge: Charge<'a>) -> Str<'a> {
    charge.receipt().unwrap_or(Str::lit("none"))
}

// effects.bff:30  body.token != ""
fn check_1(body: Form<'_>) -> bool {
    body.token() != Str::lit("")
}

// effects.bff:33  cart.owner != null
fn allow_2(cart: Cart<'_>) -> bool {
    cart.owner().is_some()
}

// effects.bff:33  cart.total > 0.0
fn allow_3(cart: Cart<'_>) -> bool {
    cart.total() > Decimal::new(0, 1)
}

// effects.bff:31  call cart = carts.get(customer: body.customer)
fn call_cart(q: &mut Request, body: Form<'_>) {
    carts::get(q, body.customer());
}

// effects.bff:32  call seen = carts.seen(customer: body.customer) else null
fn call_seen(q: &mut Request, body: Form<'_>) {
    carts::seen(q, body.customer());
}
static SEEN_OR: [Arm; 1] = [Arm::Null];

// effects.bff:34  call charge = payments.charge(amount: cart.total, token: body.token) { timeout: 800ms, idempotent: request.ide …
fn call_charge(q: &mut Request, frame: &Frame, body: Form<'_>, cart: Cart<'_>) {
    payments::charge(q, cart.total(), body.token());
    q.idempotent("idempotency-key", Str::from(frame.required_key()));
}

// effects.bff:34  call charge = payments.charge(amount: cart.total, token: body.token) { timeout: 800ms, idempotent: request.ide …
fn undo_charge(q: &mut Request, frame: &Frame, seen: Option<bool>, charge: Charge<'_>) {
    payments::refund(
        q,
        charge.id(),
        if seen == Some(true) { Some(charge.amount()) } else { None },
    );
    q.idempotent("idempotency-key", t!["undo-", Str::from(frame.required_key())]);
}

// effects.bff:35  fail 402 "card_declined" { total: cart.total }
fn charge_on_1(o: &mut Out, cart: Cart<'_>) {
    o.object();
    o.put("total", cart.total());
    o.end_object();
}
static CHARGE_ON: [(&[On], Arm); 1] = [
    (
        &[On::Status(402)],
        Arm::Fail(Fail {
            status: 402,
            code: Some("card_declined"),
            body: Some(body!(charge_on_1; CART)),
        }),
    ),
];

// effects.bff:38  call order = orders.place(cart: cart.id, payment: charge.id) { idempotent: { header: "x-order-key", key: cart. …
fn call_order(q: &mut Request, frame: &Frame, cart: Cart<'_>, charge: Charge<'_>) {
    orders::place(q, frame.request(), cart.id(), charge.id());
    q.idempotent_opt("x-order-key", cart.coupon());
}

// effects.bff:38  call order = orders.place(cart: cart.id, payment: charge.id) { idempotent: { header: "x-order-key", key: cart. …
fn undo_order(q: &mut Request, order: Order<'_>) {
    orders::cancel(q, order.id());
}
static ORDER_ON: [(&[On], Arm); 1] = [
    (
        &[On::Status(409)],
        Arm::Fail(Fail {
            status: 409,
            code: Some("cart_changed"),
            body: None,
        }),
    ),
];

// effects.bff:41  respond 201 { id: order.id, receipt, total: cart.total, owner: cart.owner } headers { location: "/shop/orders/ …
fn headers(h: &mut HeaderOut<'_>, order: Order<'_>) -> Eval {
    h.set("location", t!["/shop/orders/", order.id()])?;
    Ok(())
}

// effects.bff:41  respond 201 { id: order.id, receipt, total: cart.total, owner: cart.owner } headers { location: "/shop/orders/ …
fn respond(o: &mut Out, cart: Cart<'_>, charge: Charge<'_>, order: Order<'_>) -> Eval {
    let receipt = let_receipt(charge);
    o.object();
    o.put("id", order.id());
    o.put("receipt", receipt);
    o.put("total", cart.total());
    o.put("owner", ops::known(cart.owner(), At("effects.bff", 41))?);
    o.end_object();
    Ok(())
}
