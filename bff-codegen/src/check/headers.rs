//! Values of headers: scalars; null leaves the header out.

use super::Checker;
use super::env::{Env, Named};
use super::types::T;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind, Record};
use crate::model::types::{Client, ErrorFormat, Headers};
use crate::syntax::ast;

/// What the checker adds to a client.
pub(super) struct ClientParts {
    pub client: Client,
    pub send: Vec<(String, Expr)>,
    pub set: Vec<(String, Expr)>,
    pub error_shape: Option<Record>,
}

/// Where the headers of a client, an upstream or an operation stand, in messages.
pub(super) const PLACE: &str = "a header that is a setting";

/// Headers that the connection owns.
const OWNED: [&str; 6] = [
    "connection",
    "content-length",
    "keep-alive",
    "transfer-encoding",
    "trailer",
    "upgrade",
];

impl Checker<'_> {
    /// `headers` and `errors` of the client.
    pub(super) fn client(&mut self, client: &Client) -> ClientParts {
        let send = self.header_values(&client.headers.send, "a header");
        let set = self.header_values(&client.headers.set, "a header");
        let error_shape = match &client.errors {
            ErrorFormat::Problem => None,
            ErrorFormat::Shape(expr) => self.error_shape(expr),
        };
        ClientParts {
            client: client.clone(),
            send,
            set,
            error_shape,
        }
    }

    /// `errors: { code: error.code }`
    fn error_shape(&mut self, expr: &ast::Expr) -> Option<Record> {
        self.env = Env {
            closed: Some("the error format of a client"),
            ..Env::default()
        };
        self.env.names.insert("error".to_owned(), Named::Error);
        self.env.names.insert("request".to_owned(), Named::Request);
        let value = self.infer(expr, None);
        self.demand.whole(self.model, &value.ty);
        match value.expr.kind {
            ExprKind::Record(record) => Some(record),
            _ if value.ty.is_unknown() => None,
            _ => {
                let message = format!(
                    "`errors` is `problem` or a shape over `error`, this is {}",
                    self.describe(&value.ty)
                );
                self.sink.push(
                    Diagnostic::error("E0302", expr.span, message)
                        .help("`errors: { code: error.code, message: error.message }`"),
                );
                None
            }
        }
    }

    /// `headers: { send }` of each upstream: over the request alone.
    pub(super) fn upstream_headers(&mut self) -> Vec<Vec<(String, Expr)>> {
        let model = self.model;
        model
            .upstreams
            .iter()
            .map(|upstream| self.header_values(&upstream.headers.send, "a header"))
            .collect()
    }

    /// `headers: { set }` of a route: over the request alone, since errors before its inputs are read have them, too. What the
    /// expressions of the route's items see is as before.
    pub(super) fn route_headers(&mut self, headers: &Headers) -> Vec<(String, Expr)> {
        let outer = std::mem::take(&mut self.env);
        let set = self.header_values(&headers.set, "a header");
        self.env = outer;
        set
    }

    /// Headers as a setting: names as written, values over the request alone.
    pub(super) fn header_values(&mut self, list: &[(String, ast::Expr)], what: &str) -> Vec<(String, Expr)> {
        self.env = Env {
            closed: Some(PLACE),
            ..Env::default()
        };
        self.env.names.insert("request".to_owned(), Named::Request);
        list.iter()
            .map(|(name, expr)| (name.clone(), self.header_value(expr, what)))
            .collect()
    }

    /// `headers { location: "…" }` of a `respond`; `_` in a plain name is `-`.
    pub(super) fn header_block(&mut self, block: &ast::Block) -> Vec<(String, Expr)> {
        let mut headers: Vec<(String, Expr)> = Vec::new();
        for setting in &block.settings {
            let (key, value) = match setting {
                ast::Setting::Entry { key, value } => (key, value),
                ast::Setting::Spread { span, .. } => {
                    self.sink
                        .push(Diagnostic::error("E0309", *span, "headers are written one by one"));
                    continue;
                }
            };
            let name = match key.quoted {
                true => key.text.to_ascii_lowercase(),
                false => key.text.replace('_', "-").to_ascii_lowercase(),
            };
            let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
            if name.is_empty() || !name.chars().all(token) {
                self.sink.push(Diagnostic::error(
                    "E0311",
                    key.span,
                    format!("`{name}` is no name of a header"),
                ));
            } else if OWNED.contains(&name.as_str()) {
                self.sink.push(
                    Diagnostic::error(
                        "E0311",
                        key.span,
                        format!("`{name}` belongs to the connection and is set by the server"),
                    )
                    .help("remove it"),
                );
            } else if headers.iter().any(|(other, _)| *other == name) {
                self.sink.push(Diagnostic::error(
                    "E0305",
                    key.span,
                    format!("`{name}` is written twice"),
                ));
            }
            headers.push((name, self.header_value(value, "a header")));
        }
        headers
    }

    pub(super) fn header_value(&mut self, expr: &ast::Expr, what: &str) -> Expr {
        let value = self.infer(expr, None);
        let present = value.ty.present();
        if !(present.is_scalar() || matches!(present, T::Unknown | T::Never | T::Null)) {
            let mut error = Diagnostic::error(
                "E0302",
                expr.span,
                format!("{what} is a single value, this is {}", self.describe(present)),
            );
            if let T::List(_) = present {
                error = error.help(format!(
                    "join the list: `{}.join(\", \")`",
                    self.sources.text(expr.span)
                ));
            }
            self.sink.push(error);
        }
        value.expr
    }
}
