// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInAnyAnyId<'a> {
        id: Id<'a> = "id",
    }
}
const PATH: Var<PathInAnyAnyId<'static>> = Var::input(InputKind::Path);
const X: Var<Option<Stream>> = Var::call(0);
const _: () = in_order(&[X.slot()], &CALLS);

// streams.bff:65  route ANY /any/{id}
pub static ROUTE: Route = Route {
    name: "any_any_id",
    at: At("streams.bff", 65),
    verb: Verb::Any,
    path: "/any/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInAnyAnyId<'static> as Read<'static>>::KIND,
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
static CALLS: [Call; 1] = [
    Call::new(X, "x", At("streams.bff", 65), &files::GET, send!(call_x; PATH)).or(&X_OR),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[X.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("streams.bff", 65),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; X; frame)),
    },
];

// streams.bff:65  call x = files.get(id: path.id) else null
fn call_x(q: &mut Request, path: PathInAnyAnyId<'_>) {
    files::get(q, path.id());
}
static X_OR: [Arm; 1] = [Arm::Null];

// streams.bff:65  respond { method: request.method, found: x != null }
fn respond(o: &mut Out, frame: &Frame, x: Option<Stream>) {
    o.object();
    o.put("method", Str::from(frame.request().method()));
    o.put("found", x.is_some());
    o.end_object();
}
