//! The decoder: reads what a plan demands out of JSON text onto a tape, and checks the rest for its grammar.

mod check;
mod collect;
mod scan;
#[cfg(test)]
mod tests;

pub use collect::{Problem, ProblemCode};

use super::plan::{Kind, Plan, head_of};
use super::rule::Rule;
use super::word;
use collect::Collected;
use scan::{Number, Scanner, Span};
use std::borrow::Cow;
use std::collections::HashMap;

/// What a body may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of a body; 8 MB unless told.
    pub bytes: usize,
    /// The most tape words, which bounds what a small body can make of many demanded fields; 4 million (32 MB) unless told.
    pub words: usize,
}

impl Limits {
    /// What holds unless a limit is written.
    pub const DEFAULT: Limits = Limits {
        bytes: 8 << 20,
        words: 4 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Limits::DEFAULT
    }
}

/// Why decoding stopped. Small, since every step of the hot path returns one.
#[derive(Clone, Copy)]
pub(super) enum Fail {
    /// The text is not JSON; the position of the byte.
    Malformed(Malformed, usize),
    /// A value does not fit its plan.
    Value(Misfit),
}

/// In which way text is not JSON.
#[derive(Clone, Copy)]
pub(super) enum Malformed {
    End,
    Value,
    Key,
    Colon,
    Separator,
    Number,
    Control,
    Escape,
    Depth,
    Trailing,
    TooLong,
    TooManyValues,
    NotUtf8,
}

/// In which way a value does not fit its plan.
#[derive(Clone, Copy)]
pub(super) enum Misfit {
    /// It is of another kind, or out of the kind's range.
    Kind(Kind),
    /// A field is not there.
    Missing,
    /// A string escapes half of a surrogate pair, which is JSON but has no text.
    Surrogate,
    /// A constraint does not hold; the unit of its length.
    Rule(&'static Rule, &'static str),
}

/// What decoding gives: the tape and the word of the root.
pub(super) struct Decoded {
    pub(super) tape: Vec<u64>,
    pub(super) root: u64,
}

/// Decodes, and stops at the first thing that is wrong.
pub(super) fn fast(text: &str, kind: &'static Kind, limits: Limits) -> Result<Decoded, Fail> {
    Decoder::new(text, limits, None).document(kind)
}

/// Decodes, goes on after values that do not fit, and gives all problems in the order of the plan. Where constraints alone are
/// broken the values are there, too.
pub(super) fn thorough(text: &str, kind: &'static Kind, limits: Limits) -> (Option<Decoded>, Vec<Problem>) {
    let mut decoder = Decoder::new(text, limits, Some(Box::default()));
    let outcome = decoder.document(kind);
    let problems = decoder.collected.map(|it| it.problems).unwrap_or_default();
    match outcome {
        Ok(decoded) if problems.iter().all(|it| it.code == ProblemCode::Constraint) => (Some(decoded), problems),
        Ok(_) => (None, problems),
        Err(fail) => (None, vec![Problem::of_document(fail)]),
    }
}

struct Decoder<'s> {
    text: &'s str,
    scan: Scanner<'s>,
    /// Finished records and lists. Values of an unfinished one wait on `stack`, so that elements come to lie side by side.
    tape: Vec<u64>,
    stack: Vec<u64>,
    limits: Limits,
    /// Only when all problems are wanted.
    collected: Option<Box<Collected>>,
}

impl<'s> Decoder<'s> {
    fn new(text: &'s str, limits: Limits, collected: Option<Box<Collected>>) -> Self {
        let scan = Scanner::new(text.as_bytes());
        Decoder {
            text,
            scan,
            tape: Vec::new(),
            stack: Vec::new(),
            limits,
            collected,
        }
    }

    fn document(&mut self, kind: &'static Kind) -> Result<Decoded, Fail> {
        if self.text.len() > self.limits.bytes.min(word::MAX_SPAN) {
            return Err(Fail::Malformed(Malformed::TooLong, self.limits.bytes));
        }
        let root = self.root(kind)?;
        if self.scan.peek() != 0 || self.scan.pos < self.text.len() {
            return Err(self.scan.malformed(Malformed::Trailing));
        }
        Ok(Decoded {
            tape: std::mem::take(&mut self.tape),
            root,
        })
    }

    /// Decodes one value and checks the rule on it.
    #[inline]
    fn checked(&mut self, kind: &'static Kind, rule: Option<&'static Rule>) -> Result<u64, Fail> {
        let word = self.value(kind, rule.and_then(Rule::element))?;
        match rule {
            Some(rule) => match self.keeps(rule, kind, word) {
                // The value itself can be read, and what else is wrong with a request may depend on it.
                Err(fail @ Fail::Value(Misfit::Rule(..))) if self.collect_broken_rule(fail) => Ok(word),
                kept => kept,
            },
            None => Ok(word),
        }
    }

