//! `sparse: query` of a route: a request may say which fields of the answer it wants, `?fields=top.product,period`.

use super::{Def, Reader, Scope};
use crate::source::Span;
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "sparse",
    scopes: &[Scope::Route],
    served: true,
    doc: "`query` lets a request choose fields of the answer by `?fields=a.b,c`. Calls that only feed others are not made.",
};

/// Reads it: where it stands.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Span> {
    reader.word("sparse", expr, &["query"]).map(|_| expr.span)
}
