//! What the writer makes of any values is JSON that reads back as those values.

#![allow(clippy::expect_used, reason = "helpers of tests")]

use bff_core::{Decimal, Decimals, Doc, Limits, List, Maybe, Out, RawJson, Read, Str, record, t};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Writes a tree through the writer's calls, as generated shapes do.
fn write(out: &mut Out, tree: &Value) {
    match tree {
        Value::Null => out.null(),
        Value::Bool(value) => out.value(*value),
        Value::String(text) => out.value(text),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(int), _) => out.value(int),
            (None, Some(float)) => out.value(float),
            (None, None) => out.null(),
        },
        Value::Array(items) => {
            out.array();
            items.iter().for_each(|item| write(out, item));
            out.end_array();
        }
        Value::Object(fields) => {
            out.object();
            for (key, value) in fields {
                out.key(key);
                write(out, value);
            }
            out.end_object();
        }
    }
}

fn trees() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // Few digits, since serde_json reads the nearest float only with a feature of its own.
        (-1_000_000..1_000_000_i32).prop_map(|it| Value::from(f64::from(it) / 64.0)),
        ".*".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((any::<String>(), inner), 0..6)
                .prop_map(|fields| Value::from(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn text_of(out: Out) -> String {
    String::from_utf8(out.finish().expect("no fault")).expect("UTF-8")
}

record! { Echo<'a> { text: Str<'a> = "text", json: Maybe<RawJson<'a>> = "json", texts: List<'a, Str<'a>> = "texts" } }

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(tree in trees()) {
        let mut out = Out::new();
        write(&mut out, &tree);
        let text = text_of(out);
        prop_assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(tree), "{}", text);
    }

    #[test]
    fn what_is_moved_comes_out_as_it_came(text in any::<String>(), texts in vec(any::<String>(), 0..4), tree in trees()) {
        let body = serde_json::json!({ "text": text, "json": tree, "texts": texts });
        let doc = Doc::decode(body.to_string(), &<Echo<'_> as Read<'_>>::KIND, Limits::DEFAULT).expect("an echo");
        let echo = doc.read::<Echo<'_>>();
        let mut out = Out::new();
        out.object();
        out.put("text", echo.text());
        out.maybe("json", echo.json());
        out.put("texts", echo.texts());
        out.text("both", t![echo.text(), "\"\n", text.as_str()]);
        out.put("owned", echo.text().to_text());
        out.end_object();
        let back: Value = serde_json::from_str(&text_of(out)).expect("JSON");
        prop_assert_eq!(&back["text"], &body["text"]);
        prop_assert_eq!(&back["json"], &body["json"]);
        prop_assert_eq!(&back["texts"], &body["texts"]);
        let both = format!("{text}\"\n{text}");
        prop_assert_eq!(back["both"].as_str(), Some(both.as_str()));
        prop_assert_eq!(back["owned"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn a_decimal_is_written_exactly_and_reads_back(unscaled in any::<i64>(), scale in 0..18_u32) {
        let decimal = Decimal::new(unscaled, scale);
        for decimals in [Decimals::Text, Decimals::Number] {
            let mut out = Out::after(Vec::new(), decimals);
            out.value(decimal);
            let doc = Doc::decode(text_of(out), &<Decimal as Read<'_>>::KIND, Limits::DEFAULT).expect("a decimal");
            prop_assert_eq!(doc.read::<Decimal>(), decimal);
        }
    }
}

#[test]
fn a_float_that_is_not_finite_is_a_fault_and_never_written() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut out = Out::new();
        out.value([1.5, float]);
        assert!(out.finish().is_err());
    }
}

#[test]
fn fields_of_an_object_that_is_text_join_the_open_one() {
    for (fields, joined) in [(r#"{"a":1}"#, r#"{"x":0,"a":1,"y":2}"#), ("{ }", r#"{"x":0,"y":2}"#)] {
        let doc = Doc::decode(fields, &<RawJson<'_> as Read<'_>>::KIND, Limits::DEFAULT).expect("JSON");
        let mut out = Out::new();
        out.object();
        out.put("x", 0);
        out.fields_of(doc.read::<RawJson<'_>>());
        out.put("y", 2);
        out.end_object();
        assert_eq!(text_of(out), joined);
    }
}
