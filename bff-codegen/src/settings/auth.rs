//! `auth: none` of a client or a route: who may ask. The only scheme served so far, and it must be written (`E0501`).

use super::{Def, Reader, Scope, not_served};
use crate::diagnostic::{Diagnostic, suggest};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "auth",
    scopes: &[Scope::Client, Scope::Route],
    served: true,
    doc: "Who may ask. `none` is written where anybody may; a route without a decision does not compile.",
};

/// A decision about authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Where it stands.
    pub span: Span,
    /// It is not `none` and was refused: who asks is not known.
    pub refused: bool,
}

/// Reads `none`; everything else is refused, but still a decision. `bindings` are the names that `auth x = …` declares.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr, bindings: &[&str]) -> Decision {
    let decision = |refused| Decision {
        span: expr.span,
        refused,
    };
    match &expr.kind {
        ExprKind::Name(name) if name == "none" => return decision(false),
        ExprKind::Name(name) if bindings.contains(&name.as_str()) => {} // Its declaration was refused with E0901.
        ExprKind::Name(name) => {
            let options: Vec<&str> = bindings.iter().copied().chain(["none"]).collect();
            let found = Diagnostic::error("E0201", expr.span, format!("no authentication is called `{name}`"));
            reader.sink.push(match suggest::closest(name, options) {
                Some(near) => found.help(format!("did you mean `{near}`?")).fix(expr.span, near),
                None => found.help("public routes say `auth: none`"),
            });
        }
        _ => reader.sink.push(not_served(expr.span, "auth: […]")),
    }
    decision(true)
}
