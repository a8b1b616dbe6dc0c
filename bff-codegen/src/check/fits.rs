//! Fits: which value may stand where which type is wanted, and the conversion that makes it stand there.
//!
//! The list is that of section 4.2 of the language; nothing else converts.

use super::Checker;
use super::types::T;
use super::value::Value;
use crate::ir::expr::ExprKind;
use crate::model::types::{EnumId, Model, Scalar, Ty};

/// Whether a value of type `from` may stand where `to` is wanted. Literals know more: see [`Checker::coerce`].
pub(super) fn fits(cx: &Checker<'_>, from: &T, to: &T) -> bool {
    match (from, to) {
        (T::Unknown, _) | (_, T::Unknown) | (T::Never, _) => true,
        (T::Null, T::Nullable(..) | T::Null) => true,
        (T::Scalar(Scalar::Stream), T::Scalar(to)) => *to == Scalar::Stream,
        (_, T::Scalar(Scalar::Json)) => !from.may_be_null() || matches!(from, T::Null),
        (T::Nullable(from, _), T::Nullable(to, _)) => fits(cx, from, to),
        (from, T::Nullable(to, _)) => fits(cx, from, to),
        (T::Scalar(from), T::Scalar(to)) => scalar_fits(*from, *to),
        (T::Enum(_), T::Scalar(Scalar::String)) => true,
        (T::Enum(from), T::Enum(to)) => enum_fits(cx.model, *from, *to),
        (T::List(from), T::List(to)) => fits(cx, from, to),
        (T::Map(key, from), T::Map(other, to)) => fits(cx, key, other) && fits(cx, from, to),
        (T::Record(from), T::Record(to)) => {
            let (from, to) = (cx.demand.record(*from), cx.demand.record(*to));
            from == to || cx.record_fits(&Ty::Record(from), &Ty::Record(to), 0)
        }
        (T::Computed(fields), T::Record(to)) => {
            let to = &cx.model.records[cx.demand.record(*to).0 as usize];
            to.fields
                .iter()
                .all(|field| field.optional || fields.iter().any(|it| it.key == field.name))
                && fields.iter().all(|it| to.field(&it.key).is_some())
        }
        (T::Union(from), T::Union(to)) => cx.demand.of(*from) == cx.demand.of(*to),
        (T::Record(_) | T::Computed(_) | T::OneOf(_), T::OneOf(_)) => true,
        (T::Computed(a), T::Computed(b)) => std::rc::Rc::ptr_eq(a, b),
        (T::OneOf(list), to) => list.iter().all(|from| fits(cx, from, to)),
        _ => false,
    }
}

/// `Int` in `Decimal` and `Float`; `String Int Uuid` in `ID`; `ID Uuid Url` in `String`; all in `Json`.
fn scalar_fits(from: Scalar, to: Scalar) -> bool {
    from == to
        || matches!(
            (from, to),
            (Scalar::Int, Scalar::Decimal | Scalar::Float)
                | (Scalar::String | Scalar::Int | Scalar::Uuid, Scalar::Id)
                | (Scalar::Id | Scalar::Uuid | Scalar::Url, Scalar::String)
                | (_, Scalar::Json)
        )
}

/// An enum in one that has all its wire values, an open one only in an open one.
pub(super) fn enum_fits(model: &Model, from: EnumId, to: EnumId) -> bool {
    if from == to {
        return true;
    }
    let (from, to) = (&model.enums[from.0 as usize], &model.enums[to.0 as usize]);
    (to.open || !from.open)
        && from
            .values
            .iter()
            .all(|value| to.values.iter().any(|it| it.wire == value.wire))
}

/// Records that circle are compared this deep; deeper ones are taken to fit.
const DEPTH: usize = 12;

