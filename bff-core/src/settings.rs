//! Settings that come from the environment, read and checked once, when the gateway is built.

use std::fmt;
use std::time::Duration;

use crate::engine::table::Setting;
use crate::error::At;

/// Reads an environment variable; a test gives its own.
pub(crate) type Environment = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Why a gateway cannot start. All reasons are found in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartProblem {
    /// The line of the spec that wants what is missing or wrong.
    pub at: At,
    /// One sentence.
    pub message: String,
}

impl fmt::Display for StartProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl std::error::Error for StartProblem {}

/// A type that a setting may have.
pub(crate) trait SettingType: Copy {
    /// The type once it is read.
    type Value;
    /// The value of a literal.
    fn literal(self) -> Self::Value;
    /// Reads the text of a variable; the error says what it should be.
    fn parse(text: &str) -> Result<Self::Value, &'static str>;
    /// What stands for a variable that has no default, where the environment is not read: in tests of a spec.
    fn stand_in() -> Self::Value;
}

impl SettingType for &'static str {
    type Value = String;

    fn literal(self) -> String {
        self.to_owned()
    }

    fn parse(text: &str) -> Result<String, &'static str> {
        if text.trim().is_empty() {
            Err("it must not be empty")
        } else {
            Ok(text.to_owned())
        }
    }

    /// An address, since that is what texts of settings are.
    fn stand_in() -> String {
        "http://upstream.test".to_owned()
    }
}

impl SettingType for Duration {
    type Value = Self;

    fn literal(self) -> Self {
        self
    }

    fn parse(text: &str) -> Result<Self, &'static str> {
        duration(text.trim()).ok_or("it must be a duration such as 250ms, 1.5s, 2m, 1h or 1d")
    }

    fn stand_in() -> Self {
        Self::from_secs(1)
    }
}

/// A duration as the language writes it.
fn duration(text: &str) -> Option<Duration> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit);
    let seconds = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        "d" => 86400.0,
        _ => return None,
    };
    let plain = number.bytes().all(|octet| octet.is_ascii_digit() || octet == b'.');
    let number: f64 = number.parse().ok().filter(|_| plain)?;
    Duration::try_from_secs_f64(number * seconds).ok()
}

/// The value of a setting; what is wrong with it is added to the problems.
pub(crate) fn resolve<T: SettingType>(
    setting: &Setting<T>,
    environment: &Environment,
    problems: &mut Vec<StartProblem>,
) -> Option<T::Value> {
    let env = match setting {
        Setting::Value(value) => return Some(value.literal()),
        Setting::Env(env) => env,
    };
    let message = match (environment(env.name), env.default) {
        (None, Some(default)) => return Some(default.literal()),
        (None, None) => format!("the environment variable {} is not set", env.name),
        (Some(text), _) => match T::parse(&text) {
            Ok(value) => return Some(value),
            // The value may be a secret: it is not repeated.
            Err(wanted) => format!("the environment variable {} cannot be read: {wanted}", env.name),
        },
    };
    problems.push(StartProblem { at: env.at, message });
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_the_language_writes_them() {
        for (text, milliseconds) in [
            ("250ms", 250),
            ("1.5s", 1500),
            ("2m", 120_000),
            ("1h", 3_600_000),
            ("1d", 86_400_000),
        ] {
            assert_eq!(duration(text), Some(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in ["", "5", "ms", "-1s", "1 s", "1sec", "infs", "1e3s", "nan", "1..2s"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
