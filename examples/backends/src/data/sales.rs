//! What a seller sold: orders of a period, summed up per product.

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::{Value, json};

use super::{ORGS, decimal, index, orders};
use crate::endpoints::Reply;
use crate::request::Ask;

#[derive(Default)]
struct Sum {
    title: String,
    units: i64,
    gross: i64,
    returned: i64,
}

/// `GET /v1/sales`: one row per product sold from `from` to `to` (dates, both included), the best first.
#[must_use]
pub fn report(ask: &Ask) -> Reply {
    let (Some(org), Some(from), Some(to)) = (ask.get("org"), ask.get("from"), ask.get("to")) else {
        return Reply::refuse(StatusCode::BAD_REQUEST, "org, from and to must be given");
    };
    if index(org, "s", ORGS).is_none() {
        return Reply::found(None, "org");
    }
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    let (mut count, mut total) = (0, 0);
    for order in orders::all()
        .iter()
        .filter(|order| order["sellerId"] == org && is_within(order, from, to))
    {
        count += 1;
        for line in order["lines"].as_array().into_iter().flatten() {
            total += add(&mut sums, order, line);
        }
    }
    let mut rows: Vec<(&str, Sum)> = sums.into_iter().collect();
    rows.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.gross));
    let shown = rows
        .iter()
        .take(ask.number("limit", 50, 200))
        .map(|(sku, sum)| row(sku, sum));
    Reply::ok(json!({
        "org": org, "from": from, "to": to, "currency": "EUR", "orders": count,
        "gross": decimal(total), "net": decimal(net(total)), "items": shown.collect::<Vec<_>>(),
    }))
}

fn is_within(order: &Value, from: &str, to: &str) -> bool {
    let day = order["placedAt"].as_str().and_then(|at| at.get(..10)).unwrap_or("");
    order["status"] != "cancelled" && from <= day && day <= to
}

/// Adds one line of an order; gives its amount in cents.
fn add<'a>(sums: &mut BTreeMap<&'a str, Sum>, order: &Value, line: &'a Value) -> i64 {
    let qty = line["qty"].as_i64().unwrap_or(0);
    let price = line["unitPrice"]
        .as_str()
        .and_then(|text| text.replace('.', "").parse().ok())
        .unwrap_or(0);
    let sum = sums.entry(line["sku"].as_str().unwrap_or("")).or_default();
    sum.title = line["title"].as_str().unwrap_or("").to_owned();
    sum.units += qty;
    sum.gross += qty * price;
    if order["status"] == "returned" {
        sum.returned += qty;
    }
    qty * price
}

fn net(gross: i64) -> i64 {
    gross * 100 / 119
}

fn row(sku: &str, sum: &Sum) -> Value {
    let net = net(sum.gross);
    json!({
        "sku": sku, "title": sum.title, "units": sum.units, "returned": sum.returned,
        "gross": decimal(sum.gross), "net": decimal(net), "margin": decimal(net * 38 / 100),
    })
}
