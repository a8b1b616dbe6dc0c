// A route that a header chooses, without calls.
use super::*;

pub static ROUTE: Route = Route {
    name: "tv",
    at: At("mobile.bff", 60),
    verb: Verb::Any,
    path: "/tv",
    when: Some(when_tv),
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs::NONE,
    proxy: None,
    idempotency: None,
    guards: &[],
    calls: &[],
    outputs: &[],
    replies: &REPLIES,
    contract: Contract::NONE,
};
static REPLIES: [Reply; 1] =
    [Reply { at: At("mobile.bff", 61), status: 200, when: None, headers: None, body: Some(body!(respond;; frame)) }];

// mobile.bff:60  header.x_client_type == "tv"
fn when_tv(request: RequestView<'_>) -> Eval<bool> {
    Ok(request.header("x-client-type") == Some("tv"))
}
// mobile.bff:61  respond
fn respond(o: &mut Out, frame: &Frame) {
    o.object();
    o.put("path", frame.request().path());
    o.end_object();
}
