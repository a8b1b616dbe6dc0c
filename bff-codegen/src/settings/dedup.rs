//! `dedup: false` of a call: it sends a request of its own even where an equal one was sent for the same client. On by default.

use super::{Def, Reader, Scope};
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "dedup",
    scopes: &[Scope::Call],
    served: true,
    doc: "Calls of one request that would send the same share one request. `false` sends this one by itself.",
};

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<bool> {
    reader.boolean("dedup", expr)
}
