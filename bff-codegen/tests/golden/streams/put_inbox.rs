// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The query inputs.
    pub Query<'a> {
        kind: Option<Str<'a>> = "kind",
    }
}
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const BODY: Var<Stream> = Var::input(InputKind::Body);
const SENT: Var<Option<()>> = Var::call(0);
const _: () = in_order(&[SENT.slot()], &CALLS);

// streams.bff:23  route PUT /inbox
pub static ROUTE: Route = Route {
    name: "put_inbox",
    at: At("streams.bff", 23),
    verb: Verb::Put,
    path: "/inbox",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<Query<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        stream: Some(StreamInput {
            max: None,
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
static CALLS: [Call; 1] = [
    Call::new(
        SENT,
        "sent",
        At("streams.bff", 23),
        &files::SEND,
        send!(call_sent; QUERY, BODY),
    ),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[SENT.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("streams.bff", 23),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; SENT)),
    },
];

// streams.bff:23  call sent = files.send(data: body, kind: query.kind)
fn call_sent(q: &mut Request, query: Query<'_>, body: Stream) {
    files::send(q, body, query.kind());
}

// streams.bff:23  respond { ok: sent == null }
fn respond(o: &mut Out, sent: Option<()>) {
    o.object();
    o.put("ok", sent.is_none());
    o.end_object();
}
