//! What a client promises beside the fields of its answers: versions, and how long a route stays.

use crate::source::Span;
use std::fmt;

/// The largest number that a version may have where versions are numbers; every date is larger.
pub const MAX_NUMBER: u32 = 9_999;

/// A version: a date as `yyyymmdd`, or a whole number from 0 to [`MAX_NUMBER`]. Later versions are larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u32);

impl Version {
    /// The version of a date that exists, from the year 1 on.
    pub fn of_date(text: &str) -> Option<Self> {
        let date: jiff::civil::Date = text.parse().ok()?;
        let well_formed = text.len() == 10 && date.year() > 0;
        let part = |text: Option<&str>| text?.parse::<u32>().ok();
        let (year, month, day) = (part(text.get(..4))?, part(text.get(5..7))?, part(text.get(8..))?);
        well_formed.then_some(Version(year * 10_000 + month * 100 + day))
    }

    /// The version of a number.
    pub fn of_number(text: &str) -> Option<Self> {
        let number = text.replace('_', "").parse().ok();
        number.filter(|number| *number <= MAX_NUMBER).map(Version)
    }
}

/// As it is written: `2024-09-01`, `3`.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(it) = *self;
        if it <= MAX_NUMBER {
            write!(f, "{it}")
        } else {
            write!(f, "{:04}-{:02}-{:02}", it / 10_000, it / 100 % 100, it % 100)
        }
    }
}

/// What versions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionForm {
    /// `version: date { … }`: calendar dates.
    Date,
    /// `version: header { … }`: whole numbers.
    Number,
}

/// The versions of a client.
#[derive(Clone, Debug)]
pub struct Versions {
    /// Where the setting stands.
    pub span: Span,
    /// What they are.
    pub form: VersionForm,
    /// The request header that names one, in lower case.
    pub header: String,
    /// The first that is served.
    pub oldest: Version,
    /// The last.
    pub current: Version,
    /// What a request gets that names none.
    pub default: Version,
}

/// Whether a client has versions.
#[derive(Clone, Debug, Default)]
pub enum Versioning {
    /// It says nothing of them.
    #[default]
    None,
    /// Its `version:` was refused: nothing more is said about what needs it.
    Refused,
    /// It has these.
    By(Versions),
}

impl Versioning {
    /// The versions, if there are some and they are known.
    pub fn known(&self) -> Option<&Versions> {
        match self {
            Versioning::By(versions) => Some(versions),
            Versioning::None | Versioning::Refused => None,
        }
    }
}

/// What a route promises beside its answers.
#[derive(Clone, Debug, Default)]
pub struct Promises {
    /// Where `version: none` is written.
    pub unversioned: Option<Span>,
    /// Where `sparse: query` is written.
    pub sparse: Option<Span>,
    /// `deprecate: { … }`
    pub deprecation: Option<Deprecation>,
}

/// `deprecate:` of a route.
#[derive(Clone, Debug)]
pub struct Deprecation {
    /// Where the key stands.
    pub span: Span,
    /// From when on nobody should use it.
    pub since: Version,
    /// When it goes away, and where that stands.
    pub sunset: Option<Version>,
    /// The path below the mount of the route that takes its place.
    pub successor: Option<(String, Span)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_date_that_exists_or_a_small_number() {
        assert_eq!(Version::of_date("2024-02-29"), Some(Version(20_240_229)));
        for bad in [
            "2023-02-29",
            "2024-13-01",
            "0000-01-01",
            "20240101",
            "2024-01-01T00:00:00",
        ] {
            assert_eq!(Version::of_date(bad), None, "{bad}");
        }
        assert_eq!(Version::of_number("1_000"), Some(Version(1_000)));
        for bad in ["-1", "1.5", "10000", "v2"] {
            assert_eq!(Version::of_number(bad), None, "{bad}");
        }
        assert_eq!(Version(20_240_229).to_string(), "2024-02-29");
        assert_eq!(Version(3).to_string(), "3");
    }
}
