//! Patterns, amounts and the choice of a locale.

use super::*;
use proptest::prelude::*;

const MONTHS: &[&str] = &[
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const fn made(tag: &'static str, number: Marks, money: [&'static str; 4]) -> Locale {
    Locale {
        tag,
        names: &[
            ("MMM", MONTHS),
            ("EEE", DAYS),
            ("a", &["AM", "PM"]),
            ("G", &["BC", "AD"]),
        ],
        number,
        money,
        symbols: &[("EUR", "€"), ("USD", "$"), ("XOF", "F CFA")],
    }
}

const fn marks(decimal: &'static str, group: &'static str, sizes: (usize, usize), least: usize) -> Marks {
    Marks {
        zero: '0',
        decimal,
        group,
        sizes,
        least,
    }
}

static LOCALES: &[Locale] = &[
    made("en", marks(".", ",", (3, 3), 1), ["¤#", "-¤#", "¤ #", "-¤ #"]),
    made("de", marks(",", ".", (3, 3), 1), ["# ¤", "-# ¤", "# ¤", "-# ¤"]),
    made("pl", marks(",", " ", (3, 3), 2), ["# ¤", "-# ¤", "# ¤", "-# ¤"]),
    made("hi-IN", marks(".", ",", (3, 2), 1), ["¤#", "-¤#", "¤ #", "-¤ #"]),
    Locale {
        number: Marks {
            zero: '٠',
            ..marks("٫", "٬", (3, 3), 1)
        },
        ..made("ar-EG", marks("", "", (3, 3), 1), ["# ¤", "-# ¤", "# ¤", "-# ¤"])
    },
];

fn amount(value: &str, currency: &str, tag: &str) -> String {
    money(value.parse().unwrap(), currency, locale(LOCALES, tag).unwrap())
}

#[test]
fn an_amount_is_exact_and_looks_as_the_locale_says() {
    for (value, currency, tag, text) in [
        ("1234.5", "USD", "en", "$1,234.50"),
        ("-1234.5", "USD", "en", "-$1,234.50"),
        ("1234567.895", "EUR", "de", "1.234.567,90 €"),
        ("-0.001", "EUR", "de", "0,00 €"),
        ("12", "CHF", "en", "CHF 12.00"),
        ("-12", "CHF", "en", "-CHF 12.00"),
        ("1234", "EUR", "pl", "1234,00 €"),
        ("12345", "EUR", "pl", "12 345,00 €"),
        ("12345678", "USD", "hi-IN", "$1,23,45,678.00"),
        ("1234.5", "JPY", "en", "JPY 1,235"),
        ("1.2345", "KWD", "en", "KWD 1.235"),
        ("5", "XOF", "en", "F CFA 5"),
        ("1234.5", "EUR", "ar-EG", "١٬٢٣٤٫٥٠ €"),
        (
            "9999999999999999999999999999",
            "USD",
            "en",
            "$9,999,999,999,999,999,999,999,999,999.00",
        ),
        ("0.1", "bad", "en", "bad 0.10"),
    ] {
        assert_eq!(amount(value, currency, tag), text, "{value} {currency} {tag}");
    }
}

fn at(text: &str, pieces: &[Piece], zone: &str) -> String {
    date_time(DateTime::lit(text), pieces, &LOCALES[0], zone)
}

#[test]
fn a_pattern_writes_the_fields_of_the_clock_in_the_zone() {
    use Piece::{Field, Text};
    let instant = "2024-02-29T23:05:09.120Z";
    for (pieces, zone, text) in [
        (&[Field('d', 1), Text(" "), Field('M', 3)][..], "UTC", "29 Feb"),
        (
            &[
                Field('E', 3),
                Text(", "),
                Field('d', 2),
                Text("."),
                Field('M', 2),
                Text("."),
                Field('y', 4),
            ],
            "Europe/Berlin",
            "Fri, 01.03.2024",
        ),
        (&[Field('H', 2), Text(":"), Field('m', 2)], "Europe/Berlin", "00:05"),
        (&[Field('h', 1), Text(" "), Field('a', 1)], "UTC", "11 PM"),
        (&[Field('h', 1), Text(" "), Field('a', 1)], "Europe/Berlin", "12 AM"),
        (&[Field('k', 2), Field('K', 2)], "Europe/Berlin", "2400"),
        (&[Field('s', 1), Text("."), Field('S', 3)], "UTC", "9.120"),
        (&[Field('X', 3)], "UTC", "Z"),
        (&[Field('x', 3)], "UTC", "+00:00"),
        (&[Field('X', 3)], "Asia/Kolkata", "+05:30"),
        (&[Field('X', 1)], "Asia/Kolkata", "+0530"),
        (&[Field('X', 1)], "America/New_York", "-05"),
        (&[Field('Z', 1)], "Europe/Berlin", "+0100"),
        (&[Field('V', 2)], "Europe/Berlin", "Europe/Berlin"),
        (&[Field('y', 2), Field('D', 3), Field('Q', 1)], "UTC", "240601"),
        (&[Field('G', 1)], "UTC", "AD"),
    ] {
        assert_eq!(at(instant, pieces, zone), text, "{pieces:?} in {zone}");
    }
    let arabic = locale(LOCALES, "AR-eg").unwrap();
    assert_eq!(date(Date::lit("2024-01-05"), &[Field('d', 2)], arabic), "٠٥");
}

#[test]
fn the_locale_is_looked_up_as_rfc_4647_says() {
    for (accepted, tag) in [
        ("de", "de"),
        ("de-AT", "de"),
        ("de-AT-x-private, en", "de"),
        ("fr, pl;q=0.5", "pl"),
        ("en;q=0.1, de;q=0.9", "de"),
        ("HI-in", "hi-IN"),
        ("hi", "en"),
        ("*", "en"),
        ("de;q=0", "en"),
        ("", "en"),
        (";;,=,q", "en"),
    ] {
        assert_eq!(negotiate(LOCALES, accepted), tag, "{accepted}");
    }
}

proptest! {
    #[test]
    fn grouping_only_adds_marks(whole in 0_u64..u64::MAX, least in 1_usize..3, secondary in 2_usize..4) {
        let text = grouped(&format!("{whole}.25"), &marks(".", ",", (3, secondary), least));
        prop_assert_eq!(text.replace(',', ""), format!("{}.25", whole));
        let groups: Vec<&str> = text.trim_end_matches(".25").split(',').collect();
        if groups.len() > 1 {
            prop_assert_eq!(groups[groups.len() - 1].len(), 3);
            for group in &groups[1..groups.len() - 1] {
                prop_assert_eq!(group.len(), secondary);
            }
            prop_assert!(!groups[0].is_empty());
        }
    }
}
