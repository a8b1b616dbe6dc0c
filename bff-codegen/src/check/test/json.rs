//! Values of tests: JSON as on the wire, written as constants. Anything else is E0706.

use super::super::Checker;
use super::super::constant::quote;
use super::super::expr::is_capital;
use crate::diagnostic::Diagnostic;
use crate::ir::test::Want;
use crate::source::Span;
use crate::syntax::ast;

/// A constant and its place.
#[derive(Clone, Debug)]
pub(super) struct Json {
    pub kind: JsonKind,
    pub span: Span,
}

/// The kinds of JSON values. `open`: a `...` at the end allows more.
#[derive(Clone, Debug)]
pub(super) enum JsonKind {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>, bool),
    Object(Vec<Member>, bool),
    /// What could not be read; already reported.
    Unknown,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub key: String,
    pub span: Span,
    pub value: Json,
}

impl Json {
    /// Its JSON text; what is open or unknown in it is left out.
    pub(super) fn text(&self) -> String {
        match &self.kind {
            JsonKind::Null | JsonKind::Unknown => "null".to_owned(),
            JsonKind::Bool(value) => value.to_string(),
            JsonKind::Number(text) => text.clone(),
            JsonKind::Text(text) => quote(text),
            JsonKind::List(items, _) => {
                let items: Vec<String> = items.iter().map(Json::text).collect();
                format!("[{}]", items.join(","))
            }
            JsonKind::Object(members, _) => {
                let member = |it: &Member| format!("{}:{}", quote(&it.key), it.value.text());
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    /// What an expectation with it wants.
    pub(super) fn want(&self) -> Want {
        match &self.kind {
            JsonKind::List(items, open) if self.is_open() => Want::List(items.iter().map(Json::want).collect(), *open),
            JsonKind::Object(members, open) if self.is_open() => {
                let member = |it: &Member| (it.key.clone(), it.value.want());
                Want::Object(members.iter().map(member).collect(), *open)
            }
            _ => Want::Json(self.text()),
        }
    }

    /// Whether `...` stands somewhere in it.
    fn is_open(&self) -> bool {
        match &self.kind {
            JsonKind::List(items, open) => *open || items.iter().any(Json::is_open),
            JsonKind::Object(members, open) => *open || members.iter().any(|it| it.value.is_open()),
            _ => false,
        }
    }

    /// What it is, in words.
    pub(super) fn noun(&self) -> &'static str {
        match self.kind {
            JsonKind::Null => "`null`",
            JsonKind::Bool(_) => "a boolean",
            JsonKind::Number(_) => "a number",
            JsonKind::Text(_) => "text",
            JsonKind::List(..) => "a list",
            JsonKind::Object(..) => "an object",
            JsonKind::Unknown => "unknown",
        }
    }
}

impl Checker<'_> {
    /// A constant. `open`: `...` may stand in it, as in an expectation.
    pub(super) fn test_json(&mut self, expr: &ast::Expr, open: bool) -> Json {
        let span = expr.span;
        let kind = match &expr.kind {
            ast::ExprKind::Const(ast::Const::Null) => JsonKind::Null,
            ast::ExprKind::Const(value) => JsonKind::Bool(matches!(value, ast::Const::True)),
            ast::ExprKind::Scalar(scalar) => self.test_scalar(scalar),
            ast::ExprKind::Str(_) => match crate::settings::value::plain_text(expr) {
                Some(text) => JsonKind::Text(text),
                None => self.no_constant(span, "a test computes nothing: write the text as it is on the wire"),
            },
            ast::ExprKind::Unary {
                op: ast::UnaryOp::Minus,
                operand,
            } => match self.test_json(operand, false).kind {
                JsonKind::Number(text) if !text.starts_with('-') => JsonKind::Number(format!("-{text}")),
                _ => self.no_constant(span, "write a number"),
            },
            ast::ExprKind::Paren(inner) => return self.test_json(inner, open),
            ast::ExprKind::List(items) => self.test_list(items, open),
            ast::ExprKind::Shape(shape) => self.test_object(shape, open),
            ast::ExprKind::Name(name) if is_capital(name) => {
                let help = match self.wire_of(name) {
                    Some(wire) => format!("values of tests are JSON as on the wire: `{wire}`"),
                    None => "values of tests are JSON as on the wire: write the text in quotes".to_owned(),
                };
                self.no_constant(span, &help)
            }
            ast::ExprKind::Error => JsonKind::Unknown,
            _ => self.no_constant(
                span,
                "values of tests are JSON as on the wire: text, numbers, lists and objects",
            ),
        };
        Json { kind, span }
    }

    fn no_constant(&mut self, span: Span, help: &str) -> JsonKind {
        let text = self.short(span);
        let message = match text.as_str() {
            "this" => "this is not a constant".to_owned(),
            text => format!("{text} is not a constant"),
        };
        self.sink.push(Diagnostic::error("E0706", span, message).help(help));
        JsonKind::Unknown
    }

    /// The wire value of an enum value of this name, if there is only one.
    fn wire_of(&self, name: &str) -> Option<String> {
        let values = self.model.enums.iter().flat_map(|it| &it.values);
        let mut wires = values.filter(|it| it.name == name).map(|it| &it.wire);
        let first = wires.next()?;
        wires.all(|other| other == first).then(|| quote(first))
    }

    fn test_scalar(&mut self, scalar: &ast::Scalar) -> JsonKind {
        if scalar.kind == ast::ScalarKind::Number {
            return JsonKind::Number(scalar.text.replace('_', ""));
        }
        let help = format!("values of tests are JSON as on the wire: `\"{}\"`", scalar.text);
        let help = match scalar.kind {
            ast::ScalarKind::Duration => "durations are ISO 8601 on the wire, e.g. `\"PT1.5S\"`",
            _ => &help,
        };
        self.no_constant(scalar.span, help)
    }

    fn test_list(&mut self, items: &[ast::Expr], open: bool) -> JsonKind {
        let mut more = false;
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            match item.kind {
                ast::ExprKind::Open if open => more = true,
                ast::ExprKind::Open => self.no_more(item.span),
                _ => list.push(self.test_json(item, open)),
            }
        }
        JsonKind::List(list, more)
    }

