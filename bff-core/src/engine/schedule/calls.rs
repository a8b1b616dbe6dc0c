//! Calls on their way and back: sent, shared, decoded, failed, replaced by their arms.

use std::sync::Arc;

use tokio::time::Instant;

use super::{Run, bits, fault_error};
use crate::context::CallEnd;
use crate::engine::Limits;
use crate::engine::doc::Doc;
use crate::engine::flight::{Landed, Waiter, end_of, note};
use crate::engine::program::{Program, Sending, Stage};
use crate::engine::table::Op;
use crate::error::{Error, Failure, FailureKind};
use crate::upstream::{Inbound, Outbound};

impl<'r> Run<'r> {
    /// Puts what was written on its way; true if a call failed or was answered at once instead. Then nothing is sent yet:
    /// a guard may refuse what that brought.
    pub(super) fn send_prepared(&mut self) -> Result<bool, Error> {
        let now = Instant::now();
        let mut unsent = Vec::new();
        let mut changed = false;
        for (at, written) in std::mem::take(&mut self.prepared) {
            let program: &'r Program = self.program;
            let call = &program.calls[at];
            let Some(sending) = call.sending(self.calls[at].stage) else {
                continue;
            };
            let waiter = Waiter::new(at, call.row.name, now, sending.whole, self.outgoing.budget);
            if waiter.is_over(now) {
                changed = true;
                let detail = "no time was left to send the request";
                self.failed_call(at, Failure::new(FailureKind::Deadline, detail))?;
            } else if let Some(answer) = self.answer_of(sending.op, &written) {
                changed = true;
                let value = self.decode(at, answer);
                self.receive(at, value)?;
            } else {
                unsent.push((at, written, sending, waiter));
            }
        }
        if changed {
            self.prepared = unsent.into_iter().map(|(at, written, ..)| (at, written)).collect();
            return Ok(true);
        }
        for (at, written, sending, waiter) in unsent {
            self.send(at, written, sending, waiter, now)?;
        }
        Ok(false)
    }

    fn send(
        &mut self,
        at: usize,
        written: Outbound,
        sending: &Sending,
        waiter: Waiter,
        now: Instant,
    ) -> Result<(), Error> {
        let key = sending.shareable.then(|| written.clone());
        if key
            .as_ref()
            .is_some_and(|key| self.flights.join(sending.op, key, waiter))
        {
            return Ok(());
        }
        let request = self.outgoing.complete(sending, written, waiter.until(), now);
        let request = request.map_err(|fault| fault_error(fault, self.program.calls[at].at()))?;
        self.begin(at);
        self.flights.start(sending, key, request, waiter, now);
        Ok(())
    }

    /// The answer to an equal request that this route has had.
    fn answer_of(&self, op: &'static Op, key: &Outbound) -> Option<Inbound> {
        let same = |(other, asked, _): &&(&Op, Outbound, Inbound)| std::ptr::eq(*other, op) && asked == key;
        self.answered.iter().find(same).map(|(_, _, answer)| answer.clone())
    }

    /// Takes the answers that came in one instant, all of them before anything else is decided.
    pub(super) fn land(&mut self, landed: Vec<Landed>) -> Result<(), Error> {
        let mut calls = Vec::new();
        for flight in landed {
            let Landed {
                op,
                key,
                started,
                waiters,
                outcome,
            } = flight;
            if let (Some(key), Ok(answer)) = (key, &outcome) {
                self.answered.push((op, key, answer.clone()));
            }
            let status = outcome.as_ref().map(|answer| answer.status);
            let mut end = status.map_or_else(|failure| end_of(failure.kind), CallEnd::Status);
            // The last one takes the answer itself: as a rule there is but one, and its body need not be copied.
            let mut outcome = Some(outcome);
            for (at, waiter) in waiters.iter().enumerate() {
                let last = at + 1 == waiters.len();
                let Some(outcome) = (if last { outcome.take() } else { outcome.clone() }) else {
                    break;
                };
                let value = outcome.and_then(|answer| self.decode(waiter.call, answer));
                if let Err(failure) = &value {
                    end = end_of(failure.kind);
                }
                calls.push((waiter.call, value));
            }
            if let Some(waiter) = waiters.first() {
                note(&self.outgoing.head.context, waiter.name(), op, end, started);
            }
        }
        calls.sort_by_key(|(at, _)| *at);
        calls.into_iter().try_for_each(|(at, value)| self.receive(at, value))
    }

