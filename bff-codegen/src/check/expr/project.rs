//! Reading from records that are written in the route: the part is read where it is made, so that no value of its own is needed.

use super::super::Checker;
use super::super::demand::Node;
use super::super::types::{T, Why};
use super::super::value::Value;
use crate::ir;
use crate::ir::expr::{Expr, ExprKind, LocalId, Record};
use crate::source::Span;
use crate::syntax::ast;
use std::collections::HashMap;
use std::rc::Rc;

impl Checker<'_> {
    /// `.key` of a computed record or a choice of records.
    pub(super) fn project(&mut self, base: Value, key: &ast::Key, span: Span) -> Value {
        if !self.has_field(&base.ty, &key.text) {
            let names: Vec<String> = match &base.ty {
                T::Computed(fields) => fields.iter().map(|field| field.key.clone()).collect(),
                _ => Vec::new(),
            };
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let owner = match &base.ty {
                T::OneOf(_) => "one of the records that this may be",
                _ => "this record",
            };
            return self.no_such_field(key, owner, &names);
        }
        self.part(base, key, span)
    }

    fn part(&mut self, base: Value, key: &ast::Key, span: Span) -> Value {
        if let T::Record(_) = base.ty {
            return self.field(base, key, span);
        }
        let types: Vec<T> = computed_members(&base.ty);
        match base.expr.kind {
            ExprKind::Record(record) => entry_value(record, &base.ty, key, span),
            ExprKind::Bind {
                base: bound,
                local,
                body,
            } => {
                let body = self.part(
                    Value {
                        ty: base.ty,
                        expr: *body,
                    },
                    key,
                    span,
                );
                let kind = ExprKind::Bind {
                    base: bound,
                    local,
                    body: Box::new(body.expr),
                };
                Value::new(body.ty, span, kind)
            }
            ExprKind::Ternary { condition, then, other } => {
                let parts = self.parts(vec![*then, *other], &types, key, span);
                let Some((mut parts, ty)) = parts else {
                    return self.unreadable(span);
                };
                let (Some(other), Some(then)) = (parts.pop(), parts.pop()) else {
                    return Value::unknown(span);
                };
                let kind = ExprKind::Ternary {
                    condition,
                    then: Box::new(then),
                    other: Box::new(other),
                };
                Value::new(ty, span, kind)
            }
            ExprKind::Match { value, arms } => {
                let (patterns, values): (Vec<_>, Vec<_>) =
                    arms.into_iter().map(|arm| (arm.patterns, arm.value)).unzip();
                let Some((parts, ty)) = self.parts(values, &types, key, span) else {
                    return self.unreadable(span);
                };
                let arms = patterns.into_iter().zip(parts);
                let arms = arms
                    .map(|(patterns, value)| crate::ir::expr::Arm { patterns, value })
                    .collect();
                Value::new(ty, span, ExprKind::Match { value, arms })
            }
            kind => {
                let expr = Expr { kind, ..base.expr };
                self.held_member(Value { ty: base.ty, expr }, key, span)
            }
        }
    }

    /// The part of a record that is held: an element of a list of records, an entry of a map.
    fn held_member(&mut self, base: Value, key: &ast::Key, span: Span) -> Value {
        let T::Computed(fields) = &base.ty else {
            return self.unreadable(span);
        };
        let found = fields.iter().enumerate().find(|(_, field)| field.key == key.text);
        let Some((at, field)) = found.filter(|_| self.can_be_held(&base.ty)) else {
            return self.unreadable(span);
        };
        let ty = if field.optional {
            field.ty.clone().or_null(None)
        } else {
            field.ty.clone()
        };
        let kind = ExprKind::Field {
            base: Box::new(base.expr),
            field: at as u32,
        };
        Value::new(ty, span, kind)
    }

    /// The part of each branch, and what they are together.
    fn parts(&mut self, branches: Vec<Expr>, types: &[T], key: &ast::Key, span: Span) -> Option<(Vec<Expr>, T)> {
        let mut values = Vec::with_capacity(branches.len());
        let mut types = types.iter();
        for branch in branches {
            if matches!(branch.kind, ExprKind::Fail { .. }) {
                let ty = T::Never;
                values.push(Value { ty, expr: branch });
                continue;
            }
            let ty = match branch.ty {
                ir::expr::Ty::View(view) => T::Record(Node(view.0)),
                _ => {
                    let mut own: Vec<T> = types.by_ref().take(computed_leaves(&branch)).cloned().collect();
                    if own.len() == 1 {
                        own.pop()?
                    } else {
                        T::OneOf(Rc::new(own))
                    }
                }
            };
            values.push(self.part(Value { ty, expr: branch }, key, span));
        }
        let (values, joined) = self.join(values).ok()?;
        Some((values.into_iter().map(|value| value.expr).collect(), joined))
    }
}

