// Generated from inputs.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInFilesNameJson<'a> {
        name: Id<'a> = "name",
    }
}
const PATH: Var<PathInFilesNameJson<'static>> = Var::input(InputKind::Path);
const _: () = in_order(&[], &CALLS);

// inputs.bff:31  route GET /files/{name}.json
pub static ROUTE: Route = Route {
    name: "files_name_json",
    at: At("inputs.bff", 31),
    verb: Verb::Get,
    path: "/files/{name}.json",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInFilesNameJson<'static> as Read<'static>>::KIND,
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
        at: At("inputs.bff", 31),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; PATH)),
    },
];

// inputs.bff:31  respond { name: path.name }
fn respond(o: &mut Out, path: PathInFilesNameJson<'_>) {
    o.object();
    o.put("name", path.name());
    o.end_object();
}
