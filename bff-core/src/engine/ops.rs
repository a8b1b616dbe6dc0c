//! The operators and scalar methods of the language. Each takes the place that its fault will name.

use super::decimal;
use super::fault::{At, Eval, Fault, Located};
use super::math::Number;
use super::value::{DateTime, Duration, Str};
use rust_decimal::Decimal;

/// `a + b`, `a - b` where the sides may be of different types: numbers, and instants with durations.
pub trait Sum<Other> {
    /// What `+` gives.
    type Plus;
    /// What `-` gives.
    type Minus;
    /// `+`.
    fn plus(self, other: Other) -> Eval<Self::Plus>;
    /// `-`.
    fn minus(self, other: Other) -> Eval<Self::Minus>;
}

macro_rules! sum_of_numbers {
    ($($t:ty),*) => { $(
        impl Sum<$t> for $t {
            type Plus = $t;
            type Minus = $t;
            fn plus(self, other: $t) -> Eval<$t> {
                Number::add(self, other)
            }
            fn minus(self, other: $t) -> Eval<$t> {
                Number::sub(self, other)
            }
        }
    )* };
}
sum_of_numbers!(i64, f64, Decimal);

/// How long a function of Rust may run before the log says so: it holds up everything else on its core.
const SLOW: std::time::Duration = std::time::Duration::from_millis(10);

/// Runs a function of Rust inline, and says in the log when it took long.
pub fn timed<T>(name: &'static str, at: At, run: impl FnOnce() -> T) -> T {
    let begun = std::time::Instant::now();
    let value = run();
    let took = begun.elapsed();
    if took > SLOW {
        slow(name, at, took);
    }
    value
}

#[cold]
fn slow(name: &'static str, at: At, took: std::time::Duration) {
    tracing::warn!(function = name, %at, millis = took.as_millis() as u64, "an extern function took long");
}

/// A float of Rust code.
///
/// # Errors
/// [`Fault::ARITHMETIC`] if it is not finite: JSON has no such number.
pub fn finite(value: f64, at: At) -> Eval<f64> {
    checked(value.is_finite().then_some(value)).at(at)
}

fn checked<T>(value: Option<T>) -> Eval<T> {
    value.ok_or(Fault::ARITHMETIC)
}

impl Sum<Duration> for DateTime {
    type Plus = DateTime;
    type Minus = DateTime;
    fn plus(self, other: Duration) -> Eval<DateTime> {
        checked(self.0.checked_add(other.0).ok().map(DateTime))
    }
    fn minus(self, other: Duration) -> Eval<DateTime> {
        checked(self.0.checked_sub(other.0).ok().map(DateTime))
    }
}

impl Sum<DateTime> for DateTime {
    /// Instants are not added.
    type Plus = std::convert::Infallible;
    type Minus = Duration;
    fn plus(self, _: DateTime) -> Eval<Self::Plus> {
        Err(Fault::internal("two instants are not added"))
    }
    fn minus(self, other: DateTime) -> Eval<Duration> {
        Ok(Duration(self.0.duration_since(other.0)))
    }
}

impl Sum<Duration> for Duration {
    type Plus = Duration;
    type Minus = Duration;
    fn plus(self, other: Duration) -> Eval<Duration> {
        checked(self.0.checked_add(other.0).map(Duration))
    }
    fn minus(self, other: Duration) -> Eval<Duration> {
        checked(self.0.checked_sub(other.0).map(Duration))
    }
}

/// `a + b`.
///
/// # Errors
/// [`Fault::ARITHMETIC`] on overflow and where a float would not be finite; so do the other operators.
pub fn add<A: Sum<B>, B>(a: A, b: B, at: At) -> Eval<A::Plus> {
    a.plus(b).at(at)
}

/// `a - b`.
///
/// # Errors
/// As [`add`].
pub fn sub<A: Sum<B>, B>(a: A, b: B, at: At) -> Eval<A::Minus> {
    a.minus(b).at(at)
}

/// `a * b`.
///
/// # Errors
/// As [`add`].
pub fn mul<T: Number>(a: T, b: T, at: At) -> Eval<T> {
    a.mul(b).at(at)
}

/// `a / b`: a float, or a decimal of decimals; nothing for a zero divisor.
///
/// # Errors
/// As [`add`].
pub fn div<T: Number>(a: T, b: T, at: At) -> Eval<Option<T::Quotient>> {
    a.div(b).at(at)
}

/// `a.mod(b)`: the remainder with the sign of `a`; nothing for a zero divisor.
///
/// # Errors
/// As [`add`].
pub fn modulo<T: Number>(a: T, b: T, at: At) -> Eval<Option<T>> {
    a.modulo(b).at(at)
}

