//! What a call or an arm asks for: its request with what its block says, and what that gives.

use super::Checker;
use super::settings::CallSettings;
use super::types::T;
use crate::ir::service::Request;
use crate::model::types::{Field, Ty};
use crate::syntax::ast;

/// A request with what its block says.
pub(super) struct Asked {
    pub request: Request,
    /// The declared type of what it gives, and the same as it is read.
    pub declared: Option<Ty>,
    pub result: T,
}

impl Checker<'_> {
    /// A request with what its block says, and what it gives: the declared type, and as it is read.
    pub(super) fn asked(
        &mut self,
        mut request: Request,
        invoke: &ast::Invoke,
        settings: &CallSettings,
        item: Option<u32>,
    ) -> Option<Asked> {
        let op = request.op;
        request.timeout = settings.timeout.clone();
        request.hedge = settings.hedge.as_ref().map(|(hedge, _)| hedge.clone());
        request.alone = settings.alone;
        request.idempotent = settings.idempotent.clone();
        let asked = invoke.upstream.span.to(invoke.op.span);
        if settings.hedge.is_some() {
            self.only_reads(op, invoke, "`hedge`");
        }
        if let Some(collect) = settings.collect {
            self.only_reads(op, invoke, "`collect`");
            if item.is_some() {
                self.unsupported(collect.1, "`collect` in a call for each element");
                return None;
            }
            let (declared, collect) = self.collected(&request, collect, settings.overflow.is_some())?;
            let result = self.demand.ty(&declared);
            request.collect = Some(collect);
            return Some(Asked {
                request,
                declared: Some(declared),
                result,
            });
        }
        let mut result = self.result_type(op, invoke.op.span);
        if let Some(item) = item {
            if matches!(result, T::Null) {
                self.unsupported(asked, "a call for each element of an operation that gives nothing");
                return None;
            }
            result = result.present().clone();
            request.batch = self.through_batch(&request, item, &result);
        }
        Some(Asked {
            request,
            declared: self.model.ops[op.0 as usize].result.clone(),
            result,
        })
    }

    /// Whether an answer of one type can be read as one of the other: the same names on the wire, equal types.
    pub(super) fn answers_alike(&self, own: &Ty, wanted: &Ty) -> bool {
        match (own, wanted) {
            (Ty::Nullable(own), wanted) => self.answers_alike(own, wanted),
            (own, Ty::Nullable(wanted)) => self.answers_alike(own, wanted),
            (Ty::List(own), Ty::List(wanted)) => self.answers_alike(own, wanted),
            (Ty::Record(a), Ty::Record(b)) if a != b => {
                let own = &self.model.records[a.0 as usize];
                let wanted = &self.model.records[b.0 as usize];
                let alike = |it: &Field| {
                    own.field(&it.name)
                        .is_some_and(|(_, field)| field.wire == it.wire && field.ty == it.ty)
                };
                wanted.fields.iter().all(|it| it.optional || alike(it))
            }
            (own, wanted) => own == wanted,
        }
    }
}
