//! Liveness: what each part of an answer needs, told apart by conditions that the request alone decides.

use crate::ir::expr::{Entry, Expr, ExprKind, NameRef, Record};
use crate::ir::service::Route;

/// A part of an answer.
pub(crate) struct Part<'s> {
    /// All must hold for the part to be written; they read the request alone.
    pub(crate) conditions: Vec<&'s Expr>,
    /// One of these fields must be wanted, if there are any.
    pub(crate) wants: Vec<u16>,
    /// The calls that it reads, by number.
    pub(crate) needs: Vec<u32>,
}

impl<'s> Part<'s> {
    fn new(conditions: Vec<&'s Expr>, needs: Vec<u32>) -> Self {
        Part {
            conditions,
            wants: Vec::new(),
            needs,
        }
    }
}

/// The parts of all replies of a route.
pub(crate) fn outputs(route: &Route) -> Vec<Part<'_>> {
    let mut finder = Finder {
        route,
        parts: Vec::new(),
    };
    for reply in &route.replies {
        let mut conditions = Vec::new();
        let mut needs = Vec::new();
        if let Some(when) = &reply.when {
            if request_only(route, when) {
                conditions.push(when)
            } else {
                finder.read(when, &conditions, &mut needs)
            }
        }
        for (_, value) in &reply.headers {
            finder.read(value, &conditions, &mut needs);
        }
        if let Some(body) = &reply.body {
            finder.read(body, &conditions, &mut needs);
        }
        finder.parts.push(Part::new(conditions, needs));
    }
    merged(finder.parts)
}

/// Parts that differ only in the field that must be wanted are one.
fn merged(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let mut merged: Vec<Part<'_>> = Vec::with_capacity(parts.len());
    for mut part in parts {
        // Who wants a field wants those above it: the last one says it all.
        let wants = |part: &&Expr| {
            if let ExprKind::Wants(number) = part.kind {
                Some(number)
            } else {
                None
            }
        };
        let deepest = part.conditions.iter().filter_map(wants).next_back();
        part.conditions.retain(|part| wants(part).is_none());
        part.needs.sort_unstable();
        part.wants.extend(deepest);
        let same = |other: &&mut Part<'_>| {
            let mut pairs = other.conditions.iter().zip(&part.conditions);
            other.needs == part.needs
                && other.wants.is_empty() == part.wants.is_empty()
                && other.conditions.len() == part.conditions.len()
                && pairs.all(|(a, b)| std::ptr::eq(*a, *b))
        };
        match merged.iter_mut().find(same).filter(|_| !part.wants.is_empty()) {
            Some(other) => {
                other.wants.extend(part.wants);
                other.wants.sort_unstable();
                other.wants.dedup();
            }
            None => merged.push(part),
        }
    }
    merged
}

struct Finder<'s> {
    route: &'s Route,
    parts: Vec<Part<'s>>,
}

impl<'s> Finder<'s> {
    fn read(&mut self, expr: &'s Expr, conditions: &[&'s Expr], needs: &mut Vec<u32>) {
        match &expr.kind {
            ExprKind::Name(NameRef::Call(at)) if !needs.contains(at) => needs.push(*at),
            ExprKind::Name(NameRef::Let(at)) => self.read(&self.route.lets[*at as usize].value, conditions, needs),
            ExprKind::Record(record) => self.record(record, conditions, needs),
            // An entry with a version that is read as a part.
            ExprKind::Ternary { condition, then, other } if condition.is_gate() => {
                let conditions_then = [conditions, &[condition]].concat();
                let mut own = Vec::new();
                self.read(then, &conditions_then, &mut own);
                self.part(conditions_then, own);
                self.read(other, conditions, needs);
            }
            _ => crate::ir::walk::parts(expr, &mut |part| self.read(part, conditions, needs)),
        }
    }

    fn record(&mut self, record: &'s Record, conditions: &[&'s Expr], needs: &mut Vec<u32>) {
        for entry in &record.entries {
            // What an entry binds is read before its conditions are, but for its gates.
            let known = |part: &&Expr| part.is_gate() || entry.bind.is_empty() && request_only(self.route, part);
            let parts = entry.when.iter().flat_map(Expr::conjuncts);
            let (known, rest): (Vec<_>, Vec<_>) = parts.partition(known);
            if known.is_empty() {
                self.entry(entry, &rest, conditions, needs);
                continue;
            }
            let conditions = [conditions, &known].concat();
            let mut own = Vec::new();
            self.entry(entry, &rest, &conditions, &mut own);
            self.part(conditions, own);
        }
    }

    fn part(&mut self, conditions: Vec<&'s Expr>, needs: Vec<u32>) {
        if !needs.is_empty() {
            self.parts.push(Part::new(conditions, needs));
        }
    }

    /// What an entry reads whose other conditions hold.
    fn entry(&mut self, entry: &'s Entry, when: &[&'s Expr], conditions: &[&'s Expr], needs: &mut Vec<u32>) {
        let bound = entry.bind.iter().map(|(_, source)| source);
        for part in bound.chain(when.iter().copied()).chain([&entry.value]) {
            self.read(part, conditions, needs);
        }
    }
}

/// Whether a condition reads inputs and `request` alone.
pub(crate) fn request_only(route: &Route, expr: &Expr) -> bool {
    let mut only = true;
    crate::ir::walk::all(expr, &mut |part| match &part.kind {
        ExprKind::Name(NameRef::Call(_)) | ExprKind::Partial | ExprKind::Error(_) | ExprKind::Fail { .. } => {
            only = false
        }
        ExprKind::Name(NameRef::Let(at)) => only &= request_only(route, &route.lets[*at as usize].value),
        // A local of what stands outside of the condition.
        ExprKind::Local(local) => only &= binds(expr, *local),
        _ => {}
    });
    only
}

fn binds(expr: &Expr, wanted: crate::ir::expr::LocalId) -> bool {
    let mut bound = false;
    crate::ir::walk::all(expr, &mut |part| {
        if let Some(local) = &part.kind.bound() {
            bound |= *local == wanted;
        }
    });
    bound
}
