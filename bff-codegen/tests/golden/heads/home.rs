// Generated from heads.bff by bff-codegen. Edits are lost.
record! {
    /// The query inputs.
    pub Query<'a> {
        n: Raw<'a, i64> = "n",
        on: Option<bool> = "on",
        f: Option<Raw<'a, f64>> = "f",
        d: Raw<'a, Decimal> = "d",
        tags: List<'a, Str<'a>> = "tags",
    }
}
record! {
    /// The header inputs.
    pub Header<'a> {
        platform: Raw<'a, Platform<'a>> = "x-platform",
    }
}
record! {
    /// The cookie inputs.
    pub Cookie<'a> {
        id: Option<Id<'a>> = "id",
    }
}
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const HEADER: Var<Header<'static>> = Var::input(InputKind::Header);
const COOKIE: Var<Cookie<'static>> = Var::input(InputKind::Cookie);
const _: () = in_order(&[], &CALLS);

// heads.bff:27  route GET /home
pub static ROUTE: Route = Route {
    name: "home",
    at: At("heads.bff", 27),
    verb: Verb::Get,
    path: "/home",
    when: Some(when),
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<Query<'static> as Read<'static>>::KIND,
            defaults: &[(0, "3"), (3, "1.5")],
        }),
        header: Some(Input {
            kind: &<Header<'static> as Read<'static>>::KIND,
            defaults: &[(0, "\"web\"")],
        }),
        cookie: Some(Input {
            kind: &<Cookie<'static> as Read<'static>>::KIND,
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
static CALLS: [Call; 0] = [];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("heads.bff", 31),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY)),
    },
];

// heads.bff:31  respond { n: query.n }
fn respond(o: &mut Out, query: Query<'_>) {
    o.object();
    o.put("n", query.n());
    o.end_object();
}

// heads.bff:27  when (header.platform == IOS && query.on == true && (query.n ?? 0) > 2 || cookie.id == "x" || (query.f ?? 0.5) < 1.5)
fn when(request: RequestView<'_>) -> Eval<bool> {
    let scratch = &Scratch::new();
    Ok(
        (((((if request.header("x-platform").map(Str::from).is_none() {
            Some(Platform::Web)
        } else {
            request
                .header("x-platform")
                .map(Str::from)
                .and_then(|it| {
                    let it_2 = it;
                    if it_2 == Str::lit("ios") {
                        Some(Platform::Ios)
                    } else if it_2 == Str::lit("web") {
                        Some(Platform::Web)
                    } else {
                        None
                    }
                })
        }) == Some(Platform::Ios))
            && (request
                .query("on")
                .map(|text| scratch.keep(text))
                .and_then(|it| {
                    let it_2 = it;
                    if it_2 == Str::lit("true") {
                        Some(true)
                    } else if it_2 == Str::lit("false") {
                        Some(false)
                    } else {
                        None
                    }
                }) == Some(true)))
            && ((if request.query("n").map(|text| scratch.keep(text)).is_none() {
                Some(3)
            } else {
                request
                    .query("n")
                    .map(|text| scratch.keep(text))
                    .and_then(|it| ops::read_int(it))
            })
                .unwrap_or(0) > 2))
            || (request.cookie("id").map(Str::from) == Some(Str::lit("x"))))
            || (request
                .query("f")
                .map(|text| scratch.keep(text))
                .and_then(|it| ops::read_float(it))
                .unwrap_or(0.5) < 1.5),
    )
}
