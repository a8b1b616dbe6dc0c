//! `rewrite:` of a proxy route: the path that goes upstream instead of the one that came.

use super::{Def, Reader, Scope, value};
use crate::syntax::ast::{Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "rewrite",
    scopes: &[Scope::Route],
    served: true,
    doc: "The path that goes upstream: `/assets/*`, `/users/{id}/avatar`, `\"/rooms/${path.room}\"`. `*` is what `*` of the route took.",
};

/// Reads it: a path, or text that begins with `/`.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Expr> {
    if matches!(expr.kind, ExprKind::Path(_) | ExprKind::Str(_)) {
        return Some(expr.clone());
    }
    let wanted = value::wrong_value("rewrite", expr, "a path", "/assets/*");
    reader.sink.push(wanted);
    None
}
