//! Arithmetic of the language: checked, exact for integers and decimals, faults instead of wrong numbers.

use super::decimal;
use super::fault::{Eval, Fault};
use super::value::{Date, DateTime, Duration, Str, time};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// A type of numbers. Both sides of an operator have the same one; generated code converts before.
pub trait Number: Copy + PartialOrd {
    /// What `/` gives.
    type Quotient;
    /// `+`. Overflow is a fault.
    fn add(self, other: Self) -> Eval<Self>;
    /// `-`. Overflow is a fault.
    fn sub(self, other: Self) -> Eval<Self>;
    /// `*`. Overflow is a fault.
    fn mul(self, other: Self) -> Eval<Self>;
    /// `/`. Nothing for a zero divisor.
    fn div(self, other: Self) -> Eval<Option<Self::Quotient>>;
    /// The remainder of truncated division, with the sign of the dividend. Nothing for a zero divisor.
    fn modulo(self, other: Self) -> Option<Self>;
    /// The negative number.
    fn neg(self) -> Eval<Self>;
    /// The nearest number with this many decimal places, halves away from zero.
    fn round(self, places: i64) -> Eval<Self>;
    /// The next whole number below.
    fn floor(self) -> Eval<Self>;
    /// The next whole number above.
    fn ceil(self) -> Eval<Self>;
    /// The whole part. A fault when it does not fit.
    fn int(self) -> Eval<i64>;
    /// The nearest float.
    fn float(self) -> f64;
    /// The decimal; a float by its shortest text. A fault when it has no more than 28 digits.
    fn decimal(self) -> Eval<Decimal>;
}

fn checked<T>(value: Option<T>) -> Eval<T> {
    value.ok_or(Fault::ARITHMETIC)
}

fn finite(value: f64) -> Eval<f64> {
    checked(value.is_finite().then_some(value))
}

impl Number for i64 {
    type Quotient = f64;
    fn add(self, other: i64) -> Eval<i64> {
        checked(self.checked_add(other))
    }
    fn sub(self, other: i64) -> Eval<i64> {
        checked(self.checked_sub(other))
    }
    fn mul(self, other: i64) -> Eval<i64> {
        checked(self.checked_mul(other))
    }
    fn div(self, other: i64) -> Eval<Option<f64>> {
        Ok((other != 0).then(|| self as f64 / other as f64))
    }
    fn modulo(self, other: i64) -> Option<i64> {
        // The one overflow there is has the remainder 0, which wrapping gives.
        (other != 0).then(|| self.wrapping_rem(other))
    }
    fn neg(self) -> Eval<i64> {
        checked(self.checked_neg())
    }
    fn round(self, places: i64) -> Eval<i64> {
        if places >= 0 {
            return Ok(self);
        }
        let rounded = Number::round(Decimal::from(self), places)?;
        checked(rounded.to_i64())
    }
    fn floor(self) -> Eval<i64> {
        Ok(self)
    }
    fn ceil(self) -> Eval<i64> {
        Ok(self)
    }
    fn int(self) -> Eval<i64> {
        Ok(self)
    }
    fn float(self) -> f64 {
        self as f64
    }
    fn decimal(self) -> Eval<Decimal> {
        Ok(self.into())
    }
}

impl Number for Decimal {
    type Quotient = Decimal;
    fn add(self, other: Decimal) -> Eval<Decimal> {
        checked(self.checked_add(other))
    }
    fn sub(self, other: Decimal) -> Eval<Decimal> {
        checked(self.checked_sub(other))
    }
    fn mul(self, other: Decimal) -> Eval<Decimal> {
        checked(self.checked_mul(other))
    }
    fn div(self, other: Decimal) -> Eval<Option<Decimal>> {
        match other.is_zero() {
            true => Ok(None),
            false => checked(self.checked_div(other)).map(Some),
        }
    }
    fn modulo(self, other: Decimal) -> Option<Decimal> {
        (!other.is_zero()).then(|| self.checked_rem(other)).flatten()
    }
    fn neg(self) -> Eval<Decimal> {
        Ok(-self)
    }
    fn round(self, places: i64) -> Eval<Decimal> {
        if let Ok(places) = u32::try_from(places) {
            return Ok(self.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero));
        }
        let Some(unit) = u32::try_from(-places)
            .ok()
            .and_then(|places| 10_i128.checked_pow(places))
        else {
            return Ok(Decimal::ZERO);
        };
        let Ok(unit) = Decimal::try_from_i128_with_scale(unit, 0) else {
            return Ok(Decimal::ZERO);
        };
        let units = checked(self.checked_div(unit))?.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        checked(units.checked_mul(unit))
    }
    fn floor(self) -> Eval<Decimal> {
        Ok(Decimal::floor(&self))
    }
    fn ceil(self) -> Eval<Decimal> {
        Ok(Decimal::ceil(&self))
    }
    fn int(self) -> Eval<i64> {
        checked(self.trunc().to_i64())
    }
    fn float(self) -> f64 {
        self.to_f64().unwrap_or_default()
    }
    fn decimal(self) -> Eval<Decimal> {
        Ok(self)
    }
}

