//! `headers:` of a client, an upstream, an operation or a route: what is let through, sent, set and removed.

use super::{Def, Reader, Scope, request, value};
use crate::diagnostic::Diagnostic;
use crate::model::types::Headers;
use crate::source::Span;
use crate::syntax::ast::{EntryKind, Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "headers",
    scopes: &[Scope::Client, Scope::Upstream, Scope::Op, Scope::Route],
    served: true,
    doc: "`forward` lets headers of the client through to upstreams, `send` adds to what goes there; `set` and `remove` change \
          the response, errors too. Nothing else of a client's headers reaches an upstream.",
};

/// Fields that belong to a connection or to the gateway itself (RFC 9110, section 7.6.1): nobody sets, forwards or removes them.
const OWN: &[&str] = &[
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Reads it. What goes upstream belongs to clients, upstreams and operations, what goes to the caller to clients and routes.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr, scope: Scope) -> Option<Headers> {
    let ExprKind::Shape(shape) = &expr.kind else {
        reader.sink.push(value::wrong_value(
            "headers",
            expr,
            "a group",
            "{ send: { \"x-client\": \"mobile\" } }",
        ));
        return None;
    };
    let keys: &[&str] = match scope {
        Scope::Client => &["forward", "send", "set", "remove"],
        Scope::Route => &["set", "remove"],
        _ => &["forward", "send"],
    };
    let mut headers = Headers::default();
    for entry in &shape.entries {
        let EntryKind::Value { key, value } = &entry.kind else {
            reader
                .sink
                .push(unknown(entry.span, reader.sources.text(entry.span), scope, keys));
            continue;
        };
        match key.text.as_str() {
            "forward" if keys.contains(&"forward") => headers.forward = names(reader, "forward", value),
            "remove" if keys.contains(&"remove") => headers.remove = names(reader, "remove", value),
            "send" if keys.contains(&"send") => headers.send = values(reader, "send", value),
            "set" if keys.contains(&"set") => headers.set = values(reader, "set", value),
            other => reader.sink.push(unknown(key.span, other, scope, keys)),
        }
    }
    Some(headers)
}

fn unknown(span: Span, name: &str, scope: Scope, keys: &[&str]) -> Diagnostic {
    let found = Diagnostic::error(
        "E0203",
        span,
        format!("unknown setting `{name}` of `headers` of {}", scope.noun()),
    );
    found.or_name(span, name, keys, "settings")
}

fn names(reader: &mut Reader<'_, '_>, key: &str, expr: &Expr) -> Vec<(String, Span)> {
    let ExprKind::List(list) = &expr.kind else {
        reader.sink.push(value::wrong_value(
            key,
            expr,
            "a list of header names",
            "[\"accept-language\"]",
        ));
        return Vec::new();
    };
    let mut names = Vec::new();
    for item in list {
        match value::plain_text(item) {
            Some(text) if valid(reader, &text, item.span) => names.push((text.to_ascii_lowercase(), item.span)),
            Some(_) => {}
            None => reader.sink.push(value::wrong_value(
                key,
                item,
                "header names in quotes",
                "[\"accept-language\"]",
            )),
        }
    }
    names
}

fn values(reader: &mut Reader<'_, '_>, key: &str, expr: &Expr) -> Vec<(String, Expr)> {
    let mut list = request::group(reader, key, expr).unwrap_or_default();
    list.retain(|(name, value)| valid(reader, name, value.span));
    for (name, _) in &mut list {
        // In a block `cache_control:` is `cache-control`, as in the `header` inputs.
        *name = name.to_ascii_lowercase().replace('_', "-");
    }
    list
}

/// Whether a name is a field name (RFC 9110, section 5.1) that a spec may touch; says why not.
pub fn valid(reader: &mut Reader<'_, '_>, name: &str, span: Span) -> bool {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(token) {
        let found = Diagnostic::error("E0205", span, format!("`{name}` is no name of a header"));
        reader
            .sink
            .push(found.help("a name has letters, digits and `-`, such as `x-client`"));
        return false;
    }
    if OWN.contains(&name.to_ascii_lowercase().replace('_', "-").as_str()) {
        let found = Diagnostic::error(
            "E0205",
            span,
            format!("`{name}` belongs to the connection and is not for a spec to touch"),
        );
        reader
            .sink
            .push(found.help("remove it: framing, host and connection headers are the gateway's own"));
        return false;
    }
    true
}
