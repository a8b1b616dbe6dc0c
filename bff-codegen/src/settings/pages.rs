//! `pages:` of an operation: which argument takes what leads to a page, where the answer says what leads to the next one, and
//! where its items are.

use super::{Def, Reader, Scope, group, value};
use crate::model::types::Pages;
use crate::syntax::ast::{Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "pages",
    scopes: &[Scope::Op],
    served: true,
    doc: "`{ arg: page, next: .next, items: .items }`: how a call with `collect` gets from page to page. No `next` is the last one.",
};

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Pages> {
    let ExprKind::Shape(shape) = &expr.kind else {
        let form = "{ arg: page, next: .next, items: .items }";
        reader.sink.push(value::wrong_value("pages", expr, "a group", form));
        return None;
    };
    let entries = group::read(reader, "pages", shape, &["arg", "next", "items"]);
    let arg = group::required_name(reader, &entries, expr.span, ("arg", "page"));
    let next = group::required_way(reader, &entries, expr.span, ("next", ".next"));
    let items = group::required_way(reader, &entries, expr.span, ("items", ".items"));
    Some(Pages {
        arg: arg?,
        next: next?,
        items: items?,
        span: expr.span,
    })
}
