//! Money: payouts to sellers, payment methods of customers, payments of orders.

use serde_json::{Value, json};

use super::random::Random;
use super::{ORDERS, ORGS, USERS, day, index, money, orders};
use crate::endpoints::Reply;
use crate::request::Ask;

/// `GET /v1/payouts`: the newest first, one a week.
#[must_use]
pub fn payouts(ask: &Ask) -> Reply {
    let org = ask.get("org").unwrap_or("");
    let Some(place) = index(org, "s", ORGS) else {
        return Reply::found(None, "org");
    };
    let mut random = Random::of("payouts", place as u64);
    let limit = ask.number("limit", 10, 50);
    let items = (0..limit).map(|week| {
        let on = 520_000 - i64::try_from(week).unwrap_or(0) * 7 * 24 * 60;
        json!({
            "id": format!("po-{org}-{week}"),
            "amount": money(random.signed(40_000, 900_000)),
            "fee": money(random.signed(400, 9_000)),
            "status": if week == 0 { "pending" } else { "paid" },
            "on": day(on),
            "account": format!("DE** **** **** {:04}", random.range(0, 9_999)),
            "orders": random.range(5, 60),
        })
    });
    let items: Vec<Value> = items.collect();
    Reply::ok(json!({
        "org": org,
        "balance": money(random.signed(10_000, 400_000)),
        "nextPayoutOn": day(524_160),
        "items": items,
    }))
}

/// `GET /v1/customers/{id}/methods`.
#[must_use]
pub fn methods(ask: &Ask) -> Reply {
    let Some(place) = index(ask.id(), "u", USERS) else {
        return Reply::found(None, "customer");
    };
    let mut random = Random::of("methods", place as u64);
    let methods = (1..=random.range(1, 3)).map(|number| {
        json!({
            "id": format!("pm{}-{number}", place + 1),
            "kind": random.pick(&["card", "sepa", "wallet"]),
            "last4": format!("{:04}", random.range(0, 9_999)),
            "expires": format!("{}-{:02}", random.range(2027, 2031), random.range(1, 12)),
            "default": number == 1,
            "token": random.hex(40),
        })
    });
    Reply::ok(methods.collect())
}

/// `GET /v1/payments/{id}`.
#[must_use]
pub fn payment(ask: &Ask) -> Reply {
    let order = index(ask.id(), "pay", ORDERS).and_then(|place| orders::all().get(place));
    let payment = order.map(|order| {
        let mut random = Random::of("payment", index(ask.id(), "pay", ORDERS).unwrap_or(0) as u64);
        let status = match order["status"].as_str() {
            Some("placed") => "authorised",
            Some("cancelled") => "voided",
            Some("returned") => "refunded",
            _ => "captured",
        };
        json!({
            "id": ask.id(),
            "orderId": order["id"],
            "amount": order["total"],
            "status": status,
            "kind": random.pick(&["card", "sepa", "wallet"]),
            "last4": format!("{:04}", random.range(0, 9_999)),
            "processor": { "name": "paylane", "reference": random.hex(32), "riskScore": random.range(0, 100) },
            "at": order["placedAt"],
        })
    });
    Reply::found(payment, "payment")
}
