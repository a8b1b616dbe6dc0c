// Generated from inputs.bff by bff-codegen. Edits are lost.
const BODY: Var<RawJson<'static>> = Var::input(InputKind::Body);
const _: () = in_order(&[], &CALLS);

// inputs.bff:32  route PUT /echo
pub static ROUTE: Route = Route {
    name: "put_echo",
    at: At("inputs.bff", 32),
    verb: Verb::Put,
    path: "/echo",
    when: None,
    deadline: Some(Setting::Value(Duration::from_millis(300))),
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        body: Some(BodyInput {
            kind: &<RawJson<'static> as Read<'static>>::KIND,
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
static CALLS: [Call; 0] = [];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("inputs.bff", 32),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; BODY)),
    },
];

// inputs.bff:32  respond 200 { got: body }
fn respond(o: &mut Out, body: RawJson<'_>) {
    o.object();
    o.put("got", body);
    o.end_object();
}
