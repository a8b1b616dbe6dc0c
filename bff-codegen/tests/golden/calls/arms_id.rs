// Generated from calls.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// The query inputs.
    pub Query<'a> {
        email: Option<Str<'a>> = "email",
        limit: i64 = "limit",
        loyal: bool = "loyal",
    }
}
record! {
    /// What `arms_id` reads of `User`.
    pub User<'a> {
        id: Id<'a> = "id",
        given_name: Str<'a> = "givenName",
        family_name: Str<'a> = "familyName",
        loyalty_id: Option<Id<'a>> = "loyaltyId",
        tier: Tier<'a> = "tier",
    }
}
record! {
    /// What `arms_id` reads of `User`.
    pub UserInArmsId<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// What `arms_id` reads of `Points`.
    pub Points<'a> {
        balance: Raw<'a, i64> = "balance",
    }
}
record! {
    /// What `arms_id` reads of `Page<Order>`.
    pub PageOfOrder<'a> {
        items: List<'a, Order<'a>> = "items",
    }
}
record! {
    /// What `arms_id` reads of `Order`.
    pub Order<'a> {
        id: Id<'a> = "id",
        total: Money<'a> = "total",
    }
}
record! {
    /// What `arms_id` reads of `Quote`.
    pub Quote<'a> {
        total: Raw<'a, Decimal> = "total",
        valid: Raw<'a, DateTime> = "valid",
        meta: RawJson<'a> = "meta",
    }
}
static MONEY_CURRENCY_PATTERN: Pattern = Pattern::new("^[A-Z]{3}$");
static MONEY_CURRENCY: Rule = Rule::new().pattern(&MONEY_CURRENCY_PATTERN);
record! {
    /// What `arms_id` reads of `Money`.
    pub Money<'a> {
        amount: Decimal = "amount",
        currency: Str<'a> = "currency" if MONEY_CURRENCY,
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const ME: Var<User<'static>> = Var::call(0);
const OTHER: Var<Option<UserInArmsId<'static>>> = Var::call(1);
const POINTS: Var<Option<Points<'static>>> = Var::call(2);
const RECENT: Var<PageOfOrder<'static>> = Var::call(3);
const PRICE: Var<Quote<'static>> = Var::call(4);
const _: () = in_order(
    &[ME.slot(), OTHER.slot(), POINTS.slot(), RECENT.slot(), PRICE.slot()],
    &CALLS,
);

// calls.bff:5  route GET /arms/{id}
pub static ROUTE: Route = Route {
    name: "arms_id",
    at: At("calls.bff", 5),
    verb: Verb::Get,
    path: "/arms/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<Path<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        query: Some(Input {
            kind: &<Query<'static> as Read<'static>>::KIND,
            defaults: &[(1, "3"), (2, "true")],
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
static CALLS: [Call; 5] = [
    Call::new(ME, "me", At("calls.bff", 7), &users::GET_USER, send!(call_me; PATH))
        .on(&ME_ON),
    Call::new(
        OTHER,
        "other",
        At("calls.bff", 10),
        &users::FIND_USER,
        send!(call_other; QUERY),
    ),
    Call::new(
            POINTS,
            "points",
            At("calls.bff", 11),
            &loyalty::BALANCE,
            send!(call_points; ME),
        )
        .timeout(Setting::Value(Duration::from_millis(150)))
        .when(when!(when_points; QUERY, ME))
        .or(&POINTS_OR),
    Call::new(
            RECENT,
            "recent",
            At("calls.bff", 13),
            &orders::LIST,
            send!(call_recent; QUERY, ME),
        )
        .or(&RECENT_OR),
    Call::new(
            PRICE,
            "price",
            At("calls.bff", 17),
            &orders::QUOTE,
            send!(call_price; QUERY, ME, RECENT),
        )
        .or(&PRICE_OR),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(
            &[ME.slot(), OTHER.slot(), POINTS.slot(), RECENT.slot(), PRICE.slot()],
        ),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("calls.bff", 21),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; ME, OTHER, POINTS, RECENT, PRICE; frame)),
    },
];

// calls.bff:16  let best = recent.items.first()
fn let_best<'a>(recent: PageOfOrder<'a>) -> Option<Order<'a>> {
    recent.items().first()
}

// calls.bff:19  let names = recent.items[].id
fn let_names<'a>(recent: PageOfOrder<'a>) -> Vec<Str<'a>> {
    let mut list = Vec::new();
    for it in recent.items() {
        list.push(it.id());
    }
    list
}

// calls.bff:20  let hello = "Hello ${me.givenName}${names.count() > 1 ? "!" : "."}"
fn let_hello<'a>(
    scratch: &'a Scratch,
    me: User<'a>,
    recent: PageOfOrder<'a>,
) -> Eval<Str<'a>> {
    let names = let_names(recent);
    Ok(
        scratch
            .text(
                t![
                    "Hello ", me.given_name(), if (names.len() as i64) > 1 {
                    Str::lit("!") } else { Str::lit(".") }
                ],
                At("calls.bff", 20),
            )?,
    )
}

// calls.bff:7  call me = users.get_user(id: path.id)
fn call_me(q: &mut Request, path: Path<'_>) {
    users::get_user(q, path.id());
}

// calls.bff:8  fail 404 "no_user" { id: path.id, seen: error.status }
fn me_on_1(o: &mut Out, frame: &Frame, path: Path<'_>) {
    o.object();
    o.put("id", path.id());
    o.put("seen", frame.error().status());
    o.end_object();
}

