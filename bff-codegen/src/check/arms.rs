//! Arms as values (E0304): what is read of a call must be in each of its fallbacks.
//!
//! It is known what a route reads only when all of it has been looked at, so fallbacks wait until then. The last call
//! comes first: its fallbacks may read earlier ones.

use super::Checker;
use super::document::Misfit;
use super::types::{T, declared_name};
use super::value::Value;
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::service::CallArm;
use crate::model::types::{OpId, Ty};
use crate::source::Span;

/// An operation and the type that each fallback must fit; none where it gives nothing.
pub(super) type Gives = (OpId, Option<Ty>);

/// A fallback that waits.
pub(super) struct Pending {
    call: u32,
    on: bool,
    place: usize,
    value: Option<(Value, Gives, T, String)>,
}

impl Pending {
    /// The arm of the `on` row at `place`.
    pub(super) fn on(call: u32, place: usize) -> Self {
        Pending {
            call,
            on: true,
            place,
            value: None,
        }
    }

    /// The `else` arm at `place`.
    pub(super) fn or(call: u32, place: usize) -> Self {
        Pending {
            on: false,
            ..Pending::on(call, place)
        }
    }

    /// With its value, and the operation with the type it gives, result and name of its call.
    pub(super) fn with(mut self, value: Value, op: Gives, result: T, name: String) -> Self {
        self.value = Some((value, op, result, name));
        self
    }
}

impl Checker<'_> {
    /// Checks all fallbacks of the route that wait.
    pub(super) fn pending_arms(&mut self) {
        while let Some(pending) = self.pending.pop() {
            let Pending { call, on, place, value } = pending;
            let Some((value, op, result, name)) = value else {
                continue;
            };
            let Some(arm) = self.value_arm(value, op, &result, &name) else {
                continue;
            };
            let call = &mut self.calls[call as usize];
            if on {
                call.on[place].1 = arm;
            } else {
                call.or[place] = arm;
            }
        }
    }

    fn value_arm(&mut self, value: Value, op: Gives, result: &T, name: &str) -> Option<CallArm> {
        let (op, gives) = op;
        let span = value.expr.span;
        let declared = &self.model.ops[op.0 as usize];
        let Some(ty) = &gives else {
            self.sink.push(
                Diagnostic::error(
                    "E0304",
                    span,
                    format!("`{}` gives nothing, so its fallback can only be `null`", declared.name),
                )
                .because(declared.span, "declared without a result"),
            );
            return None;
        };
        // An arm may be null whatever the operation gives: the call is nullable then.
        let ty = match ty {
            Ty::Nullable(_) => ty.clone(),
            other if value.ty.may_be_null() => Ty::Nullable(Box::new(other.clone())),
            other => other.clone(),
        };
        let node = leaf_node(result);
        match self.document(value, &ty, node) {
            Ok(expr) => Some(match super::constant::json(self, &expr) {
                Some(text) => CallArm::Json(text, span),
                None => CallArm::Compute(expr),
            }),
            Err(misfit) => {
                self.misfit_arm(misfit, op, &ty, node, name, span);
                None
            }
        }
    }

    fn misfit_arm(
        &mut self,
        misfit: Misfit,
        op: OpId,
        ty: &Ty,
        node: Option<super::demand::Node>,
        name: &str,
        arm: Span,
    ) {
        let gives = declared_name(self.model, ty.without_null());
        let declared = &self.model.ops[op.0 as usize];
        let error = match misfit {
            Misfit::Missing(span, id, names, reader) => {
                let record = &self.model.records[id.0 as usize].name;
                let list = suggest::list(names.iter().map(String::as_str));
                let error = Diagnostic::error(
                    "E0304",
                    span,
                    format!("this fallback of `{name}` lacks {list} of `{record}`"),
                )
                .help(format!(
                    "add {list} to it: the route reads {}",
                    if names.len() == 1 { "it" } else { "them" }
                ));
                match reader {
                    Some(reader) => error.because(reader, format!("`{}` is read here", names[0])),
                    None => error,
                }
            }
            Misfit::Extra(span, id, field) => {
                let record = &self.model.records[id.0 as usize];
                let names: Vec<&str> = record.fields.iter().map(|it| it.name.as_str()).collect();
                let error = Diagnostic::error(
                    "E0304",
                    span,
                    format!("`{}` has no field `{field}`, so a fallback has none", record.name),
                );
                match suggest::help(&field, &names, "fields") {
                    Some(help) => error.help(help),
                    None => error,
                }
            }
            Misfit::Null(value) => {
                self.needs_value(&value, "this field of the fallback");
                return;
            }
            Misfit::Other(value, wanted) => {
                let span = value.expr.span;
                let is = self.describe(&value.ty);
                if span == arm {
                    Diagnostic::error("E0304", span, format!("the fallback is {is}, the call gives `{gives}`"))
                        .help(self.fallback_help(ty, node))
                } else {
                    let union = matches!(wanted.without_null(), Ty::Union(_));
                    let wanted = declared_name(self.model, &wanted);
                    let text = format!("this part of the fallback is {is}, the call gives `{wanted}`");
                    let error = Diagnostic::error("E0304", span, text);
                    if union {
                        error.help(format!(
                            "a value of a union comes from outside: use another call that gives `{gives}`"
                        ))
                    } else {
                        error
                    }
                }
            }
        };
        self.sink
            .push(error.because(declared.span, format!("`{}` gives `{gives}`", declared.name)));
    }

    /// What could be written instead: it has the fields that the route reads.
    fn fallback_help(&self, ty: &Ty, node: Option<super::demand::Node>) -> String {
        let text = match (ty.without_null(), node) {
            (Ty::Record(id), Some(node)) => {
                let record = &self.model.records[id.0 as usize];
                let fields: Vec<&str> = self
                    .demand
                    .fields(node)
                    .map(|(index, _)| record.fields[index as usize].name.as_str())
                    .collect();
                format!("a record with {} (what the route reads)", suggest::list(fields))
            }
            (Ty::List(_), _) => "a list such as `[]`".to_owned(),
            (Ty::Union(_), _) => {
                return "a value of a union comes from outside: use `null`, or another call that gives it".to_owned();
            }
            _ => "a value of that type".to_owned(),
        };
        format!("use `null`, {text}, or another call that gives it")
    }
}

impl Ty {
    /// Without `?`.
    fn without_null(&self) -> &Ty {
        match self {
            Ty::Nullable(inner) => inner,
            other => other,
        }
    }
}

fn leaf_node(ty: &T) -> Option<super::demand::Node> {
    match ty {
        T::Record(node) | T::Union(node) => Some(*node),
        T::List(inner) | T::Nullable(inner, _) | T::Map(_, inner) => leaf_node(inner),
        _ => None,
    }
}
