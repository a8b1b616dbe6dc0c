// Generated from heads.bff by bff-codegen. Edits are lost.
const _: () = in_order(&[], &CALLS);

// heads.bff:34  route GET /home
pub static ROUTE: Route = Route {
    name: "home_3",
    at: At("heads.bff", 34),
    verb: Verb::Get,
    path: "/home",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
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
        at: At("heads.bff", 34),
        status: 204,
        when: None,
        headers: None,
        body: None,
    },
];
