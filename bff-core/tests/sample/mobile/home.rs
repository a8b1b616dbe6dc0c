// Inputs with a constraint and a default, checks, five calls on a graph that is not series-parallel, every kind of arm.
use super::*;

static LIMIT: Rule = Rule::new().min("1").max("20");

record! { Query<'a> { user: Id<'a> = "user", limit: i64 = "limit" if LIMIT, from: Option<Date> = "from", to: Option<Date> = "to" } }
record! { Header<'a> { platform: Str<'a> = "x-platform" } }
record! {
    /// What `home` reads of `User`.
    User<'a> {
        id: Id<'a> = "id",
        given_name: Str<'a> = "givenName",
        family_name: Str<'a> = "familyName",
        loyalty_id: Option<Id<'a>> = "loyaltyId",
        tier: Tier<'a> = "tier",
    }
}
record! { Orders<'a> { items: List<'a, Order<'a>> = "items" } }
record! { Order<'a> { id: Id<'a> = "id", total: Raw<'a, Decimal> = "total" } }
record! { Rec<'a> { sku: Id<'a> = "sku" } }

const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const HEADER: Var<Header<'static>> = Var::input(InputKind::Header);
const ME: Var<User<'static>> = Var::call(0);
const RECENT: Var<Option<Orders<'static>>> = Var::call(1);
const RECS: Var<List<'static, Rec<'static>>> = Var::call(2);
const POINTS: Var<Option<Orders<'static>>> = Var::call(3);
const BOTH: Var<Option<Orders<'static>>> = Var::call(4);
const _: () = in_order(&[ME.slot(), RECENT.slot(), RECS.slot(), POINTS.slot(), BOTH.slot()], &CALLS);

pub static ROUTE: Route = Route {
    name: "home",
    at: At("mobile.bff", 8),
    verb: Verb::Get,
    path: "/home",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        query: Some(Input { kind: &<Query<'_> as Read<'_>>::KIND, defaults: &[(1, "10")] }),
        header: Some(Input { kind: &<Header<'_> as Read<'_>>::KIND, defaults: &[(0, "\"web\"")] }),
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
    Guard { at: At("mobile.bff", 11), test: when!(check_dates; QUERY), refuse: Refuse::Check("from must not be after to") },
    Guard { at: At("mobile.bff", 12), test: when!(allow_member; ME), refuse: Refuse::Status(403) },
];
static CALLS: [Call; 5] = [
    Call::new(ME, "me", At("mobile.bff", 14), &users::GET_USER, send!(call_me; QUERY)),
    Call::new(RECENT, "recent", At("mobile.bff", 15), &orders::LIST, send!(call_recent; QUERY))
        .timeout(Setting::Value(Duration::from_millis(250)))
        .on(&[(&[On::Status(404)], Arm::Json("{\"items\":[]}"))])
        .or(&[Arm::Null]),
    Call::new(RECS, "recs", At("mobile.bff", 18), &recs::FOR_USER, send!(call_recs; ME))
        .timeout(Setting::Value(Duration::from_millis(150)))
        .or(&RECS_ELSE),
    Call::new(POINTS, "points", At("mobile.bff", 21), &orders::LIST, send!(call_points; ME)).or(&[Arm::Null]),
    Call::new(BOTH, "both", At("mobile.bff", 22), &orders::LIST, send!(call_both; RECENT, RECS)).or(&[Arm::Null]),
];
static RECS_ELSE: [Arm; 2] = [Arm::Call(Invoke::new(&recs::POPULAR, send!(call_recs_else_1; QUERY))), Arm::Json("[]")];
static OUTPUTS: [Output; 2] = [
    Output { when: None, needs: needs(&[ME.slot(), RECENT.slot(), RECS.slot(), POINTS.slot()]) },
    Output { when: Some(when!(when_both; HEADER)), needs: needs(&[BOTH.slot()]) },
];
static REPLIES: [Reply; 1] = [Reply {
    at: At("mobile.bff", 24),
    status: 200,
    when: None,
    headers: None,
    body: Some(body!(respond; HEADER, ME, RECENT, RECS, POINTS, BOTH; frame)),
}];

// mobile.bff:11  query.from == null || query.to == null || query.from <= query.to
fn check_dates(query: Query<'_>) -> bool {
    match (query.from(), query.to()) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    }
}
// mobile.bff:12  me.tier != BASIC
fn allow_member(me: User<'_>) -> bool {
    me.tier() != Tier::Basic
}
// mobile.bff:14  users.get_user(id: query.user)
fn call_me(q: &mut Request, query: Query<'_>) {
    users::get_user(q, query.user());
}
// mobile.bff:15  orders.list(customer: query.user, limit: 3)
fn call_recent(q: &mut Request, query: Query<'_>) {
    orders::list(q, query.user(), Some(3));
}
// mobile.bff:18  recs.for_user(id: me.id)
fn call_recs(q: &mut Request, me: User<'_>) {
    recs::for_user(q, me.id());
}
// mobile.bff:19  recs.popular(limit: query.limit)
fn call_recs_else_1(q: &mut Request, query: Query<'_>) {
    recs::popular(q, query.limit());
}
// mobile.bff:21  orders.list(customer: me.loyaltyId) when me.loyaltyId != null
fn call_points(q: &mut Request, me: User<'_>) -> Option<()> {
    orders::list(q, me.loyalty_id()?, None);
    Some(())
}
// mobile.bff:22  orders.list(customer: recs.first()?.sku, limit?: recent?.items.count())
fn call_both(q: &mut Request, recent: Option<Orders<'_>>, recs: List<'_, Rec<'_>>) -> Option<()> {
    orders::list(q, recs.first()?.sku(), recent.map(|it| it.items().count()));
    Some(())
}
// mobile.bff:30  header.platform == "ios"
fn when_both(header: Header<'_>) -> bool {
    header.platform() == "ios"
}
// mobile.bff:24  respond
fn respond(
    o: &mut Out,
    frame: &Frame,
    header: Header<'_>,
    me: User<'_>,
    recent: Option<Orders<'_>>,
    recs: List<'_, Rec<'_>>,
    points: Option<Orders<'_>>,
    both: Option<Orders<'_>>,
) {
    o.object();
    o.put("id", me.id());
    o.text("name", t![me.given_name(), " ", me.family_name()]);
    o.put("tier", tier(me));
    o.key("orders");
    respond_orders(o, recent);
    o.array_in("recommended");
    for it in recs.iter() {
        o.value(it.sku());
    }
    o.end_array();
    o.some("points", points.map(|it| it.items().count()));
    if when_both(header) {
        o.put("both", both.map(|it| it.items().count()));
    }
    o.names("degraded", frame.degraded());
    o.end_object();
}
// mobile.bff:26  recent?.items { id, total }
fn respond_orders(o: &mut Out, recent: Option<Orders<'_>>) {
    let Some(recent) = recent else { return o.null() };
    o.array();
    for it in recent.items().iter() {
        o.object();
        o.put("id", it.id());
        o.put("total", it.total());
        o.end_object();
    }
    o.end_array();
}
// mobile.bff:27  match (me.tier)
fn tier(me: User<'_>) -> &'static str {
    match me.tier() {
        Tier::Gold | Tier::Platinum => "plus",
        _ => "basic",
    }
}
