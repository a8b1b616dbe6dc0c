//! The goldens of the generator, compiled as users' builds compile them and without a warning, and run against upstreams in memory.
#![deny(warnings)]
#![allow(clippy::unwrap_used, reason = "what cannot be had is a failure of the test")]

macro_rules! golden {
    ($name:ident, $file:literal) => {
        // The lints are those that `include_bff!` allows.
        #[allow(
            clippy::all,
            clippy::pedantic,
            clippy::restriction,
            missing_docs,
            unreachable_pub,
            unused
        )]
        pub mod $name {
            include!(concat!("../../bff-codegen/tests/golden/", $file));
        }
    };
}
golden!(card, "card.rs");
golden!(values, "values.rs");
golden!(shapes, "shapes.rs");
golden!(calls, "calls.rs");
golden!(inputs, "inputs.rs");
golden!(names, "names.rs");
golden!(streams, "streams.rs");
golden!(contract, "contract.rs");
golden!(tested, "tested.rs");
golden!(tested_tests, "tested_tests.rs");
golden!(rusty, "rusty.rs");
golden!(rusty_tests, "rusty_tests.rs");

mod functions;
golden!(lists, "lists.rs");
golden!(odd, "odd.rs");
golden!(text, "text.rs");

use axum::body::Body;
use bff_core::Gateway;
use bff_core::prelude::Service;
use bff_core::testing::{Mock, Mocks};
use http::Request;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Status, headers and body of an answer.
struct Answer {
    status: u16,
    headers: http::HeaderMap,
    body: Value,
}

async fn ask(service: &'static Service, mocks: &Mocks, request: Request<Body>) -> Answer {
    let gateway = Gateway::builder(service)
        .transport(mocks.transport())
        .env(|name| Some(format!("http://{name}")));
    let gateway = gateway.env(|name| name.ends_with("_URL").then(|| "http://shop.internal".to_owned()));
    let response = gateway.build().unwrap().router(service).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let body = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&body).unwrap()
    };
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body,
    }
}

async fn get(service: &'static Service, mocks: &Mocks, target: &str) -> Answer {
    ask(service, mocks, Request::get(target).body(Body::empty()).unwrap()).await
}

fn send(method: &str, target: &str, body: Value) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri(target)
        .header("content-type", "application/json");
    request.body(Body::from(body.to_string())).unwrap()
}

const ORDER: &str = r#"{"id":"o1","status":"paid","total":{"amount":"9.90","currency":"EUR"},"placedAt":"2024-01-02T03:04:05Z",
  "note":null,"tags":["red","blue"],"lines":[
    {"sku":7,"qty":2,"price":"1.10","discount":null,"weight":0.5,"options":[{"name":"size","values":["S","M"]}]},
    {"sku":"p2","qty":1,"price":2.50,"discount":"0.25","weight":1,"options":null}]}"#;
const ADA: &str = r#"{"id":"u1","givenName":"Ada","familyName":"L\u00e9\"","loyaltyId":"l1","tier":"gold","born":null,
  "manager":{"id":"u2","givenName":"Bea","familyName":"M","loyaltyId":null,"tier":"basic","born":"1980-01-01"}}"#;

