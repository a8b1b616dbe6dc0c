//! Order (E0402): a name holds below its line, and nothing waits for itself.

use super::Checker;
use super::env::Named;
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{self, ItemKind};
use std::collections::{BTreeMap, BTreeSet};

/// Who reads whom in a route, as written: errors elsewhere do not change it.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// Calls and lets by name: where the name stands, whether it is a call, what it reads.
    pub items: BTreeMap<String, Item>,
    /// What everything else reads: answers, guards.
    pub roots: BTreeSet<String>,
    /// The item that is being checked.
    pub current: Option<String>,
    /// Pairs that have been reported as waiting for each other.
    reported: BTreeSet<(String, String)>,
}

/// A call or `let`.
#[derive(Debug)]
pub(super) struct Item {
    pub span: Span,
    pub is_call: bool,
    pub reads: BTreeSet<String>,
}

impl Order {
    /// Reads a route.
    pub(super) fn of(route: &ast::Route) -> Self {
        let mut order = Order::default();
        for item in &route.items {
            let mut reads = BTreeSet::new();
            match &item.kind {
                ItemKind::Call(call) => {
                    call_names(call, &mut reads);
                    order.add(&call.name, true, reads);
                }
                ItemKind::Let { name, value } => {
                    names(value, false, &mut reads);
                    order.add(name, false, reads);
                }
                ItemKind::Allow { condition, .. } => names(condition, false, &mut order.roots),
                ItemKind::Respond(respond) => {
                    let settings = respond.headers.iter().flat_map(|block| &block.settings);
                    let headers = settings.filter_map(|setting| match setting {
                        ast::Setting::Entry { value, .. } => Some(value),
                        ast::Setting::Spread { .. } => None,
                    });
                    let parts = respond.body.iter().chain(&respond.guard).chain(headers);
                    parts.for_each(|part| names(part, false, &mut order.roots));
                }
                ItemKind::Deliver(deliver) => {
                    shape_names(&deliver.shape, false, &mut order.roots);
                    let settings = deliver.block.settings.iter().filter_map(|setting| match setting {
                        ast::Setting::Entry { value, .. } => Some(value),
                        ast::Setting::Spread { .. } => None,
                    });
                    let parts = settings.chain(&deliver.guard);
                    parts.for_each(|part| names(part, false, &mut order.roots));
                }
                ItemKind::Setting(ast::Setting::Entry { value, .. }) => names(value, false, &mut order.roots),
                ItemKind::Setting(ast::Setting::Spread { .. }) | ItemKind::Inputs(_) | ItemKind::Body(_) => {}
            }
        }
        order
    }

    fn add(&mut self, name: &ast::Name, is_call: bool, reads: BTreeSet<String>) {
        let span = name.span;
        self.items
            .entry(name.text.clone())
            .or_insert(Item { span, is_call, reads });
    }

    /// Whether `from` reads `to`, directly or through others.
    fn reaches(&self, from: &str, to: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            for name in self.items.get(at).into_iter().flat_map(|item| &item.reads) {
                if name == to {
                    return true;
                }
                if seen.insert(name.as_str()) {
                    open.push(name);
                }
            }
        }
        false
    }

    /// All that is read by answers, guards and calls, through `let`s.
    pub(super) fn read(&self) -> BTreeSet<&str> {
        let calls = self
            .items
            .values()
            .filter(|item| item.is_call)
            .flat_map(|item| &item.reads);
        let mut open: Vec<&str> = self.roots.iter().chain(calls).map(String::as_str).collect();
        let mut read = BTreeSet::new();
        while let Some(name) = open.pop() {
            if read.insert(name)
                && let Some(item) = self.items.get(name).filter(|item| !item.is_call)
            {
                open.extend(item.reads.iter().map(String::as_str));
            }
        }
        read
    }
}

