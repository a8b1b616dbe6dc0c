//! What decoding costs: 100 orders of 25 fields, five of them read and written out, ours beside serde_json.
//!
//! `cargo bench -p bff-core --bench decode`. Minimum over many rounds, contenders in turn within each round.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a program that prints figures"
)]

use bff_core::{Decimal, Doc, Id, Limits, List, Out, Raw, Read, Str, record};
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::time::{Duration, Instant};

record! {
    Order<'a> {
        id: Id<'a> = "id",
        status: Str<'a> = "status",
        total: Raw<'a, Decimal> = "total",
        placed: Str<'a> = "placedAt",
        items: Raw<'a, i64> = "itemCount",
    }
}

#[derive(Deserialize, Serialize)]
struct Typed<'a> {
    id: u64,
    #[serde(borrow)]
    status: std::borrow::Cow<'a, str>,
    total: f64,
    #[serde(borrow, rename = "placedAt")]
    placed: std::borrow::Cow<'a, str>,
    #[serde(rename = "itemCount")]
    items: i64,
}

/// About 68 KB: numbers, short and long texts, nested objects and lists, few escapes.
fn orders() -> String {
    let order = |n: usize| {
        format!(
            r#"{{"id":{id},"number":"A-2024-{id}","status":"shipped","placedAt":"2024-05-{day:02}T10:{day:02}:00Z","updatedAt":"2024-06-{day:02}T11:00:00Z","currency":"EUR","total":{total}.90,"subtotal":{total}.10,"tax":8.80,"discount":0.0,"itemCount":{n},"channel":"web","note":"Please leave it at the door, \"thanks\"","gift":false,"express":true,"customer":{{"id":{n},"name":"Customer Number {n}","email":"customer{n}@example.com"}},"address":{{"street":"Long Street {n}","city":"Springfield","zip":"12345","country":"DE"}},"tags":["new","priority","b2c"],"weight":1.25,"carrier":"dhl","tracking":null,"warehouse":"fra-{day:02}","rating":4.5,"source":"organic","version":3}}"#,
            id = 100_000 + n,
            day = n % 28 + 1,
            total = n * 7 + 20,
        )
    };
    format!("[{}]", (0..100).map(order).collect::<Vec<_>>().join(","))
}

fn ours(body: &[u8]) -> Vec<u8> {
    let doc = Doc::decode(body, &<List<'_, Order<'_>> as Read<'_>>::KIND, Limits::DEFAULT).expect("orders");
    let mut out = Out::after(Vec::with_capacity(16 << 10), bff_core::Decimals::Number);
    out.array();
    for order in doc.read::<List<'_, Order<'_>>>() {
        out.object();
        out.put("id", order.id());
        out.put("status", order.status());
        out.put("total", order.total());
        out.put("placedAt", order.placed());
        out.put("itemCount", order.items());
        out.end_object();
    }
    out.end_array();
    out.finish().expect("no fault")
}

fn decode_only(body: &[u8]) -> Doc {
    Doc::decode(body, &<List<'_, Order<'_>> as Read<'_>>::KIND, Limits::DEFAULT).expect("orders")
}

fn typed(body: &[u8]) -> Vec<u8> {
    let orders: Vec<Typed<'_>> = serde_json::from_slice(body).expect("orders");
    serde_json::to_vec(&orders).expect("JSON")
}

fn value(body: &[u8]) -> Vec<u8> {
    let mut orders: serde_json::Value = serde_json::from_slice(body).expect("orders");
    for order in orders.as_array_mut().expect("a list") {
        let fields = order.as_object_mut().expect("an object");
        fields.retain(|key, _| ["id", "status", "total", "placedAt", "itemCount"].contains(&key.as_str()));
    }
    serde_json::to_vec(&orders).expect("JSON")
}

fn time<R>(rounds: u32, mut work: impl FnMut() -> R) -> Duration {
    let start = Instant::now();
    for _ in 0..rounds {
        black_box(work());
    }
    start.elapsed() / rounds
}

fn main() {
    let text = orders();
    let body = text.as_bytes();
    let pretty =
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&text).expect("JSON")).expect("JSON");
    let small = &text[1..text.find("},{\"id\"").expect("an order") + 1];
    let small = format!("[{small}]");
    let read = |answer: Vec<u8>| serde_json::from_slice::<serde_json::Value>(&answer).expect("JSON");
    assert_eq!(
        read(ours(body)),
        read(typed(body)),
        "all contenders give the same answer"
    );
    assert_eq!(
        read(ours(body)),
        read(value(body)),
        "all contenders give the same answer"
    );
    for (name, body) in [
        ("compact", body),
        ("indented", pretty.as_bytes()),
        ("one", small.as_bytes()),
    ] {
        let rounds = if body.len() < 5000 { 2000 } else { 50 };
        let mut best = [Duration::MAX; 6];
        for _ in 0..25 {
            let now = [
                time(rounds, || decode_only(body)),
                time(rounds, || ours(body)),
                time(rounds, || typed(body)),
                time(rounds, || value(body)),
                time(rounds, || serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok()),
                time(rounds, || std::str::from_utf8(body).is_ok()),
            ];
            best = std::array::from_fn(|at| best[at].min(now[at]));
        }
        println!("{name}: {} bytes", body.len());
        for (what, time) in [
            "decode",
            "decode + write",
            "serde_json typed",
            "serde_json Value",
            "serde_json ignoring all",
            "from_utf8",
        ]
        .iter()
        .zip(best)
        {
            let rate = body.len() as f64 / time.as_nanos() as f64;
            println!("  {what:24} {:>9} ns {rate:6.2} GB/s", time.as_nanos());
        }
    }
}
