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

/// Reads `none`; everything else is refused. `bindings` are the names that `auth x = …` declares.
/// `Some` is a decision, also a refused one: it was said once.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr, bindings: &[&str]) -> Option<Span> {
    match &expr.kind {
        ExprKind::Name(name) if name == "none" => {}
        ExprKind::Name(name) if bindings.contains(&name.as_str()) => {} // Its declaration was refused with E0901.
        ExprKind::Name(name) => {
            let options: Vec<&str> = bindings.iter().copied().chain(["none"]).collect();
            let found = Diagnostic::error("E0201", expr.span, format!("no authentication is called `{name}`"));
            let help = suggest::did_you_mean(name, options).unwrap_or("public routes say `auth: none`".to_owned());
            reader.sink.push(found.help(help));
        }
        _ => reader.sink.push(not_served(expr.span, "auth: […]")),
    }
    Some(expr.span)
}
