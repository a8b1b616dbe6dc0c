// Generated from states.bff by bff-codegen. Edits are lost.
static PAGE_OF_BYTES_ITEMS_EACH: Rule = Rule::new().length(Some(1), Some(8));
static PAGE_OF_BYTES_ITEMS: Rule = Rule::new()
    .length(None, Some(5))
    .each(&PAGE_OF_BYTES_ITEMS_EACH);
static PAGE_OF_BYTES_NEXT: Rule = Rule::new().length(Some(1), Some(8));
record! {
    /// What `post_raw` reads of `Page<Bytes>`.
    pub PageOfBytes<'a> {
        items: List<'a, Bytes<'a>> = "items" if PAGE_OF_BYTES_ITEMS,
        next: Option<Bytes<'a>> = "next" if PAGE_OF_BYTES_NEXT,
    }
}
const BODY: Var<PageOfBytes<'static>> = Var::input(InputKind::Body);
const PUT: Var<List<'static, i64>> = Var::call(0);
const MAYBE: Var<RawJson<'static>> = Var::call(1);
const _: () = in_order(&[PUT.slot(), MAYBE.slot()], &CALLS);

// states.bff:55  route POST /raw
pub static ROUTE: Route = Route {
    name: "post_raw",
    at: At("states.bff", 55),
    verb: Verb::Post,
    path: "/raw",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        body: Some(BodyInput {
            kind: &<PageOfBytes<'static> as Read<'static>>::KIND,
            optional: false,
            rule: None,
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
    Call::new(PUT, "put", At("states.bff", 57), &api::PUT, send!(call_put; BODY)),
    Call::new(MAYBE, "maybe", At("states.bff", 58), &api::MAYBE, send!(call_maybe; BODY)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[PUT.slot(), MAYBE.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("states.bff", 59),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; BODY, PUT, MAYBE)),
    },
];

// states.bff:57  call put = api.put(data: body.items.first() ?? fail 422 "empty", kind: "x")
fn call_put(q: &mut Request, body: PageOfBytes<'_>) -> Eval {
    api::put(
        q,
        match body.items().first() {
            Some(it) => it,
            None => return Err(Fault::fail(422, "empty", At("states.bff", 57))),
        },
        Some(Str::lit("x")),
    );
    Ok(())
}

// states.bff:58  call maybe = api.maybe(data: body.next)
fn call_maybe(q: &mut Request, body: PageOfBytes<'_>) {
    api::maybe(q, body.next());
}

// states.bff:59  respond { put, maybe, items: body.items }
fn respond(o: &mut Out, body: PageOfBytes<'_>, put: List<'_, i64>, maybe: RawJson<'_>) {
    o.object();
    o.put("put", put);
    o.put("maybe", maybe);
    o.put("items", body.items());
    o.end_object();
}
