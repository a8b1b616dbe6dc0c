// Generated from states.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        id: Id<'a> = "id",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const BODY: Var<Patch<'static>> = Var::input(InputKind::Body);
const SENT: Var<Patch<'static>> = Var::call(0);
const PARTS_2: Var<RawJson<'static>> = Var::call(1);
const NONE: Var<RawJson<'static>> = Var::call(2);
const OTHER: Var<RawJson<'static>> = Var::call(3);
const _: () = in_order(
    &[SENT.slot(), PARTS_2.slot(), NONE.slot(), OTHER.slot()],
    &CALLS,
);

// states.bff:22  route PATCH /u/{id}
pub static ROUTE: Route = Route {
    name: "patch_u_id",
    at: At("states.bff", 22),
    verb: Verb::Patch,
    path: "/u/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<Path<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        body: Some(BodyInput {
            kind: &<Patch<'static> as Read<'static>>::KIND,
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
static CALLS: [Call; 4] = [
    Call::new(
        SENT,
        "sent",
        At("states.bff", 24),
        &api::PATCH,
        send!(call_sent; PATH, BODY),
    ),
    Call::new(
        PARTS_2,
        "parts",
        At("states.bff", 25),
        &api::PARTS,
        send!(call_parts_2; BODY),
    ),
    Call::new(NONE, "none", At("states.bff", 26), &api::PARTS, send!(call_none;)),
    Call::new(OTHER, "other", At("states.bff", 27), &api::OTHER, send!(call_other; BODY)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[SENT.slot(), PARTS_2.slot(), NONE.slot(), OTHER.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("states.bff", 28),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; BODY, SENT, PARTS_2, NONE, OTHER)),
    },
];

// states.bff:24  call sent = api.patch(id: path.id, patch: body)
fn call_sent(q: &mut Request, path: Path<'_>, body: Patch<'_>) {
    api::patch(q, path.id(), body);
}

// states.bff:25  call parts = api.parts(name: body.name, age: body.age, tags: body.tags, home: body.home)
fn call_parts_2(q: &mut Request, body: Patch<'_>) {
    api::parts(
        q,
        body.name(),
        body.age(),
        Maybe::from(
                (body.tags().value().map(|it| it.into_iter().collect::<Vec<_>>()))
                    .as_deref(),
            )
            .absent_with(body.tags()),
        Maybe::from(body.home().value().map(|it| it)).absent_with(body.home()),
    );
}

// states.bff:26  call none = api.parts(name: null)
fn call_none(q: &mut Request) {
    api::parts(q, Maybe::from(None), Maybe::Absent, Maybe::Absent, Maybe::Absent);
}

// states.bff:27  call other = api.other(other: body)
fn call_other(q: &mut Request, body: Patch<'_>) -> Eval {
    let scratch = &Scratch::new();
    api::other(
        q,
        scratch
            .decode::<
                Other<'static>,
            >(
                {
                    let mut out = Out::new();
                    let o = &mut out;
                    o.object();
                    o.maybe("name", body.name());
                    if !body.age().is_absent() {
                        o.put("age", body.age().value().map(|it| Decimal::from(it)));
                    }
                    if !body.home().is_absent() {
                        o.key("home");
                        match body.home().value() {
                            Some(it) => {
                                o.object();
                                o.maybe("street", it.street());
                                o.put("no", it.no() as f64);
                                o.end_object();
                            }
                            None => {
                                o.null();
                            }
                        }
                    }
                    o.end_object();
                    out
                },
                At("states.bff", 27),
            )?,
    );
    Ok(())
}

// states.bff:28  respond {
fn respond(
    o: &mut Out,
    body: Patch<'_>,
    sent: Patch<'_>,
    parts_2: RawJson<'_>,
    none: RawJson<'_>,
    other: RawJson<'_>,
) {
    let scratch = &Scratch::new();
    o.object();
    o.maybe("name", body.name());
    o.maybe("tags", body.tags());
    o.maybe("at", body.at());
    o.maybe("years", body.age());
    o.key("home");
    match body.home().value() {
        Some(it) => {
            o.object();
            o.maybe("street", it.street());
            o.end_object();
        }
        None => {
            o.null();
        }
    }
    o.key("whole");
    put_patch(o, sent);
    o.put("called", body.name().value().unwrap_or(Str::lit("nobody")));
    o.put(
        "loud",
        if let Some(it) = body.name().value() { Some(scratch.upper(it)) } else { None },
    );
    o.key("answers");
    o.array();
    o.value(parts_2);
    o.value(none);
    o.value(other);
    o.end_array();
    o.end_object();
}
