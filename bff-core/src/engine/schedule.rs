//! The scheduler: runs the calls of a route by what each waits for. Nothing is spawned, nothing is locked, no wave is
//! joined: the state is a few bit sets that one future owns, and dropping it cancels what is on its way.

use std::sync::Arc;

use http::HeaderMap;
use tokio::time::Instant;

use super::doc::Doc;
use super::flight::{Flights, Waiter};
use super::frame::Slots;
use super::outgoing::Outgoing;
use super::program::{ArmProgram, CallProgram, Program, Sending, Stage};
use super::request::Request;
use super::table::{Arm, Fail, Guard, Op, Output, Refuse, Reply};
use super::{At, Decimals, Eval, Fault, HeaderOut, Limits, Out};
use crate::error::{Error, Failure, FailureKind};
use crate::upstream::{Inbound, Outbound};

/// What a `respond` wrote.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Vec<u8>>,
    /// The calls that the answer reads and that took an `else`, each with the failure that led there.
    pub(crate) degraded: Vec<(&'static str, FailureKind)>,
}

/// Runs a route whose inputs are decoded.
pub(crate) async fn run(
    program: &Program,
    slots: Slots,
    outgoing: &Outgoing<'_>,
    decimals: Decimals,
) -> Result<Answer, Error> {
    let mut run = Run::new(program, slots, outgoing, decimals)?;
    loop {
        if let Some(answer) = run.advance()? {
            return Ok(answer);
        }
        if run.flights.is_empty() {
            let detail = format!(
                "{}: nothing is on its way and no respond can be decided",
                program.route.at
            );
            return Err(Error::Internal { detail });
        }
        let landed = run.flights.next().await;
        run.land(landed)?;
    }
}

/// The state of one request.
pub(super) struct Run<'r> {
    pub(super) program: &'r Program,
    pub(super) slots: Slots,
    outgoing: &'r Outgoing<'r>,
    decimals: Decimals,
    /// Calls whose current stage has not begun.
    pub(super) waiting: u64,
    /// Names that are there, or that no answer can need.
    pub(super) done: u64,
    /// Calls that failed with no arm left, in a route that may still answer without them.
    pub(super) failed: u64,
    pub(super) failures: Vec<(usize, Error)>,
    /// Calls that took an `else`.
    degraded: u64,
    pub(super) stages: Vec<Stage>,
    /// The own failure of each call, and the latest one, which an arm stands in for.
    first: Vec<Option<FailureKind>>,
    latest: Vec<Option<Failure>>,
    guards: Vec<&'static Guard>,
    /// The next `respond` to decide, and whether it is the one.
    reply: usize,
    chosen: bool,
    /// Requests that are written but not yet on their way.
    prepared: Vec<(usize, Outbound)>,
    pub(super) flights: Flights,
    /// Answers that another call of the same operation may ask for again.
    answered: Vec<(&'static Op, Outbound, Inbound)>,
}

impl<'r> Run<'r> {
    /// Decides liveness from the request alone: what no enabled output, guard or call reads is not made.
    fn new(program: &'r Program, slots: Slots, outgoing: &'r Outgoing<'r>, decimals: Decimals) -> Result<Self, Error> {
        let count = program.calls.len();
        let all = if count == 64 { u64::MAX } else { (1 << count) - 1 };
        let request_only = |guard: &&Guard| guard.test.needs == 0 && matches!(guard.refuse, Refuse::Check(_));
        let mut run = Self {
            program,
            slots,
            outgoing,
            decimals,
            waiting: 0,
            done: 0,
            failed: 0,
            failures: Vec::new(),
            degraded: 0,
            stages: vec![Stage::Main; count],
            first: vec![None; count],
            latest: (0..count).map(|_| None).collect(),
            // Checks of the inputs alone were decided with them.
            guards: program
                .route
                .guards
                .iter()
                .filter(|guard| !request_only(guard))
                .collect(),
            reply: 0,
            chosen: false,
            prepared: Vec::new(),
            flights: Flights::default(),
            answered: Vec::new(),
        };
        for (at, call) in program.calls.iter().enumerate() {
            if let Some(test) = call.row.when.filter(|test| test.needs == 0)
                && !run.holds(test.run, call.at())?
            {
                run.done |= 1 << at;
            }
        }
        run.waiting = run.live()? & !run.done;
        run.done |= all & !run.waiting;
        Ok(run)
    }

