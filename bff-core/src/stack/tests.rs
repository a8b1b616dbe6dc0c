//! The stack around small endpoints: identity, log lines, limits, panics.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::response::IntoResponse as _;
use http::{HeaderName, HeaderValue, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use super::*;
use crate::context::{CallEnd, CallRecord};
use crate::entropy::SeededEntropy;
use crate::observe::writer::tests::Memory;
use crate::time::TestClock;

struct World {
    log: Memory,
    shared: Shared,
}

impl World {
    fn new() -> Self {
        let log = Memory::default();
        let shared = Shared {
            clock: Arc::new(TestClock::starting_at("2026-01-02T03:04:05.678Z".parse().unwrap())),
            entropy: Arc::new(SeededEntropy::new(1)),
            background: crate::background::Background::default(),
            log: LogWriter::start(log.clone()).unwrap(),
            larger_bodies: None,
            limits: Limits {
                uri_bytes: 20,
                body_bytes: 4,
                ..Limits::default()
            },
            rescue: Arc::new(|error, _| {
                let status = match error {
                    Error::BadRequest { .. } => StatusCode::BAD_REQUEST,
                    Error::ContentTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                    Error::UriTooLong => StatusCode::URI_TOO_LONG,
                    _ => StatusCode::INTERNAL_SERVER_ERROR,
                };
                status.into_response()
            }),
        };
        Self { log, shared }
    }

    fn wrap<F: Future<Output = Response> + Send + 'static>(
        &self,
        answer: impl Fn(Request<Body>) -> F + Send + Sync + 'static,
    ) -> Endpoint {
        wrap(Endpoint::new(answer), self.shared.clone())
    }

    fn echo(&self) -> Endpoint {
        self.wrap(|request| async move {
            match request.into_body().collect().await {
                Ok(body) => Body::from(body.to_bytes()).into_response(),
                Err(error) => format!("{:?}", body_fault(&error)).into_response(),
            }
        })
    }

    fn lines(&self) -> Vec<Value> {
        assert!(self.shared.log.flush(Duration::from_secs(5)));
        self.log
            .text()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

fn request(target: &str) -> Request<Body> {
    let mut request = Request::get(target).body(Body::empty()).unwrap();
    request
        .extensions_mut()
        .insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 4711))));
    request
        .headers_mut()
        .insert("host", HeaderValue::from_static("shop.example"));
    request
}

async fn status(endpoint: &Endpoint, request: Request<Body>) -> u16 {
    endpoint.clone().oneshot(request).await.unwrap().status().as_u16()
}

