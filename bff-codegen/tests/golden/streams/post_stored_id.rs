// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInPostStoredId<'a> {
        id: Id<'a> = "id",
    }
}
const PATH: Var<PathInPostStoredId<'static>> = Var::input(InputKind::Path);
const BODY: Var<Stream> = Var::input(InputKind::Body);
const COPY: Var<Stream> = Var::call(0);
const REF: Var<FileRef<'static>> = Var::call(1);
const MORE: Var<FileRef<'static>> = Var::call(2);
const _: () = in_order(&[COPY.slot(), REF.slot(), MORE.slot()], &CALLS);

// streams.bff:67  route POST /stored/{id}
/// An effect with a stream, and one that takes it back.
pub static ROUTE: Route = Route {
    name: "post_stored_id",
    at: At("streams.bff", 67),
    verb: Verb::Post,
    path: "/stored/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInPostStoredId<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        stream: Some(StreamInput {
            max: Some(1048576),
            accept: &[],
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
static CALLS: [Call; 3] = [
    Call::new(COPY, "copy", At("streams.bff", 69), &files::GET, send!(call_copy; PATH)),
    Call::new(
            REF,
            "ref",
            At("streams.bff", 70),
            &files::STORE,
            send!(call_ref_; PATH, BODY; frame),
        )
        .undo(Undo {
            invoke: Invoke::new(&files::DROP, send!(undo_ref_; REF)),
        }),
    Call::new(
        MORE,
        "more",
        At("streams.bff", 71),
        &files::STORE,
        send!(call_more; COPY, REF),
    ),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[MORE.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("streams.bff", 72),
        status: 201,
        when: None,
        headers: None,
        body: Some(body!(respond; MORE)),
    },
];

// streams.bff:69  call copy = files.get(id: path.id)
fn call_copy(q: &mut Request, path: PathInPostStoredId<'_>) {
    files::get(q, path.id());
}

// streams.bff:70  call ref = files.store(name: path.id, data: body) { idempotent: request.id } undo files.drop(id: ref.id)
fn call_ref_(
    q: &mut Request,
    frame: &Frame,
    path: PathInPostStoredId<'_>,
    body: Stream,
) {
    files::store(q, path.id(), body);
    q.idempotent("idempotency-key", Str::from(frame.request().id()));
}

// streams.bff:70  call ref = files.store(name: path.id, data: body) { idempotent: request.id } undo files.drop(id: ref.id)
fn undo_ref_(q: &mut Request, ref_: FileRef<'_>) {
    files::drop(q, ref_.id());
}

// streams.bff:71  call more = files.store(name: ref.id, data: copy)
fn call_more(q: &mut Request, copy: Stream, ref_: FileRef<'_>) {
    files::store(q, ref_.id(), copy);
}

// streams.bff:72  respond 201 { id: more.id }
fn respond(o: &mut Out, more: FileRef<'_>) {
    o.object();
    o.put("id", more.id());
    o.end_object();
}
