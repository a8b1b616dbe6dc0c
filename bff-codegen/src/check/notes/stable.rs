//! `stability: stable` (E0602): an answer has the fields that are written, so nothing is taken over whole from an upstream.

use super::super::Checker;
use super::super::demand::Node;
use super::super::types::T;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind, Record, Ty};
use crate::ir::service::{CallArm, ViewOf};
use crate::ir::walk;
use crate::model::types::{RecordId, Ty as Declared};
use crate::source::Span;

impl Checker<'_> {
    /// Where the client at hand says `stable`; none while a fragment is checked by itself.
    fn stable(&self) -> Option<Span> {
        let client = self.model.client.as_ref().filter(|_| !self.notes.alone);
        client.and_then(|client| client.stable)
    }

    /// E0602 at `*`, with the fields that it brings now.
    pub(in crate::check) fn stable_star(&mut self, span: Span, names: &[String]) {
        let list: Vec<String> = names.iter().map(|name| pick(name)).collect();
        self.not_stable(
            span,
            "`*` follows its upstream",
            (!list.is_empty()).then(|| list.join(", ")),
        );
    }

    /// E0602 at a record that is spread whole.
    pub(in crate::check) fn stable_spread(&mut self, ty: &T, span: Span) {
        if let T::Record(node) = ty {
            let of = self.demand.of(*node);
            self.stable_whole(of, span);
        }
    }

    /// E0602 at every record that the answers of the route at hand write whole.
    pub(in crate::check) fn stable_route(&mut self) {
        if self.stable().is_none() {
            return;
        }
        let mut found = Vec::new();
        for reply in &self.replies {
            reply.body.iter().for_each(|body| whole(body, &mut found));
            let parts = reply.when.iter().chain(reply.headers.iter().map(|(_, value)| value));
            parts.chain(&reply.body).for_each(|part| failures(part, &mut found));
        }
        for guard in &self.guards {
            failures(&guard.condition, &mut found);
        }
        for made in &self.lets {
            failures(&made.value, &mut found);
        }
        for call in &self.calls {
            for arm in call.on.iter().map(|(_, arm)| arm).chain(&call.or) {
                match arm {
                    CallArm::Fail { body: Some(body), .. } => whole_record(body, &mut found),
                    CallArm::Compute(value) => failures(value, &mut found),
                    _ => {}
                }
            }
        }
        for (node, span) in found {
            let of = self.demand.of(node);
            self.stable_whole(of, span);
        }
    }

    fn stable_whole(&mut self, of: ViewOf, span: Span) {
        let text = self.sources.text(span);
        let shape = self.written_out(of, &mut Vec::new());
        self.not_stable(
            span,
            "written whole, this follows its upstream",
            shape.map(|shape| format!("{text} {shape}")),
        );
    }

    /// `instead` is what to write, if that can be said.
    fn not_stable(&mut self, span: Span, at: &str, instead: Option<String>) {
        let Some(stable) = self.stable() else { return };
        if !self.notes.unstable.insert(span) {
            return;
        }
        let found = Diagnostic::error("E0602", span, "a stable contract cannot follow upstream changes").at(at);
        let found = found.because(stable, "the contract is stable");
        self.sink.push(match instead {
            Some(instead) => found.help(format!("list the fields: `{instead}`")).fix(span, instead),
            None => found.help("list the fields that clients may rely on"),
        });
    }

    /// `{ id, home { street, city } }`: all fields of a record, to the end; none if there is no end, or no way to write it.
    fn written_out(&self, of: ViewOf, above: &mut Vec<RecordId>) -> Option<String> {
        let ViewOf::Record(record) = of else {
            return None;
        };
        if above.contains(&record) {
            return None;
        }
        above.push(record);
        let mut fields = Vec::new();
        for field in &self.model.records[record.0 as usize].fields {
            let name = pick(&field.name);
            match view_of(&field.ty) {
                Some(inner) => fields.push(format!("{name} {}", self.written_out(inner, above)?)),
                None => fields.push(name),
            }
        }
        above.pop();
        Some(format!("{{ {} }}", fields.join(", ")))
    }
}

/// A field as it is picked: in quotes unless it is a name that means nothing else in a shape.
fn pick(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name != "when";
    if plain { name.to_owned() } else { format!("\"{name}\"") }
}

fn view_of(ty: &Declared) -> Option<ViewOf> {
    match ty {
        Declared::Record(id) => Some(ViewOf::Record(*id)),
        Declared::Union(id) => Some(ViewOf::Union(*id)),
        Declared::List(inner) | Declared::Map(_, inner) | Declared::Nullable(inner) => view_of(inner),
        _ => None,
    }
}

/// The records that writing a value out writes whole, each where it stands.
fn whole(expr: &Expr, found: &mut Vec<(Node, Span)>) {
    match &expr.kind {
        ExprKind::Record(record) => whole_record(record, found),
        ExprKind::List(items) => items.iter().for_each(|item| whole(item, found)),
        ExprKind::Lift { body, .. }
        | ExprKind::Bind { body, .. }
        | ExprKind::Each { body, .. }
        | ExprKind::EachValue { body, .. } => whole(body, found),
        ExprKind::Ternary { then, other, .. } => {
            whole(then, found);
            whole(other, found);
        }
        ExprKind::Match { arms, .. } => arms.iter().for_each(|arm| whole(&arm.value, found)),
        ExprKind::Coalesce { left, right } => {
            whole(left, found);
            whole(right, found);
        }
        ExprKind::Convert(inner) | ExprKind::Known { value: inner, .. } => whole(inner, found),
        _ => found.extend(node_of(&expr.ty).map(|node| (node, expr.span))),
    }
}

fn whole_record(record: &Record, found: &mut Vec<(Node, Span)>) {
    record.entries.iter().for_each(|entry| whole(&entry.value, found));
}

/// The same of what `fail` writes anywhere in an expression.
fn failures(expr: &Expr, found: &mut Vec<(Node, Span)>) {
    walk::all(expr, &mut |part| {
        if let ExprKind::Fail { body: Some(body), .. } = &part.kind {
            whole_record(body, found);
        }
    });
}

fn node_of(ty: &Ty) -> Option<Node> {
    match ty {
        Ty::View(view) => Some(Node(view.0)),
        Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) => node_of(inner),
        _ => None,
    }
}
