// Generated from names.bff by bff-codegen. Edits are lost.
const _: () = in_order(&[], &CALLS);

// names.bff:22  route GET /
pub static ROUTE: Route = Route {
    name: "root",
    at: At("names.bff", 22),
    verb: Verb::Get,
    path: "/",
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
        at: At("names.bff", 22),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond;)),
    },
];

// names.bff:22  respond { root: true }
fn respond(o: &mut Out) {
    o.object();
    o.put("root", true);
    o.end_object();
}