    fn test_object(&mut self, shape: &ast::Shape, open: bool) -> JsonKind {
        if let Some(star) = &shape.star {
            return self.no_constant(star.span, "write each field with its value");
        }
        let mut more = false;
        let mut members: Vec<Member> = Vec::with_capacity(shape.entries.len());
        for entry in &shape.entries {
            match &entry.kind {
                ast::EntryKind::Spread(None) if open => more = true,
                ast::EntryKind::Spread(None) => self.no_more(entry.span),
                ast::EntryKind::Value { key, value } if entry.guard.is_none() && entry.notes.is_empty() => {
                    if let Some(first) = members.iter().find(|it| it.key == key.text) {
                        let text = format!("`{}` is written twice", key.text);
                        let found = Diagnostic::error("E0305", key.span, text).because(first.span, "first here");
                        self.sink.push(found.help("keep one of them"));
                        continue;
                    }
                    let value = self.test_json(value, open);
                    members.push(Member {
                        key: key.text.clone(),
                        span: key.span,
                        value,
                    });
                }
                ast::EntryKind::Pick { key, .. } => {
                    let help = format!("write its value: `{}: …`", self.sources.text(key.span));
                    self.no_constant(entry.span, &help);
                }
                _ => {
                    self.no_constant(
                        entry.span,
                        "write each field with its value, without conditions and notes",
                    );
                }
            }
        }
        JsonKind::Object(members, more)
    }

    fn no_more(&mut self, span: Span) {
        let found = Diagnostic::error(
            "E0706",
            span,
            "`...` stands in what is expected, not in what is sent or mocked",
        );
        self.sink.push(found.help("write all that is there"));
    }
}
