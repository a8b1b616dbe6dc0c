//! The end: the demand graph is closed into views, and every type and field of every expression is put in terms of them.

use super::Checker;
use super::demand::{Node, Views};
use super::headers::ClientParts;
use crate::ir::expr::{Expr, ExprKind, Method, Record, Ty};
use crate::ir::service::{CallArm, How, OpRequest, PathPart, Request, Route, Service, TargetPart};
use crate::ir::test::{Step, Test};
use std::collections::HashSet;

/// What has been checked, still in terms of nodes.
pub(super) struct Parts {
    pub client: ClientParts,
    pub requests: Vec<OpRequest>,
    pub upstream_send: Vec<Vec<(String, Expr)>>,
    pub routes: Vec<Route>,
    pub tests: Vec<Test>,
}

impl Checker<'_> {
    /// The service; none if anything was wrong.
    pub(super) fn finish(mut self, parts: Parts) -> Option<Service> {
        if self.sink.has_errors() {
            return None;
        }
        let ClientParts {
            client,
            send,
            set,
            error_shape,
        } = parts.client;
        let requests = parts.requests.into_iter().enumerate();
        let called = |(index, request): (usize, OpRequest)| self.called.contains(&(index as u32)).then_some(request);
        let mut service = Service {
            client,
            send,
            set,
            error_shape,
            enums: self.model.enums.clone(),
            unions: self.model.unions.clone(),
            views: Vec::new(),
            upstreams: self.model.upstreams.clone(),
            upstream_send: parts.upstream_send,
            ops: self.model.ops.clone(),
            requests: requests.map(called).collect(),
            routes: parts.routes,
            tests: parts.tests,
            externs: self.model.externs.clone(),
            functions: self.functions.clone(),
        };
        each_expr(&mut service, &mut |expr, written| mark(&mut self.demand, expr, written));
        let mut seen = HashSet::new();
        each_expr(&mut service, &mut |expr, _| {
            crate::ir::walk::all(expr, &mut |part| mention(&part.ty, &mut seen));
        });
        each_type(&mut service, &mut |ty| mention(ty, &mut seen));
        let views = self.demand.close(self.model, &seen);
        each_expr(&mut service, &mut |expr, _| settle(&views, expr));
        each_type(&mut service, &mut |ty| settle_type(&views, ty));
        service.views = views.views;
        super::test::given(&mut service);
        self.sparse_routes(&mut service).then_some(service)
    }
}

/// The nodes that a type mentions.
fn mention(ty: &Ty, seen: &mut HashSet<u32>) {
    match ty {
        Ty::View(node) => {
            seen.insert(node.0);
        }
        Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) | Ty::Maybe(inner) => mention(inner, seen),
        _ => {}
    }
}

/// Calls `f` with every expression, and whether it is written out as JSON.
fn each_expr(service: &mut Service, f: &mut dyn FnMut(&mut Expr, bool)) {
    let headers = service
        .send
        .iter_mut()
        .chain(&mut service.set)
        .chain(service.upstream_send.iter_mut().flatten());
    headers.for_each(|(_, value)| f(value, false));
    service
        .error_shape
        .iter_mut()
        .for_each(|record| each_of_record(record, f));
    for request in service.requests.iter_mut().flatten() {
        request
            .query
            .iter_mut()
            .chain(&mut request.header)
            .for_each(|(_, value)| f(value, false));
        request.idempotent.iter_mut().for_each(|(_, key)| f(key, false));
        request.body.iter_mut().for_each(|body| f(body, true));
        request.bytes.iter_mut().for_each(|bytes| f(bytes, false));
        for part in &mut request.path {
            if let PathPart::Value(value) = part {
                f(value, false);
            }
        }
    }
    for route in &mut service.routes {
        each_of_route(route, f);
    }
    for test in &mut service.tests {
        each_of_test(test, f);
    }
}

fn each_of_test(test: &mut Test, f: &mut dyn FnMut(&mut Expr, bool)) {
    for step in &mut test.steps {
        if let Step::Mock(mock) = step {
            mock.args.iter_mut().for_each(|(_, arg)| f(arg, false));
        }
    }
}

