// Generated from contract.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInSumsOf<'a> {
        of: Id<'a> = "of",
    }
}
const PATH: Var<PathInSumsOf<'static>> = Var::input(InputKind::Path);
const _: () = in_order(&[], &CALLS);

// contract.bff:38  route GET /sums/{of}
pub static ROUTE: Route = Route {
    name: "sums_of",
    at: At("contract.bff", 38),
    verb: Verb::Get,
    path: "/sums/{of}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInSumsOf<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        ..Inputs::NONE
    },
    proxy: None,
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract {
        deprecation: Some(&DEPRECATION),
        ..Contract::NONE
    },
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
        at: At("contract.bff", 41),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; PATH)),
    },
];

// contract.bff:41  respond { of: path.of }
fn respond(o: &mut Out, path: PathInSumsOf<'_>) {
    o.object();
    o.put("of", path.of());
    o.end_object();
}

// contract.bff:39  deprecate
static DEPRECATION: Deprecation = Deprecation {
    since: "@1704067200",
    sunset: Some("Mon, 30 Jun 2025 00:00:00 GMT"),
    successor: Some("/api/orders/{of}"),
};
