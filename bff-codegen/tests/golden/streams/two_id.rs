// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInTwoId<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// The query inputs.
    pub QueryInTwoId<'a> {
        old: bool = "old",
    }
}
const PATH: Var<PathInTwoId<'static>> = Var::input(InputKind::Path);
const QUERY: Var<QueryInTwoId<'static>> = Var::input(InputKind::Query);
const A: Var<Stream> = Var::call(0);
const B: Var<Stream> = Var::call(1);
const _: () = in_order(&[A.slot(), B.slot()], &CALLS);

// streams.bff:44  route GET /two/{id}
pub static ROUTE: Route = Route {
    name: "two_id",
    at: At("streams.bff", 44),
    verb: Verb::Get,
    path: "/two/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInTwoId<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        query: Some(Input {
            kind: &<QueryInTwoId<'static> as Read<'static>>::KIND,
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
    Call::new(A, "a", At("streams.bff", 46), &files::GET, send!(call_a; PATH)),
    Call::new(B, "b", At("streams.bff", 47), &files::OLD, send!(call_b; PATH)),
];
static OUTPUTS: [Output; 2] = [
    Output {
        when: Some(when!(live_1; QUERY)),
        needs: needs(&[A.slot()]),
    },
    Output {
        when: None,
        needs: needs(&[B.slot()]),
    },
];
static REPLIES: [Reply; 2] = [
    Reply {
        at: At("streams.bff", 48),
        status: 200,
        when: Some(when!(when_respond; QUERY)),
        headers: None,
        body: Some(body!(respond; A)),
    },
    Reply {
        at: At("streams.bff", 49),
        status: 203,
        when: None,
        headers: Some(headers!(headers_2;)),
        body: Some(body!(respond_2; B)),
    },
];

// streams.bff:46  call a = files.get(id: path.id)
fn call_a(q: &mut Request, path: PathInTwoId<'_>) {
    files::get(q, path.id());
}

// streams.bff:47  call b = files.old(id: path.id)
fn call_b(q: &mut Request, path: PathInTwoId<'_>) {
    files::old(q, path.id());
}

// streams.bff:48  query.old == false
fn live_1(query: QueryInTwoId<'_>) -> bool {
    (query.old() == false)
}

// streams.bff:48  query.old == false
fn when_respond(query: QueryInTwoId<'_>) -> bool {
    query.old() == false
}

// streams.bff:48  respond a when query.old == false
fn respond(o: &mut Out, a: Stream) {
    o.value(a);
}

// streams.bff:49  respond 203 b headers { "x-old": "yes" }
fn headers_2(h: &mut HeaderOut<'_>) -> Eval {
    h.set("x-old", t!["yes"])?;
    Ok(())
}

// streams.bff:49  respond 203 b headers { "x-old": "yes" }
fn respond_2(o: &mut Out, b: Stream) {
    o.value(b);
}
