// A body, a check over it, a safe POST whose answer may be null, a computed arm, a computation that can fail.
use super::*;

static COUNT: Rule = Rule::new().min("1");
record! { Form<'a> { sku: Id<'a> = "sku", count: i64 = "count" if COUNT, note: Option<Str<'a>> = "note" } }
record! { Quote<'a> { price: Decimal = "price", stock: Option<i64> = "stock" } }

const BODY: Var<Form<'static>> = Var::input(InputKind::Body);
const QUOTE: Var<Option<Quote<'static>>> = Var::call(0);
const _: () = in_order(&[QUOTE.slot()], &CALLS);

pub static ROUTE: Route = Route {
    name: "new_order",
    at: At("mobile.bff", 50),
    verb: Verb::Post,
    path: "/orders",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs { body: Some(BodyInput { kind: &<Form<'_> as Read<'_>>::KIND, optional: false, rule: None }), ..Inputs::NONE },
    proxy: None,
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 1] = [Guard {
    at: At("mobile.bff", 51),
    test: when!(check_sku; BODY),
    refuse: Refuse::Check("this is not for sale"),
}];
static CALLS: [Call; 1] = [Call::new(QUOTE, "quote", At("mobile.bff", 52), &orders::QUOTE, send!(call_quote; BODY))
    .on(&[(&[On::Class(5), On::Timeout], Arm::Compute(body!(quote_on_1; BODY)))])];
static OUTPUTS: [Output; 1] = [Output { when: None, needs: needs(&[QUOTE.slot()]) }];
static REPLIES: [Reply; 2] = [
    Reply { at: At("mobile.bff", 54), status: 204, when: Some(when!(when_nothing; QUOTE)), headers: None, body: None },
    Reply { at: At("mobile.bff", 55), status: 201, when: None, headers: None, body: Some(body!(respond; BODY, QUOTE)) },
];

// mobile.bff:51  body.sku != "forbidden"
fn check_sku(body: Form<'_>) -> bool {
    body.sku() != "forbidden"
}
// mobile.bff:52  orders.quote(sku: body.sku, count: body.count)
fn call_quote(q: &mut Request, body: Form<'_>) {
    orders::quote(q, body.sku(), body.count());
}
// mobile.bff:53  { price: 1.50, stock: body.count }
fn quote_on_1(o: &mut Out, body: Form<'_>) {
    o.object();
    o.put("price", "1.50");
    o.put("stock", body.count());
    o.end_object();
}
// mobile.bff:54  when quote == null
fn when_nothing(quote: Option<Quote<'_>>) -> bool {
    quote.is_none()
}
// mobile.bff:55  respond 201
fn respond(o: &mut Out, body: Form<'_>, quote: Option<Quote<'_>>) -> Eval {
    let stock = quote.and_then(|it| it.stock()).unwrap_or_default();
    o.object();
    o.put("price", quote.map(|it| it.price()));
    o.put("left", ops::sub(stock, body.count(), At("mobile.bff", 55))?);
    o.put("note", body.note());
    o.end_object();
    Ok(())
}
