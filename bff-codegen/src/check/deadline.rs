//! Deadlines (E0406): no call outlives its route.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::model::types::{Route, Setting};
use crate::settings::value::spell;
use crate::source::Span;

/// What a route keeps for itself: calls end this much before its deadline, milliseconds.
const RESERVE: u64 = 5;

/// A timeout of a call, where it is written.
pub(super) struct Written {
    pub call: String,
    pub millis: u64,
    pub span: Span,
}

impl Checker<'_> {
    /// Reports written timeouts of calls that reach past the deadline of the route.
    pub(super) fn deadlines(&mut self, route: &Route) {
        let timeouts = std::mem::take(&mut self.timeouts);
        let (deadline, place) = match (&route.deadline, &self.model.client) {
            (Some((deadline, span)), _) => (deadline, *span),
            (None, Some(client)) => (&client.deadline, client.span),
            (None, None) => return,
        };
        let Setting::Value(deadline) = *deadline else {
            return;
        };
        for Written { call, millis, span } in timeouts {
            if millis + RESERVE <= deadline {
                continue;
            }
            let most = deadline.saturating_sub(RESERVE);
            let lowered = (most > 0).then(|| spell(most).trim_matches('`').to_owned());
            let found = Diagnostic::error("E0406", span, format!("`{call}` may outlive the route"))
                .at(format!("longer than the {} that calls have here", spell(most)))
                .because(
                    place,
                    format!(
                        "the deadline is {}, {} of it for the answer itself",
                        spell(deadline),
                        spell(RESERVE)
                    ),
                )
                .help(format!("lower it to {} or less, or raise the `deadline`", spell(most)));
            self.sink.push(match lowered {
                Some(lowered) => found.fix(span, lowered),
                None => found,
            });
        }
    }
}
