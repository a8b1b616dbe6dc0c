//! Undos: when a route fails, its finished effects are taken back in reverse order. Best effort: an undo that fails is told of
//! in the diagnostics and counted, and the next one runs all the same.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout, timeout_at};

use super::Run;
use crate::background::Background;
use crate::engine::Limits;
use crate::engine::doc::Doc;
use crate::engine::flight::Left;
use crate::engine::frame::Slots;
use crate::engine::outgoing::Outgoing;
use crate::engine::program::{Program, Sending};
use crate::engine::request::Request;
use crate::upstream::{Inbound, Outbound};

/// What every undo has, whatever the deadline of its route was.
const BUDGET: Duration = Duration::from_secs(5);

/// Everything that undoing needs once the request is over.
struct Undoing {
    program: Arc<Program>,
    slots: Slots,
    outgoing: Outgoing,
    background: Background,
}

impl Run<'_> {
    /// Begins to undo, unless the effects stand. An effect that is still running is left to finish first, and is undone if it
    /// succeeds.
    pub(super) fn undo(&mut self) {
        let Some(commitment) = self.commitment else { return };
        if self.effects.stand {
            return;
        }
        let (finished, running) = (std::mem::take(&mut self.effects.finished), self.flights.leave_effects());
        let may_undo = |at: &usize| self.program.calls[*at].undo.is_some();
        if !finished.iter().any(may_undo) && running.is_empty() {
            return;
        }
        let undoing = Undoing {
            program: Arc::clone(self.program),
            slots: self.slots.take(),
            outgoing: self.outgoing.clone(),
            background: commitment.background.clone(),
        };
        commitment.background.spawn(undoing.run(finished, running));
    }
}

impl Undoing {
    async fn run(mut self, mut finished: Vec<usize>, running: Vec<Left>) {
        for Left { call, until, future } in running {
            if let Ok(Ok(answer)) = timeout_at(until, future).await
                && self.fill(call, answer)
            {
                finished.push(call);
            }
        }
        for call in finished.into_iter().rev() {
            self.undo(call).await;
        }
    }

    /// Takes the answer of an effect that ended behind its route; false if it cannot be read.
    fn fill(&mut self, at: usize, answer: Inbound) -> bool {
        let call = &self.program.calls[at];
        if !call.main.op.reads_body {
            return true;
        }
        let decoded = Doc::decode(answer.body, call.main.kind(call.row), Limits::DEFAULT);
        let decoded = decoded.map(|doc| self.slots.fill(at, Some(Arc::new(doc))));
        decoded.is_ok()
    }

    async fn undo(&self, at: usize) {
        let call = &self.program.calls[at];
        let Some(sending) = &call.undo else { return };
        let written = self.write(sending);
        let problem = match written {
            // Its arguments say that there is nothing to undo.
            Ok(None) => return,
            Ok(Some(request)) => send(sending, request).await.err(),
            Err(problem) => Some(problem),
        };
        self.background.count_undo(problem.is_none());
        let (request_id, effect, op) = (&*self.outgoing.head.context.request_id, call.row.name, sending.op.name);
        match problem {
            None => tracing::info!(request_id, effect, op, at = %call.at(), "an effect was undone"),
            Some(problem) => {
                tracing::error!(request_id, effect, op, at = %call.at(), problem, "an effect could not be undone");
            }
        }
    }

    fn write(&self, sending: &Sending) -> Result<Option<Outbound>, String> {
        let told = |fault: crate::engine::Fault| fault.to_string();
        let mut request = Request::new();
        if !(sending.args.run)(&self.slots, &mut request).map_err(told)? {
            return Ok(None);
        }
        let written = request
            .finish(sending.op.name, sending.op.method.clone())
            .map_err(told)?;
        let written = written.map_err(|_| "a path argument is empty, `.` or `..`".to_owned())?;
        let now = Instant::now();
        self.outgoing
            .complete(sending, written, now + limit(sending), now)
            .map(Some)
            .map_err(told)
    }
}

/// How long an undo may take: one attempt of its operation, and no longer than its own `timeout` and the budget.
fn limit(sending: &Sending) -> Duration {
    let whole = sending.whole.unwrap_or(BUDGET);
    BUDGET.min(whole).min(sending.attempt)
}

async fn send(sending: &Sending, request: Outbound) -> Result<(), String> {
    match timeout(limit(sending), sending.remote.send(request, false)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(failure)) => Err(format!("{}: {}", failure.kind, failure.detail)),
        Err(_) => Err("no answer in time".to_owned()),
    }
}
