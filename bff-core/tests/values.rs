//! The values of generated code as a generated file uses them: records, enums, templates, the writer.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    reason = "stands for a generated file and its tests"
)]

use bff_core::{
    Decimal, Decimals, Doc, Id, Kind, Limits, List, Maybe, Out, Pattern, Raw, RawJson, Read, Rule, Str, View, record,
    t, wire_enum,
};

wire_enum! { pub Tier { Basic = "basic", Gold = "gold", Platinum = "platinum" } open }
wire_enum! { pub Side { Buy = "buy", Sell = "sell" } }

record! { Query<'a> { user: Id<'a> = "user" } }
record! {
    /// What `card` reads of `User`.
    pub User<'a> {
        id: Id<'a> = "id",
        given_name: Str<'a> = "givenName",
        family_name: Str<'a> = "familyName",
        loyalty_id: Option<Id<'a>> = "loyaltyId",
        tier: Tier<'a> = "tier",
    }
}
record! { Points<'a> { balance: Raw<'a, i64> = "balance" } }

static QUANTITY: Rule = Rule::new().min("1").max("20");
static CURRENCY_RE: Pattern = Pattern::new("^[A-Z]{3}$");
static CURRENCY: Rule = Rule::new().pattern(&CURRENCY_RE);
static TAG: Rule = Rule::new().length(Some(1), Some(3));
static TAGS: Rule = Rule::new().length(None, Some(2)).each(&TAG);
record! { Money<'a> { amount: Raw<'a, Decimal> = "amount", currency: Str<'a> = "currency" if CURRENCY } }
record! {
    Line<'a> {
        quantity: i64 = "quantity" if QUANTITY,
        price: Option<Money<'a>> = "price",
        tags: List<'a, Str<'a>> = "tags" if TAGS,
        side: Side = "side",
        note: Maybe<Str<'a>> = "note",
        extra: Option<RawJson<'a>> = "extra",
        /// A type may contain itself.
        parts: Option<List<'a, Line<'a>>> = "parts",
    }
}

const USER: &str = r#"{"junk":{"a":[1,{"b":"}"}]},"id":42,"givenName":"Zo\u00eb \"Z\"","familyName":"O'Neil",
    "loyaltyId":null,"tier":"titanium","more":[[],{}]}"#;

fn user(body: &str) -> Doc {
    Doc::decode(body, &<User<'_> as Read<'_>>::KIND, Limits::DEFAULT).expect("a user")
}

// What a generated shape looks like.
fn respond(o: &mut Out, me: User<'_>, points: Option<Points<'_>>) {
    o.object();
    o.put("id", me.id());
    o.text("name", t![me.given_name(), " ", me.family_name()]);
    o.put("initials", initials(&me.given_name().text(), &me.family_name().text()));
    o.put("tier", tier(me));
    o.put("raw_tier", me.tier());
    o.some("points", points.map(|it| it.balance()));
    o.names("degraded", ["points"]);
    o.end_object();
}

fn initials(given: &str, family: &str) -> String {
    given.chars().take(1).chain(family.chars().take(1)).collect()
}

