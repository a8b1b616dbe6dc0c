//! The scanner: walks JSON text once, eight bytes at a time where it can, and checks all grammar on its way.
//!
//! It is a plain value, so that a loop works on a copy of its own that lives in registers: what is hot is always
//! inlined, what is rare stands out of line and takes and gives positions.

use super::keys::Keys;
use super::{Malformed, Stop};
use crate::engine::{swar, word};

/// How deep arrays and objects may nest, as serde_json bounds it.
pub(super) const MAX_DEPTH: u32 = 127;

/// A position in JSON text that is known to be UTF-8.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'s> {
    pub(super) src: &'s [u8],
    pub(super) pos: usize,
    /// There is no control character anywhere: the text was not laid out for people.
    dense: bool,
}

/// A number: where it stands, and what it is made of.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) word: u64,
    /// Neither a fraction nor an exponent.
    pub(super) integer: bool,
    /// Has an exponent.
    pub(super) exponent: bool,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(src: &'s [u8]) -> Self {
        let dense = !swar::has_controls(src);
        Scanner { src, pos: 0, dense }
    }

    /// Skips white space and gives the byte there; 0, which no JSON has outside of strings, at the end.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> u8 {
        match self.src.get(self.pos) {
            Some(&byte) if byte > b' ' => byte,
            _ => {
                self.pos = skip_blanks(self.src, self.pos);
                self.src.get(self.pos).copied().unwrap_or(0)
            }
        }
    }

    #[cold]
    pub(super) fn malformed(&self, what: Malformed) -> Stop {
        malformed(self.src, self.pos, what)
    }

    /// Takes one byte that must be there, after white space.
    #[inline(always)]
    pub(super) fn expect(&mut self, byte: u8, what: Malformed) -> Result<(), Stop> {
        // What is expected mostly stands there without white space in front.
        if !self.at(byte) && self.peek() != byte {
            return Err(self.malformed(what));
        }
        self.pos += 1;
        Ok(())
    }

    /// After an element: whether another one follows, or the closing bracket did.
    #[inline(always)]
    pub(super) fn goes_on(&mut self, close: u8) -> Result<bool, Stop> {
        if self.at(b',') {
            self.pos += 1;
            return Ok(true);
        }
        let byte = self.peek();
        if byte != b',' && byte != close {
            return Err(self.malformed(Malformed::Separator));
        }
        self.pos += 1;
        Ok(byte == b',')
    }

    /// Reads a string at its opening quote and gives its word. `strict` refuses escapes of half a surrogate pair.
    #[inline(always)]
    pub(super) fn string(&mut self, strict: bool) -> Result<u64, Stop> {
        let start = self.pos + 1;
        let end = if self.dense {
            swar::find_quote(self.src, start)
        } else {
            swar::find_special(self.src, start)
        };
        self.pos = end + 1;
        if self.src.get(end) == Some(&b'"') {
            return Ok(word::text(start, end, false));
        }
        let end = string_with_escapes(self.src, end, strict)?;
        self.pos = end + 1;
        Ok(word::text(start, end, true))
    }

    /// Reads a key at its opening quote, and the colon behind it.
    #[inline(always)]
    pub(super) fn key(&mut self, keys: &mut Keys, strict: bool) -> Result<u64, Stop> {
        if !self.at(b'"') && self.peek() != b'"' {
            return Err(self.malformed(Malformed::Key));
        }
        let start = self.pos;
        if let Some(length) = keys.guess(self.src, start) {
            self.pos = start + length;
            return Ok(word::text(start + 1, start + length - 2, false));
        }
        let key = self.string(strict)?;
        let end = self.pos;
        self.expect(b':', Malformed::Colon)?;
        if self.pos == end + 1 && !word::is_escaped(key) {
            keys.learn(&self.src[start..self.pos]);
        }
        Ok(key)
    }

    /// Reads a number at its first byte.
    #[inline(always)]
    pub(super) fn number(&mut self) -> Result<Number, Stop> {
        let start = self.pos;
        self.pos += usize::from(self.at(b'-'));
        match self.src.get(self.pos) {
            Some(b'0') => self.pos += 1,
            _ => self.digits()?,
        }
        let (mut integer, mut exponent) = (true, false);
        if matches!(self.src.get(self.pos), Some(b'.' | b'e' | b'E')) {
            integer = false;
            if self.at(b'.') {
                self.pos += 1;
                self.digits()?;
            }
            if self.at(b'e') || self.at(b'E') {
                exponent = true;
                self.pos += 1;
                self.pos += usize::from(self.at(b'+') || self.at(b'-'));
                self.digits()?;
            }
        }
        Ok(Number {
            word: word::number(start, self.pos),
            integer,
            exponent,
        })
    }

    #[inline(always)]
    fn at(&self, byte: u8) -> bool {
        self.src.get(self.pos) == Some(&byte)
    }

    #[inline(always)]
    fn digits(&mut self) -> Result<(), Stop> {
        let end = swar::skip_digits(self.src, self.pos);
        if end == self.pos {
            return Err(self.malformed(Malformed::Number));
        }
        self.pos = end;
        Ok(())
    }

    /// Reads `true`, `false` or `null`.
    #[inline(always)]
    pub(super) fn literal(&mut self, word: &'static [u8]) -> Result<(), Stop> {
        if self.src.get(self.pos..self.pos + word.len()) != Some(word) {
            return Err(self.malformed(Malformed::Value));
        }
        self.pos += word.len();
        Ok(())
    }

    /// Skips a whole value under so many open arrays and objects. Its grammar is checked as if it were read.
    #[inline(always)]
    pub(super) fn skip(&mut self, keys: &mut Keys, depth: u32, strict: bool) -> Result<(), Stop> {
        let first = self.peek();
        if first == b'"' {
            return self.string(strict).map(|_| ());
        }
        if first.is_ascii_digit() || first == b'-' {
            return self.number().map(|_| ());
        }
        match first {
            b't' => self.literal(b"true"),
            b'f' => self.literal(b"false"),
            b'n' => self.literal(b"null"),
            b'{' => {
                self.pos = skip_object(*self, keys, depth, strict)?;
                Ok(())
            }
            b'[' => {
                self.pos = skip_array(*self, keys, depth, strict)?;
                Ok(())
            }
            _ => Err(self.malformed(Malformed::Value)),
        }
    }
}

