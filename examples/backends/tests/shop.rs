//! The shop over real sockets: data, faults, the log, and the end of it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at what it did not expect"
)]

use std::time::{Duration, Instant};

use serde_json::Value;
use shop_backends::endpoints::ENDPOINTS;
use shop_backends::{Service, Shop};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back over one connection that closes after the answer.
struct Got {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

async fn send(
    shop: &Shop,
    service: Service,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Vec<u8> {
    let mut socket = TcpStream::connect(shop.address(service))
        .await
        .expect("the service listens");
    let mut text = format!("{method} {target} HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    text += &format!("content-length: {}\r\n\r\n{body}", body.len());
    socket.write_all(text.as_bytes()).await.unwrap();
    let mut all = Vec::new();
    // A reset after a cut is as good as an end.
    let _ = socket.read_to_end(&mut all).await;
    all
}

async fn get(shop: &Shop, service: Service, target: &str, headers: &[(&str, &str)]) -> Got {
    parse(&send(shop, service, "GET", target, headers, "").await)
}

fn parse(all: &[u8]) -> Got {
    let end = all
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("a whole head");
    let head = String::from_utf8(all[..end].to_vec()).unwrap().to_lowercase();
    Got {
        status: head[9..12].parse().unwrap(),
        head,
        body: all[end + 4..].to_vec(),
    }
}

#[tokio::test]
async fn every_service_answers_under_its_own_port() {
    let shop = Shop::start().await.unwrap();
    for service in Service::ALL {
        assert_eq!(
            get(&shop, service, "/healthz", &[]).await.status,
            200,
            "{}",
            service.name()
        );
    }
    assert_eq!(get(&shop, Service::Users, "/v2/products/p1", &[]).await.status, 404);
}

#[tokio::test]
async fn every_endpoint_of_the_table_answers_with_json() {
    let shop = Shop::start().await.unwrap();
    for endpoint in ENDPOINTS {
        let id = match (endpoint.service, endpoint.path) {
            (_, path) if path.starts_with("/v1/orders/") => "o1200",
            (_, path) if path.contains("/products/") => "p3",
            (Service::Loyalty, _) => "m1",
            (_, path) if path.contains("/payments/") => "pay1",
            (_, path) if path.contains("/charges/") => "ch0",
            (_, path) if path.contains("/orgs/") => "s1",
            (_, path) if path.contains("/partners/") => "pt1",
            _ => "u1",
        };
        let path = endpoint.path.replace("{id}", id).replace("{customer}", id);
        let target = path + "?org=s1&from=2026-01-01&to=2026-06-30&ids=u1&id=p1&productIds=p1";
        let body = match endpoint.op {
            "lookup" => r#"{"email":"user9@shop.example"}"#,
            "quote" => r#"{"lines":[{"sku":"p1","qty":2}]}"#,
            "charge" => r#"{"amount":{"amount":"1.00","currency":"EUR"},"token":"t"}"#,
            "place" => r#"{"cart":"cart-u1","customer":"u1","payment":"ch0"}"#,
            _ => "",
        };
        let got = parse(&send(&shop, endpoint.service, endpoint.method, &target, &[], body).await);
        assert_eq!(got.status, 200, "{} {target}", endpoint.op);
        assert!(got.head.contains("content-type: application/json"), "{}", endpoint.op);
        assert!(!got.json().is_null(), "{}", endpoint.op);
    }
}

#[tokio::test]
async fn an_order_is_placed_only_for_a_payment_that_stands() {
    let shop = Shop::start().await.unwrap();
    let post = async |service, target: &str, body: &str| parse(&send(&shop, service, "POST", target, &[], body).await);
    let amount = r#"{"amount":{"amount":"1.00","currency":"EUR"},"token":"#;
    let declined = post(Service::Payments, "/v1/charges", &format!("{amount}\"tok_declined\"}}")).await;
    assert_eq!(declined.status, 402);
    let charge = post(Service::Payments, "/v1/charges", &format!("{amount}\"tok\"}}"))
        .await
        .json();
    let id = charge["id"].as_str().unwrap().to_owned();
    let place = format!(r#"{{"cart":"cart-u1","customer":"u1","payment":"{id}"}}"#);
    assert_eq!(post(Service::Orders, "/v1/orders", &place).await.status, 200);
    let refunded = post(Service::Payments, &format!("/v1/charges/{id}/refunds"), "")
        .await
        .json();
    assert_eq!(refunded["status"], "refunded");
    assert_eq!(post(Service::Orders, "/v1/orders", &place).await.status, 409);
}

#[tokio::test]
async fn two_shops_answer_alike() {
    let (one, other) = (Shop::start().await.unwrap(), Shop::start().await.unwrap());
    for target in [
        "/v1/orders?customer=u1",
        "/v1/orders/o77",
        "/v1/sales?org=s2&from=2026-01-01&to=2026-02-01",
    ] {
        let (a, b) = (
            get(&one, Service::Orders, target, &[]).await,
            get(&other, Service::Orders, target, &[]).await,
        );
        assert_eq!(a.body, b.body, "{target}");
    }
}

#[tokio::test]
async fn products_come_in_the_order_asked_for_and_without_the_unknown() {
    let shop = Shop::start().await.unwrap();
    for target in [
        "/v2/products?id=p9&id=p2&id=p999",
        "/v2/products?id=p9,p2,p999",
        "/v2/products?id=p9%2Cp2",
    ] {
        let got = get(&shop, Service::Catalog, target, &[]).await.json();
        let ids: Vec<_> = got
            .as_array()
            .unwrap()
            .iter()
            .map(|product| product["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, ["p9", "p2"], "{target}");
    }
}

#[tokio::test]
async fn orders_are_filtered_and_paged() {
    let shop = Shop::start().await.unwrap();
    let first = get(
        &shop,
        Service::Orders,
        "/v1/orders?partner=pt1&status=delivered&limit=100",
        &[],
    )
    .await
    .json();
    let items = first["items"].as_array().unwrap();
    assert_eq!(items.len(), 100);
    assert!(
        items
            .iter()
            .all(|order| order["partnerId"] == "pt1" && order["status"] == "delivered")
    );
    let next = format!(
        "/v1/orders?partner=pt1&status=delivered&cursor={}",
        first["next_cursor"].as_str().unwrap()
    );
    let second = get(&shop, Service::Orders, &next, &[]).await.json();
    assert!(
        items
            .iter()
            .all(|order| !second["items"].as_array().unwrap().contains(order))
    );
    assert_eq!(
        get(&shop, Service::Orders, "/v1/orders?status=lost", &[]).await.status,
        400
    );
    assert_eq!(
        get(&shop, Service::Orders, "/v1/orders?cursor=bad", &[]).await.status,
        400
    );
}

#[tokio::test]
async fn a_quote_adds_up_and_refuses_what_it_does_not_know() {
    let shop = Shop::start().await.unwrap();
    let post = async |body: &str| parse(&send(&shop, Service::Orders, "POST", "/v1/quotes", &[], body).await);
    let price = get(&shop, Service::Catalog, "/v2/products/p1", &[]).await.json();
    let quote = post(r#"{"lines":[{"sku":"p1","qty":1}]}"#).await;
    assert_eq!(quote.json()["subtotal"], price["price"]);
    assert_eq!(post(r#"{"lines":[{"sku":"nothing","qty":1}]}"#).await.status, 422);
    assert_eq!(
        post(r#"{"lines":[{"sku":"p1","qty":1}],"coupon":"x"}"#).await.status,
        422
    );
    assert_eq!(post(r#"{"lines":[]}"#).await.status, 400);
    assert_eq!(post("{").await.status, 400);
}

#[tokio::test]
async fn an_unknown_method_is_told_which_are_known() {
    let shop = Shop::start().await.unwrap();
    let got = parse(&send(&shop, Service::Orders, "DELETE", "/v1/orders/o1", &[], "").await);
    assert_eq!(got.status, 405);
    assert!(got.head.contains("allow: get"));
}

#[tokio::test]
async fn a_fault_changes_the_answer_of_its_target_alone() {
    let shop = Shop::start().await.unwrap();
    let fault = [("x-fault", "recommender.forUser;status=503, catalog;body=notjson")];
    let failed = get(&shop, Service::Recommender, "/v1/users/u1/recommendations", &fault).await;
    assert_eq!(failed.status, 503);
    assert!(failed.head.contains("retry-after: 2"));
    assert_eq!(
        get(&shop, Service::Recommender, "/v1/popular", &fault).await.status,
        200
    );
    let spoiled = get(&shop, Service::Catalog, "/v2/products/p1", &fault).await;
    assert!(serde_json::from_slice::<Value>(&spoiled.body).is_err());
    assert_eq!(get(&shop, Service::Users, "/v1/users/u1", &fault).await.status, 200);
}

#[tokio::test]
async fn a_delay_holds_the_answer_back() {
    let shop = Shop::start().await.unwrap();
    let started = Instant::now();
    get(&shop, Service::Users, "/v1/users/u1", &[("x-fault-delay", "150ms")]).await;
    assert!(started.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn a_cut_sends_the_promised_length_and_fewer_bytes() {
    let shop = Shop::start().await.unwrap();
    let whole = get(&shop, Service::Users, "/v1/users/u1", &[]).await;
    let cut = get(&shop, Service::Users, "/v1/users/u1", &[("x-fault-cut", "200")]).await;
    assert_eq!(cut.body, whole.body[..200]);
    assert!(cut.head.contains(&format!("content-length: {}", whole.body.len())));
    assert_eq!(
        send(
            &shop,
            Service::Users,
            "GET",
            "/v1/users/u1",
            &[("x-fault-cut", "0")],
            ""
        )
        .await,
        b""
    );
}

#[tokio::test]
async fn a_spoiled_body_is_spoiled_in_the_way_asked_for() {
    let shop = Shop::start().await.unwrap();
    let whole = get(&shop, Service::Users, "/v1/users/u1", &[]).await;
    let spoiled = async |kind: &str| get(&shop, Service::Users, "/v1/users/u1", &[("x-fault-body", kind)]).await;
    assert_eq!(spoiled("truncated").await.body, whole.body[..whole.body.len() / 2]);
    assert_eq!(spoiled("wrongtype").await.json()["id"]["wrongType"], true);
    assert_eq!(spoiled("empty").await.body, b"");
    assert!(spoiled("html").await.head.contains("content-type: text/html"));
    assert_eq!(spoiled("odd").await.status, 400);
}

#[tokio::test]
async fn an_endless_body_goes_on_for_as_long_as_it_is_read() {
    let shop = Shop::start().await.unwrap();
    let mut socket = TcpStream::connect(shop.address(Service::Catalog)).await.unwrap();
    socket
        .write_all(b"GET /v2/categories HTTP/1.1\r\nhost: shop\r\nx-fault-body: endless\r\n\r\n")
        .await
        .unwrap();
    let mut buffer = vec![0; 64 * 1024];
    let mut read = 0;
    while read < 4 * 1024 * 1024 {
        let more = socket.read(&mut buffer).await.unwrap();
        assert_ne!(more, 0, "the body ended after {read} bytes");
        read += more;
    }
}

#[tokio::test]
async fn the_log_tells_what_arrived_and_forgets_when_told() {
    let shop = Shop::start().await.unwrap();
    get(&shop, Service::Users, "/v1/users?ids=u1", &[("accept-language", "de")]).await;
    send(
        &shop,
        Service::Users,
        "POST",
        "/v1/users/lookup",
        &[],
        r#"{"email":"x"}"#,
    )
    .await;
    let log = get(&shop, Service::Users, "/__requests", &[]).await.json();
    assert_eq!(log[0]["method"], "GET");
    assert_eq!(
        (&log[0]["path"], &log[0]["query"]),
        (&"/v1/users".into(), &"ids=u1".into())
    );
    assert_eq!(
        (&log[0]["headers"]["accept-language"], &log[0]["status"]),
        (&"de".into(), &200.into())
    );
    assert_eq!(
        (&log[1]["body"], &log[1]["status"]),
        (&r#"{"email":"x"}"#.into(), &404.into())
    );
    assert_eq!(
        get(&shop, Service::Orders, "/__requests", &[]).await.json(),
        Value::Array(Vec::new())
    );
    send(&shop, Service::Users, "DELETE", "/__requests", &[], "").await;
    assert_eq!(
        get(&shop, Service::Users, "/__requests", &[]).await.json(),
        Value::Array(Vec::new())
    );
}

#[tokio::test]
async fn the_log_tells_that_a_caller_went_away() {
    let shop = Shop::start().await.unwrap();
    let mut socket = TcpStream::connect(shop.address(Service::Users)).await.unwrap();
    socket
        .write_all(b"GET /v1/users/u1 HTTP/1.1\r\nhost: shop\r\nx-fault-delay: 60s\r\n\r\n")
        .await
        .unwrap();
    assert_eq!(state_of_first(&shop, "open").await, "open");
    drop(socket);
    assert_eq!(state_of_first(&shop, "dropped").await, "dropped");
}

/// The state of the oldest request, asked for until it is the one expected or two seconds have passed.
async fn state_of_first(shop: &Shop, expected: &str) -> String {
    let mut state = String::new();
    for _ in 0..100 {
        let log = get(shop, Service::Users, "/__requests", &[]).await.json();
        state = log[0]["state"].as_str().unwrap_or_default().to_owned();
        if state == expected {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    state
}

#[tokio::test]
async fn a_dropped_shop_frees_its_ports() {
    let shop = Shop::start().await.unwrap();
    let address = shop.address(Service::Users);
    drop(shop);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let shop = Shop::start().await.unwrap();
    let taken = shop.address(Service::Users).port();
    let error = Shop::start_from(taken).await.unwrap_err().to_string();
    assert!(error.contains("users") && error.contains(&taken.to_string()), "{error}");
}

#[test]
fn the_readme_lists_every_endpoint() {
    let readme = include_str!("../README.md");
    for endpoint in ENDPOINTS {
        let row = format!("| `{}` | `{} {}` |", endpoint.op, endpoint.method, endpoint.path);
        assert!(readme.contains(&row), "README.md lacks {row}");
    }
}
