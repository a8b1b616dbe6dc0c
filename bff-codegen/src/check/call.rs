//! `call x = upstream.op(…) { timeout } when c on 404 => e else e`.

use super::Checker;
use super::arms::Pending;
use super::env::Named;
use super::types::{T, Why};
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{ExprKind, NameRef};
use crate::ir::service::{Call, CallArm, How, OnKind, Request};
use crate::model::types::{OpId, Ty};
use crate::source::Span;
use crate::syntax::ast;
use std::rc::Rc;

/// The kinds of failure that an `on` may name.
const KINDS: [&str; 6] = ["connect", "timeout", "deadline", "open", "overload", "decode"];

impl Checker<'_> {
    /// Checks a call and gives its name a value for what stands below.
    pub(super) fn call(&mut self, call: &ast::Call, span: Span) {
        self.claim(&call.name.text, call.name.span);
        let index = self.calls.len() as u32;
        let (invoke, rivals) = match &call.target {
            ast::CallTarget::One(invoke) => (invoke, &[][..]),
            ast::CallTarget::Race { racers, .. } => (&racers[0], &racers[1..]),
        };
        let op = self.operation(invoke);
        let when = call.guard.as_ref().map(|guard| self.condition(guard));
        let facts = when
            .as_ref()
            .map(|when| self.facts(&when.expr, true))
            .unwrap_or_default();
        let listed = match &call.each {
            Some(each) => self.knowing(facts.clone(), |cx| Some(cx.listed(each))),
            None => None,
        };
        let Some(op) = op else {
            self.skip_arms(call);
            return self.give_up(call);
        };
        if let Some(when) = &when {
            self.conditional_effect(op, &when.expr);
        }
        if !self.model.ops[op.0 as usize].safe {
            // It is called for what it does, whether or not its answer is read.
            self.order.roots.insert(call.name.text.clone());
        }
        let several = match (&call.each, rivals) {
            (Some(_), []) => Some("a call for each element"),
            (None, [_, ..]) => Some("a race"),
            (Some(each), _) => {
                self.looped_race(call, each);
                return self.give_up(call);
            }
            _ => None,
        };
        match several {
            Some(what) => drop(self.only_reads(op, invoke, what)),
            None => self.may_change(op, invoke),
        }
        let (invoked, settings) = self.knowing(facts.clone(), |cx| {
            let invoked = cx.invoke(op, invoke);
            (invoked, cx.call_settings(invoke, &call.name.text))
        });
        self.idle_settings(&settings, call.each.is_some(), !rivals.is_empty());
        let item = match &listed {
            Some(Some(listed)) => Some(listed.item),
            Some(None) => return self.give_up(call),
            None => None,
        };
        let Some(asked) = self.asked(invoked.request, invoke, &settings, item) else {
            return self.give_up(call);
        };
        let mut from_path = invoked.from_path;
        let mut result = asked.result.clone();
        let (rivals, maybe_null) = self.rivals(call, rivals, &asked, &facts, &mut from_path);
        if maybe_null {
            result = self.null_because(result, invoke.span, "one of the race may give null".to_owned());
        }
        let conditional = self.conditional_result(call, &asked.request, result.clone(), span);
        // What one element gets may be null: then it is not in the map, and the map is there all the same.
        let mut ty = if item.is_some() { result.clone() } else { conditional };
        let mut arms = ArmsOf {
            call: index,
            name: &call.name.text,
            op,
            declared: asked.declared,
            result: &asked.result,
            from_path,
            item,
        };
        let (on, or) = self.arms(call, &mut arms, &mut ty);
        let from_path = arms.from_path;
        let mut how = How::One;
        if let Some(Some(listed)) = listed {
            let key = listed.key.clone();
            let all: Vec<&CallArm> = on.iter().map(|(_, arm)| arm).chain(&or).collect();
            let Some(each) = self.each_of(listed, &asked.request, &settings, &all) else {
                return self.give_up(call);
            };
            how = How::Each(Box::new(each));
            let map = T::Map(Box::new(key), Box::new(ty.present().clone()));
            ty = match &call.guard {
                Some(guard) => self.null_because(map, guard.span, where_false(call)),
                None => map,
            };
        } else if !rivals.is_empty() {
            how = How::Race(rivals, self.stagger(call));
        }
        self.forget_loop(call);
        let value = Value::new(ty.clone(), call.name.span, ExprKind::Name(NameRef::Call(index)));
        let named = Named::Value(value, call.name.span);
        self.env.names.insert(call.name.text.clone(), named);
        let undo = call.undo.as_ref();
        let undo = undo.and_then(|undo| self.undo(undo, op, index, &asked.result));
        self.calls.push(Call {
            name: call.name.text.clone(),
            span,
            name_span: call.name.span,
            ty: ty.ir(),
            request: asked.request,
            how,
            when: when.map(|when| when.expr),
            on,
            or,
            from_path,
            undo,
        });
    }

    /// The loop variable holds in its call alone.
    fn forget_loop(&mut self, call: &ast::Call) {
        if let Some(each) = &call.each {
            self.env.names.remove(&each.var.text);
        }
    }

    /// The result, null where the call is not made.
    fn conditional_result(&self, call: &ast::Call, request: &Request, result: T, span: Span) -> T {
        let mut ty = result;
        if let Some(guard) = &call.guard {
            ty = self.null_because(ty, guard.span, where_false(call));
        }
        for arg in &request.required_args {
            let place = request.args[*arg].as_ref().map_or(span, |arg| arg.span);
            let text = format!("`{}` is null where this argument is null", call.name.text);
            ty = self.null_because(ty, place, text);
        }
        ty
    }

    /// The name of a call that could not be checked: nothing is said about its uses.
    fn give_up(&mut self, call: &ast::Call) {
        let name = &call.name;
        self.forget_loop(call);
        self.env
            .names
            .insert(name.text.clone(), Named::Value(Value::unknown(name.span), name.span));
    }

    /// Names in the arms of a call whose operation is unknown are still looked at.
    fn skip_arms(&mut self, call: &ast::Call) {
        for kind in call.on.iter().flat_map(|catch| &catch.kinds) {
            self.on_kind(kind);
        }
    }

    /// What an operation answers, nothing of it read yet.
    pub(super) fn result_type(&mut self, op: OpId, span: Span) -> T {
        let declared = &self.model.ops[op.0 as usize];
        match &declared.result {
            Some(ty) if !super::demand::is_served(ty) => {
                let name = super::types::declared_name(self.model, ty);
                self.unsupported(span, &format!("an answer of type `{name}`"));
                T::Unknown
            }
            Some(ty) => {
                let why = Why {
                    span: declared.span,
                    text: format!("`{}` may answer null", declared.name),
                };
                self.demand.ty(ty).because(Some(why))
            }
            None => T::Null,
        }
    }

    fn null_because(&self, ty: T, span: Span, text: String) -> T {
        ty.or_null(Some(Rc::new(Why { span, text })))
    }

    fn arms(
        &mut self,
        call: &ast::Call,
        of: &mut ArmsOf<'_>,
        ty: &mut T,
    ) -> (Vec<(Vec<OnKind>, CallArm)>, Vec<CallArm>) {
        let mut on = Vec::new();
        for catch in &call.on {
            let kinds = catch.kinds.iter().filter_map(|kind| self.on_kind(kind)).collect();
            let place = on.len();
            if let Some(arm) = self.arm(&catch.arm, of, ty, "`on`", Pending::on(of.call, place)) {
                on.push((kinds, arm));
            }
        }
        let mut or: Vec<CallArm> = Vec::new();
        for (at, expr) in call.or.iter().enumerate() {
            let place = or.len();
            if let Some(arm) = self.arm(expr, of, ty, "fallback", Pending::or(of.call, place)) {
                or.push(arm);
            }
            let cannot_fail = or.len() > place && !matches!(or.last(), Some(CallArm::Call(..)));
            if let (true, Some(next)) = (cannot_fail, call.or.get(at + 1)) {
                self.sink.push(
                    Diagnostic::warning(
                        "W0310",
                        next.span,
                        "this fallback is never reached: the one above it cannot fail",
                    )
                    .because(expr.span, "what stands here is always taken")
                    .help("remove it, or put it first"),
                );
            }
        }
        (on, or)
    }

    fn on_kind(&mut self, kind: &ast::CatchKind) -> Option<OnKind> {
        let (text, span) = match kind {
            ast::CatchKind::Code(text) => {
                self.unsupported(text.span, "an error code in `on`");
                return None;
            }
            ast::CatchKind::Status(name) => {
                let digits = name.text.strip_suffix("xx");
                let found = match digits {
                    Some(class) => class.parse().ok().filter(|it| (3..=5).contains(it)).map(OnKind::Class),
                    None => name
                        .text
                        .parse()
                        .ok()
                        .filter(|it| (300..=599).contains(it))
                        .map(OnKind::Status),
                };
                if found.is_none() {
                    self.sink.push(
                        Diagnostic::error("E0409", name.span, format!("`{}` is no status that fails", name.text))
                            .help("a status from 300 to 599, or a class such as `5xx`"),
                    );
                }
                return found;
            }
            ast::CatchKind::Word(name) => (&name.text, name.span),
        };
        if KINDS.contains(&text.as_str()) {
            return Some(OnKind::Kind(text.clone()));
        }
        if text.starts_with(|c: char| c.is_ascii_uppercase()) {
            self.unsupported(span, &format!("`on {text}`"));
            return None;
        }
        let error = Diagnostic::error("E0409", span, format!("no call fails with `{text}`"));
        self.sink.push(error.or_name(span, text, &KINDS, "kinds"));
        None
    }

    /// One arm. Values are looked at again when it is known what the route reads.
    fn arm(
        &mut self,
        expr: &ast::Expr,
        of: &mut ArmsOf<'_>,
        ty: &mut T,
        word: &str,
        pending: Pending,
    ) -> Option<CallArm> {
        let declared = of.declared.clone();
        let why = format!("null comes from this {word} of `{}`", of.name);
        let outer = self.env.names.insert("error".to_owned(), Named::Error);
        let arm = match &inner(expr).kind {
            ast::ExprKind::Call(invoke) => self.call_arm(invoke, of, ty, &why),
            ast::ExprKind::Apply { base, .. } if matches!(&base.kind, ast::ExprKind::Name(name) if name == "stale") => {
                self.no_cache(expr.span);
                None
            }
            _ => {
                let value = self.infer(expr, declared.as_ref());
                if value.ty.may_be_null() {
                    *ty = self.null_because(ty.clone(), expr.span, why);
                }
                Some(self.arm_value(value, expr.span, of, pending))
            }
        };
        match outer {
            Some(outer) => self.env.names.insert("error".to_owned(), outer),
            None => self.env.names.remove("error"),
        };
        arm
    }

    fn no_cache(&mut self, span: Span) {
        self.sink.push(
            Diagnostic::error("E0404", span, "this call has no cache to be stale from")
                .help("`cache:` is not supported yet; use `null`, a value or another call"),
        );
    }

    /// An arm that is a value: whether it fits is asked when it is known what the route reads.
    fn arm_value(&mut self, value: Value, span: Span, of: &ArmsOf<'_>, pending: Pending) -> CallArm {
        match value.expr.kind {
            ExprKind::Null => CallArm::Null,
            ExprKind::Fail { status, code, body } => CallArm::Fail {
                status,
                code,
                body,
                span,
            },
            _ => {
                let pending = pending.with(
                    value.clone(),
                    (of.op, of.declared.clone()),
                    of.result.clone(),
                    of.name.to_owned(),
                );
                self.pending.push(pending);
                CallArm::Compute(value.expr)
            }
        }
    }

    /// `else call other.op(…) { timeout }`
    fn call_arm(&mut self, invoke: &ast::Invoke, of: &mut ArmsOf<'_>, ty: &mut T, why: &str) -> Option<CallArm> {
        let op = self.operation(invoke)?;
        if !self.only_reads(op, invoke, "a fallback") {
            return None;
        }
        let invoked = self.invoke(op, invoke);
        of.from_path |= invoked.from_path;
        let settings = self.call_settings(invoke, of.name);
        self.idle_settings(&settings, false, false);
        let asked = self.asked(invoked.request, invoke, &settings, of.item)?;
        let (Some(wanted), Some(own)) = (&of.declared, &asked.declared) else {
            return self.other_call(invoke, of);
        };
        if !self.answers_alike(own, wanted) {
            return self.other_call(invoke, of);
        }
        let not_sent = !asked.request.required_args.is_empty() && of.item.is_none();
        if asked.result.may_be_null() || not_sent {
            *ty = self.null_because(ty.clone(), invoke.span, why.to_owned());
        }
        self.demand.unify_types(&asked.result, of.result);
        Some(CallArm::Call(asked.request, invoke.span))
    }

    /// E0304: another call with an answer of another type.
    fn other_call(&mut self, invoke: &ast::Invoke, of: &ArmsOf<'_>) -> Option<CallArm> {
        let name = |op: OpId| {
            let result = self.model.ops[op.0 as usize].result.as_ref();
            result.map_or_else(
                || "nothing".to_owned(),
                |ty| format!("`{}`", super::types::declared_name(self.model, ty)),
            )
        };
        let op = self.operation(invoke)?;
        let error = Diagnostic::error(
            "E0304",
            invoke.span,
            format!("the fallback gives {}, the call gives {}", name(op), name(of.op)),
        )
        .because(
            self.model.ops[of.op.0 as usize].span,
            format!("`{}` is declared here", self.model.ops[of.op.0 as usize].name),
        )
        .help("fall back on a call with the same answer, on `null` or on a value");
        self.sink.push(error);
        None
    }
}

/// The call that arms belong to.
struct ArmsOf<'a> {
    call: u32,
    name: &'a str,
    op: OpId,
    /// The type that each arm must fit; none where the operation gives nothing.
    declared: Option<Ty>,
    result: &'a T,
    from_path: bool,
    /// The turn of the element, in a call for each.
    item: Option<u32>,
}

/// Why a call with a `when` may be null.
fn where_false(call: &ast::Call) -> String {
    format!("`{}` is null where its `when` does not hold", call.name.text)
}

fn inner(expr: &ast::Expr) -> &ast::Expr {
    match &expr.kind {
        ast::ExprKind::Paren(expr) => inner(expr),
        _ => expr,
    }
}
