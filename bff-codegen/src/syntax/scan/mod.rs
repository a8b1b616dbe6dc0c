//! The scanner: tokens and comments of a file, in one pass and in linear time, whatever the bytes.
//!
//! The grammar decides what parses. The scanner serves what the grammar cannot: where declarations begin, which brackets belong together,
//! what is written by habits of other languages (quotes, comments, operators), and where the formatter finds its comments.

mod habits;
mod lone;
mod text;

use super::patch::Edit;
use super::report::{Found, MAX_FOUND, MAX_NESTING};
use crate::source::{FileId, Span};

/// A comment, `// …` up to the end of its line; documentation (`///`) is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the slashes to the last character before the line's end.
    pub span: Span,
    /// Whether nothing but white space stands before it on its line.
    pub own_line: bool,
}

/// The comments of a file that parses, in text order.
pub fn comments(file: FileId, text: &str) -> Vec<Comment> {
    Scan::new(file, text).comments
}

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a word of the language.
    Word,
    /// What begins with a digit.
    Number,
    /// A whole text without `${`.
    Text,
    /// From the quote of a text to its first `${`.
    TextOpen,
    /// From `}` to the next `${` of a text.
    TextMid,
    /// From `}` to the closing quote.
    TextClose,
    /// `/a/{b}`, in `send` with its query.
    Path,
    /// `/// …`
    Doc,
    /// A sign of one to three characters, filled with spaces.
    Sign([u8; 3]),
    /// Behind the last token.
    End,
}

/// The kind of a sign.
pub(super) const fn sign(text: &str) -> Kind {
    let bytes = text.as_bytes();
    let mut packed = [b' '; 3];
    let mut at = 0;
    while at < bytes.len() && at < 3 {
        packed[at] = bytes[at];
        at += 1;
    }
    Kind::Sign(packed)
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// First byte.
    pub(super) start: u32,
    /// One past the last byte; equal to `start` where the token was put in.
    pub(super) end: u32,
    /// Indentation of the line it stands on, in characters.
    pub(super) indent: u16,
    /// Whether it is the first of its line.
    pub(super) first: bool,
}

/// What scanning a file gives.
pub(super) struct Scan<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    line_start: usize,
    line_indent: u16,
    line_empty: bool,
    /// Open brackets, `$` for `${` in a text, `#` for one outside; with place and number of the token.
    open: Vec<(u8, usize, usize)>,
    /// The tokens.
    pub(super) tokens: Vec<Token>,
    /// The comments.
    pub(super) comments: Vec<Comment>,
    /// What is wrong with single tokens.
    pub(super) found: Vec<Found>,
    /// Places from where on a declaration cannot be read for its nesting.
    pub(super) too_deep: Vec<usize>,
    /// Where the last `*/` stands.
    last_block_end: usize,
    /// The quote without a partner, and the start of the line that it was looked for on.
    lone: Option<usize>,
    lone_of: Option<usize>,
    /// Where scanning stopped, before the end only after too many mistakes.
    pub(super) end: usize,
}

const SIGNS: [&str; 16] = [
    "...", "===", "!==", "||", "&&", "==", "!=", "<=", ">=", "??", "?.", "..", "=>", "->", ":=", "::",
];

