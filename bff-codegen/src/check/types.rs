//! The types that checking works with: those of the IR, but a record of an answer is a node of the demand graph, a
//! record that is computed knows its fields, and what may be null knows where null comes from.

use super::demand::Node;
use crate::ir;
use crate::model::resolve::spell_scalar;
use crate::model::types::{EnumId, Model, Scalar, Ty};
use crate::source::Span;
use std::rc::Rc;

/// The type of an expression.
#[derive(Clone, Debug)]
pub(super) enum T {
    /// Wrong, already reported; fits everything, silently.
    Unknown,
    /// The type of `fail`, and of the elements of `[]`.
    Never,
    /// A lone `null`.
    Null,
    /// A scalar.
    Scalar(Scalar),
    /// An enum value.
    Enum(EnumId),
    /// A record that lies in a document, as far as it is read.
    Record(Node),
    /// A tagged union that lies in a document, as far as it is read.
    Union(Node),
    /// A record written here.
    Computed(Rc<Vec<Written>>),
    /// One of several records that have nothing but some fields in common.
    OneOf(Rc<Vec<T>>),
    /// A list.
    List(Box<T>),
    /// A map: its keys, and its values.
    Map(Box<T>, Box<T>),
    /// A value or null, and why.
    Nullable(Box<T>, Option<Rc<Why>>),
}

/// A field of a record written here.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub key: String,
    pub ty: T,
    /// Has a `when`, or is a picked optional field: may be absent.
    pub optional: bool,
    pub span: Span,
}

/// Where null comes from.
#[derive(Clone, Debug)]
pub(super) struct Why {
    pub span: Span,
    /// Said at the place: "null comes from this fallback of `recent`".
    pub text: String,
}

impl T {
    /// This, or null because of `why`. Never nested: an inner reason stays.
    pub(super) fn or_null(self, why: Option<Rc<Why>>) -> T {
        match self {
            T::Nullable(..) | T::Null | T::Unknown => self,
            T::Never => T::Null,
            other => T::Nullable(Box::new(other), why),
        }
    }

    /// Without null.
    pub(super) fn present(&self) -> &T {
        match self {
            T::Nullable(inner, _) => inner,
            other => other,
        }
    }

    /// Whether null is among its values.
    pub(super) fn may_be_null(&self) -> bool {
        matches!(self, T::Nullable(..) | T::Null)
    }

    /// Whether it is certain that something is wrong already.
    pub(super) fn is_unknown(&self) -> bool {
        match self {
            T::Unknown => true,
            T::List(inner) | T::Map(_, inner) | T::Nullable(inner, _) => inner.is_unknown(),
            _ => false,
        }
    }

    /// Whether it is, or contains, a record that lies in no document.
    pub(super) fn is_computed(&self) -> bool {
        match self {
            T::Computed(_) | T::OneOf(_) => true,
            T::List(inner) | T::Map(_, inner) | T::Nullable(inner, _) => inner.is_computed(),
            _ => false,
        }
    }

    /// Whether it is written as text or a number: what templates and headers take.
    pub(super) fn is_scalar(&self) -> bool {
        matches!(self, T::Scalar(scalar) if !matches!(scalar, Scalar::Json | Scalar::Bytes | Scalar::Stream))
            || matches!(self, T::Enum(_))
    }

    /// The type as the IR has it; nodes stand where views will.
    pub(super) fn ir(&self) -> ir::expr::Ty {
        use ir::expr::Ty as I;
        match self {
            T::Unknown | T::Null => I::Null,
            T::Never => I::Never,
            T::Scalar(scalar) => I::Scalar(*scalar),
            T::Enum(id) => I::Enum(*id),
            T::Record(node) | T::Union(node) => I::View(ir::expr::ViewId(node.0)),
            T::Computed(_) | T::OneOf(_) => I::Computed,
            T::List(inner) => I::List(Box::new(inner.ir())),
            T::Map(key, inner) => I::Map(Box::new(key.ir()), Box::new(inner.ir())),
            T::Nullable(inner, _) => I::Nullable(Box::new(inner.ir())),
        }
    }

    /// The declared type that a literal in its place is looked at with: nothing is read by asking.
    pub(super) fn declared(&self, demand: &super::demand::Demand) -> Option<Ty> {
        Some(match self {
            T::Scalar(scalar) => Ty::Scalar(*scalar),
            T::Enum(id) => Ty::Enum(*id),
            T::Record(node) => Ty::Record(demand.record(*node)),
            T::Union(node) => Ty::Union(demand.union(*node)),
            T::List(inner) => Ty::List(Box::new(inner.declared(demand)?)),
            T::Map(key, inner) => Ty::Map(Box::new(key.declared(demand)?), Box::new(inner.declared(demand)?)),
            T::Nullable(inner, _) => Ty::Nullable(Box::new(inner.declared(demand)?)),
            _ => return None,
        })
    }
}

/// A declared type as it would be written: `[Order]?`.
pub(super) fn declared_name(model: &Model, ty: &Ty) -> String {
    match ty {
        Ty::Unknown => "?".to_owned(),
        Ty::Scalar(scalar) => spell_scalar(*scalar).to_owned(),
        Ty::Enum(id) => model.enums[id.0 as usize].name.clone(),
        Ty::Record(id) => model.records[id.0 as usize].name.clone(),
        Ty::Union(id) => model.unions[id.0 as usize].name.clone(),
        Ty::List(inner) => format!("[{}]", declared_name(model, inner)),
        Ty::Map(key, value) => format!("Map<{}, {}>", declared_name(model, key), declared_name(model, value)),
        Ty::Nullable(inner) => format!("{}?", declared_name(model, inner)),
    }
}
