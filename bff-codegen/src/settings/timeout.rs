//! `timeout:` of an upstream or operation (one attempt) or of a call (the whole of it). 1ms to 1h, 1s by default.

use super::{Def, Reader, Scope};
use crate::model::types::Setting;
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "timeout",
    scopes: &[Scope::Upstream, Scope::Op, Scope::Call],
    served: true,
    doc: "On an upstream or operation the time of one attempt, on a call the time of the whole call; 1s unless written.",
};

/// What holds where nothing is written, milliseconds.
pub const DEFAULT: u64 = 1_000;

/// Reads it, in milliseconds.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Setting<u64>> {
    reader.duration("timeout", expr, 1, 3_600_000)
}
