//! `idempotency:` of a route: equal requests with one key have their effects once (draft-ietf-httpapi-idempotency-key-header).

use super::{Def, Reader, Scope, idempotent, request};
use crate::model::effects::Idempotency;
use crate::model::types::Setting;
use crate::syntax::ast::{Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "idempotency",
    scopes: &[Scope::Route],
    served: true,
    doc: "Requests with one key are one: it has its effects once, and its first answer is given again. `header` names the key's header \
          (`idempotency-key`), `ttl` says how long an answer is kept (24h), `required` refuses requests without a key.",
};

/// How long an answer is kept unless another time is written, milliseconds.
const TTL: u64 = 24 * 3_600_000;

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Idempotency> {
    let ExprKind::Shape(_) = &expr.kind else {
        let example = "{ header: \"idempotency-key\", ttl: 24h, required: true }";
        let found = super::value::wrong_value("idempotency", expr, "a group", example);
        reader.sink.push(found);
        return None;
    };
    let mut read = Idempotency {
        header: idempotent::HEADER.to_owned(),
        ttl: Setting::Value(TTL),
        required: false,
        span: expr.span,
    };
    for (name, entry) in request::group(reader, "idempotency", expr)? {
        match name.as_str() {
            "header" => read.header = idempotent::read_header(reader, &entry).unwrap_or(read.header),
            // A minute is less than a client waits before it tries again, a month more than anybody remembers.
            "ttl" => {
                read.ttl = reader
                    .duration("ttl", &entry, 1_000, 30 * 86_400_000)
                    .unwrap_or(read.ttl)
            }
            "required" => read.required = reader.boolean("required", &entry).unwrap_or(false),
            other => reader.unknown_in("idempotency", other, entry.span, &["header", "ttl", "required"]),
        }
    }
    Some(read)
}
