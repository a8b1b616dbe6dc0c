//! `errors: problem` of a client, or a shape over `error`: what an error document looks like.

use super::{Def, Reader, Scope, value};
use crate::model::types::ErrorFormat;
use crate::syntax::ast::{Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "errors",
    scopes: &[Scope::Client],
    served: true,
    doc: "Error documents: `problem` (RFC 9457, the default) or a shape over `error`, such as `{ code: error.code }`.",
};

/// Reads it; a shape is checked later.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<ErrorFormat> {
    match &expr.kind {
        ExprKind::Name(name) if name == "problem" => Some(ErrorFormat::Problem),
        ExprKind::Shape(_) => Some(ErrorFormat::Shape(expr.clone())),
        _ => {
            reader.sink.push(value::wrong_value(
                "errors",
                expr,
                "`problem` or a shape over `error`",
                "problem",
            ));
            None
        }
    }
}