#[tokio::test]
async fn expressions_give_what_the_language_says() {
    let mocks = Mocks::new([("/orders/o1", Mock::json(ORDER))]);
    let answer = get(
        &values::SERVICE,
        &mocks,
        "/numbers/o1?n=7&d=2.345&f=1.5&t=a%20b&since=2024-02-29T12:00:00Z",
    )
    .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let mut body = answer.body;
    for moving in ["age", "recent"] {
        assert!(body.as_object_mut().unwrap().remove(moving).is_some());
    }
    let expected = json!({
        "sum": 10, "negative": -7, "product": 4.690, "quotient": 0.335, "ratio": 0.5, "mixed": 1.10, "half": 3.0,
        "rounded": 2.3, "floor": 2, "ceil": 2.0, "mod": 1, "whole": 2, "read": 0, "float": 2.345, "decimal": 7,
        "later": "2024-01-02T03:05:35Z", "label": "o1-EUR", "long": true, "upper": "A B", "lower": "o1-eur!",
        "digest": "c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65",
        "swapped": "b b", "words": ["a", "b"], "first_word": "a", "last_word": "b", "is_new": true, "known": true,
        "tagged": true, "status": 2, "word": "a b", "exact": "many", "since": "lately", "flag": "small",
        "choice": 7, "since_there": "since 2024-02-29T12:00:00Z"
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn lists_are_walked_flattened_and_counted() {
    let many = format!(
        "[{ORDER},{}]",
        ORDER.replace("o1", "o2").replace(r#"["red","blue"]"#, "null")
    );
    let tree = r#"[{"name":"a","children":[{"name":"b","children":[{"name":"c","children":[]}]}]}]"#;
    let mocks = Mocks::new([
        ("/orders/many?id=o1%2Co2", Mock::json(many)),
        ("/categories", Mock::json(tree)),
    ]);
    let answer = get(&values::SERVICE, &mocks, "/lists?ids=o1&ids=o2").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let expected = json!({
        "skus": [7, "p2", 7, "p2"], "joined": "7, p2, 7, p2", "count": 4, "first": 7, "last": 1, "third": null,
        "index": 7, "names": ["size", "size"], "values": ["S", "M", "S", "M"], "tags": ["red", "blue"],
        "big": [{"sku": 7, "cents": 110.00}, {"sku": "p2", "cents": 250.00}],
        "literal": [1, 2, 2], "nested": [[1.5], []], "ids": ["o1", "o2"], "statuses": ["paid", "paid"],
        "discounts": [null, 0.25, null, 0.25], "texts": ["a", "o1"],
        "roots": [{"name": "a", "sub": [{"name": "b", "leaves": ["c"]}]}]
    });
    // An ID that came as a number goes out as it came.
    assert_eq!(answer.body, expected);
}

#[tokio::test]
async fn shapes_pick_rename_nest_spread_and_leave_out_null() {
    let mocks = Mocks::new([
        ("/orders/o1", Mock::json(ORDER)),
        ("/users/o1", Mock::json(ADA)),
        ("/orders?customer=o1&tags=a&tags=b", Mock::status(404, "")),
    ]);
    let answer = get(&shapes::SERVICE, &mocks, "/shapes/o1").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body = answer.body;
    assert_eq!(
        (&body["id"], &body["status"], body.get("note")),
        (&json!("o1"), &json!("paid"), None)
    );
    assert_eq!(body["order"]["lines"][0]["line_total"], "2.20");
    assert_eq!(body["order"].get("tags"), None);
    assert_eq!(body["whole"]["tags"], json!(["red", "blue"]));
    assert_eq!(body["whole"]["lines"][1].get("options"), None);
    assert_eq!(
        body["renamed"],
        json!({"number": "o1", "placed-at": "2024-01-02T03:04:05Z"})
    );
    assert_eq!(body["nested"], json!({"a": {"b": "9.90"}}));
    let user = json!({"id": "u1", "name": "Ada Lé\"", "loyalty": "l1", "chief": {"id": "u2", "name": "Bea M"}});
    assert_eq!(body["user"], user);
    assert_eq!((&body["user_name"], body.get("when_shipped")), (&json!("Ada"), None));
    assert_eq!(body["outer"]["lines"][1], json!({"sku": "p2", "of": "o1"}));
    assert_eq!(body["discount"][1], json!({"sku": "p2", "off": "0.25"}));
    assert_eq!(body["discount"][0].get("off"), None);
    assert_eq!((&body["page"], &body["orders"]), (&json!({"items": []}), &json!([])));
    assert_eq!(body["either"], json!({"paid": true, "id": "o1"}));
    assert_eq!(body["fallback"], json!([]));
    assert_eq!(body["summary"]["total"], json!({"amount": "9.90", "currency": "EUR"}));
    assert_eq!(
        (&body["summary_id"], &body["by_status"]),
        (&json!("o1"), &json!({"a": 1}))
    );
    assert_eq!(
        body["options"][0]["options"],
        json!([{"name": "size", "values": ["S", "M"]}])
    );
    assert_eq!((&body["empty"], body.get("nothing")), (&json!([]), None));
}

#[tokio::test]
async fn arms_conditions_and_lets_decide_what_is_asked() {
    let page = format!(r#"{{"items":[{ORDER}],"next_cursor":null}}"#);
    let quote = r#"{"total":"12.5","valid":"2024-01-02T03:04:05Z","meta":{"a":[1]}}"#;
    let mocks = Mocks::new([
        ("/users/u1", Mock::json(ADA)),
        ("/members/l1", Mock::json(r#"{"balance":12}"#)),
        (
            "/orders?customer=u1&status=paid&tags=Ada&tags=x&limit=3",
            Mock::status(500, ""),
        ),
        ("/orders?customer=u1", Mock::json(page)),
        ("/quotes", Mock::json(quote)),
    ]);
    let answer = get(&calls::SERVICE, &mocks, "/calls/arms/u1").await;
    let expected = json!({
        "me": {"id": "u1", "name": "Ada", "family": "Lé\""}, "other": null, "points": 12, "hello": "Hello Ada.",
        "best": {"amount": "9.90", "currency": "EUR"}, "names": ["o1"], "all": [{"id": "o1", "hello": "Hello Ada."}],
        "price": {"total": "12.5", "valid": "2024-01-02T03:04:05Z", "meta": {"a": [1]}}, "needed": "l1",
        "failed": ["recent"]
    });
    assert_eq!((answer.status, answer.body), (200, expected));
    let quoted = mocks
        .requests()
        .into_iter()
        .find(|request| request.target == "/quotes")
        .unwrap();
    let sent: Value = serde_json::from_slice(&quoted.body.unwrap()).unwrap();
    assert_eq!(
        sent,
        json!({"lines": [{"sku": "o1", "qty": 1}, {"sku": "u1", "qty": 3}], "country": "DE"})
    );

    let unknown = get(&calls::SERVICE, &mocks, "/calls/arms/nobody").await;
    assert_eq!((unknown.status, &unknown.body["code"]), (404, &json!("no_user")));
    assert_eq!(
        (&unknown.body["id"], &unknown.body["seen"]),
        (&json!("nobody"), &json!(404))
    );
}

#[tokio::test]
async fn a_body_goes_up_as_its_type_and_headers_come_back() {
    let mocks = Mocks::new([
        ("/users/u1", Mock::json(ADA)),
        ("/users/u1/seen", Mock::status(204, "")),
        ("/orders", Mock::json(ORDER.replace("paid", "placed"))),
    ]);
    let body = json!({"customer": "u1", "lines": [{"sku": "p1", "qty": 2}], "gift": true});
    let mut request = send("POST", "/calls/orders", body);
    request
        .headers_mut()
        .insert("idempotency-key", "12345678".parse().unwrap());
    let answer = ask(&calls::SERVICE, &mocks, request).await;
    assert_eq!(
        (answer.status, answer.body),
        (201, json!({"id": "o1", "status": "placed"}))
    );
    assert_eq!(answer.headers["location"], "/calls/orders/o1");
    assert_eq!(answer.headers["x-total"], "9.90");
    assert!(!answer.headers.contains_key("x-note"));
    let placed = mocks
        .requests()
        .into_iter()
        .find(|request| request.target == "/orders")
        .unwrap();
    let sent: Value = serde_json::from_slice(&placed.body.unwrap()).unwrap();
    assert_eq!(
        sent,
        json!({"customer": "u1", "lines": [{"sku": "p1", "qty": 2}], "gift": true})
    );
    assert_eq!(placed.headers["idempotency-key"], "12345678");
}

#[tokio::test]
async fn inputs_are_typed_checked_and_reported_together() {
    let mocks = Mocks::new([]);
    let service = &inputs::SERVICE;
    let home = get(service, &mocks, "/in/home?q=abc&tags=x&tags=yz&rate=0.25").await;
    assert_eq!(home.status, 200, "{}", home.body);
    let expected =
        json!({"limit": 10, "q": "abc", "on": null, "from": "2024-01-15", "tags": ["x", "yz"], "rate": 0.25});
    assert_eq!(home.body["query"], expected);
    assert_eq!(
        (&home.body["platform"], &home.body["theme"]),
        (&json!("web"), &json!("light"))
    );
    assert_eq!(home.headers["x-served-by"], "bff GET");

    let mut tv = Request::get("/in/home").body(Body::empty()).unwrap();
    tv.headers_mut().insert("x-client-type", "tv".parse().unwrap());
    assert_eq!(ask(service, &mocks, tv).await.body, json!({"tv": true}));

    let wrong = get(service, &mocks, "/in/home?limit=50&q=ABC&tags=toolong").await;
    assert_eq!(
        (wrong.status, &wrong.body["code"], &wrong.body["status"]),
        (422, &json!("invalid"), &json!(422))
    );
    assert_eq!(wrong.body["problems"].as_array().unwrap().len(), 3);
    assert_eq!(get(service, &mocks, "/in/home?limit=x").await.status, 400);
    let late = get(service, &mocks, "/in/home?on=2024-01-01").await;
    assert_eq!(
        (late.status, &late.body["problems"][0]["message"]),
        (422, &json!("from must not be after on"))
    );

    assert_eq!(
        get(service, &mocks, "/in/at/1.5,-2").await.body,
        json!({"lat": 1.5, "lon": -2})
    );
    assert_eq!(
        get(service, &mocks, "/in/files/a.b.json").await.body,
        json!({"name": "a.b"})
    );
    let echo = ask(service, &mocks, send("PUT", "/in/echo", json!({"x": [1, null]}))).await;
    assert_eq!(echo.body, json!({"got": {"x": [1, null]}}));
    let filter = json!({"status": ["paid"], "price": {"from": "1.5", "to": 9}, "words": ["abc"]});
    let filtered = ask(service, &mocks, send("POST", "/in/filter", filter)).await;
    assert_eq!(
        filtered.body,
        json!({"words": ["abc"], "from": "1.5", "statuses": ["paid"]})
    );
    let broken = json!({"status": ["paid"], "price": null, "words": ["ABC"]});
    assert_eq!(
        ask(service, &mocks, send("POST", "/in/filter", broken)).await.status,
        422
    );
    let empty = Request::builder()
        .method("PATCH")
        .uri("/in/users/7")
        .body(Body::empty())
        .unwrap();
    assert_eq!(ask(service, &mocks, empty).await.status, 204);
}

#[tokio::test]
async fn a_narrowed_argument_sends_nothing_when_it_is_null() {
    let ada = ADA.replace("\"l1\"", "null");
    let mocks = Mocks::new([("/users/u1", Mock::json(ada))]);
    let answer = get(&card::SERVICE, &mocks, "/card/card?user=u1").await;
    assert_eq!(
        answer.body,
        json!({"id": "u1", "name": "Ada Lé\"", "tier": "plus", "degraded": []})
    );
    assert_eq!(mocks.sent().len(), 1);
}