    fn value(&mut self, kind: &'static Kind, each: Option<&'static Rule>) -> Result<u64, Fail> {
        let first = self.scan.peek();
        match kind {
            Kind::Null(_) if first == b'n' => {
                self.scan.literal(b"null")?;
                Ok(word::NULL)
            }
            Kind::Null(inner) => self.value(inner, each),
            Kind::Rec(plan) => {
                let base = self.stack.len();
                self.record(plan(), kind)?;
                self.settle(base, 1)
            }
            Kind::List(element) => self.list(kind, element, each),
            Kind::Map(element) => self.map(kind, element, each),
            Kind::Json => {
                let start = self.scan.pos;
                self.scan.skip(true)?;
                Ok(word::span(start, self.scan.pos))
            }
            Kind::Bool => match first {
                b't' => self.scan.literal(b"true").map(|()| word::TRUE),
                b'f' => self.scan.literal(b"false").map(|()| word::FALSE),
                _ => Err(Fail::Value(Misfit::Kind(*kind))),
            },
            _ => match first {
                b'"' => {
                    let span = self.scan.string(true)?;
                    self.of_text(kind, span)
                }
                b'-' | b'0'..=b'9' => {
                    let number = self.scan.number()?;
                    self.of_number(kind, number)
                }
                _ => Err(Fail::Value(Misfit::Kind(*kind))),
            },
        }
    }

    fn of_text(&mut self, kind: &'static Kind, span: Span) -> Result<u64, Fail> {
        let word = word::text(span.start, span.end, span.escaped);
        let fits = match kind {
            Kind::Str | Kind::Id => true,
            _ => check::text_fits(kind, &self.text[span.start..span.end], span.escaped),
        };
        if fits {
            Ok(word)
        } else {
            Err(Fail::Value(Misfit::Kind(*kind)))
        }
    }

    fn of_number(&mut self, kind: &'static Kind, number: Number) -> Result<u64, Fail> {
        let text = &self.text[number.start..number.end];
        let fits = match kind {
            Kind::Int => number.integer && check::is_i64(text),
            Kind::Id => number.integer,
            Kind::Float => check::is_finite(text, number.exponent),
            Kind::Decimal => super::decimal::is_decimal(text),
            _ => false,
        };
        if fits {
            Ok(word::number(number.start, number.end))
        } else {
            Err(Fail::Value(Misfit::Kind(*kind)))
        }
    }

    /// Reads the fields of an object onto the stack, one word each, in the order of the plan.
    fn record(&mut self, plan: &'static Plan, kind: &'static Kind) -> Result<(), Fail> {
        if self.scan.peek() != b'{' {
            return Err(Fail::Value(Misfit::Kind(*kind)));
        }
        self.scan.enter()?;
        self.scan.pos += 1;
        let base = self.stack.len();
        self.push_absent(plan.fields.len())?;
        if self.collected.is_some() {
            self.collect_record();
        }
        let mut hint = 0;
        if self.scan.peek() == b'}' {
            self.scan.pos += 1;
        } else {
            loop {
                let key = self.scan.key(true)?;
                match self.find(plan, key, hint) {
                    Some(index) => {
                        let word = self.member(plan, index)?;
                        self.stack[base + index] = word;
                        hint = index + 1;
                    }
                    None => self.scan.skip(false)?,
                }
                match self.scan.peek() {
                    b',' => self.scan.pos += 1,
                    b'}' => {
                        self.scan.pos += 1;
                        break;
                    }
                    _ => return Err(self.scan.malformed(Malformed::Separator)),
                }
            }
        }
        self.scan.depth -= 1;
        self.complete(plan, base)
    }

    fn push_absent(&mut self, count: usize) -> Result<(), Fail> {
        if self.tape.len() + self.stack.len() + count > self.limits.words {
            return Err(Fail::Malformed(Malformed::TooManyValues, self.scan.pos));
        }
        self.stack.resize(self.stack.len() + count, word::ABSENT);
        Ok(())
    }

    #[inline]
    fn find(&self, plan: &'static Plan, key: Span, hint: usize) -> Option<usize> {
        if key.escaped {
            let text = super::value::unescape(&self.text[key.start..key.end])?;
            return plan.find(head_of(text.as_bytes()), text.as_bytes(), hint);
        }
        let bytes = &self.scan.src[key.start..key.end];
        plan.find(self.head(key), bytes, hint)
    }

    /// The first eight bytes of a key, in one load where the text goes on long enough.
    #[inline]
    fn head(&self, key: Span) -> u64 {
        match self.scan.src[key.start..].first_chunk::<8>() {
            Some(bytes) => {
                let length = (key.end - key.start).min(8) as u32;
                let keep = u64::MAX.checked_shr(64 - 8 * length).unwrap_or(0);
                u64::from_le_bytes(*bytes) & keep
            }
            None => head_of(&self.scan.src[key.start..key.end]),
        }
    }

