//! Documents: a body as it came, with a tape of what a plan demands of it.

use super::decode::{self, Fail, Limits, Malformed, Origin, Problem};
use super::fault::{Cause, Eval, Fault};
use super::keyed::Joined;
use super::out::Out;
use super::plan::Kind;
use super::rule::Rule;
use super::value::Read;
use super::word;
use std::fmt;

/// A decoded body. Everything a route reads is one: answers, mocks, literals, inputs, claims.
///
/// Borrows nothing and is `Send + Sync`: it travels as `Arc<Doc>`. What it holds was checked, so reading cannot fail.
#[derive(Debug, Clone)]
pub struct Doc {
    pub(crate) text: String,
    pub(crate) tape: Vec<u64>,
    root: u64,
    /// The answers of a per-item call, which lie in documents of their own; the body and the tape are empty then.
    joined: Option<Box<Joined>>,
}

/// What empty lists and missing records point into.
pub(crate) static EMPTY: Doc = Doc::null();

impl Doc {
    /// A document that is null.
    pub const fn null() -> Self {
        Doc {
            text: String::new(),
            tape: Vec::new(),
            root: word::NULL,
            joined: None,
        }
    }

    /// The map of a per-item call.
    pub(crate) fn joined(joined: Joined) -> Self {
        Doc {
            root: word::at(0, joined.present()),
            joined: Some(Box::new(joined)),
            ..Doc::null()
        }
    }

    /// The values that lie in other documents, if it is the map of a per-item call.
    pub(crate) fn parts(&self) -> Option<&Joined> {
        self.joined.as_deref()
    }

    /// Decodes a body. An empty one is null where the kind may be null.
    ///
    /// # Errors
    /// When the body is no JSON, is over a limit, or does not fit the kind: the first problem, with its path.
    pub fn decode(body: impl Into<Vec<u8>>, kind: &'static Kind, limits: Limits) -> Result<Self, DecodeError> {
        Self::decode_by(body, (kind, None), limits)
    }

    /// The same with a rule on the whole body.
    ///
    /// # Errors
    /// As [`Doc::decode`]; also when the rule is broken.
    pub fn decode_by(
        body: impl Into<Vec<u8>>,
        (kind, rule): (&'static Kind, Option<&'static Rule>),
        limits: Limits,
    ) -> Result<Self, DecodeError> {
        let form = (kind, rule);
        let text = Self::text_of(body.into(), kind).map_err(DecodeError::of_document)?;
        match decode::fast(&text, form, limits, Origin::Upstream) {
            Some(decoded) => Ok(Doc {
                text,
                tape: decoded.tape,
                root: decoded.root,
                joined: None,
            }),
            // The second look finds the path; it also settles whether a repeated key overrides what did not fit.
            None => match decode::thorough(&text, form, limits, Origin::Upstream) {
                (Some(decoded), problems) if problems.is_empty() => Ok(Doc {
                    text,
                    tape: decoded.tape,
                    root: decoded.root,
                    joined: None,
                }),
                (_, problems) => Err(DecodeError::first(problems)),
            },
        }
    }

    /// Decodes what a request brought. Where constraints alone are broken, the values come with the problems.
    pub fn decode_input(body: impl Into<Vec<u8>>, kind: &'static Kind, limits: Limits) -> (Option<Self>, Vec<Problem>) {
        Self::decode_input_by(body, (kind, None), limits)
    }

    /// The same with a rule on the whole.
    pub fn decode_input_by(
        body: impl Into<Vec<u8>>,
        (kind, rule): (&'static Kind, Option<&'static Rule>),
        limits: Limits,
    ) -> (Option<Self>, Vec<Problem>) {
        let form = (kind, rule);
        let text = match Self::text_of(body.into(), kind) {
            Ok(text) => text,
            Err(fail) => return (None, vec![Problem::of_document(fail)]),
        };
        let (decoded, problems) = match decode::fast(&text, form, limits, Origin::Client) {
            Some(decoded) => (Some(decoded), Vec::new()),
            None => decode::thorough(&text, form, limits, Origin::Client),
        };
        let doc = decoded.map(|it| Doc {
            text,
            tape: it.tape,
            root: it.root,
            joined: None,
        });
        (doc, problems)
    }

    /// Makes a document of a value that stands on no tape: `write` writes its JSON, the kind reads it back.
    ///
    /// # Errors
    /// The fault of `write`; [`Cause::Misfit`] when what was written does not fit the kind.
    pub fn compute(kind: &'static Kind, write: impl FnOnce(&mut Out) -> Eval) -> Eval<Self> {
        let mut out = Out::new();
        write(&mut out)?;
        Doc::decode(out.finish()?, kind, Limits::DEFAULT).map_err(|error| Fault {
            cause: Cause::Misfit(Box::new(error)),
            at: None,
        })
    }

    /// The whole document as a view; `T` must be the type whose kind decoded it.
    #[inline]
    pub fn read<'a, T: Read<'a>>(&'a self) -> T::Out {
        T::read(self, self.root())
    }

    /// Whether the document is null.
    pub fn is_null(&self) -> bool {
        word::is_null(self.root())
    }

    /// About how many bytes the document holds, for caches with a size.
    pub fn weight(&self) -> usize {
        let joined = self.parts().map_or(0, Joined::weight);
        size_of::<Doc>() + self.text.capacity() + 8 * self.tape.capacity() + joined
    }

    /// The word of the whole document.
    pub(crate) fn root(&self) -> u64 {
        self.root
    }

    /// A document that only keeps a text.
    pub(crate) fn of_text(text: String) -> Self {
        Doc { text, ..Doc::null() }
    }

    /// The whole text of the document.
    pub(crate) fn body(&self) -> &str {
        &self.text
    }

    /// A piece of the body. Spans start and end at ASCII, so they never cut a character.
    #[inline]
    pub(crate) fn piece(&self, word: u64) -> &str {
        self.text.get(word::range(word)).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn word(&self, index: usize) -> u64 {
        self.tape.get(index).copied().unwrap_or(word::NULL)
    }

    fn text_of(body: Vec<u8>, kind: &Kind) -> Result<String, Fail> {
        if body.is_empty() && matches!(kind, Kind::Null(_) | Kind::Json) {
            return Ok("null".to_owned());
        }
        String::from_utf8(body).map_err(|error| Fail::Malformed(Malformed::NotUtf8, error.utf8_error().valid_up_to()))
    }
}

/// Why a body could not be decoded: a path such as `items[0].status`, and what is wrong there, without the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// The JSON path; empty for the whole body.
    pub path: String,
    /// What is wrong.
    pub what: String,
}

impl DecodeError {
    fn first(problems: Vec<Problem>) -> Self {
        let first = problems.into_iter().next();
        first.map_or_else(
            || DecodeError {
                path: String::new(),
                what: "unreadable".to_owned(),
            },
            |problem| DecodeError {
                path: problem.path,
                what: problem.message,
            },
        )
    }

    fn of_document(fail: Fail) -> Self {
        Self::first(vec![Problem::of_document(fail)])
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.what),
            path => write!(f, "{path}: {}", self.what),
        }
    }
}

impl std::error::Error for DecodeError {}
