//! What a client may send, and what it is told when it sends something else.

use axum::body::Body;
use http::{Method, Request};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::mocks::{ADA, Answered, Mock, RECS, TWO, Upstreams, mobile_router};
use Mock::Answer;

fn shop() -> Upstreams {
    Upstreams::new(&[
        ("/users/u1", 0, Answer(200, ADA)),
        ("/orders?customer=u1&limit=3", 0, Answer(200, TWO)),
        ("/recs/u1", 0, Answer(200, RECS)),
        ("/quotes", 0, Answer(200, r#"{"price":9.99,"stock":5}"#)),
    ])
}

async fn post(content_type: Option<&str>, body: impl Into<Body>) -> Answered {
    let mut request = Request::post("/mobile/orders");
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    shop().ask(request.body(body.into()).unwrap()).await
}

/// Place, field and code of every problem.
fn problems(answer: &Answered) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    errors
        .iter()
        .map(|it| (text(&it["in"]), text(&it["field"]), text(&it["code"])))
        .collect()
}

fn problem(place: &str, field: &str, code: &str) -> (String, String, String) {
    (place.to_owned(), field.to_owned(), code.to_owned())
}

#[tokio::test(start_paused = true)]
async fn all_problems_of_the_inputs_are_reported_together_and_nothing_is_sent() {
    let shop = shop();
    let answer = shop.get("/mobile/home?limit=x&from=2024-13-01").await;
    assert_eq!((answer.status, &answer.json()["code"]), (400, &"bad_request".into()));
    assert_eq!(
        problems(&answer),
        [
            problem("query", "user", "missing"),
            problem("query", "limit", "unreadable"),
            problem("query", "from", "unreadable")
        ]
    );
    assert_eq!(shop.sent(), []);
}

#[tokio::test(start_paused = true)]
async fn broken_constraints_and_checks_are_422_together() {
    let answer = shop().get("/mobile/home?user=u1&limit=21").await;
    assert_eq!((answer.status, &answer.json()["code"]), (422, &"invalid".into()));
    assert_eq!(problems(&answer), [problem("query", "limit", "invalid")]);

    let answer = shop().get("/mobile/home?user=u1&from=2024-02-02&to=2024-01-01").await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.json()["errors"],
        json!([{ "code": "check", "message": "from must not be after to" }])
    );
}

#[tokio::test(start_paused = true)]
async fn a_scalar_given_twice_or_unreadable_is_refused_and_the_undeclared_is_ignored() {
    for bad in [
        "limit=1&limit=2",
        "limit=",
        "limit=1.0",
        "limit=%31%zz",
        "limit=%ff",
        "limit=01",
        "limit=+1",
        "user=%ff",
    ] {
        let answer = shop().get(&format!("/mobile/home?user=u1&{bad}")).await;
        assert_eq!(answer.status, 400, "{bad}: {}", answer.body);
    }
    for good in ["limit=%31", "other=%zz", "other=1&other=2", "", "&&=&x", "l%69mit=5"] {
        let answer = shop().get(&format!("/mobile/home?user=u1&{good}")).await;
        assert_eq!(answer.status, 200, "{good}: {}", answer.body);
    }
}

#[tokio::test(start_paused = true)]
async fn header_inputs_are_read_and_default() {
    let request = Request::get("/mobile/home?user=u1")
        .header("x-platform", &b"i\xffs"[..])
        .body(Body::empty())
        .unwrap();
    let answer = shop().ask(request).await;
    assert_eq!(problems(&answer), [problem("header", "x-platform", "unreadable")]);
}

#[tokio::test(start_paused = true)]
async fn a_body_is_decoded_checked_and_handed_on() {
    let answer = post(
        Some("application/json"),
        r#"{"sku":"a","count":2,"note":null,"more":[]}"#,
    )
    .await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (201, r#"{"price":"9.99","left":3,"note":null}"#)
    );
    let answer = post(
        Some("application/merge-patch+json; charset=utf-8"),
        r#"{"sku":"a","count":2}"#,
    )
    .await;
    assert_eq!(answer.status, 201);
}

#[tokio::test(start_paused = true)]
async fn a_body_with_problems_is_told_all_of_them() {
    let answer = post(Some("application/json"), r#"{"count":0,"note":7}"#).await;
    assert_eq!(answer.status, 400);
    let mut found = problems(&answer);
    found.sort();
    assert_eq!(
        found,
        [
            problem("body", "count", "invalid"),
            problem("body", "note", "unreadable"),
            problem("body", "sku", "missing")
        ]
    );
    for broken in [
        "",
        "{",
        r#"{"sku":"a","count":1}x"#,
        "\u{feff}{}",
        "nul",
        &"[".repeat(10_000),
    ] {
        let answer = post(Some("application/json"), broken.to_owned()).await;
        assert_eq!(answer.status, 400, "{broken:.20}");
    }
    let answer = post(Some("application/json"), r#"{"sku":"forbidden","count":1}"#).await;
    assert_eq!(
        (answer.status, problems(&answer)),
        (422, vec![problem("", "", "check")])
    );
}

#[tokio::test(start_paused = true)]
async fn another_kind_of_body_is_415_and_too_large_a_one_413() {
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some(""),
    ] {
        let answer = post(content_type, r#"{"sku":"a","count":2}"#).await;
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (415, &"unsupported_media_type".into()),
            "{content_type:?}"
        );
    }
    let answer = post(Some("application/json"), vec![b' '; (2 << 20) + 1]).await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (413, &"content_too_large".into())
    );
}

