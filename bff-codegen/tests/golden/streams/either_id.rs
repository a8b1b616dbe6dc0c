// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInEitherId<'a> {
        id: Id<'a> = "id",
    }
}
const PATH: Var<PathInEitherId<'static>> = Var::input(InputKind::Path);
const DATA: Var<Option<Stream>> = Var::call(0);
const _: () = in_order(&[DATA.slot()], &CALLS);

// streams.bff:39  route GET /either/{id}
pub static ROUTE: Route = Route {
    name: "either_id",
    at: At("streams.bff", 39),
    verb: Verb::Get,
    path: "/either/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInEitherId<'static> as Read<'static>>::KIND,
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
    Call::new(DATA, "data", At("streams.bff", 40), &files::GET, send!(call_data; PATH))
        .on(&DATA_ON),
];
static OUTPUTS: [Output; 2] = [
    Output {
        when: None,
        needs: needs(&[DATA.slot()]),
    },
    Output {
        when: None,
        needs: needs(&[]),
    },
];
static REPLIES: [Reply; 2] = [
    Reply {
        at: At("streams.bff", 41),
        status: 200,
        when: Some(when!(when_respond; DATA)),
        headers: None,
        body: Some(body!(respond; DATA)),
    },
    Reply {
        at: At("streams.bff", 42),
        status: 404,
        when: None,
        headers: None,
        body: Some(body!(respond_2; PATH)),
    },
];

// streams.bff:40  call data = files.get(id: path.id) on 404 => null
fn call_data(q: &mut Request, path: PathInEitherId<'_>) {
    files::get(q, path.id());
}
static DATA_ON: [(&[On], Arm); 1] = [(&[On::Status(404)], Arm::Null)];

// streams.bff:41  data != null
fn when_respond(data: Option<Stream>) -> bool {
    data.is_some()
}

// streams.bff:41  respond data when data != null
fn respond(o: &mut Out, data: Option<Stream>) -> Eval {
    o.value(ops::known(data, At("streams.bff", 41))?);
    Ok(())
}

// streams.bff:42  respond 404 { id: path.id }
fn respond_2(o: &mut Out, path: PathInEitherId<'_>) {
    o.object();
    o.put("id", path.id());
    o.end_object();
}
