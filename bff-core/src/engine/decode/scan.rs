//! The scanner: walks JSON text once, eight bytes at a time where it can, and checks all grammar on its way.

use super::{Fail, Malformed, Misfit};
use crate::engine::swar;

/// How deep arrays and objects may nest, as serde_json bounds it.
pub(super) const MAX_DEPTH: u32 = 127;

/// A position in JSON text that is known to be UTF-8.
pub(super) struct Scanner<'s> {
    pub(super) src: &'s [u8],
    pub(super) pos: usize,
    /// How many arrays and objects are open around the position.
    pub(super) depth: u32,
}

/// Where the inside of a string lies.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) escaped: bool,
}

/// What a number is made of.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Neither a fraction nor an exponent.
    pub(super) integer: bool,
    /// Has an exponent.
    pub(super) exponent: bool,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(src: &'s [u8]) -> Self {
        Scanner { src, pos: 0, depth: 0 }
    }

    /// Skips white space and gives the byte there; 0, which no JSON has outside of strings, at the end.
    #[inline]
    pub(super) fn peek(&mut self) -> u8 {
        match self.src.get(self.pos) {
            Some(&byte) if byte > b' ' => byte,
            _ => self.peek_after_blanks(),
        }
    }

    fn peek_after_blanks(&mut self) -> u8 {
        loop {
            // Indented text has long runs of spaces.
            while swar::word(self.src, self.pos) == Some(swar::BLANKS) {
                self.pos += 8;
            }
            match self.src.get(self.pos) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.pos += 1,
                Some(&byte) => return byte,
                None => return 0,
            }
        }
    }

    /// Takes one byte that must be there, after white space.
    #[inline]
    pub(super) fn expect(&mut self, byte: u8, what: Malformed) -> Result<(), Fail> {
        if self.peek() != byte {
            return Err(self.malformed(what));
        }
        self.pos += 1;
        Ok(())
    }

    #[cold]
    pub(super) fn malformed(&self, what: Malformed) -> Fail {
        Fail::Malformed(
            if self.pos >= self.src.len() {
                Malformed::End
            } else {
                what
            },
            self.pos,
        )
    }

    /// Counts an array or object that opens here.
    #[inline]
    pub(super) fn enter(&mut self) -> Result<(), Fail> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            Err(self.malformed(Malformed::Depth))
        } else {
            Ok(())
        }
    }

    /// Reads a string at its opening quote. `strict` refuses escapes of lone surrogates, which have no text.
    #[inline]
    pub(super) fn string(&mut self, strict: bool) -> Result<Span, Fail> {
        self.pos += 1;
        let start = self.pos;
        let mut escaped = false;
        loop {
            self.pos = swar::find_special(self.src, self.pos);
            match self.src.get(self.pos) {
                Some(b'"') => {
                    let end = self.pos;
                    self.pos += 1;
                    return Ok(Span { start, end, escaped });
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape(strict)?;
                }
                _ => return Err(self.malformed(Malformed::Control)),
            }
        }
    }

    fn escape(&mut self, strict: bool) -> Result<(), Fail> {
        match self.src.get(self.pos + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.pos += 2,
            Some(b'u') => {
                let unit = self.hex(self.pos + 2)?;
                self.pos += 6;
                if strict && (0xd800..0xe000).contains(&unit) {
                    self.low_surrogate(unit)?;
                }
            }
            _ => return Err(self.malformed(Malformed::Escape)),
        }
        Ok(())
    }

    fn low_surrogate(&mut self, high: u16) -> Result<(), Fail> {
        let follows = self.src.get(self.pos..self.pos + 2) == Some(b"\\u");
        if high >= 0xdc00 || !follows || !(0xdc00..0xe000).contains(&self.hex(self.pos + 2)?) {
            return Err(Fail::Value(Misfit::Surrogate));
        }
        self.pos += 6;
        Ok(())
    }

    fn hex(&self, at: usize) -> Result<u16, Fail> {
        let digits = self
            .src
            .get(at..at + 4)
            .ok_or(Fail::Malformed(Malformed::End, self.src.len()))?;
        let mut unit = 0;
        for digit in digits {
            let value = char::from(*digit)
                .to_digit(16)
                .ok_or_else(|| self.malformed(Malformed::Escape))?;
            unit = unit << 4 | value as u16;
        }
        Ok(unit)
    }

    /// Reads a number at its first byte.
    #[inline]
    pub(super) fn number(&mut self) -> Result<Number, Fail> {
        let start = self.pos;
        let mut number = Number {
            start,
            end: 0,
            integer: true,
            exponent: false,
        };
        if self.at(b'-') {
            self.pos += 1;
        }
        if self.at(b'0') {
            self.pos += 1;
        } else {
            self.digits()?;
        }
        if self.at(b'.') {
            self.pos += 1;
            number.integer = false;
            self.digits()?;
        }
        if self.at(b'e') || self.at(b'E') {
            self.pos += 1;
            number.integer = false;
            number.exponent = true;
            if self.at(b'+') || self.at(b'-') {
                self.pos += 1;
            }
            self.digits()?;
        }
        number.end = self.pos;
        Ok(number)
    }

    #[inline]
    fn at(&self, byte: u8) -> bool {
        self.src.get(self.pos) == Some(&byte)
    }

    #[inline]
    fn digits(&mut self) -> Result<(), Fail> {
        let start = self.pos;
        while self.src.get(self.pos).is_some_and(u8::is_ascii_digit) {
            self.pos += 1;
        }
        if self.pos == start {
            Err(self.malformed(Malformed::Number))
        } else {
            Ok(())
        }
    }

    /// Reads `true`, `false` or `null`.
    #[inline]
    pub(super) fn literal(&mut self, word: &'static [u8]) -> Result<(), Fail> {
        if self.src.get(self.pos..self.pos + word.len()) != Some(word) {
            return Err(self.malformed(Malformed::Value));
        }
        self.pos += word.len();
        Ok(())
    }

    /// Reads a key at its opening quote, and the colon behind it.
    #[inline]
    pub(super) fn key(&mut self, strict: bool) -> Result<Span, Fail> {
        if self.peek() != b'"' {
            return Err(self.malformed(Malformed::Key));
        }
        let key = self.string(strict)?;
        self.expect(b':', Malformed::Colon)?;
        Ok(key)
    }

    /// Skips a whole value. Its grammar is checked as if it were read.
    pub(super) fn skip(&mut self, strict: bool) -> Result<(), Fail> {
        match self.peek() {
            b'{' | b'[' => self.skip_nested(strict),
            byte => self.skip_leaf(byte, strict),
        }
    }

    #[inline]
    fn skip_leaf(&mut self, byte: u8, strict: bool) -> Result<(), Fail> {
        match byte {
            b'"' => self.string(strict).map(|_| ()),
            b'-' | b'0'..=b'9' => self.number().map(|_| ()),
            b't' => self.literal(b"true"),
            b'f' => self.literal(b"false"),
            b'n' => self.literal(b"null"),
            _ => Err(self.malformed(Malformed::Value)),
        }
    }

    /// Skips an array or object without recursion: which of both is open is a bit for each level.
    fn skip_nested(&mut self, strict: bool) -> Result<(), Fail> {
        let mut objects: u128 = 0;
        let outside = self.depth;
        loop {
            let byte = self.peek();
            if matches!(byte, b'{' | b'[') {
                self.enter()?;
                self.pos += 1;
                objects = objects << 1 | u128::from(byte == b'{');
                // `{` and `[` lie two below `}` and `]` in ASCII.
                if self.peek() != byte + 2 {
                    if byte == b'{' {
                        self.key(strict)?;
                    }
                    continue;
                }
            } else {
                self.skip_leaf(byte, strict)?;
            }
            // A value has ended, or an empty container stands before its end.
            loop {
                let object = objects & 1 == 1;
                match self.peek() {
                    b',' => {
                        self.pos += 1;
                        if object {
                            self.key(strict)?;
                        }
                        break;
                    }
                    b'}' if object => {}
                    b']' if !object => {}
                    _ => return Err(self.malformed(Malformed::Separator)),
                }
                self.pos += 1;
                self.depth -= 1;
                objects >>= 1;
                if self.depth == outside {
                    return Ok(());
                }
            }
        }
    }
}
