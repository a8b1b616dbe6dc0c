//! `concurrency:` of a per-item call whose operation has no `batch`: how many requests are on their way at once. 1 to 64, 8 by default.

use super::{Def, Reader, Scope};
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "concurrency",
    scopes: &[Scope::Call],
    served: true,
    doc: "How many single requests of a per-item call are on their way at once, 8 unless written. A batch asks for all at once.",
};

/// What holds where nothing is written.
pub const DEFAULT: u64 = 8;

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<u64> {
    reader.count("concurrency", expr, 64, "8")
}
