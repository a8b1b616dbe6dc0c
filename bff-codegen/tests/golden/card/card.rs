// Generated from card.bff by bff-codegen. Edits are lost.
record! {
    /// The query inputs.
    pub Query<'a> {
        user: Id<'a> = "user",
    }
}
record! {
    /// What `card` reads of `User`.
    pub User<'a> {
        id: Id<'a> = "id",
        given_name: Str<'a> = "givenName",
        family_name: Str<'a> = "familyName",
        loyalty_id: Option<Id<'a>> = "loyaltyId",
        tier: Tier<'a> = "tier",
    }
}
record! {
    /// What `card` reads of `Points`.
    pub Points<'a> {
        balance: Raw<'a, i64> = "balance",
    }
}
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const ME: Var<User<'static>> = Var::call(0);
const POINTS: Var<Option<Points<'static>>> = Var::call(1);
const _: () = in_order(&[ME.slot(), POINTS.slot()], &CALLS);

// card.bff:6  route GET /card
/// Who I am, on one card.
pub static ROUTE: Route = Route {
    name: "card",
    at: At("card.bff", 6),
    verb: Verb::Get,
    path: "/card",
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
    Call::new(ME, "me", At("card.bff", 8), &users::GET_USER, send!(call_me; QUERY)),
    Call::new(
            POINTS,
            "points",
            At("card.bff", 9),
            &loyalty::BALANCE,
            send!(call_points; ME),
        )
        .timeout(Setting::Value(Duration::from_millis(150)))
        .or(&POINTS_OR),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[ME.slot(), POINTS.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("card.bff", 11),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; ME, POINTS; frame)),
    },
];

// card.bff:8  call me = users.get_user(id: query.user)
fn call_me(q: &mut Request, query: Query<'_>) {
    users::get_user(q, query.user());
}

// card.bff:9  call points = loyalty.balance(member: me.loyaltyId) { timeout: 150ms } when me.loyaltyId != null
fn call_points(q: &mut Request, me: User<'_>) -> Option<()> {
    let it = me.loyalty_id()?;
    loyalty::balance(q, it);
    Some(())
}
static POINTS_OR: [Arm; 1] = [Arm::Null];

// card.bff:11  respond {
fn respond(o: &mut Out, frame: &Frame, me: User<'_>, points: Option<Points<'_>>) {
    o.object();
    o.put("id", me.id());
    o.text("name", t![me.given_name(), " ", me.family_name()]);
    o.put(
        "tier",
        match me.tier() {
            Tier::Gold | Tier::Platinum => Str::lit("plus"),
            _ => Str::lit("basic"),
        },
    );
    o.some("points", points.map(|it| it.balance()));
    o.names("degraded", frame.degraded());
    o.end_object();
}
