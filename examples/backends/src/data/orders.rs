//! Orders of 25 fields (100 of them are about 68 KB), their events, and carts.

use std::sync::LazyLock;

use http::StatusCode;
use serde_json::{Value, json};

use super::random::Random;
use super::words::{CARRIERS, CITIES, COUNTRIES, STREETS};
use super::{ORDERS, PARTNERS, PRODUCTS, USERS, catalog, decimal, index, moment, money, page, users};
use crate::endpoints::Reply;
use crate::request::Ask;

/// The states of an order, in the order in which it goes through them; the last two end it early.
pub const STATUSES: [&str; 6] = ["placed", "paid", "shipped", "delivered", "cancelled", "returned"];

static ALL: LazyLock<Vec<Value>> = LazyLock::new(|| (1..=ORDERS).map(make).collect());

/// Makes the orders now, and the users that they name.
pub(super) fn prepare() {
    LazyLock::force(&ALL);
}

/// Every order, the oldest first.
pub(super) fn all() -> &'static [Value] {
    &ALL
}

/// One order by id.
pub(super) fn by_id(id: &str) -> Option<&'static Value> {
    index(id, "o", ORDERS).and_then(|at| ALL.get(at))
}

/// `GET /v1/orders/{id}`.
#[must_use]
pub fn order(ask: &Ask) -> Reply {
    Reply::found(by_id(ask.id()).cloned(), "order")
}

/// `GET /v1/orders`: newest first, by customer, seller, partner and status.
#[must_use]
pub fn list(ask: &Ask) -> Reply {
    if ask.get("status").is_some_and(|status| !STATUSES.contains(&status)) {
        return Reply::refuse(StatusCode::BAD_REQUEST, "status is not one that orders have");
    }
    let filters = [
        ("customer", "customerId"),
        ("seller", "sellerId"),
        ("partner", "partnerId"),
        ("status", "status"),
    ];
    let wanted: Vec<(&str, &str)> = filters
        .into_iter()
        .filter_map(|(name, field)| Some((field, ask.get(name)?)))
        .collect();
    let fits = |order: &&Value| wanted.iter().all(|(field, value)| order[*field] == **value);
    let found: Vec<&Value> = ALL.iter().rev().filter(fits).collect();
    match page(&found, ask.get("cursor"), ask.number("limit", 20, 100)) {
        Ok(page) => Reply::ok(page),
        Err(reason) => Reply::refuse(StatusCode::BAD_REQUEST, reason),
    }
}

/// `GET /v1/orders/{id}/events`: what happened to an order, oldest first.
#[must_use]
pub fn events(ask: &Ask) -> Reply {
    let Some(order) = by_id(ask.id()) else {
        return Reply::found(None, "order");
    };
    let reached = STATUSES
        .iter()
        .position(|status| order["status"] == *status)
        .unwrap_or(0);
    let passed: &[&str] = match reached {
        4 => &["placed", "cancelled"],
        5 => &["placed", "paid", "shipped", "delivered", "returned"],
        reached => &STATUSES[..=reached],
    };
    let number = index(ask.id(), "o", ORDERS).unwrap_or(0) as u64 + 1;
    let mut at = placed(number);
    let events = passed.iter().enumerate().map(|(step, status)| {
        at += if step == 0 {
            0
        } else {
            60 * 7 * i64::try_from(step).unwrap_or(1)
        };
        json!({ "status": status, "at": moment(at), "by": if step == 0 { "customer" } else { "system" } })
    });
    Reply::ok(events.collect())
}

/// `GET /v1/carts/{customer}`.
#[must_use]
pub fn cart(ask: &Ask) -> Reply {
    let Some(place) = index(ask.id(), "u", USERS) else {
        return Reply::found(None, "cart");
    };
    let mut random = Random::of("cart", place as u64);
    let (lines, subtotal) = lines(&mut random);
    Reply::ok(json!({
        "id": format!("cart-{}", ask.id()),
        "customerId": ask.id(),
        "lines": lines,
        "subtotal": money(subtotal),
        "updatedAt": moment(525_000),
    }))
}

/// When an order was placed, in minutes of the shop's year: one about every three and a half hours.
fn placed(number: u64) -> i64 {
    let jitter = Random::of("placed", number).signed(0, 200);
    i64::try_from(number).unwrap_or(0) * 216 + jitter
}