    fn live(&self) -> Result<u64, Error> {
        let route = self.program.route;
        let mut live = self.guards.iter().fold(0, |needs, guard| needs | guard.test.needs);
        for Output { when, needs } in route.outputs {
            let enabled = when.map_or(Ok(true), |test| self.holds(test.run, route.at))?;
            live |= if enabled { *needs } else { 0 };
        }
        for reply in route.replies {
            let when = reply.when.map_or(0, |test| test.needs);
            live |= when | reply.headers.map_or(0, |headers| headers.needs);
        }
        loop {
            let open = live & !self.done;
            let next = bits(open).fold(live, |needs, call| needs | self.program.calls[call].all_needs());
            if next == live {
                return Ok(live);
            }
            live = next;
        }
    }

    fn holds(&self, test: fn(&Slots) -> Eval<bool>, at: At) -> Result<bool, Error> {
        test(&self.slots).map_err(|fault| fault_error(fault, at))
    }

    /// Does all that can be done without waiting. Guards come first, again after every value, before anything is sent.
    fn advance(&mut self) -> Result<Option<Answer>, Error> {
        loop {
            loop {
                self.decide_guards()?;
                if !self.resolve()? {
                    break;
                }
            }
            if let Some(answer) = self.decide_replies()? {
                return Ok(Some(answer));
            }
            if !self.send_prepared()? {
                return Ok(None);
            }
        }
    }

    fn decide_guards(&mut self) -> Result<(), Error> {
        let (slots, done) = (&self.slots, self.done);
        let mut refused = None;
        self.guards.retain(|guard| {
            if refused.is_some() || guard.test.needs & !done != 0 {
                return true;
            }
            match (guard.test.run)(slots) {
                Ok(true) => return false,
                Ok(false) => refused = Some(refusal(guard)),
                Err(fault) => refused = Some(fault_error(fault, guard.at)),
            }
            true
        });
        refused.map_or(Ok(()), Err)
    }