impl<'a> Scan<'a> {
    /// Scans a whole file.
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let mut scan = Scan {
            file,
            text,
            at: 0,
            line_start: 0,
            line_indent: 0,
            line_empty: true,
            open: Vec::new(),
            tokens: Vec::new(),
            comments: Vec::new(),
            found: Vec::new(),
            too_deep: Vec::new(),
            last_block_end: text.rfind("*/").unwrap_or(0),
            lone: None,
            lone_of: None,
            end: 0,
        };
        while scan.at < text.len() && scan.found.len() < MAX_FOUND {
            scan.step();
        }
        scan.line_end();
        scan.end = scan.at;
        scan
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        if self.line_empty {
            self.line_empty = false;
            self.line_indent = u16::try_from(start - self.line_start).unwrap_or(u16::MAX);
            self.tokens.push(self.token(kind, start, end, true));
        } else {
            self.tokens.push(self.token(kind, start, end, false));
        }
        self.at = end;
    }

    fn token(&self, kind: Kind, start: usize, end: usize, first: bool) -> Token {
        Token {
            kind,
            start: start as u32,
            end: end as u32,
            indent: self.line_indent,
            first,
        }
    }

    fn step(&mut self) {
        match self.peek(0) {
            b'\n' => {
                self.line_end();
                self.at += 1;
                self.line_start = self.at;
                self.line_empty = true;
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'"' => self.text_token(),
            b'/' => self.slash(),
            b'0'..=b'9' => {
                let end = self.at + number(self.rest());
                self.push(Kind::Number, self.at, end);
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let end = self.at + word(self.rest());
                self.push(Kind::Word, self.at, end);
            }
            b'\'' | b'`' | b'#' | b'$' | b'\\' => self.habit(),
            byte if byte.is_ascii_punctuation() => self.sign_token(),
            _ => self.strange(),
        }
    }

    fn slash(&mut self) {
        if self.rest().starts_with("//") {
            self.line_comment();
        } else if self.rest().starts_with("/*") && !self.follows_word() && self.block_comment() {
        } else if self.path_may_begin() {
            self.path_token();
        } else if self.peek(1) == b' ' && self.is_half_comment() {
            self.half_comment();
        } else {
            self.push(sign("/"), self.at, self.at + 1);
        }
    }

    /// Whether the token before is a word without white space behind it.
    fn follows_word(&self) -> bool {
        self.tokens
            .last()
            .is_some_and(|it| it.kind == Kind::Word && it.end as usize == self.at)
    }

    fn line_comment(&mut self) {
        let line = self.rest().split('\n').next().unwrap_or("");
        let end = self.at + line.trim_end().len();
        if line.starts_with("///") && !line.starts_with("////") {
            self.push(Kind::Doc, self.at, end);
        } else {
            self.comments.push(Comment {
                span: self.span(self.at, end),
                own_line: self.line_empty,
            });
            self.at = end;
        }
    }

    fn sign_token(&mut self) {
        let rest = self.rest();
        let text = SIGNS.iter().find(|it| rest.starts_with(**it)).copied();
        let text = text.unwrap_or(&rest[..1]);
        let (start, end) = (self.at, self.at + text.len());
        match text {
            "{" | "(" | "[" => self.open_bracket(text, start),
            "}" if matches!(self.open.last(), Some((b'$', ..))) => self.text_goes_on(),
            "}" | ")" | "]" => self.close_bracket(text, start),
            "===" | "!==" | "&" | "^" | "~" => self.foreign_sign(text),
            _ => self.push(sign(text), start, end),
        }
    }

    fn open_bracket(&mut self, text: &str, start: usize) {
        if self.open.len() >= MAX_NESTING {
            return self.nested_too_deep(start);
        }
        self.open.push((text.as_bytes()[0], start, self.tokens.len()));
        self.push(sign(text), start, start + 1);
    }

    fn close_bracket(&mut self, text: &str, start: usize) {
        let opener = opener_of(text.as_bytes()[0]);
        if let Some(&(b'#', dollar, _)) = self.open.last()
            && text == "}"
        {
            self.open.pop();
            if let Some(found) = self.found.iter_mut().rfind(|found| found.at == dollar) {
                found.edits.push(Edit::new(start, start + 1, ")"));
            }
            return self.push(sign(")"), start, start + 1);
        }
        // What was left open inside is the business of `balance`.
        if let Some(at) = self.open.iter().rposition(|(open, ..)| *open == opener)
            && self.open[at..].iter().all(|(open, ..)| *open != b'$')
        {
            self.open.truncate(at);
        }
        self.push(sign(text), start, start + 1);
    }

    /// Leaves out everything up to the bracket that closes this one.
    fn nested_too_deep(&mut self, start: usize) {
        let span = self.span(start, start + 1);
        self.too_deep.push(start);
        self.found.push(Found::said(super::report::too_deep(span)));
        let mut depth = 0_usize;
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            match bytes[self.at] {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' => depth = depth.saturating_sub(1),
                b'\n' if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
            if depth == 0 && self.at > start + 2 {
                return;
            }
        }
    }

    /// Whether a `/` here begins a path and does not divide.
    fn path_may_begin(&self) -> bool {
        let next = self.peek(1);
        let Some(previous) = self.tokens.last() else {
            return false;
        };
        match previous.kind {
            Kind::Sign(text) => match &text {
                b",  " => matches!(self.open.last(), Some((b'[' | b'(', ..))),
                b")  " | b"]  " | b"}  " | b"?  " | b"{  " => false,
                _ => true,
            },
            Kind::Word => {
                let spaced = previous.end < self.at as u32;
                let before = self.tokens.len().checked_sub(2).map(|at| &self.tokens[at]);
                let starts = previous.first || before.is_some_and(|it| it.kind == sign("{") || it.kind == sign(","));
                let of_request =
                    before.is_some_and(|it| it.kind == sign("=") || matches!(self.token_text(it), "route" | "send"));
                // A path that begins without its `/`.
                let goes_on = !spaced
                    && before.is_some_and(|it| {
                        is_method(self.token_text(it)) || it.kind == sign(":") && b"*{".contains(&next)
                    });
                goes_on
                    || is_method(self.token_text(previous))
                    || of_request
                    || matches!(self.token_text(previous), "else" | "respond" | "in" | "when")
                    || starts && spaced && !next.is_ascii_whitespace()
            }
            _ => false,
        }
    }

    fn token_text(&self, token: &Token) -> &'a str {
        &self.text[token.start as usize..token.end as usize]
    }

    fn path_token(&mut self) {
        let start = self.at;
        let mut end = start + path(&self.text[start..]);
        // Elsewhere a parameter is `${id}`; here it is told and read on.
        while self.text[end..].starts_with("${") && self.dollar_parameter(end) {
            end += 1;
            end += parameter(&self.text[end..]);
            end += segment(&self.text[end..]);
            end += path(&self.text[end..]);
        }
        let sends = self.tokens.len() >= 2 && self.token_text(&self.tokens[self.tokens.len() - 2]) == "send";
        if sends && self.text[end..].starts_with('?') {
            end += self.text[end..]
                .find(char::is_whitespace)
                .unwrap_or(self.text.len() - end);
        }
        self.push(Kind::Path, start, end.max(start + 1));
    }
}