/// The lines of an order or cart, and their sum in cents. All lines are of one seller, as the shop splits orders.
fn lines(r: &mut Random) -> (Value, i64) {
    let first = r.range(1, PRODUCTS);
    let mut sum = 0;
    let lines = (0..r.range(1, 2)).map(|step| {
        let number = 1 + (first - 1 + step * super::ORGS * 3) % PRODUCTS;
        let (qty, price) = (r.signed(1, 3), catalog::price_cents(number));
        sum += qty * price;
        json!({ "sku": format!("p{number}"), "title": catalog::title(number), "qty": qty, "unitPrice": decimal(price) })
    });
    let lines = lines.collect();
    (lines, sum)
}

fn make(number: u64) -> Value {
    let mut random = Random::of("order", number);
    let r = &mut random;
    let customer = usize::try_from(r.range(0, USERS - 1)).unwrap_or(0);
    let buyer = users::at(customer);
    let (lines, subtotal) = lines(r);
    let shipping = if subtotal > 10_000 { 0 } else { 490 };
    let discount = if r.chance(20) { subtotal / 10 } else { 0 };
    let at = placed(number);
    let status = status(r, number);
    let on_its_way = matches!(status, "shipped" | "delivered" | "returned");
    let first: u64 = lines[0]["sku"]
        .as_str()
        .and_then(|sku| sku.strip_prefix('p')?.parse().ok())
        .unwrap_or(1);
    json!({
        "id": format!("o{number}"),
        "number": format!("2026-{number:06}"),
        "status": status,
        "customerId": buyer["id"],
        "partnerId": if r.chance(60) { Value::from(format!("pt{}", r.range(1, PARTNERS))) } else { Value::Null },
        "sellerId": catalog::seller(first),
        "channel": r.pick(&["app", "web", "partner"]),
        "placedAt": moment(at),
        "updatedAt": moment(at + 600),
        "total": money(subtotal + shipping - discount),
        "subtotal": decimal(subtotal),
        "shippingCost": decimal(shipping),
        "discount": decimal(discount),
        "tax": decimal((subtotal + shipping - discount) * 19 / 119),
        "lines": lines,
        "buyerName": buyer["displayName"],
        "buyerEmail": buyer["email"],
        "shippingAddress": {
            "street": format!("{} {}", r.pick(STREETS), r.range(1, 140)),
            "city": r.pick(CITIES), "country": r.pick(COUNTRIES),
        },
        "paymentId": format!("pay{number}"),
        "carrier": if on_its_way { Value::from(r.pick(CARRIERS)) } else { Value::Null },
        "trackingCode": if on_its_way { Value::from(r.hex(12).to_uppercase()) } else { Value::Null },
        "giftWrap": r.chance(8),
        "note": if r.chance(10) { Value::from(r.sentence(6)) } else { Value::Null },
        "warehouse": r.pick(&["BER1", "HAM2", "LYS1", "MAD3"]),
        "revision": r.range(1, 9),
    })
}

/// Recent orders are still on their way, old ones have arrived.
fn status(r: &mut Random, number: u64) -> &'static str {
    if r.chance(4) {
        return "cancelled";
    }
    match ORDERS - number {
        0..20 => r.pick(&["placed", "paid"]),
        20..80 => r.pick(&["paid", "shipped"]),
        80..160 => r.pick(&["shipped", "delivered"]),
        _ if r.chance(5) => "returned",
        _ => "delivered",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_has_25_fields_and_a_hundred_are_about_68_kilobytes() {
        assert_eq!(ALL[0].as_object().map(serde_json::Map::len), Some(25));
        let latest: usize = ALL[ALL.len() - 100..].iter().map(|order| order.to_string().len()).sum();
        assert!((62_000..75_000).contains(&latest), "{latest}");
    }

    #[test]
    fn orders_get_later_with_their_number() {
        let times: Vec<_> = ALL.iter().map(|order| order["placedAt"].as_str().unwrap()).collect();
        assert!(times.is_sorted());
    }

    #[test]
    fn every_status_occurs() {
        for status in STATUSES {
            assert!(ALL.iter().any(|order| order["status"] == status), "{status}");
        }
    }
}