// calls.bff:9  { id: path.id, givenName: "?", familyName: query.email ?? "?", tier: BASIC }
fn me_on_2(o: &mut Out, query: Query<'_>, path: Path<'_>) {
    o.object();
    o.put("id", path.id());
    o.put("givenName", Str::lit("?"));
    o.put("familyName", query.email().unwrap_or(Str::lit("?")));
    o.put("tier", Tier::Basic);
    o.end_object();
}
static ME_ON: [(&[On], Arm); 2] = [
    (
        &[On::Status(404)],
        Arm::Fail(Fail {
            status: 404,
            code: Some("no_user"),
            body: Some(body!(me_on_1; PATH; frame)),
        }),
    ),
    (&[On::Class(5), On::Timeout], Arm::Compute(body!(me_on_2; QUERY, PATH))),
];

// calls.bff:10  call other = users.find_user(email?: query.email)
fn call_other(q: &mut Request, query: Query<'_>) -> Option<()> {
    let email_arg = query.email()?;
    users::find_user(q, email_arg);
    Some(())
}

// calls.bff:11  call points = loyalty.balance(member: me.loyaltyId) { timeout: 150ms } when me.loyaltyId != null && query.loya …
fn call_points(q: &mut Request, me: User<'_>) -> Eval {
    loyalty::balance(q, ops::known(me.loyalty_id(), At("calls.bff", 11))?);
    Ok(())
}

// calls.bff:11  me.loyaltyId != null && query.loyal
fn when_points(query: Query<'_>, me: User<'_>) -> bool {
    me.loyalty_id().is_some() && query.loyal()
}
static POINTS_OR: [Arm; 1] = [Arm::Null];

// calls.bff:13  call recent = orders.list(customer: me.id, limit: query.limit, tags: [me.givenName, "x"], status: PAID)
fn call_recent(q: &mut Request, query: Query<'_>, me: User<'_>) {
    orders::list(
        q,
        me.id(),
        Some(Status::Paid),
        &vec![me.given_name(), Str::lit("x")],
        Some(query.limit()),
    );
}

// calls.bff:14  orders.list(customer: path.id, tags: [])
fn recent_else_1(q: &mut Request, path: Path<'_>) {
    orders::list(q, path.id(), None, &[], None);
}
static RECENT_OR: [Arm; 2] = [
    Arm::Call(Invoke::new(&orders::LIST, send!(recent_else_1; PATH))),
    Arm::Json("{\"items\":[],\"next_cursor\":null}"),
];

// calls.bff:17  call price = orders.quote(lines: [{ sku: best?.id ?? "none", qty: 1 }, { sku: me.id, qty: query.limit }], coun …
fn call_price(
    q: &mut Request,
    query: Query<'_>,
    me: User<'_>,
    recent: PageOfOrder<'_>,
) -> Eval {
    let scratch = &Scratch::new();
    let best = let_best(recent);
    orders::quote(
        q,
        &(scratch
            .decode::<
                List<'static, NewLine<'static>>,
            >(
                {
                    let mut out = Out::new();
                    let o = &mut out;
                    o.array();
                    o.object();
                    o.put("sku", best.map(|it| it.id()).unwrap_or(Str::lit("none")));
                    o.put("qty", 1);
                    o.end_object();
                    o.object();
                    o.put("sku", me.id());
                    o.put("qty", query.limit());
                    o.end_object();
                    o.end_array();
                    out
                },
                At("calls.bff", 17),
            )?)
            .into_iter()
            .collect::<Vec<_>>(),
        if me.tier() == Tier::Gold { Some(Str::lit("DE")) } else { None },
    );
    Ok(())
}
static PRICE_OR: [Arm; 1] = [
    Arm::Fail(Fail {
        status: 503,
        code: Some("no_price"),
        body: None,
    }),
];

// calls.bff:21  respond {
fn respond(
    o: &mut Out,
    frame: &Frame,
    me: User<'_>,
    other: Option<UserInArmsId<'_>>,
    points: Option<Points<'_>>,
    recent: PageOfOrder<'_>,
    price: Quote<'_>,
) -> Eval {
    let scratch = &Scratch::new();
    let hello = list::Once::new();
    let best = let_best(recent);
    let names = let_names(recent);
    o.object();
    o.key("me");
    o.object();
    o.put("id", me.id());
    o.put("name", me.given_name());
    o.put("family", me.family_name());
    o.end_object();
    o.put("other", other.map(|it| it.id()));
    o.put("points", points.map(|it| it.balance()));
    o.put("hello", *hello.get(|| let_hello(scratch, me, recent))?);
    o.key("best");
    match best {
        Some(it) => {
            put_money(o, it.total());
        }
        None => {
            o.null();
        }
    }
    o.put("names", &names);
    o.key("all");
    o.array();
    for it in recent.items() {
        o.object();
        o.put("id", it.id());
        o.put("hello", *hello.get(|| let_hello(scratch, me, recent))?);
        o.end_object();
    }
    o.end_array();
    o.key("price");
    o.object();
    o.put("total", price.total());
    o.put("valid", price.valid());
    o.put("meta", price.meta());
    o.end_object();
    o.put(
        "needed",
        match me.loyalty_id() {
            Some(it) => it,
            None => return Err(Fault::fail(409, "no_loyalty", At("calls.bff", 28))),
        },
    );
    o.names("failed", frame.degraded());
    o.end_object();
    Ok(())
}
pub fn put_money(o: &mut Out, it: Money<'_>) {
    o.object();
    o.put("amount", it.amount());
    o.put("currency", it.currency());
    o.end_object();
}
