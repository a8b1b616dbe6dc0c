//! The data of the shop. Every value follows from a fixed seed and the number of the thing, so two runs are equal.
//!
//! One module per kind of thing; each keeps its things in a `LazyLock` and answers the endpoints that show them.

pub mod accounts;
pub mod catalog;
pub mod checkout;
pub mod loyalty;
pub mod orders;
pub mod payments;
pub mod quotes;
pub mod recommender;
pub mod reviews;
pub mod sales;
pub mod shipping;
pub mod users;

mod random;
mod words;

use serde_json::{Value, json};

/// How many users there are: `u1` to `u200`. `u7` is no loyalty member.
pub const USERS: u64 = 200;
/// How many products there are: `p1` to `p240`.
pub const PRODUCTS: u64 = 240;
/// How many orders there are: `o1` to `o2400`, the highest number being the latest.
pub const ORDERS: u64 = 2400;
/// How many seller organisations there are: `s1` to `s8`.
pub const ORGS: u64 = 8;
/// How many partners there are: `pt1` to `pt4`.
pub const PARTNERS: u64 = 4;

/// Makes all data now, so that the first requests are not slower than others.
pub fn prepare() {
    catalog::prepare();
    orders::prepare();
}

/// Reads the number of an id such as `u17`; nothing when the prefix is another or the number is out of range.
fn index(id: &str, prefix: &str, count: u64) -> Option<usize> {
    let digits = id.strip_prefix(prefix)?;
    let number: u64 = digits.parse().ok()?;
    let canonical = !digits.starts_with(['0', '+']);
    if canonical && number <= count {
        usize::try_from(number - 1).ok()
    } else {
        None
    }
}

/// An amount as the services write it: `{ "amount": "9.90", "currency": "EUR" }`.
fn money(cents: i64) -> Value {
    json!({ "amount": decimal(cents), "currency": "EUR" })
}

/// Cents as a decimal text with two places.
fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

/// A moment of the shop's year, counted in minutes from 2025-09-01, as RFC 3339 text in UTC.
fn moment(minutes: i64) -> String {
    const START: i64 = 1_756_684_800;
    jiff::Timestamp::from_second(START + minutes * 60)
        .unwrap_or_default()
        .to_string()
}

/// The date of [`moment`].
fn day(minutes: i64) -> String {
    moment(minutes).chars().take(10).collect()
}

/// One page of a list, with the cursor of the next one. The cursor is opaque to callers.
///
/// # Errors
/// A sentence when the cursor is none of ours.
fn page(items: &[&Value], cursor: Option<&str>, limit: usize) -> Result<Value, &'static str> {
    let start = match cursor {
        None => 0,
        Some(text) => text
            .strip_prefix("after-")
            .and_then(|at| at.parse().ok())
            .ok_or("this cursor was not made here")?,
    };
    let limit = limit.max(1);
    let shown: Vec<&Value> = items.iter().skip(start).take(limit).copied().collect();
    let end = start.saturating_add(limit);
    let next = if end < items.len() {
        Value::from(format!("after-{end}"))
    } else {
        Value::Null
    };
    Ok(json!({ "items": shown, "next_cursor": next, "total": items.len() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_only_in_its_one_form() {
        assert_eq!(index("u1", "u", USERS), Some(0));
        assert_eq!(index("u200", "u", USERS), Some(199));
        for wrong in ["u0", "u201", "u01", "u+1", "u", "p1", ""] {
            assert_eq!(index(wrong, "u", USERS), None, "{wrong}");
        }
    }

    #[test]
    fn amounts_have_two_places_and_their_sign() {
        assert_eq!(
            (decimal(990).as_str(), decimal(5).as_str(), decimal(-1250).as_str()),
            ("9.90", "0.05", "-12.50")
        );
    }

    #[test]
    fn pages_join_into_the_whole_list() {
        let values: Vec<Value> = (0..7).map(Value::from).collect();
        let items: Vec<&Value> = values.iter().collect();
        let (mut cursor, mut seen) = (None, Vec::new());
        loop {
            let page = page(&items, cursor.as_deref(), 3).unwrap();
            seen.extend(page["items"].as_array().unwrap().clone());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break,
            }
        }
        assert_eq!(seen, values);
        assert!(page(&items, Some("elsewhere"), 3).is_err());
    }
}
