// Generated from inputs.bff by bff-codegen. Edits are lost.
const BODY: Var<Filter<'static>> = Var::input(InputKind::Body);
const _: () = in_order(&[], &CALLS);

// inputs.bff:33  route POST /filter
pub static ROUTE: Route = Route {
    name: "post_filter",
    at: At("inputs.bff", 33),
    verb: Verb::Post,
    path: "/filter",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        body: Some(BodyInput {
            kind: &<Filter<'static> as Read<'static>>::KIND,
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
        at: At("inputs.bff", 33),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; BODY)),
    },
];

// inputs.bff:33  respond { words: body.words, from: body.price?.from, statuses: body.status }
fn respond(o: &mut Out, body: Filter<'_>) {
    o.object();
    o.put("words", body.words());
    o.put("from", body.price().map(|it| it.from()));
    o.put("statuses", body.status());
    o.end_object();
}
