// Generated from effects.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        customer: Id<'a> = "customer",
    }
}
record! {
    /// What `put_holds_customer` reads of `Cart`.
    pub CartInPutHoldsCustomer<'a> {
        id: Id<'a> = "id",
        total: Decimal = "total",
        coupon: Option<Str<'a>> = "coupon",
    }
}
record! {
    /// What `put_holds_customer` reads of `Charge`.
    pub ChargeInPutHoldsCustomer<'a> {
        id: Id<'a> = "id",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const CART: Var<CartInPutHoldsCustomer<'static>> = Var::call(0);
const HOLD: Var<Option<ChargeInPutHoldsCustomer<'static>>> = Var::call(1);
const AGAIN: Var<Option<ChargeInPutHoldsCustomer<'static>>> = Var::call(2);
const GONE: Var<Option<()>> = Var::call(3);
const _: () = in_order(&[CART.slot(), HOLD.slot(), AGAIN.slot(), GONE.slot()], &CALLS);

// effects.bff:45  route PUT /holds/{customer}
/// Keys may be missing, effects may not be made, and an answer may be null.
pub static ROUTE: Route = Route {
    name: "put_holds_customer",
    at: At("effects.bff", 45),
    verb: Verb::Put,
    path: "/holds/{customer}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<Path<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        ..Inputs::NONE
    },
    proxy: None,
    idempotency: Some(Idempotency {
        header: "idempotency-key",
        ttl: Setting::Env(Env {
            name: "HOLD_TTL",
            default: Some(Duration::from_millis(3600000)),
            at: At("effects.bff", 46),
        }),
        required: false,
    }),
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 0] = [];
static CALLS: [Call; 4] = [
    Call::new(CART, "cart", At("effects.bff", 47), &carts::GET, send!(call_cart; PATH)),
    Call::new(
            HOLD,
            "hold",
            At("effects.bff", 48),
            &payments::HOLD,
            send!(call_hold; CART; frame),
        )
        .when(when!(when_hold; CART))
        .undo(Undo {
            invoke: Invoke::new(&payments::RELEASE, send!(undo_hold; HOLD)),
        })
        .or(&HOLD_OR),
    Call::new(
            AGAIN,
            "again",
            At("effects.bff", 51),
            &payments::HOLD,
            send!(call_again; CART),
        )
        .on(&AGAIN_ON),
    Call::new(
            GONE,
            "gone",
            At("effects.bff", 53),
            &payments::RELEASE,
            send!(call_gone; AGAIN),
        )
        .undo(Undo {
            invoke: Invoke::new(&payments::REFUND, send!(undo_gone; CART)),
        }),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[HOLD.slot(), AGAIN.slot(), GONE.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("effects.bff", 55),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; HOLD, AGAIN, GONE; frame)),
    },
];

// effects.bff:47  call cart = carts.get(customer: path.customer)
fn call_cart(q: &mut Request, path: Path<'_>) {
    carts::get(q, path.customer());
}

// effects.bff:48  call hold = payments.hold(amount: cart.total, key: request.idempotency_key) when cart.coupon == null
fn call_hold(q: &mut Request, frame: &Frame, cart: CartInPutHoldsCustomer<'_>) {
    payments::hold(q, cart.total(), frame.idempotency_key().map(Str::from));
}

// effects.bff:48  cart.coupon == null
fn when_hold(cart: CartInPutHoldsCustomer<'_>) -> bool {
    cart.coupon().is_none()
}

// effects.bff:48  call hold = payments.hold(amount: cart.total, key: request.idempotency_key) when cart.coupon == null
fn undo_hold(q: &mut Request, hold: Option<ChargeInPutHoldsCustomer<'_>>) -> Option<()> {
    let id_arg = hold.map(|it| it.id())?;
    payments::release(q, id_arg);
    Some(())
}
static HOLD_OR: [Arm; 1] = [Arm::Null];

// effects.bff:51  call again = payments.hold(amount: cart.total) { idempotent: null }
fn call_again(q: &mut Request, cart: CartInPutHoldsCustomer<'_>) {
    payments::hold(q, cart.total(), None);
    q.idempotent_opt("idempotency-key", None);
}
static AGAIN_ON: [(&[On], Arm); 1] = [(&[On::Class(5)], Arm::Null)];

// effects.bff:53  call gone = payments.release(id: again?.id ?? "none")
fn call_gone(q: &mut Request, again: Option<ChargeInPutHoldsCustomer<'_>>) {
    payments::release(q, again.map(|it| it.id()).unwrap_or(Str::lit("none")));
}

// effects.bff:53  call gone = payments.release(id: again?.id ?? "none")
fn undo_gone(q: &mut Request, cart: CartInPutHoldsCustomer<'_>) {
    payments::refund(q, cart.id(), None);
}

// effects.bff:55  respond { key: request.idempotency_key, hold: hold?.id, again: again { id }, gone: gone == null }
fn respond(
    o: &mut Out,
    frame: &Frame,
    hold: Option<ChargeInPutHoldsCustomer<'_>>,
    again: Option<ChargeInPutHoldsCustomer<'_>>,
    gone: Option<()>,
) {
    o.object();
    o.put("key", frame.idempotency_key().map(Str::from));
    o.put("hold", hold.map(|it| it.id()));
    o.key("again");
    match again {
        Some(it) => {
            o.object();
            o.put("id", it.id());
            o.end_object();
        }
        None => {
            o.null();
        }
    }
    o.put("gone", gone.is_none());
    o.end_object();
}
