//! `query:`, `header:` and `body:` of an operation: where its parameters go when their names do not say it.

use super::{Def, Reader, Scope, value};
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{EntryKind, Expr, ExprKind};

/// `query:`
pub const QUERY: Def = Def {
    name: "query",
    scopes: &[Scope::Op],
    served: true,
    doc: "Query parameters by their wire names, as expressions over the parameters. Null is left out, a list repeats the key.",
};
/// `header:`
pub const HEADER: Def = Def {
    name: "header",
    scopes: &[Scope::Op],
    served: true,
    doc: "Request headers by name, as expressions over the parameters. Null is left out.",
};
/// `body:`
pub const BODY: Def = Def {
    name: "body",
    scopes: &[Scope::Op],
    served: true,
    doc: "The JSON body, as an expression over the parameters.",
};

/// The entries of a group of expressions; header names in lower case.
pub fn group(reader: &mut Reader<'_, '_>, key: &str, expr: &Expr) -> Option<Vec<(String, Expr)>> {
    let ExprKind::Shape(shape) = &expr.kind else {
        reader
            .sink
            .push(value::wrong_value(key, expr, "a group", "{ name: value }"));
        return None;
    };
    let mut list: Vec<(String, Expr)> = Vec::new();
    for entry in &shape.entries {
        let (name, value) = match &entry.kind {
            EntryKind::Value { key, value } if entry.guard.is_none() => (key, value.clone()),
            EntryKind::Pick {
                key,
                alias: None,
                shape: None,
            } if entry.guard.is_none() => (
                key,
                Expr {
                    span: key.span,
                    kind: ExprKind::Name(key.text.clone()),
                },
            ),
            _ => {
                let found = Diagnostic::error("E0205", entry.span, format!("`{key}` takes `name: value` entries"));
                reader
                    .sink
                    .push(found.help("write the value that is sent under a name: `\"x-name\": value`"));
                continue;
            }
        };
        if list.iter().any(|(other, _)| *other == name.text) {
            let found = Diagnostic::error("E0206", name.span, format!("`{}` is set twice", name.text));
            reader.sink.push(found.help(format!("keep one `{}`", name.text)));
            continue;
        }
        list.push((name.text.clone(), value));
    }
    Some(list)
}
