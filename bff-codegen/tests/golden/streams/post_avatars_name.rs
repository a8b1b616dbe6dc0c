// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        name: Id<'a> = "name",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const BODY: Var<Stream> = Var::input(InputKind::Body);
const REF: Var<FileRef<'static>> = Var::call(0);
const _: () = in_order(&[REF.slot()], &CALLS);

// streams.bff:18  route POST /avatars/{name}
/// A picture, as it comes.
pub static ROUTE: Route = Route {
    name: "post_avatars_name",
    at: At("streams.bff", 18),
    verb: Verb::Post,
    path: "/avatars/{name}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<Path<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        stream: Some(StreamInput {
            max: Some(5242880),
            accept: &["image/png", "image/*"],
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
    Call::new(
        REF,
        "ref",
        At("streams.bff", 20),
        &files::PUT,
        send!(call_ref_; PATH, BODY),
    ),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[REF.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("streams.bff", 21),
        status: 201,
        when: None,
        headers: Some(headers!(headers; REF)),
        body: Some(body!(respond; REF)),
    },
];

// streams.bff:20  call ref = files.put(name: path.name, data: body)
fn call_ref_(q: &mut Request, path: Path<'_>, body: Stream) {
    files::put(q, path.name(), body);
}

// streams.bff:21  respond 201 ref { id } headers { location: "/s/files/${ref.id}" }
fn headers(h: &mut HeaderOut<'_>, ref_: FileRef<'_>) -> Eval {
    h.set("location", t!["/s/files/", ref_.id()])?;
    Ok(())
}

// streams.bff:21  respond 201 ref { id } headers { location: "/s/files/${ref.id}" }
fn respond(o: &mut Out, ref_: FileRef<'_>) {
    o.object();
    o.put("id", ref_.id());
    o.end_object();
}
