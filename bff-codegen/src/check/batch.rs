//! `batch:` of an operation (E0410): the operation it names must answer the same for a list of keys. And per-item calls that go
//! through it.

use super::Checker;
use super::types::{T, declared_name};
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::{Expr, ExprKind, LocalId, NameRef, Ty as IrTy};
use crate::ir::service::{Batch, Request, Turn, TurnKind};
use crate::model::types::{self, Field, Op, OpId, Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;

/// A `batch` that holds.
#[derive(Clone, Debug)]
pub(super) struct Batched {
    /// The operation that answers for many.
    op: OpId,
    /// Its parameter that takes the list, and the type of the list's elements.
    list: usize,
    element: Ty,
    /// The parameter of the operation itself that becomes the list.
    pub(super) key: usize,
    /// Parameters that both have: of the one, of the other.
    others: Vec<(usize, usize)>,
    /// The field that says what was asked for, by its place in the record.
    by: u32,
    max: u64,
    span: Span,
}

impl Checker<'_> {
    /// Checks the `batch` of every operation.
    pub(super) fn batches(&mut self) {
        for (id, op) in self.model.ops.iter().enumerate() {
            if let Some(batch) = &op.batch
                && let Some(batched) = self.batched(op, batch)
            {
                self.batched.insert(id as u32, batched);
            }
        }
    }

    fn batched(&mut self, op: &Op, batch: &types::Batch) -> Option<Batched> {
        let id = self.sibling(op, &batch.op)?;
        let many = &self.model.ops[id.0 as usize];
        if !many.safe {
            let text = format!("`{}` changes state, so it cannot answer for many", many.name);
            self.batch_misfit(batch.op.span, text, many.span, "make it `safe: true` if it only reads");
            return None;
        }
        let list = self.param_of(many, &batch.arg)?;
        let declared = &many.params[list];
        let element = match present(&declared.ty) {
            Ty::List(element) => present(element).clone(),
            Ty::Unknown => return None,
            other => {
                let text = format!(
                    "`{}` of `{}` is `{}`, and a batch takes a list",
                    declared.name,
                    many.name,
                    declared_name(self.model, other)
                );
                let help = format!(
                    "declare it as a list: `{}: [{}]`",
                    declared.name,
                    declared_name(self.model, other)
                );
                self.batch_misfit(batch.arg.span, text, declared.ty_span, &help);
                return None;
            }
        };
        let key = self.key_param(op, many, list, &element, batch)?;
        let others = self.shared_params(op, many, (key, list), batch)?;
        let by = self.match_field(op, many, &element, batch)?;
        Some(Batched {
            op: id,
            list,
            element,
            key,
            others,
            by,
            max: batch.max,
            span: batch.span,
        })
    }

    /// An operation of the same upstream.
    fn sibling(&mut self, op: &Op, name: &ast::Name) -> Option<OpId> {
        let upstream = &self.model.upstreams[op.upstream.0 as usize];
        let of = |id: &OpId| self.model.ops[id.0 as usize].name.as_str();
        let found = upstream.ops.iter().find(|id| of(id) == name.text).copied();
        if found.is_none() {
            let names: Vec<&str> = upstream.ops.iter().map(of).filter(|other| *other != op.name).collect();
            let error = Diagnostic::error(
                "E0201",
                name.span,
                format!("`{}` has no operation `{}`", upstream.name, name.text),
            )
            .because(upstream.span, format!("`{}` is declared here", upstream.name));
            self.sink
                .push(match suggest::closest(&name.text, names.iter().copied()) {
                    Some(close) => error.help(format!("did you mean `{close}`?")).fix(name.span, close),
                    None => error.help(format!(
                        "declare one that takes a list: `op {}(ids: [ID]): [Product] = GET /…`",
                        name.text
                    )),
                });
        }
        found
    }

    /// The parameter that a setting names.
    pub(super) fn param_of(&mut self, op: &Op, name: &ast::Name) -> Option<usize> {
        let found = op.params.iter().position(|param| param.name == name.text);
        if found.is_none() {
            let names: Vec<&str> = op.params.iter().map(|param| param.name.as_str()).collect();
            let text = format!("`{}` has no parameter `{}`", op.name, name.text);
            let error =
                Diagnostic::error("E0202", name.span, text).because(op.span, format!("`{}` is declared here", op.name));
            self.sink
                .push(match suggest::closest(&name.text, names.iter().copied()) {
                    Some(close) => error.help(format!("did you mean `{close}`?")).fix(name.span, close),
                    None if names.is_empty() => error.help("it takes no arguments"),
                    None => error.help(format!("parameters here: {}", suggest::list(names))),
                });
        }
        found
    }

    /// The parameter of the single operation that becomes the list: the only one of the list's type that the other has not.
    fn key_param(&mut self, op: &Op, many: &Op, list: usize, element: &Ty, batch: &types::Batch) -> Option<usize> {
        let shared = |param: &Field| {
            let same = |(at, other): (usize, &Field)| at != list && other.name == param.name;
            many.params.iter().enumerate().any(same)
        };
        let fits = |(_, param): &(usize, &Field)| present(&param.ty) == element && !shared(param);
        let found: Vec<usize> = op.params.iter().enumerate().filter(fits).map(|(at, _)| at).collect();
        if let [only] = found[..] {
            return Some(only);
        }
        let wanted = declared_name(self.model, element);
        let text = if found.is_empty() {
            format!(
                "no parameter of `{}` is the `{wanted}` that `{}` takes a list of",
                op.name, many.name
            )
        } else {
            format!(
                "several parameters of `{}` are `{wanted}`: which one `{}` takes a list of is not clear",
                op.name, many.name
            )
        };
        let help = format!(
            "give both operations the other parameters under the same names, and `{}` one `{wanted}` more",
            op.name
        );
        self.batch_misfit(batch.arg.span, text, op.span, &help);
        None
    }

    /// The parameters that both have; what one of them needs the other must have.
    fn shared_params(
        &mut self,
        op: &Op,
        many: &Op,
        (key, list): (usize, usize),
        batch: &types::Batch,
    ) -> Option<Vec<(usize, usize)>> {
        let mut shared = Vec::new();
        for (at, param) in op.params.iter().enumerate().filter(|(at, _)| *at != key) {
            let same =
                |other: &Field| other.name == param.name && other.ty == param.ty && other.optional == param.optional;
            match many.params.iter().position(same) {
                Some(other) => shared.push((at, other)),
                None => {
                    let text = format!(
                        "`{}` has no parameter `{}` like that of `{}`",
                        many.name, param.name, op.name
                    );
                    self.batch_misfit(batch.op.span, text, param.span, "give it the same parameter");
                    return None;
                }
            }
        }
        let needed = |(at, other): &(usize, &Field)| {
            *at != list && !other.may_be_null() && !shared.iter().any(|(_, own)| own == at)
        };
        if let Some((_, other)) = many.params.iter().enumerate().find(needed) {
            let text = format!(
                "`{}` needs `{}`, which `{}` does not have",
                many.name, other.name, op.name
            );
            self.batch_misfit(
                batch.op.span,
                text,
                other.span,
                "give both the same parameter, or let it be null",
            );
            return None;
        }
        Some(shared)
    }

    fn match_field(&mut self, op: &Op, many: &Op, element: &Ty, batch: &types::Batch) -> Option<u32> {
        let (one, all) = (op.result.as_ref().map(present), many.result.as_ref().map(present));
        let of_list = match all {
            Some(Ty::List(inner)) => Some(present(inner)),
            _ => None,
        };
        let (Some(Ty::Record(record)), true) = (one, one == of_list) else {
            if !matches!((one, all), (Some(Ty::Unknown), _) | (_, Some(Ty::Unknown))) {
                let name = |ty: Option<&Ty>| {
                    ty.map_or("nothing".to_owned(), |ty| {
                        format!("`{}`", declared_name(self.model, ty))
                    })
                };
                let text = format!("`{}` gives {}, `{}` gives {}", many.name, name(all), op.name, name(one));
                let help = "the one gives a record, the other a list of the same record";
                self.batch_misfit(batch.op.span, text, op.span, help);
            }
            return None;
        };
        let [key] = &batch.by[..] else {
            let span = batch.by[0].span.to(batch.by[batch.by.len() - 1].span);
            self.unsupported(span, "a `match` that goes through several fields");
            return None;
        };
        let declared = &self.model.records[record.0 as usize];
        let Some((at, field)) = declared.field(&key.text) else {
            let names: Vec<&str> = declared.fields.iter().map(|field| field.name.as_str()).collect();
            let error = Diagnostic::error(
                "E0202",
                key.span,
                format!("`{}` has no field `{}`", declared.name, key.text),
            )
            .because(declared.span, format!("`{}` is declared here", declared.name));
            self.sink.push(match suggest::help(&key.text, &names, "fields") {
                Some(help) => error.help(help),
                None => error,
            });
            return None;
        };
        let own = present(&field.ty);
        if own != element && !(is_text(own) && is_text(element)) {
            let text = format!(
                "`{}` of `{}` is `{}`, and `{}` is asked for by `{}`",
                field.name,
                declared.name,
                declared_name(self.model, own),
                many.name,
                declared_name(self.model, element)
            );
            self.batch_misfit(
                key.span,
                text,
                field.ty_span,
                "match the field that holds what was asked for",
            );
            return None;
        }
        Some(at as u32)
    }

    fn batch_misfit(&mut self, span: Span, text: String, place: Span, help: &str) {
        let error = Diagnostic::error("E0410", span, text).because(place, "declared here");
        self.sink.push(error.help(help));
    }

    /// The way of a per-item request through its operation's batch: if the key is the one argument that varies. What one element
    /// gets is read by its match field, too.
    pub(super) fn through_batch(&mut self, request: &Request, item: u32, result: &T) -> Option<Box<Batch>> {
        let batched = self.batched.get(&request.op.0)?.clone();
        let [only] = varying(request, item)[..] else {
            return None;
        };
        let T::Record(node) = result.present() else {
            return None;
        };
        if only != batched.key {
            return None;
        }
        self.called.insert(batched.op.0);
        let many = &self.model.ops[batched.op.0 as usize];
        let span = request.args[only].as_ref().map_or(batched.span, |arg| arg.span);
        let keys = T::List(Box::new(self.demand.ty(&batched.element))).ir();
        let turn = self.turn(TurnKind::Keys, &many.params[batched.list].name, keys.clone());
        let mut args: Vec<Option<Expr>> = many.params.iter().map(|_| None).collect();
        args[batched.list] = Some(Expr {
            ty: keys.clone(),
            span,
            kind: ExprKind::Name(NameRef::Turn(turn)),
        });
        for (own, other) in &batched.others {
            args[*other] = request.args[*own].clone();
        }
        let by = self.demand.field(self.model, *node, batched.by, batched.span);
        let local = Expr {
            ty: T::Record(*node).ir(),
            span: batched.span,
            kind: ExprKind::Local(LocalId(u32::MAX)),
        };
        let value = request.args[only].clone();
        let is_item = |value: &Expr| matches!(value.kind, ExprKind::Name(NameRef::Turn(at)) if at == item);
        let elements = match &many.result {
            Some(ty) if is_list_of_nullable(ty) => T::Record(*node).or_null(None),
            _ => T::Record(*node),
        };
        Some(Box::new(Batch {
            request: Request::new(batched.op, args),
            keys,
            value: value.filter(|value| !is_item(value)),
            answer: T::List(Box::new(elements)).ir(),
            by: Expr {
                ty: by.ir(),
                span: batched.span,
                kind: ExprKind::Field {
                    base: Box::new(local),
                    field: batched.by,
                },
            },
            max: batched.max,
        }))
    }

    /// A new turn of a call; gives its number.
    pub(super) fn turn(&mut self, kind: TurnKind, name: &str, ty: IrTy) -> u32 {
        self.turns.push(Turn {
            kind,
            name: name.to_owned(),
            ty,
        });
        self.turns.len() as u32 - 1
    }
}

/// The arguments that read the element of the loop.
pub(super) fn varying(request: &Request, item: u32) -> Vec<usize> {
    let reads = |arg: &Option<Expr>| {
        let names = arg.as_ref().map(Expr::names).unwrap_or_default();
        names.contains(&NameRef::Turn(item))
    };
    let varies = request.args.iter().enumerate().filter(|(_, arg)| reads(arg));
    varies.map(|(at, _)| at).collect()
}

/// Without `?`.
pub(super) fn present(ty: &Ty) -> &Ty {
    match ty {
        Ty::Nullable(inner) => inner,
        other => other,
    }
}

fn is_list_of_nullable(ty: &Ty) -> bool {
    matches!(present(ty), Ty::List(inner) if matches!(**inner, Ty::Nullable(_)))
}

fn is_text(ty: &Ty) -> bool {
    matches!(
        ty,
        Ty::Scalar(Scalar::String | Scalar::Id | Scalar::Uuid | Scalar::Url) | Ty::Enum(_)
    )
}
