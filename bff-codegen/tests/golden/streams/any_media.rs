// Generated from streams.bff by bff-codegen. Edits are lost.
const _: () = in_order(&[], &CALLS);

// streams.bff:63  route ANY /media/*
pub static ROUTE: Route = Route {
    name: "any_media",
    at: At("streams.bff", 63),
    verb: Verb::Any,
    path: "/media/*",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs::NONE,
    proxy: Some(Proxy {
        at: At("streams.bff", 63),
        upstream: &n127_0_0_1_9112::UPSTREAM,
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

// streams.bff:63  "http://127.0.0.1:9112/media/*"
fn target(q: &mut Request) {
    q.path("/media/").rest();
}
