//! Constraints on values: ranges, lengths and patterns, checked where data enters.

use super::decimal;
use regex::Regex;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::fmt;
use std::sync::OnceLock;

/// What must hold for a value beyond its kind. All parts that are set must hold.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    min: Option<Bound>,
    max: Option<Bound>,
    least: u32,
    most: u32,
    pattern: Option<&'static Pattern>,
    each: Option<&'static Rule>,
    key: Option<&'static Rule>,
}

/// One end of a numeric range, inclusive: `unscaled` divided by ten to the power of `scale`.
#[derive(Debug, Clone, Copy)]
struct Bound {
    unscaled: i64,
    scale: u32,
}

impl Bound {
    const fn parse(number: &str) -> Self {
        let text = number.as_bytes();
        let (mut unscaled, mut scale, mut fraction, mut digits, mut at) = (0_i64, 0, false, 0, 0);
        let negative = !text.is_empty() && text[0] == b'-';
        while at < text.len() {
            match text[at] {
                b'-' if at == 0 => {}
                b'.' if !fraction => fraction = true,
                b'0'..=b'9' => {
                    unscaled = match unscaled.checked_mul(10) {
                        Some(unscaled) if negative => unscaled.saturating_sub((text[at] - b'0') as i64),
                        Some(unscaled) => unscaled.saturating_add((text[at] - b'0') as i64),
                        None => panic!("a bound has at most 18 digits"),
                    };
                    digits += 1;
                    scale += fraction as u32;
                }
                _ => panic!("a bound is a number without exponent"),
            }
            at += 1;
        }
        assert!(
            digits > 0 && scale <= 18,
            "a bound is a number of at most 18 decimal places"
        );
        Bound { unscaled, scale }
    }

    fn to_decimal(self) -> Decimal {
        // The scale is at most 18 by construction, which every `i64` can take.
        Decimal::try_new(self.unscaled, self.scale).unwrap_or_default()
    }

    fn cmp_int(self, value: i64) -> Ordering {
        let scaled = i128::from(value) * 10_i128.pow(self.scale);
        scaled.cmp(&i128::from(self.unscaled))
    }

    fn cmp_float(self, value: f64) -> Ordering {
        let bound = self.unscaled as f64 / 10_f64.powi(self.scale as i32);
        value.partial_cmp(&bound).unwrap_or(Ordering::Equal)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_decimal())
    }
}

impl Default for Rule {
    fn default() -> Self {
        Self::new()
    }
}

impl Rule {
    /// The rule that everything keeps; the start of every other one.
    pub const fn new() -> Self {
        Rule {
            min: None,
            max: None,
            least: 0,
            most: u32::MAX,
            pattern: None,
            each: None,
            key: None,
        }
    }

    /// The smallest allowed number, as the spec writes it: `-1.5`. At most 18 digits.
    pub const fn min(self, number: &str) -> Self {
        Rule {
            min: Some(Bound::parse(number)),
            ..self
        }
    }

    /// The largest allowed number, as [`Rule::min`].
    pub const fn max(self, number: &str) -> Self {
        Rule {
            max: Some(Bound::parse(number)),
            ..self
        }
    }

    /// The allowed lengths, both ends included: code points of a text, elements of a list.
    pub const fn length(self, least: Option<u32>, most: Option<u32>) -> Self {
        let least = if let Some(least) = least { least } else { 0 };
        let most = if let Some(most) = most { most } else { u32::MAX };
        Rule { least, most, ..self }
    }

    /// A pattern that must be found in the text.
    pub const fn pattern(self, pattern: &'static Pattern) -> Self {
        Rule {
            pattern: Some(pattern),
            ..self
        }
    }

    /// A rule for every element of a list, and every value of a map.
    pub const fn each(self, rule: &'static Rule) -> Self {
        Rule {
            each: Some(rule),
            ..self
        }
    }

    /// A rule for every key of a map.
    pub const fn key(self, rule: &'static Rule) -> Self {
        Rule {
            key: Some(rule),
            ..self
        }
    }

