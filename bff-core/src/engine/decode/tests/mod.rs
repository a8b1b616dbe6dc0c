//! The decoder against serde_json, and the promises that are its own.

mod dice;
mod oracle;

use crate::engine::decode::Limits;
use crate::engine::doc::Doc;
use crate::engine::plan::{Field, Kind, Names, Plan, UnionPlan};
use dice::{Dice, leak};
use oracle::{Tree, reference, tree};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any};
use proptest::{prop_assert, prop_assert_eq, proptest};

fn decode(body: &[u8], kind: &'static Kind) -> Option<Tree> {
    let doc = Doc::decode(body, kind, Limits::DEFAULT).ok()?;
    Some(tree(&doc, kind))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reads_what_serde_json_reads_and_refuses_what_it_refuses(bytes in vec(any::<u8>(), 0..600)) {
        let mut dice = Dice::new(&bytes);
        let kind = leak(dice.root());
        let mut text = String::new();
        dice.document(kind, 3, &mut text);
        prop_assert_eq!(decode(text.as_bytes(), kind), reference(text.as_bytes(), kind), "{} as {:?}", text, kind);
    }

    #[test]
    fn a_damaged_body_is_read_as_serde_json_reads_it(bytes in vec(any::<u8>(), 0..600)) {
        let mut dice = Dice::new(&bytes);
        let mut damage = Dice::new(&bytes[bytes.len() / 2..]);
        let kind = leak(dice.root());
        let mut text = String::new();
        dice.document(kind, 3, &mut text);
        let mut body = text.into_bytes();
        damage.mutate(&mut body);
        let shown = String::from_utf8_lossy(&body).into_owned();
        prop_assert_eq!(decode(&body, kind), reference(&body, kind), "{} as {:?}", shown, kind);
        let (doc, problems) = Doc::decode_input(body.clone(), kind, Limits::DEFAULT);
        prop_assert_eq!(problems.is_empty(), decode(&body, kind).is_some(), "{} as {:?}", shown, kind);
        prop_assert!(doc.is_some() || !problems.is_empty());
    }

    #[test]
    fn what_is_skipped_has_to_be_json(bytes in vec(any::<u8>(), 0..600)) {
        let mut dice = Dice::new(&bytes);
        let mut damage = Dice::new(&bytes[bytes.len() / 2..]);
        let mut text = String::from("{\"skipped\":");
        dice.anything(5, &mut text);
        text.push('}');
        let mut body = text.into_bytes();
        damage.mutate(&mut body);
        let shown = String::from_utf8_lossy(&body).into_owned();
        static NOTHING: Plan = Plan::new("Nothing", &[]);
        let kind = leak(Kind::Rec(|| &NOTHING));
        prop_assert_eq!(decode(&body, kind), reference(&body, kind), "{}", shown);
    }

    #[test]
    fn no_bytes_make_it_panic(body in vec(any::<u8>(), 0..64), bytes in vec(any::<u8>(), 0..32)) {
        let kind = leak(Dice::new(&bytes).kind(3));
        prop_assert_eq!(decode(&body, kind), reference(&body, kind));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_body_that_is_cut_anywhere_is_refused(bytes in vec(any::<u8>(), 0..600)) {
        let mut dice = Dice::new(&bytes);
        let kind = leak(Kind::List(leak(dice.root())));
        let mut text = String::new();
        dice.document(kind, 3, &mut text);
        let text = text.trim_end();
        for end in (0..text.len()).filter(|_| text.ends_with(']')) {
            prop_assert!(decode(&text.as_bytes()[..end], kind).is_none(), "{}", &text[..end]);
        }
    }
}

static ITEM: Plan = Plan::new(
    "Item",
    &[
        Field::new("a", Kind::Null(&Kind::Int)),
        Field::new("b", Kind::Null(&Kind::Int)),
    ],
);
static ITEMS: Kind = Kind::List(&Kind::Rec(|| &ITEM));

#[test]
fn nesting_is_bounded_for_what_is_read_and_for_what_is_skipped() {
    let nested = |depth: usize, inside: &str| format!("{}{inside}{}", "[".repeat(depth), "]".repeat(depth));
    let objects = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    for (kind, outside) in [(&Kind::Json, 0), (&ITEMS, 2)] {
        let wrap = |inside: String| {
            if outside == 0 {
                inside
            } else {
                format!("[{{\"x\":{inside}}}]")
            }
        };
        assert!(decode(wrap(nested(127 - outside, "")).as_bytes(), kind).is_some());
        assert!(decode(wrap(nested(128 - outside, "")).as_bytes(), kind).is_none());
        assert!(decode(wrap(objects(127 - outside)).as_bytes(), kind).is_some());
        assert!(decode(wrap(objects(128 - outside)).as_bytes(), kind).is_none());
        assert!(decode(wrap(nested(100_000, "")).as_bytes(), kind).is_none());
    }
    assert!(serde_json::from_str::<serde_json::Value>(&nested(127, "")).is_ok());
    assert!(serde_json::from_str::<serde_json::Value>(&nested(128, "")).is_err());
}

#[test]
fn depth_is_of_what_is_open_and_not_of_what_was() {
    let many = format!("[{}]", vec!["{\"x\":[[]],\"a\":1}"; 500].join(","));
    assert!(decode(many.as_bytes(), &ITEMS).is_some());
    let also_when_collecting = format!("[{}]", vec!["{\"x\":[[]],\"a\":[[]]}"; 500].join(","));
    let (doc, problems) = Doc::decode_input(also_when_collecting, &ITEMS, Limits::DEFAULT);
    assert!(doc.is_none(), "not integers");
    assert_eq!((problems.len(), problems[99].path.as_str()), (100, "[99].a"));
}

#[test]
fn limits_bound_the_body_and_what_it_makes() {
    let body = format!("[{}]", vec!["{}"; 1000].join(","));
    let limits = |bytes, words| Limits { bytes, words };
    assert!(Doc::decode(body.as_str(), &ITEMS, limits(body.len(), 2000)).is_ok());
    let error = |limits| {
        Doc::decode(body.as_str(), &ITEMS, limits)
            .expect_err("over a limit")
            .to_string()
    };
    assert_eq!(error(limits(body.len(), 1999)), "the body has too many values");
    assert_eq!(
        error(limits(body.len() - 1, 2000)),
        "the body is longer than 3000 bytes"
    );
}

#[test]
fn a_byte_order_mark_and_text_behind_the_value_are_refused() {
    for body in [
        "\u{feff}1",
        "1 2",
        "1,",
        "[1]]",
        "nul",
        "nulll",
        "tru",
        "[1,]",
        "{\"a\":1,}",
        "",
        " ",
        "\u{0}",
        "1\u{0}",
    ] {
        assert_eq!(
            decode(body.as_bytes(), &Kind::Json).is_some(),
            body.is_empty(),
            "{body:?}"
        );
        assert!(
            decode(body.as_bytes(), &Kind::Null(&Kind::Int)).is_none() || body.is_empty(),
            "{body:?}"
        );
    }
}

#[test]
fn of_keys_in_a_map_the_last_value_counts_at_the_first_place() {
    let doc = decode(
        br#"{"b":1,"a":2,"\u0062":3,"c":4,"a":5}"#,
        &Kind::Map(&Kind::Str, &Kind::Int),
    );
    let entry = |key: &str, value| (key.to_owned(), Tree::Int(value));
    assert_eq!(doc, Some(Tree::Map(vec![entry("b", 3), entry("a", 5), entry("c", 4)])));
}

#[test]
fn an_open_enum_takes_unknown_values_from_upstreams_and_not_from_clients() {
    static OPEN: Names = Names {
        name: "Status",
        values: &["paid"],
        open: true,
    };
    static STATUS: Kind = Kind::Enum(&OPEN);
    assert!(Doc::decode(&br#""lost""#[..], &STATUS, Limits::DEFAULT).is_ok());
    let of_client = |text: &[u8]| Doc::decode_input(text, &STATUS, Limits::DEFAULT).0;
    assert!(of_client(br#""paid""#).is_some());
    assert!(of_client(br#""lost""#).is_none());
}

/// Unions in each other, each with its discriminator behind them: the time must not grow with the square of the text.
#[test]
fn unions_that_nest_with_the_discriminator_last_take_linear_time() {
    static UNION: UnionPlan = UnionPlan {
        name: "Chain",
        on: "type",
        variants: &[("link", Kind::Rec(|| &LINK))],
        open: false,
    };
    static LINK: Plan = Plan::new(
        "Link",
        &[
            Field::new("next", Kind::Null(&Kind::Union(|| &UNION))),
            Field::new("pad", Kind::Str),
        ],
    );
    static CHAIN: Kind = Kind::Union(|| &UNION);
    let chain = |depth: usize, pad: usize| {
        let pad = "x".repeat(pad);
        let mut text = String::from("null");
        for _ in 0..depth {
            text = format!(r#"{{"next":{text},"pad":"{pad}","type":"link"}}"#);
        }
        text
    };
    let time = |text: &str| {
        let once = || {
            let start = std::time::Instant::now();
            assert!(Doc::decode(text, &CHAIN, Limits::DEFAULT).is_ok());
            start.elapsed()
        };
        (0..5).map(|_| once()).min().expect("some")
    };
    // As many bytes in one level as in a hundred of them, which a look at each level would read fifty times.
    let (flat, deep) = (chain(1, 400_000), chain(100, 4_000));
    let (flat, deep) = (time(&flat), time(&deep));
    assert!(
        deep < flat * 12 + std::time::Duration::from_millis(2),
        "{deep:?} against {flat:?}"
    );
    assert!(Doc::decode(chain(126, 1), &CHAIN, Limits::DEFAULT).is_ok());
    assert!(Doc::decode(chain(128, 1), &CHAIN, Limits::DEFAULT).is_err());
}

#[test]
fn an_open_union_takes_unknown_variants_from_upstreams_alone() {
    static UNION: UnionPlan = UnionPlan {
        name: "Event",
        on: "type",
        variants: &[("on", Kind::Rec(|| &ON))],
        open: true,
    };
    static ON: Plan = Plan::new("On", &[Field::new("at", Kind::Int)]);
    static EVENT: Kind = Kind::Union(|| &UNION);
    let unknown = |text: &str| Some(Tree::Variant(1, Box::new(Tree::Text(text.to_owned()))));
    assert_eq!(decode(br#"{"at":"x","type":"o\u0066f"}"#, &EVENT), unknown("off"));
    assert_eq!(decode(br#"{"at":"x","type":"on"}"#, &EVENT), None);
    let of_client = |text: &str| Doc::decode_input(text, &EVENT, Limits::DEFAULT);
    assert!(of_client(r#"{"at":1,"type":"on"}"#).0.is_some());
    let (doc, problems) = of_client(r#"{"type":"off"}"#);
    assert!(doc.is_none());
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told, [r#"type: expected one of "on""#]);
    for text in [
        "{}",
        "[]",
        "null",
        r#"{"type":1}"#,
        r#"{"x":{},"type":null}"#,
        r#"{"x":[{"type":"on"}]}"#,
    ] {
        assert_eq!(decode(text.as_bytes(), &EVENT), None, "{text}");
    }
}
