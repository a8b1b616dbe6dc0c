//! Templates and the places where text goes: each place has its own escape.

use super::fault::{Eval, Fault};
pub use super::locale::{Locale, Marks, Piece};
pub use super::mask::Mask;
use super::value::{Date, DateTime, Duration, Raw, Read, Str};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// The longest text that a template may make, in bytes before escaping.
pub const MAX_TEMPLATE: usize = 64 << 10;

/// Everything but the unreserved characters of RFC 3986.
pub const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A place that takes text and escapes it in its own way.
pub trait TextSink {
    /// Takes a value's text.
    fn text(&mut self, text: &str);

    /// Takes text that the spec itself wrote.
    fn literal(&mut self, text: &str) {
        self.text(text);
    }

    /// Takes text that still lies in its document.
    fn view(&mut self, text: Str<'_>) {
        self.text(&text.text());
    }
}

/// A value that can stand in a template.
pub trait Text {
    /// Writes the value's text.
    fn write_text(&self, sink: &mut dyn TextSink);
}

/// A template of the language, made by [`t!`](crate::t).
#[derive(Clone, Copy)]
pub struct Template<'t>(pub &'t [&'t dyn Text]);

impl Template<'_> {
    /// The text, without any escape.
    ///
    /// # Errors
    /// [`Fault::TEMPLATE_TOO_LONG`] above 64 KB.
    pub fn to_text(self) -> Eval<String> {
        let mut text = String::new();
        render(&self, &mut text)?;
        Ok(text)
    }
}

/// Writes a value's text, unless it is longer than a template may be.
///
/// # Errors
/// [`Fault::TEMPLATE_TOO_LONG`]; part of the text is written then.
pub fn render(value: &dyn Text, sink: &mut dyn TextSink) -> Eval {
    let mut limited = Limited {
        sink,
        left: Some(MAX_TEMPLATE),
    };
    value.write_text(&mut limited);
    limited.left.map(|_| ()).ok_or(Fault::TEMPLATE_TOO_LONG)
}

struct Limited<'s> {
    sink: &'s mut dyn TextSink,
    /// Nothing once the text is too long.
    left: Option<usize>,
}

impl Limited<'_> {
    fn take(&mut self, length: usize) -> bool {
        self.left = self.left.and_then(|left| left.checked_sub(length));
        self.left.is_some()
    }
}

impl TextSink for Limited<'_> {
    fn text(&mut self, text: &str) {
        if self.take(text.len()) {
            self.sink.text(text);
        }
    }

    fn literal(&mut self, text: &str) {
        if self.take(text.len()) {
            self.sink.literal(text);
        }
    }

    fn view(&mut self, text: Str<'_>) {
        if self.take(text.octets().0.len()) {
            self.sink.view(text);
        }
    }
}

/// Text as it is.
impl TextSink for String {
    fn text(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Text in a URL: what the spec wrote as it is, values percent-encoded down to unreserved characters.
#[derive(Debug)]
pub struct UrlSink<'b>(pub &'b mut String);

impl TextSink for UrlSink<'_> {
    fn text(&mut self, text: &str) {
        self.0.extend(utf8_percent_encode(text, RESERVED));
    }

    fn literal(&mut self, text: &str) {
        self.0.push_str(text);
    }
}

/// Text in a header other than `location`: of values all but visible ASCII is percent-encoded, and between
/// double quotes that the spec wrote, `"` and `\` get a backslash.
#[derive(Debug)]
pub struct HeaderSink<'b> {
    buffer: &'b mut String,
    quoted: bool,
}

impl<'b> HeaderSink<'b> {
    /// Appends to a header's value.
    pub fn new(buffer: &'b mut String) -> Self {
        HeaderSink { buffer, quoted: false }
    }
}

impl TextSink for HeaderSink<'_> {
    fn text(&mut self, text: &str) {
        for byte in text.bytes() {
            if self.quoted && matches!(byte, b'"' | b'\\') {
                self.buffer.push('\\');
            }
            match byte {
                0x21..=0x7e => self.buffer.push(char::from(byte)),
                _ => self.buffer.push_str(percent_encoding::percent_encode_byte(byte)),
            }
        }
    }

    fn literal(&mut self, text: &str) {
        self.buffer.push_str(text);
        self.quoted ^= text.matches('"').count() % 2 == 1;
    }
}

/// Text that the spec itself wrote.
#[derive(Debug, Clone, Copy)]
pub struct Literal(pub &'static str);

impl Text for Literal {
    fn write_text(&self, sink: &mut dyn TextSink) {
        sink.literal(self.0);
    }
}

impl Text for Template<'_> {
    fn write_text(&self, sink: &mut dyn TextSink) {
        for part in self.0 {
            part.write_text(sink);
        }
    }
}

impl Text for Str<'_> {
    fn write_text(&self, sink: &mut dyn TextSink) {
        sink.view(*self);
    }
}

