// Generated from tested.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// What `users_id` reads of `User`.
    pub User<'a> {
        id: Id<'a> = "id",
        name: Str<'a> = "name",
        tier: Raw<'a, Tier<'a>> = "tier",
        boss: Option<Id<'a>> = "boss",
        match_: Raw<'a, i64> = "first-match",
    }
}
record! {
    /// What `users_id` reads of `User`.
    pub UserInUsersId<'a> {
        name: Str<'a> = "name",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const ME: Var<User<'static>> = Var::call(0);
const BOSS: Var<Option<UserInUsersId<'static>>> = Var::call(1);
const SEEN: Var<Option<()>> = Var::call(2);
const _: () = in_order(&[ME.slot(), BOSS.slot(), SEEN.slot()], &CALLS);

// tested.bff:41  route GET /users/{id}
pub static ROUTE: Route = Route {
    name: "users_id",
    at: At("tested.bff", 41),
    verb: Verb::Get,
    path: "/users/{id}",
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
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 1] = [
    Guard {
        at: At("tested.bff", 48),
        test: when!(allow_1; ME),
        refuse: Refuse::Status(403),
    },
];
static CALLS: [Call; 3] = [
    Call::new(ME, "me", At("tested.bff", 42), &users::GET, send!(call_me; PATH))
        .on(&ME_ON),
    Call::new(BOSS, "boss", At("tested.bff", 44), &users::GET, send!(call_boss; ME))
        .or(&BOSS_OR),
    Call::new(SEEN, "seen", At("tested.bff", 46), &users::TOUCH, send!(call_seen; PATH))
        .or(&SEEN_OR),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[ME.slot(), BOSS.slot(), SEEN.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("tested.bff", 49),
        status: 200,
        when: None,
        headers: Some(headers!(headers; ME)),
        body: Some(body!(respond; ME, BOSS, SEEN; frame)),
    },
];

// tested.bff:48  me.name != "blocked"
fn allow_1(me: User<'_>) -> bool {
    me.name() != Str::lit("blocked")
}

// tested.bff:42  call me = users.get(id: path.id)
fn call_me(q: &mut Request, path: Path<'_>) {
    users::get(q, path.id(), None);
}

// tested.bff:43  fail 404 "no_such_user" { id: path.id }
fn me_on_1(o: &mut Out, path: Path<'_>) {
    o.object();
    o.put("id", path.id());
    o.end_object();
}
static ME_ON: [(&[On], Arm); 1] = [
    (
        &[On::Status(404)],
        Arm::Fail(Fail {
            status: 404,
            code: Some("no_such_user"),
            body: Some(body!(me_on_1; PATH)),
        }),
    ),
];

// tested.bff:44  call boss = users.get(id: me.boss, tier: GOLD) when me.boss != null
fn call_boss(q: &mut Request, me: User<'_>) -> Option<()> {
    let it = me.boss()?;
    users::get(q, it, Some(Tier::Gold));
    Some(())
}
static BOSS_OR: [Arm; 1] = [Arm::Null];

// tested.bff:46  call seen = users.touch(id: path.id)
fn call_seen(q: &mut Request, path: Path<'_>) {
    users::touch(q, path.id());
}
static SEEN_OR: [Arm; 1] = [Arm::Null];

// tested.bff:49  respond {
fn headers(h: &mut HeaderOut<'_>, me: User<'_>) -> Eval {
    h.set("x-name", me.name())?;
    Ok(())
}

// tested.bff:49  respond {
fn respond(
    o: &mut Out,
    frame: &Frame,
    me: User<'_>,
    boss: Option<UserInUsersId<'_>>,
    seen: Option<()>,
) {
    o.object();
    o.put("id", me.id());
    o.put("tier", me.tier());
    if let Some(it) = boss {
        o.key("boss");
        o.object();
        o.put("name", it.name());
        o.end_object();
    }
    o.put("match", me.match_());
    o.put("seen", seen.is_none());
    o.names("degraded", frame.degraded());
    o.end_object();
}
