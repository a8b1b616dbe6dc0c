//! `decimals: string | number` of a client: how a `Decimal` is written in answers. `string` by default: JSON numbers lose digits.

use super::{Def, Reader, Scope};
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "decimals",
    scopes: &[Scope::Client],
    served: true,
    doc: "How a `Decimal` is written: `string` (the default, exact everywhere) or `number`.",
};

/// Whether decimals are written as numbers.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<bool> {
    reader
        .word("decimals", expr, &["string", "number"])
        .map(|word| word == "number")
}
