//! `batch:` of an operation: which operation answers for many keys at once, in which argument it takes them, and which field of
//! its answer says what was asked for.

use super::group::Group;
use super::{Def, Reader, Scope};
use crate::model::types::Batch;
use crate::syntax::ast::Expr;

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
    let form = "{ op: products, arg: ids, match: .id }";
    let mut group = Group::open(reader, "batch", expr, &["op", "arg", "match", "max"], form)?;
    let op = group.name(reader, "op");
    let arg = group.name(reader, "arg");
    let by = group.way(reader, "match");
    let max = match group.take("max") {
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
