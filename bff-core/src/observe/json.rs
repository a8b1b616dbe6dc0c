//! Writing JSON members into a byte buffer: exact escapes, nothing allocated.
use std::cell::RefCell;
use std::fmt::Display;
use std::io::Write as _;
use std::net::IpAddr;
use std::time::Duration;

use jiff::Timestamp;

use crate::hex;

/// Appends one JSON object, member by member, to a buffer that is used again for the next line.
pub(super) struct Object<'b> {
    out: &'b mut Vec<u8>,
    empty: bool,
}

impl<'b> Object<'b> {
    pub(super) fn open(out: &'b mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, empty: true }
    }

    pub(super) fn close(self) {
        self.out.push(b'}');
    }

    /// Names are our own words: they need no escape.
    fn name(&mut self, name: &str) -> &mut Vec<u8> {
        if !std::mem::take(&mut self.empty) {
            self.out.push(b',');
        }
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out
    }

    pub(super) fn string(&mut self, name: &str, value: &str) {
        let out = self.name(name);
        out.push(b'"');
        escape(out, value);
        out.push(b'"');
    }

    /// Two texts as one string.
    pub(super) fn joined(&mut self, name: &str, first: &str, second: &str) {
        let out = self.name(name);
        out.push(b'"');
        escape(out, first);
        escape(out, second);
        out.push(b'"');
    }

    /// Something whose text is plain ASCII without quotes: a date.
    pub(super) fn plain(&mut self, name: &str, value: impl Display) {
        let out = self.name(name);
        // Writing to a Vec cannot fail.
        let _ = write!(out, "\"{value}\"");
    }

    /// An address, without the machinery of formatting: every line has one.
    pub(super) fn address(&mut self, name: &str, value: IpAddr) {
        let out = self.name(name);
        out.push(b'"');
        match value {
            IpAddr::V4(value) => {
                for (place, octet) in value.octets().into_iter().enumerate() {
                    if place > 0 {
                        out.push(b'.');
                    }
                    out.extend_from_slice(itoa::Buffer::new().format(octet).as_bytes());
                }
            }
            // Writing to a Vec cannot fail.
            IpAddr::V6(value) => drop(write!(out, "{value}")),
        }
        out.push(b'"');
    }

    /// A member that is true; one that is not is left out.
    pub(super) fn flag(&mut self, name: &str) {
        self.name(name).extend_from_slice(b"true");
    }

    pub(super) fn number(&mut self, name: &str, value: impl itoa::Integer) {
        let mut digits = itoa::Buffer::new();
        let text = digits.format(value);
        self.name(name).extend_from_slice(text.as_bytes());
    }

    /// A number as `digits` hexadecimal digits.
    pub(super) fn hex(&mut self, name: &str, value: u128, digits: usize) {
        let out = self.name(name);
        out.push(b'"');
        hex::push(out, value, digits);
        out.push(b'"');
    }

    /// A moment in UTC with milliseconds (RFC 3339).
    pub(super) fn time(&mut self, name: &str, time: Timestamp) {
        let out = self.name(name);
        out.push(b'"');
        push_time(out, time);
        out.push(b'"');
    }

    /// Milliseconds with three decimals.
    pub(super) fn millis(&mut self, name: &str, value: Duration) {
        let micros = value.as_micros();
        let mut digits = itoa::Buffer::new();
        let whole = digits.format(micros / 1000);
        let out = self.name(name);
        out.extend_from_slice(whole.as_bytes());
        out.push(b'.');
        // Below 1000, so the cast keeps it whole.
        push_thousandths(out, (micros % 1000) as u16);
    }

    /// An array of objects, each written by `item`.
    pub(super) fn objects<T>(&mut self, name: &str, items: &[T], item: impl Fn(&mut Object<'_>, &T)) {
        self.name(name).push(b'[');
        for (index, value) in items.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            let mut object = Object::open(self.out);
            item(&mut object, value);
            object.close();
        }
        self.out.push(b']');
    }
}

