// Generated from streams.bff by bff-codegen. Edits are lost.
const _: () = in_order(&[], &CALLS);

// streams.bff:64  route GET /app/*
pub static ROUTE: Route = Route {
    name: "app",
    at: At("streams.bff", 64),
    verb: Verb::Get,
    path: "/app/*",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs::NONE,
    proxy: Some(Proxy {
        at: At("streams.bff", 64),
        upstream: &app_url::UPSTREAM,
        target: Some(send!(target;; frame)),
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

// streams.bff:64  env.APP_URL ?? "http://127.0.0.1:9113"
fn target(q: &mut Request, frame: &Frame) {
    q.path("/v1/").segment(Str::from(frame.request().method())).path("/").rest();
}
