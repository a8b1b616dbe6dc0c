//! Walking expressions: every part of one, and every expression of a route.

use crate::ir::expr::{Expr, ExprKind, Record, Ty};
use crate::ir::service::{Call, CallArm, How, Request, Route, TargetPart};

/// Whether a type mentions a view.
pub fn names_a_view(ty: &Ty) -> bool {
    match ty {
        Ty::View(_) => true,
        Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) | Ty::Maybe(inner) => names_a_view(inner),
        _ => false,
    }
}

/// Calls `see` for the parts of `expr`, not for itself.
pub fn parts<'e>(expr: &'e Expr, see: &mut dyn FnMut(&'e Expr)) {
    match &expr.kind {
        ExprKind::Field { base, .. } => see(base),
        ExprKind::Lift { base: a, body: b, .. }
        | ExprKind::Bind { base: a, body: b, .. }
        | ExprKind::Each { list: a, body: b, .. }
        | ExprKind::EachValue { map: a, body: b, .. }
        | ExprKind::Coalesce { left: a, right: b }
        | ExprKind::And(a, b)
        | ExprKind::Or(a, b)
        | ExprKind::Compare { left: a, right: b, .. }
        | ExprKind::Arithmetic { left: a, right: b, .. }
        | ExprKind::In { value: a, list: b }
        | ExprKind::ListIndex { list: a, index: b }
        | ExprKind::MapIndex { map: a, key: b } => {
            see(a);
            see(b);
        }
        ExprKind::Known { value: inner, .. }
        | ExprKind::Not(inner)
        | ExprKind::Negate(inner)
        | ExprKind::IsNull(inner)
        | ExprKind::Convert(inner) => see(inner),
        ExprKind::Ternary { condition, then, other } => {
            see(condition);
            see(then);
            see(other);
        }
        ExprKind::Match { value, arms } => {
            see(value);
            arms.iter().for_each(|arm| see(&arm.value));
        }
        ExprKind::Template(pieces) | ExprKind::List(pieces) => pieces.iter().for_each(see),
        ExprKind::Method { base, args, .. } => {
            see(base);
            args.iter().flatten().for_each(see);
        }
        ExprKind::Format {
            value, locale, zone, ..
        } => {
            see(value);
            see(locale);
            zone.iter().for_each(|zone| see(zone));
        }
        ExprKind::Money {
            amount,
            currency,
            locale,
        } => {
            see(amount);
            see(currency);
            see(locale);
        }
        ExprKind::Select { list, by, .. } => {
            see(list);
            by.iter().for_each(|by| see(&by.value));
        }
        ExprKind::Extern { args, .. } => args.iter().flatten().for_each(see),
        ExprKind::Record(record) => record_parts(record, see),
        ExprKind::Fail { body, .. } => body.iter().for_each(|record| record_parts(record, see)),
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Int(_)
        | ExprKind::Decimal(_)
        | ExprKind::Float(_)
        | ExprKind::Text(_)
        | ExprKind::Duration(_)
        | ExprKind::EnumValue(..)
        | ExprKind::Name(_)
        | ExprKind::Local(_)
        | ExprKind::AtLeast(_)
        | ExprKind::Wants(_)
        | ExprKind::Version(_)
        | ExprKind::Request(_)
        | ExprKind::RawInput(..)
        | ExprKind::Error(_)
        | ExprKind::Partial => {}
    }
}

fn record_parts<'e>(record: &'e Record, see: &mut dyn FnMut(&'e Expr)) {
    for entry in &record.entries {
        entry.bind.iter().for_each(|(_, source)| see(source));
        entry.when.iter().for_each(&mut *see);
        see(&entry.value);
    }
}

/// Calls `see` for `expr` and everything in it.
pub fn all<'e>(expr: &'e Expr, see: &mut dyn FnMut(&'e Expr)) {
    see(expr);
    parts(expr, &mut |part| all(part, see));
}

fn record<'e>(record: &'e Record, see: &mut dyn FnMut(&'e Expr)) {
    record_parts(record, &mut |part| all(part, see));
}

/// Calls `see` for every expression of a call's request.
pub fn request<'e>(request: &'e Request, see: &mut dyn FnMut(&'e Expr)) {
    request_roots(request, &mut |root| all(root, see));
}

/// Calls `see` for the whole expressions of a request: those of its batch and of its further pages, too.
pub fn request_roots<'e>(request: &'e Request, see: &mut dyn FnMut(&'e Expr)) {
    request.args.iter().flatten().for_each(&mut *see);
    request.idempotent.iter().for_each(|(_, key)| see(key));
    if let Some(batch) = &request.batch {
        request_roots(&batch.request, see);
        batch.value.iter().for_each(&mut *see);
        see(&batch.by);
    }
    if let Some(collect) = &request.collect {
        request_roots(&collect.next, see);
    }
}

/// Calls `see` for the whole expressions that a call reads before it begins: arguments, list, `when`.
pub fn call_roots<'e>(call: &'e Call, see: &mut dyn FnMut(&'e Expr)) {
    request_roots(&call.request, see);
    match &call.how {
        How::One => {}
        How::Each(each) => {
            see(&each.keys);
            each.items.iter().for_each(&mut *see);
        }
        How::Race(rivals, _) => rivals.iter().for_each(|rival| request_roots(rival, see)),
    }
    call.when.iter().for_each(see);
}

/// Calls `see` for every expression of a call, its undo apart.
pub fn call<'e>(call: &'e Call, see: &mut dyn FnMut(&'e Expr)) {
    call_roots(call, &mut |root| all(root, see));
    call.on.iter().for_each(|(_, taken)| arm(taken, see));
    call.or.iter().for_each(|taken| arm(taken, see));
}

/// Calls `see` for every expression of an arm.
pub fn arm<'e>(arm: &'e CallArm, see: &mut dyn FnMut(&'e Expr)) {
    match arm {
        CallArm::Null | CallArm::Json(..) => {}
        CallArm::Compute(value) => all(value, see),
        CallArm::Call(called, ..) => request(called, see),
        CallArm::Fail { body, .. } => body.iter().for_each(|body| record(body, see)),
    }
}

/// Calls `see` for every expression of a route.
pub fn route<'e>(route: &'e Route, see: &mut dyn FnMut(&'e Expr)) {
    route.when.iter().for_each(|when| all(when, see));
    route.set.iter().for_each(|(_, value)| all(value, see));
    for part in route.proxy.iter().filter_map(|proxy| proxy.target.as_ref()).flatten() {
        if let TargetPart::Value(value) = part {
            all(value, see);
        }
    }
    route.guards.iter().for_each(|guard| all(&guard.condition, see));
    for made in &route.calls {
        call(made, see);
        made.undo.iter().for_each(|undo| request(&undo.request, see));
    }
    route.lets.iter().for_each(|made| all(&made.value, see));
    for reply in &route.replies {
        reply.when.iter().for_each(|when| all(when, see));
        reply.headers.iter().for_each(|(_, value)| all(value, see));
        reply.body.iter().for_each(|body| all(body, see));
    }
}
