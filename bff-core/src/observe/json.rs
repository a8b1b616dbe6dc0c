//! Writing JSON members into a byte buffer: exact escapes, nothing allocated.
use std::fmt::Display;
use std::io::Write as _;
use std::time::Duration;

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

    /// Something whose text is plain ASCII without quotes: times, addresses, hexadecimal numbers.
    pub(super) fn plain(&mut self, name: &str, value: impl Display) {
        let out = self.name(name);
        // Writing to a Vec cannot fail.
        let _ = write!(out, "\"{value}\"");
    }

    pub(super) fn number(&mut self, name: &str, value: impl itoa::Integer) {
        let mut digits = itoa::Buffer::new();
        let text = digits.format(value);
        self.name(name).extend_from_slice(text.as_bytes());
    }

    /// Milliseconds with three decimals.
    pub(super) fn millis(&mut self, name: &str, value: Duration) {
        let micros = value.as_micros();
        let out = self.name(name);
        let _ = write!(out, "{}.{:03}", micros / 1000, micros % 1000);
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
fn escape(out: &mut Vec<u8>, text: &str) {
    for character in text.chars() {
        match character {
            '"' => out.extend_from_slice(b"\\\""),
            '\\' => out.extend_from_slice(b"\\\\"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
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
}
