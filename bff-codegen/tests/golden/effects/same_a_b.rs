// Generated from effects.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInSameAB<'a> {
        a: Id<'a> = "a",
        b: Id<'a> = "b",
    }
}
record! {
    /// What `same_a_b` reads of `Cart`.
    pub CartInSameAB<'a> {
        id: Id<'a> = "id",
        owner: Option<Id<'a>> = "owner",
    }
}
record! {
    /// What `same_a_b` reads of `Cart`.
    pub CartInSameAB2<'a> {
        id: Id<'a> = "id",
        coupon: Option<Str<'a>> = "coupon",
    }
}
record! {
    /// What `same_a_b` reads of `Cart`.
    pub CartInSameAB3<'a> {
        id: Id<'a> = "id",
    }
}
const PATH: Var<PathInSameAB<'static>> = Var::input(InputKind::Path);
const LEFT: Var<CartInSameAB<'static>> = Var::call(0);
const RIGHT: Var<CartInSameAB2<'static>> = Var::call(1);
const MINE: Var<CartInSameAB3<'static>> = Var::call(2);
const OURS: Var<Option<CartInSameAB3<'static>>> = Var::call(3);
const ONCE: Var<Option<bool>> = Var::call(4);
const _: () = in_order(
    &[LEFT.slot(), RIGHT.slot(), MINE.slot(), OURS.slot(), ONCE.slot()],
    &CALLS,
);

// effects.bff:59  route GET /same/{a}/{b}
/// What relies on an `allow` waits for what it reads.
pub static ROUTE: Route = Route {
    name: "same_a_b",
    at: At("effects.bff", 59),
    verb: Verb::Get,
    path: "/same/{a}/{b}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInSameAB<'static> as Read<'static>>::KIND,
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
static GUARDS: [Guard; 2] = [
    Guard {
        at: At("effects.bff", 62),
        test: when!(allow_1; LEFT, RIGHT),
        refuse: Refuse::Status(404),
    },
    Guard {
        at: At("effects.bff", 62),
        test: when!(allow_2; RIGHT),
        refuse: Refuse::Status(404),
    },
];
static CALLS: [Call; 5] = [
    Call::new(LEFT, "left", At("effects.bff", 60), &carts::GET, send!(call_left; PATH)),
    Call::new(
        RIGHT,
        "right",
        At("effects.bff", 61),
        &carts::GET,
        send!(call_right; PATH),
    ),
    Call::new(
        MINE,
        "mine",
        At("effects.bff", 64),
        &carts::GET,
        Gated::after(needs(&[RIGHT.slot()]), send!(call_mine; LEFT)),
    ),
    Call::new(
            OURS,
            "ours",
            At("effects.bff", 65),
            &carts::GET,
            Gated::after(needs(&[RIGHT.slot()]), send!(call_ours; LEFT)),
        )
        .or(&OURS_OR),
    Call::new(ONCE, "once", At("effects.bff", 66), &carts::SEEN, send!(call_once; LEFT))
        .when(when!(when_once; RIGHT))
        .on(&ONCE_ON),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[LEFT.slot(), MINE.slot(), OURS.slot(), ONCE.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("effects.bff", 68),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; LEFT, MINE, OURS, ONCE)),
    },
];

// effects.bff:63  let owner = left.owner
fn let_owner<'a>(left: CartInSameAB<'a>) -> Eval<Str<'a>> {
    Ok(ops::known(left.owner(), At("effects.bff", 63))?)
}

// effects.bff:62  left.owner == right.id
fn allow_1(left: CartInSameAB<'_>, right: CartInSameAB2<'_>) -> bool {
    left.owner() == Some(right.id())
}

// effects.bff:62  right.coupon != null
fn allow_2(right: CartInSameAB2<'_>) -> bool {
    right.coupon().is_some()
}

// effects.bff:60  call left = carts.get(customer: path.a)
fn call_left(q: &mut Request, path: PathInSameAB<'_>) {
    carts::get(q, path.a());
}

// effects.bff:61  call right = carts.get(customer: path.b)
fn call_right(q: &mut Request, path: PathInSameAB<'_>) {
    carts::get(q, path.b());
}

// effects.bff:64  call mine = carts.get(customer: left.owner)
fn call_mine(q: &mut Request, left: CartInSameAB<'_>) -> Eval {
    carts::get(q, ops::known(left.owner(), At("effects.bff", 64))?);
    Ok(())
}

// effects.bff:65  call ours = carts.get(customer: owner) else call carts.get(customer: right.coupon) else null
fn call_ours(q: &mut Request, left: CartInSameAB<'_>) -> Eval {
    let owner = list::Once::new();
    carts::get(q, *owner.get(|| let_owner(left))?);
    Ok(())
}

// effects.bff:65  carts.get(customer: right.coupon)
fn ours_else_1(q: &mut Request, right: CartInSameAB2<'_>) -> Eval {
    carts::get(q, ops::known(right.coupon(), At("effects.bff", 65))?);
    Ok(())
}
static OURS_OR: [Arm; 2] = [
    Arm::Call(Invoke::new(&carts::GET, send!(ours_else_1; RIGHT))),
    Arm::Null,
];

// effects.bff:66  call once = carts.seen(customer: left.id) when right.coupon == "x"
fn call_once(q: &mut Request, left: CartInSameAB<'_>) {
    carts::seen(q, left.id());
}

// effects.bff:66  right.coupon == "x"
fn when_once(right: CartInSameAB2<'_>) -> Eval<bool> {
    Ok(ops::known(right.coupon(), At("effects.bff", 66))? == Str::lit("x"))
}

// effects.bff:67  fail 404 "gone" { owner: left.owner }
fn once_on_1(o: &mut Out, left: CartInSameAB<'_>) -> Eval {
    o.object();
    o.put("owner", ops::known(left.owner(), At("effects.bff", 67))?);
    o.end_object();
    Ok(())
}
static ONCE_ON: [(&[On], Arm); 1] = [
    (
        &[On::Status(404)],
        Arm::Fail(Fail {
            status: 404,
            code: Some("gone"),
            body: Some(Gated::after(needs(&[RIGHT.slot()]), body!(once_on_1; LEFT))),
        }),
    ),
];

// effects.bff:68  respond { mine: mine.id, ours: ours?.id, owner, once: once }
fn respond(
    o: &mut Out,
    left: CartInSameAB<'_>,
    mine: CartInSameAB3<'_>,
    ours: Option<CartInSameAB3<'_>>,
    once: Option<bool>,
) -> Eval {
    let owner = list::Once::new();
    o.object();
    o.put("mine", mine.id());
    o.put("ours", ours.map(|it| it.id()));
    o.put("owner", *owner.get(|| let_owner(left))?);
    o.put("once", once);
    o.end_object();
    Ok(())
}
