//! Typing of expressions: one small file per kind.

mod branch;
mod chain;
mod format;
mod literal;
mod method;
mod name;
mod operator;
mod project;
mod select;
mod shape;
mod spread;
mod whole;

pub(super) use name::is_capital;
pub(super) use shape::Building;

use super::Checker;
use super::types::T;
use super::value::{Value, close};
use crate::diagnostic::Diagnostic;
use crate::ir::expr::ExprKind;
use crate::model::types::{Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;

/// The deepest that expressions may be nested.
const MAX_DEPTH: usize = 32;

impl Checker<'_> {
    /// The typed form of an expression. `want` is the declared type of the place where it stands, if there is one: it
    /// says what enum a value belongs to and what the parts of a literal are; whether the value fits is the caller's question.
    pub(super) fn infer(&mut self, expr: &ast::Expr, want: Option<&Ty>) -> Value {
        self.env.depth += 1;
        let value = if self.env.depth == MAX_DEPTH + 1 {
            self.sink.push(
                Diagnostic::error("E0407", expr.span, "this expression is nested too deeply").help(format!(
                    "give parts of it a name with `let`; {MAX_DEPTH} levels are allowed"
                )),
            );
            Value::unknown(expr.span)
        } else {
            self.infer_one(expr, want)
        };
        self.env.depth -= 1;
        value
    }

    fn infer_one(&mut self, expr: &ast::Expr, want: Option<&Ty>) -> Value {
        use ast::ExprKind as A;
        let span = expr.span;
        match &expr.kind {
            A::Const(constant) => literal::constant(*constant, span),
            A::Scalar(scalar) => self.scalar(scalar, want),
            A::Str(pieces) => self.template(pieces, span),
            A::List(items) => self.list(items, span, want),
            A::Shape(shape) => self.shape(shape, want),
            A::Name(name) => self.name(name, span, want),
            A::Match { value, arms } => self.matching(value, arms, span, want),
            A::Ternary { condition, then, other } => self.ternary(condition, then, other, span, want),
            A::Unary { op, operand } => self.unary(*op, operand, span, want),
            A::Binary {
                op,
                op_span,
                left,
                right,
            } => self.binary(*op, *op_span, left, right, span, want),
            A::Fail { status, code, body } => self.fail(status, code.as_ref(), body.as_deref(), span),
            A::Paren(inner) => self.infer_one(inner, want),
            A::Subject(_)
            | A::Get { .. }
            | A::Each(_)
            | A::Index { .. }
            | A::Apply { .. }
            | A::Over { .. }
            | A::As { .. } => {
                let chain = self.chain(expr, want);
                let mut value = close(chain.layers, chain.at);
                value.expr.span = span;
                value
            }
            A::Range(_) | A::Path(_) | A::Call(_) | A::Open => self.not_a_value(expr),
            A::Error => Value::unknown(span),
        }
    }

    fn not_a_value(&mut self, expr: &ast::Expr) -> Value {
        let (what, help) = match &expr.kind {
            ast::ExprKind::Range(_) => ("a range", "ranges stand in constraints, as in `Int(1..20)`"),
            ast::ExprKind::Path(_) => ("a path", "write text in quotes"),
            ast::ExprKind::Open => ("`...`", "it stands in an `expect` of a test, where more may follow"),
            _ => ("a call", "give it a name above: `call x = …`, and read `x`"),
        };
        self.sink
            .push(Diagnostic::error("E0309", expr.span, format!("{what} is not a value here")).help(help));
        Value::unknown(expr.span)
    }

    /// The value as one of type `to`, or E0302 that says what it is of: "`limit` of `listOrders`".
    pub(super) fn expect(&mut self, value: Value, to: &T, what: &str) -> Value {
        let span = value.expr.span;
        if value.ty.may_be_null() && !to.may_be_null() && !matches!(to, T::Unknown) {
            let present = value.ty.present();
            if matches!(value.ty, T::Nullable(..)) && super::fits::fits(self, present, to) {
                return self.needs_value(&value, what);
            }
        }
        match self.coerce(value, to) {
            Ok(value) => value,
            Err(value) => {
                // Null is not what is wrong with a value that is there.
                let wanted = if value.ty.may_be_null() { to } else { to.present() };
                let (wanted, given) = (self.describe(wanted), self.describe(&value.ty));
                let mut error = Diagnostic::error("E0302", span, format!("{what} is {wanted}, this is {given}"));
                if let Some(help) = self.conversion_help(&value, to) {
                    // A number in quotes is the number; any other conversion is a choice.
                    if let Some(number) = help.strip_prefix("write `").and_then(|it| it.strip_suffix('`')) {
                        error = error.fix(span, number);
                    }
                    error = error.help(help);
                }
                self.sink.push(error);
                Value::unknown(span)
            }
        }
    }

    /// E0301 at a value that may be null where `what` cannot be.
    pub(super) fn needs_value(&mut self, value: &Value, what: &str) -> Value {
        let span = value.expr.span;
        let text = self.short(span);
        let mut error = Diagnostic::error("E0301", span, format!("{text} may be null here"))
            .at(format!("{what} needs a value"))
            .help(format!(
                "give it one: `{} ?? …`, or test it above: `{} != null`",
                self.sources.text(span),
                self.sources.text(span)
            ));
        if let T::Nullable(_, Some(why)) = &value.ty
            && why.span != span
        {
            error = error.because(why.span, why.text.clone());
        }
        self.sink.push(error);
        Value::unknown(span)
    }

    /// Help that converts, if a conversion exists.
    fn conversion_help(&self, value: &Value, to: &T) -> Option<String> {
        let text = self.sources.text(value.expr.span);
        let (T::Scalar(from), T::Scalar(to)) = (value.ty.present(), to.present()) else {
            return None;
        };
        let unquoted = text.trim_matches('"');
        Some(match (from, to) {
            (Scalar::String, Scalar::Zone) if text.starts_with('"') => {
                "the name of a time zone as the IANA database writes it: `\"Europe/Berlin\"`".to_owned()
            }
            (Scalar::String, Scalar::Int) if unquoted.parse::<i64>().is_ok() => format!("write `{unquoted}`"),
            (Scalar::String, Scalar::Int) => format!("convert it: `{text}.int()` (gives `Int?`)"),
            (Scalar::String, Scalar::Decimal) => format!("convert it: `{text}.decimal()` (gives `Decimal?`)"),
            (Scalar::String, Scalar::Float) => format!("convert it: `{text}.float()` (gives `Float?`)"),
            (Scalar::Float | Scalar::Decimal, Scalar::Int) => format!("convert it: `{text}.int()`"),
            (Scalar::Decimal, Scalar::Float) => format!("convert it: `{text}.float()`"),
            (Scalar::Float, Scalar::Decimal) => format!("convert it: `{text}.decimal()`"),
            (_, Scalar::String) if value.ty.is_scalar() => format!("make it text: `\"${{{text}}}\"`"),
            _ => return None,
        })
    }

    /// A condition: a `Boolean` that is there.
    pub(super) fn condition(&mut self, expr: &ast::Expr) -> Value {
        let value = self.infer(expr, Some(&Ty::Scalar(Scalar::Boolean)));
        let span = value.expr.span;
        match &value.ty {
            T::Scalar(Scalar::Boolean) | T::Unknown => value,
            T::Nullable(inner, why) if matches!(**inner, T::Scalar(Scalar::Boolean)) => {
                let text = self.sources.text(span);
                let mut error = Diagnostic::error("E0301", span, format!("{} may be null here", self.short(span)))
                    .at("a condition needs `true` or `false`")
                    .help(format!("say what null means: `{text} ?? false`"));
                if let Some(why) = why {
                    error = error.because(why.span, why.text.clone());
                }
                self.sink.push(error);
                Value::unknown(span)
            }
            other => {
                let mut error = Diagnostic::error(
                    "E0308",
                    span,
                    format!("a condition is a `Boolean`, this is {}", self.describe(other)),
                );
                if other.may_be_null() {
                    error = error.help(format!("test it: `{} != null`", self.sources.text(span)));
                }
                self.sink.push(error);
                Value::unknown(span)
            }
        }
    }

    /// What to call the text under a span in a message: the text itself, if it is short.
    pub(super) fn short(&self, span: Span) -> String {
        let text = self.sources.text(span);
        if text.len() <= 40 && !text.contains('\n') && !text.is_empty() {
            format!("`{text}`")
        } else {
            "this".to_owned()
        }
    }

    /// A type in words: "`Int`", "a list of `Order`", "`Order` or null".
    pub(super) fn describe(&self, ty: &T) -> String {
        match ty {
            T::Unknown => "unknown".to_owned(),
            T::Never => "`fail`".to_owned(),
            T::Null => "`null`".to_owned(),
            T::Scalar(scalar) => format!("`{}`", crate::model::resolve::spell_scalar(*scalar)),
            T::Enum(id) => format!("`{}`", self.model.enums[id.0 as usize].name),
            T::Record(node) => {
                let record = self.demand.record(*node);
                format!("`{}`", self.model.records[record.0 as usize].name)
            }
            T::Union(node) => format!("`{}`", self.model.unions[self.demand.union(*node).0 as usize].name),
            T::Computed(_) | T::OneOf(_) => "a record".to_owned(),
            T::List(inner) if matches!(**inner, T::Never) => "an empty list".to_owned(),
            T::List(inner) => format!("a list of {}", self.describe(inner)),
            T::Map(key, inner) => format!("a map from {} to {}", self.describe(key), self.describe(inner)),
            T::Nullable(inner, _) => format!("{} or null", self.describe(inner)),
        }
    }

    /// Refuses a construct that is part of the language but not served yet.
    pub(super) fn unsupported(&mut self, span: Span, what: &str) {
        self.sink
            .push(Diagnostic::error("E0901", span, format!("{what} is not supported yet")));
    }

    fn text_value(text: impl Into<String>, span: Span) -> Value {
        Value::new(T::Scalar(Scalar::String), span, ExprKind::Text(text.into()))
    }
}
