//! Requests on their way and back: sent, shared, decoded, failed, replaced by their arms.

use std::sync::Arc;

use tokio::time::Instant;

use super::{Run, Work, bits, fault_error};
use crate::context::CallEnd;
use crate::engine::Limits;
use crate::engine::doc::Doc;
use crate::engine::flight::{Bound, Ended, Landed, Waiter, end_of, note};
use crate::engine::frame::Args;
use crate::engine::plan::Kind;
use crate::engine::program::{Sending, Stage};
use crate::engine::request::Request;
use crate::engine::stream::{Pass, Stream, Times};
use crate::engine::table::Op;
use crate::error::{Error, Failure, FailureKind};
use crate::upstream::{Inbound, Outbound};

/// A request that is written but not yet on its way.
pub(super) struct Prepared<'r> {
    pub(super) sending: &'r Sending,
    pub(super) written: Outbound,
    pub(super) waiters: Vec<Waiter>,
    /// It is the second one of a hedge, which an equal one on its way does not stand in for.
    pub(super) hedge: bool,
}

/// What became of writing a request.
pub(super) enum Written {
    Request(Outbound),
    /// The arguments say that nothing is sent.
    NotSent,
    /// An argument of its path names nothing.
    Hollow,
}

impl Written {
    /// Nothing can have the name "", "." or "..": the same answer that the upstream would give.
    pub(super) fn hollow() -> Failure {
        Failure::new(FailureKind::Status(404), "a path argument is empty, `.` or `..`")
    }
}

impl<'r> Run<'r> {
    /// Runs the function that writes a request.
    pub(super) fn write_request(&mut self, at: usize, args: Args, op: &Op) -> Result<Written, Error> {
        let place = self.program.calls[at].at();
        let located = |fault| fault_error(fault, place);
        let mut request = Request::new();
        if !(args.run)(&self.slots, &mut request).map_err(located)? {
            return Ok(Written::NotSent);
        }
        self.calls[at].takes = request.takes();
        let finished = request.finish(op.name, op.method.clone()).map_err(located)?;
        Ok(finished.map_or(Written::Hollow, Written::Request))
    }

    /// The end of waiting for what begins now.
    pub(super) fn bound(&self, sending: &Sending) -> Bound {
        Bound::new(Instant::now(), sending.whole, self.budget())
    }

    /// When everything must have ended. While a stream passed, the time of the route stood still.
    pub(super) fn budget(&self) -> Instant {
        self.outgoing.budget + self.streams.paused()
    }

    /// Puts a request aside until it is known that it may be sent.
    pub(super) fn prepare(&mut self, sending: &'r Sending, written: Outbound, waiter: Waiter, hedge: bool) {
        // Most routes wait for one or two at a time, and these are large.
        self.prepared.reserve_exact(1);
        self.prepared.push(Prepared {
            sending,
            written,
            waiters: vec![waiter],
            hedge,
        });
    }

    pub(super) fn waiter(&self, at: usize, part: u32, bound: Bound) -> Waiter {
        let name = self.program.calls[at].row.name;
        Waiter {
            call: at,
            part,
            name,
            bound,
        }
    }

    /// Puts what was written on its way; true if a call failed or was answered at once instead. Then nothing is sent yet:
    /// a guard may refuse what that brought.
    pub(super) fn send_prepared(&mut self) -> Result<bool, Error> {
        if self.form_batches()? {
            return Ok(true);
        }
        let now = Instant::now();
        let mut ended = Vec::new();
        let mut list = std::mem::take(&mut self.prepared);
        list.retain_mut(|prepared| {
            prepared.waiters.retain(|waiter| match waiter.bound.is_over(now) {
                Some(failure) => {
                    ended.push((*waiter, Err(failure)));
                    false
                }
                None => true,
            });
            if let Some(answer) = self.answer_of(prepared.sending.op, prepared) {
                ended.extend(prepared.waiters.drain(..).map(|waiter| (waiter, Ok(answer.clone()))));
            }
            !prepared.waiters.is_empty()
        });
        if !ended.is_empty() {
            // Behind whatever these bring about.
            self.prepared = list;
            for (waiter, outcome) in ended {
                let value = outcome.and_then(|answer| self.decode(waiter, answer));
                self.receive(waiter, value)?;
            }
            return Ok(true);
        }
        list.into_iter().try_for_each(|prepared| self.send(prepared, now))?;
        Ok(false)
    }

