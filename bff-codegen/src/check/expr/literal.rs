//! Literals: constants, numbers, durations, dates, text with values in it, lists, `fail`.

use super::super::Checker;
use super::super::types::T;
use super::super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::ExprKind;
use crate::model::types::{Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;

/// `true false null`
pub(super) fn constant(constant: ast::Const, span: Span) -> Value {
    match constant {
        ast::Const::True => Value::new(T::Scalar(Scalar::Boolean), span, ExprKind::Bool(true)),
        ast::Const::False => Value::new(T::Scalar(Scalar::Boolean), span, ExprKind::Bool(false)),
        ast::Const::Null => Value::new(T::Null, span, ExprKind::Null),
    }
}

impl Checker<'_> {
    /// A number, duration or date. A number with a point is `Decimal` unless `Float` is wanted.
    pub(super) fn scalar(&mut self, scalar: &ast::Scalar, want: Option<&Ty>) -> Value {
        use ast::ScalarKind as K;
        let span = scalar.span;
        let text = scalar.text.replace('_', "");
        let (ty, kind) = match scalar.kind {
            K::Number => return self.number(&text, span, wanted_scalar(want)),
            K::Duration => match duration(&text) {
                Some(millis) => (Scalar::Duration, ExprKind::Duration(millis)),
                None => return self.bad_literal(span, "this duration is too long"),
            },
            K::Date => match text.parse::<jiff::civil::Date>() {
                Ok(date) => (Scalar::Date, ExprKind::Text(date.to_string())),
                Err(_) => return self.bad_literal(span, &format!("`{text}` is not a day of the calendar")),
            },
            K::Size | K::Percent | K::Rate | K::StatusClass => {
                let what = match scalar.kind {
                    K::Size => "a size",
                    K::Percent => "a percentage",
                    K::Rate => "a rate",
                    _ => "a class of statuses",
                };
                self.sink.push(
                    Diagnostic::error("E0309", span, format!("{what} is not a value here"))
                        .help("write a plain number, or text in quotes"),
                );
                return Value::unknown(span);
            }
        };
        Value::new(T::Scalar(ty), span, kind)
    }

    fn number(&mut self, text: &str, span: Span, want: Option<Scalar>) -> Value {
        if !text.contains('.') {
            return match text.parse::<i64>() {
                Ok(number) => Value::new(T::Scalar(Scalar::Int), span, ExprKind::Int(number)),
                Err(_) if want == Some(Scalar::Decimal) => self.decimal(text, span),
                Err(_) => self.bad_literal(span, "an `Int` has 64 bits, this number is larger"),
            };
        }
        match want {
            Some(Scalar::Float) => Value::new(T::Scalar(Scalar::Float), span, ExprKind::Float(text.to_owned())),
            _ => self.decimal(text, span),
        }
    }

    fn decimal(&mut self, text: &str, span: Span) -> Value {
        match rust_decimal::Decimal::from_str_exact(text) {
            Ok(_) => Value::new(T::Scalar(Scalar::Decimal), span, ExprKind::Decimal(text.to_owned())),
            Err(_) => self.bad_literal(span, "a `Decimal` has 28 digits, this number has more"),
        }
    }

    pub(super) fn bad_literal(&mut self, span: Span, message: &str) -> Value {
        self.sink.push(Diagnostic::error("E0311", span, message));
        Value::unknown(span)
    }

    /// Text, with values in it.
    pub(super) fn template(&mut self, pieces: &[ast::StrPiece], span: Span) -> Value {
        if pieces.is_empty() {
            return Self::text_value("", span);
        }
        if let [ast::StrPiece::Text(text, _)] = pieces {
            return Self::text_value(text.clone(), span);
        }
        let mut parts = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match piece {
                ast::StrPiece::Text(text, at) => parts.push(Self::text_value(text.clone(), *at).expr),
                ast::StrPiece::Interp(inner) => parts.push(self.template_part(inner).expr),
            }
        }
        Value::new(T::Scalar(Scalar::String), span, ExprKind::Template(parts))
    }

    fn template_part(&mut self, inner: &ast::Expr) -> Value {
        let value = self.infer(inner, None);
        let span = value.expr.span;
        match &value.ty {
            T::Unknown => value,
            ty if ty.is_scalar() => value,
            T::Nullable(present, _) if present.is_scalar() => self.needs_value(&value, "text"),
            other => {
                let mut error = Diagnostic::error(
                    "E0302",
                    span,
                    format!("text takes single values, this is {}", self.describe(other)),
                );
                if let T::List(_) = other.present() {
                    error = error.help(format!("join the list: `{}.join(\", \")`", self.sources.text(span)));
                }
                self.sink.push(error);
                Value::unknown(span)
            }
        }
    }

    /// `[a, b]`
    pub(super) fn list(&mut self, items: &[ast::Expr], span: Span, want: Option<&Ty>) -> Value {
        let element = match want.map(present) {
            Some(Ty::List(element)) => Some(&**element),
            _ => None,
        };
        let values: Vec<Value> = items.iter().map(|item| self.infer(item, element)).collect();
        match self.join(values) {
            Ok((values, joined)) => {
                let exprs = values.into_iter().map(|value| value.expr).collect();
                Value::new(T::List(Box::new(joined)), span, ExprKind::List(exprs))
            }
            Err((a, b)) => {
                self.no_join(&a, &b, "the elements of a list");
                Value::unknown(span)
            }
        }
    }

    /// E0310: two values that have no type in common.
    pub(super) fn no_join(&mut self, a: &Value, b: &Value, what: &str) {
        let (left, right) = (self.describe(&a.ty), self.describe(&b.ty));
        self.sink.push(
            Diagnostic::error("E0310", b.expr.span, format!("{what} have no type in common"))
                .at(format!("this is {right}"))
                .because(a.expr.span, format!("this is {left}"))
                .help("make both the same type, e.g. text: `\"${…}\"`"),
        );
    }

    /// `fail 409 "code" { … }`
    pub(super) fn fail(
        &mut self,
        status: &ast::Expr,
        code: Option<&ast::Text>,
        body: Option<&ast::Shape>,
        span: Span,
    ) -> Value {
        if !self.env.may_fail {
            self.sink.push(
                Diagnostic::error("E0309", span, "`fail` ends a route, and there is none to end here")
                    .help("use it in a route: in an arm of a call, or where a value stands"),
            );
            return Value::unknown(span);
        }
        let Some(number) = self.fail_status(status) else {
            return Value::unknown(span);
        };
        let body = body.and_then(|shape| self.shape(shape, None).into_record(self));
        let code = code.map_or_else(|| default_code(number), |code| code.text.clone());
        let kind = ExprKind::Fail {
            status: number,
            code,
            body,
        };
        Value::new(T::Never, span, kind)
    }

    fn fail_status(&mut self, status: &ast::Expr) -> Option<u16> {
        let number = match &status.kind {
            ast::ExprKind::Scalar(scalar) => scalar.text.parse::<u16>().ok(),
            ast::ExprKind::Error => return None,
            _ => None,
        };
        match number {
            Some(number @ 400..=599) => Some(number),
            _ => {
                self.sink.push(
                    Diagnostic::error("E0408", status.span, "`fail` takes a status from 400 to 599")
                        .help("write e.g. `fail 404 \"no_such_order\"`"),
                );
                None
            }
        }
    }
}

