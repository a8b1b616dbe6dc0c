//! Points and tiers. Member `m1` is user `u1`.

use serde_json::{Value, json};

use super::random::Random;
use super::{USERS, day, index};
use crate::endpoints::Reply;
use crate::request::Ask;

/// `GET /v1/members/{id}`.
#[must_use]
pub fn member(ask: &Ask) -> Reply {
    let member = index(ask.id(), "m", USERS).map(|place| {
        let mut random = Random::of("member", place as u64);
        let balance = random.range(0, 9_000);
        let tier = match balance {
            0..1_000 => "basic",
            1_000..4_000 => "silver",
            4_000..8_000 => "gold",
            _ => "platinum",
        };
        let history: Vec<Value> = (0..12)
            .map(|month| {
                let points = random.signed(0, 600) - 200;
                json!({ "on": day(500_000 - month * 43_200), "points": points, "reason": random.pick(&["order", "review", "refund"]) })
            })
            .collect();
        json!({
            "id": ask.id(),
            "balance": balance,
            "tier": tier,
            "expiresOn": day(700_000),
            "pointsToNextTier": if tier == "platinum" { Value::Null } else { json!(random.range(50, 3_000)) },
            "history": history,
        })
    });
    Reply::found(member, "member")
}
