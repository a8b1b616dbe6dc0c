//! Names as values: bindings, built-ins, and capital names, which are values of the enum that is wanted there.

use super::super::Checker;
use super::super::env::Named;
use super::super::types::T;
use super::super::value::Value;
use super::literal::present;
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::{ErrorField, ExprKind, RequestField};
use crate::model::scope::noun;
use crate::model::types::{EnumId, Meaning, Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;

impl Checker<'_> {
    /// A name that stands alone.
    pub(super) fn name(&mut self, name: &str, span: Span, want: Option<&Ty>) -> Value {
        if name == "it" {
            return match self.env.subject.clone() {
                Some(subject) => self.renewed(subject, span),
                None => self.no_subject("it", span),
            };
        }
        match self.env.names.get(name).cloned() {
            Some(Named::Value(value, _)) => {
                let value = self.renewed(value, span);
                self.narrowed(value)
            }
            Some(Named::Later(place)) => self.above_its_line(name, span, place),
            Some(Named::Partial) => {
                let list = T::List(Box::new(T::Scalar(Scalar::String)));
                Value::new(list, span, ExprKind::Partial)
            }
            Some(Named::Request | Named::Error | Named::Raw(..)) => {
                self.sink.push(
                    Diagnostic::error("E0309", span, format!("`{name}` is not a value by itself"))
                        .help(format!("read a field of it: `{name}.…`")),
                );
                Value::unknown(span)
            }
            None if is_capital(name) => self.enum_value(name, span, want),
            None => self.no_value(name, span),
        }
    }

    /// A copy of a value for a use of its own: what is computed brings its locals along, so they get new numbers.
    pub(in crate::check) fn renewed(&mut self, mut value: Value, span: Span) -> Value {
        if value.ty.is_computed() {
            super::project::renumber(self, &mut value.expr);
        }
        value.expr.span = span;
        value
    }

    /// The value without its `?` where narrowing has shown that it is there.
    pub(super) fn narrowed(&mut self, value: Value) -> Value {
        let T::Nullable(inner, _) = &value.ty else {
            return value;
        };
        let Some(after) = self.known(&value.expr) else {
            return value;
        };
        // A chain over null that is known not to be null: one `Known` around the whole.
        let (inner, span) = ((**inner).clone(), value.expr.span);
        let value = Box::new(value.expr);
        Value::new(inner, span, ExprKind::Known { value, after })
    }

    /// E0309 where `.x` or `it` has nothing around it.
    pub(super) fn no_subject(&mut self, what: &str, span: Span) -> Value {
        let help = match what {
            "it" => "name the value".to_owned(),
            what if what.starts_with("...") || what == "*" => {
                format!("put it into a shape over a value: `value {{ {what} }}`")
            }
            what => format!("name the value: `value{what}`"),
        };
        let message = format!("`{what}` has no subject: no value stands around it here");
        self.sink.push(Diagnostic::error("E0309", span, message).help(help));
        Value::unknown(span)
    }

    /// A value of the enum that is wanted.
    fn enum_value(&mut self, name: &str, span: Span, want: Option<&Ty>) -> Value {
        if let Some(Ty::Enum(id)) = want.map(present) {
            return self.value_of(*id, name, span);
        }
        if matches!(want, Some(Ty::Unknown)) {
            return Value::unknown(span);
        }
        let error = match self.meaning(span.file, name) {
            Some(Meaning::Broken) => return Value::unknown(span),
            Some(Meaning::Fragment(_)) => {
                Diagnostic::error("E0309", span, format!("`{name}` is a fragment, not a value"))
                    .help(format!("put its fields in line: `...{name}`"))
            }
            Some(meaning) => Diagnostic::error("E0309", span, format!("`{name}` is {}, not a value", noun(meaning))),
            None => {
                let owners: Vec<_> = (self.model.enums.iter())
                    .filter(|it| it.values.iter().any(|value| value.name == name))
                    .collect();
                match owners.first() {
                    Some(owner) => {
                        let wire = owner.values.iter().find(|value| value.name == name);
                        let wire = wire.map_or("", |value| &value.wire);
                        Diagnostic::error(
                            "E0309",
                            span,
                            format!("nothing here wants a value of an enum, so `{name}` could be any"),
                        )
                        .help(format!("write its text: `\"{wire}\"`"))
                    }
                    None => return self.unknown_name(name, span),
                }
            }
        };
        self.sink.push(error);
        Value::unknown(span)
    }

    /// The value `name` of an enum.
    pub(super) fn value_of(&mut self, id: EnumId, name: &str, span: Span) -> Value {
        let declared = &self.model.enums[id.0 as usize];
        if let Some(index) = declared.values.iter().position(|value| value.name == name) {
            return Value::new(T::Enum(id), span, ExprKind::EnumValue(id, index as u32));
        }
        let names: Vec<&str> = declared.values.iter().map(|value| value.name.as_str()).collect();
        let error = Diagnostic::error("E0202", span, format!("`{}` has no value `{name}`", declared.name))
            .because(declared.span, format!("`{}` is declared here", declared.name));
        self.sink.push(error.or_name(span, name, &names, "values"));
        Value::unknown(span)
    }

    /// A lower-case name that is no binding.
    fn no_value(&mut self, name: &str, span: Span) -> Value {
        let error = match (name, self.meaning(span.file, name)) {
            (_, Some(Meaning::Broken)) => return Value::unknown(span),
            ("auth", _) if self.model.auth_refused => return Value::unknown(span),
            ("auth", _) => Diagnostic::error("E0309", span, "nobody is known here: this route says `auth: none`")
                .help("take what you need from the request, e.g. `query { user: ID }` and `query.user`"),
            ("env", _) => Diagnostic::error(
                "E0309",
                span,
                "the environment is read by settings only, not by a route",
            )
            .help("put it into a setting, e.g. `base: env.NAME`"),
            ("version", _) => return self.version_value(span),
            ("error", _) => Diagnostic::error("E0309", span, "there is no `error` here")
                .help("read it in an `on` or `else` of a call, or in the client's `errors:`"),
            ("partial", _) => Diagnostic::error("E0309", span, "`partial` is known only when the answer is written")
                .help("read it in `respond`"),
            ("query" | "path" | "header" | "cookie" | "body", _) => match self.env.closed {
                Some(place) => Diagnostic::error("E0309", span, format!("`{name}` cannot be read in {place}")),
                None => {
                    let how = match name {
                        "body" => "body: T".to_owned(),
                        _ => format!("{name} {{ name: String }}"),
                    };
                    Diagnostic::error("E0201", span, format!("this route declares no `{name}`"))
                        .help(format!("declare it in the route: `{how}`"))
                }
            },
            (_, Some(meaning)) => {
                let error = Diagnostic::error("E0309", span, format!("`{name}` is {}, not a value", noun(meaning)));
                match meaning {
                    Meaning::Upstream(_) => error.help(format!(
                        "call one of its operations above: `call x = {name}.…(…)`, and read `x`"
                    )),
                    _ => error,
                }
            }
            _ => return self.unknown_name(name, span),
        };
        self.sink.push(error);
        Value::unknown(span)
    }

    /// `request.f`, `error.f`, and inputs in a route's `when`; none if the name is an ordinary value.
    pub(super) fn special_field(&mut self, name: &str, key: &ast::Key, span: Span) -> Option<Value> {
        match self.env.names.get(name)? {
            Named::Request => Some(self.request_field(key, span)),
            Named::Error => Some(self.error_field(key, span)),
            Named::Raw(input, declared) => {
                let (input, declared) = (*input, *declared);
                Some(self.raw_input(input, declared, key, span))
            }
            _ => None,
        }
    }

    fn request_field(&mut self, key: &ast::Key, span: Span) -> Value {
        let (field, scalar) = match key.text.as_str() {
            "ip" => (RequestField::Ip, Scalar::String),
            "id" => (RequestField::Id, Scalar::String),
            "locale" => (RequestField::Locale, Scalar::Locale),
            "now" => (RequestField::Now, Scalar::DateTime),
            "method" => (RequestField::Method, Scalar::String),
            "path" => (RequestField::Path, Scalar::String),
            "idempotency_key" => return self.idempotency_key(key, span),
            _ => {
                return self.no_such_field(
                    key,
                    "`request`",
                    &["ip", "id", "locale", "now", "method", "path", "idempotency_key"],
                );
            }
        };
        Value::new(T::Scalar(scalar), span, ExprKind::Request(field))
    }

    /// `request.idempotency_key`: there in a route that requires one.
    fn idempotency_key(&mut self, key: &ast::Key, span: Span) -> Value {
        let text = T::Scalar(Scalar::String);
        let error = match (self.env.closed, self.keys) {
            (None, Some(true)) => {
                return Value::new(text, span, ExprKind::Request(RequestField::RequiredKey));
            }
            (None, Some(false)) => {
                let kind = ExprKind::Request(RequestField::IdempotencyKey);
                return Value::new(text.or_null(None), span, kind);
            }
            (None, None) => Diagnostic::error("E0309", key.span, "this route takes no idempotency key")
                .help("let it take one: `idempotency: { header: \"idempotency-key\", ttl: 24h, required: true }`"),
            (Some(place), _) => {
                let text = format!("`request.idempotency_key` cannot be read in {place}");
                Diagnostic::error("E0309", key.span, text).help("read it in a route with `idempotency`, and hand it on")
            }
        };
        self.sink.push(error);
        Value::unknown(span)
    }

    fn error_field(&mut self, key: &ast::Key, span: Span) -> Value {
        let text = || T::Scalar(Scalar::String);
        let (field, ty) = match key.text.as_str() {
            "status" => (ErrorField::Status, T::Scalar(Scalar::Int)),
            "code" => (ErrorField::Code, text()),
            "message" => (ErrorField::Message, text()),
            "field" => (ErrorField::Field, text().or_null(None)),
            "errors" => (ErrorField::Errors, T::Scalar(Scalar::Json).or_null(None)),
            "call" => (ErrorField::Call, text().or_null(None)),
            "request_id" => (ErrorField::RequestId, text()),
            "body" => (ErrorField::Body, T::Scalar(Scalar::Json).or_null(None)),
            _ => {
                let fields = [
                    "status",
                    "code",
                    "message",
                    "field",
                    "errors",
                    "call",
                    "request_id",
                    "body",
                ];
                return self.no_such_field(key, "`error`", &fields);
            }
        };
        Value::new(ty, span, ExprKind::Error(field))
    }

    /// E0202 at a field that a record does not have.
    pub(super) fn no_such_field(&mut self, key: &ast::Key, owner: &str, fields: &[&str]) -> Value {
        let mut error = Diagnostic::error("E0202", key.span, format!("{owner} has no field `{}`", key.text));
        error = match suggest::closest(&key.text, fields.iter().copied()) {
            Some(close) => error.help(format!("did you mean `{close}`?")).fix(key.span, close),
            None if fields.is_empty() => error,
            None => error.help(format!("fields here: {}", suggest::list(fields.iter().copied()))),
        };
        self.sink.push(error);
        Value::unknown(key.span)
    }
}

/// Types, fragments and enum values start with a capital.
pub(in crate::check) fn is_capital(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}
