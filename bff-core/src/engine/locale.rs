//! Dates, times and money in the words of a locale. The words come with the generated code, which holds those of the client's
//! `locales` alone (CLDR); patterns are those of UTS #35, cut into pieces by the compiler.

use std::fmt::Write as _;

use jiff::tz::TimeZone;
use rust_decimal::{Decimal, RoundingStrategy};

use super::value::{Date, DateTime, time};

/// The words and marks of a locale.
#[derive(Debug)]
pub struct Locale {
    /// Its language tag, as the client declares it.
    pub tag: &'static str,
    /// Names by their pattern: `MMM` the twelve months, `EEE` the seven days from Monday, `a` both halves of a day, `G` both eras.
    pub names: &'static [(&'static str, &'static [&'static str])],
    /// How numbers are written.
    pub number: Marks,
    /// How amounts are written: `¤` is the currency, `#` the number; beside a symbol and below zero, beside letters and below zero.
    pub money: [&'static str; 4],
    /// The symbols of currencies that have one, by their code (ISO 4217), in order.
    pub symbols: &'static [(&'static str, &'static str)],
}

/// The marks of a number.
#[derive(Debug)]
pub struct Marks {
    /// The digit zero; the others follow it.
    pub zero: char,
    /// What stands before the fraction.
    pub decimal: &'static str,
    /// What stands between groups of digits.
    pub group: &'static str,
    /// How many digits the last group has, and how many the ones before it.
    pub sizes: (usize, usize),
    /// How many digits must stand before the last group, for there to be groups.
    pub least: usize,
}

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Text(&'static str),
    /// A letter of the pattern, and how often it stands there.
    Field(char, u8),
}

/// The locale with this tag, else the first one.
pub(crate) fn locale<'l>(locales: &'l [Locale], tag: &str) -> Option<&'l Locale> {
    locales
        .iter()
        .find(|it| it.tag.eq_ignore_ascii_case(tag))
        .or(locales.first())
}

/// The locale that `accept-language` asks for: lookup of RFC 4647 section 3.4, in the order of the weights; else the first one.
pub(crate) fn negotiate(locales: &'static [Locale], accepted: &str) -> &'static str {
    let mut ranges: Vec<(&str, f32)> = accepted.split(',').filter_map(weighted).collect();
    ranges.sort_by(|a, b| b.1.total_cmp(&a.1));
    let found = ranges.into_iter().find_map(|(range, _)| lookup(locales, range));
    found.or(locales.first()).map_or("en", |it| it.tag)
}

fn weighted(range: &str) -> Option<(&str, f32)> {
    let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
    let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
    (weight > 0.0).then_some((tag.trim(), weight.min(1.0)))
}

fn lookup(locales: &'static [Locale], range: &str) -> Option<&'static Locale> {
    let mut range = range;
    loop {
        if let Some(found) = locales.iter().find(|it| it.tag.eq_ignore_ascii_case(range)) {
            return Some(found);
        }
        range = range.rsplit_once('-')?.0;
        // A subtag of one letter only introduces what was cut off.
        while let Some((shorter, last)) = range.rsplit_once('-')
            && last.len() == 1
        {
            range = shorter;
        }
    }
}

/// A date by a pattern.
pub(crate) fn date(date: Date, pieces: &[Piece], locale: &Locale) -> String {
    let clock = Clock {
        at: date.0.at(0, 0, 0, 0),
        offset: 0,
        zone: "UTC",
    };
    write(&clock, pieces, locale)
}

/// An instant by a pattern, as clocks of the zone show it.
pub(crate) fn date_time(at: DateTime, pieces: &[Piece], locale: &Locale, zone: &str) -> String {
    let known = time::zone(zone);
    let clock = match &known {
        Some(known) => Clock {
            at: known.to_datetime(at.0),
            offset: known.to_offset(at.0).seconds(),
            zone,
        },
        None => Clock {
            at: TimeZone::UTC.to_datetime(at.0),
            offset: 0,
            zone: "UTC",
        },
    };
    write(&clock, pieces, locale)
}

/// What a clock shows.
struct Clock<'z> {
    at: jiff::civil::DateTime,
    /// East of Greenwich, in seconds.
    offset: i32,
    zone: &'z str,
}

fn write(clock: &Clock<'_>, pieces: &[Piece], locale: &Locale) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Field(letter, count) => field(&mut text, clock, *letter, usize::from(*count), locale),
        }
    }
    text
}

