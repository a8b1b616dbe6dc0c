//! `safe: true` of an operation: it only reads, although its method is not GET or HEAD (RFC 9110, section 9.2.1).

use super::{Def, Reader, Scope};
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "safe",
    scopes: &[Scope::Op],
    served: true,
    doc: "`true` says that the operation only reads, whatever its method: it may be called in GET routes and at any time.",
};

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<bool> {
    reader.boolean("safe", expr)
}
