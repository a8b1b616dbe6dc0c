//! The functions of Rust that the golden `rust.bff` calls.

use bff_core::{Date, DateTime, Decimal, RawJson};

use crate::rusty::{Size, Tier};

pub(crate) fn initials(given: &str, family: &str) -> String {
    given.chars().take(1).chain(family.chars().take(1)).collect()
}

pub(crate) fn sparkline(points: &[f64], width: Option<i64>) -> Option<String> {
    let (first, last) = (points.first()?, points.last()?);
    Some(format!("{first}-{last}:{}", width.unwrap_or_default()))
}

pub(crate) fn rank(tier: Tier<'_>, size: Option<Size>) -> i64 {
    let tier = if matches!(tier, Tier::Gold) { 1 } else { 0 };
    tier + size.map_or(0, |size| if matches!(size, Size::Large) { 2 } else { 1 })
}

pub(crate) fn better(_: Tier<'_>) -> Tier<'static> {
    Tier::Gold
}

pub(crate) fn halves(points: &[f64]) -> Vec<f64> {
    points.iter().map(|it| it / 2.0).collect()
}

pub(crate) fn words(text: Option<&str>, parts: &[&str], nicks: Option<&[Option<&str>]>) -> Option<Vec<String>> {
    let nicks = nicks.unwrap_or_default().iter().flatten();
    Some(
        text.iter()
            .chain(parts)
            .chain(nicks)
            .map(|it| (*it).to_owned())
            .collect(),
    )
}

pub(crate) fn age(born: Date, now: DateTime) -> Option<i64> {
    let year = |text: String| text.get(..4)?.parse::<i64>().ok();
    Some(year(now.to_string())? - year(born.to_string())? - 1)
}

pub(crate) fn tax(amount: Decimal, rate: Option<Decimal>) -> Decimal {
    amount * rate.unwrap_or(Decimal::new(19, 2))
}

pub(crate) fn size_of(value: &RawJson<'_>) -> i64 {
    value.text().len() as i64
}

pub(crate) fn sizes(list: Option<&[Size]>) -> Vec<Size> {
    list.unwrap_or_default().to_vec()
}

pub(crate) fn coin() -> bool {
    true
}