#[tokio::test(start_paused = true)]
async fn the_log_line_tells_who_asked_what_happened_and_which_calls_were_made() {
    let world = World::new();
    let endpoint = world.wrap(|request| async move {
        let context = Arc::clone(request.extensions().get::<Arc<RequestContext>>().unwrap());
        context.matched("/mobile", "/orders/{id}");
        context.called(CallRecord {
            name: "order",
            upstream: "orders",
            op: "orders.get",
            end: CallEnd::Status(200),
            latency: Duration::from_micros(1500),
            attempts: 1,
            hedge: false,
        });
        context.called(CallRecord {
            name: "recs",
            upstream: "recommender",
            op: "recommender.live",
            end: CallEnd::Failed("timeout"),
            latency: Duration::from_millis(150),
            attempts: 2,
            hedge: false,
        });
        context.failed("upstream_timeout", "recs: \"slow\"\nsecond line");
        tokio::time::sleep(Duration::from_millis(151)).await;
        (StatusCode::GATEWAY_TIMEOUT, "late").into_response()
    });
    let mut request = request("/m/orders/7?s=1");
    for (name, value) in [
        ("traceparent", "00-12345678901234567890123456789012-1234567890123456-01"),
        ("x-request-id", "abc"),
        ("user-agent", "app/1.0 \"beta\""),
    ] {
        request
            .headers_mut()
            .insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let response = endpoint.oneshot(request).await.unwrap();
    assert_eq!(response.headers()[X_REQUEST_ID], "abc");

    let [line] = &world.lines()[..] else {
        panic!("one line per request")
    };
    let mut line = line.clone();
    let span = line["span_id"].take();
    assert_eq!(span.as_str().unwrap().len(), 16);
    assert_eq!(
        line,
        serde_json::json!({
            "time": "2026-01-02T03:04:05.829Z", "trace_id": "12345678901234567890123456789012", "span_id": null,
            "parent_id": "1234567890123456", "request_id": "abc", "client_ip": "192.0.2.7", "method": "GET",
            "route": "/mobile/orders/{id}", "status": 504, "latency_ms": 151.0, "bytes": 4,
            "user_agent": "app/1.0 \"beta\"", "code": "upstream_timeout", "reason": "recs: \"slow\"\nsecond line",
            "calls": [
                {"name": "order", "upstream": "orders", "op": "orders.get", "status": 200, "latency_ms": 1.5, "attempts": 1},
                {"name": "recs", "upstream": "recommender", "op": "recommender.live", "kind": "timeout",
                 "latency_ms": 150.0, "attempts": 2},
            ],
        })
    );
}

#[tokio::test]
async fn a_request_whose_client_goes_away_is_logged_with_what_it_did() {
    let world = World::new();
    let endpoint = world.wrap(|request| async move {
        request
            .extensions()
            .get::<Arc<RequestContext>>()
            .unwrap()
            .matched("/m", "/slow");
        std::future::pending().await
    });
    let call = tokio::time::timeout(Duration::from_millis(5), endpoint.oneshot(request("/m/slow")));
    assert!(call.await.is_err());
    let lines = world.lines();
    assert_eq!(
        (&lines[0]["status"], &lines[0]["code"], &lines[0]["route"]),
        (&499.into(), &"client_gone".into(), &"/m/slow".into())
    );
}

#[tokio::test]
async fn a_panic_is_a_500_with_a_request_id_and_a_reason_in_the_log_alone() {
    let world = World::new();
    let endpoint = world.wrap(|request| async move {
        assert!(request.uri().path() != "/boom", "secret detail");
        "fine".into_response()
    });
    let response = endpoint.clone().oneshot(request("/boom")).await.unwrap();
    assert_eq!(response.status(), 500);
    assert!(response.headers().contains_key(X_REQUEST_ID));
    assert!(response.into_body().collect().await.unwrap().to_bytes().is_empty());
    assert_eq!(world.lines()[0]["reason"], "panic: secret detail");
    assert_eq!(status(&endpoint, request("/fine")).await, 200);
}

#[tokio::test]
async fn two_stacks_around_one_endpoint_are_one() {
    let world = World::new();
    let endpoint = wrap(world.echo(), world.shared.clone());
    assert_eq!(status(&endpoint, request("/")).await, 200);
    assert_eq!(world.lines().len(), 1);
}

#[tokio::test]
async fn a_long_target_is_414() {
    let endpoint = World::new().echo();
    assert_eq!(status(&endpoint, request("/3456789012345?78901")).await, 200);
    assert_eq!(status(&endpoint, request("/3456789012345?789012")).await, 414);
}

#[tokio::test]
async fn a_body_over_the_limit_is_413_when_declared_and_a_fault_when_not() {
    let endpoint = World::new().echo();
    let mut declared = request("/");
    *declared.body_mut() = Body::from("12345");
    declared
        .headers_mut()
        .insert("content-length", HeaderValue::from_static("5"));
    assert_eq!(status(&endpoint, declared).await, 413);

    let mut chunked = request("/");
    *chunked.body_mut() = Body::from("12345");
    let answer = endpoint
        .oneshot(chunked)
        .await
        .unwrap()
        .into_body()
        .collect()
        .await
        .unwrap()
        .to_bytes();
    assert_eq!(answer, "Some(TooLarge)");
}

#[tokio::test]
async fn a_message_that_can_be_read_in_two_ways_is_400() {
    let endpoint = World::new().echo();
    let with = |lines: &[(&'static str, &'static str)]| {
        let mut request = request("/");
        request.headers_mut().remove("host");
        for (name, value) in lines {
            request.headers_mut().append(*name, HeaderValue::from_static(value));
        }
        request
    };
    let host = ("host", "a");
    for honest in [
        &[host][..],
        &[("host", "a:80")],
        &[("host", "[::1]:80")],
        &[host, ("transfer-encoding", "Chunked")],
    ] {
        assert_eq!(status(&endpoint, with(honest)).await, 200, "{honest:?}");
    }
    for ambiguous in [
        &[][..],
        &[host, host],
        &[("host", "a b")],
        &[("host", "a@b")],
        &[("host", "a/b")],
        &[host, ("x_user", "1")],
        &[host, ("transfer-encoding", "gzip, chunked")],
        &[host, ("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")],
        &[host, ("transfer-encoding", "chunked, chunked")],
        &[host, ("transfer-encoding", "xchunked")],
        &[host, ("transfer-encoding", "chunked"), ("content-length", "3")],
    ] {
        assert_eq!(status(&endpoint, with(ambiguous)).await, 400, "{ambiguous:?}");
    }
}

#[tokio::test]
async fn without_a_socket_no_host_is_needed() {
    let endpoint = World::new().echo();
    let bare = Request::get("/").body(Body::empty()).unwrap();
    assert_eq!(status(&endpoint, bare).await, 200);
}