impl<'a, T: Read<'a>> Text for Raw<'a, T> {
    fn write_text(&self, sink: &mut dyn TextSink) {
        match self.decimal() {
            Some(decimal) => sink.text(&decimal.to_string()),
            None => sink.view(self.text()),
        }
    }
}

impl Text for i64 {
    fn write_text(&self, sink: &mut dyn TextSink) {
        sink.text(itoa::Buffer::new().format(*self));
    }
}

impl Text for f64 {
    fn write_text(&self, sink: &mut dyn TextSink) {
        sink.text(zmij::Buffer::new().format(*self));
    }
}

macro_rules! text_of_str {
    ($($t:ty),*) => { $(
        impl Text for $t {
            fn write_text(&self, sink: &mut dyn TextSink) {
                sink.text(self);
            }
        }
    )* };
}
text_of_str!(str, String, Cow<'_, str>);

impl Text for bool {
    fn write_text(&self, sink: &mut dyn TextSink) {
        sink.text(if *self { "true" } else { "false" });
    }
}

macro_rules! text_of_display {
    ($($t:ty),*) => { $(
        impl Text for $t {
            fn write_text(&self, sink: &mut dyn TextSink) {
                sink.text(&self.to_string());
            }
        }
    )* };
}
text_of_display!(Decimal, Date, DateTime, Duration);

impl<T: Text + ?Sized> Text for &T {
    fn write_text(&self, sink: &mut dyn TextSink) {
        (**self).write_text(sink);
    }
}

/// `upper` of the language, by Unicode.
pub fn upper(text: Str<'_>) -> String {
    text.text().to_uppercase()
}

/// `lower` of the language, by Unicode.
pub fn lower(text: Str<'_>) -> String {
    text.text().to_lowercase()
}

/// `trim` of the language: white space at both ends.
pub fn trim(text: Str<'_>) -> String {
    text.text().trim().to_owned()
}

/// `split` of the language. An empty separator gives the characters.
pub fn split(text: Str<'_>, by: Str<'_>) -> Vec<String> {
    let (text, by) = (text.text(), by.text());
    match by.is_empty() {
        true => text.chars().map(String::from).collect(),
        false => text.split(&*by).map(str::to_owned).collect(),
    }
}

/// `replace` of the language: every occurrence. An empty text to find changes nothing.
pub fn replace(text: Str<'_>, from: Str<'_>, to: Str<'_>) -> String {
    let (text, from) = (text.text(), from.text());
    match from.is_empty() {
        true => text.into_owned(),
        false => text.replace(&*from, &to.text()),
    }
}

/// `join` of the language, over the elements of a list.
pub fn join<T: Text>(items: impl IntoIterator<Item = T>, by: Str<'_>) -> String {
    let mut text = String::new();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            text.view(by);
        }
        item.write_text(&mut text);
    }
    text
}

/// `sha256` of the language: the lower-case hex digest (FIPS 180-4) of the UTF-8 text.
pub fn sha256(text: Str<'_>) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.text().as_bytes());
    let mut hex = String::with_capacity(64);
    for byte in digest.as_ref() {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
        }
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::t;

    #[test]
    fn each_place_has_its_own_escape() {
        let name = "a/ü \"b\\";
        let mut url = String::new();
        render(&t!["/o/", name, "?x=1"], &mut UrlSink(&mut url)).expect("short");
        assert_eq!(url, "/o/a%2F%C3%BC%20%22b%5C?x=1");
        let mut header = String::new();
        render(&t!["a; n=\"", name, "\"; m=", name], &mut HeaderSink::new(&mut header)).expect("short");
        assert_eq!(header, r#"a; n="a/%C3%BC%20\"b\\"; m=a/%C3%BC%20"b\"#);
        assert_eq!(
            t![1, " ", 2.5, " ", true, " ", name].to_text().expect("short"),
            "1 2.5 true a/ü \"b\\"
        );
    }

    #[test]
    fn a_template_ends_at_64_kilobytes() {
        let half = "x".repeat(MAX_TEMPLATE / 2);
        assert_eq!(t![half, half].to_text().map(|it| it.len()), Ok(MAX_TEMPLATE));
        assert_eq!(t![half, half, "y"].to_text(), Err(Fault::TEMPLATE_TOO_LONG));
    }

    #[test]
    fn text_kernels_do_what_the_language_says() {
        assert_eq!(upper("straße".into()), "STRASSE");
        assert_eq!(lower("ÄB".into()), "äb");
        assert_eq!(trim("\t a b\n".into()), "a b");
        assert_eq!(split("a,b,,c".into(), ",".into()), ["a", "b", "", "c"]);
        assert_eq!(split("äb".into(), "".into()), ["ä", "b"]);
        assert_eq!(replace("aXbX".into(), "X".into(), "--".into()), "a--b--");
        assert_eq!(replace("ab".into(), "".into(), "-".into()), "ab");
        assert_eq!(join([1, 2, 3], ",".into()), "1,2,3");
        assert_eq!(join(Vec::<i64>::new(), ",".into()), "");
        assert_eq!(
            sha256("abc".into()),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
