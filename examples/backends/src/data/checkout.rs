//! What a checkout changes: charges and orders that are placed. They live in memory and are numbered, so that a fresh shop that is
//! asked the same in the same order answers alike.

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use http::StatusCode;
use serde_json::{Value, json};

use super::{USERS, index, moment};
use crate::endpoints::Reply;
use crate::request::Ask;

/// The payment token that is always declined.
pub const DECLINED: &str = "tok_declined";

/// What has been changed since the start. One charge, `ch0`, was there before.
struct Ledger {
    charges: Vec<Value>,
    orders: Vec<Value>,
}

static LEDGER: LazyLock<Mutex<Ledger>> = LazyLock::new(|| {
    let first = json!({
        "id": "ch0",
        "amount": { "amount": "9.90", "currency": "EUR" },
        "status": "captured",
        "at": moment(525_000),
    });
    Mutex::new(Ledger {
        charges: vec![first],
        orders: Vec::new(),
    })
});

fn ledger() -> MutexGuard<'static, Ledger> {
    // Whoever panicked had not begun to change it.
    LEDGER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `POST /v1/charges`: takes money.
#[must_use]
pub fn charge(ask: &Ask) -> Reply {
    let amount = &ask.body["amount"];
    let (Some(token), true) = (ask.body["token"].as_str(), amount["amount"].is_string()) else {
        return Reply::refuse(StatusCode::UNPROCESSABLE_ENTITY, "amount and token are needed");
    };
    if token == DECLINED {
        return Reply::refuse(StatusCode::PAYMENT_REQUIRED, "the card was declined");
    }
    let mut ledger = ledger();
    let number = ledger.charges.len();
    let charge = json!({
        "id": format!("ch{number}"),
        "amount": amount,
        "status": "captured",
        "at": moment(525_600),
    });
    ledger.charges.push(charge.clone());
    Reply::ok(charge)
}

/// `GET /v1/charges/{id}`.
#[must_use]
pub fn charged(ask: &Ask) -> Reply {
    let ledger = ledger();
    Reply::found(ledger.charges.iter().find(|it| it["id"] == ask.id()).cloned(), "charge")
}

/// `POST /v1/charges/{id}/refunds`: gives it back. A second time changes nothing.
#[must_use]
pub fn refund(ask: &Ask) -> Reply {
    let mut ledger = ledger();
    let charge = ledger.charges.iter_mut().find(|it| it["id"] == ask.id());
    let refunded = charge.map(|charge| {
        charge["status"] = "refunded".into();
        charge.clone()
    });
    Reply::found(refunded, "charge")
}

/// `POST /v1/orders`: makes an order out of a cart that was paid for.
#[must_use]
pub fn place(ask: &Ask) -> Reply {
    let text = |name: &str| ask.body[name].as_str().unwrap_or("");
    let mut ledger = ledger();
    let paid = ledger
        .charges
        .iter()
        .any(|it| it["id"] == text("payment") && it["status"] == "captured");
    if index(text("customer"), "u", USERS).is_none() || !paid {
        return Reply::refuse(StatusCode::CONFLICT, "a customer and a payment that stands are needed");
    }
    let number = ledger.orders.len() + 1;
    let order = json!({
        "id": format!("n{number}"),
        "number": format!("2026-{number:06}"),
        "cartId": text("cart"),
        "customerId": text("customer"),
        "paymentId": text("payment"),
        "note": ask.body["note"],
        "placedAt": moment(525_600),
    });
    ledger.orders.push(order.clone());
    Reply::ok(order)
}
