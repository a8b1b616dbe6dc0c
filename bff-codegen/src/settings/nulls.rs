//! `nulls: keep | omit` of a client: whether fields that are null are written. `keep` by default.

use super::{Def, Reader, Scope};
use crate::model::types::Nulls;
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "nulls",
    scopes: &[Scope::Client],
    served: true,
    doc: "Whether null fields are written (`keep`, the default) or left out (`omit`). Null list elements are always written.",
};

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Nulls> {
    let word = reader.word("nulls", expr, &["keep", "omit"])?;
    Some(if word == "omit" { Nulls::Omit } else { Nulls::Keep })
}