/// The inside of a JSON string (RFC 8259, section 7). Line separators that some log readers break at are escaped too, so that
/// no client can make one line look like two.
fn escape(out: &mut Vec<u8>, mut text: &str) {
    // Most texts are plain ASCII from end to end: what is plain is copied at once.
    let special = |byte: u8| !matches!(byte, b' '..=b'~') || byte == b'"' || byte == b'\\';
    while let Some(at) = text.bytes().position(special) {
        let (plain, rest) = text.split_at(at);
        out.extend_from_slice(plain.as_bytes());
        let mut characters = rest.chars();
        if let Some(character) = characters.next() {
            escape_one(out, character);
        }
        text = characters.as_str();
    }
    out.extend_from_slice(text.as_bytes());
}

fn escape_one(out: &mut Vec<u8>, character: char) {
    match character {
        '"' => out.extend_from_slice(b"\\\""),
        '\\' => out.extend_from_slice(b"\\\\"),
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
            out.extend_from_slice(b"\\u");
            hex::push(out, u32::from(character).into(), 4);
        }
        _ => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

thread_local! {
    /// The last second that was written, and its text: thousands of lines share one.
    static SECOND: RefCell<(i64, String)> = const { RefCell::new((i64::MIN, String::new())) };
}

fn push_time(out: &mut Vec<u8>, time: Timestamp) {
    let Ok(millis) = u16::try_from(time.subsec_millisecond()) else {
        // Before 1970 the parts are negative.
        let _ = write!(out, "{time:.3}");
        return;
    };
    SECOND.with_borrow_mut(|(second, text)| {
        if *second != time.as_second() {
            let whole = Timestamp::from_second(time.as_second()).unwrap_or(time);
            (*second, *text) = (time.as_second(), format!("{whole:.0}"));
        }
        out.extend_from_slice(text.trim_end_matches('Z').as_bytes());
    });
    out.push(b'.');
    push_thousandths(out, millis);
    out.push(b'Z');
}

/// Three digits of a number below 1000.
fn push_thousandths(out: &mut Vec<u8>, number: u16) {
    let digit = |number: u16| b'0' + (number % 10) as u8;
    out.extend_from_slice(&[digit(number / 100), digit(number / 10), digit(number)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        let mut object = Object::open(&mut out);
        object.string("text", text);
        object.close();
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_and_stays_on_one_line(text in any::<String>()) {
            let line = written(&text);
            let read: serde_json::Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(read["text"].as_str().unwrap(), &text);
            prop_assert!(!line.contains(char::is_control));
        }
    }

    #[test]
    fn line_breaks_of_every_kind_are_escaped() {
        let line = written("a\nb\rc\u{85}d\u{2028}e\u{1b}[0m");
        assert_eq!(line, r#"{"text":"a\u000ab\u000dc\u0085d\u2028e\u001b[0m"}"#);
    }

    #[test]
    fn milliseconds_have_three_decimals() {
        let mut out = Vec::new();
        let mut object = Object::open(&mut out);
        object.millis("a", Duration::from_micros(7));
        object.millis("b", Duration::from_micros(1_234_567));
        object.close();
        assert_eq!(out, br#"{"a":0.007,"b":1234.567}"#);
    }

    #[test]
    fn times_have_milliseconds_and_do_not_stick_to_a_second() {
        let mut written = Vec::new();
        for text in [
            "2026-01-02T03:04:05.006789Z",
            "2026-01-02T03:04:05.999Z",
            "2026-01-02T03:04:06Z",
            "1969-12-31T23:59:59.25Z",
        ] {
            let mut out = Vec::new();
            push_time(&mut out, text.parse().unwrap());
            written.push(String::from_utf8(out).unwrap());
        }
        let expected = [
            "2026-01-02T03:04:05.006Z",
            "2026-01-02T03:04:05.999Z",
            "2026-01-02T03:04:06.000Z",
            "1969-12-31T23:59:59.250Z",
        ];
        assert_eq!(written, expected);
    }
}
