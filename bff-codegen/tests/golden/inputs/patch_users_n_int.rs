// Generated from inputs.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInPatchUsersNInt<'a> {
        n: i64 = "n",
    }
}
record! {
    /// What `patch_users_n_int` reads of `User`.
    pub User<'a> {
        given_name: Str<'a> = "givenName",
    }
}
const PATH: Var<PathInPatchUsersNInt<'static>> = Var::input(InputKind::Path);
const BODY: Var<Option<Filter<'static>>> = Var::input(InputKind::Body);
const ME: Var<Option<User<'static>>> = Var::call(0);
const _: () = in_order(&[ME.slot()], &CALLS);

// inputs.bff:34  route PATCH /users/{n: Int}
pub static ROUTE: Route = Route {
    name: "patch_users_n_int",
    at: At("inputs.bff", 34),
    verb: Verb::Patch,
    path: "/users/{n: Int}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInPatchUsersNInt<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        body: Some(BodyInput {
            kind: &<Option<Filter<'static>> as Read<'static>>::KIND,
            optional: true,
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
    Call::new(
            ME,
            "me",
            At("inputs.bff", 36),
            &users::GET_USER,
            send!(call_me; PATH, BODY),
        )
        .when(when!(when_me; BODY)),
];
static OUTPUTS: [Output; 2] = [
    Output {
        when: None,
        needs: needs(&[ME.slot()]),
    },
    Output {
        when: None,
        needs: needs(&[]),
    },
];
static REPLIES: [Reply; 2] = [
    Reply {
        at: At("inputs.bff", 37),
        status: 200,
        when: Some(when!(when_respond; ME)),
        headers: None,
        body: Some(body!(respond; ME)),
    },
    Reply {
        at: At("inputs.bff", 38),
        status: 204,
        when: None,
        headers: None,
        body: None,
    },
];

// inputs.bff:36  call me = users.get_user(id: path.n) when body != null
fn call_me(
    q: &mut Request,
    path: PathInPatchUsersNInt<'_>,
    body: Option<Filter<'_>>,
) -> Eval {
    let scratch = &Scratch::new();
    users::get_user(q, scratch.text(t![path.n()], At("inputs.bff", 36))?);
    Ok(())
}

// inputs.bff:36  body != null
fn when_me(body: Option<Filter<'_>>) -> bool {
    body.is_some()
}

// inputs.bff:37  me != null
fn when_respond(me: Option<User<'_>>) -> bool {
    me.is_some()
}

// inputs.bff:37  respond 200 { name: me.givenName } when me != null
fn respond(o: &mut Out, me: Option<User<'_>>) -> Eval {
    o.object();
    o.put("name", ops::known(me, At("inputs.bff", 37))?.given_name());
    o.end_object();
    Ok(())
}
