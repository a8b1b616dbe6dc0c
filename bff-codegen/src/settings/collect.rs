//! `collect: n` of a call over an operation with `pages`: follows up to n pages, 1 to 20, and gives the list of their items.

use super::{Def, Reader, Scope};
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "collect",
    scopes: &[Scope::Call],
    served: true,
    doc: "Follows up to so many pages of an operation with `pages` (1 to 20); the call gives the list of their items.",
};

/// The most pages of a call.
pub const MOST: u64 = 20;

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<u64> {
    reader.count("collect", expr, MOST, "5")
}
