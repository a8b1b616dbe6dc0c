//! The whole router without a socket of its own: `oneshot` in front, the real shop on free ports behind.

use std::collections::HashMap;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use bff_core::Gateway;
use serde_json::{Value, json};
use shop_backends::Shop;
use tower::ServiceExt;

use super::*;

/// The router that `main` serves, with the shop that it calls.
async fn start() -> (Shop, Router) {
    let shop = Shop::start().await.unwrap();
    let env: HashMap<String, String> = shop.env().into_iter().collect();
    let gateway = Gateway::builder(&mobile::SERVICE)
        .env(move |name| env.get(name).cloned())
        .build()
        .unwrap();
    (shop, extend(mobile::router(gateway)))
}

async fn ask(router: &Router, request: Request<Body>) -> (Response<()>, Value) {
    let response = router.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    (
        Response::from_parts(head, ()),
        serde_json::from_slice(&bytes).unwrap_or_default(),
    )
}

fn get_as(user: &str, target: &str, fault: &str) -> Request<Body> {
    let request = Request::get(target).header("x-user-id", user).header("x-fault", fault);
    request.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn the_home_screen_joins_five_services() {
    let (_shop, router) = start().await;
    let (head, home) = ask(&router, get_as("u1", "/mobile/home?limit=4", "")).await;
    assert_eq!(head.status(), 200);
    assert_eq!(home["user"]["id"], "u1");
    assert_eq!(home["orders"].as_array().map(Vec::len), Some(3));
    assert_eq!(home["recommended"].as_array().map(Vec::len), Some(4));
    assert!(home["loyalty"]["points"].is_u64());
    assert_eq!(home["degraded"], json!([]));
}

#[tokio::test]
async fn a_user_without_a_loyalty_card_costs_no_loyalty_request() {
    let (_shop, router) = start().await;
    let (_, home) = ask(&router, get_as("u7", "/mobile/home", "loyalty;status=500")).await;
    assert_eq!((home.get("loyalty"), &home["degraded"]), (None, &json!([])));
}

#[tokio::test]
async fn popular_products_stand_in_for_recommendations() {
    let (_shop, router) = start().await;
    let (head, home) = ask(
        &router,
        get_as("u1", "/mobile/home?limit=4", "recommender.forUser;cut=40"),
    )
    .await;
    assert_eq!(home["recommended"].as_array().map(Vec::len), Some(4));
    assert_eq!(home["degraded"], json!(["recs"]));
    assert!(head.headers().contains_key("bff-partial"));
}

#[tokio::test]
async fn without_the_user_there_is_no_home_screen() {
    let (_shop, router) = start().await;
    let (head, problem) = ask(&router, get_as("u1", "/mobile/home", "users;status=500")).await;
    assert_eq!(
        (head.status().as_u16(), &problem["code"]),
        (502, &json!("bad_upstream"))
    );
}

#[tokio::test]
async fn an_order_of_somebody_else_does_not_exist() {
    let (_shop, router) = start().await;
    assert_eq!(
        ask(&router, get_as("u1", "/mobile/orders/o2229", "")).await.0.status(),
        200
    );
    assert_eq!(
        ask(&router, get_as("u2", "/mobile/orders/o2229", "")).await.0.status(),
        404
    );
}

fn checkout(key: &str, token: &str, fault: &str) -> Request<Body> {
    let request = Request::post("/mobile/checkout")
        .header("x-user-id", "u1")
        .header("x-fault", fault)
        .header("content-type", "application/json")
        .header("idempotency-key", key);
    request
        .body(Body::from(json!({ "paymentToken": token }).to_string()))
        .unwrap()
}

#[tokio::test]
async fn a_repeated_checkout_buys_once() {
    let (_shop, router) = start().await;
    let (first, order) = ask(&router, checkout("k1", "tok", "")).await;
    assert_eq!(first.status(), 201, "{order}");
    let (second, again) = ask(&router, checkout("\"k1\"", "tok", "payments;status=500")).await;
    assert_eq!((second.status(), &again), (first.status(), &order));
    assert_eq!(second.headers()["location"], first.headers()["location"]);
    let (other, _) = ask(&router, checkout("k1", "tok_2", "")).await;
    assert_eq!(other.status(), 422);
    let (declined, why) = ask(&router, checkout("k2", "tok_declined", "")).await;
    assert_eq!(
        (declined.status().as_u16(), &why["code"]),
        (402, &json!("card_declined"))
    );
}

#[tokio::test]
async fn a_checkout_that_fails_gives_the_money_back() {
    let shop = Shop::start().await.unwrap();
    let env: HashMap<String, String> = shop.env().into_iter().collect();
    let gateway = Gateway::builder(&mobile::SERVICE).env(move |name| env.get(name).cloned());
    let gateway = gateway.build().unwrap();
    let background = gateway.shared().background.clone();
    let router = extend(mobile::router(gateway));
    let (failed, _) = ask(&router, checkout("k3", "tok", "orders.place;status=500")).await;
    assert_eq!(failed.status(), 502);
    background.settled().await;
    assert_eq!((background.undone(), background.undos_failed()), (1, 0));
}

#[tokio::test]
async fn a_hand_written_route_and_a_layer_live_beside_the_generated_ones() {
    let (_shop, router) = start().await;
    let (head, about) = ask(&router, get_as("u1", "/mobile/about", "")).await;
    assert_eq!((head.status().as_u16(), &about["name"]), (200, &json!("mobile-bff")));
    for target in ["/mobile/about", "/mobile/home", "/mobile/nothing"] {
        let (head, _) = ask(&router, get_as("u1", target, "")).await;
        assert!(head.headers().contains_key("x-build"), "{target}");
    }
}

#[test]
fn the_readme_shows_the_home_screen_as_it_is() {
    let file = include_str!("../mobile.bff");
    let (start, end) = (
        file.find("/// The home screen").unwrap(),
        file.find("/// A product with").unwrap(),
    );
    assert!(include_str!("../../../README.md").contains(file[start..end].trim_end()));
}
