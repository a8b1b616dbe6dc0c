//! Join: the one type of several values, as of the branches of `? :` and `match`, both sides of `??`, the elements of a list.

use super::Checker;
use super::fits::fits;
use super::types::{T, Why};
use super::value::Value;
use crate::model::types::Scalar;
use crate::source::Span;
use std::rc::Rc;

impl Checker<'_> {
    /// The values as ones of their joined type; the first two that have none otherwise.
    pub(super) fn join(&mut self, values: Vec<Value>) -> Result<(Vec<Value>, T), (Value, Value)> {
        let mut joined = T::Never;
        for (at, value) in values.iter().enumerate() {
            if self.literal_fits(value, &joined) {
                continue;
            }
            joined = match self.join_types(&joined, &value.ty, value.expr.span) {
                Some(ty) => ty,
                None if values[..at].iter().all(|earlier| self.literal_fits(earlier, &value.ty)) => value.ty.clone(),
                None => return Err((values[at.saturating_sub(1)].clone(), value.clone())),
            };
        }
        let mut out = Vec::with_capacity(values.len());
        for value in values {
            match self.coerce(value, &joined) {
                Ok(value) => out.push(value),
                Err(value) => return Err((out.pop().unwrap_or_else(|| value.clone()), value)),
            }
        }
        Ok((out, joined))
    }

    /// The type that both fit.
    fn join_types(&mut self, a: &T, b: &T, span: Span) -> Option<T> {
        Some(match (a, b) {
            (T::Unknown, _) | (_, T::Unknown) => T::Unknown,
            (T::Never, other) | (other, T::Never) => other.clone(),
            (T::Null, T::Null) => T::Null,
            (T::Null, other) | (other, T::Null) => other.clone().or_null(Some(Rc::new(Why {
                span,
                text: "null comes from here".to_owned(),
            }))),
            (T::Nullable(a, why), T::Nullable(b, _)) => self.join_types(a, b, span)?.or_null(why.clone()),
            (T::Nullable(inner, why), other) | (other, T::Nullable(inner, why)) => {
                let why = why.clone();
                self.join_types(inner, other, span)?.or_null(why)
            }
            (T::List(a), T::List(b)) => T::List(Box::new(self.join_types(a, b, span)?)),
            (T::Map(..), T::Map(..)) if self.same(a, b) => {
                self.demand.unify_types(a, b);
                a.clone()
            }
            (T::Record(x), T::Record(y)) | (T::Union(x), T::Union(y)) if self.demand.of(*x) == self.demand.of(*y) => {
                self.demand.unify(*x, *y);
                a.clone()
            }
            (T::Scalar(Scalar::Json), _) | (_, T::Scalar(Scalar::Json)) => T::Scalar(Scalar::Json),
            (T::Record(_) | T::Computed(_) | T::OneOf(_), T::Record(_) | T::Computed(_) | T::OneOf(_)) => {
                let mut list = Vec::new();
                for side in [a, b] {
                    match side {
                        T::OneOf(of) => list.extend(of.iter().cloned()),
                        other => list.push(other.clone()),
                    }
                }
                T::OneOf(Rc::new(list))
            }
            // `ID` and `String` fit each other: text is the wider use.
            (_, T::Scalar(Scalar::String)) if fits(self, a, b) => b.clone(),
            _ if fits(self, b, a) => a.clone(),
            _ if fits(self, a, b) => b.clone(),
            _ => return None,
        })
    }
}
