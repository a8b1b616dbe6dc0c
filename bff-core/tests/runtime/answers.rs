//! Whole answers: bodies, headers and the calls they did without.

use bff_core::error::FailureKind;

use crate::mocks::{ADA, BEA, Mock, RECS, TWO, Upstreams};
use Mock::{Answer, Fail};

#[tokio::test(start_paused = true)]
async fn a_screen_is_put_together_from_its_calls() {
    let shop = Upstreams::new(&[
        ("/users/u1", 10, Answer(200, ADA)),
        ("/orders?customer=u1&limit=3", 20, Answer(200, TWO)),
        ("/recs/u1", 5, Answer(200, RECS)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.body,
        r#"{"id":"u1","name":"Ada L","tier":"plus","orders":[{"id":7,"total":"1000"},{"id":"b","total":"0.10"}],"recommended":["p1","p2"],"degraded":[]}"#
    );
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-answered"), Some("to GET"));
    assert_eq!(answer.header("bff-partial"), None);
}

#[tokio::test(start_paused = true)]
async fn calls_that_took_an_else_are_named_with_the_reason() {
    let shop = Upstreams::new(&[
        ("/users/u1", 0, Answer(200, ADA)),
        ("/orders?customer=u1&limit=3", 0, Answer(503, "")),
        ("/recs/u1", 0, Answer(200, "[{}]")),
        ("/popular?limit=10", 0, Fail(FailureKind::Connect)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["degraded"], serde_json::json!(["recent", "recs"]));
    assert_eq!(answer.json()["recommended"], serde_json::json!([]));
    assert_eq!(
        answer.header("bff-partial"),
        Some("recent;status=503, recs;kind=decode")
    );
}

#[tokio::test(start_paused = true)]
async fn an_expected_outcome_is_not_a_degraded_one() {
    let shop = Upstreams::new(&[
        ("/users/u1", 0, Answer(200, ADA)),
        ("/orders?customer=u1&limit=3", 0, Answer(404, "nothing here")),
        ("/recs/u1", 0, Answer(200, RECS)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(answer.json()["orders"], serde_json::json!([]));
    assert_eq!(answer.header("bff-partial"), None);
}

#[tokio::test(start_paused = true)]
async fn a_null_where_the_operation_never_answers_null_is_a_failure() {
    let shop = Upstreams::new(&[
        ("/users/u1", 0, Answer(200, ADA)),
        ("/orders?customer=u1&limit=3", 0, Answer(200, "null")),
        ("/recs/u1", 0, Answer(200, RECS)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(answer.header("bff-partial"), Some("recent;kind=decode"));
}

#[tokio::test(start_paused = true)]
async fn a_guard_over_an_answer_refuses_and_names_no_upstream() {
    let shop = Upstreams::new(&[
        ("/users/u1", 0, Answer(200, BEA)),
        ("/orders?customer=u1&limit=3", 5, Answer(200, TWO)),
    ]);
    let answer = shop.get("/mobile/home?user=u1").await;
    assert_eq!(answer.status, 403);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.json()["code"], "forbidden");
    assert_eq!(answer.json()["status"], 403);
    assert_eq!(answer.json()["request_id"].as_str(), answer.header("x-request-id"));
}

#[tokio::test(start_paused = true)]
async fn the_first_respond_whose_when_holds_answers() {
    let shop = Upstreams::new(&[
        (
            "/orders/o1",
            0,
            Answer(200, r#"{"id":"o/1","owner":"u1","state":"running","total":1}"#),
        ),
        ("/users/u1", 50, Answer(200, ADA)),
    ]);
    let answer = shop.get("/mobile/orders/o1").await;
    assert_eq!((answer.status, answer.body.as_str()), (202, r#"{"id":"o/1"}"#));
    assert_eq!(answer.header("location"), Some("/mobile/orders/o%2F1"));
    assert_eq!(answer.header("retry-after"), Some("5"));
    assert_eq!(
        shop.sent(),
        [(0, "/orders/o1".to_owned())],
        "the owner is not read by this answer"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_when_is_false_is_null() {
    let shop = Upstreams::new(&[(
        "/orders/o1",
        0,
        Answer(200, r#"{"id":"o1","owner":"guest","state":"x","total":"1.50"}"#),
    )]);
    let answer = shop.get("/mobile/orders/o1").await;
    assert_eq!(answer.body, r#"{"id":"o1","total":"1.50","owner":null}"#);
}

#[tokio::test(start_paused = true)]
async fn a_fail_in_an_arm_ends_the_route_with_its_document() {
    let shop = Upstreams::new(&[("/orders/o1", 0, Answer(410, "secret"))]);
    let answer = shop.get("/mobile/orders/o1").await;
    assert_eq!(answer.status, 409);
    let json = answer.json();
    assert_eq!(
        (&json["code"], &json["id"], &json["was"]),
        (&"order_gone".into(), &"o1".into(), &410.into())
    );
    assert!(!answer.body.contains("secret"));
}

#[tokio::test(start_paused = true)]
async fn a_missing_thing_that_the_path_names_is_the_clients_404() {
    let shop = Upstreams::new(&[("/orders/o1", 0, Answer(404, "at http://10.0.0.7"))]);
    let answer = shop.get("/mobile/orders/o1").await;
    assert_eq!((answer.status, &answer.json()["code"]), (404, &"not_found".into()));
    let shop = Upstreams::new(&[(
        "/orders/o1",
        0,
        Answer(200, r#"{"id":"o1","owner":"u9","state":"x","total":1}"#),
    )]);
    let answer = shop.get("/mobile/orders/o1").await;
    assert_eq!(answer.status, 502, "the path did not name the owner");
    assert!(!answer.body.contains("10.0.0.7"));
}

#[tokio::test(start_paused = true)]
async fn a_busy_upstream_makes_the_gateway_busy() {
    let answer = Upstreams::new(&[("/orders/o1", 0, Answer(429, ""))])
        .get("/mobile/orders/o1")
        .await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
}

#[tokio::test(start_paused = true)]
async fn upstreams_get_what_is_forwarded_and_sent_and_nothing_else() {
    let shop = Upstreams::new(&[
        ("/users/u1", 0, Answer(200, ADA)),
        ("/orders?customer=u1&limit=3", 0, Answer(200, TWO)),
        ("/recs/u1", 0, Answer(200, RECS)),
    ]);
    let request = http::Request::get("/mobile/home?user=u1")
        .header("accept-language", "de")
        .header("cookie", "sid=1")
        .header("authorization", "Bearer x")
        .header("user-agent", "test/1 (x)")
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .header("x-request-deadline", "999999");
    shop.ask(request.body(axum::body::Body::empty()).unwrap()).await;
    let sent = shop.requests();
    for request in &sent {
        let headers = &request.headers;
        assert_eq!(headers["accept-language"], "de");
        assert_eq!(headers["x-client"], "mobile");
        for private in ["cookie", "authorization", "host", "user-agent"] {
            assert!(!headers.contains_key(private), "{private}");
        }
        let trace = headers["traceparent"].to_str().unwrap();
        assert!(trace.starts_with("00-0af7651916cd43dd8448eb211c80319c-") && !trace.contains("b7ad6b7169203331"));
        let left: u64 = headers["x-request-deadline"].to_str().unwrap().parse().unwrap();
        assert!((100..=400).contains(&left), "{left}");
    }
    let recs = sent.iter().find(|request| request.target == "/recs/u1").unwrap();
    assert_eq!(recs.headers["x-agent"], "test/1%20(x)");
    assert_eq!(
        sent.iter()
            .filter(|request| request.headers.contains_key("x-agent"))
            .count(),
        1
    );
}
