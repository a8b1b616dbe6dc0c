//! `batch:` of an operation: which operation answers for many keys at once, in which argument it takes them, and which field of
//! its answer says what was asked for.

use super::{Def, Reader, Scope, group, value};
use crate::model::types::Batch;
use crate::syntax::ast::{Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "batch",
    scopes: &[Scope::Op],
    served: true,
    doc: "`{ op: products, arg: ids, match: .id, max: 100 }`: per-item calls of this operation ask that one, in chunks of `max` (100).",
};

/// The most keys of one request where nothing is written.
const CHUNK: u64 = 100;

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Batch> {
    let ExprKind::Shape(shape) = &expr.kind else {
        let form = "{ op: products, arg: ids, match: .id }";
        reader.sink.push(value::wrong_value("batch", expr, "a group", form));
        return None;
    };
    let entries = group::read(reader, "batch", shape, &["op", "arg", "match", "max"]);
    let op = group::required_name(reader, &entries, expr.span, ("op", "products"));
    let arg = group::required_name(reader, &entries, expr.span, ("arg", "ids"));
    let by = group::required_way(reader, &entries, expr.span, ("match", ".id"));
    let max = match entries.get("max") {
        Some(expr) => reader.count("max", expr, 1_000, "100"),
        None => Some(CHUNK),
    };
    Some(Batch {
        op: op?,
        arg: arg?,
        by: by?,
        max: max?,
        span: expr.span,
    })
}
