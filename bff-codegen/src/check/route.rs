//! A route: its inputs and items in text order, then what can be said only about the whole.

use super::Checker;
use super::env::{Env, Named};
use super::types::T;
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::ir;
use crate::ir::expr::{Expr, ExprKind, Input, NameRef};
use crate::ir::service::{Guard, Let, Refuse};
use crate::model::types::{self, Inputs};
use crate::source::Span;
use crate::syntax::ast::{self, ItemKind};

impl Checker<'_> {
    /// Checks a route.
    pub(super) fn route(&mut self, route: &types::Route) -> ir::service::Route {
        self.start(route);
        let when = route.ast.guard.as_ref().map(|guard| self.route_condition(guard, route));
        let inputs = self.inputs(route);
        self.env.names.insert("request".to_owned(), Named::Request);
        self.later_names();
        for item in &route.ast.items {
            self.item(item, route);
        }
        let set = self.route_headers(&route.headers);
        self.successor(route);
        let proxy = self.proxy(route);
        self.replies_end(&route.ast, route.span);
        self.streams(route);
        self.pending_arms();
        self.sparse_query(route);
        self.personal_data();
        self.stable_route();
        if proxy.is_none() {
            self.never_read();
        }
        self.deadlines(route);
        self.route_limits(route);
        self.effect_limit();
        self.idempotency_of_nothing(route);
        ir::service::Route {
            name: route.name.clone(),
            span: route.span,
            docs: route.docs.clone(),
            method: route.method.clone(),
            path: route.path.clone(),
            when: when.map(|when| when.expr),
            versioned: route.promises.unversioned.is_none() && self.has_versions(),
            sparse: Vec::new(),
            deprecation: route.promises.deprecation.clone(),
            inputs,
            accept: route.accept.iter().map(|(kind, _)| kind.clone()).collect(),
            proxy,
            deadline: route.deadline.as_ref().map(|(deadline, _)| deadline.clone()),
            set,
            idempotency: route.idempotency.clone(),
            remove: route.headers.remove.iter().map(|(name, _)| name.clone()).collect(),
            guards: std::mem::take(&mut self.guards),
            calls: std::mem::take(&mut self.calls),
            turns: std::mem::take(&mut self.turns),
            lets: std::mem::take(&mut self.lets),
            replies: std::mem::take(&mut self.replies),
        }
    }

    /// Forgets the route before.
    fn start(&mut self, route: &types::Route) {
        self.env = Env {
            may_fail: true,
            ..Env::default()
        };
        self.next_local = 0;
        self.guards.clear();
        self.calls.clear();
        self.turns.clear();
        self.lets.clear();
        self.replies.clear();
        self.answered.clear();
        self.pending.clear();
        self.order = super::order::Order::of(&route.ast);
        self.notes.unversioned = route.promises.unversioned;
        self.route_method = (route.method.clone(), route.span);
        self.keys = route.idempotency.as_ref().map(|declared| declared.required);
    }

    /// Gives `query path header cookie body` their values.
    fn inputs(&mut self, route: &types::Route) -> Vec<ir::service::RouteInput> {
        let kinds = [
            ("path", Input::Path, &route.path_inputs),
            ("query", Input::Query, &route.query),
            ("header", Input::Header, &route.header),
            ("cookie", Input::Cookie, &route.cookie),
        ];
        let mut inputs = Vec::new();
        for (name, input, declared) in kinds {
            if let Some(declared) = declared {
                inputs.push(self.input(name, input, declared));
            }
        }
        match &route.body {
            Some(body) => inputs.push(self.body(body)),
            // A body that was refused has been reported: nothing is said about its uses.
            None => self.refused_body(&route.ast),
        }
        inputs
    }

    fn input(&mut self, name: &str, input: Input, declared: &Inputs) -> ir::service::RouteInput {
        let record = &self.model.records[declared.record.0 as usize];
        let ty = self.demand.whole_ty(self.model, &types::Ty::Record(declared.record));
        let value = Value::new(ty.clone(), record.span, ExprKind::Name(NameRef::Input(input)));
        let defaults = self.defaults(record);
        self.env.names.insert(name.to_owned(), Named::Value(value, record.span));
        ir::service::RouteInput {
            kind: input,
            ty: ty.ir(),
            defaults,
            constraint: None,
        }
    }

    fn refused_body(&mut self, route: &ast::Route) {
        let body = route.items.iter().find(|item| matches!(item.kind, ItemKind::Body(_)));
        if let Some(item) = body {
            let value = Value::unknown(item.span);
            self.env.names.insert("body".to_owned(), Named::Value(value, item.span));
        }
    }

    fn body(&mut self, body: &types::Field) -> ir::service::RouteInput {
        if !super::demand::is_served(&body.ty) {
            let name = super::types::declared_name(self.model, &body.ty);
            self.unsupported(body.ty_span, &format!("a body of type `{name}`"));
        }
        let why = super::types::Why {
            span: body.ty_span,
            text: "the body may be null".to_owned(),
        };
        let ty = self.demand.whole_ty(self.model, &body.ty).because(Some(why));
        let value = Value::new(ty.clone(), body.span, ExprKind::Name(NameRef::Input(Input::Body)));
        self.env.names.insert("body".to_owned(), Named::Value(value, body.span));
        ir::service::RouteInput {
            kind: Input::Body,
            ty: ty.ir(),
            defaults: Vec::new(),
            constraint: body.constraint.clone(),
        }
    }

    fn item(&mut self, item: &ast::Item, route: &types::Route) {
        match &item.kind {
            ItemKind::Call(call) => {
                self.order.current = Some(call.name.text.clone());
                self.call(call, item.span);
            }
            ItemKind::Let { name, value } => {
                self.order.current = Some(name.text.clone());
                self.let_item(name, value, item.span);
            }
            ItemKind::Allow { condition, status } => self.allow(condition, status.as_ref()),
            ItemKind::Setting(ast::Setting::Entry { key, .. }) if key.text == "check" => {
                for (message, condition) in &route.checks {
                    self.guard(condition, &Refuse::Check(message.clone()));
                }
            }
            ItemKind::Respond(respond) => self.respond(respond, item.span),
            ItemKind::Deliver(deliver) => self.unsupported(deliver.name.span, "`deliver`"),
            ItemKind::Inputs(_) | ItemKind::Body(_) | ItemKind::Setting(_) => {}
        }
        self.order.current = None;
    }

    /// `let x = e`. Records that are written here have no place of their own: they are put in where they are read.
    fn let_item(&mut self, name: &ast::Name, value: &ast::Expr, span: Span) {
        self.claim(&name.text, name.span);
        let value = self.infer(value, None);
        let in_place = value.ty.is_computed() && !(self.can_be_held(&value.ty) && is_worth_holding(&value.expr));
        let named = if in_place || value.ty.is_unknown() || matches!(value.ty, T::Null | T::Never) {
            value
        } else {
            let reference = ExprKind::Name(NameRef::Let(self.lets.len() as u32));
            let named = Value::new(value.ty.clone(), name.span, reference);
            self.lets.push(Let {
                name: name.text.clone(),
                span,
                value: value.expr,
            });
            named
        };
        self.env.names.insert(name.text.clone(), Named::Value(named, name.span));
    }

    /// `allow: c else 404`
    fn allow(&mut self, condition: &ast::Expr, status: Option<&ast::Scalar>) {
        let number = match status {
            None => 403,
            Some(status) => match status.text.parse::<u16>() {
                Ok(number @ 400..=599) => number,
                _ => {
                    self.sink.push(
                        Diagnostic::error("E0408", status.span, "`allow` refuses with a status from 400 to 599")
                            .help("write e.g. `else 404`, or leave it out for 403"),
                    );
                    403
                }
            },
        };
        self.guard(condition, &Refuse::Allow(number));
    }

    /// A condition that must hold: one row for each part, and what it shows holds below.
    fn guard(&mut self, condition: &ast::Expr, refuse: &Refuse) {
        let value = self.condition(condition);
        if value.ty.is_unknown() {
            return;
        }
        let mut parts = Vec::new();
        conjuncts(value.expr, &mut parts);
        let word = match refuse {
            Refuse::Check(_) => "check",
            Refuse::Allow(_) => "allow",
        };
        for part in parts {
            self.guard_reads_effect(&part, word);
            self.guard_facts(&part);
            let request_only = self.is_request_only(&part);
            self.guards.push(Guard {
                span: part.span,
                condition: part,
                refuse: refuse.clone(),
                request_only,
            });
        }
    }

    /// What a guard shows holds below; what relies on it waits for all that the guard reads.
    fn guard_facts(&mut self, part: &Expr) {
        let names = part.names().into_iter();
        let after: Vec<NameRef> = names.filter(|name| !matches!(name, NameRef::Input(_))).collect();
        let facts = self.facts(part, true);
        self.env
            .facts
            .extend(facts.into_keys().map(|place| (place, after.clone())));
    }

    /// Whether nothing but the request is read: inputs and `request`.
    pub(super) fn is_request_only(&self, expr: &Expr) -> bool {
        expr.names().into_iter().all(|name| match name {
            NameRef::Input(_) => true,
            NameRef::Call(_) | NameRef::Turn(_) => false,
            NameRef::Let(index) => self
                .lets
                .get(index as usize)
                .is_some_and(|it| self.is_request_only(&it.value)),
        })
    }
}

/// Whether records that are computed come out of a method over lists or maps: that is done once, not in every place that reads one.
fn is_worth_holding(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Select { .. } | ExprKind::Method { .. } | ExprKind::EachValue { .. } => true,
        ExprKind::Lift { base, body, .. } | ExprKind::Bind { base, body, .. } => {
            is_worth_holding(base) || is_worth_holding(body)
        }
        ExprKind::Each { list, body, .. } => is_worth_holding(list) || is_worth_holding(body),
        ExprKind::Convert(inner) | ExprKind::Known { value: inner, .. } => is_worth_holding(inner),
        ExprKind::Coalesce { left, .. } => is_worth_holding(left),
        _ => false,
    }
}

/// The parts of `a && b && c`, in order.
fn conjuncts(expr: Expr, into: &mut Vec<Expr>) {
    match expr.kind {
        ExprKind::And(a, b) => {
            conjuncts(*a, into);
            conjuncts(*b, into);
        }
        kind => into.push(Expr { kind, ..expr }),
    }
}
