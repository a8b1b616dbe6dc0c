//! Limits (E0407): how many calls a route makes at worst, and how many names it has.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::ir::service::Call;
use crate::model::types::Route;

/// Call statements of a route.
const MAX_STATEMENTS: usize = 40;
/// Names that a route can wait for: calls and inputs.
const MAX_NAMES: usize = 64;

impl Checker<'_> {
    /// Reports a route that is above its limits.
    pub(super) fn route_limits(&mut self, route: &Route) {
        let statements = self.order.items.values().filter(|item| item.is_call).count();
        if statements > MAX_STATEMENTS || statements + 5 > MAX_NAMES {
            self.sink.push(
                Diagnostic::error(
                    "E0407",
                    route.span,
                    format!("this route has {statements} calls, {MAX_STATEMENTS} are allowed"),
                )
                .help("split the screen into several routes, or let a service behind do the gathering"),
            );
        }
        let worst: u64 = self.calls.iter().map(Call::worst_requests).sum();
        let limit = self.model.client.as_ref().map_or(100, |client| client.max_calls);
        if worst > limit {
            self.sink.push(
                Diagnostic::error(
                    "E0407",
                    route.span,
                    format!("at worst this route makes {worst} calls, {limit} are allowed"),
                )
                .help("make fewer, or raise `max_calls` of the client"),
            );
        }
    }

    /// E0901 for fields that are read and of a type that is not served yet.
    pub(super) fn unserved_types(&mut self) {
        for (record, index) in self.demand.unserved().collect::<Vec<_>>() {
            let record = &self.model.records[record.0 as usize];
            let field = &record.fields[index as usize];
            let ty = super::types::declared_name(self.model, &field.ty);
            self.unsupported(field.ty_span, &format!("reading `{}`, a `{ty}`,", field.name));
        }
    }
}
