//! Decimals: exact numbers of at most 28 digits, read from text and never through a float.

use rust_decimal::Decimal;

/// The most digits that a decimal keeps, and the most decimal places.
const DIGITS: i64 = 28;

/// Reads a number in the grammar of JSON exactly, or not at all.
///
/// `None` when the text is no JSON number, or when its value needs more than 28 digits or decimal places.
/// `1e3` is 1000; zeros at the end of a fraction are kept as far as they fit.
pub(crate) fn parse(text: &str) -> Option<Decimal> {
    let parts = Parts::of(text)?;
    let mut mantissa: i128 = 0;
    let mut digits = 0;
    for byte in parts.digits() {
        digits += i64::from(mantissa != 0 || byte != b'0');
        if digits > 38 {
            return None;
        }
        mantissa = mantissa * 10 + i128::from(byte - b'0');
    }
    let mut scale = i64::try_from(parts.fraction.len()).ok()?.checked_sub(parts.exponent)?;
    if mantissa == 0 {
        scale = scale.clamp(0, DIGITS);
    }
    while scale < 0 && mantissa < 10_i128.pow(DIGITS as u32) {
        mantissa *= 10;
        scale += 1;
    }
    while (scale > DIGITS || mantissa >= 10_i128.pow(DIGITS as u32)) && scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    if mantissa >= 10_i128.pow(DIGITS as u32) || !(0..=DIGITS).contains(&scale) {
        return None;
    }
    let signed = if parts.negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, scale as u32).ok()
}

/// Whether the text is a decimal that [`parse`] reads; text of usual length is not computed with.
pub(crate) fn is_decimal(text: &str) -> bool {
    let Some(parts) = Parts::of(text) else { return false };
    let plain = parts.exponent == 0 && parts.whole.len() + parts.fraction.len() <= DIGITS as usize;
    plain || parse(text).is_some()
}

/// A number of the JSON grammar, cut into its parts.
struct Parts<'t> {
    negative: bool,
    whole: &'t [u8],
    fraction: &'t [u8],
    exponent: i64,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (negative, rest) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        let (whole, rest) = split_digits(rest);
        if whole.is_empty() || (whole.len() > 1 && whole[0] == b'0') {
            return None;
        }
        let (fraction, rest) = match rest {
            [b'.', rest @ ..] => split_digits(rest),
            _ => (&rest[..0], rest),
        };
        if fraction.is_empty() && bytes.contains(&b'.') {
            return None;
        }
        Some(Parts {
            negative,
            whole,
            fraction,
            exponent: exponent(rest)?,
        })
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.whole.iter().chain(self.fraction).copied()
    }
}

fn split_digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_at(
        bytes
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .unwrap_or(bytes.len()),
    )
}

/// The value of `e+12`, 0 for nothing; exponents beyond all use are cut to one that nothing fits.
fn exponent(bytes: &[u8]) -> Option<i64> {
    let (negative, digits) = match bytes {
        [] => return Some(0),
        [b'e' | b'E', b'-', digits @ ..] => (true, digits),
        [b'e' | b'E', b'+', digits @ ..] | [b'e' | b'E', digits @ ..] => (false, digits),
        _ => return None,
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0_i64, |value, digit| {
        (value * 10 + i64::from(digit - b'0')).min(1 << 40)
    });
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_or_refused() {
        for (text, value) in [
            ("0", "0"),
            ("-0.00", "0.00"),
            ("12.50", "12.50"),
            ("1e3", "1000"),
            ("1.25E-2", "0.0125"),
            ("120e-1", "12.0"),
            ("0e400", "0"),
            ("9999999999999999999999999999", "9999999999999999999999999999"),
            ("1.00000000000000000000000000000000", "1.000000000000000000000000000"),
            ("1e27", "1000000000000000000000000000"),
            ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
        ] {
            assert_eq!(
                parse(text).map(|it| it.abs().to_string()).as_deref(),
                Some(value),
                "{text}"
            );
            assert!(is_decimal(text), "{text}");
        }
        for text in [
            "",
            "-",
            "1.",
            ".5",
            "01",
            "+1",
            "1e",
            "1e+",
            "1e28",
            "1e-29",
            "10000000000000000000000000000",
            "1 ",
            "1x",
        ] {
            assert_eq!(parse(text), None, "{text}");
            assert!(!is_decimal(text), "{text}");
        }
    }
}
