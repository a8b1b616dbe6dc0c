//! The scheduler: runs the calls of a route by what each waits for. Nothing is spawned, nothing is locked, no wave is
//! joined: the state is a few bit sets that one future owns, and dropping it cancels what is on its way.

use std::sync::Arc;

use http::HeaderMap;

mod batch;
mod calls;
mod each;
mod effects;
mod replies;
mod tries;
mod undo;

pub(crate) use effects::{Commitment, Committed};

use super::doc::Doc;
use super::flight::Flights;
use super::frame::Slots;
use super::outgoing::Outgoing;
use super::program::{ArmProgram, CallProgram, Program, Sending, Stage};
use super::stream::{Source, Stream, Streams};
use super::table::{Arm, Fail, Guard, Op, Output, Refuse};
use super::{At, Decimals, Eval, Fault, Kind, Out};
use crate::error::{Error, Failure, FailureKind};
use crate::upstream::{Inbound, Outbound};
use calls::{Prepared, Written};
use each::{Elements, Intent};
use effects::Effects;
use tries::Tries;

/// What a `respond` wrote.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Vec<u8>>,
    /// The stream that is the body instead.
    pub(crate) stream: Option<Source>,
    /// The calls that the answer reads and that took an `else`, each with the failure that led there.
    pub(crate) degraded: Vec<(&'static str, FailureKind)>,
}

/// Runs a route whose inputs are decoded. One with effects says in its commitment when they have begun.
pub(crate) async fn run(
    program: &Arc<Program>,
    slots: Slots,
    body: Option<Source>,
    outgoing: &Outgoing,
    decimals: Decimals,
    commitment: Option<&Commitment>,
) -> Result<Answer, Error> {
    let mut run = Run::new(program, slots, outgoing, decimals, commitment)?;
    run.streams = Streams::new(body);
    loop {
        if let Some(answer) = run.advance()? {
            run.effects.stand = true;
            return Ok(answer);
        }
        if run.flights.is_empty() {
            let detail = format!(
                "{}: nothing is on its way and no respond can be decided",
                program.route.at
            );
            return Err(Error::Internal { detail });
        }
        let woken = run.flights.next().await;
        run.land(woken.landed)?;
        woken.alarms.into_iter().try_for_each(|call| run.ring(call))?;
    }
}

/// The state of one request.
struct Run<'r> {
    program: &'r Arc<Program>,
    slots: Slots,
    outgoing: &'r Outgoing,
    decimals: Decimals,
    commitment: Option<&'r Commitment>,
    effects: Effects,
    /// Calls whose current stage has not begun.
    waiting: u64,
    /// Names that are there, or that no answer can need.
    done: u64,
    /// Names that only outputs read that this request leaves out.
    unread: u64,
    /// Calls that failed with no arm left, in a route that may still answer without them.
    failed: u64,
    /// Why they failed, each with the calls that failed for that reason.
    failures: Vec<(u64, Error)>,
    /// Calls that took an `else`.
    degraded: u64,
    calls: Vec<CallState>,
    guards: Vec<&'static Guard>,
    /// The next `respond` to decide, and whether it is the one.
    reply: usize,
    chosen: bool,
    /// Requests that are written but not yet on their way.
    prepared: Vec<Prepared<'r>>,
    /// What elements of per-item calls want to ask a batch for.
    intents: Vec<Intent>,
    flights: Flights,
    /// Answers that another call of the same operation may ask for again.
    answered: Vec<(&'static Op, Outbound, Inbound)>,
    streams: Streams,
}

/// Where a call stands, and what went wrong on the way there.
#[derive(Default)]
struct CallState {
    stage: Stage,
    /// Its own failure.
    first: Option<FailureKind>,
    /// The latest failure, which an arm stands in for.
    latest: Option<Failure>,
    work: Work,
    /// The stream that its request sends along.
    takes: Option<Stream>,
    /// The calls that arms of its elements have read.
    read: u64,
}

/// What is under way of a call that takes several requests.
#[derive(Default)]
enum Work {
    #[default]
    None,
    Tries(Box<Tries>),
    Each(Box<Elements>),
}

impl Work {
    /// The calls that it waits for by itself.
    fn needs(&self, program: &Program, at: usize) -> u64 {
        match self {
            Work::None | Work::Tries(_) => 0,
            Work::Each(each) => each.needs(&program.calls[at]),
        }
    }
}

