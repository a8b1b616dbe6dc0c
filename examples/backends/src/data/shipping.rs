//! Where the parcel of an order is.

use serde_json::{Value, json};

use super::random::Random;
use super::words::CITIES;
use super::{ORDERS, day, index, orders};
use crate::endpoints::Reply;
use crate::request::Ask;

/// `GET /v1/orders/{id}/shipment`: 404 until an order has left the warehouse.
#[must_use]
pub fn shipment(ask: &Ask) -> Reply {
    let place = index(ask.id(), "o", ORDERS);
    let order = orders::by_id(ask.id()).filter(|order| order["trackingCode"].is_string());
    let shipment = place.zip(order).map(|(place, order)| {
        let mut random = Random::of("shipment", place as u64);
        let days = i64::try_from(place).unwrap_or(0) * 216 + 3 * 24 * 60;
        let scans: Vec<Value> = (0..random.range(2, 6))
            .map(|step| json!({ "city": random.pick(CITIES), "code": random.pick(&["accepted", "sorted", "loaded"]), "step": step }))
            .collect();
        json!({
            "orderId": order["id"],
            "carrier": order["carrier"],
            "trackingCode": order["trackingCode"],
            "trackingUrl": format!("https://track.shop.example/{}", order["trackingCode"].as_str().unwrap_or("")),
            "state": if order["status"] == "shipped" { "in_transit" } else { "delivered" },
            "expectedOn": day(days),
            "scans": scans,
            "weightGrams": random.range(200, 30_000),
        })
    });
    Reply::found(shipment, "shipment")
}
