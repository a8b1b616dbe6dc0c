//! The writer: one buffer that always holds valid JSON.

use super::fault::{Eval, Fault};
use super::put::Put;
use super::stream::Stream;
use super::swar;
use super::text::{Template, Text, TextSink, render};
use super::value::{Form, Maybe, RawJson, Str};

/// How decimals are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Decimals {
    /// As JSON strings, which no reader rounds.
    #[default]
    Text,
    /// As JSON numbers: `decimals: number`.
    Number,
}

/// Writes JSON in the order of its calls. Keys must differ and what is opened must be ended; the rest is seen to here.
#[derive(Debug, Default)]
pub struct Out {
    buffer: Vec<u8>,
    /// Where the value begins in the buffer.
    start: usize,
    decimals: Decimals,
    /// The first thing that went wrong; what is written after it is never read.
    fault: Option<Fault>,
    open: i32,
    /// The value is no JSON: this stream stands for it.
    stream: Option<Stream>,
}

impl Out {
    /// A writer into a buffer of its own.
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer that appends to a buffer.
    pub fn after(buffer: Vec<u8>, decimals: Decimals) -> Self {
        Out {
            start: buffer.len(),
            buffer,
            decimals,
            fault: None,
            open: 0,
            stream: None,
        }
    }

    /// The buffer, once the value is written.
    ///
    /// # Errors
    /// The first fault of what was written: a template too long, a float that is not finite.
    pub fn finish(self) -> Eval<Vec<u8>> {
        debug_assert!(
            self.fault.is_some() || self.open == 0,
            "an object or array was left open"
        );
        debug_assert!(
            self.fault.is_some() || self.buffer.len() > self.start,
            "nothing was written"
        );
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.buffer),
        }
    }

    /// A stream in place of JSON.
    pub(crate) fn stream(&mut self, stream: Stream) {
        self.stream = Some(stream);
        self.null();
    }

    /// The stream that was written, if it was one.
    pub(crate) fn written_stream(&self) -> Option<Stream> {
        self.stream
    }

    /// Opens an object as the next value.
    pub fn object(&mut self) {
        self.open(b'{');
    }

    /// Ends the object.
    pub fn end_object(&mut self) {
        self.close(b'}');
    }

    /// Opens an array as the next value.
    pub fn array(&mut self) {
        self.open(b'[');
    }

    /// Ends the array.
    pub fn end_array(&mut self) {
        self.close(b']');
    }

    /// Opens an object under a key.
    pub fn object_in(&mut self, key: &str) {
        self.key(key);
        self.object();
    }

    /// Opens an array under a key.
    pub fn array_in(&mut self, key: &str) {
        self.key(key);
        self.array();
    }

    /// Writes a key; its value must follow.
    pub fn key(&mut self, key: &str) {
        self.separate();
        self.buffer.reserve(key.len() + 3);
        self.buffer.push(b'"');
        self.escape(key);
        self.buffer.extend_from_slice(b"\":");
    }

    /// Writes a key that is a value of the answer; its value must follow.
    pub fn key_of(&mut self, key: Str<'_>) {
        self.separate();
        self.buffer.push(b'"');
        self.octets(key);
        self.buffer.extend_from_slice(b"\":");
    }

    /// Writes a key that is computed; its value must follow.
    pub fn key_text(&mut self, key: &dyn Text) {
        self.separate();
        self.buffer.push(b'"');
        key.write_text(&mut JsonSink(self));
        self.buffer.extend_from_slice(b"\":");
    }

    /// Writes a field.
    pub fn put(&mut self, key: &str, value: impl Put) {
        self.key(key);
        value.put(self);
    }

    /// Writes a field unless its value is null.
    pub fn some(&mut self, key: &str, value: Option<impl Put>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// Writes a field of three states: absent, null, or there.
    pub fn maybe(&mut self, key: &str, value: Maybe<impl Put>) {
        match value {
            Maybe::Absent => {}
            Maybe::Null => self.put(key, RawJson::NULL),
            Maybe::Value(value) => self.put(key, value),
        }
    }

    /// Writes a field that holds the text of a template.
    pub fn text(&mut self, key: &str, template: Template<'_>) {
        self.key(key);
        self.template(template);
    }

    /// Writes a field that holds a list of texts.
    pub fn names<'n>(&mut self, key: &str, names: impl IntoIterator<Item = &'n str>) {
        self.array_in(key);
        for name in names {
            self.value(name);
        }
        self.end_array();
    }

    /// Writes the next value: under the key just written, as an element, or as the whole.
    pub fn value(&mut self, value: impl Put) {
        value.put(self);
    }

    /// Writes null as the next value.
    pub fn null(&mut self) {
        self.scalar(b"null");
    }

    /// Writes the text of a template as the next value.
    pub fn template(&mut self, template: Template<'_>) {
        self.separate();
        self.buffer.push(b'"');
        if let Err(fault) = render(&template, &mut JsonSink(self)) {
            self.fail(fault);
        }
        self.buffer.push(b'"');
    }

    /// Writes the fields of an object that is JSON text already into the object that is open.
    pub fn fields_of(&mut self, object: RawJson<'_>) {
        let inside = object
            .text()
            .trim()
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'))
            .map(str::trim);
        if let Some(fields) = inside.filter(|it| !it.is_empty()) {
            self.separate();
            self.buffer.extend_from_slice(fields.as_bytes());
        }
    }

    /// Keeps the first fault.
    pub fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }

    /// How decimals are written.
    pub fn decimals(&self) -> Decimals {
        self.decimals
    }

    /// Writes text that is a JSON value already.
    pub(crate) fn scalar(&mut self, json: &[u8]) {
        self.separate();
        self.buffer.extend_from_slice(json);
    }

    /// Writes a JSON string.
    pub(crate) fn string(&mut self, text: Str<'_>) {
        match text.octets() {
            (digits, Form::Number) => self.scalar(digits.as_bytes()),
            _ => {
                self.separate();
                self.buffer.push(b'"');
                self.octets(text);
                self.buffer.push(b'"');
            }
        }
    }

    fn open(&mut self, bracket: u8) {
        self.separate();
        self.buffer.push(bracket);
        self.open += 1;
    }

    fn close(&mut self, bracket: u8) {
        self.buffer.push(bracket);
        self.open -= 1;
    }

    /// A comma, unless the next thing is the first. What ends a value is none of `{`, `[` and `:`.
    #[inline]
    fn separate(&mut self) {
        if self.buffer.len() > self.start && !matches!(self.buffer.last(), Some(b'{' | b'[' | b':')) {
            self.buffer.push(b',');
        }
    }

    fn octets(&mut self, text: Str<'_>) {
        match text.octets() {
            (raw, Form::Rust) => self.escape(raw),
            (raw, _) => self.buffer.extend_from_slice(raw.as_bytes()),
        }
    }

    fn escape(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut from = 0;
        loop {
            let at = swar::find_special(bytes, from);
            self.buffer.extend_from_slice(&bytes[from..at]);
            let Some(&special) = bytes.get(at) else { return };
            self.escape_one(special);
            from = at + 1;
        }
    }

    fn escape_one(&mut self, byte: u8) {
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            _ => {
                let hex = |nibble: u8| b"0123456789abcdef"[usize::from(nibble & 15)];
                self.buffer
                    .extend_from_slice(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte)]);
                return;
            }
        };
        self.buffer.extend_from_slice(&[b'\\', short]);
    }
}

/// The inside of a JSON string.
struct JsonSink<'o>(&'o mut Out);

impl TextSink for JsonSink<'_> {
    fn text(&mut self, text: &str) {
        self.0.escape(text);
    }

    fn view(&mut self, text: Str<'_>) {
        self.0.octets(text);
    }
}