fn tier(me: User<'_>) -> &'static str {
    match me.tier() {
        Tier::Gold | Tier::Platinum => "plus",
        _ => "basic",
    }
}

#[test]
fn a_shape_writes_what_it_picked_as_it_came() {
    let doc = user(USER);
    let points = Doc::decode(r#"{"balance":-0}"#, &<Points<'_> as Read<'_>>::KIND, Limits::DEFAULT).expect("points");
    let mut out = Out::new();
    respond(&mut out, doc.read::<User<'_>>(), Some(points.read::<Points<'_>>()));
    let text = String::from_utf8(out.finish().expect("no fault")).expect("UTF-8");
    assert_eq!(
        text,
        r#"{"id":42,"name":"Zo\u00eb \"Z\" O'Neil","initials":"ZO","tier":"basic","raw_tier":"titanium","points":-0,"degraded":["points"]}"#
    );
}

#[test]
fn views_give_typed_values() {
    let doc = user(USER);
    let me = doc.read::<User<'_>>();
    assert_eq!(me.id(), "42");
    assert_eq!(me.given_name(), "Zoë \"Z\"");
    assert_eq!(me.loyalty_id(), None);
    assert_eq!(me.tier(), Tier::Other("titanium".into()));
    assert_eq!(size_of::<User<'_>>(), 16);
}

fn line(body: &str) -> Result<Doc, String> {
    Doc::decode(body, &<Line<'_> as Read<'_>>::KIND, Limits::DEFAULT).map_err(|error| error.to_string())
}

#[test]
fn nested_records_and_lists_lie_side_by_side() {
    let doc = line(
        r#"{"quantity":2,"price":{"amount":"1.50","currency":"EUR"},"tags":["a","b"],"side":"sell","note":null,
            "parts":[{"quantity":1,"side":"buy","tags":[],"parts":[]},
                     {"quantity":20,"side":"buy","tags":["x"],"note":"n","extra":[1, {"a":null}],
                      "price":{"amount":1e3,"currency":"USD"}}]}"#,
    )
    .expect("a line");
    let line = doc.read::<Line<'_>>();
    assert_eq!(
        (line.quantity(), line.side(), line.note()),
        (2, Side::Sell, Maybe::Null)
    );
    assert_eq!(line.tags().iter().map(Str::to_text).collect::<Vec<_>>(), ["a", "b"]);
    let parts = line.parts().expect("parts");
    assert_eq!(parts.len(), 2);
    let (first, last) = (parts.first().expect("first"), parts.last().expect("last"));
    assert_eq!(
        (first.quantity(), first.note(), first.parts().map(|it| it.len())),
        (1, Maybe::Absent, Some(0))
    );
    assert!(first.price().is_none() && first.extra().is_none() && parts.get(2).is_none());
    assert_eq!((last.quantity(), last.note()), (20, Maybe::Value("n".into())));
    assert_eq!(last.extra().map(RawJson::text), Some(r#"[1, {"a":null}]"#));

    let amount = last.price().expect("a price").amount();
    for (decimals, text) in [(Decimals::Text, r#"["1000"]"#), (Decimals::Number, "[1000]")] {
        let mut out = Out::after(Vec::new(), decimals);
        out.value([amount]);
        assert_eq!(String::from_utf8(out.finish().expect("no fault")).expect("UTF-8"), text);
    }
}

#[test]
fn an_error_tells_where_and_what_without_the_data() {
    let good = r#""tags":[],"side":"buy""#;
    for (body, error) in [
        (
            format!(r#"{{"quantity":21,{good}}}"#),
            "quantity: must be between 1 and 20",
        ),
        (
            format!(r#"{{"quantity":"1",{good}}}"#),
            "quantity: expected an integer of 64 bits",
        ),
        (format!(r#"{{{good}}}"#), "quantity: missing"),
        (
            format!(r#"{{"quantity":null,{good}}}"#),
            "quantity: expected an integer of 64 bits",
        ),
        (
            format!(r#"{{"quantity":1,{good},"price":{{"amount":1,"currency":"eur"}}}}"#),
            "price.currency: must match ^[A-Z]{3}$",
        ),
        (
            r#"{"quantity":1,"tags":["a","b","c"],"side":"buy"}"#.to_owned(),
            "tags: must have at most 2 elements",
        ),
        (
            r#"{"quantity":1,"tags":["a","bcde"],"side":"buy"}"#.to_owned(),
            "tags[1]: must have 1 to 3 characters",
        ),
        (
            r#"{"quantity":1,"tags":[],"side":"hold"}"#.to_owned(),
            r#"side: expected one of "buy", "sell""#,
        ),
        (
            format!(r#"{{"quantity":1,{good},"parts":[{{"quantity":1,{good}}},7]}}"#),
            "parts[1]: expected an object",
        ),
        (
            format!(r#"{{"quantity":1,{good},"parts":[{{"quantity":1,"side":"buy"}}]}}"#),
            "parts[0].tags: missing",
        ),
        (
            format!(r#"{{"quantity":1,{good}"#),
            "the JSON text ends too early (byte 36)",
        ),
    ] {
        assert_eq!(line(&body).expect_err(&body), error, "{body}");
    }
}

#[test]
fn of_a_repeated_key_only_the_last_counts() {
    let doc =
        line(r#"{"quantity":"bad","quantity":99,"quantity":3,"tags":[1],"tags":[],"side":"buy"}"#).expect("a line");
    assert_eq!(doc.read::<Line<'_>>().quantity(), 3);
    let error = line(r#"{"quantity":3,"quantity":99,"tags":[],"side":"buy"}"#).expect_err("99 is too much");
    assert_eq!(error, "quantity: must be between 1 and 20");
}

#[test]
fn all_problems_are_told_together() {
    let body = r#"{"quantity":99,"tags":["toolong",1],"side":"x","parts":[{},{"quantity":0,"tags":[],"side":"buy"}]}"#;
    let (doc, problems) = Doc::decode_input(body, &<Line<'_> as Read<'_>>::KIND, Limits::DEFAULT);
    assert!(doc.is_none(), "not all of it can be read");
    let told: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "quantity: must be between 1 and 20",
            "tags[0]: must have 1 to 3 characters",
            "tags[1]: expected a string",
            r#"side: expected one of "buy", "sell""#,
            "parts[0].quantity: missing",
            "parts[0].tags: missing",
            "parts[0].side: missing",
            "parts[1].quantity: must be between 1 and 20",
        ]
    );
}

#[test]
fn an_empty_body_is_null_where_null_may_be() {
    static NULLABLE: Kind = <Option<User<'static>> as Read<'static>>::KIND;
    let doc = Doc::decode("", &NULLABLE, Limits::DEFAULT).expect("null");
    assert!(doc.is_null() && doc.read::<Option<User<'_>>>().is_none());
    let error = Doc::decode("", &<User<'_> as Read<'_>>::KIND, Limits::DEFAULT).expect_err("not null");
    assert_eq!(error.to_string(), "the JSON text ends too early (byte 0)");
}

#[test]
fn views_are_types_at_any_lifetime() {
    fn read<T: View>(doc: &Doc) -> <T::At<'_> as Read<'_>>::Out {
        doc.read::<T::At<'_>>()
    }
    let doc = Doc::decode(
        r#"[{"user":"ä"},{"user":7}]"#,
        &<List<'_, Query<'_>> as Read<'_>>::KIND,
        Limits::DEFAULT,
    )
    .expect("queries");
    let users: Vec<_> = read::<List<'static, Query<'static>>>(&doc)
        .iter()
        .map(|it| it.user())
        .collect();
    assert_eq!(users, ["ä", "7"]);
}

#[test]
fn a_computed_value_is_read_back_by_its_plan() {
    let write = |out: &mut Out| {
        out.object();
        out.put("amount", Decimal::new(150, 2));
        out.put("currency", "EUR");
        out.end_object();
        Ok(())
    };
    let doc = Doc::compute(&<Money<'_> as Read<'_>>::KIND, write).expect("money");
    assert_eq!(doc.read::<Money<'_>>().currency(), "EUR");
}
