//! The decoder: reads what a plan demands out of JSON text onto a tape, and checks the rest for its grammar.

mod check;
mod collect;
mod keys;
mod nest;
mod scan;
mod tagged;
#[cfg(test)]
mod tests;

pub use collect::{Problem, ProblemCode};

use super::plan::{Kind, UnionPlan};
use super::rule::Rule;
use super::word;
use collect::Collected;
use keys::Keys;
use scan::{Number, Scanner};

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

/// Why decoding stopped, in a form that every step of the hot path can return in registers.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    what: Malformed,
    /// Fits, since a body has at most 2^30 bytes.
    at: u32,
}

impl Stop {
    pub(super) fn malformed(what: Malformed, at: usize) -> Self {
        Stop { what, at: at as u32 }
    }
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
    /// It is JSON, but escapes half of a surrogate pair, which has no text.
    Surrogate,
    /// It is JSON, but does not fit the plan: the decoder keeps how.
    Misfit,
}

/// Why a body or a value of it is refused.
#[derive(Clone, Copy)]
pub(super) enum Fail {
    /// The text is not JSON; the position of the byte.
    Malformed(Malformed, usize),
    /// A value does not fit its plan.
    Value(Misfit),
}

/// In which way a value does not fit its plan.
#[derive(Clone, Copy)]
pub(super) enum Misfit {
    /// It is of another kind, or out of the kind's range.
    Kind(&'static Kind),
    /// A field is not there.
    Missing,
    /// A string has no text.
    Surrogate,
    /// A constraint does not hold; the unit of its length.
    Rule(&'static Rule, &'static str),
    /// The discriminator of a union is not there.
    NoTag(&'static UnionPlan),
    /// The discriminator of a union is no text, or one that is not known.
    Tag(&'static UnionPlan),
}

/// What decoding gives: the tape and the word of the root.
pub(super) struct Decoded {
    pub(super) tape: Vec<u64>,
    pub(super) root: u64,
}

/// Where a text comes from. An open enum takes unknown values from upstreams, which may be newer, but not from clients.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Upstream,
    Client,
}

/// What a whole document must be: its kind, and the rule on it.
pub(super) type Form = (&'static Kind, Option<&'static Rule>);

/// Decodes, and stops at the first thing that is wrong; [`thorough`] tells what it is.
pub(super) fn fast(text: &str, form: Form, limits: Limits, origin: Origin) -> Option<Decoded> {
    Decoder::new(text, limits, origin, None).document(form).ok()
}

/// Decodes, goes on after values that do not fit, and gives all problems in the order of the plan. Where constraints alone are
/// broken the values are there, too.
pub(super) fn thorough(text: &str, form: Form, limits: Limits, origin: Origin) -> (Option<Decoded>, Vec<Problem>) {
    let mut decoder = Decoder::new(text, limits, origin, Some(Box::default()));
    let outcome = decoder.document(form);
    let fail = outcome.as_ref().err().map(|stop| decoder.fail(*stop));
    let problems = decoder.collected.map(|it| it.problems).unwrap_or_default();
    match (outcome, fail) {
        (Ok(decoded), _) if problems.iter().all(|it| it.code == ProblemCode::Constraint) => (Some(decoded), problems),
        (_, Some(fail)) => (None, vec![Problem::of_document(fail)]),
        _ => (None, problems),
    }
}

struct Decoder<'s> {
    text: &'s str,
    scan: Scanner<'s>,
    keys: Keys,
    /// How many arrays and objects are open.
    depth: u32,
    /// Finished records and lists. Values of an unfinished one wait on `stack`, so that elements come to lie side by side.
    tape: Vec<u64>,
    stack: Vec<u64>,
    limits: Limits,
    origin: Origin,
    /// The discriminators of unions that stand behind other values.
    noted: Vec<tagged::Noted>,
    /// What did not fit, when decoding stopped with [`Malformed::Misfit`].
    misfit: Misfit,
    /// Only when all problems are wanted.
    collected: Option<Box<Collected>>,
}

impl<'s> Decoder<'s> {
    fn new(text: &'s str, limits: Limits, origin: Origin, collected: Option<Box<Collected>>) -> Self {
        Decoder {
            text,
            scan: Scanner::new(text.as_bytes()),
            keys: Keys::default(),
            depth: 0,
            tape: Vec::new(),
            stack: Vec::new(),
            limits,
            origin,
            noted: Vec::new(),
            misfit: Misfit::Missing,
            collected,
        }
    }

