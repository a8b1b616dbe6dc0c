//! Why a computation ends its route, and where in the `.bff` file that stands.

use super::doc::DecodeError;
use super::out::Out;
pub use crate::error::At;
use bytes::Bytes;
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
    /// What the compiler has shown cannot be: 500 `internal`.
    Internal(&'static str),
    /// A `fail` of the spec.
    Fail(Box<Failing>),
}

/// `fail status "code" { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// The status of the answer, 4xx or 5xx.
    pub status: u16,
    /// The code of the error document; the status has one of its own.
    pub code: Option<&'static str>,
    /// Fields that join the error document: the JSON text of one object.
    pub body: Option<Bytes>,
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

    /// A `fail` of the spec.
    pub fn fail(status: u16, code: impl Into<Option<&'static str>>, at: At) -> Self {
        let failing = Failing {
            status,
            code: code.into(),
            body: None,
        };
        Fault {
            cause: Cause::Fail(Box::new(failing)),
            at: Some(at),
        }
    }

    /// What the compiler has shown cannot be.
    pub fn internal(what: &'static str) -> Self {
        Fault {
            cause: Cause::Internal(what),
            at: None,
        }
    }

    /// The same `fail` with fields that join the error document: one object. A fault of the writing takes its place.
    #[must_use]
    pub fn with(mut self, out: Out) -> Self {
        match (out.finish(), &mut self.cause) {
            (Err(fault), _) => {
                return Fault {
                    at: fault.at.or(self.at),
                    ..fault
                };
            }
            (Ok(body), Cause::Fail(failing)) => failing.body = Some(body.into()),
            _ => {}
        }
        self
    }

    /// The same fault with its place, unless a nearer one is known already.
    #[must_use]
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
            Cause::Internal(what) => f.write_str(what),
            Cause::Fail(failing) => write!(f, "fail {}", failing.status),
        }
    }
}

impl std::error::Error for Fault {}

/// Gives the place to the fault of a computation: `ops::add(a, b).at(At("home.bff", 12))?`.
pub trait Located {
    /// The same outcome, its fault with the place.
    #[must_use]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fail_carries_its_fields_and_the_nearest_place() {
        let mut out = Out::new();
        out.object();
        out.put("sku", "a");
        out.end_object();
        let fault = Fault::fail(409, "sold_out", At("a.bff", 3))
            .with(out)
            .at(At("a.bff", 9));
        let Cause::Fail(failing) = &fault.cause else {
            panic!("not a fail")
        };
        assert_eq!(
            (failing.status, failing.code, failing.body.as_deref()),
            (409, Some("sold_out"), Some(&br#"{"sku":"a"}"#[..]))
        );
        assert_eq!(fault.to_string(), "a.bff:3: fail 409");
    }

    #[test]
    fn a_fault_in_the_fields_of_a_fail_takes_its_place() {
        let mut out = Out::new();
        out.value(f64::INFINITY);
        let fault = Fault::fail(409, None, At("a.bff", 3)).with(out);
        assert_eq!(fault, Fault::ARITHMETIC.at(At("a.bff", 3)));
    }
}