impl Checker<'_> {
    /// Makes the names of calls and lets known as ones that come later.
    pub(super) fn later_names(&mut self) {
        for (name, item) in &self.order.items {
            self.env.names.entry(name.clone()).or_insert(Named::Later(item.span));
        }
    }

    /// E0402 where a name is used above its line.
    pub(super) fn above_its_line(&mut self, name: &str, span: Span, place: Span) -> Value {
        let current = self.order.current.clone();
        let error = match &current {
            Some(own) if own == name => Diagnostic::error("E0402", span, format!("`{name}` waits for itself"))
                .because(place, format!("`{name}` is made here"))
                .help("take the value from the request or from another call"),
            Some(own) if self.order.reaches(name, own) => {
                let mut pair = [own.clone(), name.to_owned()];
                pair.sort();
                let [a, b] = pair;
                if !self.order.reported.insert((a, b)) {
                    return Value::unknown(span);
                }
                Diagnostic::error("E0402", span, format!("`{own}` and `{name}` wait for each other"))
                    .because(place, format!("`{name}` needs `{own}`"))
                    .help("one of them must take its argument from the request")
            }
            _ => Diagnostic::error("E0402", span, format!("`{name}` is made further down"))
                .because(place, format!("`{name}` is made here"))
                .help(format!("move `{name}` up, above this line")),
        };
        self.sink.push(error);
        Value::unknown(span)
    }
}

fn call_names(call: &ast::Call, into: &mut BTreeSet<String>) {
    let racers = match &call.target {
        ast::CallTarget::One(invoke) => std::slice::from_ref(invoke),
        ast::CallTarget::Race { racers, .. } => racers,
    };
    racers
        .iter()
        .chain(&call.undo)
        .for_each(|invoke| invoke_names(invoke, into));
    if let Some(each) = &call.each {
        names(&each.list, false, into);
        each.key.iter().for_each(|key| names(key, false, into));
    }
    call.guard.iter().for_each(|guard| names(guard, false, into));
    call.on.iter().for_each(|catch| names(&catch.arm, false, into));
    call.or.iter().for_each(|arm| names(arm, false, into));
}

fn invoke_names(invoke: &ast::Invoke, into: &mut BTreeSet<String>) {
    invoke.args.list.iter().for_each(|arg| names(&arg.value, false, into));
}

/// The names that an expression reads. Picks mean bindings only where no subject stands around.
fn names(expr: &ast::Expr, subject: bool, into: &mut BTreeSet<String>) {
    use ast::ExprKind as A;
    match &expr.kind {
        A::Name(name) => {
            into.insert(name.clone());
        }
        A::Str(pieces) => {
            for piece in pieces {
                if let ast::StrPiece::Interp(inner) = piece {
                    names(inner, subject, into);
                }
            }
        }
        A::Open => {}
        A::List(items) => items.iter().for_each(|item| names(item, subject, into)),
        A::Shape(shape) => shape_names(shape, subject, into),
        A::Match { value, arms } => {
            names(value, subject, into);
            arms.iter().for_each(|arm| names(&arm.value, subject, into));
        }
        A::Call(invoke) => invoke_names(invoke, into),
        A::Fail { body, .. } => body.iter().for_each(|shape| shape_names(shape, subject, into)),
        A::Get { base, .. } | A::Each(base) | A::As { base, .. } | A::Paren(base) => names(base, subject, into),
        A::Index { base, index } => {
            names(base, subject, into);
            names(index, subject, into);
        }
        A::Apply { base, args } => {
            names(base, subject, into);
            args.list.iter().for_each(|arg| names(&arg.value, true, into));
        }
        A::Over { base, shape } => {
            names(base, subject, into);
            shape_names(shape, true, into);
        }
        A::Unary { operand, .. } => names(operand, subject, into),
        A::Binary { left, right, .. } => {
            names(left, subject, into);
            names(right, subject, into);
        }
        A::Ternary { condition, then, other } => {
            for part in [condition, then, other] {
                names(part, subject, into);
            }
        }
        A::Const(_) | A::Scalar(_) | A::Range(_) | A::Path(_) | A::Subject(_) | A::Error => {}
    }
}

fn shape_names(shape: &ast::Shape, subject: bool, into: &mut BTreeSet<String>) {
    for entry in &shape.entries {
        entry.guard.iter().for_each(|guard| names(guard, subject, into));
        match &entry.kind {
            ast::EntryKind::Spread(source) => source.iter().for_each(|source| names(source, subject, into)),
            ast::EntryKind::Value { value, .. } => names(value, subject, into),
            ast::EntryKind::Pick { key, shape, .. } => {
                if !subject {
                    into.insert(key.text.clone());
                }
                shape.iter().for_each(|shape| shape_names(shape, true, into));
            }
        }
    }
}
