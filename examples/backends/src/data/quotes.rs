//! Prices of a basket that is not an order yet: a POST that changes nothing.

use http::StatusCode;
use serde_json::{Value, json};

use super::{PRODUCTS, catalog, index, money};
use crate::endpoints::Reply;
use crate::request::Ask;

/// The most of one product that a quote takes.
const MOST: i64 = 99;

/// `POST /v1/quotes`: what the lines cost, with shipping, tax and discount. `WELCOME10` is the one coupon there is.
#[must_use]
pub fn quote(ask: &Ask) -> Reply {
    let Some(lines) = ask.body["lines"].as_array().filter(|lines| !lines.is_empty()) else {
        return Reply::refuse(
            StatusCode::BAD_REQUEST,
            "lines must be a list with at least one element",
        );
    };
    let mut priced = Vec::new();
    let mut subtotal = 0;
    for line in lines {
        match price(line) {
            Ok((cents, line)) => {
                subtotal += cents;
                priced.push(line);
            }
            Err(refusal) => return refusal,
        }
    }
    let discount = match ask.body["coupon"].as_str() {
        None => 0,
        Some("WELCOME10") => subtotal / 10,
        Some(_) => return Reply::refuse(StatusCode::UNPROCESSABLE_ENTITY, "this coupon is not valid"),
    };
    let country = ask.body["country"].as_str().unwrap_or("DE");
    let shipping = if subtotal > 10_000 { 0 } else { shipping(country) };
    let total = subtotal - discount + shipping;
    Reply::ok(json!({
        "id": format!("q-{country}-{total}"),
        "lines": priced,
        "country": country,
        "subtotal": money(subtotal),
        "discount": money(discount),
        "shipping": money(shipping),
        "tax": money(total * 19 / 119),
        "total": money(total),
        "validMinutes": 30,
    }))
}

fn shipping(country: &str) -> i64 {
    if country == "DE" { 490 } else { 990 }
}

/// The amount of one line in cents and the line as the quote shows it.
fn price(line: &Value) -> Result<(i64, Value), Reply> {
    let sku = line["sku"].as_str().unwrap_or("");
    let qty = line["qty"].as_i64().filter(|qty| (1..=MOST).contains(qty));
    let Some(qty) = qty else {
        return Err(Reply::refuse(
            StatusCode::UNPROCESSABLE_ENTITY,
            "qty is a number from 1 to 99",
        ));
    };
    let Some(place) = index(sku, "p", PRODUCTS) else {
        return Err(Reply::refuse(
            StatusCode::UNPROCESSABLE_ENTITY,
            "a line names a product that does not exist",
        ));
    };
    let number = place as u64 + 1;
    let unit = catalog::price_cents(number);
    let shown = json!({
        "sku": sku, "title": catalog::title(number), "qty": qty, "unitPrice": money(unit), "amount": money(unit * qty),
    });
    Ok((unit * qty, shown))
}