    /// Takes the first waiting call whose names are there one step further; true if a name was filled or a call failed.
    /// A request that is written on the way is only put aside.
    fn resolve(&mut self) -> Result<bool, Error> {
        for at in bits(self.waiting) {
            let call = &self.program.calls[at];
            if self.stages[at] == Stage::Main
                && let Some(test) = call.row.when.filter(|test| test.needs & !self.done == 0)
                && !self.holds(test.run, call.at())?
            {
                self.fill(at, None);
                return Ok(true);
            }
            if call.needs(self.stages[at]) & !self.done == 0 && self.step(at, call)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Runs the current stage of a call whose names are there; false if that was to write a request.
    fn step(&mut self, at: usize, call: &'r CallProgram) -> Result<bool, Error> {
        self.slots.frame.error = self.latest[at]
            .as_ref()
            .map(|failure| crate::rescue::arm_error(call.row.name, failure));
        let value = match call.arm(self.stages[at]) {
            None => return self.write(at, &call.main),
            Some(ArmProgram::Send(sending)) => return self.write(at, sending),
            Some(ArmProgram::Value(value)) => Some(Arc::clone(value)),
            Some(ArmProgram::Row(Arm::Compute(body))) => {
                let computed = Doc::compute(call.row.kind, |out| (body.run)(&self.slots, out));
                Some(Arc::new(computed.map_err(|fault| fault_error(fault, call.at()))?))
            }
            Some(ArmProgram::Row(Arm::Fail(fail))) => return Err(self.fail(fail, call.at())),
            Some(ArmProgram::Row(Arm::Null | Arm::Json(_) | Arm::Call(..))) => None,
        };
        self.fill(at, value);
        Ok(true)
    }

    fn fail(&self, fail: &Fail, at: At) -> Error {
        let body = fail.body.map(|body| {
            let mut out = Out::after(Vec::new(), self.decimals);
            (body.run)(&self.slots, &mut out)?;
            out.finish()
        });
        match body.transpose() {
            Ok(body) => Error::Fail {
                status: fail.status,
                code: fail.code,
                body: body.map(Into::into),
                at,
            },
            Err(fault) => fault_error(fault, at),
        }
    }

    fn write(&mut self, at: usize, sending: &Sending) -> Result<bool, Error> {
        let call = &self.program.calls[at];
        let located = |fault| fault_error(fault, call.at());
        let mut request = Request::new();
        if !(sending.args.run)(&self.slots, &mut request).map_err(located)? {
            if !call.row.kind.is_nullable() {
                let detail = format!(
                    "{}: call `{}` was not sent, but may not be null",
                    call.at(),
                    call.row.name
                );
                return Err(Error::Internal { detail });
            }
            self.fill(at, None);
            return Ok(true);
        }
        match request.finish(sending.op.method.clone()).map_err(located)? {
            Ok(written) => {
                self.waiting &= !(1 << at);
                self.prepared.push((at, written));
                Ok(false)
            }
            Err(_) => {
                // Nothing can have the name "", "." or "..": the same answer that the upstream would give.
                let detail = "a path argument is empty, `.` or `..`";
                self.failed_call(at, Failure::new(FailureKind::Status(404), detail))?;
                Ok(true)
            }
        }
    }

    fn fill(&mut self, at: usize, value: Option<Arc<Doc>>) {
        self.slots.fill(at, value);
        self.waiting &= !(1 << at);
        self.done |= 1 << at;
    }

    /// Puts what was written on its way; true if a call failed or was answered at once instead.
    fn send_prepared(&mut self) -> Result<bool, Error> {
        let mut changed = false;
        let now = Instant::now();
        for (at, written) in std::mem::take(&mut self.prepared) {
            let call = &self.program.calls[at];
            let Some(sending) = call.sending(self.stages[at]) else {
                continue;
            };
            let waiter = Waiter::new(at, call.row.name, now, sending.whole, self.outgoing.budget);
            if waiter.is_over(now) {
                self.failed_call(
                    at,
                    Failure::new(FailureKind::Deadline, "no time was left to send the request"),
                )?;
                changed = true;
                continue;
            }
            let key = sending.shareable.then(|| written.clone());
            if let Some(key) = &key {
                if self.flights.join(sending.op, key, waiter) {
                    continue;
                }
                if let Some(answer) = self.answer_of(sending.op, key) {
                    self.receive(at, answer)?;
                    changed = true;
                    continue;
                }
            }
            let request = self.outgoing.complete(sending, written, waiter.until(), now);
            let request = request.map_err(|fault| fault_error(fault, call.at()))?;
            self.flights.start(sending, key, request, waiter, now);
        }
        Ok(changed)
    }

    fn answer_of(&self, op: &'static Op, key: &Outbound) -> Option<Inbound> {
        let same = |(other, asked, _): &&(&Op, Outbound, Inbound)| std::ptr::eq(*other, op) && asked == key;
        self.answered.iter().find(same).map(|(_, _, answer)| answer.clone())
    }

    /// Takes the answers that came in one instant, all of them before anything else is decided.
    fn land(&mut self, landed: Vec<super::flight::Landed>) -> Result<(), Error> {
        let mut calls = Vec::new();
        for flight in landed {
            for waiter in &flight.waiters {
                calls.push((waiter.call, flight.outcome.clone()));
            }
            flight.note(&self.outgoing.head.context, None);
            if let (Some(key), Ok(answer)) = (flight.key, flight.outcome) {
                self.answered.push((flight.op, key, answer));
            }
        }
        calls.sort_by_key(|(at, _)| *at);
        for (at, outcome) in calls {
            match outcome {
                Ok(answer) => self.receive(at, answer)?,
                Err(failure) => self.failed_call(at, failure)?,
            }
        }
        Ok(())
    }

    /// Decodes an answer for a call.
    fn receive(&mut self, at: usize, answer: Inbound) -> Result<(), Error> {
        let call = &self.program.calls[at];
        let Some(sending) = call.sending(self.stages[at]) else {
            return Ok(());
        };
        if !sending.op.reads_body {
            self.fill(at, None);
            return Ok(());
        }
        match Doc::decode(answer.body, sending.kind(call.row), Limits::DEFAULT) {
            Ok(doc) => {
                self.fill(at, Some(Arc::new(doc)));
                Ok(())
            }
            Err(problem) => self.failed_call(at, Failure::new(FailureKind::Decode, problem.to_string())),
        }
    }

    /// A call failed in its current stage: the arm for that, else the next `else`, else it has failed for good.
    pub(super) fn failed_call(&mut self, at: usize, failure: Failure) -> Result<(), Error> {
        let call = &self.program.calls[at];
        let stage = self.stages[at];
        let arm = match stage {
            Stage::Main => {
                self.first[at] = Some(failure.kind);
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
        self.stages[at] = next;
        self.latest[at] = Some(failure);
        self.waiting |= 1 << at;
        Ok(())
    }

    /// A call has failed for good. The route fails at once unless a `respond` may still be chosen that does not read it.
    fn lose(&mut self, at: usize, error: Error) -> Result<(), Error> {
        let bit = 1 << at;
        let guarded = self.guards.iter().fold(0, |needs, guard| needs | guard.test.needs);
        let rest = if self.chosen {
            self.reply..self.reply + 1
        } else {
            self.reply..self.program.route.replies.len()
        };
        let replies = &self.program.route.replies[rest];
        if self.pending(guarded) & bit != 0 || replies.iter().all(|reply| self.pending(reply.needs()) & bit != 0) {
            return Err(error);
        }
        self.waiting &= !bit;
        self.failed |= bit;
        self.failures.push((at, error));
        Ok(())
    }

    /// The calls among these that are not there yet, and those that they in turn wait for.
    fn pending(&self, needs: u64) -> u64 {
        let mut open = needs & !self.done;
        loop {
            let next = bits(open).fold(open, |needs, at| {
                needs | self.program.calls[at].needs(self.stages[at]) & !self.done
            });
            if next == open {
                return open;
            }
            open = next;
        }
    }

    /// The failure that keeps these names from ever being there, if there is one.
    fn take_failure(&mut self, needs: u64) -> Option<Error> {
        let lost = self.pending(needs) & self.failed;
        let first = self.failures.iter().position(|(at, _)| lost & (1 << at) != 0)?;
        Some(self.failures.swap_remove(first).1)
    }

    /// Decides the `respond`s in text order, as far as their names are there.
    fn decide_replies(&mut self) -> Result<Option<Answer>, Error> {
        if !self.guards.is_empty() {
            return Ok(None);
        }
        while let Some(reply) = self.program.route.replies.get(self.reply) {
            if !self.chosen {
                let when = reply.when.map_or(0, |test| test.needs);
                if let Some(error) = self.take_failure(when) {
                    return Err(error);
                }
                if when & !self.done != 0 {
                    return Ok(None);
                }
                if let Some(test) = reply.when
                    && !self.holds(test.run, reply.at)?
                {
                    self.reply += 1;
                    continue;
                }
                self.choose(reply);
            }
            if let Some(error) = self.take_failure(reply.needs()) {
                return Err(error);
            }
            let ready = reply.needs() & !self.done == 0;
            return if ready { self.answer(reply).map(Some) } else { Ok(None) };
        }
        Err(Error::Internal {
            detail: format!("{}: no respond holds", self.program.route.at),
        })
    }

    /// This `respond` answers: what it does not need is dropped.
    fn choose(&mut self, reply: &Reply) {
        self.chosen = true;
        let keep = self.pending(reply.needs());
        self.waiting &= keep;
        self.prepared.retain(|(at, _)| keep & (1 << at) != 0);
        self.flights.keep(keep, &self.outgoing.head.context);
    }

    fn answer(&mut self, reply: &'static Reply) -> Result<Answer, Error> {
        let degraded: Vec<_> = bits(self.degraded & self.read_by(reply)).collect();
        let name = |&at: &usize| self.program.calls[at].row.name;
        self.slots.frame.error = None;
        self.slots.frame.degraded = degraded.iter().map(name).collect();
        let located = |fault| fault_error(fault, reply.at);
        let mut headers = HeaderMap::new();
        if let Some(write) = reply.headers {
            (write.run)(&self.slots, &mut HeaderOut::new(&mut headers)).map_err(located)?;
        }
        let body = reply.body.map(|body| {
            let mut out = Out::after(Vec::with_capacity(1024), self.decimals);
            (body.run)(&self.slots, &mut out)?;
            out.finish()
        });
        let body = body.transpose().map_err(located)?;
        let kind = |at: usize| self.first[at].unwrap_or(FailureKind::Decode);
        let degraded = degraded.iter().map(|&at| (name(&at), kind(at))).collect();
        Ok(Answer {
            status: reply.status,
            headers,
            body,
            degraded,
        })
    }

    /// The calls that an answer reads, also through other calls and the arms that were taken.
    fn read_by(&self, reply: &Reply) -> u64 {
        let mut read = reply.needs() | reply.when.map_or(0, |test| test.needs);
        loop {
            let through = |needs, at: usize| {
                let call = &self.program.calls[at];
                needs | call.needs(Stage::Main) | call.needs(self.stages[at])
            };
            let next = bits(read).fold(read, through);
            if next == read {
                return read;
            }
            read = next;
        }
    }
}

/// Whatever is still on its way when a route ends, or its client goes away, was cancelled.
impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.flights.keep(0, &self.outgoing.head.context);
    }
}

/// The positions of the bits that are set, lowest first.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(at)
    })
}

pub(crate) fn refusal(guard: &Guard) -> Error {
    match guard.refuse {
        Refuse::Check(message) => Error::Refused {
            status: 422,
            message: Some(message),
            at: guard.at,
        },
        Refuse::Status(status) => Error::Refused {
            status,
            message: None,
            at: guard.at,
        },
    }
}

/// A computation that ended its route.
pub(crate) fn fault_error(fault: Fault, at: At) -> Error {
    let at = fault.at.unwrap_or(at);
    match fault.cause {
        super::Cause::Fail(fail) => Error::Fail {
            status: fail.status,
            code: fail.code,
            body: fail.body,
            at,
        },
        cause => {
            let fault = Fault { cause, at: Some(at) };
            match fault.cause {
                super::Cause::Arithmetic => Error::Arithmetic {
                    detail: fault.to_string(),
                },
                _ => Error::Internal {
                    detail: fault.to_string(),
                },
            }
        }
    }
}
