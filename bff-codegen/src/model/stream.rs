//! Streams in declarations: a whole body, never a part of one.

use super::resolve::Resolver;
use super::types::{Field, ParamPlace, Scalar, Ty};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

impl Resolver<'_> {
    /// E0421 for a stream inside of something: it is a whole body and no part of one.
    pub(super) fn is_lone_stream(&mut self, ty: &Ty, span: Span, inside: &str) -> bool {
        let is_stream = matches!(ty, Ty::Scalar(Scalar::Stream));
        if is_stream {
            let found = Diagnostic::error("E0421", span, format!("a stream cannot be in {inside}"));
            self.sink.push(found.help(
                "a stream is a whole body: `body: Stream(..5MB)` of a route, a parameter or the answer of an operation",
            ));
        }
        is_stream
    }

    /// The same for the fields of a type.
    pub(super) fn no_streams(&mut self, fields: &mut [Field], of: &str) {
        for field in fields {
            if self.is_lone_stream(&field.ty, field.ty_span, &format!("`{of}`")) {
                field.ty = Ty::Unknown;
            }
        }
    }

    /// E0425 for a stream that is not the whole body of its request.
    pub(super) fn check_stream(&mut self, param: &Field, method: &str, params: &[Field], binding: &[ParamPlace]) {
        let placed = || params.iter().zip(binding);
        let beside = placed().find(|(other, place)| other.name != param.name && **place == ParamPlace::BodyField);
        let other_stream = params
            .iter()
            .find(|other| other.name != param.name && is_stream(&other.ty));
        let found = if matches!(method, "GET" | "HEAD" | "DELETE") {
            let text = format!("a {method} request has no body, and a stream is one");
            Diagnostic::error("E0425", param.ty_span, text)
                .help("an operation that takes a stream sends `POST`, `PUT` or `PATCH`")
        } else if param.optional {
            let text = format!("the stream `{}` is the body, which is always sent", param.name);
            let form = format!("`{}: Stream`, without `?`", param.name);
            Diagnostic::error("E0425", param.span, text).help(form)
        } else if let Some(other) = other_stream.filter(|other| other.span.start < param.span.start) {
            Diagnostic::error("E0425", param.span, "a request has one body, this is the second stream")
                .because(other.span, "the first")
                .help("make two operations of it")
        } else if let Some((other, _)) = beside.filter(|(other, _)| !is_stream(&other.ty)) {
            let text = format!(
                "`{}` has no place: the stream `{}` is the whole body",
                other.name, param.name
            );
            let form = format!(
                "send it in the path, or say where: `{{ query: {{ {0}: {0} }} }}`",
                other.name
            );
            Diagnostic::error("E0425", other.span, text)
                .because(param.span, "this one")
                .help(form)
        } else {
            return;
        };
        self.sink.push(found);
    }
}

/// Whether a type is a stream.
pub(super) fn is_stream(ty: &Ty) -> bool {
    matches!(ty, Ty::Scalar(Scalar::Stream))
}