impl Value {
    /// The record of a written shape; all of it goes out.
    fn into_record(self, cx: &mut Checker<'_>) -> Option<crate::ir::expr::Record> {
        cx.demand.whole(cx.model, &self.ty);
        match self.expr.kind {
            ExprKind::Record(record) => Some(record),
            _ => None,
        }
    }
}

/// A type without its `?`.
pub(super) fn present(ty: &Ty) -> &Ty {
    match ty {
        Ty::Nullable(inner) => inner,
        other => other,
    }
}

fn wanted_scalar(want: Option<&Ty>) -> Option<Scalar> {
    match want.map(present) {
        Some(Ty::Scalar(scalar)) => Some(*scalar),
        _ => None,
    }
}

/// Milliseconds of `400ms 2s 1.5m 24h 30d`.
pub(in crate::check) fn duration(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| c.is_ascii_alphabetic())?;
    let number: rust_decimal::Decimal = text[..digits].parse().ok()?;
    let unit = match &text[digits..] {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    let millis = number.checked_mul(unit.into())?;
    u64::try_from(millis.round())
        .ok()
        .filter(|millis| *millis <= 3_660 * 86_400_000)
}

/// The code of a status where none is written: its reason phrase in snake case.
pub(in crate::check) fn default_code(status: u16) -> String {
    match status {
        400 => "bad_request",
        401 => "unauthenticated",
        402 => "payment_required",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        406 => "not_acceptable",
        408 => "request_timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length_required",
        412 => "precondition_failed",
        413 => "payload_too_large",
        414 => "uri_too_long",
        415 => "unsupported_media_type",
        416 => "range_not_satisfiable",
        417 => "expectation_failed",
        418 => "im_a_teapot",
        421 => "misdirected_request",
        422 => "invalid",
        423 => "locked",
        424 => "failed_dependency",
        425 => "too_early",
        426 => "upgrade_required",
        428 => "precondition_required",
        429 => "rate_limited",
        431 => "request_header_fields_too_large",
        451 => "unavailable_for_legal_reasons",
        500 => "internal",
        501 => "not_implemented",
        502 => "bad_upstream",
        503 => "unavailable",
        504 => "upstream_timeout",
        505 => "http_version_not_supported",
        507 => "insufficient_storage",
        508 => "loop_detected",
        511 => "network_authentication_required",
        status => return format!("status_{status}"),
    }
    .to_owned()
}
