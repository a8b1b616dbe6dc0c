//! Why a computation ends its route, and where in the `.bff` file that stands.

use super::doc::DecodeError;
pub use crate::error::At;
use std::borrow::Cow;
use std::fmt;

/// The outcome of a computation of generated code.
pub type Eval<T = ()> = Result<T, Fault>;

/// A computation that ends its route.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What happened.
    pub cause: Cause,
    /// Where it is written, once known.
    pub at: Option<At>,
}

/// What a computation ran into.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    /// An overflow or a float that is not finite: 500 `arithmetic`.
    Arithmetic,
    /// A template whose text is longer than 64 KB: 500 `internal`.
    TemplateTooLong,
    /// A computed value that does not fit its declared type: 500 `internal`.
    Misfit(Box<DecodeError>),
    /// A `fail` of the spec.
    Fail(Box<Failure>),
}

/// `fail status "code" { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The status of the answer, 4xx or 5xx.
    pub status: u16,
    /// The code of the error document.
    pub code: Cow<'static, str>,
    /// Fields that join the error document: the JSON text of one object.
    pub body: Option<String>,
}

impl Fault {
    /// An overflow or a float that is not finite.
    pub const ARITHMETIC: Fault = Fault {
        cause: Cause::Arithmetic,
        at: None,
    };
    /// A template whose text is longer than its limit.
    pub const TEMPLATE_TOO_LONG: Fault = Fault {
        cause: Cause::TemplateTooLong,
        at: None,
    };

    /// A `fail` of the spec; `body` is the JSON text of an object.
    pub fn fail(status: u16, code: &'static str, body: Option<String>) -> Self {
        let failure = Failure {
            status,
            code: Cow::Borrowed(code),
            body,
        };
        Fault {
            cause: Cause::Fail(Box::new(failure)),
            at: None,
        }
    }

    /// The same fault with its place, unless a nearer one is known already.
    pub fn at(self, at: At) -> Self {
        Fault {
            at: self.at.or(Some(at)),
            ..self
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(at) = self.at {
            write!(f, "{at}: ")?;
        }
        match &self.cause {
            Cause::Arithmetic => f.write_str("arithmetic: overflow or not a finite number"),
            Cause::TemplateTooLong => f.write_str("a template is longer than 64 KB"),
            Cause::Misfit(error) => write!(f, "a computed value does not fit its type: {error}"),
            Cause::Fail(failure) => write!(f, "fail {} {:?}", failure.status, failure.code),
        }
    }
}

impl std::error::Error for Fault {}

/// Gives the place to the fault of a computation: `math::add(a, b).at(At("home.bff", 12))?`.
pub trait Located {
    /// The same outcome, its fault with the place.
    fn at(self, at: At) -> Self;
}

impl<T> Located for Eval<T> {
    fn at(self, at: At) -> Self {
        self.map_err(|fault| fault.at(at))
    }
}

/// Joins functions that cannot fail with those that can.
pub trait IntoEval {
    /// The value inside.
    type Value;
    /// The outcome.
    fn into_eval(self) -> Eval<Self::Value>;
}

impl<T> IntoEval for Eval<T> {
    type Value = T;
    fn into_eval(self) -> Eval<T> {
        self
    }
}

impl IntoEval for () {
    type Value = ();
    fn into_eval(self) -> Eval {
        Ok(())
    }
}