    fn document(&mut self, form: Form) -> Result<Decoded, Stop> {
        if self.text.len() > self.limits.bytes.min(word::MAX_SPAN) {
            return Err(Stop::malformed(Malformed::TooLong, self.limits.bytes));
        }
        let root = self.root(form)?;
        if self.scan.peek() != 0 || self.scan.pos < self.text.len() {
            return Err(self.scan.malformed(Malformed::Trailing));
        }
        Ok(Decoded {
            tape: std::mem::take(&mut self.tape),
            root,
        })
    }

    #[cold]
    fn misfit(&mut self, misfit: Misfit) -> Stop {
        self.misfit = misfit;
        Stop::malformed(Malformed::Misfit, self.scan.pos)
    }

    /// What a stop stands for.
    fn fail(&self, stop: Stop) -> Fail {
        match stop.what {
            Malformed::Misfit => Fail::Value(self.misfit),
            Malformed::Surrogate => Fail::Value(Misfit::Surrogate),
            what => Fail::Malformed(what, stop.at as usize),
        }
    }

    /// Decodes one value and checks the rule on it.
    #[inline]
    fn checked(&mut self, kind: &'static Kind, rule: Option<&'static Rule>) -> Result<u64, Stop> {
        match rule {
            None => self.value(kind, None),
            Some(rule) => {
                let word = self.value(kind, Some(rule))?;
                match self.keeps(rule, kind, word) {
                    // The value itself can be read, and what else is wrong with a request may depend on it.
                    Err(stop) if self.collect_broken_rule(stop) => Ok(word),
                    kept => kept,
                }
            }
        }
    }

    /// Decodes one value; the rule is asked about what lies in it.
    fn value(&mut self, kind: &'static Kind, rule: Option<&'static Rule>) -> Result<u64, Stop> {
        let first = self.scan.peek();
        match kind {
            Kind::Null(_) if first == b'n' => self.scan.literal(b"null").map(|()| word::NULL),
            Kind::Null(inner) => self.value(inner, rule),
            Kind::Rec(plan) => {
                let base = self.stack.len();
                self.record(plan(), kind)?;
                self.settle(base, 1)
            }
            Kind::Union(plan) => self.union(plan(), kind),
            Kind::List(element) => self.list(kind, element, rule.and_then(Rule::element)),
            Kind::Map(key, value) => self.map(kind, (key, value), rule),
            Kind::Json => {
                let start = self.scan.pos;
                self.scan.skip(&mut self.keys, self.depth, true)?;
                Ok(word::span(start, self.scan.pos))
            }
            Kind::Bool => match first {
                b't' => self.scan.literal(b"true").map(|()| word::TRUE),
                b'f' => self.scan.literal(b"false").map(|()| word::FALSE),
                _ => Err(self.misfit(Misfit::Kind(kind))),
            },
            _ => match first {
                b'"' => {
                    let text = self.scan.string(true)?;
                    self.of_text(kind, text)
                }
                b'-' | b'0'..=b'9' => {
                    let number = self.scan.number()?;
                    self.of_number(kind, number)
                }
                _ => Err(self.misfit(Misfit::Kind(kind))),
            },
        }
    }

    #[inline]
    fn of_text(&mut self, kind: &'static Kind, word: u64) -> Result<u64, Stop> {
        let fits = match kind {
            Kind::Str | Kind::Id => true,
            _ => check::text_fits(kind, &self.text[word::range(word)], word::is_escaped(word), self.origin),
        };
        if fits {
            Ok(word)
        } else {
            Err(self.misfit(Misfit::Kind(kind)))
        }
    }

    #[inline]
    fn of_number(&mut self, kind: &'static Kind, number: Number) -> Result<u64, Stop> {
        let text = &self.text[word::range(number.word)];
        let fits = match kind {
            Kind::Int => number.integer && check::is_i64(text),
            Kind::Id => number.integer,
            Kind::Float => check::is_finite(text, number.exponent),
            Kind::Decimal => check::is_decimal(text, number.exponent),
            _ => false,
        };
        if fits {
            Ok(number.word)
        } else {
            Err(self.misfit(Misfit::Kind(kind)))
        }
    }
}