    #[inline]
    fn member(&mut self, plan: &'static Plan, index: usize) -> Result<u64, Fail> {
        let field = &plan.fields[index];
        if self.collected.is_some() {
            return self.collect_member(field, index);
        }
        self.checked(&field.kind, field.rule)
    }

    /// Refuses a record that lacks a field it must have.
    #[inline]
    fn complete(&mut self, plan: &'static Plan, base: usize) -> Result<(), Fail> {
        if self.collected.is_some() {
            return self.collect_missing(plan, base);
        }
        let missing = |(word, field): (&u64, &super::plan::Field)| *word == word::ABSENT && !field.kind.is_nullable();
        if self.stack[base..].iter().zip(plan.fields).any(missing) {
            return Err(Fail::Value(Misfit::Missing));
        }
        Ok(())
    }

    fn list(&mut self, kind: &'static Kind, element: &'static Kind, each: Option<&'static Rule>) -> Result<u64, Fail> {
        if self.scan.peek() != b'[' {
            return Err(Fail::Value(Misfit::Kind(*kind)));
        }
        self.scan.enter()?;
        self.scan.pos += 1;
        let base = self.stack.len();
        let mut count = 0;
        if self.scan.peek() == b']' {
            self.scan.pos += 1;
        } else {
            loop {
                if self.collected.is_some() {
                    self.collect_element(element, each, count)?;
                } else {
                    self.element(element, each)?;
                }
                count += 1;
                match self.scan.peek() {
                    b',' => self.scan.pos += 1,
                    b']' => {
                        self.scan.pos += 1;
                        break;
                    }
                    _ => return Err(self.scan.malformed(Malformed::Separator)),
                }
            }
        }
        self.scan.depth -= 1;
        self.settle(base, count)
    }

    fn map(&mut self, kind: &'static Kind, element: &'static Kind, each: Option<&'static Rule>) -> Result<u64, Fail> {
        if self.scan.peek() != b'{' {
            return Err(Fail::Value(Misfit::Kind(*kind)));
        }
        self.scan.enter()?;
        self.scan.pos += 1;
        let base = self.stack.len();
        if self.scan.peek() == b'}' {
            self.scan.pos += 1;
        } else {
            loop {
                let key = self.scan.key(true)?;
                self.push_word(word::text(key.start, key.end, key.escaped))?;
                if self.collected.is_some() {
                    self.collect_entry(element, each)?;
                } else {
                    self.element(element, each)?;
                }
                match self.scan.peek() {
                    b',' => self.scan.pos += 1,
                    b'}' => {
                        self.scan.pos += 1;
                        break;
                    }
                    _ => return Err(self.scan.malformed(Malformed::Separator)),
                }
            }
        }
        self.scan.depth -= 1;
        let count = self.merge_keys(base, 1 + element.stride());
        self.settle(base, count)
    }

    /// Of entries with one key keeps the last value, at the place of the first.
    fn merge_keys(&mut self, base: usize, stride: usize) -> usize {
        let entries = (self.stack.len() - base) / stride;
        let mut places: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(entries);
        let mut count = 0;
        for entry in 0..entries {
            let from = base + entry * stride;
            let key = self.stack[from];
            let octets = &self.text[word::range(key)];
            let text = match word::is_escaped(key) {
                true => Cow::Owned(super::value::unescape(octets).unwrap_or_default()),
                false => Cow::Borrowed(octets),
            };
            let place = *places.entry(text).or_insert(count);
            count += usize::from(place == count);
            self.stack.copy_within(from..from + stride, base + place * stride);
        }
        self.stack.truncate(base + count * stride);
        count
    }

    /// Reads one element onto the stack. Records lie there inline, all else is one word.
    #[inline]
    fn element(&mut self, kind: &'static Kind, rule: Option<&'static Rule>) -> Result<(), Fail> {
        match kind {
            Kind::Rec(plan) => self.record(plan(), kind),
            _ => {
                let word = self.checked(kind, rule)?;
                self.push_word(word)
            }
        }
    }

    #[inline]
    fn push_word(&mut self, word: u64) -> Result<(), Fail> {
        if self.tape.len() + self.stack.len() >= self.limits.words {
            return Err(Fail::Malformed(Malformed::TooManyValues, self.scan.pos));
        }
        self.stack.push(word);
        Ok(())
    }

    /// Moves the finished values above `base` to the tape and gives the word that points to them.
    fn settle(&mut self, base: usize, count: usize) -> Result<u64, Fail> {
        let at = self.tape.len();
        self.tape.extend_from_slice(&self.stack[base..]);
        self.stack.truncate(base);
        Ok(word::at(at, count))
    }
}
