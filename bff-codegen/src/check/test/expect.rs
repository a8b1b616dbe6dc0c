//! `expect`: statuses and fields that the route can give (E0704, E0705). Only what is certain is an error here; the rest is
//! found out by running the test.

use super::super::Checker;
use super::super::demand::Node;
use super::Testing;
use super::json::{Json, JsonKind};
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::{Expr, ExprKind, Ty as IrTy};
use crate::ir::service::{CallArm, Refuse, Route};
use crate::ir::test::Step;
use crate::ir::walk;
use crate::model::types::{Model, RecordId, Ty};
use crate::source::Span;
use crate::syntax::ast;
use std::collections::BTreeSet;

/// Statuses that the gateway itself may answer with, whatever the route says.
const OWN: [u16; 16] = [
    304, 400, 401, 403, 404, 405, 406, 408, 409, 413, 414, 415, 422, 429, 431, 500,
];

/// What a part of an answer is made from.
#[derive(Clone, Copy)]
enum Given<'a> {
    Written(&'a Expr),
    Declared(&'a Ty),
    Record(RecordId),
}

/// A field of an answer: its key, and what its value is made from if that can be told.
type Told<'a> = (&'a str, Option<Given<'a>>);

impl Checker<'_> {
    pub(super) fn test_expect(&mut self, step: &ast::Step, testing: &Testing<'_>) -> Option<Step> {
        let (ast::Step::ExpectStatus { span, .. }
        | ast::Step::ExpectHeader { span, .. }
        | ast::Step::ExpectCalls { span, .. }) = step
        else {
            return None;
        };
        if !testing.sent {
            let found = Diagnostic::error("E0707", *span, "nothing has been sent yet that could be answered");
            self.sink
                .push(found.help("put the `send` above what is expected of it"));
        }
        match step {
            ast::Step::ExpectStatus { status, body, span } => self.expect_status(status, body.as_ref(), *span, testing),
            ast::Step::ExpectHeader { name, value, span } => {
                let value = match &value.kind {
                    ast::ExprKind::Const(ast::Const::Null) => None,
                    _ => Some(self.header_text(value)?),
                };
                Some(Step::Header {
                    name: name.text.to_ascii_lowercase(),
                    value,
                    span: *span,
                })
            }
            ast::Step::ExpectCalls {
                upstream,
                op,
                count,
                span,
            } => {
                let id = self.test_operation(upstream, op)?;
                let count = count.text.replace('_', "").parse().unwrap_or(u64::MAX);
                if count > 0 {
                    self.can_be_called(id, op, testing);
                }
                Some(Step::Calls {
                    op: id,
                    count,
                    span: *span,
                })
            }
            _ => None,
        }
    }

    fn expect_status(
        &mut self,
        status: &ast::Scalar,
        body: Option<&ast::Expr>,
        span: Span,
        testing: &Testing<'_>,
    ) -> Option<Step> {
        let want = body.map(|body| self.test_json(body, true));
        let Some(number @ 200..=599) = status.text.parse::<u16>().ok() else {
            let found = Diagnostic::error(
                "E0704",
                status.span,
                format!("`{}` is no status of an answer", status.text),
            );
            self.sink.push(found.help("e.g. `expect 200 { … }`"));
            return None;
        };
        let routes: Vec<&Route> = testing.latest.iter().map(|at| &testing.routes[*at]).collect();
        if !routes.is_empty() && !routes.iter().any(|route| may_answer(route, number)) {
            self.never_answers(status, &routes);
        } else if let Some(want) = &want
            && number < 400
            && !routes.is_empty()
        {
            let replies = routes
                .iter()
                .flat_map(|route| &route.replies)
                .filter(|reply| reply.status == number);
            let bodies: Vec<Option<&Expr>> = replies.map(|reply| reply.body.as_ref()).collect();
            let given: Option<Vec<Given<'_>>> = bodies.into_iter().map(|body| body.map(Given::Written)).collect();
            if let Some(given) = given {
                self.can_be(want, &given);
            }
        }
        Some(Step::Status {
            status: number,
            body: want.map(|want| want.want()),
            span,
        })
    }

    fn never_answers(&mut self, status: &ast::Scalar, routes: &[&Route]) {
        let route = routes[0];
        let text = format!("`{} {}` never answers {}", route.method, route.path.text, status.text);
        let mut found = Diagnostic::error("E0704", status.span, text);
        let first = route.replies.first();
        if let Some(reply) = first {
            found = found.because(reply.span, format!("it answers {} here", reply.status));
        }
        let mut statuses: BTreeSet<u16> = route.replies.iter().map(|reply| reply.status).collect();
        statuses.extend(refusals(route));
        let statuses: Vec<String> = statuses.iter().map(u16::to_string).collect();
        let list = suggest::list(statuses.iter().map(String::as_str));
        self.sink.push(found.help(format!(
            "the route names {list}; 502, 503 and 504 stand for failed upstreams"
        )));
    }

    /// E0705 at a field that no answer can have.
    fn can_be(&mut self, want: &Json, given: &[Given<'_>]) {
        match &want.kind {
            JsonKind::List(items, _) => {
                let inner: Option<Vec<_>> = given.iter().map(|it| self.element(*it)).collect();
                if let Some(inner) = inner {
                    items.iter().for_each(|item| self.can_be(item, &inner));
                }
            }
            JsonKind::Object(members, _) => {
                let fields: Option<Vec<_>> = given.iter().map(|it| self.fields_of(*it, self.model)).collect();
                let Some(fields) = fields.filter(|all| !all.is_empty()) else {
                    return;
                };
                for member in members {
                    let named = fields.iter().flatten().filter(|(name, _)| *name == member.key);
                    let inner: Vec<Option<Given<'_>>> = named.map(|(_, given)| *given).collect();
                    if inner.is_empty() {
                        self.never_has(&member.key, member.span, given, &fields);
                    } else if let Some(inner) = inner.into_iter().collect::<Option<Vec<_>>>() {
                        self.can_be(&member.value, &inner);
                    }
                }
            }
            _ => {}
        }
    }

    fn never_has(&mut self, key: &str, span: Span, given: &[Given<'_>], fields: &[Vec<Told<'_>>]) {
        let names: BTreeSet<&str> = fields.iter().flatten().map(|(name, _)| *name).collect();
        let mut found = Diagnostic::error("E0705", span, format!("the answer never has a field `{key}`"));
        if let Some(Given::Written(expr)) = given.first() {
            found = found.because(expr.span, "it is written here");
        }
        found = match suggest::closest(key, names.iter().copied()) {
            Some(near) => found.help(format!("did you mean `{near}`?")).fix(span, near),
            None => found.help(format!("fields here: {}", suggest::list(names))),
        };
        self.sink.push(found);
    }

    /// The elements of a list; none if that cannot be told.
    fn element<'e>(&self, given: Given<'e>) -> Option<Given<'e>> {
        match given {
            Given::Declared(Ty::Nullable(inner)) => self.element(Given::Declared(inner)),
            Given::Declared(Ty::List(inner)) => Some(Given::Declared(inner)),
            Given::Declared(_) | Given::Record(_) => None,
            Given::Written(expr) => match (&plain(expr).kind, present(&plain(expr).ty)) {
                (
                    ExprKind::Each {
                        body, flatten: false, ..
                    },
                    _,
                ) => Some(Given::Written(body)),
                (_, IrTy::List(inner)) => self.record_of(inner),
                _ => None,
            },
        }
    }

    /// The fields of an object; none if that cannot be told.
    fn fields_of<'e>(&self, given: Given<'e>, model: &'e Model) -> Option<Vec<Told<'e>>> {
        match given {
            Given::Declared(Ty::Nullable(inner)) => self.fields_of(Given::Declared(inner), model),
            Given::Declared(Ty::Record(id)) => self.fields_of(Given::Record(*id), model),
            Given::Declared(_) => None,
            Given::Record(id) => {
                let fields = &model.records[id.0 as usize].fields;
                Some(
                    fields
                        .iter()
                        .map(|it| (it.name.as_str(), Some(Given::Declared(&it.ty))))
                        .collect(),
                )
            }
            Given::Written(expr) => match (&plain(expr).kind, &plain(expr).ty) {
                (ExprKind::Record(record), _) => {
                    let entries = record.entries.iter();
                    Some(
                        entries
                            .map(|it| (it.key.as_str(), Some(Given::Written(&it.value))))
                            .collect(),
                    )
                }
                (_, ty) => self.fields_of(self.record_of(ty)?, model),
            },
        }
    }

    /// The record that a value is read from.
    fn record_of<'e>(&self, ty: &IrTy) -> Option<Given<'e>> {
        match present(ty) {
            IrTy::View(view) => Some(Given::Record(self.demand.record(Node(view.0)))),
            _ => None,
        }
    }
}

