//! Text that still lies in its document as the octets between two quotes.

use super::{Read, View};
use crate::engine::doc::Doc;
use crate::engine::plan::Kind;
use crate::engine::word;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A text. Copying, comparing and writing it out never unescape into a buffer.
#[derive(Clone, Copy)]
pub struct Str<'a> {
    raw: &'a str,
    form: Form,
}

/// How the octets of a text stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The inside of a JSON string without escapes.
    Plain,
    /// The inside of a JSON string with escapes.
    Escaped,
    /// A number without quotes.
    Number,
    /// Text of Rust code, which may hold what JSON has to escape.
    Rust,
}

impl<'a> Str<'a> {
    pub(crate) fn of(doc: &'a Doc, word: u64) -> Self {
        if word::is_null(word) {
            return Str {
                raw: "",
                form: Form::Plain,
            };
        }
        let form = match (word::is_escaped(word), word::is_number(word)) {
            (true, _) => Form::Escaped,
            (_, true) => Form::Number,
            _ => Form::Plain,
        };
        Str {
            raw: doc.piece(word),
            form,
        }
    }

    /// A text of the spec, given as the inside of a JSON string: escapes are JSON's and must be complete.
    pub const fn lit(octets: &'a str) -> Self {
        let mut at = 0;
        while at < octets.len() {
            if octets.as_bytes()[at] == b'\\' {
                return Str {
                    raw: octets,
                    form: Form::Escaped,
                };
            }
            at += 1;
        }
        Str {
            raw: octets,
            form: Form::Plain,
        }
    }

    /// The octets as they stand, and how.
    #[inline]
    pub(crate) fn octets(self) -> (&'a str, Form) {
        (self.raw, self.form)
    }

    /// The text; borrowed unless it was written with escapes.
    pub fn text(self) -> Cow<'a, str> {
        match self.form {
            Form::Escaped => Cow::Owned(self.chars().collect()),
            _ => Cow::Borrowed(self.raw),
        }
    }

    /// The text, owned.
    pub fn to_text(self) -> String {
        self.text().into_owned()
    }

    /// Whether the text has no characters.
    pub fn is_empty(self) -> bool {
        self.raw.is_empty()
    }

    /// The characters of the text.
    pub fn chars(self) -> impl Iterator<Item = char> + 'a {
        let mut rest = self.raw.chars();
        let escaped = self.form == Form::Escaped;
        std::iter::from_fn(move || match rest.next()? {
            '\\' if escaped => unescape_one(&mut rest),
            other => Some(other),
        })
    }
}

/// The text of the inside of a JSON string, or nothing when an escape is half of a surrogate pair.
pub(crate) fn unescape(octets: &str) -> Option<String> {
    let mut text = String::with_capacity(octets.len());
    let mut rest = octets.chars();
    while let Some(next) = rest.next() {
        text.push(if next == '\\' { unescape_one(&mut rest)? } else { next });
    }
    Some(text)
}

/// Reads what follows a backslash.
fn unescape_one(rest: &mut std::str::Chars<'_>) -> Option<char> {
    match rest.next()? {
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'u' => {
            let unit = hex(rest)?;
            match unit {
                0xd800..0xdc00 => {
                    (rest.next() == Some('\\') && rest.next() == Some('u')).then_some(())?;
                    let low = hex(rest).filter(|low| (0xdc00..0xe000).contains(low))?;
                    char::from_u32(0x10000 + ((unit - 0xd800) << 10 | (low - 0xdc00)))
                }
                _ => char::from_u32(unit),
            }
        }
        other => Some(other),
    }
}

fn hex(rest: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit << 4 | rest.next()?.to_digit(16)?))
}

impl<'a> Read<'a> for Str<'a> {
    const KIND: Kind = Kind::Str;
    type Out = Self;
    #[inline]
    fn read(doc: &'a Doc, word: u64) -> Self {
        Str::of(doc, word)
    }
}

impl View for Str<'static> {
    type At<'a> = Str<'a>;
}

impl<'a> From<&'a str> for Str<'a> {
    fn from(text: &'a str) -> Self {
        Str {
            raw: text,
            form: Form::Rust,
        }
    }
}

impl<'a> From<&'a String> for Str<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

impl<'a> From<&'a Cow<'_, str>> for Str<'a> {
    fn from(text: &'a Cow<'_, str>) -> Self {
        (**text).into()
    }
}

impl fmt::Display for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text(), f)
    }
}

impl<'b> PartialEq<Str<'b>> for Str<'_> {
    fn eq(&self, other: &Str<'b>) -> bool {
        match (self.form, other.form) {
            (Form::Escaped, _) | (_, Form::Escaped) => self.chars().eq(other.chars()),
            _ => self.raw == other.raw,
        }
    }
}

impl Eq for Str<'_> {}

impl PartialEq<str> for Str<'_> {
    fn eq(&self, other: &str) -> bool {
        *self == Str::from(other)
    }
}

impl PartialEq<&str> for Str<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == Str::from(*other)
    }
}

impl PartialOrd for Str<'_> {
    fn partial_cmp(&self, other: &Str<'_>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str<'_> {
    /// By code point. The bytes of UTF-8 are in the same order.
    fn cmp(&self, other: &Str<'_>) -> Ordering {
        match (self.form, other.form) {
            (Form::Escaped, _) | (_, Form::Escaped) => self.chars().cmp(other.chars()),
            _ => self.raw.cmp(other.raw),
        }
    }
}

impl Hash for Str<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher, RandomState};

    #[test]
    fn texts_compare_by_what_they_say_and_not_by_how_they_are_written() {
        let escaped = |raw| Str {
            raw,
            form: Form::Escaped,
        };
        let hashers = RandomState::new();
        for (raw, text) in [
            ("a\\u0062c", "abc"),
            ("\\ud83d\\ude00", "😀"),
            ("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\u{8}\u{c}\n\r\t"),
        ] {
            assert_eq!(escaped(raw).text(), text);
            assert_eq!(escaped(raw), Str::from(text));
            assert_eq!(escaped(raw).cmp(&Str::from(text)), Ordering::Equal);
            assert_eq!(hashers.hash_one(escaped(raw)), hashers.hash_one(Str::from(text)));
            assert_eq!(unescape(raw).as_deref(), Some(text));
        }
        assert!(escaped("\\uffff") < Str::from("😀") && Str::from("a") < Str::from("ab"));
        assert_eq!(unescape("\\ud83d"), None);
        assert_eq!(unescape("\\ude00"), None);
    }
}
