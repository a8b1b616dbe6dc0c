//! `stability: stable` of a client: its answers are a contract that no upstream may change, so every field is written out.

use super::{Def, Reader, Scope};
use crate::source::Span;
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "stability",
    scopes: &[Scope::Client],
    served: true,
    doc: "`stable` makes the answers a contract: whole objects and `*`, which follow their upstream, do not compile. \
          `evolving`, the default, allows both.",
};

/// Reads it: where `stable` is written.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Span> {
    let word = reader.word("stability", expr, &["stable", "evolving"])?;
    (word == "stable").then_some(expr.span)
}
