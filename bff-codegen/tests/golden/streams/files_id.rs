// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInFilesId<'a> {
        id: Id<'a> = "id",
    }
}
const PATH: Var<PathInFilesId<'static>> = Var::input(InputKind::Path);
const DATA: Var<Stream> = Var::call(0);
const _: () = in_order(&[DATA.slot()], &CALLS);

// streams.bff:27  route GET /files/{id}
/// A file, from wherever it still is.
pub static ROUTE: Route = Route {
    name: "files_id",
    at: At("streams.bff", 27),
    verb: Verb::Get,
    path: "/files/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInFilesId<'static> as Read<'static>>::KIND,
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
    Call::new(DATA, "data", At("streams.bff", 28), &files::GET, send!(call_data; PATH))
        .on(&DATA_ON),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[DATA.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("streams.bff", 30),
        status: 200,
        when: None,
        headers: Some(headers!(headers;)),
        body: Some(body!(respond; DATA)),
    },
];

// streams.bff:28  call data = files.get(id: path.id)
fn call_data(q: &mut Request, path: PathInFilesId<'_>) {
    files::get(q, path.id());
}

// streams.bff:29  files.old(id: path.id)
fn data_on_1(q: &mut Request, path: PathInFilesId<'_>) {
    files::old(q, path.id());
}
static DATA_ON: [(&[On], Arm); 1] = [
    (&[On::Status(404)], Arm::Call(Invoke::new(&files::OLD, send!(data_on_1; PATH)))),
];

// streams.bff:30  respond data headers { cache_control: "private, max-age=60" }
fn headers(h: &mut HeaderOut<'_>) -> Eval {
    h.set("cache-control", t!["private, max-age=60"])?;
    Ok(())
}

// streams.bff:30  respond data headers { cache_control: "private, max-age=60" }
fn respond(o: &mut Out, data: Stream) {
    o.value(data);
}
