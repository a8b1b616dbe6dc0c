//! Dates, instants and durations: checked by hand as text, computed with through jiff.

use super::{Read, Str, View};
use crate::engine::doc::Doc;
use crate::engine::plan::Kind;
use std::fmt;

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub jiff::civil::Date);

/// An instant. Written out in UTC; where it is only moved it keeps its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(pub jiff::Timestamp);

/// A length of time, negative ones included. A day has 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(pub jiff::SignedDuration);

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Date {
    /// A date of the spec, which the compiler has checked.
    pub fn lit(text: &str) -> Self {
        parse_date(text).unwrap_or(Date(jiff::civil::Date::ZERO))
    }
}

impl DateTime {
    /// An instant of the spec, which the compiler has checked.
    pub fn lit(text: &str) -> Self {
        parse_date_time(text).unwrap_or(DateTime(jiff::Timestamp::UNIX_EPOCH))
    }
}

impl Duration {
    /// A duration of the spec.
    pub const fn from_millis(millis: u64) -> Self {
        Duration(jiff::SignedDuration::new(
            (millis / 1000) as i64,
            (millis % 1000) as i32 * 1_000_000,
        ))
    }
}

macro_rules! read_from_text {
    ($($name:ident, $parse:expr, $none:expr;)*) => { $(
        impl<'a> Read<'a> for $name {
            const KIND: Kind = Kind::$name;
            type Out = $name;
            fn read(doc: &'a Doc, word: u64) -> $name {
                $parse(&Str::of(doc, word).text()).unwrap_or($name($none))
            }
        }
        impl View for $name {
            type At<'a> = $name;
        }
    )* };
}

read_from_text! {
    Date, parse_date, jiff::civil::Date::ZERO;
    DateTime, parse_date_time, jiff::Timestamp::UNIX_EPOCH;
    Duration, parse_duration, jiff::SignedDuration::ZERO;
}

/// Reads `2024-02-29`.
pub fn parse_date(text: &str) -> Option<Date> {
    is_date(text).then(|| text.parse().ok().map(Date)).flatten()
}

/// Reads an instant of RFC 3339. A leap second is the last second of its minute.
pub fn parse_date_time(text: &str) -> Option<DateTime> {
    is_date_time(text).then(|| text.parse().ok().map(DateTime)).flatten()
}

/// Whether the text is the name of a time zone of the IANA database, in its own letters.
pub(crate) fn is_zone(text: &str) -> bool {
    zone(text).is_some_and(|zone| zone.iana_name() == Some(text))
}

/// The time zone of that name.
pub(crate) fn zone(name: &str) -> Option<jiff::tz::TimeZone> {
    static ZONES: std::sync::LazyLock<jiff::tz::TimeZoneDatabase> =
        std::sync::LazyLock::new(jiff::tz::TimeZoneDatabase::bundled);
    ZONES.get(name).ok()
}

/// Whether the text is a date that exists, with a year of four digits.
pub(crate) fn is_date(text: &str) -> bool {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *text.as_bytes() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (digits(&[y0, y1, y2, y3]), digits(&[m0, m1]), digits(&[d0, d1])) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Whether the text is an instant of RFC 3339: date, time to the second or finer, offset.
pub(crate) fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(b'T' | b't'), Some(time)) = (text.get(..10), text.as_bytes().get(10), text.get(11..)) else {
        return false;
    };
    let shape = is_date(date) && is_time_and_offset(time.as_bytes());
    // Only at the very end of the calendar can the offset lead out of what an instant holds.
    shape && (!date.starts_with("9999-12-3") || text.parse::<jiff::Timestamp>().is_ok())
}

fn is_time_and_offset(time: &[u8]) -> bool {
    let [h0, h1, b':', m0, m1, b':', s0, s1, rest @ ..] = time else {
        return false;
    };
    let rest = match rest {
        [b'.', rest @ ..] => {
            let fraction = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if !(1..=9).contains(&fraction) {
                return false;
            }
            &rest[fraction..]
        }
        _ => rest,
    };
    let offset = match rest {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', h0, h1, b':', m0, m1] => below(&[*h0, *h1], 24) && below(&[*m0, *m1], 60),
        _ => false,
    };
    below(&[*h0, *h1], 24) && below(&[*m0, *m1], 60) && below(&[*s0, *s1], 61) && offset
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |value, byte| {
        byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0'))
    })
}