fn each_of_route(route: &mut Route, f: &mut dyn FnMut(&mut Expr, bool)) {
    route.when.iter_mut().for_each(|when| f(when, false));
    route.set.iter_mut().for_each(|(_, value)| f(value, false));
    for part in route
        .proxy
        .iter_mut()
        .filter_map(|proxy| proxy.target.as_mut())
        .flatten()
    {
        if let TargetPart::Value(value) = part {
            f(value, false);
        }
    }
    route.guards.iter_mut().for_each(|guard| f(&mut guard.condition, false));
    route.lets.iter_mut().for_each(|it| f(&mut it.value, false));
    for call in &mut route.calls {
        each_of_request(&mut call.request, f);
        match &mut call.how {
            How::One => {}
            How::Each(each) => {
                f(&mut each.keys, true);
                each.items.iter_mut().for_each(|items| f(items, true));
            }
            How::Race(rivals, _) => rivals.iter_mut().for_each(|rival| each_of_request(rival, f)),
        }
        call.undo
            .iter_mut()
            .for_each(|undo| each_of_request(&mut undo.request, f));
        call.when.iter_mut().for_each(|when| f(when, false));
        for arm in call.on.iter_mut().map(|(_, arm)| arm).chain(&mut call.or) {
            match arm {
                CallArm::Compute(expr) => f(expr, true),
                CallArm::Call(request, ..) => each_of_request(request, f),
                CallArm::Fail { body: Some(body), .. } => each_of_record(body, f),
                CallArm::Null | CallArm::Json(..) | CallArm::Fail { .. } => {}
            }
        }
    }
    for reply in &mut route.replies {
        reply.when.iter_mut().for_each(|when| f(when, false));
        reply.headers.iter_mut().for_each(|(_, value)| f(value, false));
        reply.body.iter_mut().for_each(|body| f(body, true));
    }
}

fn each_of_request(request: &mut Request, f: &mut dyn FnMut(&mut Expr, bool)) {
    request.args.iter_mut().flatten().for_each(|arg| f(arg, false));
    if let Some(batch) = &mut request.batch {
        each_of_request(&mut batch.request, f);
        batch.value.iter_mut().for_each(|value| f(value, true));
        f(&mut batch.by, true);
    }
    if let Some(collect) = &mut request.collect {
        each_of_request(&mut collect.next, f);
    }
    request.idempotent.iter_mut().for_each(|(_, key)| f(key, false));
}

fn each_of_record(record: &mut Record, f: &mut dyn FnMut(&mut Expr, bool)) {
    for entry in &mut record.entries {
        entry.bind.iter_mut().for_each(|(_, value)| f(value, false));
        entry.when.iter_mut().for_each(|when| f(when, false));
        f(&mut entry.value, true);
    }
}

/// Remembers the fields that something computes with. `written`: the value goes straight out.
fn mark(demand: &mut super::demand::Demand, expr: &mut Expr, written: bool) {
    match &mut expr.kind {
        ExprKind::Field { base, field } => {
            if let (false, Ty::View(view)) = (written, &base.ty) {
                demand.computes(Node(view.0), *field);
            }
            mark(demand, base, false);
        }
        ExprKind::Lift { base, body, .. } | ExprKind::Bind { base, body, .. } => {
            mark(demand, base, false);
            mark(demand, body, written);
        }
        ExprKind::Each { list, body, .. } | ExprKind::EachValue { map: list, body, .. } => {
            mark(demand, list, false);
            mark(demand, body, written);
        }
        ExprKind::Method {
            method: Method::Take | Method::Skip,
            base,
            args,
        } => {
            mark(demand, base, written);
            args.iter_mut().flatten().for_each(|arg| mark(demand, arg, false));
        }
        ExprKind::Record(record) => each_of_record(record, &mut |expr, written| mark(demand, expr, written)),
        ExprKind::List(items) => items.iter_mut().for_each(|item| mark(demand, item, written)),
        ExprKind::Fail { body: Some(body), .. } => {
            each_of_record(body, &mut |expr, written| mark(demand, expr, written))
        }
        _ => expr.each_child_mut(&mut |child| mark(demand, child, false)),
    }
}

/// Puts an expression in terms of views: fields by their place in the view, then the types.
fn settle(views: &Views, expr: &mut Expr) {
    if let ExprKind::Field { base, field } = &mut expr.kind
        && let Ty::View(node) = &base.ty
    {
        *field = views.position(node.0, *field);
    }
    settle_type(views, &mut expr.ty);
    expr.each_child_mut(&mut |child| settle(views, child));
}

fn settle_type(views: &Views, ty: &mut Ty) {
    match ty {
        Ty::View(node) => *node = views.view(node.0),
        Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) | Ty::Maybe(inner) => settle_type(views, inner),
        _ => {}
    }
}

fn each_type(service: &mut Service, f: &mut dyn FnMut(&mut Ty)) {
    for request in service.requests.iter_mut().flatten() {
        request.params.iter_mut().for_each(&mut *f);
    }
    for route in &mut service.routes {
        route.inputs.iter_mut().for_each(|input| f(&mut input.ty));
        route.turns.iter_mut().for_each(|turn| f(&mut turn.ty));
        for call in &mut route.calls {
            f(&mut call.ty);
            let arms = call.on.iter_mut().map(|(_, arm)| arm).chain(&mut call.or);
            let in_arms = arms.filter_map(|arm| match arm {
                CallArm::Call(request, _) => Some(request),
                _ => None,
            });
            for batch in std::iter::once(&mut call.request)
                .chain(in_arms)
                .filter_map(|it| it.batch.as_mut())
            {
                f(&mut batch.keys);
                f(&mut batch.answer);
            }
        }
    }
}
