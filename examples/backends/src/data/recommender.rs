//! What a shopper may like: ids of products with a score and a reason.

use http::StatusCode;
use serde_json::{Value, json};

use super::random::Random;
use super::{PRODUCTS, USERS, index};
use crate::endpoints::Reply;
use crate::request::Ask;

/// `GET /v1/users/{id}/recommendations`.
#[must_use]
pub fn for_user(ask: &Ask) -> Reply {
    match index(ask.id(), "u", USERS) {
        Some(place) => draw(
            ask,
            Random::of("for user", place as u64),
            &["bought_similar", "viewed", "wishlist"],
        ),
        None => Reply::refuse(StatusCode::NOT_FOUND, "no such user"),
    }
}

/// `GET /v1/popular`.
#[must_use]
pub fn popular(ask: &Ask) -> Reply {
    draw(ask, Random::of("popular", 1), &["popular"])
}

/// `GET /v1/products/{id}/similar`.
#[must_use]
pub fn similar(ask: &Ask) -> Reply {
    match index(ask.id(), "p", PRODUCTS) {
        Some(place) => draw(
            ask,
            Random::of("similar", place as u64),
            &["same_category", "same_brand"],
        ),
        None => Reply::refuse(StatusCode::NOT_FOUND, "no such product"),
    }
}

/// Draws different products with falling scores.
fn draw(ask: &Ask, mut random: Random, reasons: &[&'static str]) -> Reply {
    let limit = ask.number("limit", 10, 50);
    let mut drawn: Vec<u64> = Vec::new();
    while drawn.len() < limit {
        let number = random.range(1, PRODUCTS);
        if !drawn.contains(&number) {
            drawn.push(number);
        }
    }
    let items = drawn.iter().enumerate().map(|(place, number)| {
        json!({
            "sku": format!("p{number}"),
            "score": (990 - 17 * place) as f64 / 1000.0,
            "reason": random.pick(reasons),
            "model": "als-2026-08",
            "features": { "recency": random.range(0, 100), "affinity": random.range(0, 100) },
        })
    });
    Reply::ok(items.collect::<Vec<Value>>().into())
}
