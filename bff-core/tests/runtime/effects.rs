//! What must hold of effects even when the gateway itself is at fault.

use std::time::Duration;

use axum::body::Body;
use bff_core::Gateway;
use bff_core::prelude::*;
use bff_core::testing::{Mock, Mocks};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::mobile::{orders, users};
use crate::small::{BARE, SMALL};

static CHARGE: Op = Op {
    name: "orders.charge",
    at: At("x.bff", 1),
    upstream: &orders::UPSTREAM,
    method: Method::POST,
    path: "/charges",
    safe: false,
    reads_body: true,
    nullable: false,
    stream: None,
    rule: None,
    timeout: None,
    forward: &[],
};
static REFUND: Op = Op {
    name: "orders.refund",
    at: At("x.bff", 2),
    upstream: &orders::UPSTREAM,
    method: Method::DELETE,
    path: "/charges/{id}",
    safe: false,
    reads_body: false,
    nullable: false,
    stream: None,
    rule: None,
    timeout: None,
    forward: &[],
};
const PAID: Var<i64> = Var::call(0);
static CALLS: [Call; 1] = [
    Call::new(PAID, "paid", At("x.bff", 3), &CHARGE, send!(charge;)).undo(Undo {
        invoke: Invoke::new(&REFUND, send!(refund; PAID)),
    }),
];
static REPLIES: [Reply; 1] = [Reply {
    at: At("x.bff", 4),
    status: 200,
    when: None,
    headers: None,
    body: Some(body!(respond; PAID)),
}];
static ROUTE: Route = Route {
    verb: Verb::Post,
    calls: &CALLS,
    replies: &REPLIES,
    idempotency: Some(Idempotency {
        header: "idempotency-key",
        ttl: Setting::Value(Duration::from_secs(60)),
        required: false,
    }),
    ..BARE
};
static SERVICE: Service = Service {
    routes: &[&ROUTE],
    upstreams: &[&users::UPSTREAM, &orders::UPSTREAM],
    ..SMALL
};

fn charge(q: &mut Request) {
    q.path("/charges");
}
fn refund(q: &mut Request, paid: i64) {
    q.path("/charges/").segment(paid);
}
fn respond(_: &mut Out, paid: i64) {
    assert_ne!(paid, 7, "on purpose");
}

#[tokio::test(start_paused = true)]
async fn a_panic_behind_an_effect_undoes_it_and_is_the_answer_to_its_key() {
    let mocks = Mocks::new([
        ("/charges", Mock::json("7").after(5)),
        ("/charges/7", Mock::json("null")),
    ]);
    let gateway = Gateway::builder(&SERVICE)
        .transport(mocks.transport())
        .env(|_| Some("http://a".into()))
        .build()
        .unwrap();
    let background = gateway.shared().background.clone();
    let router = gateway.router(&SERVICE);
    let ask = async || {
        let request = http::Request::post("/")
            .header("idempotency-key", "k")
            .body(Body::empty());
        let answer = router.clone().oneshot(request.unwrap()).await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.into_body().collect().await.unwrap().to_bytes())
    };
    assert_eq!(ask().await.0, 500);
    background.settled().await;
    assert_eq!((background.undone(), background.undos_failed()), (1, 0));
    assert_eq!(ask().await.0, 500);
    assert_eq!(mocks.sent(), [(0, "/charges".to_owned()), (5, "/charges/7".to_owned())]);
}
