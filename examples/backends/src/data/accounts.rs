//! Who sells and who resells: organisations and partners.

use serde_json::json;

use super::random::Random;
use super::words::{BRANDS, CITIES, FAMILY};
use super::{ORGS, PARTNERS, index, moment};
use crate::endpoints::Reply;
use crate::request::Ask;

/// The name of seller organisation `number`.
pub(super) fn org_name(number: u64) -> String {
    let mut random = Random::of("org name", number);
    format!(
        "{} {}",
        random.pick(FAMILY),
        random.pick(&["Home", "Design", "Atelier", "Store"])
    )
}

/// `GET /v1/orgs/{id}`.
#[must_use]
pub fn org(ask: &Ask) -> Reply {
    let org = index(ask.id(), "s", ORGS).map(|place| {
        let number = place as u64 + 1;
        let mut random = Random::of("org", number);
        json!({
            "id": ask.id(),
            "name": org_name(number),
            "city": random.pick(CITIES),
            "plan": random.pick(&["starter", "growth", "pro"]),
            "brands": [random.pick(BRANDS), random.pick(BRANDS)],
            "contact": { "email": format!("seller{number}@shop.example"), "phone": format!("+49 40 {}", random.range(100_000, 999_999)) },
            "vatId": format!("DE{}", random.range(100_000_000, 999_999_999)),
            "iban": format!("DE{} {}", random.range(10, 99), random.hex(18)),
            "joinedAt": moment(random.signed(0, 100_000)),
            "rating": random.range(30, 50) as f64 / 10.0,
        })
    });
    Reply::found(org, "org")
}

/// `GET /v1/partners/{id}`.
#[must_use]
pub fn partner(ask: &Ask) -> Reply {
    let partner = index(ask.id(), "pt", PARTNERS).map(|place| {
        let mut random = Random::of("partner", place as u64);
        json!({
            "id": ask.id(),
            "name": format!("{} Reselling", random.pick(FAMILY)),
            "plan": if place == 0 { "pro" } else { "free" },
            "webhookUrl": format!("https://partner{}.example/hooks", place + 1),
            "apiKeyHash": random.hex(64),
            "createdAt": moment(random.signed(0, 100_000)),
        })
    });
    Reply::found(partner, "partner")
}