fn field(text: &mut String, clock: &Clock<'_>, letter: char, count: usize, locale: &Locale) {
    let at = clock.at;
    let year = i32::from(at.year());
    let of_era = if year > 0 { year } else { 1 - year };
    let hour = i32::from(at.hour());
    match (letter, count) {
        ('y', 2) => number(text, of_era % 100, 2, locale),
        ('y', _) => number(text, of_era, count, locale),
        ('u', _) => number(text, year, count, locale),
        ('M' | 'L', 1 | 2) => number(text, at.month().into(), count, locale),
        ('M' | 'L', _) => name(text, letter, count, at.month() - 1, locale),
        ('Q', _) => number(text, (i32::from(at.month()) + 2) / 3, count, locale),
        ('d', _) => number(text, at.day().into(), count, locale),
        ('D', _) => number(text, at.day_of_year().into(), count, locale),
        ('E' | 'c', _) => name(text, letter, count.max(3), at.weekday().to_monday_zero_offset(), locale),
        ('a', 1..=3) => name(text, 'a', 1, i8::from(hour >= 12), locale),
        ('a', _) => name(text, 'a', count, i8::from(hour >= 12), locale),
        ('G', 1..=3) => name(text, 'G', 1, i8::from(year > 0), locale),
        ('G', _) => name(text, 'G', count, i8::from(year > 0), locale),
        ('H', _) => number(text, hour, count, locale),
        ('h', _) => number(text, (hour + 11) % 12 + 1, count, locale),
        ('K', _) => number(text, hour % 12, count, locale),
        ('k', _) => number(text, (hour + 23) % 24 + 1, count, locale),
        ('m', _) => number(text, at.minute().into(), count, locale),
        ('s', _) => number(text, at.second().into(), count, locale),
        ('S', _) => {
            let shown = at.subsec_nanosecond() / 10_i32.pow(9_u32.saturating_sub(count as u32));
            number(text, shown, count, locale);
        }
        ('V', _) => text.push_str(clock.zone),
        ('X', _) | ('Z', 5) if clock.offset == 0 => text.push('Z'),
        ('X' | 'x', 1) => offset(text, clock, "", clock.offset % 3600 != 0),
        ('X' | 'x', 3) | ('Z', 5) => offset(text, clock, ":", true),
        ('X' | 'x' | 'Z', _) => offset(text, clock, "", true),
        _ => {}
    }
}

/// `+01`, `+0130`, `+01:30`
fn offset(text: &mut String, clock: &Clock<'_>, between: &str, minutes: bool) {
    let seconds = clock.offset;
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, rest) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    let _ = write!(text, "{sign}{hours:02}");
    if minutes {
        let _ = write!(text, "{between}{rest:02}");
    }
}

fn name(text: &mut String, letter: char, count: usize, index: i8, locale: &Locale) {
    let is = |pattern: &str| pattern.len() == count && pattern.starts_with(letter);
    let names = locale.names.iter().find(|(pattern, _)| is(pattern));
    let found = names.and_then(|(_, names)| names.get(usize::try_from(index).ok()?));
    text.push_str(found.copied().unwrap_or_default());
}

fn number(text: &mut String, value: i32, width: usize, locale: &Locale) {
    let plain = format!("{value:0width$}");
    text.extend(plain.chars().map(|c| digit(c, &locale.number)));
}

/// A digit as the locale writes it; anything else as it is.
fn digit(c: char, marks: &Marks) -> char {
    match c.to_digit(10) {
        Some(value) => char::from_u32(marks.zero as u32 + value).unwrap_or(c),
        None => c,
    }
}

/// An amount of money: rounded to the digits of its currency, halves away from zero.
pub(crate) fn money(amount: Decimal, currency: &str, locale: &Locale) -> String {
    let places = places(currency);
    let rounded = amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    let symbol = match locale.symbols.binary_search_by_key(&currency, |(code, _)| code) {
        Ok(at) => locale.symbols[at].1,
        Err(_) => currency,
    };
    let before = locale.money[0].find('¤') < locale.money[0].find('#');
    let beside = if before {
        symbol.chars().next_back()
    } else {
        symbol.chars().next()
    };
    let letters = beside.is_some_and(|c| c.is_alphanumeric() || c == '.');
    let negative = rounded.is_sign_negative() && !rounded.is_zero();
    let pattern = locale.money[usize::from(letters) * 2 + usize::from(negative)];
    let digits = grouped(&format!("{:.1$}", rounded.abs(), places as usize), &locale.number);
    pattern.replace('#', &digits).replace('¤', symbol)
}

fn grouped(plain: &str, marks: &Marks) -> String {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let (primary, secondary) = marks.sizes;
    let splits = whole.len() >= primary + marks.least;
    let mut text = String::new();
    for (at, c) in whole.chars().enumerate() {
        let left = whole.len() - at;
        let starts_group = left == primary || left > primary && (left - primary).is_multiple_of(secondary.max(1));
        if splits && at > 0 && starts_group {
            text.push_str(marks.group);
        }
        text.push(digit(c, marks));
    }
    if !fraction.is_empty() {
        text.push_str(marks.decimal);
        text.extend(fraction.chars().map(|c| digit(c, marks)));
    }
    text
}

/// The minor unit of a currency (ISO 4217): two digits but for some.
fn places(currency: &str) -> u32 {
    const NONE: [&str; 16] = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    ];
    const THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
    match currency {
        "XPF" => 0,
        "CLF" | "UYW" => 4,
        code if NONE.contains(&code) => 0,
        code if THREE.contains(&code) => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests;