    pub(crate) fn element(&self) -> Option<&'static Rule> {
        self.each
    }

    pub(crate) fn of_keys(&self) -> Option<&'static Rule> {
        self.key
    }

    pub(crate) fn allows_int(&self, value: i64) -> bool {
        self.within(|bound| bound.cmp_int(value))
    }

    pub(crate) fn allows_float(&self, value: f64) -> bool {
        self.within(|bound| bound.cmp_float(value))
    }

    pub(crate) fn allows_decimal(&self, text: &str) -> bool {
        decimal::parse(text).is_some_and(|value| self.within(|bound| value.cmp(&bound.to_decimal())))
    }

    fn within(&self, compare: impl Fn(Bound) -> Ordering) -> bool {
        self.min.is_none_or(|min| compare(min).is_ge()) && self.max.is_none_or(|max| compare(max).is_le())
    }

    pub(crate) fn allows_text(&self, text: &str) -> bool {
        (self.least == 0 && self.most == u32::MAX || self.allows_count(text.chars().count()))
            && self.pattern.is_none_or(|pattern| pattern.is_found_in(text))
    }

    pub(crate) fn allows_count(&self, count: usize) -> bool {
        (self.least as usize..=self.most as usize).contains(&count)
    }

    /// The sentence for a client whose value breaks the rule; `unit` is what a length counts.
    pub(crate) fn explain(&self, unit: &str) -> String {
        let mut parts = Vec::new();
        match (self.min, self.max) {
            (Some(min), Some(max)) => parts.push(format!("be between {min} and {max}")),
            (Some(min), None) => parts.push(format!("be at least {min}")),
            (None, Some(max)) => parts.push(format!("be at most {max}")),
            (None, None) => {}
        }
        match (self.least, self.most) {
            (0, u32::MAX) => {}
            (least, u32::MAX) => parts.push(format!("have at least {least} {unit}")),
            (0, most) => parts.push(format!("have at most {most} {unit}")),
            (least, most) if least == most => parts.push(format!("have exactly {least} {unit}")),
            (least, most) => parts.push(format!("have {least} to {most} {unit}")),
        }
        if let Some(pattern) = self.pattern {
            parts.push(format!("match {}", pattern.source));
        }
        format!("must {}", parts.join(" and "))
    }
}

/// A regular expression of a spec, compiled at its first use. Matching takes time linear in the text.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern in the syntax of the `regex` crate; the compiler has checked it.
    pub const fn new(source: &'static str) -> Self {
        Pattern {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// Whether the pattern is found anywhere in the text. One that does not compile is found nowhere.
    pub fn is_found_in(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| Regex::new(self.source).ok())
            .as_ref()
            .is_some_and(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_include_both_ends() {
        let rule = Rule::new().min("1").max("2.5");
        assert!(rule.allows_int(1) && rule.allows_int(2) && !rule.allows_int(0) && !rule.allows_int(3));
        assert!(rule.allows_float(2.5) && !rule.allows_float(2.51) && !rule.allows_float(0.99));
        assert!(rule.allows_decimal("2.50") && rule.allows_decimal("1") && !rule.allows_decimal("2.5000001"));
        assert_eq!(rule.explain(""), "must be between 1 and 2.5");
    }

    #[test]
    fn bounds_reach_both_ends_of_an_integer() {
        let rule = Rule::new().min("-9223372036854775808").max("9223372036854775807");
        assert!(rule.allows_int(i64::MIN) && rule.allows_int(i64::MAX));
        assert!(!Rule::new().max("-0.5").allows_int(0) && Rule::new().max("-0.5").allows_decimal("-0.50"));
    }

    #[test]
    fn lengths_count_code_points_and_patterns_are_searched_for() {
        static WORD: Pattern = Pattern::new("^b|c$");
        let rule = Rule::new().length(Some(2), Some(3)).pattern(&WORD);
        assert!(rule.allows_text("bä") && rule.allows_text("äöc"));
        assert!(!rule.allows_text("b") && !rule.allows_text("bäöü") && !rule.allows_text("aaa"));
        assert_eq!(
            rule.explain("characters"),
            "must have 2 to 3 characters and match ^b|c$"
        );
    }
}