/// What is wrong at a position: the end, if it lies there.
#[cold]
fn malformed(src: &[u8], pos: usize, what: Malformed) -> Stop {
    Stop::malformed(if pos >= src.len() { Malformed::End } else { what }, pos)
}

/// Refuses one array or object more than there may be.
#[inline(always)]
pub(super) fn deeper(scan: &Scanner<'_>, depth: u32) -> Result<u32, Stop> {
    if depth >= MAX_DEPTH {
        Err(scan.malformed(Malformed::Depth))
    } else {
        Ok(depth + 1)
    }
}

/// Skips an object at its brace and gives the position behind it.
fn skip_object(mut scan: Scanner<'_>, keys: &mut Keys, depth: u32, strict: bool) -> Result<usize, Stop> {
    let depth = deeper(&scan, depth)?;
    scan.pos += 1;
    if scan.peek() == b'}' {
        return Ok(scan.pos + 1);
    }
    loop {
        scan.key(keys, strict)?;
        scan.skip(keys, depth, strict)?;
        if !scan.goes_on(b'}')? {
            return Ok(scan.pos);
        }
    }
}

/// Skips an array at its bracket and gives the position behind it.
fn skip_array(mut scan: Scanner<'_>, keys: &mut Keys, depth: u32, strict: bool) -> Result<usize, Stop> {
    let depth = deeper(&scan, depth)?;
    scan.pos += 1;
    if scan.peek() == b']' {
        return Ok(scan.pos + 1);
    }
    let list = keys.open_list();
    loop {
        scan.skip(keys, depth, strict)?;
        if !scan.goes_on(b']')? {
            keys.close_list(list);
            return Ok(scan.pos);
        }
        keys.element(list);
    }
}

/// The position of the next byte that is no white space.
#[inline(never)]
fn skip_blanks(src: &[u8], mut pos: usize) -> usize {
    while matches!(src.get(pos), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        // Indented text has long runs of spaces.
        pos = swar::skip_spaces(src, pos + 1);
    }
    pos
}

/// Reads on in a string where something other than its end was found; gives the position of the closing quote.
#[inline(never)]
fn string_with_escapes(src: &[u8], mut pos: usize, strict: bool) -> Result<usize, Stop> {
    loop {
        match src.get(pos) {
            Some(b'"') => return Ok(pos),
            Some(b'\\') => pos = escape(src, pos, strict)?,
            _ => return Err(malformed(src, pos, Malformed::Control)),
        }
        pos = swar::find_special(src, pos);
    }
}

/// Reads an escape at its backslash and gives the position behind it.
fn escape(src: &[u8], pos: usize, strict: bool) -> Result<usize, Stop> {
    match src.get(pos + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(pos + 2),
        Some(b'u') => match hex(src, pos + 2)? {
            unit @ 0xd800..0xe000 if strict => low_surrogate(src, pos, unit),
            _ => Ok(pos + 6),
        },
        _ => Err(malformed(src, pos + 1, Malformed::Escape)),
    }
}

fn low_surrogate(src: &[u8], pos: usize, high: u16) -> Result<usize, Stop> {
    let follows = src.get(pos + 6..pos + 8) == Some(b"\\u");
    if high >= 0xdc00 || !follows || !(0xdc00..0xe000).contains(&hex(src, pos + 8)?) {
        return Err(Stop::malformed(Malformed::Surrogate, pos));
    }
    Ok(pos + 12)
}

fn hex(src: &[u8], pos: usize) -> Result<u16, Stop> {
    let digits = src
        .get(pos..pos + 4)
        .ok_or(Stop::malformed(Malformed::End, src.len()))?;
    let mut unit = 0;
    for digit in digits {
        let value = char::from(*digit).to_digit(16);
        unit = unit << 4 | value.ok_or(Stop::malformed(Malformed::Escape, pos))? as u16;
    }
    Ok(unit)
}