impl<'r> Run<'r> {
    /// Decides liveness from the request alone: what no enabled output, guard or call reads is not made.
    fn new(
        program: &'r Arc<Program>,
        slots: Slots,
        outgoing: &'r Outgoing,
        decimals: Decimals,
        commitment: Option<&'r Commitment>,
    ) -> Result<Self, Error> {
        let count = program.calls.len();
        let all = if count == 64 { u64::MAX } else { (1 << count) - 1 };
        let request_only = |guard: &&Guard| guard.test.needs == 0 && matches!(guard.refuse, Refuse::Check(_));
        let mut run = Self {
            program,
            slots,
            outgoing,
            decimals,
            commitment,
            effects: Effects::default(),
            waiting: 0,
            done: 0,
            unread: 0,
            failed: 0,
            failures: Vec::new(),
            degraded: 0,
            calls: (0..count).map(|_| CallState::default()).collect(),
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
            intents: Vec::new(),
            flights: Flights::default(),
            answered: Vec::new(),
            streams: Streams::default(),
        };
        // What stands below a guard may rely on it.
        run.decide_guards()?;
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

    fn live(&mut self) -> Result<u64, Error> {
        let route = self.program.route;
        let mut live = self
            .guards
            .iter()
            .fold(self.open_effects(), |needs, guard| needs | guard.test.needs);
        let (mut listed, mut enabled) = (0, 0);
        for Output { when, needs } in route.outputs {
            listed |= needs;
            if when.map_or(Ok(true), |test| self.holds(test.run, route.at))? {
                enabled |= needs;
            }
        }
        self.unread = listed & !enabled;
        live |= enabled;
        for reply in route.replies {
            let when = reply.when.map_or(0, |test| test.needs);
            let body = reply.body.map_or(0, |body| body.needs);
            live |= when | reply.headers.map_or(0, |headers| headers.needs) | body & !listed;
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
            if let Work::Each(_) = self.calls[at].work {
                if self.go_on(at)? {
                    return Ok(true);
                }
                continue;
            }
            if self.calls[at].stage == Stage::Main
                && let Some(test) = call.row.when.filter(|test| test.needs & !self.done == 0)
                && !self.holds(test.run, call.at())?
            {
                self.fill(at, None);
                return Ok(true);
            }
            let needs = call.needs(self.calls[at].stage);
            if needs & self.failed != 0 {
                self.lose_dependent(at, needs)?;
                return Ok(true);
            }
            if needs & !self.done == 0 && self.may_begin(at) && self.step(at, call)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Runs the current stage of a call whose names are there; false if that was to write a request.
    fn step(&mut self, at: usize, call: &'r CallProgram) -> Result<bool, Error> {
        self.slots.frame.stand_in(call.row.name, self.calls[at].latest.as_ref());
        match call.arm(self.calls[at].stage) {
            None if call.is_each() => self.begin_each(at),
            None => self.begin(at, call, &call.main),
            Some(ArmProgram::Send(sending)) => self.begin(at, call, sending),
            Some(arm) => {
                let value = self.value_of(arm, call.row.kind, call.at())?;
                self.fill(at, value);
                Ok(true)
            }
        }
    }

    /// The value of an arm that sends nothing.
    fn value_of(&self, arm: &ArmProgram, kind: &'static Kind, at: At) -> Result<Option<Arc<Doc>>, Error> {
        match arm {
            ArmProgram::Value(value) => Ok(Some(Arc::clone(value))),
            ArmProgram::Row(Arm::Compute(body)) => {
                let computed = Doc::compute(kind, |out| (body.run)(&self.slots, out));
                Ok(Some(Arc::new(computed.map_err(|fault| fault_error(fault, at))?)))
            }
            ArmProgram::Row(Arm::Fail(fail)) => Err(self.fail(fail, at)),
            ArmProgram::Row(Arm::Null | Arm::Json(_) | Arm::Call(_)) | ArmProgram::Send(_) => Ok(None),
        }
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

    /// Begins a stage that sends; false if all it did was to write a request.
    fn begin(&mut self, at: usize, call: &'r CallProgram, sending: &'r Sending) -> Result<bool, Error> {
        if call.takes_several(self.calls[at].stage, sending) {
            return self.begin_tries(at, sending);
        }
        match self.write_request(at, sending.args, sending.op)? {
            Written::Request(written) => {
                self.waiting &= !(1 << at);
                let waiter = self.waiter(at, 0, self.bound(sending));
                self.prepare(sending, written, waiter, false);
                Ok(false)
            }
            Written::NotSent => self.not_sent(at),
            Written::Hollow => {
                self.failed_call(at, Written::hollow())?;
                Ok(true)
            }
        }
    }

    /// The arguments say that nothing is sent: the name is null.
    fn not_sent(&mut self, at: usize) -> Result<bool, Error> {
        let call = &self.program.calls[at];
        if !call.row.kind.is_nullable() {
            let detail = format!(
                "{}: call `{}` was not sent, but may not be null",
                call.at(),
                call.row.name
            );
            return Err(Error::Internal { detail });
        }
        self.fill(at, None);
        Ok(true)
    }

    fn fill(&mut self, at: usize, value: Option<Arc<Doc>>) {
        self.slots.fill(at, value);
        self.waiting &= !(1 << at);
        self.done |= 1 << at;
    }
}

/// Whatever is still on its way when a route ends, or its client goes away, was cancelled; what was done is undone if it failed.
impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.undo();
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