/// The computed records among the members of a choice, in the order of its branches.
fn computed_members(ty: &T) -> Vec<T> {
    match ty {
        T::OneOf(list) => list.iter().filter(|it| matches!(it, T::Computed(_))).cloned().collect(),
        other => vec![other.clone()],
    }
}

/// How many computed records the branches of an expression end in.
fn computed_leaves(expr: &Expr) -> usize {
    match &expr.kind {
        ExprKind::Ternary { then, other, .. } => computed_leaves(then) + computed_leaves(other),
        ExprKind::Match { arms, .. } => arms.iter().map(|arm| computed_leaves(&arm.value)).sum(),
        ExprKind::Bind { body, .. } => computed_leaves(body),
        ExprKind::Fail { .. } => 0,
        _ => usize::from(!matches!(expr.ty, ir::expr::Ty::View(_))),
    }
}

/// The value of an entry: null where its `when` does not hold, with the locals that it reads.
fn entry_value(record: Record, ty: &T, key: &ast::Key, span: Span) -> Value {
    let T::Computed(fields) = ty else {
        return Value::unknown(span);
    };
    let found = record
        .entries
        .into_iter()
        .zip(fields.iter())
        .find(|(entry, _)| entry.key == key.text);
    let Some((entry, field)) = found else {
        return Value::unknown(span);
    };
    let mut value = Value {
        ty: field.ty.clone(),
        expr: entry.value,
    };
    if let Some(when) = entry.when {
        value = conditional(value, when, field.span, span);
    }
    for (local, bound) in entry.bind.into_iter().rev() {
        let kind = ExprKind::Bind {
            base: Box::new(bound),
            local,
            body: Box::new(value.expr),
        };
        value = Value::new(value.ty, span, kind);
    }
    value
}

/// A part that is there only where its `when` holds.
fn conditional(value: Value, when: Expr, place: Span, span: Span) -> Value {
    let ty = value.ty.or_null(Some(Rc::new(Why {
        span: place,
        text: "only there where its `when` holds".to_owned(),
    })));
    let then = if value.expr.ty.is_nullable() {
        value.expr
    } else {
        Expr {
            ty: ty.ir(),
            span,
            kind: ExprKind::Convert(Box::new(value.expr)),
        }
    };
    let other = Expr {
        ty: ty.ir(),
        span,
        kind: ExprKind::Null,
    };
    let kind = ExprKind::Ternary {
        condition: Box::new(when),
        then: Box::new(then),
        other: Box::new(other),
    };
    Value::new(ty, span, kind)
}

/// Gives the locals that an expression binds new numbers, so that a copy of it is a part of its own.
pub(super) fn renumber(cx: &mut Checker<'_>, expr: &mut Expr) {
    let mut fresh: HashMap<LocalId, LocalId> = HashMap::new();
    expr.walk(&mut |it| match &it.kind {
        ExprKind::Record(record) => record
            .entries
            .iter()
            .flat_map(|entry| &entry.bind)
            .for_each(|(local, _)| {
                fresh.insert(*local, LocalId(0));
            }),
        kind => {
            fresh.extend(kind.bound().map(|local| (local, LocalId(0))));
        }
    });
    for (old, new) in &mut fresh {
        *new = cx.fresh();
        if let Some(place) = cx.env.aliases.get(old).cloned() {
            cx.env.aliases.insert(*new, place);
        }
    }
    let renew = |local: &mut LocalId| {
        if let Some(new) = fresh.get(local) {
            *local = *new;
        }
    };
    expr.walk_mut(&mut |it| match &mut it.kind {
        ExprKind::Local(local) => renew(local),
        ExprKind::Record(record) => record
            .entries
            .iter_mut()
            .flat_map(|entry| &mut entry.bind)
            .for_each(|(local, _)| renew(local)),
        kind => kind.bound_mut().into_iter().for_each(renew),
    });
}