    fn send(&mut self, prepared: Prepared<'r>, now: Instant) -> Result<(), Error> {
        let Prepared {
            sending,
            written,
            waiters,
            hedge,
        } = prepared;
        if let Some(first) = waiters.first().copied()
            && (sending.op.stream.is_some() || self.calls[first.call].takes.is_some())
        {
            return self.send_stream(sending, written, first, now);
        }
        let key = (sending.shareable && !hedge).then(|| written.clone());
        if let Some(key) = &key
            && let Some(others) = self.flights.find(sending.op, key)
        {
            others.extend(waiters);
            return Ok(());
        }
        let Some(first) = waiters.first().copied() else {
            return Ok(());
        };
        let until = waiters.iter().map(Waiter::until).max().unwrap_or(first.until());
        let request = self.outgoing.complete(sending, written, until, now);
        let request = request.map_err(|fault| fault_error(fault, self.program.calls[first.call].at()))?;
        if hedge {
            sending.remote.hedged();
        }
        self.commit(first.call);
        self.flights.start(sending, key, request, (waiters, hedge), now);
        Ok(())
    }

    /// Puts a request on its way whose body or answer passes through. It is shared with nobody, and keeps its own time.
    fn send_stream(&mut self, sending: &Sending, written: Outbound, waiter: Waiter, now: Instant) -> Result<(), Error> {
        let at = waiter.call;
        let upload = match self.calls[at].takes.take() {
            Some(stream) => {
                let source = self.streams.take(stream).ok_or_else(|| Error::Internal {
                    detail: format!("{}: a stream was used twice", self.program.calls[at].at()),
                })?;
                Some(self.streams.sends(at, stream, source))
            }
            None => None,
        };
        let described = upload.as_ref().map(|source| &source.headers);
        let request = self.outgoing.pass(sending, written, described, waiter.until(), now);
        let pass = Pass {
            op: sending.op,
            remote: Arc::clone(&sending.remote),
            request: request.map_err(|fault| fault_error(fault, self.program.calls[at].at()))?,
            upload,
            times: Times {
                started: now,
                attempt: sending.attempt,
                until: waiter.until(),
                kind: waiter.bound.kind(),
            },
            parked: self.streams.park(at),
        };
        self.flights.start_pass(pass, waiter, now);
        Ok(())
    }

    /// The answer to an equal request that this route has had.
    fn answer_of(&self, op: &'static Op, prepared: &Prepared<'r>) -> Option<Inbound> {
        if !prepared.sending.shareable || prepared.hedge {
            return None;
        }
        let same =
            |(other, asked, _): &&(&Op, Outbound, Inbound)| std::ptr::eq(*other, op) && *asked == prepared.written;
        self.answered.iter().find(same).map(|(_, _, answer)| answer.clone())
    }

    /// Takes the answers that came in one instant, all of them before anything else is decided.
    pub(super) fn land(&mut self, landed: Vec<Landed>) -> Result<(), Error> {
        let mut calls = Vec::with_capacity(landed.len());
        for flight in landed {
            let Landed {
                op,
                key,
                started,
                hedge,
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
                let value = outcome.and_then(|answer| self.decode(*waiter, answer));
                if let Err(failure) = &value {
                    end = end_of(failure.kind);
                }
                calls.push((*waiter, value));
            }
            if let Some(Waiter { name, .. }) = waiters.first() {
                let ended = Ended {
                    name,
                    op,
                    end,
                    started,
                    hedge,
                };
                note(&self.outgoing.head.context, ended);
            }
        }
        calls.sort_by_key(|(waiter, _)| (waiter.call, waiter.part));
        calls
            .into_iter()
            .try_for_each(|(waiter, value)| self.receive(waiter, value))
    }

    /// A value, or why there is none, for the call that waited for it.
    fn receive(&mut self, waiter: Waiter, value: Result<Option<Arc<Doc>>, Failure>) -> Result<(), Error> {
        let at = waiter.call;
        match (&self.calls[at].work, value) {
            (Work::Tries(_), value) => self.tried(at, waiter.part, value),
            (Work::Each(_), value) => self.each_answered(at, waiter.part, value),
            // It ended by another of its requests, which came in the same instant.
            (Work::None, _) if self.waiting_or_done(at) => Ok(()),
            (Work::None, Ok(value)) => {
                self.succeed(at);
                self.fill(at, value);
                Ok(())
            }
            (Work::None, Err(failure)) => self.failed_call(at, failure),
        }
    }

    fn waiting_or_done(&self, at: usize) -> bool {
        (self.waiting | self.done | self.failed) & (1 << at) != 0
    }

