// Generated from streams.bff by bff-codegen. Edits are lost.
const BODY: Var<Stream> = Var::input(InputKind::Body);
const _: () = in_order(&[], &CALLS);

// streams.bff:24  route POST /echo
pub static ROUTE: Route = Route {
    name: "post_echo",
    at: At("streams.bff", 24),
    verb: Verb::Post,
    path: "/echo",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        stream: Some(StreamInput {
            max: Some(65536),
            accept: &[],
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
        at: At("streams.bff", 24),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; BODY)),
    },
];

// streams.bff:24  respond body
fn respond(o: &mut Out, body: Stream) {
    o.value(body);
}
