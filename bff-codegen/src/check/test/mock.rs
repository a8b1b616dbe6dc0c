//! `mock`: an operation that the routes under test call (E0703), and an answer that fits what they read of it (E0701).

use super::super::Checker;
use super::Testing;
use super::fits::{About, Wanted};
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::Expr;
use crate::ir::test::{Mock, Reply, Step};
use crate::model::types::{OpId, Scalar, Ty};
use crate::syntax::ast;

/// How a call can fail without an answer.
const KINDS: [&str; 6] = ["connect", "timeout", "deadline", "open", "overload", "decode"];

impl Checker<'_> {
    pub(super) fn test_mock(&mut self, step: &ast::Step, testing: &Testing<'_>) -> Option<Step> {
        let ast::Step::Mock {
            upstream,
            op,
            args,
            reply,
            after,
            span,
        } = step
        else {
            return None;
        };
        let id = self.test_operation(upstream, op)?;
        self.can_be_called(id, op, testing);
        let declared = &self.model.ops[id.0 as usize];
        let streams = |ty: &Ty| matches!(ty, Ty::Scalar(Scalar::Stream));
        if declared.result.as_ref().is_some_and(streams) || declared.params.iter().any(|param| streams(&param.ty)) {
            self.unsupported(op.span, "a mock of an operation that takes or gives a stream");
            return None;
        }
        let args = args.as_ref().map_or_else(Vec::new, |args| self.mock_args(id, args));
        let reply = self.mock_reply(id, reply, testing)?;
        Some(Step::Mock(Mock {
            op: id,
            args,
            given: None,
            reply,
            after: self.delay(after.as_ref()),
            span: *span,
        }))
    }

    /// The operation that a mock or an expectation names.
    pub(super) fn test_operation(&mut self, upstream: &ast::Name, op: &ast::Name) -> Option<OpId> {
        let args = ast::Args {
            list: Vec::new(),
            span: op.span,
        };
        self.operation(&ast::Invoke {
            upstream: upstream.clone(),
            op: op.clone(),
            args,
            block: None,
            span: upstream.span.to(op.span),
        })
    }

    /// E0703 if no route under test calls the operation.
    pub(super) fn can_be_called(&mut self, op: OpId, name: &ast::Name, testing: &Testing<'_>) {
        if testing.broken || testing.calls().iter().any(|(called, _)| *called == op) {
            return;
        }
        let full = |id: OpId| {
            let op = &self.model.ops[id.0 as usize];
            format!("{}.{}", self.model.upstreams[op.upstream.0 as usize].name, op.name)
        };
        let mut called: Vec<String> = testing.calls().iter().map(|(id, _)| full(*id)).collect();
        called.sort();
        called.dedup();
        let route = testing.reached.first().map(|at| &testing.routes[*at]);
        let what = route.map_or_else(
            || "no `send` of this test reaches a route".to_owned(),
            |route| format!("`{} {}` makes no call of `{}`", route.method, route.path.text, full(op)),
        );
        let mut found = Diagnostic::error("E0703", name.span, what);
        if let Some(route) = route {
            found = found.because(route.span, "the route under test");
        }
        self.sink.push(match called.is_empty() {
            true => found.help("remove the line"),
            false => found.help(format!("it calls {}", suggest::list(called.iter().map(String::as_str)))),
        });
    }

    /// The arguments that a mock answers to.
    fn mock_args(&mut self, op: OpId, args: &ast::Args) -> Vec<(usize, Expr)> {
        let declared = &self.model.ops[op.0 as usize];
        let outer = std::mem::take(&mut self.env);
        self.env.closed = Some("a test");
        let mut given: Vec<(usize, Expr)> = Vec::new();
        for arg in &args.list {
            let Some(index) = self.parameter(declared.into(), arg) else {
                continue;
            };
            if given.iter().any(|(other, _)| *other == index) {
                let text = format!("`{}` is given twice", declared.params[index].name);
                self.sink.push(Diagnostic::error("E0312", arg.value.span, text));
                continue;
            }
            if !is_comparable(&declared.params[index].ty) {
                self.unsupported(arg.value.span, "a record as the argument of a mock");
                continue;
            }
            let value = self.argument(declared.into(), &declared.params[index], arg);
            if super::super::constant::json(self, &value).is_none() {
                let text = format!("{} is not a constant", self.short(arg.value.span));
                self.sink
                    .push(Diagnostic::error("E0706", arg.value.span, text).help("write the value itself"));
                continue;
            }
            given.push((index, value));
        }
        self.env = outer;
        given
    }

    fn mock_reply(&mut self, op: OpId, reply: &ast::Expr, testing: &Testing<'_>) -> Option<Reply> {
        if let ast::ExprKind::Fail { status, code, body } = &reply.kind {
            return self.mock_failure(status, code.as_ref(), body.as_deref());
        }
        let declared = &self.model.ops[op.0 as usize];
        let json = self.test_json(reply, false);
        let what = "mocked reply";
        match &declared.result {
            Some(ty) => {
                let read = Wanted::Read(self.read_of(op, testing));
                let about = About { code: "E0701", what };
                self.test_fits(&json, ty, &read, about);
            }
            None if matches!(json.kind, super::json::JsonKind::Null | super::json::JsonKind::Unknown) => {}
            None => {
                let text = format!("{what} is never read: the operation declares no answer");
                let found = Diagnostic::error("E0701", json.span, text).because(declared.span, "declared here");
                self.sink.push(found.help("write `null`").fix(json.span, "null"));
            }
        }
        Some(Reply::Json(json.text()))
    }

    /// `fail 404 { … }`, `fail timeout`.
    fn mock_failure(
        &mut self,
        status: &ast::Expr,
        code: Option<&ast::Text>,
        body: Option<&ast::Shape>,
    ) -> Option<Reply> {
        if let Some(code) = code {
            let found = Diagnostic::error(
                "E0710",
                code.span,
                "an upstream fails with a status and a body, not a code",
            );
            self.sink.push(found.help("`fail 409 { code: \"…\" }`"));
        }
        let body = body.map(|shape| {
            let span = shape.span;
            let kind = ast::ExprKind::Shape(shape.clone());
            self.test_json(&ast::Expr { span, kind }, false)
        });
        match &status.kind {
            ast::ExprKind::Name(word) if KINDS.contains(&word.as_str()) => {
                if let Some(body) = body {
                    let found = Diagnostic::error("E0710", body.span, format!("a failure by `{word}` has no answer"));
                    self.sink
                        .push(found.help(format!("`fail {word}`, or a status: `fail 503 {{ … }}`")));
                }
                Some(Reply::Fail(word.clone()))
            }
            ast::ExprKind::Scalar(scalar) => match scalar.text.parse::<u16>() {
                Ok(number @ 300..=599) => Some(Reply::Status(number, body.map(|it| it.text()))),
                _ => {
                    let found =
                        Diagnostic::error("E0710", status.span, "an upstream fails with a status from 300 to 599");
                    self.sink
                        .push(found.help("a success is written as its answer: `=> { … }`"));
                    None
                }
            },
            ast::ExprKind::Error => None,
            _ => {
                let text = format!("there is no failure called {}", self.short(status.span));
                let mut found = Diagnostic::error("E0710", status.span, text);
                let word = self.sources.text(status.span);
                found = match suggest::closest(word, KINDS) {
                    Some(near) => found
                        .help(format!("did you mean `fail {near}`?"))
                        .fix(status.span, near),
                    None => found.help(format!("a status, e.g. `fail 404`, or one of {}", suggest::list(KINDS))),
                };
                self.sink.push(found);
                None
            }
        }
    }

    /// Milliseconds of `after 200ms`.
    fn delay(&mut self, after: Option<&ast::Scalar>) -> u64 {
        let Some(after) = after else { return 0 };
        let millis = match after.kind {
            ast::ScalarKind::Duration => crate::settings::value::duration(&after.text.replace('_', "")),
            _ => None,
        };
        millis.unwrap_or_else(|| {
            let found = Diagnostic::error("E0711", after.span, "`after` takes a duration");
            self.sink
                .push(found.help("e.g. `after 200ms`; the clock of a test takes no real time"));
            0
        })
    }
}

/// Whether a parameter can be compared with a constant: it has no records.
fn is_comparable(ty: &Ty) -> bool {
    match ty {
        Ty::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::Bytes | Scalar::Stream),
        Ty::Enum(_) | Ty::Unknown => true,
        Ty::List(inner) | Ty::Nullable(inner) => is_comparable(inner),
        Ty::Record(_) | Ty::Union(_) | Ty::Map(..) => false,
    }
}