/// `-a`.
///
/// # Errors
/// As [`add`].
pub fn neg<T: Number>(a: T, at: At) -> Eval<T> {
    a.neg().at(at)
}

/// `a.round(places)`, halves away from zero. Negative places round to tens, hundreds and so on.
///
/// # Errors
/// As [`add`].
pub fn round<T: Number>(a: T, places: i64, at: At) -> Eval<T> {
    a.round(places).at(at)
}

/// `a.floor()`.
///
/// # Errors
/// As [`add`].
pub fn floor<T: Number>(a: T, at: At) -> Eval<T> {
    a.floor().at(at)
}

/// `a.ceil()`.
///
/// # Errors
/// As [`add`].
pub fn ceil<T: Number>(a: T, at: At) -> Eval<T> {
    a.ceil().at(at)
}

/// `a.int()` of a number: its whole part.
///
/// # Errors
/// [`Fault::ARITHMETIC`] when it does not fit.
pub fn to_int<T: Number>(a: T, at: At) -> Eval<i64> {
    a.int().at(at)
}

/// `a.float()` of a number: the nearest one.
///
/// # Errors
/// As [`add`].
pub fn to_float<T: Number>(a: T, at: At) -> Eval<f64> {
    a.float().at(at)
}

/// `a.decimal()` of a number; of a float its shortest text is taken.
///
/// # Errors
/// [`Fault::ARITHMETIC`] when a float needs more than 28 digits.
pub fn to_decimal<T: Number>(a: T, at: At) -> Eval<Decimal> {
    a.decimal().at(at)
}

/// `s.int()` of a text: nothing when it is no integer of 64 bits in decimal digits.
pub fn read_int(text: Str<'_>) -> Option<i64> {
    let text = text.text();
    let digits = text.strip_prefix('-').unwrap_or(&text);
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

/// `s.float()` of a text: nothing when it is no finite decimal number.
pub fn read_float(text: Str<'_>) -> Option<f64> {
    let text = text.text();
    let numeric = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'));
    numeric
        .then(|| text.parse().ok().filter(|value: &f64| value.is_finite()))
        .flatten()
}

/// `s.decimal()` of a text: nothing when it is no number of at most 28 digits.
pub fn read_decimal(text: Str<'_>) -> Option<Decimal> {
    decimal::parse(&text.text())
}

/// A decimal of the spec, which the compiler has checked.
pub fn decimal(literal: &str) -> Decimal {
    decimal::parse(literal).unwrap_or_default()
}

/// A value that narrowing has shown to be there.
///
/// # Errors
/// An internal fault when it is not, which would be a bug of the compiler.
pub fn known<T>(value: Option<T>, at: At) -> Eval<T> {
    value
        .ok_or(Fault::internal("a value that was shown to be there is null"))
        .at(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: At = At("a.bff", 1);

    #[test]
    fn a_fault_names_the_place_of_its_operator() {
        assert_eq!(add(i64::MAX, 1, HERE), Err(Fault::ARITHMETIC.at(HERE)));
        assert_eq!(known(None::<i64>, HERE).map_err(|it| it.at), Err(Some(HERE)));
        assert_eq!(known(Some(1), HERE), Ok(1));
    }

    #[test]
    fn text_is_a_number_only_when_all_of_it_is() {
        assert_eq!((read_int("12".into()), read_int("-12".into())), (Some(12), Some(-12)));
        for text in ["", "-", "+1", " 1", "1.0", "9223372036854775808", "0x1"] {
            assert_eq!(read_int(text.into()), None, "{text}");
        }
        assert_eq!(read_float("1e3".into()), Some(1000.0));
        for text in ["", "nan", "inf", "1e999", "1,5", "0x1"] {
            assert_eq!(read_float(text.into()), None, "{text}");
        }
        assert_eq!(read_decimal("1.50".into()), Some(decimal("1.50")));
        assert_eq!(read_decimal("one".into()), None);
    }

    #[test]
    fn instants_and_durations_add_up() {
        let (at, hours) = (DateTime::lit("2024-02-28T23:00:00Z"), Duration::from_millis(7_200_000));
        let next = add(at, hours, HERE).expect("in range");
        assert_eq!(next, DateTime::lit("2024-02-29T01:00:00Z"));
        assert_eq!(sub(next, at, HERE), Ok(hours));
        assert_eq!(sub(next, hours, HERE), Ok(at));
        assert_eq!(add(hours, hours, HERE).map(|it| it.to_string()), Ok("PT4H".to_owned()));
        assert_eq!(
            add(at, Duration::from_millis(u64::MAX), HERE),
            Err(Fault::ARITHMETIC.at(HERE))
        );
    }
}
