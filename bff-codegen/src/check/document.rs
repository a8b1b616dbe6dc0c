//! Values that are written as a document of a declared type: fallbacks, which are then read as the call's answer, and
//! records in the bodies of requests.

use super::Checker;
use super::args::has_record;
use super::demand::Node;
use super::types::T;
use super::value::Value;
use crate::ir::expr::{Expr, ExprKind, Record};
use crate::model::types::{Field, RecordId, Ty};
use crate::source::Span;

/// Why a value is no document of the type.
#[derive(Debug)]
pub(super) enum Misfit {
    /// Fields that are read are missing: names, and where the first is read.
    Missing(Span, RecordId, Vec<String>, Option<Span>),
    /// The record has no such field.
    Extra(Span, RecordId, String),
    /// It is of another type: what is wanted.
    Other(Value, Ty),
    /// It may be null where the type may not be.
    Null(Value),
}

impl Checker<'_> {
    /// The value written with the wire names of `ty`. `node` is what is read of it: only that has to be there.
    pub(super) fn document(&mut self, value: Value, ty: &Ty, node: Option<Node>) -> Result<Expr, Misfit> {
        let (span, present) = (value.expr.span, value.ty.clone());
        match (&present, ty) {
            (T::Unknown | T::Never, _) | (_, Ty::Unknown) => Ok(value.expr),
            (T::Null, Ty::Nullable(_)) => Ok(value.expr),
            (T::Null | T::Nullable(..), other) if !matches!(other, Ty::Nullable(_)) => Err(Misfit::Null(value)),
            (T::Nullable(inner, _), Ty::Nullable(wanted)) if !has_record(inner) && self.is_of(inner, wanted) => {
                Ok(value.expr)
            }
            (T::Nullable(inner, why), Ty::Nullable(wanted)) => {
                let mut failed = None;
                let lifted = self.lift(value.expr, (**inner).clone(), why.clone(), &mut |cx, item| {
                    cx.document_or(item, wanted, node, &mut failed)
                });
                failed.map_or(Ok(lifted.expr), Err)
            }
            (_, Ty::Nullable(wanted)) => self.document(value, wanted, node),
            (T::List(element), Ty::List(wanted)) => {
                if let ExprKind::List(items) = value.expr.kind {
                    let types = self.element_types(&items, element);
                    let mut out = Vec::with_capacity(items.len());
                    for (expr, ty) in items.into_iter().zip(types) {
                        out.push(self.document(Value { ty, expr }, wanted, node)?);
                    }
                    return Ok(Expr {
                        kind: ExprKind::List(out),
                        ..value.expr
                    });
                }
                if self.is_same_record(element, wanted, node) {
                    return Ok(value.expr);
                }
                let mut failed = None;
                let element = (**element).clone();
                let list = self.each(value.expr, element, &mut |cx, item| {
                    cx.document_or(item, wanted, node, &mut failed)
                });
                failed.map_or(Ok(list.expr), Err)
            }
            (T::Union(_), Ty::Union(_)) if self.is_same_record(&present, ty, node) => Ok(value.expr),
            (T::Record(_) | T::Computed(_) | T::OneOf(_), Ty::Record(id)) => self.record_document(value, *id, node),
            _ => {
                let wanted = self.demand.ty(ty);
                match self.coerce(value, &wanted) {
                    Ok(value) => Ok(Expr { span, ..value.expr }),
                    Err(value) => Err(Misfit::Other(value, ty.clone())),
                }
            }
        }
    }

    /// Whether a value of type `ty` is one of the declared type without being converted.
    fn is_of(&mut self, ty: &T, wanted: &Ty) -> bool {
        let wanted = self.demand.ty(wanted);
        self.same(ty, &wanted)
    }

    fn document_or(&mut self, item: Value, wanted: &Ty, node: Option<Node>, failed: &mut Option<Misfit>) -> Value {
        let ty = item.ty.clone();
        let span = item.expr.span;
        match self.document(item, wanted, node) {
            Ok(expr) => Value { ty, expr },
            Err(misfit) => {
                failed.get_or_insert(misfit);
                Value::unknown(span)
            }
        }
    }

    /// The types of the elements of a list that is written out.
    fn element_types(&mut self, items: &[Expr], element: &T) -> Vec<T> {
        match element {
            T::OneOf(members) if members.len() == items.len() => members.to_vec(),
            _ => vec![element.clone(); items.len()],
        }
    }

    /// Whether the value is read from a document of that record anyway: then it is written as it is read.
    fn is_same_record(&mut self, ty: &T, wanted: &Ty, node: Option<Node>) -> bool {
        match (ty, wanted) {
            (T::Record(own), Ty::Record(id)) if self.demand.record(*own) == *id => {
                if let Some(node) = node {
                    self.demand.unify(*own, node);
                }
                true
            }
            (T::Union(own), Ty::Union(id)) if self.demand.union(*own) == *id => {
                if let Some(node) = node {
                    self.demand.unify(*own, node);
                }
                true
            }
            (T::List(a), Ty::List(b)) | (T::Map(_, a), Ty::Map(_, b)) => self.is_same_record(a, b, node),
            (T::Nullable(a, _), Ty::Nullable(b)) => self.is_same_record(a, b, node),
            _ => false,
        }
    }

    fn record_document(&mut self, value: Value, id: RecordId, node: Option<Node>) -> Result<Expr, Misfit> {
        if self.is_same_record(&value.ty, &Ty::Record(id), node) {
            return Ok(value.expr);
        }
        let span = value.expr.span;
        if let (ExprKind::Record(_), T::Computed(_)) = (&value.expr.kind, &value.ty) {
            return self.written_document(value, id, node);
        }
        match value.expr.kind {
            ExprKind::Ternary { condition, then, other } if value.ty.is_computed() => {
                let mut members = branch_types(&value.ty, 2);
                let other_ty = members.pop().unwrap_or(T::Unknown);
                let then_ty = members.pop().unwrap_or(T::Unknown);
                let then = self.document(
                    Value {
                        ty: then_ty,
                        expr: *then,
                    },
                    &Ty::Record(id),
                    node,
                )?;
                let other = self.document(
                    Value {
                        ty: other_ty,
                        expr: *other,
                    },
                    &Ty::Record(id),
                    node,
                )?;
                let kind = ExprKind::Ternary {
                    condition,
                    then: Box::new(then),
                    other: Box::new(other),
                };
                Ok(Expr { kind, ..value.expr })
            }
            ExprKind::Bind { base, local, body } if value.ty.is_computed() => {
                let body = Value {
                    ty: value.ty,
                    expr: *body,
                };
                let body = Box::new(self.document(body, &Ty::Record(id), node)?);
                Ok(Expr {
                    kind: ExprKind::Bind { base, local, body },
                    ..value.expr
                })
            }
            kind => {
                let expr = Expr { kind, ..value.expr };
                self.rebuilt(Value { ty: value.ty, expr }, id, node, span)
            }
        }
    }

    /// A record literal, its keys as on the wire.
    fn written_document(&mut self, value: Value, id: RecordId, node: Option<Node>) -> Result<Expr, Misfit> {
        let span = value.expr.span;
        let (ExprKind::Record(record), T::Computed(fields)) = (value.expr.kind, value.ty) else {
            return Ok(Value::unknown(span).expr);
        };
        let declared = &self.model.records[id.0 as usize];
        let mut entries = Vec::with_capacity(record.entries.len());
        for (mut entry, written) in record.entries.into_iter().zip(fields.iter()) {
            let Some((index, field)) = declared.field(&entry.key) else {
                return Err(Misfit::Extra(written.span, id, entry.key));
            };
            let child = node.and_then(|node| self.demand.child(node, index as u32));
            let item = Value {
                ty: written.ty.clone(),
                expr: entry.value,
            };
            entry.value = self.document(item, &field_type(field), child)?;
            self.constrain_field(&entry.value, field);
            entry.key.clone_from(&field.wire);
            entries.push(entry);
        }
        let absent = |field: &Field| !fields.iter().any(|it| it.key == field.name && !it.optional);
        self.complete(id, node, span, &absent)?;
        Ok(Expr {
            ty: crate::ir::expr::Ty::Computed,
            span,
            kind: ExprKind::Record(Record { entries }),
        })
    }

    /// Misfit::Missing if a field that is read and may not be null is absent.
    fn complete(
        &mut self,
        id: RecordId,
        node: Option<Node>,
        span: Span,
        absent: &dyn Fn(&Field) -> bool,
    ) -> Result<(), Misfit> {
        let declared = &self.model.records[id.0 as usize];
        let read = |index: usize| match node {
            Some(node) => self.demand.reader(node, index as u32),
            None => Some(None),
        };
        let missing: Vec<(String, Option<Span>)> = (declared.fields.iter().enumerate())
            .filter(|(_, field)| absent(field) && !field.may_be_null())
            .filter_map(|(index, field)| read(index).map(|at| (field.name.clone(), at)))
            .collect();
        match missing.iter().find_map(|(_, at)| *at) {
            _ if missing.is_empty() => Ok(()),
            at => Err(Misfit::Missing(
                span,
                id,
                missing.into_iter().map(|(name, _)| name).collect(),
                at,
            )),
        }
    }

    /// A record of another type, written out field by field.
    fn rebuilt(&mut self, value: Value, id: RecordId, node: Option<Node>, span: Span) -> Result<Expr, Misfit> {
        let declared = &self.model.records[id.0 as usize];
        let (subject, bound) = self.subject_of(value);
        let has: Vec<bool> = declared
            .fields
            .iter()
            .map(|field| self.has_field(&subject.ty, &field.name))
            .collect();
        let absent = |field: &Field| declared.field(&field.name).is_some_and(|(index, _)| !has[index]);
        self.complete(id, node, span, &absent)?;
        let mut entries = Vec::new();
        for (index, field) in declared.fields.iter().enumerate() {
            let is_read = node.is_none_or(|node| self.demand.reader(node, index as u32).is_some());
            if !has[index] || !is_read {
                continue;
            }
            let key = crate::syntax::ast::Key {
                text: field.name.clone(),
                quoted: false,
                span,
            };
            let subject = self.renewed(subject.clone(), span);
            let part = self.field(subject, &key, span);
            // What may be null and absent is absent only where it was.
            let omit_null = match &field.ty {
                Ty::Nullable(_) => field.optional && self.is_optional_field(&part.expr),
                _ => field.optional,
            };
            let child = node.and_then(|node| self.demand.child(node, index as u32));
            let value = self.document(part, &field_type(field), child)?;
            entries.push(crate::ir::expr::Entry {
                key: field.wire.clone(),
                value,
                when: None,
                omit_null,
                bind: Vec::new(),
                docs: Vec::new(),
                span,
            });
        }
        let record = Expr {
            ty: crate::ir::expr::Ty::Computed,
            span,
            kind: ExprKind::Record(Record { entries }),
        };
        Ok(match bound {
            Some((local, base)) => Expr {
                ty: crate::ir::expr::Ty::Computed,
                span,
                kind: ExprKind::Bind {
                    base: Box::new(base),
                    local,
                    body: Box::new(record),
                },
            },
            None => record,
        })
    }
}

/// The type of a field, nullable where it may be absent.
fn field_type(field: &Field) -> Ty {
    match &field.ty {
        ty if !field.optional || matches!(ty, Ty::Nullable(_)) => ty.clone(),
        ty => Ty::Nullable(Box::new(ty.clone())),
    }
}

fn branch_types(ty: &T, count: usize) -> Vec<T> {
    match ty {
        T::OneOf(list) if list.len() == count => list.to_vec(),
        other => vec![other.clone(); count],
    }
}
