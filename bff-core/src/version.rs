//! Versions of a contract: which one a request asks for, and which marks of the contract it has passed.

use std::fmt;

use http::{HeaderMap, HeaderName};

use crate::engine::At;
use crate::engine::value::Date;
use crate::engine::value::time::is_date;

/// The largest number that a version may have where versions are numbers; every date is larger.
const MAX_NUMBER: u32 = 9_999;

/// A version: a date as `yyyymmdd`, or a whole number from 0 to 9999. Later versions are larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32);

impl Version {
    /// The date; the zero date of a numbered version.
    pub fn date(self) -> Date {
        self.as_date().unwrap_or(Date(jiff::civil::Date::ZERO))
    }

    fn as_date(self) -> Option<Date> {
        let Self(it) = self;
        if it <= MAX_NUMBER {
            return None;
        }
        let year = i16::try_from(it / 10_000).ok()?;
        jiff::civil::Date::new(year, (it / 100 % 100) as i8, (it % 100) as i8)
            .ok()
            .map(Date)
    }

    /// The number.
    pub fn number(self) -> i64 {
        self.0.into()
    }
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionForm {
    /// Calendar dates, `2024-09-01`.
    Date,
    /// Whole numbers, `3`.
    Number,
}

/// `version:` of a client: where a request says which version it wants, and which there are.
#[derive(Debug)]
pub struct Versions {
    /// Where it is declared.
    pub at: At,
    /// The request header that names the version, in lower case.
    pub header: &'static str,
    /// What versions are.
    pub form: VersionForm,
    /// The first version that is served.
    pub oldest: Version,
    /// The last one.
    pub current: Version,
    /// What a request gets that names none.
    pub default: Version,
    /// The versions with which some output begins or ends, ascending; a [`Mark`] is a position here.
    pub marks: &'static [Version],
}

/// A version with which some output begins or ends: its position in [`Versions::marks`].
#[derive(Debug, Clone, Copy)]
pub struct Mark(pub u16);

impl Versions {
    /// The version that a request asks for: any between the oldest and the current one. None if it asks for something else, or
    /// for two at once.
    pub(crate) fn asked(&self, headers: &HeaderMap) -> Option<Version> {
        let mut lines = headers.get_all(self.header).iter();
        let Some(line) = lines.next() else {
            return Some(self.default);
        };
        let text = line.to_str().ok().filter(|_| lines.next().is_none())?;
        self.read(text.trim())
            .filter(|version| (self.oldest..=self.current).contains(version))
    }

    fn read(&self, text: &str) -> Option<Version> {
        let well_formed = match self.form {
            VersionForm::Date => is_date(text),
            VersionForm::Number => (1..=4).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit()),
        };
        if !well_formed {
            return None;
        }
        let digits = text.bytes().filter(u8::is_ascii_digit);
        let number = digits.fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        Some(Version(number))
    }

    /// How many marks a version has passed.
    pub(crate) fn passed(&self, version: Version) -> u16 {
        self.marks.partition_point(|mark| *mark <= version) as u16
    }

    /// What may be asked for, as one sentence.
    pub(crate) fn offer(&self) -> String {
        let what = match self.form {
            VersionForm::Date => "a date",
            VersionForm::Number => "a number",
        };
        format!("a version is {what} from {} to {}", self.oldest, self.current)
    }

    /// The header as a name.
    pub(crate) fn header_name(&self) -> Option<HeaderName> {
        HeaderName::from_bytes(self.header.as_bytes()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const DATES: Versions = Versions {
        at: At("a.bff", 1),
        header: "x-api-version",
        form: VersionForm::Date,
        oldest: Version(20_230_601),
        current: Version(20_240_901),
        default: Version(20_240_115),
        marks: &[Version(20_240_115), Version(20_240_901)],
    };

    const NUMBERS: Versions = Versions {
        form: VersionForm::Number,
        oldest: Version(1),
        current: Version(12),
        default: Version(2),
        marks: &[Version(2)],
        ..DATES
    };

    fn asked(versions: &Versions, lines: &[&str]) -> Option<u32> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-api-version", HeaderValue::from_str(line).unwrap());
        }
        versions.asked(&headers).map(|version| version.0)
    }

    #[test]
    fn any_date_between_oldest_and_current_may_be_asked_for() {
        assert_eq!(asked(&DATES, &[]), Some(20_240_115));
        for good in ["2023-06-01", "2023-06-02", "2024-02-29", "2024-09-01", " 2024-09-01 "] {
            assert_eq!(
                asked(&DATES, &[good]),
                good.trim().replace('-', "").parse().ok(),
                "{good}"
            );
        }
        for bad in [
            "",
            "2023-05-31",
            "2024-09-02",
            "2023-02-29",
            "2024-13-01",
            "2024-1-15",
            "20240115",
            "latest",
            "2024-01-15, 2024-01-15",
        ] {
            assert_eq!(asked(&DATES, &[bad]), None, "{bad}");
        }
        assert_eq!(asked(&DATES, &["2024-01-15", "2024-01-15"]), None);
    }

    #[test]
    fn a_number_is_digits_and_nothing_else() {
        assert_eq!(asked(&NUMBERS, &[]), Some(2));
        assert_eq!(asked(&NUMBERS, &["12"]), Some(12));
        for bad in ["", "0", "13", "v2", "+2", "-2", "2.0", "00002", "99999999999"] {
            assert_eq!(asked(&NUMBERS, &[bad]), None, "{bad}");
        }
    }

    #[test]
    fn a_mark_is_passed_from_its_own_day_on() {
        for (version, passed) in [(20_240_114, 0), (20_240_115, 1), (20_240_831, 1), (20_240_901, 2)] {
            assert_eq!(DATES.passed(Version(version)), passed);
        }
    }

    #[test]
    fn versions_are_written_as_they_are_sent() {
        assert_eq!(Version(20_240_901).to_string(), "2024-09-01");
        assert_eq!(Version(12).to_string(), "12");
        assert_eq!(Version(20_240_901).date().to_string(), "2024-09-01");
        assert!(Version(12).as_date().is_none());
    }
}
