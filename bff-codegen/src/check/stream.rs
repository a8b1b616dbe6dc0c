//! Streams: a body that passes through is handed on or answered with, whole and once (E0420, E0421).

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind, Input, NameRef, Ty};
use crate::ir::service::{Call, CallArm, How, Request};
use crate::model::types::{self, Scalar};
use crate::source::Span;

/// A place that takes a stream.
#[derive(Clone, Copy)]
struct Use {
    name: NameRef,
    span: Span,
    /// The body of a `respond`: of several only one answers.
    answers: bool,
}

impl Checker<'_> {
    /// Reports streams of the route at hand that are used twice, never, or as a part of something.
    pub(super) fn streams(&mut self, route: &types::Route) {
        let mut uses = Vec::new();
        let mut misplaced = Vec::new();
        let mut may_be_null = Vec::new();
        for guard in &self.guards {
            inside(&guard.condition, &mut misplaced);
        }
        for made in &self.lets {
            inside(&made.value, &mut misplaced);
        }
        for call in &self.calls {
            call.when.iter().for_each(|when| inside(when, &mut misplaced));
            if self.repeats(call) {
                misplaced.push(call.name_span);
            }
            self.sent(&call.request, &mut uses, &mut misplaced);
            // When it is time to take back, what was sent has passed.
            let taken_back = call.undo.iter().flat_map(|undo| undo.request.args.iter().flatten());
            taken_back.for_each(|arg| inside(arg, &mut misplaced));
            for arm in call.on.iter().map(|(_, arm)| arm).chain(&call.or) {
                match arm {
                    CallArm::Call(request, ..) => self.sent(request, &mut uses, &mut misplaced),
                    CallArm::Compute(value) => inside(value, &mut misplaced),
                    CallArm::Fail { body: Some(body), .. } => {
                        body.entries
                            .iter()
                            .for_each(|entry| inside(&entry.value, &mut misplaced));
                    }
                    CallArm::Fail { body: None, .. } | CallArm::Null | CallArm::Json(..) => {}
                }
            }
        }
        for reply in &self.replies {
            reply.when.iter().for_each(|when| inside(when, &mut misplaced));
            // A header that is a stream has been reported as any other that is no single value.
            let headers = reply.headers.iter().filter(|(_, value)| !is_stream(&value.ty));
            headers.for_each(|(_, value)| inside(value, &mut misplaced));
            let Some(body) = &reply.body else { continue };
            match stream_name(body) {
                Some(_) if body.ty.is_nullable() => may_be_null.push(body.span),
                Some(name) => uses.push(Use {
                    name,
                    span: body.span,
                    answers: true,
                }),
                None => inside(body, &mut misplaced),
            }
        }
        misplaced.into_iter().for_each(|span| self.misplaced_stream(span));
        may_be_null.into_iter().for_each(|span| self.null_stream(span));
        self.used_once(&uses, route);
        self.kept(&uses, route);
    }

    /// E0421 where an answer would be kept that passes through, or a payload compared.
    fn kept(&mut self, uses: &[Use], route: &types::Route) {
        let Some(idempotency) = &route.idempotency else { return };
        let body = route
            .body
            .as_ref()
            .filter(|body| body.ty == types::Ty::Scalar(Scalar::Stream));
        let answer = uses.iter().find(|it| it.answers);
        let (span, what) = match (body, answer) {
            (Some(body), _) => (
                body.ty_span,
                "compares payloads, and nothing of a stream is kept to compare",
            ),
            (None, Some(answer)) => (answer.span, "keeps its answers, and nothing of a stream is kept"),
            (None, None) => return,
        };
        let found = Diagnostic::error("E0421", span, format!("a route with `idempotency` {what}"))
            .because(idempotency.span, "this key")
            .help("leave `idempotency` out and give the operation a key: `{ idempotent: … }`");
        self.sink.push(found);
    }

    /// The streams that a request takes: arguments for a parameter that is one.
    fn sent(&self, request: &Request, uses: &mut Vec<Use>, misplaced: &mut Vec<Span>) {
        let params = &self.model.ops[request.op.0 as usize].params;
        for (param, arg) in params.iter().zip(&request.args) {
            let Some(arg) = arg else { continue };
            match stream_name(arg) {
                Some(name) if param.ty == types::Ty::Scalar(Scalar::Stream) => {
                    uses.push(Use {
                        name,
                        span: arg.span,
                        answers: false,
                    });
                }
                _ => inside(arg, misplaced),
            }
        }
    }

    /// Whether a call may make several requests, one of which has a stream in it.
    fn repeats(&self, call: &Call) -> bool {
        let arms = call.on.iter().map(|(_, arm)| arm).chain(&call.or);
        let in_arms = arms.filter_map(|arm| match arm {
            CallArm::Call(request, ..) => Some(request),
            _ => None,
        });
        let (racers, several): (&[Request], bool) = match &call.how {
            How::One => (&[], false),
            How::Race(others, _) => (others, true),
            How::Each(_) => (&[], true),
        };
        let requests = std::iter::once(&call.request).chain(racers).chain(in_arms);
        let has_stream = |request: &Request| {
            let op = &self.model.ops[request.op.0 as usize];
            let is_stream = |ty: &types::Ty| *ty == types::Ty::Scalar(Scalar::Stream);
            op.result.as_ref().is_some_and(is_stream) || op.params.iter().any(|param| is_stream(&param.ty))
        };
        let mut streams = requests.filter(|request| has_stream(request));
        streams.any(|request| several || request.hedge.is_some() || request.collect.is_some())
    }

    /// What an operation sends is a stream whole, or has none in it.
    pub(super) fn stream_body(&mut self, body: Option<&Expr>) {
        let mut misplaced = Vec::new();
        if let Some(body) = body.filter(|body| stream_name(body).is_none() && !is_stream(&body.ty)) {
            inside(body, &mut misplaced);
        }
        misplaced.into_iter().for_each(|span| self.misplaced_stream(span));
    }

    fn misplaced_stream(&mut self, span: Span) {
        let found = Diagnostic::error(
            "E0421",
            span,
            "a stream is a whole body and cannot be a part of anything",
        )
        .help("answer with it, `respond data`, or hand it on to a parameter that is a stream, `files.put(data: body)`");
        self.sink.push(found);
    }

    fn null_stream(&mut self, span: Span) {
        let name = self.sources.text(span).to_owned();
        let found = Diagnostic::error("E0301", span, format!("`{name}` may be null here")).help(format!(
            "answer with it only where it is there: `respond {name} when {name} != null`, then another `respond`"
        ));
        self.sink.push(found);
    }

    fn used_once(&mut self, uses: &[Use], route: &types::Route) {
        for (at, second) in uses.iter().enumerate() {
            let same = |first: &&Use| first.name == second.name && !(first.answers && second.answers);
            if let Some(first) = uses[..at].iter().find(same) {
                let text = format!("the stream `{}` is used twice", self.sources.text(second.span));
                let found = Diagnostic::error("E0420", second.span, text)
                    .because(first.span, "here it has passed through, nothing is kept of it")
                    .help("keep one of the two");
                self.sink.push(found);
            }
        }
        let taken = uses.iter().any(|it| it.name == NameRef::Input(Input::Body));
        let Some(body) = route
            .body
            .as_ref()
            .filter(|body| body.ty == types::Ty::Scalar(Scalar::Stream))
        else {
            return;
        };
        if !taken && route.proxy.is_none() && !self.sink.has_errors() {
            let found = Diagnostic::error("E0420", body.ty_span, "nothing takes this stream")
                .help("hand it on, e.g. `call ref = files.put(data: body)`, or leave `body` out");
            self.sink.push(found);
        }
    }
}

fn is_stream(ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_stream(inner),
        ty => *ty == Ty::Scalar(Scalar::Stream),
    }
}

/// The name of a stream, if the expression is one and nothing else.
fn stream_name(expr: &Expr) -> Option<NameRef> {
    match &expr.kind {
        ExprKind::Name(name @ (NameRef::Call(_) | NameRef::Input(_))) if is_stream(&expr.ty) => Some(*name),
        ExprKind::Known { value, .. } if is_stream(&expr.ty) => stream_name(value),
        ExprKind::Convert(inner) if is_stream(&expr.ty) => stream_name(inner),
        _ => None,
    }
}

/// The streams in an expression that takes none. Whether one is there may be asked.
fn inside(expr: &Expr, misplaced: &mut Vec<Span>) {
    match &expr.kind {
        ExprKind::IsNull(value) if stream_name(value).is_some() => {}
        // Reported where it is made.
        ExprKind::Name(NameRef::Let(_)) => {}
        _ if is_stream(&expr.ty) => misplaced.push(expr.span),
        _ => crate::ir::walk::parts(expr, &mut |part| inside(part, misplaced)),
    }
}
