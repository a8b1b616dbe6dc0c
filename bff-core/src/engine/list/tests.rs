//! The kernels beside what std does, over lists that are made up.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

const HERE: At = At("a.bff", 1);

/// Rows of a nullable number and a text of few letters, so that equal keys are common.
fn rows() -> impl Strategy<Value = Vec<(Option<i64>, String)>> {
    proptest::collection::vec((proptest::option::of(-3..3_i64), "[a-c]{0,2}"), 0..40)
}

proptest! {
    #[test]
    fn sorting_is_stable_with_null_last_in_both_directions(rows in rows(), down in any::<bool>(), up in any::<bool>()) {
        let directions: &'static [bool] = match (down, up) {
            (false, false) => &[false, false],
            (false, true) => &[false, true],
            (true, false) => &[true, false],
            (true, true) => &[true, true],
        };
        let mut sorted: Vec<usize> = (0..rows.len()).collect();
        let mut order = Order::new(directions);
        for (number, text) in &rows {
            order.key(*number);
            order.key(Str::from(text));
        }
        order.sort(&mut sorted);
        let mut expected: Vec<usize> = (0..rows.len()).collect();
        expected.sort_by(|a, b| {
            let ((x, s), (y, t)) = (&rows[*a], &rows[*b]);
            let by_number = match (x, y) {
                (None, None) => Ordering::Equal,
                (None, _) => Ordering::Greater,
                (_, None) => Ordering::Less,
                (x, y) if down => y.cmp(x),
                (x, y) => x.cmp(y),
            };
            by_number.then(if up { t.cmp(s) } else { s.cmp(t) })
        });
        prop_assert_eq!(sorted, expected);
    }

    #[test]
    fn the_first_of_equal_ones_is_unique(rows in rows()) {
        let mut seen = Seen::new();
        let unique: Vec<&String> = rows.iter().filter(|(_, text)| seen.insert(Str::from(text))).map(|row| &row.1).collect();
        let mut expected: Vec<&String> = Vec::new();
        for (_, text) in &rows {
            if !expected.contains(&text) {
                expected.push(text);
            }
        }
        prop_assert_eq!(unique, expected);
    }

    #[test]
    fn an_index_keeps_the_last_and_a_group_keeps_all(rows in rows()) {
        let mut index = Index::new();
        let mut group = Index::new();
        let mut expected: BTreeMap<&str, Vec<Option<i64>>> = BTreeMap::new();
        let mut keys: Vec<&str> = Vec::new();
        for (number, text) in &rows {
            index.set(Str::from(text), *number);
            group.add(Str::from(text), *number);
            if !expected.contains_key(text.as_str()) {
                keys.push(text);
            }
            expected.entry(text).or_default().push(*number);
        }
        for (text, numbers) in &expected {
            prop_assert_eq!(index.get(Str::from(*text)), numbers.last());
            prop_assert_eq!(group.get(Str::from(*text)), Some(numbers));
        }
        let in_order: Vec<String> = group.entries().iter().map(|(key, _)| key.to_text()).collect();
        prop_assert_eq!(in_order, keys);
        prop_assert_eq!(index.get(Str::from("z")), None);
        prop_assert_eq!(index.count() as usize, expected.len());
    }

    #[test]
    fn extremes_and_averages_are_those_of_the_numbers(numbers in proptest::collection::vec(-1000..1000_i64, 0..30)) {
        let (mut low, mut high, mut mean, mut exact) = (None, None, Mean::new(), Mean::new());
        for number in &numbers {
            low = least(low, *number);
            high = greatest(high, *number);
            mean.add(*number, HERE).unwrap();
            exact.add(Decimal::from(*number), HERE).unwrap();
        }
        let sum: i64 = numbers.iter().sum();
        prop_assert_eq!((low, high), (numbers.iter().min().copied(), numbers.iter().max().copied()));
        let expected = (!numbers.is_empty()).then(|| sum as f64 / numbers.len() as f64);
        prop_assert_eq!(mean.value(HERE), Ok(expected));
        let expected = (!numbers.is_empty()).then(|| Decimal::from(sum) / Decimal::from(numbers.len()));
        prop_assert_eq!(exact.value(HERE), Ok(expected));
    }
}

#[test]
fn keys_are_equal_where_their_values_are() {
    let mut seen = Seen::new();
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    assert!(seen.insert(decimal("1.0")) && !seen.insert(decimal("1.00")));
    assert!(seen.insert(0.0) && !seen.insert(-0.0));
    assert!(seen.insert(Str::lit("a\\u0062")) && !seen.insert(Str::from("ab")));
    assert!(seen.insert(None::<i64>) && !seen.insert(Key::Null) && seen.insert(Some(1)));
}

#[test]
fn averages_of_the_largest_numbers_do_not_overflow_and_those_of_decimals_fail_where_they_are_written() {
    let mut mean = Mean::new();
    for _ in 0..3 {
        mean.add(i64::MAX, HERE).unwrap();
    }
    assert_eq!(mean.value(HERE), Ok(Some(i64::MAX as f64)));
    let mut mean = Mean::new();
    mean.add(Decimal::MAX, HERE).unwrap();
    assert_eq!(mean.add(Decimal::MAX, HERE), Err(Fault::ARITHMETIC.at(HERE)));
}

#[test]
fn what_can_fail_is_computed_once() {
    let once = Once::new();
    let mut made = 0;
    for _ in 0..3 {
        let value = once.get(|| {
            made += 1;
            Ok(7)
        });
        assert_eq!(value, Ok(&7));
    }
    assert_eq!(made, 1);
    assert_eq!(
        Once::<i64>::new().get(|| Err(Fault::ARITHMETIC)),
        Err(Fault::ARITHMETIC)
    );
}
