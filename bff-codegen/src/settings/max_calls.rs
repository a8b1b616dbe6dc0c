//! `max_calls:` of a client: the most upstream requests that one request may cause in the worst case. 1 to 1000, 100 by default.

use super::{Def, Reader, Scope};
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "max_calls",
    scopes: &[Scope::Client],
    served: true,
    doc: "The most upstream requests that one request may cause in the worst case, 100 unless written. A route above it does not compile.",
};

/// What holds where nothing is written.
pub const DEFAULT: u64 = 100;

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<u64> {
    reader.count("max_calls", expr, 1_000, "100")
}