impl Number for f64 {
    type Quotient = f64;
    fn add(self, other: f64) -> Eval<f64> {
        finite(self + other)
    }
    fn sub(self, other: f64) -> Eval<f64> {
        finite(self - other)
    }
    fn mul(self, other: f64) -> Eval<f64> {
        finite(self * other)
    }
    fn div(self, other: f64) -> Eval<Option<f64>> {
        match other == 0.0 {
            true => Ok(None),
            false => finite(self / other).map(Some),
        }
    }
    fn modulo(self, other: f64) -> Option<f64> {
        (other != 0.0).then_some(self % other)
    }
    fn neg(self) -> Eval<f64> {
        Ok(-self)
    }
    fn round(self, places: i64) -> Eval<f64> {
        // By the decimal text of the number: 2.675 is written so and rounds to 2.68, whatever its bits are.
        match decimal::parse(zmij::Buffer::new().format(self)) {
            Some(exact) => Ok(Number::round(exact, places)?.float()),
            // Out of the range of a decimal: larger than any place asked for, or as good as zero.
            None if self.abs() >= 1.0 => Ok(self),
            None => Ok(if places > 27 { self } else { 0.0 }),
        }
    }
    fn floor(self) -> Eval<f64> {
        Ok(f64::floor(self))
    }
    fn ceil(self) -> Eval<f64> {
        Ok(f64::ceil(self))
    }
    fn int(self) -> Eval<i64> {
        let whole = self.trunc();
        // The upper end of the range is no float; the next one below it is.
        checked((whole >= i64::MIN as f64 && whole < -(i64::MIN as f64)).then_some(whole as i64))
    }
    fn float(self) -> f64 {
        self
    }
    fn decimal(self) -> Eval<Decimal> {
        checked(decimal::parse(zmij::Buffer::new().format(self)))
    }
}

/// `a + b`.
///
/// # Errors
/// [`Fault::ARITHMETIC`] on overflow and where a float would not be finite; so do the other operators.
pub fn add<T: Number>(a: T, b: T) -> Eval<T> {
    a.add(b)
}

/// `a - b`.
///
/// # Errors
/// As [`add`].
pub fn sub<T: Number>(a: T, b: T) -> Eval<T> {
    a.sub(b)
}

/// `a * b`.
///
/// # Errors
/// As [`add`].
pub fn mul<T: Number>(a: T, b: T) -> Eval<T> {
    a.mul(b)
}

/// `a / b`: a float, or a decimal of decimals; nothing for a zero divisor.
///
/// # Errors
/// As [`add`].
pub fn div<T: Number>(a: T, b: T) -> Eval<Option<T::Quotient>> {
    a.div(b)
}

/// `a.mod(b)`: nothing for a zero divisor.
pub fn modulo<T: Number>(a: T, b: T) -> Option<T> {
    a.modulo(b)
}

/// `-a`.
///
/// # Errors
/// As [`add`].
pub fn neg<T: Number>(a: T) -> Eval<T> {
    a.neg()
}

/// `a.round(places)`, halves away from zero. Negative places round to tens, hundreds and so on.
///
/// # Errors
/// As [`add`].
pub fn round<T: Number>(a: T, places: i64) -> Eval<T> {
    a.round(places)
}

/// `a.floor()`.
///
/// # Errors
/// As [`add`].
pub fn floor<T: Number>(a: T) -> Eval<T> {
    a.floor()
}

/// `a.ceil()`.
///
/// # Errors
/// As [`add`].
pub fn ceil<T: Number>(a: T) -> Eval<T> {
    a.ceil()
}

/// `a.int()` of a number: its whole part.
///
/// # Errors
/// [`Fault::ARITHMETIC`] when it does not fit.
pub fn int<T: Number>(a: T) -> Eval<i64> {
    a.int()
}

/// `a.float()` of a number.
pub fn float<T: Number>(a: T) -> f64 {
    a.float()
}

/// `a.decimal()` of a number.
///
/// # Errors
/// [`Fault::ARITHMETIC`] when a float needs more than 28 digits.
pub fn decimal<T: Number>(a: T) -> Eval<Decimal> {
    a.decimal()
}

