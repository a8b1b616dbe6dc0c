//! `hedge: 60ms` of a call: sends the same request once more when no answer has come by then; the first good answer wins. 1ms to 1h.

use super::{Def, Reader, Scope};
use crate::model::types::Setting;
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "hedge",
    scopes: &[Scope::Call],
    served: true,
    doc: "After this time without an answer the same request is sent once more; the first good answer wins, the other is dropped.",
};

/// Reads it, in milliseconds.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Setting<u64>> {
    reader.duration("hedge", expr, 1, 3_600_000)
}
