//! `route … when (…)`: which route answers is decided over the request as it came, before any input is read.

use super::Checker;
use super::env::Named;
use super::types::T;
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Arm, Expr, ExprKind, Input, Method, Pattern, Ty};
use crate::model::types::{self, Field, Inputs, Scalar};
use crate::source::Span;
use crate::syntax::ast;

impl Checker<'_> {
    /// `when (…)` of the route itself.
    pub(super) fn route_condition(&mut self, guard: &ast::Expr, route: &types::Route) -> Value {
        let outer = std::mem::take(&mut self.env);
        self.env.closed = Some("the `when` of a route");
        self.env.names.insert("request".to_owned(), Named::Request);
        for (name, input, declared) in [
            ("header", Input::Header, &route.header),
            ("cookie", Input::Cookie, &route.cookie),
            ("query", Input::Query, &route.query),
        ] {
            let declared = declared.as_ref().map(|Inputs { record }| *record);
            self.env.names.insert(name.to_owned(), Named::Raw(input, declared));
        }
        let value = self.condition(guard);
        self.env = outer;
        value
    }

    /// `header.x`: what a block declares has its type, and is null where it is missing or cannot be read as that: whether it is
    /// a mistake is said only once the route is chosen. All else is text.
    pub(super) fn raw_input(
        &mut self,
        input: Input,
        declared: Option<types::RecordId>,
        key: &ast::Key,
        span: Span,
    ) -> Value {
        let wire = match input {
            Input::Header if !key.quoted => key.text.replace('_', "-"),
            _ => key.text.clone(),
        };
        let fields = declared.map_or(&[][..], |record| &self.model.records[record.0 as usize].fields);
        if let Some(field) = fields.iter().find(|field| field.name == key.text) {
            return self.declared_input(input, field, span);
        }
        if let Some(field) = fields.iter().find(|field| field.wire == wire) {
            let error = Diagnostic::error("E0202", key.span, format!("`{wire}` is declared under another name"))
                .because(field.span, format!("declared here as `{}`", field.name))
                .help(format!("write `{}`", field.name))
                .fix(key.span, &field.name);
            self.sink.push(error);
            return Value::unknown(span);
        }
        let text = T::Scalar(Scalar::String).or_null(None);
        Value::new(text, span, ExprKind::RawInput(input, wire))
    }

    fn declared_input(&mut self, input: Input, field: &Field, span: Span) -> Value {
        let text = T::Scalar(Scalar::String);
        let raw = Value::new(
            text.clone().or_null(None),
            span,
            ExprKind::RawInput(input, field.wire.clone()),
        );
        let present = match &field.ty {
            types::Ty::Nullable(inner) => inner,
            ty => ty,
        };
        let Some(to) = self.readable(present) else {
            let name = super::types::declared_name(self.model, present);
            self.unsupported(
                span,
                &format!("a declared input of type `{name}` in the `when` of its route"),
            );
            return Value::unknown(span);
        };
        let read = match &to {
            T::Scalar(Scalar::String) => raw.clone(),
            to => self.lift(raw.expr.clone(), text, None, &mut |cx, text| cx.read_text(text, to)),
        };
        match &field.default {
            Some(default) => self.or_default(raw, read, default, field),
            None => read,
        }
    }

    /// The types that text is read as without being told how.
    fn readable(&self, ty: &types::Ty) -> Option<T> {
        match ty {
            types::Ty::Scalar(
                scalar @ (Scalar::String | Scalar::Int | Scalar::Float | Scalar::Decimal | Scalar::Boolean),
            ) => Some(T::Scalar(*scalar)),
            // An id, a place on the net and their like are compared as text.
            types::Ty::Scalar(Scalar::Id | Scalar::Uuid | Scalar::Url) => Some(T::Scalar(Scalar::String)),
            types::Ty::Enum(id) => Some(T::Enum(*id)),
            _ => None,
        }
    }

    fn read_text(&mut self, text: Value, to: &T) -> Value {
        let span = text.expr.span;
        let found = to.clone().or_null(None);
        let method = match to {
            T::Scalar(Scalar::Int) => Method::Int,
            T::Scalar(Scalar::Float) => Method::Float,
            T::Scalar(Scalar::Decimal) => Method::Decimal,
            _ => return Value::new(found.clone(), span, self.read_word(text, to, &found.ir())),
        };
        let kind = ExprKind::Method {
            method,
            base: Box::new(text.expr),
            args: Vec::new(),
        };
        Value::new(found, span, kind)
    }

    /// A `match` over the texts that stand for values.
    fn read_word(&self, text: Value, to: &T, found: &Ty) -> ExprKind {
        let span = text.expr.span;
        let words: Vec<(String, ExprKind)> = match to {
            T::Enum(id) => {
                let values = self.model.enums[id.0 as usize].values.iter().enumerate();
                let value =
                    |(at, value): (usize, &types::EnumValue)| (value.wire.clone(), ExprKind::EnumValue(*id, at as u32));
                values.map(value).collect()
            }
            _ => vec![
                ("true".to_owned(), ExprKind::Bool(true)),
                ("false".to_owned(), ExprKind::Bool(false)),
            ],
        };
        let there = |kind| Expr {
            ty: to.ir(),
            span,
            kind,
        };
        let maybe = |kind| Expr {
            ty: found.clone(),
            span,
            kind,
        };
        let arm = |(wire, kind)| Arm {
            patterns: vec![Pattern::Text(wire)],
            bind: None,
            value: maybe(ExprKind::Convert(Box::new(there(kind)))),
        };
        let mut arms: Vec<Arm> = words.into_iter().map(arm).collect();
        arms.push(Arm {
            patterns: Vec::new(),
            bind: None,
            value: maybe(ExprKind::Null),
        });
        ExprKind::Match {
            value: Box::new(text.expr),
            arms,
        }
    }

    /// The default where nothing was sent; what was sent and cannot be read stays null.
    fn or_default(&mut self, raw: Value, read: Value, default: &ast::Expr, field: &Field) -> Value {
        let span = raw.expr.span;
        let default = self.infer(default, Some(&field.ty));
        if default.ty.is_unknown() {
            return default;
        }
        let default = self.expect(default, &read.ty, &format!("`{}`", field.name));
        let missing = Expr {
            ty: T::Scalar(Scalar::Boolean).ir(),
            span,
            kind: ExprKind::IsNull(Box::new(raw.expr)),
        };
        let kind = ExprKind::Ternary {
            condition: Box::new(missing),
            then: Box::new(default.expr),
            other: Box::new(read.expr),
        };
        Value::new(read.ty, span, kind)
    }
}
