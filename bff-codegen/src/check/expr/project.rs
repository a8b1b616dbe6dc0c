//! Reading from records that are written in the route: the part is read where it is made, so that no value of its own is needed.

use super::super::Checker;
use super::super::demand::Node;
use super::super::types::{T, Why, Written};
use super::super::value::Value;
use crate::diagnostic::Diagnostic;
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
            ExprKind::Record(record) => entry_value(self, record, &base.ty, key, span),
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
                let (heads, values): (Vec<_>, Vec<_>) = (arms.into_iter())
                    .map(|arm| ((arm.patterns, arm.bind), arm.value))
                    .unzip();
                let Some((parts, ty)) = self.parts(values, &types, key, span) else {
                    return self.unreadable(span);
                };
                let arms = heads.into_iter().zip(parts);
                let arms = arms
                    .map(|((patterns, bind), value)| crate::ir::expr::Arm { patterns, bind, value })
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

/// The value of an entry: null where its condition does not hold, with the locals that it reads. A key that is written once for each of
/// several versions has the value of the one that is there.
fn entry_value(cx: &mut Checker<'_>, record: Record, ty: &T, key: &ast::Key, span: Span) -> Value {
    let T::Computed(fields) = ty else {
        return Value::unknown(span);
    };
    let entries = record.entries.into_iter().zip(fields.iter());
    let mut found: Vec<_> = entries.filter(|(entry, _)| entry.key == key.text).collect();
    if found.len() > 1 {
        return versions_value(cx, found, span);
    }
    let Some((entry, field)) = found.pop() else {
        return Value::unknown(span);
    };
    let ty = field.ty.clone();
    let mut value = Value { ty, expr: entry.value };
    if let Some(when) = entry.when {
        let ty = value.ty.or_null(Some(Rc::new(only_there(field.span))));
        let absent = Expr {
            ty: ty.ir(),
            span,
            kind: ExprKind::Null,
        };
        value = conditional(value.expr, ty, &when, absent, span);
    }
    bound(value, entry.bind)
}

/// The one of several entries that is there in the version of the request.
fn versions_value(cx: &mut Checker<'_>, found: Vec<(crate::ir::expr::Entry, &Written)>, span: Span) -> Value {
    let place = found[0].1.span;
    let mut conditions = Vec::with_capacity(found.len());
    let mut values = Vec::with_capacity(found.len());
    for (entry, field) in found {
        let ty = field.ty.clone();
        conditions.push((entry.when, entry.bind));
        values.push(Value { ty, expr: entry.value });
    }
    let Ok((values, ty)) = cx.join(values) else {
        let error = Diagnostic::error("E0310", span, "this is of another type in each version");
        cx.sink.push(
            error
                .because(place, "written once for each version")
                .help("read the values that it is made of"),
        );
        return Value::unknown(span);
    };
    let ty = ty.or_null(Some(Rc::new(only_there(place))));
    let absent = Expr {
        ty: ty.ir(),
        span,
        kind: ExprKind::Null,
    };
    let mut made = Value {
        ty: ty.clone(),
        expr: absent,
    };
    for (value, (when, bind)) in values.into_iter().zip(conditions).rev() {
        if let Some(when) = when {
            made = bound(conditional(value.expr, ty.clone(), &when, made.expr, span), bind);
        }
    }
    made
}

fn only_there(span: Span) -> Why {
    let text = "only there where its `when` and its versions say so".to_owned();
    Why { span, text }
}

/// The value with the locals that it reads around it.
fn bound(mut value: Value, bind: Vec<(LocalId, Expr)>) -> Value {
    for (local, base) in bind.into_iter().rev() {
        let (span, base) = (value.expr.span, Box::new(base));
        let body = Box::new(value.expr);
        value = Value::new(value.ty, span, ExprKind::Bind { base, local, body });
    }
    value
}

/// A part that is there only where its condition holds; `ty` is the type of both. Gates stand around what is narrowed.
fn conditional(value: Expr, ty: T, when: &Expr, absent: Expr, span: Span) -> Value {
    let then = if value.ty.is_nullable() {
        value
    } else {
        Expr {
            ty: ty.ir(),
            span,
            kind: ExprKind::Convert(Box::new(value)),
        }
    };
    let (gates, rest): (Vec<&Expr>, Vec<&Expr>) = when.conjuncts().into_iter().partition(|part| part.is_gate());
    let mut conditions: Vec<Expr> = [rest, gates]
        .into_iter()
        .filter_map(|parts| parts.into_iter().cloned().reduce(Expr::and))
        .collect();
    if !matches!(absent.kind, ExprKind::Null) {
        // What stands in its place is written once.
        conditions = vec![when.clone()];
    }
    let mut made = then;
    for condition in conditions {
        let kind = ExprKind::Ternary {
            condition: Box::new(condition),
            then: Box::new(made),
            other: Box::new(absent.clone()),
        };
        made = Expr {
            ty: ty.ir(),
            span,
            kind,
        };
    }
    Value { ty, expr: made }
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
        ExprKind::Match { arms, .. } => {
            let bound = arms.iter().filter_map(|arm| arm.bind);
            fresh.extend(bound.map(|local| (local, LocalId(0))));
        }
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
        ExprKind::Match { arms, .. } => arms.iter_mut().filter_map(|arm| arm.bind.as_mut()).for_each(renew),
        kind => kind.bound_mut().into_iter().for_each(renew),
    });
}
