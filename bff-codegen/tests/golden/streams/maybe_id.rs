// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInMaybeId<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// The query inputs.
    pub QueryInMaybeId<'a> {
        copy: bool = "copy",
    }
}
const PATH: Var<PathInMaybeId<'static>> = Var::input(InputKind::Path);
const QUERY: Var<QueryInMaybeId<'static>> = Var::input(InputKind::Query);
const DATA: Var<Option<Stream>> = Var::call(0);
const REF: Var<Option<FileRef<'static>>> = Var::call(1);
const _: () = in_order(&[DATA.slot(), REF.slot()], &CALLS);

// streams.bff:32  route GET /maybe/{id}
pub static ROUTE: Route = Route {
    name: "maybe_id",
    at: At("streams.bff", 32),
    verb: Verb::Get,
    path: "/maybe/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInMaybeId<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        query: Some(Input {
            kind: &<QueryInMaybeId<'static> as Read<'static>>::KIND,
            defaults: &[(0, "false")],
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
static CALLS: [Call; 2] = [
    Call::new(DATA, "data", At("streams.bff", 34), &files::GET, send!(call_data; PATH))
        .when(when!(when_data; QUERY))
        .on(&DATA_ON),
    Call::new(
            REF,
            "ref",
            At("streams.bff", 35),
            &files::PUT,
            send!(call_ref_; PATH, DATA),
        )
        .or(&REF_OR),
];
static OUTPUTS: [Output; 2] = [
    Output {
        when: None,
        needs: needs(&[REF.slot()]),
    },
    Output {
        when: None,
        needs: needs(&[]),
    },
];
static REPLIES: [Reply; 2] = [
    Reply {
        at: At("streams.bff", 36),
        status: 200,
        when: Some(when!(when_respond; REF)),
        headers: None,
        body: Some(body!(respond; REF)),
    },
    Reply {
        at: At("streams.bff", 37),
        status: 404,
        when: None,
        headers: None,
        body: None,
    },
];

// streams.bff:34  call data = files.get(id: path.id) when query.copy on 404 => null
fn call_data(q: &mut Request, path: PathInMaybeId<'_>) {
    files::get(q, path.id());
}

// streams.bff:34  query.copy
fn when_data(query: QueryInMaybeId<'_>) -> bool {
    query.copy()
}
static DATA_ON: [(&[On], Arm); 1] = [(&[On::Status(404)], Arm::Null)];

// streams.bff:35  call ref = files.put(name: path.id, data?: data) else null
fn call_ref_(
    q: &mut Request,
    path: PathInMaybeId<'_>,
    data: Option<Stream>,
) -> Option<()> {
    let data_arg = data?;
    files::put(q, path.id(), data_arg);
    Some(())
}
static REF_OR: [Arm; 1] = [Arm::Null];

// streams.bff:36  ref != null
fn when_respond(ref_: Option<FileRef<'_>>) -> bool {
    ref_.is_some()
}

// streams.bff:36  respond { copied: ref.id } when ref != null
fn respond(o: &mut Out, ref_: Option<FileRef<'_>>) -> Eval {
    o.object();
    o.put("copied", ops::known(ref_, At("streams.bff", 36))?.id());
    o.end_object();
    Ok(())
}
