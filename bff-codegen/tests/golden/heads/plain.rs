// Generated from heads.bff by bff-codegen. Edits are lost.
const _: () = in_order(&[], &CALLS);

// heads.bff:26  route GET /plain
pub static ROUTE: Route = Route {
    name: "plain",
    at: At("heads.bff", 26),
    verb: Verb::Get,
    path: "/plain",
    when: None,
    deadline: None,
    headers: RouteHeaders {
        set: None,
        remove: &["x-set"],
    },
    inputs: Inputs::NONE,
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
        at: At("heads.bff", 26),
        status: 204,
        when: None,
        headers: None,
        body: None,
    },
];