    fn receive(&mut self, at: usize, value: Result<Option<Arc<Doc>>, Failure>) -> Result<(), Error> {
        match value {
            Ok(value) => {
                self.finish(at);
                self.fill(at, value);
                Ok(())
            }
            Err(failure) => self.failed_call(at, failure),
        }
    }

    /// Decodes an answer for a call; null for an operation that declares none.
    fn decode(&self, at: usize, answer: Inbound) -> Result<Option<Arc<Doc>>, Failure> {
        let call = &self.program.calls[at];
        let Some(sending) = call
            .sending(self.calls[at].stage)
            .filter(|sending| sending.op.reads_body)
        else {
            return Ok(None);
        };
        let decoded = Doc::decode(answer.body, sending.kind(call.row), Limits::DEFAULT);
        decoded
            .map(|doc| Some(Arc::new(doc)))
            .map_err(|problem| Failure::new(FailureKind::Decode, problem.to_string()))
    }

    /// A call failed in its current stage: the arm for that, else the next `else`, else it has failed for good.
    pub(super) fn failed_call(&mut self, at: usize, failure: Failure) -> Result<(), Error> {
        let call = &self.program.calls[at];
        let stage = self.calls[at].stage;
        let arm = match stage {
            Stage::Main => {
                self.calls[at].first = Some(failure.kind);
                call.row
                    .on
                    .iter()
                    .position(|(kinds, _)| kinds.iter().any(|on| on.matches(failure.kind)))
                    .map(Stage::On)
            }
            Stage::On(_) | Stage::Or(_) => None,
        };
        let next = arm.or_else(|| {
            let next = if let Stage::Or(row) = stage { row + 1 } else { 0 };
            (next < call.or.len()).then_some(Stage::Or(next))
        });
        let Some(next) = next else {
            let path = call.sending(stage).is_some_and(|sending| sending.args.reads_path());
            let error = Error::Call {
                call: call.row.name,
                at: call.at(),
                path,
                failure,
            };
            return self.lose(at, error);
        };
        if let Stage::Or(_) = next {
            self.degraded |= 1 << at;
        }
        self.calls[at].stage = next;
        self.calls[at].latest = Some(failure);
        self.waiting |= 1 << at;
        Ok(())
    }

    /// A call has failed for good. The route fails at once unless a `respond` may still be chosen that does not read it.
    fn lose(&mut self, at: usize, error: Error) -> Result<(), Error> {
        if self.is_required(at) {
            return Err(error);
        }
        self.waiting &= !(1 << at);
        self.failed |= 1 << at;
        self.failures.push((1 << at, error));
        Ok(())
    }

    /// A call that needs one that has failed for good has failed for the same reason.
    pub(super) fn lose_dependent(&mut self, at: usize, needs: u64) -> Result<(), Error> {
        let Some(cause) = self.failures.iter().position(|(calls, _)| calls & needs != 0) else {
            return Ok(());
        };
        if self.is_required(at) {
            return Err(self.failures.swap_remove(cause).1);
        }
        self.waiting &= !(1 << at);
        self.failed |= 1 << at;
        self.failures[cause].0 |= 1 << at;
        Ok(())
    }

    /// Whether a guard, or every `respond` that may still answer, reads this call; effects wait for all that may fail.
    fn is_required(&self, at: usize) -> bool {
        if self.program.effects != 0 {
            return true;
        }
        let guarded = self.guards.iter().fold(0, |needs, guard| needs | guard.test.needs);
        let last = if self.chosen {
            self.reply + 1
        } else {
            self.program.route.replies.len()
        };
        let reads = |needs| self.pending(needs) & (1 << at) != 0;
        let replies = &self.program.route.replies[self.reply..last];
        reads(guarded) || replies.iter().all(|reply| reads(reply.needs()))
    }

    /// The calls among these that are not there yet, and those that they in turn wait for.
    pub(super) fn pending(&self, needs: u64) -> u64 {
        let mut open = needs & !self.done;
        loop {
            let next = bits(open).fold(open, |needs, at| {
                needs | self.program.calls[at].needs(self.calls[at].stage) & !self.done
            });
            if next == open {
                return open;
            }
            open = next;
        }
    }

    /// The failure that keeps these names from ever being there, if there is one.
    pub(super) fn take_failure(&mut self, needs: u64) -> Option<Error> {
        let lost = self.pending(needs) & self.failed;
        let first = self.failures.iter().position(|(calls, _)| lost & calls != 0)?;
        Some(self.failures.swap_remove(first).1)
    }
}
