//! Per-item calls: `for x in list key e` (E0306), and their bound (E0403).

use super::Checker;
use super::batch::varying;
use super::env::Named;
use super::settings::CallSettings;
use super::types::T;
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind, NameRef};
use crate::ir::service::{CallArm, Each, Request, TurnKind};
use crate::model::types::Scalar;
use crate::settings::{concurrency, max};
use crate::source::Span;
use crate::syntax::ast;

/// The list of a per-item call.
pub(super) struct Listed {
    keys: Expr,
    items: Option<Expr>,
    /// The type of the keys.
    pub(super) key: T,
    /// The turn that holds the element.
    pub(super) item: u32,
    var: String,
    list: Span,
}

impl Checker<'_> {
    /// Reads the list of a call and gives the loop variable its value. None where something is wrong, which was said.
    pub(super) fn listed(&mut self, each: &ast::Loop) -> Option<Listed> {
        self.claim(&each.var.text, each.var.span);
        let unknown = Named::Value(Value::unknown(each.var.span), each.var.span);
        self.env.names.insert(each.var.text.clone(), unknown);
        let list = self.infer(&each.list, None);
        let element = match list.ty.present() {
            T::List(element) => (**element).clone(),
            T::Unknown => return None,
            T::Null => T::Never,
            other => {
                let text = format!(
                    "`for` goes through a list, {} is {}",
                    self.short(each.list.span),
                    self.describe(other)
                );
                self.sink.push(Diagnostic::error("E0313", each.list.span, text));
                return None;
            }
        };
        if element.is_computed() {
            self.unsupported(
                each.list.span,
                "a call for each of records that are written in the route",
            );
            return None;
        }
        if element.is_unknown() {
            return None;
        }
        let present = element.present().clone();
        let (keys, key) = match &each.key {
            Some(key) => self.own_keys(each, key, list.clone(), present.clone())?,
            None => (list.expr.clone(), present.clone()),
        };
        if !is_key(&key) {
            self.key_misfit(each, &key);
            return None;
        }
        let item = self.turn(TurnKind::Item, &each.var.text, present.ir());
        let value = Value::new(present, each.var.span, ExprKind::Name(NameRef::Turn(item)));
        let named = Named::Value(value, each.var.span);
        self.env.names.insert(each.var.text.clone(), named);
        Some(Listed {
            keys,
            items: each.key.is_some().then_some(list.expr),
            key,
            item,
            var: each.var.text.clone(),
            list: each.list.span,
        })
    }

    /// `key e`: the keys as a list beside the elements, and their type. An element that is null has none.
    fn own_keys(&mut self, each: &ast::Loop, key: &ast::Expr, list: Value, present: T) -> Option<(Expr, T)> {
        let (mut ty, var) = (T::Never, each.var.clone());
        let keys = self.over_null(list, &mut |cx, list| {
            let element = match &list.ty {
                T::List(element) => T::clone(element),
                _ => present.clone(),
            };
            cx.each(list.expr, element, &mut |cx, item| {
                cx.over_null(item, &mut |cx, item| {
                    let named = Named::Value(item, var.span);
                    cx.env.names.insert(var.text.clone(), named);
                    let key = cx.infer(key, None);
                    ty = key.ty.present().clone();
                    key
                })
            })
        });
        (!ty.is_unknown()).then_some((keys.expr, ty))
    }

    /// E0306: what cannot be the key of a map.
    fn key_misfit(&mut self, each: &ast::Loop, key: &T) {
        let (what, span) = (
            self.describe(key),
            each.key.as_ref().map_or(each.list.span, |key| key.span),
        );
        let error = Diagnostic::error("E0306", span, format!("the key of this per-item call is {what}"))
            .at("keys are `String`, `ID`, `Int`, `Uuid`, `Date` or an enum");
        let help = match (key, &each.key) {
            (T::Record(node), None) => {
                let record = &self.model.records[self.demand.record(*node).0 as usize];
                let scalar = |ty: &crate::model::types::Ty| {
                    use crate::model::types::Ty;
                    matches!(
                        super::batch::present(ty),
                        Ty::Scalar(Scalar::Id | Scalar::String | Scalar::Int | Scalar::Uuid)
                    )
                };
                let field = record.fields.iter().find(|field| scalar(&field.ty));
                let name = field.map_or("id", |field| field.name.as_str());
                format!("add `key {}.{name}` (a scalar)", each.var.text)
            }
            (T::List(_), None) => format!(
                "go through the inner lists, too: `{}[]`",
                self.sources.text(each.list.span)
            ),
            _ => "take a field that names the element".to_owned(),
        };
        self.sink.push(error.help(help));
    }

    /// The row of a per-item call whose arguments and arms are known.
    pub(super) fn each_of(
        &mut self,
        listed: Listed,
        request: &Request,
        settings: &CallSettings,
        arms: &[&CallArm],
    ) -> Option<Each> {
        let declared = &self.model.ops[request.op.0 as usize];
        // A batch that does not hold was reported where it is declared.
        let batched = request.batch.is_some() || declared.batch.is_some() && !self.batched.contains_key(&request.op.0);
        if varying(request, listed.item).is_empty() {
            let error = Diagnostic::error("E0413", listed.list, format!("no argument reads `{}`", listed.var))
                .because(
                    declared.span,
                    format!("each element would send the same to `{}`", declared.name),
                )
                .help(format!(
                    "pass it, `{}: {}`, or call once without `for`",
                    first_param(declared),
                    listed.var
                ));
            self.sink.push(error);
            return None;
        }
        if !batched && settings.max.is_none() {
            self.no_bound(&listed, request);
            return None;
        }
        let in_arms = arms
            .iter()
            .any(|arm| matches!(arm, CallArm::Call(request, _) if request.batch.is_none()));
        if let (Some((_, span)), true, false) = (settings.concurrency, batched, in_arms) {
            let error = Diagnostic::error("E0413", span, "`concurrency` does nothing here")
                .at("a batch asks for all keys at once")
                .because(declared.span, format!("`{}` has a `batch`", declared.name));
            self.sink.push(error.help("remove it"));
        }
        Some(Each {
            keys: listed.keys,
            items: listed.items,
            item: listed.item,
            max: settings.max.map_or(max::DEFAULT, |(max, _)| max),
            truncate: settings.overflow.is_some(),
            concurrency: settings.concurrency.map_or(concurrency::DEFAULT, |(most, _)| most),
        })
    }

    /// E0403: as many requests as there are elements.
    fn no_bound(&mut self, listed: &Listed, request: &Request) {
        let declared = &self.model.ops[request.op.0 as usize];
        let upstream = &self.model.upstreams[declared.upstream.0 as usize].name;
        let text = format!(
            "up to {} separate requests to `{upstream}.{}` per call of this route",
            max::DEFAULT,
            declared.name
        );
        let (why, help) = if declared.batch.is_some() {
            (
                format!(
                    "the `batch` of `{}` takes only what varies in one argument, its key",
                    declared.name
                ),
                "let only the key vary, or state the bound: `{ max: 20 }`",
            )
        } else {
            (
                format!("`{}` has no `batch`", declared.name),
                "declare `batch` on the operation, or state the bound: `{ max: 20 }`",
            )
        };
        let error = Diagnostic::error("E0403", listed.list, text).because(declared.span, why);
        self.sink.push(error.help(help));
    }
}

fn first_param(op: &crate::model::types::Op) -> &str {
    op.params.first().map_or("id", |param| param.name.as_str())
}

/// Whether a type can be the key of a map.
fn is_key(ty: &T) -> bool {
    use Scalar::{Date, Id, Int, String, Uuid};
    matches!(ty, T::Enum(_) | T::Never | T::Scalar(String | Id | Int | Uuid | Date))
}
