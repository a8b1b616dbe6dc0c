//! The least that makes a service, to be filled with a few rows.

use bff_core::Gateway;
use bff_core::prelude::*;

pub const BARE: Route = Route {
    name: "bare",
    at: At("x.bff", 1),
    verb: Verb::Get,
    path: "/",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs::NONE,
    proxy: None,
    idempotency: None,
    guards: &[],
    calls: &[],
    outputs: &[],
    replies: &[],
    contract: Contract::NONE,
};
pub const SMALL: Service = Service {
    name: "small",
    at: At("x.bff", 1),
    mount: "/",
    listen: Setting::Value("127.0.0.1:0"),
    deadline: Setting::Value(Duration::from_secs(1)),
    errors: ErrorFormat::Shape(shape),
    decimals_as_numbers: true,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[],
    routes: &[],
};
fn shape(o: &mut Out, error: ErrorView<'_>) -> Eval {
    o.object();
    o.put("what", error.code());
    o.put("call", error.call());
    let scratch = Scratch::new();
    o.some("errors", error.errors_json(&scratch)?);
    o.end_object();
    Ok(())
}

pub async fn ask(service: &'static Service, mocks: &bff_core::testing::Mocks) -> (u16, String) {
    use tower::ServiceExt as _;
    let gateway = Gateway::builder(service)
        .transport(mocks.transport())
        .env(|_| Some("http://a".into()));
    let router = gateway.build().unwrap().router(service);
    let request = http::Request::get("/").body(axum::body::Body::empty()).unwrap();
    let answer = crate::mocks::Answered::read(router.oneshot(request).await.unwrap()).await;
    (answer.status, answer.body)
}