impl Checker<'_> {
    /// Whether a declared type fits another one.
    pub(super) fn record_fits(&self, from: &Ty, to: &Ty, depth: usize) -> bool {
        if depth > DEPTH {
            return true;
        }
        match (from, to) {
            (Ty::Unknown, _) | (_, Ty::Unknown) => true,
            (Ty::Nullable(from), Ty::Nullable(to)) => self.record_fits(from, to, depth),
            (from, Ty::Nullable(to)) => self.record_fits(from, to, depth),
            (_, Ty::Scalar(Scalar::Json)) => !matches!(from, Ty::Nullable(_)),
            (Ty::Scalar(from), Ty::Scalar(to)) => scalar_fits(*from, *to),
            (Ty::Enum(_), Ty::Scalar(Scalar::String)) => true,
            (Ty::Enum(from), Ty::Enum(to)) => enum_fits(self.model, *from, *to),
            (Ty::List(from), Ty::List(to)) => self.record_fits(from, to, depth),
            (Ty::Map(key, from), Ty::Map(wanted, to)) => {
                self.record_fits(key, wanted, depth) && self.record_fits(from, to, depth)
            }
            (Ty::Union(from), Ty::Union(to)) => from == to,
            (Ty::Record(from), Ty::Record(to)) if from == to => true,
            (Ty::Record(from), Ty::Record(to)) => {
                let from = &self.model.records[from.0 as usize];
                let to = &self.model.records[to.0 as usize];
                to.fields.iter().all(|wanted| match from.field(&wanted.name) {
                    Some((_, field)) => {
                        (wanted.optional || !field.optional) && self.record_fits(&field.ty, &wanted.ty, depth + 1)
                    }
                    None => wanted.optional,
                })
            }
            _ => false,
        }
    }

    /// The value as one of type `to`, with the conversions written out; the value back if it does not fit.
    pub(super) fn coerce(&mut self, value: Value, to: &T) -> Result<Value, Value> {
        if let Some(converted) = self.literal(&value, to) {
            return Ok(converted);
        }
        if !fits(self, &value.ty, to) {
            return Err(value);
        }
        Ok(self.convert(value, to))
    }

    /// The conversion of a value that fits.
    fn convert(&mut self, value: Value, to: &T) -> Value {
        let span = value.expr.span;
        if self.same(&value.ty, to) {
            self.demand.unify_types(&value.ty, to);
            return value;
        }
        match (&value.ty, to) {
            (T::Never, _) => value,
            (T::Null, _) => Value::new(to.clone(), span, ExprKind::Null),
            (T::Nullable(from, why), T::Nullable(inner, _)) => {
                let (from, why) = ((**from).clone(), why.clone());
                self.lift(value.expr, from, why, &mut |cx, item| cx.convert(item, inner))
            }
            (_, T::Nullable(inner, why)) => {
                let present = self.convert(value, inner);
                let ty = T::Nullable(Box::new(present.ty.clone()), why.clone());
                present.converted(ty)
            }
            (T::List(from), T::List(inner)) => {
                let from = (**from).clone();
                let ExprKind::List(items) = value.expr.kind else {
                    return self.each(value.expr, from, &mut |cx, item| cx.convert(item, inner));
                };
                let item = |expr| Value { ty: from.clone(), expr };
                let items = items.into_iter().map(|expr| self.convert(item(expr), inner).expr);
                let items = items.collect();
                Value::new(to.clone(), span, ExprKind::List(items))
            }
            (_, T::OneOf(_)) | (T::Computed(_) | T::OneOf(_), T::Record(_)) => value,
            (T::Record(_), T::Record(to)) => {
                let record = Ty::Record(self.demand.record(*to));
                let ty = value.ty.clone();
                self.demand.whole(self.model, &ty);
                match self.document(value, &record, None) {
                    Ok(expr) => Value { ty, expr },
                    Err(_) => Value::unknown(span),
                }
            }
            _ => {
                self.demand.whole(self.model, &value.ty);
                value.converted(to.clone())
            }
        }
    }

    /// Whether two types are the same but for what is read of them: nothing has to be converted.
    pub(super) fn same(&self, a: &T, b: &T) -> bool {
        match (a, b) {
            (T::Unknown, _) | (_, T::Unknown) => true,
            (T::Scalar(a), T::Scalar(b)) => a == b,
            (T::Enum(a), T::Enum(b)) => a == b,
            (T::Computed(a), T::Computed(b)) => std::rc::Rc::ptr_eq(a, b),
            (T::OneOf(a), T::OneOf(b)) => std::rc::Rc::ptr_eq(a, b),
            (T::Record(a), T::Record(b)) | (T::Union(a), T::Union(b)) => self.demand.of(*a) == self.demand.of(*b),
            (T::List(a), T::List(b)) | (T::Nullable(a, _), T::Nullable(b, _)) => self.same(a, b),
            (T::Map(key, a), T::Map(other, b)) => self.same(key, other) && self.same(a, b),
            _ => false,
        }
    }

    /// Whether the value is a literal that can be written as one of type `to`.
    pub(super) fn literal_fits(&mut self, value: &Value, to: &T) -> bool {
        self.literal(value, to).is_some()
    }

    /// A literal as one of the type that is wanted: numbers, and text of a form that is checked here.
    fn literal(&mut self, value: &Value, to: &T) -> Option<Value> {
        let wanted = match to.present() {
            T::Scalar(scalar) => *scalar,
            _ => return None,
        };
        let kind = match (&value.expr.kind, wanted) {
            (ExprKind::Int(n), Scalar::Decimal) => ExprKind::Decimal(n.to_string()),
            (ExprKind::Int(n), Scalar::Float) => ExprKind::Float(n.to_string()),
            (ExprKind::Decimal(n), Scalar::Float) => ExprKind::Float(n.clone()),
            (ExprKind::Negate(inner), Scalar::Decimal | Scalar::Float) => {
                let inner = Value {
                    ty: value.ty.clone(),
                    expr: (**inner).clone(),
                };
                ExprKind::Negate(Box::new(self.literal(&inner, &T::Scalar(wanted))?.expr))
            }
            (ExprKind::Text(text), scalar) if matches!(value.ty, T::Scalar(Scalar::String)) => {
                ExprKind::Text(super::constant::canonical(text, scalar)?)
            }
            _ => return None,
        };
        let present = Value::new(T::Scalar(wanted), value.expr.span, kind);
        Some(if to.may_be_null() {
            present.converted(to.clone())
        } else {
            present
        })
    }
}
