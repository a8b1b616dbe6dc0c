// Generated from states.bff by bff-codegen. Edits are lost.
static QUERY_ZONES: Rule = Rule::new().length(None, Some(3));
record! {
    /// The query inputs.
    pub Query<'a> {
        zone: Zone<'a> = "zone",
        zones: List<'a, Zone<'a>> = "zones" if QUERY_ZONES,
    }
}
static PAGE_OF_STRING_ITEMS_EACH_PATTERN: Pattern = Pattern::new("^[a-z]+$");
static PAGE_OF_STRING_ITEMS_EACH: Rule = Rule::new()
    .length(Some(1), Some(4))
    .pattern(&PAGE_OF_STRING_ITEMS_EACH_PATTERN);
static PAGE_OF_STRING_ITEMS: Rule = Rule::new()
    .length(None, Some(5))
    .each(&PAGE_OF_STRING_ITEMS_EACH);
static PAGE_OF_STRING_NEXT_PATTERN: Pattern = Pattern::new("^[a-z]+$");
static PAGE_OF_STRING_NEXT: Rule = Rule::new()
    .length(Some(1), Some(4))
    .pattern(&PAGE_OF_STRING_NEXT_PATTERN);
record! {
    /// What `put_blobs` reads of `Page<String>`.
    pub PageOfString<'a> {
        items: List<'a, Str<'a>> = "items" if PAGE_OF_STRING_ITEMS,
        next: Option<Str<'a>> = "next" if PAGE_OF_STRING_NEXT,
    }
}
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const BODY: Var<Map<'static, Str<'static>, Side>> = Var::input(InputKind::Body);
const WORDS: Var<PageOfString<'static>> = Var::call(0);
const MAPS: Var<Map<'static, Map<'static, List<'static, Str<'static>>, i64>, Side>> = Var::call(
    1,
);
const _: () = in_order(&[WORDS.slot(), MAPS.slot()], &CALLS);

// states.bff:39  route PUT /blobs
pub static ROUTE: Route = Route {
    name: "put_blobs",
    at: At("states.bff", 39),
    verb: Verb::Put,
    path: "/blobs",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<Query<'static> as Read<'static>>::KIND,
            defaults: &[(0, "\"Europe/Berlin\"")],
        }),
        body: Some(BodyInput {
            kind: &<Map<'static, Str<'static>, Side> as Read<'static>>::KIND,
            optional: false,
            rule: Some(&BODY_RULE),
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
    Call::new(WORDS, "words", At("states.bff", 42), &api::WORDS, send!(call_words;)),
    Call::new(MAPS, "maps", At("states.bff", 43), &api::MAPS, send!(call_maps;)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[WORDS.slot(), MAPS.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("states.bff", 44),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY, BODY, WORDS, MAPS)),
    },
];

// states.bff:42  call words = api.words()
fn call_words(q: &mut Request) {
    api::words(q);
}

// states.bff:43  call maps = api.maps()
fn call_maps(q: &mut Request) {
    api::maps(q);
}

// states.bff:44  respond {
fn respond(
    o: &mut Out,
    query: Query<'_>,
    body: Map<'_, Str<'_>, Side>,
    words: PageOfString<'_>,
    maps: Map<'_, Map<'_, List<'_, Str<'_>>, i64>, Side>,
) -> Eval {
    let scratch = &Scratch::new();
    o.object();
    o.put("left", body.get(Str::from(Side::Left)));
    o.key("words");
    put_page_of_string(o, words);
    o.put("maps", maps);
    o.put("one", maps.get(Str::from(Side::Right)));
    o.put(
        "deep",
        (match maps.get(Str::from(Side::Right)) {
            Some(it) => it.get(scratch.text(t![7], At("states.bff", 49))?),
            None => None,
        })
            .and_then(|it| it.first()),
    );
    o.put("same", query.zone() == Str::lit("UTC"));
    o.put("zones", query.zones());
    o.end_object();
    Ok(())
}
static BODY_RULE_EACH_PATTERN: Pattern = Pattern::new("^[a-z]+$");
static BODY_RULE_EACH: Rule = Rule::new()
    .length(Some(1), Some(9))
    .pattern(&BODY_RULE_EACH_PATTERN);
static BODY_RULE: Rule = Rule::new().length(Some(1), None).each(&BODY_RULE_EACH);
pub fn put_page_of_string(o: &mut Out, it: PageOfString<'_>) {
    o.object();
    o.put("items", it.items());
    o.put("next", it.next());
    o.end_object();
}
