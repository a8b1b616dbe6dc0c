//! `pages:` of an operation (E0411): the answer must have the items and what leads to the next page. And calls that follow them.

use super::Checker;
use super::batch::present;
use super::types::{T, declared_name};
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::{Expr, ExprKind, NameRef};
use crate::ir::service::{Collect, Request, Step, TurnKind};
use crate::model::types::{self, Op, Ty};
use crate::settings;
use crate::source::Span;
use crate::syntax::ast::Key;

/// `pages` that hold.
#[derive(Clone, Debug)]
pub(super) struct Paged {
    arg: usize,
    next: Vec<Step>,
    items: Vec<Step>,
    /// The type of an item.
    item: Ty,
    /// The name of a page's type, and whether a page may be null.
    page: String,
    nullable: bool,
    /// Whether a constraint lies on the way to the items or to the next page: what is collected of a page is not held against it.
    constrained: bool,
    span: Span,
}

impl Checker<'_> {
    /// Checks the `pages` of every operation.
    pub(super) fn all_pages(&mut self) {
        for (id, op) in self.model.ops.iter().enumerate() {
            if let Some(pages) = &op.pages
                && let Some(paged) = self.paged(op, pages)
            {
                self.paged.insert(id as u32, paged);
            }
        }
    }

    fn paged(&mut self, op: &Op, pages: &types::Pages) -> Option<Paged> {
        let arg = self.param_of(op, &pages.arg)?;
        let Some(result) = &op.result else {
            let text = format!("`{}` gives nothing, so it has no pages", op.name);
            self.no_pages(pages.span, text, op.span, "declare what it gives: `: Page<Item>`");
            return None;
        };
        let (next, cursor) = self.way(result, &pages.next)?;
        let (items, list) = self.way(result, &pages.items)?;
        let param = &op.params[arg];
        if present(&param.ty) != &cursor && cursor != Ty::Unknown && param.ty != Ty::Unknown {
            let text = format!(
                "what leads to the next page is `{}`, and `{}` takes `{}`",
                declared_name(self.model, &cursor),
                param.name,
                declared_name(self.model, present(&param.ty))
            );
            let help = "give both the same type; the field may be null, which ends the pages";
            self.no_pages(span_of(&pages.next), text, param.ty_span, help);
            return None;
        }
        let item = match list {
            Ty::List(item) => *item,
            Ty::Unknown => return None,
            other => {
                let text = format!(
                    "the items of a page are `{}`, no list",
                    declared_name(self.model, &other)
                );
                self.no_pages(
                    span_of(&pages.items),
                    text,
                    op.span,
                    "say where the list is: `items: .items`",
                );
                return None;
            }
        };
        Some(Paged {
            arg,
            next,
            items,
            item,
            page: declared_name(self.model, present(result)),
            nullable: matches!(result, Ty::Nullable(_)),
            constrained: self.is_constrained(result, &pages.items) || self.is_constrained(result, &pages.next),
            span: pages.span,
        })
    }

    /// Follows a way of fields into a type; gives what is there, without its null.
    fn way(&mut self, from: &Ty, keys: &[Key]) -> Option<(Vec<Step>, Ty)> {
        let (mut at, mut steps) = (present(from).clone(), Vec::new());
        for key in keys {
            let record = match &at {
                Ty::Record(id) => &self.model.records[id.0 as usize],
                Ty::Unknown => return None,
                other => {
                    let text = format!("`{}` has no fields", declared_name(self.model, other));
                    self.sink.push(Diagnostic::error("E0202", key.span, text));
                    return None;
                }
            };
            let Some((_, field)) = record.field(&key.text) else {
                let names: Vec<&str> = record.fields.iter().map(|field| field.name.as_str()).collect();
                let text = format!("`{}` has no field `{}`", record.name, key.text);
                let error = Diagnostic::error("E0202", key.span, text)
                    .because(record.span, format!("`{}` is declared here", record.name));
                self.sink.push(match suggest::help(&key.text, &names, "fields") {
                    Some(help) => error.help(help),
                    None => error,
                });
                return None;
            };
            steps.push(Step {
                wire: field.wire.clone(),
                nullable: field.may_be_null(),
            });
            at = present(&field.ty).clone();
        }
        Some((steps, at))
    }

    /// Whether a field on a way, which was found to be one, has a constraint.
    fn is_constrained(&self, from: &Ty, keys: &[Key]) -> bool {
        let mut at = present(from);
        for key in keys {
            let Ty::Record(id) = at else { return false };
            let Some((_, field)) = self.model.records[id.0 as usize].field(&key.text) else {
                return false;
            };
            if field.constraint.is_some() {
                return true;
            }
            at = present(&field.ty);
        }
        false
    }

    fn no_pages(&mut self, span: Span, text: String, place: Span, help: &str) {
        let error = Diagnostic::error("E0411", span, text).because(place, "declared here");
        self.sink.push(error.help(help));
    }

    /// `collect: n` of a call: the type of what it gives, and how its pages are followed.
    pub(super) fn collected(
        &mut self,
        request: &Request,
        (most, span): (u64, Span),
        truncate: bool,
    ) -> Option<(Ty, Box<Collect>)> {
        let op = &self.model.ops[request.op.0 as usize];
        if op.pages.is_none() {
            let error = Diagnostic::error("E0413", span, format!("`{}` has no pages to collect", op.name))
                .because(op.span, "declared without `pages`")
                .help("say how they are followed: `pages: { arg: page, next: .next, items: .items }`");
            self.sink.push(error);
            return None;
        }
        let paged = self.paged.get(&request.op.0)?.clone();
        if paged.constrained {
            self.unsupported(span, "collecting pages whose items or cursor have a constraint");
            return None;
        }
        let cursor_ty = self.demand.ty(present(&op.params[paged.arg].ty)).ir();
        let turn = self.turn(TurnKind::Cursor, "cursor", cursor_ty.clone());
        let mut next = Request {
            batch: None,
            collect: None,
            ..request.clone()
        };
        let cursor = Expr {
            ty: cursor_ty.clone(),
            span: paged.span,
            kind: ExprKind::Name(NameRef::Turn(turn)),
        };
        let param = T::from_param(self, &op.params[paged.arg]);
        let cursor = if param.may_be_null() {
            Expr {
                ty: param.ir(),
                span: paged.span,
                kind: ExprKind::Convert(Box::new(cursor)),
            }
        } else {
            cursor
        };
        next.args[paged.arg] = Some(cursor);
        next.required_args.retain(|arg| *arg != paged.arg);
        let collect = Collect {
            next,
            page: paged.page,
            nullable: paged.nullable,
            items: paged.items,
            cursor: paged.next,
            cursor_ty,
            most: most.min(settings::collect::MOST),
            truncate,
        };
        Some((Ty::List(Box::new(paged.item)), Box::new(collect)))
    }
}

impl T {
    /// The type of a parameter, null where it may be left out.
    fn from_param(cx: &mut Checker<'_>, param: &types::Field) -> T {
        let ty = cx.demand.ty(&param.ty);
        if param.may_be_null() { ty.or_null(None) } else { ty }
    }
}

fn span_of(way: &[Key]) -> Span {
    match (way.first(), way.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::new(crate::source::FileId(0), 0, 0),
    }
}
