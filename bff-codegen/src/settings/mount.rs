//! `mount:` of a client: the prefix of all its paths, `/` by default.

use super::{Def, Reader, Scope, value};
use crate::syntax::ast::{Expr, ExprKind, PathPiece};

/// The key.
pub const DEF: Def = Def {
    name: "mount",
    scopes: &[Scope::Client],
    served: true,
    doc: "Prefix of all paths of the client, `/` unless written. A route `/` is the mount itself.",
};

/// Reads it: `/` or `/a/b`, literal text only.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<String> {
    let path = match &expr.kind {
        ExprKind::Path(path) => Some(path),
        _ => None,
    };
    let literal =
        |piece: &PathPiece| matches!(piece, PathPiece::Literal(text, _) if text != "*" && text != "." && text != "..");
    match path {
        Some(path) if path.segments.iter().flatten().all(literal) => Some(path.text.clone()),
        Some(_) => {
            reader
                .sink
                .push(value::wrong_value("mount", expr, "a path of plain segments", "/mobile"));
            None
        }
        None => {
            reader.sink.push(value::wrong_value("mount", expr, "a path", "/mobile"));
            None
        }
    }
}
