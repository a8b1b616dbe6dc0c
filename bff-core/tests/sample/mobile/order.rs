// Path inputs, a guard over an answer, `respond`s with `when`, a `fail` with a body, a `when` over an answer.
use super::*;

record! { Path<'a> { id: Id<'a> = "id" } }
record! { Order<'a> { id: Id<'a> = "id", owner: Id<'a> = "owner", state: Str<'a> = "state", total: Raw<'a, Decimal> = "total" } }
record! { User<'a> { given_name: Str<'a> = "givenName" } }

const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const ORDER: Var<Order<'static>> = Var::call(0);
const OWNER: Var<Option<User<'static>>> = Var::call(1);
const _: () = in_order(&[ORDER.slot(), OWNER.slot()], &CALLS);

pub static ROUTE: Route = Route {
    name: "order",
    at: At("mobile.bff", 30),
    verb: Verb::Get,
    path: "/orders/{id}",
    when: None,
    deadline: Some(Setting::Value(Duration::from_millis(500))),
    headers: RouteHeaders::NONE,
    inputs: Inputs { path: Some(Input { kind: &<Path<'_> as Read<'_>>::KIND, defaults: &[] }), ..Inputs::NONE },
    proxy: None,
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 1] =
    [Guard { at: At("mobile.bff", 31), test: when!(allow_owner; ORDER), refuse: Refuse::Status(404) }];
static CALLS: [Call; 2] = [
    Call::new(ORDER, "order", At("mobile.bff", 32), &orders::GET, send!(call_order; PATH))
        .on(&[(&[On::Status(409), On::Status(410)], Arm::Fail(Fail { status: 409, code: Some("order_gone"), body: Some(body!(fail_order; PATH; frame)) }))]),
    Call::new(OWNER, "owner", At("mobile.bff", 34), &users::GET_USER, send!(call_owner; ORDER)).when(when!(when_owner; ORDER)),
];
static OUTPUTS: [Output; 1] = [Output { when: None, needs: needs(&[ORDER.slot(), OWNER.slot()]) }];
static REPLIES: [Reply; 2] = [
    Reply {
        at: At("mobile.bff", 36),
        status: 202,
        when: Some(when!(when_running; ORDER)),
        headers: Some(headers!(running_headers; ORDER)),
        body: Some(body!(running; ORDER)),
    },
    Reply { at: At("mobile.bff", 37), status: 200, when: None, headers: None, body: Some(body!(respond; ORDER, OWNER)) },
];

// mobile.bff:31  order.owner != "nobody"
fn allow_owner(order: Order<'_>) -> bool {
    order.owner() != "nobody"
}
// mobile.bff:32  orders.get(id: path.id)
fn call_order(q: &mut Request, path: Path<'_>) {
    orders::get(q, path.id());
}
// mobile.bff:33  fail 409 "order_gone" { id: path.id, was: error.status }
fn fail_order(o: &mut Out, frame: &Frame, path: Path<'_>) {
    o.object();
    o.put("id", path.id());
    o.put("was", frame.error().status());
    o.end_object();
}
// mobile.bff:34  users.get_user(id: order.owner)
fn call_owner(q: &mut Request, order: Order<'_>) {
    users::get_user(q, order.owner());
}
// mobile.bff:34  when order.owner != "guest"
fn when_owner(order: Order<'_>) -> bool {
    order.owner() != "guest"
}
// mobile.bff:36  when order.state == "running"
fn when_running(order: Order<'_>) -> bool {
    order.state() == "running"
}
// mobile.bff:36  headers { location: "/mobile/orders/${order.id}", "retry-after": 5 }
fn running_headers(h: &mut HeaderOut<'_>, order: Order<'_>) -> Eval {
    h.set("location", t!["/mobile/orders/", order.id()])?;
    h.set("retry-after", 5)
}
// mobile.bff:36  respond 202
fn running(o: &mut Out, order: Order<'_>) {
    o.object();
    o.put("id", order.id());
    o.end_object();
}
// mobile.bff:37  respond
fn respond(o: &mut Out, order: Order<'_>, owner: Option<User<'_>>) {
    o.object();
    o.put("id", order.id());
    o.put("total", order.total());
    o.put("owner", owner.map(|it| it.given_name()));
    o.end_object();
}
