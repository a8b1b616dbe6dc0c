// Generated from streams.bff by bff-codegen. Edits are lost.
const _: () = in_order(&[], &CALLS);

// streams.bff:53  route ANY /raw/*
pub static ROUTE: Route = Route {
    name: "any_raw",
    at: At("streams.bff", 53),
    verb: Verb::Any,
    path: "/raw/*",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs::NONE,
    proxy: Some(Proxy {
        at: At("streams.bff", 53),
        upstream: &cdn::UPSTREAM,
        target: None,
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