fn present(ty: &IrTy) -> &IrTy {
    match ty {
        IrTy::Nullable(inner) => inner,
        ty => ty,
    }
}

/// Whether a route can answer with a status.
fn may_answer(route: &Route, status: u16) -> bool {
    OWN.contains(&status)
        || (502..=504).contains(&status)
        || route.replies.iter().any(|reply| reply.status == status)
        || refusals(route).contains(&status)
}

/// The statuses that a route refuses with by its own words.
fn refusals(route: &Route) -> BTreeSet<u16> {
    let mut statuses = BTreeSet::new();
    walk::route(route, &mut |expr| {
        if let ExprKind::Fail { status, .. } = expr.kind {
            statuses.insert(status);
        }
    });
    for call in &route.calls {
        for arm in call.on.iter().map(|(_, arm)| arm).chain(&call.or) {
            if let CallArm::Fail { status, .. } = arm {
                statuses.insert(*status);
            }
        }
    }
    statuses.extend(route.guards.iter().map(|guard| match guard.refuse {
        Refuse::Check(_) => 422,
        Refuse::Allow(status) => status,
    }));
    statuses
}

/// What is written in the end, past lifts and names for it.
fn plain(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Lift { body, .. } | ExprKind::Bind { body, .. } => plain(body),
        ExprKind::Known { value: inner, .. } | ExprKind::Convert(inner) => plain(inner),
        _ => expr,
    }
}
