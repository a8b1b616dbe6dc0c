//! `max:` of a per-item call: the most keys that it asks for. 1 to 1000; 100 where the operation has a `batch`, to be written where not.

use super::{Def, Reader, Scope};
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "max",
    scopes: &[Scope::Call],
    served: true,
    doc: "The most keys of a per-item call, up to 1000. 100 where the operation has a `batch`; without one it must be written.",
};

/// What holds where nothing is written.
pub const DEFAULT: u64 = 100;

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<u64> {
    reader.count("max", expr, 1_000, "20")
}
