// Generated from heads.bff by bff-codegen. Edits are lost.
record! {
    /// The query inputs.
    pub QueryInHome2<'a> {
        d: Raw<'a, Decimal> = "d",
        url: Option<Url<'a>> = "url",
    }
}
const QUERY: Var<QueryInHome2<'static>> = Var::input(InputKind::Query);
const _: () = in_order(&[], &CALLS);

// heads.bff:33  route GET /home
pub static ROUTE: Route = Route {
    name: "home_2",
    at: At("heads.bff", 33),
    verb: Verb::Get,
    path: "/home",
    when: Some(when),
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input {
            kind: &<QueryInHome2<'static> as Read<'static>>::KIND,
            defaults: &[(0, "1.5")],
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
        at: At("heads.bff", 33),
        status: 204,
        when: None,
        headers: None,
        body: None,
    },
];

// heads.bff:33  when (query.d ?? 0.0 > 1.0 || query.url == "a" || header.x == null)
fn when(request: RequestView<'_>) -> Eval<bool> {
    let scratch = &Scratch::new();
    Ok(
        (((match if request.query("d").map(|text| scratch.keep(text)).is_none() {
            Some(Decimal::new(15, 1))
        } else {
            request
                .query("d")
                .map(|text| scratch.keep(text))
                .and_then(|it| ops::read_decimal(it))
        } {
            Some(it) => it,
            None => Decimal::new(0, 1),
        }) > Decimal::new(10, 1))
            || (request.query("url").map(|text| scratch.keep(text))
                == Some(Str::lit("a")))) || request.header("x").map(Str::from).is_none(),
    )
}
