//! Liveness: what each part of an answer needs, told apart by conditions that the request alone decides.

use crate::ir::expr::{Entry, Expr, ExprKind, NameRef, Record};
use crate::ir::service::Route;

/// A part of an answer.
pub(crate) struct Part<'s> {
    /// All must hold for the part to be written; they read the request alone.
    pub(crate) conditions: Vec<&'s Expr>,
    /// The calls that it reads, by number.
    pub(crate) needs: Vec<u32>,
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
        finder.parts.push(Part { conditions, needs });
    }
    finder.parts
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
            self.parts.push(Part { conditions, needs });
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