/// The bracket that a closing one closes.
pub(super) fn opener_of(close: u8) -> u8 {
    match close {
        b'}' => b'{',
        b')' => b'(',
        _ => b'[',
    }
}

/// The words that stand before a path.
pub(super) fn is_method(word: &str) -> bool {
    matches!(
        word,
        "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "ANY" | "SSE" | "WS" | "GRAPHQL"
    )
}

fn is_idc(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The length of the name at the start.
pub(super) fn word(text: &str) -> usize {
    text.bytes().take_while(|byte| is_idc(*byte)).count()
}

/// The length of what begins with a digit: a scalar of the grammar, else as much as belongs together.
pub(super) fn number(text: &str) -> usize {
    let length = scalar(text).unwrap_or(0);
    let again = text[length..]
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if length > 0 && !again {
        return length;
    }
    if again {
        return text.bytes().take_while(|it| it.is_ascii_digit() || *it == b'.').count();
    }
    let digits = text.bytes().take_while(|it| is_idc(*it)).count();
    let fraction = text[digits..].strip_prefix('.').map_or(0, word);
    if fraction > 0 { digits + 1 + fraction } else { digits }
}

/// The length of the scalar at the start, if it is one of the grammar.
pub(super) fn scalar(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize, also: bool| {
        bytes[from..]
            .iter()
            .take_while(|it| it.is_ascii_digit() || also && **it == b'_')
            .count()
    };
    let ends = |at: usize| bytes.get(at).is_none_or(|it| !is_idc(*it));
    let int = digits(0, true);
    if digits(0, false) == 4 && bytes.get(4) == Some(&b'-') && digits(5, false) == 2 && bytes.get(7) == Some(&b'-') {
        let day = bytes.get(8..).map_or(0, |_| digits(8, false));
        if day == 2 && ends(10) {
            return Some(10);
        }
    }
    for per in ["/s", "/min", "/h", "/day", "/month"] {
        if text[int..].starts_with(per) && ends(int + per.len()) {
            return Some(int + per.len());
        }
    }
    let fraction = match bytes.get(int) {
        Some(b'.') if bytes.get(int + 1).is_some_and(u8::is_ascii_digit) => 1 + digits(int + 1, false),
        _ => 0,
    };
    let number = int + fraction;
    for unit in ["ms", "s", "m", "h", "d", "KB", "MB", "GB", "%"] {
        if text[number..].starts_with(unit) && ends(number + unit.len()) {
            return Some(number + unit.len());
        }
    }
    if text[1..].starts_with("xx") && ends(3) {
        return Some(3);
    }
    if ends(number) {
        return Some(number);
    }
    (fraction > 0 && ends(int)).then_some(int)
}

/// The length of the path at the start; 0 if there is none.
fn path(text: &str) -> usize {
    let mut at = 0;
    while text[at..].starts_with('/') && !text[at..].starts_with("//") {
        at += 1;
        at += segment(&text[at..]);
    }
    at
}

/// The length of the path segment at the start.
fn segment(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let plain = is_idc(byte) || b"-.~*:%@+!'=;()".contains(&byte);
        let comma = byte == b','
            && bytes
                .get(at + 1)
                .is_some_and(|it| is_idc(*it) || *it == b'{' || *it == b'\'');
        let length = match byte {
            b'{' => parameter(&text[at..]),
            _ if plain || comma => 1,
            _ => 0,
        };
        if length == 0 {
            break;
        }
        at += length;
    }
    at
}

/// The length of `{name}` or `{name: Type}` at the start; 0 if there is none.
fn parameter(text: &str) -> usize {
    let Some(inside) = text.strip_prefix('{') else {
        return 0;
    };
    let name = word(inside);
    let mut at = name;
    if let Some(ty) = inside[at..].strip_prefix(':') {
        let spaces = ty.bytes().take_while(|it| *it == b' ').count();
        at += 1 + spaces + word(&ty[spaces..]);
    }
    if name > 0 && inside[at..].starts_with('}') {
        at + 2
    } else {
        0
    }
}
