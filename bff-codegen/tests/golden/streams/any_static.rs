// Generated from streams.bff by bff-codegen. Edits are lost.
const _: () = in_order(&[], &CALLS);

// streams.bff:52  route ANY /static/*
pub static ROUTE: Route = Route {
    name: "any_static",
    at: At("streams.bff", 52),
    verb: Verb::Any,
    path: "/static/*",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs::NONE,
    proxy: Some(Proxy {
        at: At("streams.bff", 52),
        upstream: &cdn::UPSTREAM,
        target: Some(send!(target;)),
    }),
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 0] = [];
static CALLS: [Call; 0] = [];
static OUTPUTS: [Output; 0] = [];
static REPLIES: [Reply; 0] = [];

// streams.bff:52  cdn
fn target(q: &mut Request) {
    q.path("/assets/").rest();
}
