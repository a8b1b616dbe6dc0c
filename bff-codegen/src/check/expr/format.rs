//! `format` of dates and instants, `money` of amounts: patterns are cut here, locales are those of the client.

use super::super::Checker;
use super::super::fits::fits;
use super::super::types::T;
use super::super::value::Value;
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::{Expr, ExprKind, Method};
use crate::model::locale::{self, Piece};
use crate::model::types::{Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;

/// What is given with `format` or `money`.
pub(super) struct Given<'c> {
    pattern: Option<&'c ast::Expr>,
    locale: Value,
    zone: Option<Value>,
}

impl Checker<'_> {
    /// The arguments of `format` or `money`; none if something is wrong with them.
    pub(super) fn format_args<'c>(&mut self, method: Method, key: &ast::Key, args: &'c ast::Args) -> Option<Given<'c>> {
        let params: &[&str] = match method {
            Method::Format => &["pattern", "locale", "tz"],
            _ => &["locale"],
        };
        let mut given: Vec<Option<&'c ast::Arg>> = vec![None; params.len()];
        for (at, arg) in args.list.iter().enumerate() {
            let index = match &arg.name {
                Some(name) => params.iter().position(|param| *param == name.text),
                None => Some(at).filter(|at| *at < params.len()),
            };
            match index {
                Some(index) if given[index].is_none() && arg.order.is_none() => given[index] = Some(arg),
                _ => {
                    let error =
                        Diagnostic::error("E0312", arg.value.span, format!("`{}` does not take this", key.text));
                    self.sink
                        .push(error.help(format!("it takes {}", suggest::list(params.iter().copied()))));
                    return None;
                }
            }
        }
        let of = |name: &str| {
            let at = params.iter().position(|param| *param == name)?;
            given[at].map(|arg| &arg.value)
        };
        if method == Method::Format && of("pattern").is_none() {
            let error = Diagnostic::error("E0312", args.span, "`format` needs its pattern");
            self.sink.push(error.help("write e.g. `format(\"d MMM yyyy\")`"));
            return None;
        }
        let locale = self.locale_arg(of("locale"), key)?;
        let zone = match of("tz") {
            Some(zone) => {
                let zone = self.infer(zone, Some(&Ty::Scalar(Scalar::Zone)));
                Some(self.zone_arg(zone)?)
            }
            None => None,
        };
        let pattern = of("pattern");
        Some(Given { pattern, locale, zone })
    }

    /// The locale that is written, or the client's first. A file without a client leaves that to those that import it.
    fn locale_arg(&mut self, written: Option<&ast::Expr>, key: &ast::Key) -> Option<Value> {
        let declared: Vec<String> = match &self.model.client {
            Some(client) => client.locales.iter().map(|(tag, _)| tag.clone()).collect(),
            None => vec!["en".to_owned()],
        };
        let Some(first) = declared.first() else {
            self.sink.push(
                Diagnostic::error(
                    "E0321",
                    key.span,
                    format!(
                        "`{}` writes in the words of a locale, and the client has none",
                        key.text
                    ),
                )
                .help("declare those that are wanted: `locales: [\"en\"]` in the client"),
            );
            return None;
        };
        let Some(written) = written else {
            let kind = ExprKind::Text(first.clone());
            return Some(Value::new(T::Scalar(Scalar::Locale), key.span, kind));
        };
        let value = self.infer(written, Some(&Ty::Scalar(Scalar::Locale)));
        let locale = self.expect(
            value,
            &T::Scalar(Scalar::Locale),
            &format!("`locale` of `{}`", key.text),
        );
        if locale.ty.is_unknown() {
            return None;
        }
        if let ExprKind::Text(tag) = &locale.expr.kind
            && self.model.client.is_some()
            && !declared.contains(tag)
        {
            self.sink.push(
                Diagnostic::error("E0321", written.span, format!("`{tag}` is no locale of this client")).help(format!(
                    "add it to `locales`, or take one of them: {}",
                    suggest::list(declared.iter().map(String::as_str))
                )),
            );
            return None;
        }
        Some(locale)
    }

    fn zone_arg(&mut self, zone: Value) -> Option<Value> {
        if let ExprKind::Text(name) = &zone.expr.kind
            && !crate::model::zone::is_zone(name)
        {
            let error = Diagnostic::error("E0321", zone.expr.span, format!("no time zone is called `{name}`"));
            self.sink
                .push(error.help("names are those of the IANA database: `Europe/Berlin`, `America/New_York`, `UTC`"));
            return None;
        }
        let zone = self.expect(zone, &T::Scalar(Scalar::Zone), "`tz` of `format`");
        (!zone.ty.is_unknown()).then_some(zone)
    }

    /// `format` or `money` of a value that is there.
    pub(super) fn formatted(
        &mut self,
        method: Method,
        key: &ast::Key,
        given: &Given<'_>,
        base: Value,
        span: Span,
    ) -> Value {
        if base.ty.is_unknown() {
            return Value::unknown(span);
        }
        match (method, &base.ty) {
            (Method::Money, _) => self.money(key, given, base, span),
            (_, T::Scalar(Scalar::Date)) => self.format(given, base, false, span),
            (_, T::Scalar(Scalar::DateTime)) => self.format(given, base, true, span),
            _ => {
                let what = self.describe(&base.ty);
                let mut error = Diagnostic::error(
                    "E0308",
                    key.span,
                    format!("`format` works on a `Date` or `DateTime`, this is {what}"),
                )
                .because(base.expr.span, format!("this is {what}"));
                if let T::List(_) = base.ty {
                    error = error.help(format!(
                        "apply it to each element: `{}[].format(…)`",
                        self.sources.text(base.expr.span)
                    ));
                }
                self.sink.push(error);
                Value::unknown(span)
            }
        }
    }

    fn format(&mut self, given: &Given<'_>, base: Value, time: bool, span: Span) -> Value {
        let Some(pieces) = given.pattern.and_then(|pattern| self.pattern_pieces(pattern, time)) else {
            return Value::unknown(span);
        };
        if let (Some(zone), false) = (&given.zone, time) {
            self.sink.push(
                Diagnostic::error("E0320", zone.expr.span, "a `Date` is the same in every time zone")
                    .help("leave out `tz`"),
            );
            return Value::unknown(span);
        }
        let kind = ExprKind::Format {
            value: Box::new(base.expr),
            pieces,
            locale: Box::new(given.locale.expr.clone()),
            zone: given.zone.as_ref().map(|zone| Box::new(zone.expr.clone())),
        };
        Value::new(T::Scalar(Scalar::String), span, kind)
    }

    /// The pieces of a pattern, which is written where it is used.
    fn pattern_pieces(&mut self, pattern: &ast::Expr, time: bool) -> Option<Vec<Piece>> {
        let Some(text) = crate::settings::value::plain_text(pattern) else {
            let error = Diagnostic::error("E0320", pattern.span, "a date pattern is text without `${}`");
            self.sink
                .push(error.help("it is checked when the service is built: write e.g. `\"d MMM yyyy\"`"));
            return None;
        };
        match locale::pattern(&text, time) {
            Ok(pieces) => Some(pieces),
            Err(mistake) => {
                let source = self.sources.text(pattern.span);
                // Behind the quote; a text with escapes is pointed at as a whole.
                let span = if source.len() == text.len() + 2 {
                    let start = pattern.span.start + 1;
                    Span {
                        start: start + mistake.at.start as u32,
                        end: start + mistake.at.end as u32,
                        ..pattern.span
                    }
                } else {
                    pattern.span
                };
                let error = Diagnostic::error("E0320", span, mistake.message);
                self.sink.push(match mistake.help {
                    Some(help) => error.help(help),
                    None => error,
                });
                None
            }
        }
    }

    /// `money` of a record with an `amount` and a `currency`.
    fn money(&mut self, key: &ast::Key, given: &Given<'_>, base: Value, span: Span) -> Value {
        if !(self.has_field(&base.ty, "amount") && self.has_field(&base.ty, "currency")) {
            let what = self.describe(&base.ty);
            let mut error = Diagnostic::error(
                "E0308",
                key.span,
                format!("`money` works on an amount with its currency, this is {what}"),
            )
            .because(base.expr.span, format!("this is {what}"));
            error = match &base.ty {
                T::Scalar(Scalar::Decimal | Scalar::Int) => {
                    let text = self.sources.text(base.expr.span);
                    error.help(format!(
                        "say of which currency: `{{ amount: {text}, currency: \"EUR\" }}.money(…)`"
                    ))
                }
                T::List(_) => error.help(format!(
                    "apply it to each element: `{}[].money(…)`",
                    self.sources.text(base.expr.span)
                )),
                _ => error.help("it takes a record with `amount: Decimal` and `currency: String`"),
            };
            self.sink.push(error);
            return Value::unknown(span);
        }
        let (subject, bound) = self.subject_of(base);
        let part = |cx: &mut Self, name: &str, scalar: Scalar| {
            let subject = cx.renewed(subject.clone(), span);
            let key = ast::Key {
                text: name.to_owned(),
                quoted: false,
                span: key.span,
            };
            let value = cx.field(subject, &key, span);
            let wanted = T::Scalar(scalar);
            if !fits(cx, &value.ty, &wanted) {
                let what = cx.describe(&value.ty);
                let wanted = cx.describe(&wanted);
                let message = format!("`{name}` of what `money` writes is {wanted}, this is {what}");
                cx.sink.push(Diagnostic::error("E0302", key.span, message));
                return None;
            }
            cx.coerce(value, &wanted).ok()
        };
        let (Some(amount), Some(currency)) = (
            part(self, "amount", Scalar::Decimal),
            part(self, "currency", Scalar::String),
        ) else {
            return Value::unknown(span);
        };
        let kind = ExprKind::Money {
            amount: Box::new(amount.expr),
            currency: Box::new(currency.expr),
            locale: Box::new(given.locale.expr.clone()),
        };
        let money = Value::new(T::Scalar(Scalar::String), span, kind);
        let Some((local, base)) = bound else {
            return money;
        };
        let body: Box<Expr> = Box::new(money.expr);
        let kind = ExprKind::Bind {
            base: Box::new(base),
            local,
            body,
        };
        Value::new(money.ty, span, kind)
    }
}
