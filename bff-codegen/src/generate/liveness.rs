//! Liveness: what each part of an answer needs, told apart by conditions that the request alone decides.

use crate::ir::expr::{Expr, ExprKind, NameRef, Record};
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
            _ => crate::ir::walk::parts(expr, &mut |part| self.read(part, conditions, needs)),
        }
    }

    fn record(&mut self, record: &'s Record, conditions: &[&'s Expr], needs: &mut Vec<u32>) {
        for entry in &record.entries {
            match &entry.when {
                Some(when) if entry.bind.is_empty() && request_only(self.route, when) => {
                    let conditions = [conditions, &[when]].concat();
                    let mut own = Vec::new();
                    self.read(&entry.value, &conditions, &mut own);
                    if !own.is_empty() {
                        self.parts.push(Part { conditions, needs: own });
                    }
                }
                when => {
                    entry
                        .bind
                        .iter()
                        .for_each(|(_, source)| self.read(source, conditions, needs));
                    when.iter().for_each(|when| self.read(when, conditions, needs));
                    self.read(&entry.value, conditions, needs);
                }
            }
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
