//! `deadline:` of a client or a route: the budget of a request, from its arrival to its answer. 1ms to 1h, 5s by default.

use super::{Def, Reader, Scope};
use crate::model::types::Setting;
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "deadline",
    scopes: &[Scope::Client, Scope::Route],
    served: true,
    doc: "Budget of a request from its arrival to its answer, 5s unless written. No call outlives it; what is left travels upstream.",
};

/// What holds where nothing is written, milliseconds.
pub const DEFAULT: u64 = 5_000;

/// Reads it, in milliseconds.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Setting<u64>> {
    reader.duration("deadline", expr, 1, 3_600_000)
}