fn below(bytes: &[u8], limit: u32) -> bool {
    digits(bytes).is_some_and(|value| value < limit)
}

/// Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds: `P1DT2H`, `-PT0.5S`.
///
/// Years and months have no fixed length and are refused.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let (negative, rest) = match text.as_bytes() {
        [b'-', b'P', ..] => (true, &text[2..]),
        [b'P', ..] => (false, &text[1..]),
        _ => return None,
    };
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (rest, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let nanos = units(date, &[('W', 604_800), ('D', 86_400)])?
        .checked_add(units(time, &[('H', 3_600), ('M', 60), ('S', 1)])?)?;
    let nanos = if negative { -nanos } else { nanos };
    let seconds = i64::try_from(nanos / 1_000_000_000).ok()?;
    Some(Duration(jiff::SignedDuration::new(
        seconds,
        (nanos % 1_000_000_000) as i32,
    )))
}

/// Reads numbers with their units, each at most once and in the given order, as nanoseconds.
fn units(mut text: &str, units: &[(char, i128)]) -> Option<i128> {
    let mut total: i128 = 0;
    for (unit, seconds) in units {
        let Some((number, rest)) = text.split_once(*unit) else {
            continue;
        };
        let (whole, fraction) = match number.split_once(['.', ',']) {
            Some((whole, fraction)) if *unit == 'S' && (1..=9).contains(&fraction.len()) => (whole, fraction),
            Some(_) => return None,
            None => (number, ""),
        };
        if whole.is_empty() || whole.len() > 18 || !whole.bytes().chain(fraction.bytes()).all(|it| it.is_ascii_digit())
        {
            return None;
        }
        let nanos: i128 = format!("{fraction:0<9}").parse().ok()?;
        total = total.checked_add(whole.parse::<i128>().ok()? * seconds * 1_000_000_000 + nanos)?;
        text = rest;
    }
    text.is_empty().then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_for_a_date_or_an_instant_can_be_computed_with() {
        for text in ["2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"] {
            assert!(is_date(text) && parse_date(text).is_some(), "{text}");
        }
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "2024-4-1",
            "20240401",
            "",
        ] {
            assert!(!is_date(text), "{text}");
        }
        for text in [
            "2024-02-29T12:00:00Z",
            "2024-02-29t12:00:00.123456789z",
            "2024-02-29T23:59:60+05:30",
            "0000-01-01T00:00:00+23:59",
            "9999-12-30T21:00:00Z",
            "2024-02-29T12:00:00-00:00",
        ] {
            assert!(is_date_time(text) && parse_date_time(text).is_some(), "{text}");
        }
        for text in [
            "2024-02-29",
            "2024-02-29T12:00:00",
            "2024-02-29 12:00:00Z",
            "2024-02-29T12:00Z",
            "2024-02-29T24:00:00Z",
            "2024-02-29T12:00:00.Z",
            "2024-02-29T12:00:00+0530",
            "9999-12-31T23:59:59-12:00",
            "2024-02-29T12:00:00Zé",
            "2024-02-2éT12:00:00Z",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }

    #[test]
    fn durations_are_iso_8601_without_years_and_months() {
        for (text, seconds) in [
            ("PT1H30M", 5400.0),
            ("P1W2DT3S", 777_603.0),
            ("-PT0.5S", -0.5),
            ("PT0S", 0.0),
        ] {
            assert_eq!(
                parse_duration(text).map(|it| it.0.as_secs_f64()),
                Some(seconds),
                "{text}"
            );
        }
        for text in [
            "", "P", "PT", "P1Y", "P1M", "PT1", "1H", "PT1M1H", "PT1.5H", "PT-1S", "pt1s", "PT1.S",
        ] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
