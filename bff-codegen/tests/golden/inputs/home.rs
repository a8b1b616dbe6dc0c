// Generated from inputs.bff by bff-codegen. Edits are lost.
const _: () = in_order(&[], &CALLS);

// inputs.bff:15  route GET /home
pub static ROUTE: Route = Route {
    name: "home",
    at: At("inputs.bff", 15),
    verb: Verb::Get,
    path: "/home",
    when: Some(when),
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
        at: At("inputs.bff", 15),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond;)),
    },
];

// inputs.bff:15  respond { tv: true }
fn respond(o: &mut Out) {
    o.object();
    o.put("tv", true);
    o.end_object();
}

// inputs.bff:15  when (header.x_client_type == "tv" && query.beta == null)
fn when(request: RequestView<'_>) -> Eval<bool> {
    let scratch = &Scratch::new();
    Ok(
        (request.header("x-client-type").map(Str::from) == Some(Str::lit("tv")))
            && request.query("beta").map(|text| scratch.keep(text)).is_none(),
    )
}