#[tokio::test(start_paused = true)]
async fn an_overflow_is_500_arithmetic() {
    let answer = post(Some("application/json"), r#"{"sku":"a","count":9223372036854775807}"#).await;
    assert_eq!(answer.status, 201, "5 - max fits");
    let minimum = Upstreams::new(&[("/quotes", 0, Answer(200, r#"{"price":1,"stock":-2}"#))]);
    let request = Request::post("/mobile/orders").header("content-type", "application/json");
    let answer = minimum
        .ask(
            request
                .body(r#"{"sku":"a","count":9223372036854775807}"#.into())
                .unwrap(),
        )
        .await;
    assert_eq!((answer.status, &answer.json()["code"]), (500, &"arithmetic".into()));
}

#[tokio::test(start_paused = true)]
async fn a_computed_arm_is_decoded_like_an_answer_and_null_may_mean_no_content() {
    let down = Upstreams::new(&[("/quotes", 0, Answer(500, ""))]);
    let request = || Request::post("/mobile/orders").header("content-type", "application/json");
    let answer = down
        .ask(request().body(r#"{"sku":"a","count":2}"#.into()).unwrap())
        .await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (201, r#"{"price":"1.50","left":0,"note":null}"#)
    );
    assert_eq!(
        down.requests()[0].body.as_deref(),
        Some(&br#"{"sku":"a","count":2}"#[..])
    );

    let nothing = Upstreams::new(&[("/quotes", 0, Answer(204, ""))]);
    let answer = nothing
        .ask(request().body(r#"{"sku":"a","count":2}"#.into()).unwrap())
        .await;
    assert_eq!(
        (answer.status, answer.body.as_str(), answer.header("content-type")),
        (204, "", None)
    );
}

#[tokio::test(start_paused = true)]
async fn paths_and_methods_are_refused_with_problem_documents() {
    for (method, path, status) in [
        (Method::GET, "/mobile/nowhere", 404),
        (Method::GET, "/mobile/home/", 404),
        (Method::GET, "/mobile", 404),
        (Method::GET, "/mobile/", 404),
        (Method::GET, "/mobile/orders/..", 400),
        (Method::GET, "/mobile/%2e%2e/home", 400),
        (Method::GET, "/mobile/orders/%zz", 400),
        (Method::GET, "/mobile/orders/%ff", 400),
        (Method::PUT, "/mobile/home", 405),
        (Method::OPTIONS, "/mobile/home", 405),
        (Method::GET, "/mobile/tv", 404),
    ] {
        let request = Request::builder()
            .method(&method)
            .uri(path)
            .body(Body::empty())
            .unwrap();
        let answer = shop().ask(request).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{method} {path}"
        );
        assert_eq!(answer.json()["status"], status);
        assert!(
            answer.header("x-answered").is_some(),
            "the client's headers are set on errors too"
        );
    }
    let request = Request::delete("/mobile/orders").body(Body::empty()).unwrap();
    assert_eq!(shop().ask(request).await.header("allow"), Some("POST"));
}

#[tokio::test(start_paused = true)]
async fn a_parameter_is_decoded_once_and_encoded_again() {
    let shop = Upstreams::new(&[(
        "/orders/a%2Fb%20%25c",
        0,
        Answer(200, r#"{"id":"1","owner":"guest","state":"x","total":1}"#),
    )]);
    assert_eq!(shop.get("/mobile/orders/a%2fb%20%25c").await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn head_is_answered_like_get_without_its_body() {
    let get = shop().get("/mobile/home?user=u1").await;
    let head = Request::head("/mobile/home?user=u1").body(Body::empty()).unwrap();
    let head = shop().ask(head).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length").unwrap(), get.body.len().to_string());
    let missing = Request::head("/mobile/nowhere").body(Body::empty()).unwrap();
    assert_eq!(shop().ask(missing).await.body, "");
}

#[tokio::test(start_paused = true)]
async fn a_header_may_choose_the_route() {
    let request = Request::delete("/mobile/tv")
        .header("x-client-type", "tv")
        .body(Body::empty())
        .unwrap();
    assert_eq!(shop().ask(request).await.body, r#"{"path":"/mobile/tv"}"#);
}

#[tokio::test(start_paused = true)]
async fn the_router_merges_nests_and_takes_layers() {
    let layer = axum::middleware::from_fn(async |request: axum::extract::Request, next: axum::middleware::Next| {
        let mut response = next.run(request).await;
        response.headers_mut().insert("x-layer", "1".parse().unwrap());
        response
    });
    let by_hand = axum::Router::new().route("/mobile/literal", axum::routing::get(async || "hand"));
    let app = axum::Router::new().nest("/api", mobile_router(&shop()).merge(by_hand).layer(layer));
    let ask = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        Answered::read(app.clone().oneshot(request).await.unwrap()).await
    };
    assert_eq!(ask("/api/mobile/literal").await.body, "hand");
    let answer = ask("/api/mobile/home?user=u1").await;
    assert_eq!((answer.status, answer.header("x-layer")), (200, Some("1")));
    assert_eq!(ask("/api/mobile/x").await.json()["code"], "not_found");
}
