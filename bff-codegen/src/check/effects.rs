//! Effects: calls that change something. What may stand before one, how many a route has, what may call one, and how one is
//! taken back.

use super::Checker;
use super::args::Invoked;
use super::types::T;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind, NameRef};
use crate::ir::service::Undo;
use crate::ir::walk;
use crate::model::effects::Idempotent;
use crate::model::types::{OpId, Route};
use crate::syntax::ast;

/// Effects of a route.
const MAX_EFFECTS: usize = 3;

impl Checker<'_> {
    /// E0401 where an operation that changes state is called in a route that must not.
    pub(super) fn may_change(&mut self, op: OpId, invoke: &ast::Invoke) {
        let declared = &self.model.ops[op.0 as usize];
        let (method, place) = self.route_method.clone();
        let (what, why) = match method.as_str() {
            "ANY" => ("an ANY route".to_owned(), "this route answers GET, too".to_owned()),
            "GET" | "HEAD" => (format!("a {method} route"), format!("this is a {method} route")),
            _ => return,
        };
        if declared.safe {
            return;
        }
        self.sink.push(
            Diagnostic::error(
                "E0401",
                invoke.upstream.span.to(invoke.op.span),
                format!("`{}` changes state and {what} must not", declared.name),
            )
            .because(
                declared.span,
                format!("`{}` is sent as {}", declared.name, declared.method),
            )
            .because(place, why)
            .help("use `route POST`, or mark the operation `safe: true` if it only reads"),
        );
    }

    /// E0416 where an operation that changes state is called by what only reads: `what` says by what ("a fallback").
    pub(super) fn only_reads(&mut self, op: OpId, invoke: &ast::Invoke, what: &str) -> bool {
        let declared = &self.model.ops[op.0 as usize];
        if declared.safe {
            return true;
        }
        self.sink.push(
            Diagnostic::error(
                "E0416",
                invoke.upstream.span.to(invoke.op.span),
                format!("`{}` changes state and {what} only reads", declared.name),
            )
            .because(
                declared.span,
                format!("`{}` is sent as {}", declared.name, declared.method),
            )
            .help("call it by a `call` of its own, or mark the operation `safe: true` if it only reads"),
        );
        false
    }

    /// E0417 where a route changes too much.
    pub(super) fn effect_limit(&mut self) {
        let effects: Vec<_> = self
            .calls
            .iter()
            .filter(|call| self.is_effect(call.request.op))
            .collect();
        let Some(fourth) = effects.get(MAX_EFFECTS) else {
            return;
        };
        let text = format!(
            "this is the {} call of the route that changes something, {MAX_EFFECTS} are allowed",
            ordinal(MAX_EFFECTS + 1)
        );
        let mut found = Diagnostic::error("E0417", fourth.name_span, text);
        for (at, effect) in effects.iter().take(MAX_EFFECTS).enumerate() {
            found = found.because(effect.name_span, format!("the {}", ordinal(at + 1)));
        }
        let help = "let a service behind do them in one step; mark an operation `safe: true` if it only reads";
        self.sink.push(found.help(help));
    }

    /// E0418 where a route keeps answers of effects and has none.
    pub(super) fn idempotency_of_nothing(&mut self, route: &Route) {
        let Some(declared) = &route.idempotency else { return };
        // A call that could not be checked may have been one.
        let broken = self.order.items.values().filter(|item| item.is_call).count() > self.calls.len();
        if broken || self.calls.iter().any(|call| self.is_effect(call.request.op)) {
            return;
        }
        let found = Diagnostic::error("E0418", declared.span, "`idempotency` of a route that changes nothing")
            .because(route.span, "no call of this route changes something")
            .help("remove it: a request that only reads may be repeated as it is");
        self.sink.push(found);
    }

    /// E0415 where a guard reads what an effect answers: it has to hold before the first effect.
    pub(super) fn guard_reads_effect(&mut self, guard: &Expr, word: &str) {
        let Some((read, effect)) = self.first_effect(guard) else {
            return;
        };
        let call = &self.calls[effect as usize];
        let (name, op) = (&call.name, &self.model.ops[call.request.op.0 as usize]);
        let through = match &read.kind {
            ExprKind::Name(NameRef::Call(at)) if *at != effect => format!(", which waits for `{name}`"),
            ExprKind::Name(NameRef::Let(_)) => format!(", which reads `{name}`"),
            _ => String::new(),
        };
        let text = format!("`{word}` cannot read `{}`{through}", self.sources.text(read.span));
        let found = Diagnostic::error("E0415", read.span, text)
            .at("known only once something was changed")
            .because(
                call.name_span,
                format!("`{name}` changes something: `{}` is sent as {}", op.name, op.method),
            )
            .help(format!(
                "`{word}` holds before the first change; let the call fail instead: `on 409 => fail 409 \"…\"`, or answer by \
                 `respond … when`"
            ));
        self.sink.push(found);
    }

    /// E0419 where whether something is changed depends on what a change answered.
    pub(super) fn conditional_effect(&mut self, op: OpId, when: &Expr) {
        if !self.is_effect(op) {
            return;
        }
        let Some((read, effect)) = self.first_effect(when) else {
            return;
        };
        let call = &self.calls[effect as usize];
        let found = Diagnostic::error(
            "E0419",
            read.span,
            "whether something is changed cannot depend on another change",
        )
        .because(call.name_span, format!("`{}` changes something", call.name))
        .help("decide by the request or by what was read, or let a service behind do both");
        self.sink.push(found);
    }

    /// `undo op(…)`: it sees the answer of its call.
    pub(super) fn undo(&mut self, undo: &ast::Invoke, op: OpId, call: u32, result: &T) -> Option<Undo> {
        let undone = self.operation(undo)?;
        if !self.is_effect(op) {
            let declared = &self.model.ops[op.0 as usize];
            let found = Diagnostic::error("E0418", undo.span, "`undo` of a call that changes nothing")
                .because(declared.span, format!("`{}` only reads", declared.name))
                .help("remove it");
            self.sink.push(found);
        }
        self.may_change(undone, undo);
        let facts = match result.may_be_null() {
            true => super::narrow::Facts::new(),
            false => super::narrow::of_name(NameRef::Call(call)),
        };
        let deadlines = self.timeouts.len();
        let (Invoked { mut request, .. }, timeout) = self.knowing(facts, |cx| {
            let invoked = cx.invoke(undone, undo);
            let settings = cx.call_settings(undo, "undo");
            (invoked, settings)
        });
        // It has a budget of its own.
        self.timeouts.truncate(deadlines);
        request.idempotent = timeout.idempotent;
        Some(Undo {
            request,
            timeout: timeout.timeout,
        })
    }

    /// `idempotent: key`: one text, or null for none.
    pub(super) fn idempotent_key(&mut self, declared: &Idempotent) -> (String, Expr) {
        let key = self.header_value(&declared.key, "a key");
        (declared.header.clone(), key)
    }

    fn is_effect(&self, op: OpId) -> bool {
        !self.model.ops[op.0 as usize].safe
    }

    /// The first name in an expression that leads to an effect, and that effect.
    fn first_effect<'e>(&self, expr: &'e Expr) -> Option<(&'e Expr, u32)> {
        let mut found = None;
        expr.walk(&mut |part| {
            if let (None, ExprKind::Name(name)) = (&found, &part.kind) {
                found = self.effect_behind(*name).map(|effect| (part, effect));
            }
        });
        found
    }

    /// The effect that a name is, or waits for.
    fn effect_behind(&self, name: NameRef) -> Option<u32> {
        let among = |expr: &Expr| expr.names().into_iter().find_map(|name| self.effect_behind(name));
        match name {
            NameRef::Input(_) | NameRef::Turn(_) => None,
            NameRef::Let(at) => self.lets.get(at as usize).and_then(|it| among(&it.value)),
            NameRef::Call(at) => {
                let call = self.calls.get(at as usize)?;
                if self.is_effect(call.request.op) {
                    return Some(at);
                }
                let mut found = None;
                walk::call(call, &mut |part| {
                    if let (None, ExprKind::Name(name)) = (&found, &part.kind) {
                        found = self.effect_behind(*name);
                    }
                });
                found
            }
        }
    }
}

fn ordinal(number: usize) -> &'static str {
    ["first", "second", "third", "fourth"]
        .get(number.saturating_sub(1))
        .copied()
        .unwrap_or("next")
}
