// Generated from inputs.bff by bff-codegen. Edits are lost.
static QUERY_LIMIT: Rule = Rule::new().min("1").max("20");
static QUERY_Q_PATTERN: Pattern = Pattern::new("^[a-z ]*$");
static QUERY_Q: Rule = Rule::new().length(None, Some(20)).pattern(&QUERY_Q_PATTERN);
static QUERY_TAGS_EACH: Rule = Rule::new().length(None, Some(5));
static QUERY_TAGS: Rule = Rule::new().length(None, Some(3)).each(&QUERY_TAGS_EACH);
static QUERY_RATE: Rule = Rule::new().min("0").max("1");
record! {
    /// The query inputs.
    pub Query<'a> {
        limit: i64 = "limit" if QUERY_LIMIT,
        q: Option<Str<'a>> = "q" if QUERY_Q,
        on: Option<Date> = "on",
        from: Date = "from",
        tags: List<'a, Str<'a>> = "tags" if QUERY_TAGS,
        rate: Raw<'a, f64> = "rate" if QUERY_RATE,
    }
}
record! {
    /// The header inputs.
    pub Header<'a> {
        platform: Platform = "x-platform",
        accept_language: Option<Str<'a>> = "accept-language",
    }
}
record! {
    /// The cookie inputs.
    pub Cookie<'a> {
        sid: Option<Uuid<'a>> = "sid",
        theme: Str<'a> = "theme",
    }
}
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const HEADER: Var<Header<'static>> = Var::input(InputKind::Header);
const COOKIE: Var<Cookie<'static>> = Var::input(InputKind::Cookie);
const _: () = in_order(&[], &CALLS);

// inputs.bff:16  route GET /home
pub static ROUTE: Route = Route {
    name: "home_2",
    at: At("inputs.bff", 16),
    verb: Verb::Get,
    path: "/home",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<Query<'static> as Read<'static>>::KIND,
            defaults: &[(0, "10"), (3, "\"2024-01-15\""), (5, "0.5")],
        }),
        header: Some(Input {
            kind: &<Header<'static> as Read<'static>>::KIND,
            defaults: &[(0, "\"web\"")],
        }),
        cookie: Some(Input {
            kind: &<Cookie<'static> as Read<'static>>::KIND,
            defaults: &[(1, "\"light\"")],
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
static GUARDS: [Guard; 2] = [
    Guard {
        at: At("inputs.bff", 20),
        test: when!(check_1; QUERY),
        refuse: Refuse::Check("from must not be after on"),
    },
    Guard {
        at: At("inputs.bff", 21),
        test: when!(allow_2; QUERY, HEADER),
        refuse: Refuse::Status(403),
    },
];
static CALLS: [Call; 0] = [];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("inputs.bff", 22),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY, HEADER, COOKIE; frame)),
    },
];

// inputs.bff:20  query.on == null || query.from <= query.on
fn check_1(query: Query<'_>) -> Eval<bool> {
    Ok(
        query.on().is_none()
            || (query.from() <= ops::known(query.on(), At("inputs.bff", 20))?),
    )
}

// inputs.bff:21  header.platform != ANDROID || query.limit < 5
fn allow_2(query: Query<'_>, header: Header<'_>) -> bool {
    (header.platform() != Platform::Android) || (query.limit() < 5)
}

// inputs.bff:22  respond {
fn respond(
    o: &mut Out,
    frame: &Frame,
    query: Query<'_>,
    header: Header<'_>,
    cookie: Cookie<'_>,
) {
    let scratch = &Scratch::new();
    o.object();
    o.key("query");
    o.object();
    o.put("limit", query.limit());
    o.some("q", query.q());
    o.put("on", query.on());
    o.put("from", query.from());
    o.put("tags", query.tags());
    o.put("rate", query.rate());
    o.end_object();
    o.put("platform", header.platform());
    o.put("language", header.accept_language().unwrap_or(Str::lit("en")));
    o.some("sid", cookie.sid());
    o.put("theme", cookie.theme());
    o.key("request");
    o.object();
    o.put("id", Str::from(frame.request().id()));
    o.put("ip", scratch.keep(frame.request().ip()));
    o.put("method", Str::from(frame.request().method()));
    o.put("path", Str::from(frame.request().path()));
    o.put("now", frame.request().now());
    o.end_object();
    o.end_object();
}
