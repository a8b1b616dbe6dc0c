//! What the upstream answers: a user of 300 bytes, a profile of 3.6 KB with 60 fields, 100 orders of 25 fields in 68 KB.
use serde_json::{Map, Value, json};

pub(crate) fn user() -> String {
    json!({
        "id": "u-1", "name": "Ada Lovelace", "locale": "en-GB", "tier": "gold",
        "avatar": "https://images.example/avatars/u-1.png?size=256&format=webp",
        "links": { "self": "/users/u-1", "orders": "/orders?customer=u-1", "profile": "/profiles/u-1" },
        "flags": ["beta", "newsletter"], "updatedAt": "2026-03-01T09:30:00Z", "version": 17
    })
    .to_string()
}

pub(crate) fn profile() -> String {
    let mut fields = Map::new();
    let kept = [
        ("id", json!("u-1")),
        ("displayName", json!("Ada \"The Countess\" Lovelace")),
        ("email", json!("ada@example.org")),
        ("city", json!("London")),
        ("country", json!("GB")),
        ("points", json!(12_345)),
        ("verified", json!(true)),
        ("createdAt", json!("2024-05-06T07:08:09Z")),
    ];
    // What is kept stands between what is not, as in real answers.
    for (index, (name, value)) in kept.into_iter().enumerate() {
        fields.insert(name.into(), value);
        for place in 0..if index < 4 { 7 } else { 6 } {
            fields.insert(format!("attribute_{index}_{place}"), filler(index * 7 + place, 87));
        }
    }
    Value::Object(fields).to_string()
}

pub(crate) fn orders() -> String {
    let items: Vec<Value> = (0..100).map(order).collect();
    json!({ "items": items, "total": 100, "next": null }).to_string()
}

fn order(number: usize) -> Value {
    let mut fields = Map::new();
    fields.insert("id".into(), json!(format!("o-{number:05}")));
    fields.insert("status".into(), json!(["placed", "paid", "shipped"][number % 3]));
    fields.insert("total".into(), json!(1000 + number * 37));
    fields.insert("currency".into(), json!("EUR"));
    for place in 0..21 {
        fields.insert(format!("detail_{place}"), filler(number + place, 24));
    }
    Value::Object(fields)
}

/// Texts mostly, some numbers, nulls and small objects.
fn filler(seed: usize, width: usize) -> Value {
    match seed % 8 {
        0 => json!(seed * 7919),
        1 => json!(null),
        2 => json!({ "a": seed, "b": ["x", "y"] }),
        3 => json!(seed % 16 == 3),
        _ => json!(format!("{:.<width$}", format!("a text with number {seed} "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_have_the_sizes_that_are_promised() {
        let count = |text: &str| serde_json::from_str::<Value>(text).unwrap().as_object().unwrap().len();
        assert_eq!(count(&profile()), 60);
        assert!((250..350).contains(&user().len()), "{}", user().len());
        assert!((3_400..3_800).contains(&profile().len()), "{}", profile().len());
        assert!((66_000..70_000).contains(&orders().len()), "{}", orders().len());
    }
}