    /// Decodes an answer for a call; null for an operation that declares none, or that says so.
    fn decode(&self, waiter: Waiter, answer: Inbound) -> Result<Option<Arc<Doc>>, Failure> {
        let Some((op, kind)) = self.reading(waiter).filter(|(op, _)| op.reads_body) else {
            return Ok(None);
        };
        if op.stream.is_some() {
            return Ok(Stream::of_call(waiter.call).doc().map(Arc::new));
        }
        if op.nullable && matches!(answer.body.trim_ascii(), b"" | b"null") {
            return Ok(None);
        }
        let decoded = Doc::decode_by(answer.body, (kind, op.rule), Limits::DEFAULT);
        decoded.map(|doc| Some(Arc::new(doc))).map_err(unreadable)
    }

    /// The operation whose answer a call waits for, and what it is read as.
    fn reading(&self, waiter: Waiter) -> Option<(&'static Op, &'static Kind)> {
        let call = &self.program.calls[waiter.call];
        match &self.calls[waiter.call].work {
            Work::None => call
                .sending(self.calls[waiter.call].stage)
                .map(|it| (it.op, it.kind(call.row))),
            Work::Tries(tries) => tries.reading(call, self.calls[waiter.call].stage, waiter.part),
            Work::Each(each) => each.reading(call, waiter.part),
        }
    }

    /// A call failed in its current stage: the arm for that, else the next `else`, else it has failed for good.
    pub(super) fn failed_call(&mut self, at: usize, failure: Failure) -> Result<(), Error> {
        if let Some(fault) = self.streams.fault(at) {
            return Err(fault.error());
        }
        let call = &self.program.calls[at];
        let stage = self.calls[at].stage;
        if stage == Stage::Main {
            self.calls[at].first = Some(failure.kind);
        }
        let Some(next) = call.next_stage(stage, failure.kind) else {
            return self.fail_for_good(at, stage, failure);
        };
        if let Stage::Or(_) = next {
            self.degraded |= 1 << at;
        }
        self.calls[at].stage = next;
        self.calls[at].latest = Some(failure);
        self.waiting |= 1 << at;
        Ok(())
    }

    /// Nothing stands in for a failure of this stage of a call, or of one of its elements.
    pub(super) fn fail_for_good(&mut self, at: usize, stage: Stage, failure: Failure) -> Result<(), Error> {
        let call = &self.program.calls[at];
        let error = Error::Call {
            call: call.row.name,
            at: call.at(),
            path: call.reads_path(stage),
            failure,
        };
        self.lose(at, error)
    }

    /// A call has failed for good. The route fails at once unless a `respond` may still be chosen that does not read it.
    fn lose(&mut self, at: usize, error: Error) -> Result<(), Error> {
        if self.is_required(at) {
            return Err(error);
        }
        self.stop(at);
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
        self.stop(at);
        self.failed |= 1 << at;
        self.failures[cause].0 |= 1 << at;
        Ok(())
    }

    /// Drops whatever a call has on its way or was about to send.
    pub(super) fn stop(&mut self, at: usize) {
        self.waiting &= !(1 << at);
        self.calls[at].work = Work::None;
        self.forget(!(1 << at));
    }

    /// Drops the requests that only other calls than these wait for.
    pub(super) fn forget(&mut self, keep: u64) {
        self.intents.retain(|intent| keep & (1 << intent.call) != 0);
        self.prepared.retain_mut(|prepared| {
            prepared.waiters.retain(|waiter| keep & (1 << waiter.call) != 0);
            !prepared.waiters.is_empty()
        });
        self.flights.keep(keep, &self.outgoing.head.context);
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

    /// The calls among these that are not there yet, and those that they in turn wait for now.
    pub(super) fn pending(&self, needs: u64) -> u64 {
        self.open(needs, |at| {
            self.program.calls[at].needs(self.calls[at].stage) | self.calls[at].work.needs(self.program, at)
        })
    }

    /// The same with what their arms may still come to wait for.
    pub(super) fn may_need(&self, needs: u64) -> u64 {
        self.open(needs, |at| self.program.calls[at].all_needs())
    }

    fn open(&self, needs: u64, of: impl Fn(usize) -> u64) -> u64 {
        let mut open = needs & !self.done;
        loop {
            let next = bits(open).fold(open, |needs, at| needs | of(at) & !self.done);
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

/// The failure of an answer that does not fit.
pub(super) fn unreadable(problem: crate::engine::DecodeError) -> Failure {
    Failure::new(FailureKind::Decode, problem.to_string())
}
