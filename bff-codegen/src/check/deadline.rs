//! Deadlines (E0406): no call outlives its route.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::ir::service::CallArm;
use crate::model::types::{Route, Setting};

/// What a route keeps for itself: calls end this much before its deadline, milliseconds.
const RESERVE: u64 = 5;

impl Checker<'_> {
    /// Reports written timeouts of calls that reach past the deadline of the route.
    pub(super) fn deadlines(&mut self, route: &Route) {
        let (deadline, place) = match (&route.deadline, &self.model.client) {
            (Some((deadline, span)), _) => (deadline, *span),
            (None, Some(client)) => (&client.deadline, client.span),
            (None, None) => return,
        };
        let Setting::Value(deadline) = *deadline else {
            return;
        };
        let mut late = Vec::new();
        for call in &self.calls {
            let arms = call.on.iter().map(|(_, arm)| arm).chain(&call.or);
            let of_arms = arms.filter_map(|arm| match arm {
                CallArm::Call(_, timeout, span) => timeout.as_ref().map(|it| (it, *span)),
                _ => None,
            });
            let own = call.timeout.as_ref().map(|it| (it, call.span));
            for (timeout, span) in own.into_iter().chain(of_arms) {
                if let Setting::Value(timeout) = *timeout
                    && timeout + RESERVE > deadline
                {
                    late.push((timeout, span, call.name.clone()));
                }
            }
        }
        for (timeout, span, name) in late {
            let span = self.timeout_spans.get(&span).copied().unwrap_or(span);
            self.sink.push(
                Diagnostic::error("E0406", span, format!("`{name}` may outlive the route"))
                    .at(format!("{timeout}ms"))
                    .because(place, format!("the route has {deadline}ms, {RESERVE}ms of it for itself"))
                    .help(format!(
                        "lower it to {}ms or less, or raise the route's `deadline`",
                        deadline.saturating_sub(RESERVE)
                    )),
            );
        }
    }
}