/// `s.int()` of a text: nothing when it is no integer of 64 bits in decimal digits.
pub fn int_of(text: Str<'_>) -> Option<i64> {
    let text = text.text();
    let digits = text.strip_prefix('-').unwrap_or(&text);
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

/// `s.float()` of a text: nothing when it is no finite number in the grammar of JSON.
pub fn float_of(text: Str<'_>) -> Option<f64> {
    let text = text.text();
    let numeric = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'));
    numeric
        .then(|| text.parse().ok().filter(|value: &f64| value.is_finite()))
        .flatten()
}

/// `s.decimal()` of a text: nothing when it is no number of at most 28 digits.
pub fn decimal_of(text: Str<'_>) -> Option<Decimal> {
    decimal::parse(&text.text())
}

/// `at + span`.
///
/// # Errors
/// [`Fault::ARITHMETIC`] past the year 9999 or before the year -9999; so does [`earlier`].
pub fn later(at: DateTime, span: Duration) -> Eval<DateTime> {
    checked(at.0.checked_add(span.0).ok().map(DateTime))
}

/// `at - span`.
///
/// # Errors
/// As [`later`].
pub fn earlier(at: DateTime, span: Duration) -> Eval<DateTime> {
    checked(at.0.checked_sub(span.0).ok().map(DateTime))
}

/// `later - earlier`, negative when they stand the other way round.
pub fn between(later: DateTime, earlier: DateTime) -> Duration {
    Duration(later.0.duration_since(earlier.0))
}

/// A duration of the spec, in milliseconds.
pub const fn millis(millis: i64) -> Duration {
    Duration(jiff::SignedDuration::from_millis(millis))
}

/// A date out of text, as [`time::parse_date`].
pub fn date_of(text: Str<'_>) -> Option<Date> {
    time::parse_date(&text.text())
}

/// An instant out of text, as [`time::parse_date_time`].
pub fn date_time_of(text: Str<'_>) -> Option<DateTime> {
    time::parse_date_time(&text.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        decimal::parse(text).expect("a decimal")
    }

    #[test]
    fn overflow_is_a_fault_and_never_a_wrong_number() {
        assert_eq!(add(i64::MAX, 1), Err(Fault::ARITHMETIC));
        assert_eq!(sub(i64::MIN, 1), Err(Fault::ARITHMETIC));
        assert_eq!(mul(i64::MAX, 2), Err(Fault::ARITHMETIC));
        assert_eq!(neg(i64::MIN), Err(Fault::ARITHMETIC));
        assert_eq!(mul(f64::MAX, 2.0), Err(Fault::ARITHMETIC));
        assert_eq!(mul(Decimal::MAX, dec("2")), Err(Fault::ARITHMETIC));
        assert_eq!(int(9.3e18), Err(Fault::ARITHMETIC));
        assert_eq!(int(-9_223_372_036_854_775_808.0), Ok(i64::MIN));
        assert_eq!(int(9_223_372_036_854_775_808.0), Err(Fault::ARITHMETIC));
        assert_eq!(round(i64::MAX, -1), Err(Fault::ARITHMETIC));
        assert_eq!(decimal(1e300), Err(Fault::ARITHMETIC));
    }

    #[test]
    fn division_by_zero_is_null() {
        assert_eq!(div(1, 0), Ok(None));
        assert_eq!(div(1.0, -0.0), Ok(None));
        assert_eq!(div(dec("1"), dec("0.00")), Ok(None));
        assert_eq!(div(1, 4), Ok(Some(0.25)));
        assert_eq!(div(dec("1"), dec("4")), Ok(Some(dec("0.25"))));
        assert_eq!(
            (modulo(7, 0), modulo(-7, 3), modulo(i64::MIN, -1)),
            (None, Some(-1), Some(0))
        );
        assert_eq!(modulo(dec("7.5"), dec("2")), Some(dec("1.5")));
        assert_eq!(modulo(7.5, 0.0), None);
    }

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(round(dec("2.675"), 2), Ok(dec("2.68")));
        assert_eq!(round(dec("-2.5"), 0), Ok(dec("-3")));
        assert_eq!(round(2.675, 2), Ok(2.68));
        assert_eq!(round(-0.5, 0), Ok(-1.0));
        assert_eq!(round(1e300, 2), Ok(1e300));
        assert_eq!(round(1e-300, 2), Ok(0.0));
        assert_eq!(round(1250, -2), Ok(1300));
        assert_eq!(round(dec("1250"), -40), Ok(dec("0")));
        assert_eq!((floor(-1.5), ceil(-1.5)), (Ok(-2.0), Ok(-1.0)));
        assert_eq!((floor(dec("-1.5")), ceil(dec("1.2"))), (Ok(dec("-2")), Ok(dec("2"))));
    }

    #[test]
    fn text_is_a_number_only_when_all_of_it_is() {
        assert_eq!((int_of("12".into()), int_of("-12".into())), (Some(12), Some(-12)));
        for text in ["", "-", "+1", " 1", "1.0", "9223372036854775808", "0x1"] {
            assert_eq!(int_of(text.into()), None, "{text}");
        }
        assert_eq!(float_of("1e3".into()), Some(1000.0));
        for text in ["", "nan", "inf", "1e999", "1,5", "0x1"] {
            assert_eq!(float_of(text.into()), None, "{text}");
        }
        assert_eq!(decimal_of("1.50".into()), Some(dec("1.50")));
        assert_eq!(decimal_of("one".into()), None);
    }

    #[test]
    fn instants_and_durations_add_up() {
        let at = date_time_of("2024-02-28T23:00:00Z".into()).expect("an instant");
        let next = later(at, millis(7_200_000)).expect("in range");
        assert_eq!(next.to_string(), "2024-02-29T01:00:00Z");
        assert_eq!(between(next, at).to_string(), "PT2H");
        assert_eq!(earlier(next, millis(7_200_000)), Ok(at));
        assert_eq!(later(at, millis(i64::MAX)), Err(Fault::ARITHMETIC));
    }
}
