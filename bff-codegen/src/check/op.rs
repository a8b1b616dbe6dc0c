//! How an operation writes its request: where each parameter goes, and what `query:`, `header:` and `body:` say.

use super::Checker;
use super::env::{Env, Named};
use super::types::T;
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Entry, Expr, ExprKind, LocalId, Record, Ty as IrTy};
use crate::ir::service::{OpRequest, PathPart};
use crate::model::types::{Field, Op, ParamPlace, Scalar, Ty};
use crate::syntax::ast;

impl Checker<'_> {
    /// The request of each operation.
    pub(super) fn operations(&mut self) -> Vec<OpRequest> {
        let model = self.model;
        model.ops.iter().map(|op| self.op_request(op)).collect()
    }

    fn op_request(&mut self, op: &Op) -> OpRequest {
        self.env = Env {
            closed: Some("an operation"),
            ..Env::default()
        };
        self.next_local = op.params.len() as u32;
        let params: Vec<Value> = op
            .params
            .iter()
            .enumerate()
            .map(|(index, param)| self.param(index, param))
            .collect();
        self.env.names.insert("request".to_owned(), Named::Request);
        for (param, value) in op.params.iter().zip(&params) {
            self.env
                .names
                .insert(param.name.clone(), Named::Value(value.clone(), param.span));
        }
        let placed = |place: ParamPlace| {
            let all = op.params.iter().zip(&params).zip(&op.binding);
            all.filter(move |(_, at)| **at == place)
                .map(|(pair, _)| pair)
                .collect::<Vec<_>>()
        };
        let mut query: Vec<(String, Expr)> = placed(ParamPlace::Query)
            .into_iter()
            .map(|(param, value)| (param.wire.clone(), value.expr.clone()))
            .collect();
        for (name, expr) in op.query.iter().flatten() {
            let value = self.infer(expr, None);
            query.push((name.clone(), self.query_value(value, name)));
        }
        let header = op.header.iter().flatten();
        let mut header: Vec<(String, Expr)> = header
            .map(|(name, expr)| (name.clone(), self.op_header(expr, name)))
            .collect();
        let body = self.op_body(op, &placed(ParamPlace::BodyField));
        self.stream_body(body.as_ref());
        let bytes = placed(ParamPlace::WholeBody)
            .first()
            .map(|(_, value)| value.expr.clone());
        let path = self.op_path(op, &params);
        let idempotent = op.idempotent.as_ref().map(|it| self.idempotent_key(it));
        header.extend(self.header_values(&op.headers.send, "a header"));
        OpRequest {
            params: params.into_iter().map(|value| value.expr.ty).collect(),
            path,
            query,
            header,
            body,
            bytes,
            idempotent,
        }
    }

    fn param(&mut self, index: usize, param: &Field) -> Value {
        if !super::demand::is_served(&param.ty) {
            let name = super::types::declared_name(self.model, &param.ty);
            self.unsupported(param.ty_span, &format!("a parameter of type `{name}`"));
        }
        let why = super::types::Why {
            span: param.span,
            text: format!("`{}` may be left out", param.name),
        };
        let ty = self.demand.whole_ty(self.model, &param.ty);
        let ty = if param.may_be_null() {
            ty.or_null(None).because(Some(why))
        } else {
            ty
        };
        let mut value = Value::new(ty, param.span, ExprKind::Local(LocalId(index as u32)));
        if param.optional && matches!(param.ty, Ty::Nullable(_)) {
            value.expr.ty = three_states(value.expr.ty);
        }
        value
    }

    fn query_value(&mut self, value: Value, name: &str) -> Expr {
        let element = match value.ty.present() {
            T::List(element) => element.present(),
            other => other,
        };
        if !(element.is_scalar() || matches!(element, T::Unknown | T::Never | T::Null)) {
            let message = format!(
                "`{name}` in a query is a single value or a list of them, this is {}",
                self.describe(&value.ty)
            );
            self.sink.push(Diagnostic::error("E0302", value.expr.span, message));
        }
        value.expr
    }

    fn op_header(&mut self, expr: &ast::Expr, name: &str) -> Expr {
        let value = self.infer(expr, None);
        let present = value.ty.present();
        if !(present.is_scalar() || matches!(present, T::Unknown | T::Never | T::Null)) {
            let message = format!(
                "the header `{name}` is a single value, this is {}",
                self.describe(present)
            );
            self.sink.push(Diagnostic::error("E0302", expr.span, message));
        }
        value.expr
    }

    /// The JSON body: what `body:` says, else a field for each parameter that goes there.
    fn op_body(&mut self, op: &Op, fields: &[(&Field, &Value)]) -> Option<Expr> {
        if let Some(expr) = &op.body {
            let value = self.infer(expr, None);
            self.demand.whole(self.model, &value.ty);
            let mut body = value.expr;
            leave_out(&mut body, &op.params);
            return Some(body);
        }
        let (first, _) = fields.first()?;
        if let Some((_, stream)) = fields
            .iter()
            .find(|(param, _)| param.ty == crate::model::types::Ty::Scalar(Scalar::Stream))
        {
            return Some(stream.expr.clone());
        }
        let entries = fields.iter().map(|(param, value)| Entry {
            key: param.wire.clone(),
            value: value.expr.clone(),
            when: None,
            omit_null: param.optional,
            bind: Vec::new(),
            docs: Vec::new(),
            span: param.span,
        });
        Some(Expr {
            ty: IrTy::Computed,
            span: first.span,
            kind: ExprKind::Record(Record {
                entries: entries.collect(),
            }),
        })
    }

    fn op_path(&mut self, op: &Op, params: &[Value]) -> Vec<PathPart> {
        let mut parts: Vec<PathPart> = Vec::new();
        let mut text = String::new();
        for segment in &op.path.segments {
            text.push('/');
            for piece in segment {
                match piece {
                    ast::PathPiece::Literal(literal, _) => text.push_str(literal),
                    ast::PathPiece::Param { name, .. } => {
                        let Some(index) = op.params.iter().position(|param| param.name == name.text) else {
                            continue;
                        };
                        let value = &params[index];
                        if !text.is_empty() {
                            parts.push(PathPart::Literal(std::mem::take(&mut text)));
                        }
                        parts.push(PathPart::Value(value.expr.clone()));
                    }
                }
            }
        }
        if text.is_empty() && parts.is_empty() {
            text.push('/');
        }
        if !text.is_empty() {
            parts.push(PathPart::Literal(text));
        }
        parts
    }
}

/// The type of what may be absent, null or a value.
fn three_states(ty: IrTy) -> IrTy {
    match ty {
        IrTy::Nullable(inner) => IrTy::Maybe(inner),
        other => other,
    }
}

/// Parameters that may be left out are left out of the body, too.
fn leave_out(body: &mut Expr, params: &[Field]) {
    if let ExprKind::Record(record) = &mut body.kind {
        for entry in &mut record.entries {
            if let ExprKind::Local(local) = entry.value.kind {
                entry.omit_null |= params.get(local.0 as usize).is_some_and(|param| param.optional);
            }
            leave_out(&mut entry.value, params);
        }
    }
}
