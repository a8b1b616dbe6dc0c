//! Ratings and reviews of products.

use http::StatusCode;
use serde_json::{Value, json};

use super::random::Random;
use super::words::{FAMILY, GIVEN};
use super::{PRODUCTS, index, moment, page};
use crate::endpoints::Reply;
use crate::request::Ask;

/// `GET /v1/products/{id}/summary`.
#[must_use]
pub fn summary(ask: &Ask) -> Reply {
    Reply::found(index(ask.id(), "p", PRODUCTS).map(summarise), "product")
}

/// `GET /v1/ratings?productIds=`: those that exist, in the order asked for.
#[must_use]
pub fn ratings(ask: &Ask) -> Reply {
    let places = ask
        .list("productIds")
        .into_iter()
        .filter_map(|id| index(id, "p", PRODUCTS));
    Reply::ok(places.map(summarise).collect())
}

/// `GET /v1/products/{id}/reviews`: the newest first.
#[must_use]
pub fn list(ask: &Ask) -> Reply {
    let Some(place) = index(ask.id(), "p", PRODUCTS) else {
        return Reply::found(None, "product");
    };
    let reviews: Vec<Value> = (0..count(place)).map(|number| review(place, number)).collect();
    let shown: Vec<&Value> = reviews.iter().collect();
    match page(&shown, ask.get("cursor"), ask.number("limit", 10, 50)) {
        Ok(page) => Reply::ok(page),
        Err(reason) => Reply::refuse(StatusCode::BAD_REQUEST, reason),
    }
}

/// How many reviews a product has; one in ten has none.
fn count(place: usize) -> u64 {
    let mut random = Random::of("review count", place as u64);
    if random.chance(10) { 0 } else { random.range(1, 60) }
}

fn stars(place: usize, number: u64) -> u64 {
    let mut random = Random::of("stars", place as u64 * 1_000 + number);
    if random.chance(75) {
        random.range(4, 5)
    } else {
        random.range(1, 3)
    }
}

fn summarise(place: usize) -> Value {
    let count = count(place);
    let mut histogram = [0_u64; 5];
    let mut sum = 0;
    for number in 0..count {
        let stars = stars(place, number);
        sum += stars;
        if let Some(slot) = usize::try_from(stars - 1).ok().and_then(|at| histogram.get_mut(at)) {
            *slot += 1;
        }
    }
    let average = (sum * 1000)
        .checked_div(count)
        .map(|thousandths| thousandths as f64 / 1000.0);
    json!({
        "productId": format!("p{}", place + 1),
        "count": count,
        "average": average,
        "histogram": { "one": histogram[0], "two": histogram[1], "three": histogram[2], "four": histogram[3], "five": histogram[4] },
    })
}

fn review(place: usize, number: u64) -> Value {
    let mut random = Random::of("review", place as u64 * 1_000 + number);
    json!({
        "id": format!("r{}-{number}", place + 1),
        "productId": format!("p{}", place + 1),
        "stars": stars(place, number),
        "title": random.sentence(4),
        "text": random.sentence(30),
        "author": { "id": format!("u{}", random.range(1, super::USERS)), "name": format!("{} {}", random.pick(GIVEN), random.pick(FAMILY)) },
        "verified": random.chance(80),
        "helpful": random.range(0, 120),
        "createdAt": moment(520_000 - i64::try_from(number).unwrap_or(0) * 4_000),
        "ip": format!("192.0.2.{}", random.range(1, 254)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_agrees_with_its_histogram() {
        let summary = summarise(3);
        let histogram: u64 = summary["histogram"]
            .as_object()
            .unwrap()
            .values()
            .filter_map(Value::as_u64)
            .sum();
        assert_eq!(Some(histogram), summary["count"].as_u64());
    }

    #[test]
    fn some_product_has_no_review_and_so_no_average() {
        assert!(
            (0..PRODUCTS as usize)
                .map(summarise)
                .any(|summary| summary["count"] == 0 && summary["average"].is_null())
        );
    }
}
