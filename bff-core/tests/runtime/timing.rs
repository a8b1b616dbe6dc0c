//! When calls start, end and are given up, on a paused clock.

use std::time::Duration;

use axum::body::Body;
use http::Request;
use tokio::time::Instant;
use tower::ServiceExt as _;

use crate::mocks::{ADA, BEA, Mock, RECS, TWO, Upstreams, mobile_router};
use Mock::{Answer, Never};

fn at(milliseconds: u64, target: &str) -> (u64, String) {
    (milliseconds, target.to_owned())
}

const LYN: &str = r#"{"id":"u1","givenName":"Lyn","familyName":"L","loyaltyId":"l9","tier":"gold"}"#;

#[tokio::test(start_paused = true)]
async fn every_call_starts_when_its_own_inputs_are_there() {
    // An N: `recs` and `points` wait for `me`, `both` for `recent` and `recs`. Joined in waves, `recs` would wait
    // for `recent`, which has nothing to do with it.
    let shop = Upstreams::new(&[
        ("/users/u1", 30, Answer(200, LYN)),
        ("/orders?customer=u1&limit=3", 100, Answer(200, TWO)),
        ("/recs/u1", 20, Answer(200, RECS)),
        ("/orders?customer=l9", 200, Answer(200, TWO)),
        ("/orders?customer=p1&limit=2", 10, Answer(200, TWO)),
    ]);
    let request = Request::get("/mobile/home?user=u1")
        .header("x-platform", "ios")
        .body(Body::empty())
        .unwrap();
    let answer = shop.ask(request).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["both"], 2);
    assert_eq!(
        shop.sent(),
        [
            at(0, "/users/u1"),
            at(0, "/orders?customer=u1&limit=3"),
            at(30, "/recs/u1"),
            at(30, "/orders?customer=l9"),
            at(100, "/orders?customer=p1&limit=2"),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_no_part_of_this_answer_reads_is_not_made() {
    let shop = Upstreams::new(&[
        ("/users/u1", 0, Answer(200, ADA)),
        ("/orders?customer=u1&limit=3", 0, Answer(200, TWO)),
        ("/recs/u1", 0, Answer(200, RECS)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(answer.status, 200);
    assert!(shop.sent().iter().all(|(_, target)| !target.contains("customer=p1")));
}

#[tokio::test(start_paused = true)]
async fn a_read_that_a_guard_refuses_in_the_same_instant_is_not_sent() {
    let shop = Upstreams::new(&[
        ("/users/u1", 10, Answer(200, BEA)),
        ("/orders?customer=u1&limit=3", 10, Answer(200, TWO)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(answer.status, 403);
    assert_eq!(shop.sent(), [at(0, "/users/u1"), at(0, "/orders?customer=u1&limit=3")]);
}

#[tokio::test(start_paused = true)]
async fn a_failed_required_call_ends_the_route_and_cancels_the_others() {
    let begin = Instant::now();
    let shop = Upstreams::new(&[
        ("/users/u1", 15, Answer(500, "")),
        ("/orders?customer=u1&limit=3", 100, Answer(200, TWO)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!((answer.status, begin.elapsed().as_millis()), (502, 15));
    assert_eq!(shop.dropped(), [at(15, "/orders?customer=u1&limit=3")]);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_goes_away_cancels_everything() {
    let shop = Upstreams::new(&[("/users/u1", 0, Never), ("/orders?customer=u1&limit=3", 0, Never)]);
    let request = Request::get("/mobile/home?user=u1").body(Body::empty()).unwrap();
    let answer = mobile_router(&shop).oneshot(request);
    assert!(tokio::time::timeout(Duration::from_millis(20), answer).await.is_err());
    assert_eq!(shop.dropped().len(), 2);
    assert!(shop.dropped().iter().all(|(when, _)| *when == 20));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_goes_through_the_chain_of_else_within_the_budget() {
    let begin = Instant::now();
    let shop = Upstreams::new(&[
        ("/users/u1", 10, Answer(200, ADA)),
        ("/orders?customer=u1&limit=3", 0, Never),
        ("/recs/u1", 0, Never),
        ("/popular?limit=10", 0, Never),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.header("bff-partial"),
        Some("recent;kind=timeout, recs;kind=timeout")
    );
    // `recs` waits 150 ms of its own; then the other call has what is left of the route's 800 ms, less 5 ms.
    assert_eq!(shop.sent()[3], at(160, "/popular?limit=10"));
    assert_eq!(begin.elapsed().as_millis(), 795);
}

#[tokio::test(start_paused = true)]
async fn a_required_call_is_cut_by_the_timeout_of_its_upstream_and_by_the_deadline() {
    let begin = Instant::now();
    let shop = Upstreams::new(&[
        ("/users/u1", 0, Never),
        ("/orders?customer=u1&limit=3", 0, Answer(200, TWO)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (504, &"upstream_timeout".into())
    );
    assert_eq!(begin.elapsed().as_millis(), 400);

    let begin = Instant::now();
    let shop = Upstreams::new(&[
        (
            "/orders/o1",
            390,
            Answer(200, r#"{"id":"o1","owner":"u1","state":"x","total":1}"#),
        ),
        ("/users/u1", 0, Never),
    ]);
    let answer = shop.get("/mobile/orders/o1").await;
    assert_eq!((answer.status, begin.elapsed().as_millis()), (504, 495));
    let left = shop.requests()[1].headers["x-request-deadline"]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(left, "105");
}

#[tokio::test(start_paused = true)]
async fn equal_requests_of_one_route_are_one_request() {
    let twice = r#"{"id":"u1","givenName":"Eve","familyName":"E","loyaltyId":"u1","tier":"gold"}"#;
    let shop = Upstreams::new(&[
        ("/users/u1", 10, Answer(200, twice)),
        (
            "/orders?customer=u1&limit=3",
            40,
            Answer(
                200,
                r#"{"items":[{"id":1,"total":1},{"id":1,"total":1},{"id":1,"total":1}]}"#,
            ),
        ),
        ("/orders?customer=u1", 10, Answer(200, TWO)),
        ("/recs/u1", 10, Answer(200, r#"[{"sku":"u1"}]"#)),
    ]);
    let request = Request::get("/mobile/home?user=u1")
        .header("x-platform", "ios")
        .body(Body::empty())
        .unwrap();
    let answer = shop.ask(request).await;
    assert_eq!(answer.json()["both"], 3, "{}", answer.body);
    // `both` asks for what `recent` already got.
    let asked = shop
        .sent()
        .iter()
        .filter(|(_, target)| target == "/orders?customer=u1&limit=3")
        .count();
    assert_eq!(asked, 1);
}

#[tokio::test(start_paused = true)]
async fn the_record_tells_every_upstream_request_with_its_end() {
    use bff_core::context::{CallEnd, RequestContext};
    let shop = Upstreams::new(&[
        ("/users/u1", 15, Answer(200, r#"{"id":"u1"}"#)),
        ("/orders?customer=u1&limit=3", 10, Answer(503, "")),
    ]);
    let context = RequestContext::open(&http::HeaderMap::new(), None, &bff_core::entropy::SeededEntropy::new(1));
    let request = Request::get("/mobile/home?user=u1").extension(std::sync::Arc::clone(&context));
    assert_eq!(shop.ask(request.body(Body::empty()).unwrap()).await.status, 502);
    let record = context.record();
    let told: Vec<_> = record
        .calls
        .iter()
        .map(|it| (it.name, it.op, it.end, it.latency.as_millis()))
        .collect();
    assert_eq!(
        told,
        [
            ("recent", "orders.list", CallEnd::Status(503), 10),
            ("me", "users.get_user", CallEnd::Failed("decode"), 15)
        ]
    );
    assert_eq!(
        record.route.as_ref().map(|(mount, path)| (*mount, &**path)),
        Some(("/mobile", "/home"))
    );
    let failure = record.failure.as_ref().unwrap();
    assert_eq!(failure.code, "bad_upstream");
    assert_eq!(failure.reason, "call `me` (mobile.bff:14): decode: givenName: missing");
}

#[tokio::test(start_paused = true)]
async fn the_record_tells_what_was_cancelled() {
    use bff_core::context::{CallEnd, RequestContext};
    let shop = Upstreams::new(&[
        ("/users/u1", 15, Answer(500, "")),
        ("/orders?customer=u1&limit=3", 0, Never),
    ]);
    let context = RequestContext::open(&http::HeaderMap::new(), None, &bff_core::entropy::SeededEntropy::new(1));
    let request = Request::get("/mobile/home?user=u1").extension(std::sync::Arc::clone(&context));
    shop.ask(request.body(Body::empty()).unwrap()).await;
    let record = context.record();
    let told: Vec<_> = record.calls.iter().map(|it| (it.name, it.end)).collect();
    assert_eq!(told, [("me", CallEnd::Status(500)), ("recent", CallEnd::Cancelled)]);
}
