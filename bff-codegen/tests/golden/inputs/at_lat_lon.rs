// Generated from inputs.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        lat: Raw<'a, f64> = "lat",
        lon: Raw<'a, f64> = "lon",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const _: () = in_order(&[], &CALLS);

// inputs.bff:30  route GET /at/{lat},{lon}
pub static ROUTE: Route = Route {
    name: "at_lat_lon",
    at: At("inputs.bff", 30),
    verb: Verb::Get,
    path: "/at/{lat},{lon}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<Path<'static> as Read<'static>>::KIND,
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
        at: At("inputs.bff", 30),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; PATH)),
    },
];

// inputs.bff:30  respond { lat: path.lat, lon: path.lon }
fn respond(o: &mut Out, path: Path<'_>) {
    o.object();
    o.put("lat", path.lat());
    o.put("lon", path.lon());
    o.end_object();
}
