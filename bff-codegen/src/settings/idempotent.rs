//! `idempotent:` of an operation or a call: the key under which an upstream does the same thing only once.

use super::{Def, Reader, Scope, headers, request, value};
use crate::model::effects::Idempotent;
use crate::syntax::ast::{Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "idempotent",
    scopes: &[Scope::Op, Scope::Call],
    served: true,
    doc: "A key that tells the upstream that two requests are one: sent as `idempotency-key`, or under the name of `{ header, key }`. \
          Null is left out. On a call it takes the place of the operation's.",
};

/// The header that is sent unless another is written.
pub const HEADER: &str = "idempotency-key";

/// Reads `key` or `{ header: "x-key", key: … }`.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Idempotent> {
    let ExprKind::Shape(_) = &expr.kind else {
        return Some(Idempotent {
            header: HEADER.to_owned(),
            key: expr.clone(),
        });
    };
    let (mut header, mut key, mut complete) = (Some(HEADER.to_owned()), None, true);
    for (name, entry) in request::group(reader, "idempotent", expr)? {
        match name.as_str() {
            "header" => header = read_header(reader, &entry),
            "key" => key = Some(entry),
            other => {
                complete = false;
                reader.unknown_in("idempotent", other, entry.span, &["header", "key"]);
            }
        }
    }
    if key.is_none() && complete {
        let example = "{ header: \"x-request-key\", key: request.idempotency_key }";
        reader.sink.push(value::wrong_value(
            "idempotent",
            expr,
            "a key, or a group with one",
            example,
        ));
    }
    let (header, key) = (header?, key?);
    Some(Idempotent { header, key })
}

/// The name of a header, in lower case.
pub fn read_header(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<String> {
    let Some(name) = value::plain_text(expr) else {
        let found = value::wrong_value("header", expr, "the name of a header", "\"idempotency-key\"");
        reader.sink.push(found);
        return None;
    };
    headers::valid(reader, &name, expr.span).then(|| name.to_ascii_lowercase())
}
