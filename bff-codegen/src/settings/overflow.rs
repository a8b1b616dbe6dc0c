//! `overflow: truncate` of a call with `for` or `collect`: what is above its bound is left out. Without it the route fails with 500.

use super::{Def, Reader, Scope};
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "overflow",
    scopes: &[Scope::Call],
    served: true,
    doc: "`truncate`: keys above `max`, or pages above `collect`, are left out. Else they are a 500 `fanout_limit` or `pages_limit`.",
};

/// Reads it: true for `truncate`.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<bool> {
    reader.word("overflow", expr, &["truncate"]).map(|_| true)
}
