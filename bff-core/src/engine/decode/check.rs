//! Checks of single values: the text of scalars, and the constraints of the spec.

use super::{Decoder, Misfit, Origin, Stop};
use crate::engine::plan::Kind;
use crate::engine::rule::Rule;
use crate::engine::value::{time, unescape};
use crate::engine::{base64, decimal, word};
use std::borrow::Cow;

/// Whether the octets between two quotes are a value of this kind.
pub(super) fn text_fits(kind: &Kind, octets: &str, escaped: bool, origin: Origin) -> bool {
    let text = match escaped {
        false => Cow::Borrowed(octets),
        true => match unescape(octets) {
            Some(text) => Cow::Owned(text),
            None => return false,
        },
    };
    match kind {
        Kind::Str | Kind::Id => true,
        // A decimal is written out without its quotes where numbers are wanted, so it may hold no escape.
        Kind::Decimal => !escaped && decimal::is_decimal(&text),
        Kind::Uuid => is_uuid(&text),
        Kind::Url => is_url(&text),
        Kind::Date => time::is_date(&text),
        Kind::DateTime => time::is_date_time(&text),
        Kind::Duration => time::parse_duration(&text).is_some(),
        Kind::Bytes => base64::is_base64(&text),
        Kind::Zone => time::is_zone(&text),
        Kind::Enum(names) => (names.open && origin == Origin::Upstream) || names.values.contains(&&*text),
        _ => false,
    }
}

/// Whether the octets of a key of a map are a key of this kind.
pub(super) fn key_fits(kind: &Kind, octets: &str, escaped: bool, origin: Origin) -> bool {
    match kind {
        Kind::Int => !escaped && octets.parse::<i64>().is_ok_and(|key| key.to_string() == octets),
        _ => text_fits(kind, octets, escaped, origin),
    }
}

/// Whether an integer of the JSON grammar fits 64 bits.
#[inline]
pub(super) fn is_i64(text: &str) -> bool {
    text.len() <= 18 || text.parse::<i64>().is_ok()
}

/// Whether a number of the JSON grammar is a finite float. Without an exponent it takes 309 digits to leave the range.
#[inline]
pub(super) fn is_finite(text: &str, exponent: bool) -> bool {
    !exponent && text.len() <= 300 || text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Whether a number of the JSON grammar is a decimal. Without an exponent so few characters always are.
#[inline]
pub(super) fn is_decimal(text: &str, exponent: bool) -> bool {
    !exponent && text.len() <= 28 || decimal::is_decimal(text)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// An absolute URL: a scheme, a colon and something behind it, without blanks, controls and `<>"`.
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let in_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(in_scheme)
        && !rest.is_empty()
        && !rest
            .chars()
            .any(|it| it.is_whitespace() || it.is_control() || matches!(it, '<' | '>' | '"'))
}

impl Decoder<'_> {
    /// Gives the word back when its value keeps the rule.
    pub(super) fn keeps(&mut self, rule: &'static Rule, kind: &'static Kind, word: u64) -> Result<u64, Stop> {
        if word::is_null(word) {
            return Ok(word);
        }
        let mut unit = "characters";
        let kept = match kind.inner() {
            Kind::List(_) | Kind::Map(..) => {
                unit = "elements";
                rule.allows_count(word::count(word))
            }
            Kind::Rec(_) | Kind::Union(_) | Kind::Json | Kind::Bool => true,
            Kind::Bytes => {
                unit = "bytes";
                let octets = &self.text[word::range(word)];
                match word::is_escaped(word) {
                    true => unescape(octets).is_some_and(|text| rule.allows_count(base64::count(&text))),
                    false => rule.allows_count(base64::count(octets)),
                }
            }
            Kind::Int => self.text[word::range(word)]
                .parse()
                .is_ok_and(|value| rule.allows_int(value)),
            Kind::Float => self.text[word::range(word)]
                .parse()
                .is_ok_and(|value| rule.allows_float(value)),
            Kind::Decimal => rule.allows_decimal(&self.text[word::range(word)]),
            _ => {
                let octets = &self.text[word::range(word)];
                match word::is_escaped(word) {
                    true => unescape(octets).is_some_and(|text| rule.allows_text(&text)),
                    false => rule.allows_text(octets),
                }
            }
        };
        if kept {
            Ok(word)
        } else {
            Err(self.misfit(Misfit::Rule(rule, unit)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_with_a_grammar_of_their_own_are_checked() {
        assert!(is_uuid("123e4567-e89b-12d3-A456-426614174000"));
        assert!(!is_uuid("123e4567e89b12d3a456426614174000") && !is_uuid("123e4567-e89b-12d3-a456-42661417400g"));
        for url in [
            "https://example.com/a?b#c",
            "mailto:a@b",
            "urn:x:y",
            "http://ü.example/ä",
        ] {
            assert!(is_url(url), "{url}");
        }
        for url in [
            "",
            "/a",
            "example.com",
            "1a:b",
            "http:",
            "http://a b",
            "ht tp://a",
            "http://a/\n",
            "://a",
        ] {
            assert!(!is_url(url), "{url}");
        }
        assert!(is_i64("9223372036854775807") && is_i64("-9223372036854775808") && is_i64("-0"));
        assert!(!is_i64("9223372036854775808") && !is_i64("-9223372036854775809"));
        assert!(is_finite("1e308", true) && !is_finite("1e309", true) && is_finite("1e-999", true));
        assert!(!is_finite(&"9".repeat(310), false));
    }
}
