//! `pages:` of an operation: which argument takes what leads to a page, where the answer says what leads to the next one, and
//! where its items are.

use super::group::Group;
use super::{Def, Reader, Scope};
use crate::model::types::Pages;
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "pages",
    scopes: &[Scope::Op],
    served: true,
    doc: "`{ arg: page, next: .next, items: .items }`: how a call with `collect` gets from page to page. No `next` is the last one.",
};

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Pages> {
    let form = "{ arg: page, next: .next, items: .items }";
    let mut group = Group::open(reader, "pages", expr, &["arg", "next", "items"], form)?;
    let arg = group.name(reader, "arg");
    let next = group.way(reader, "next");
    let items = group.way(reader, "items");
    Some(Pages {
        arg: arg?,
        next: next?,
        items: items?,
        span: expr.span,
    })
}
