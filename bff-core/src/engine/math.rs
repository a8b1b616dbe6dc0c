//! Arithmetic of the language: checked, exact for integers and decimals, faults instead of wrong numbers.

use super::decimal;
use super::fault::{Eval, Fault};
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
    fn modulo(self, other: Self) -> Eval<Option<Self>>;
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
    fn float(self) -> Eval<f64>;
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
    fn modulo(self, other: i64) -> Eval<Option<i64>> {
        // The one overflow there is has the remainder 0, which wrapping gives.
        Ok((other != 0).then(|| self.wrapping_rem(other)))
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
    fn float(self) -> Eval<f64> {
        Ok(self as f64)
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
    fn modulo(self, other: Decimal) -> Eval<Option<Decimal>> {
        match other.is_zero() {
            true => Ok(None),
            false => checked(self.checked_rem(other)).map(Some),
        }
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
    fn float(self) -> Eval<f64> {
        checked(self.to_f64())
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
    fn modulo(self, other: f64) -> Eval<Option<f64>> {
        Ok((other != 0.0).then_some(self % other))
    }
    fn neg(self) -> Eval<f64> {
        Ok(-self)
    }
    fn round(self, places: i64) -> Eval<f64> {
        // By the decimal text of the number: 2.675 is written so and rounds to 2.68, whatever its bits are.
        match decimal::parse(zmij::Buffer::new().format(self)) {
            Some(exact) => Number::round(exact, places)?.float(),
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
    fn float(self) -> Eval<f64> {
        Ok(self)
    }
    fn decimal(self) -> Eval<Decimal> {
        checked(decimal::parse(zmij::Buffer::new().format(self)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        decimal::parse(text).expect("a decimal")
    }

    #[test]
    fn overflow_is_a_fault_and_never_a_wrong_number() {
        assert_eq!(Number::add(i64::MAX, 1), Err(Fault::ARITHMETIC));
        assert_eq!(Number::sub(i64::MIN, 1), Err(Fault::ARITHMETIC));
        assert_eq!(Number::mul(i64::MAX, 2), Err(Fault::ARITHMETIC));
        assert_eq!(Number::neg(i64::MIN), Err(Fault::ARITHMETIC));
        assert_eq!(Number::mul(f64::MAX, 2.0), Err(Fault::ARITHMETIC));
        assert_eq!(Number::mul(Decimal::MAX, dec("2")), Err(Fault::ARITHMETIC));
        assert_eq!(Number::int(9.3e18), Err(Fault::ARITHMETIC));
        assert_eq!(Number::int(-9_223_372_036_854_775_808.0), Ok(i64::MIN));
        assert_eq!(Number::int(9_223_372_036_854_775_808.0), Err(Fault::ARITHMETIC));
        assert_eq!(Number::round(i64::MAX, -1), Err(Fault::ARITHMETIC));
        assert_eq!(Number::decimal(1e300), Err(Fault::ARITHMETIC));
    }

    #[test]
    fn division_by_zero_is_null() {
        assert_eq!(Number::div(1, 0), Ok(None));
        assert_eq!(Number::div(1.0, -0.0), Ok(None));
        assert_eq!(Number::div(dec("1"), dec("0.00")), Ok(None));
        assert_eq!(Number::div(1, 4), Ok(Some(0.25)));
        assert_eq!(Number::div(dec("1"), dec("4")), Ok(Some(dec("0.25"))));
        assert_eq!(
            (
                Number::modulo(7, 0),
                Number::modulo(-7, 3),
                Number::modulo(i64::MIN, -1)
            ),
            (Ok(None), Ok(Some(-1)), Ok(Some(0)))
        );
        assert_eq!(Number::modulo(dec("7.5"), dec("2")), Ok(Some(dec("1.5"))));
        assert_eq!(Number::modulo(7.5, 0.0), Ok(None));
    }

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(Number::round(dec("2.675"), 2), Ok(dec("2.68")));
        assert_eq!(Number::round(dec("-2.5"), 0), Ok(dec("-3")));
        assert_eq!(Number::round(2.675, 2), Ok(2.68));
        assert_eq!(Number::round(-0.5, 0), Ok(-1.0));
        assert_eq!(Number::round(1e300, 2), Ok(1e300));
        assert_eq!(Number::round(1e-300, 2), Ok(0.0));
        assert_eq!(Number::round(1250, -2), Ok(1300));
        assert_eq!(Number::round(dec("1250"), -40), Ok(dec("0")));
        assert_eq!((Number::floor(-1.5), Number::ceil(-1.5)), (Ok(-2.0), Ok(-1.0)));
        assert_eq!(
            (Number::floor(dec("-1.5")), Number::ceil(dec("1.2"))),
            (Ok(dec("-2")), Ok(dec("2")))
        );
    }
}
