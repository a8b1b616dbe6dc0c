//! Requests on their way, each with the calls that wait for its answer.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::{Instant, Sleep, sleep_until};

use super::program::Sending;
use super::table::Op;
use crate::context::{CallEnd, CallRecord, RequestContext};
use crate::error::{Failure, FailureKind};
use crate::upstream::{Inbound, Outbound};

/// How a request ended.
pub(crate) type Outcome = Result<Inbound, Failure>;

/// A request on its way. It owns what it needs and borrows nothing of the frame.
pub(crate) struct Flight {
    op: &'static Op,
    /// What was written by the call, to find equal requests; none if the route has no other call of this operation.
    key: Option<Outbound>,
    future: BoxFuture<'static, Outcome>,
    started: Instant,
    /// When the attempt has taken too long.
    until: Instant,
    waiters: Vec<Waiter>,
}

/// A call that waits for an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waiter {
    pub(crate) call: usize,
    name: &'static str,
    /// When it stops waiting, and as what kind of failure that counts.
    until: Instant,
    kind: FailureKind,
}

impl Waiter {
    /// A call that waits from now on, at most for the whole of its own timeout and to the end of the route's budget.
    pub(crate) fn new(call: usize, name: &'static str, now: Instant, whole: Option<Duration>, budget: Instant) -> Self {
        match whole.map(|whole| now + whole) {
            Some(until) if until <= budget => Self {
                call,
                name,
                until,
                kind: FailureKind::Timeout,
            },
            _ => Self {
                call,
                name,
                until: budget,
                kind: FailureKind::Deadline,
            },
        }
    }

    /// The name of the call.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// When it stops waiting.
    pub(crate) fn until(&self) -> Instant {
        self.until
    }

    /// True if there is no time left.
    pub(crate) fn is_over(&self, now: Instant) -> bool {
        self.until <= now
    }
}

/// All requests of one route that are on their way, and the one timer over them.
#[derive(Default)]
pub(crate) struct Flights {
    list: Vec<Flight>,
    /// Effects that their route has no more time for, and that may still happen.
    left: Vec<Left>,
    /// Armed after the first real wait.
    timer: Option<Pin<Box<Sleep>>>,
}

/// An effect that is left to finish behind its route.
pub(crate) struct Left {
    pub(crate) call: usize,
    /// When its attempt has taken too long.
    pub(crate) until: Instant,
    pub(crate) future: BoxFuture<'static, Outcome>,
}

/// A request that ended, for the calls that waited for it.
pub(crate) struct Landed {
    pub(crate) op: &'static Op,
    pub(crate) key: Option<Outbound>,
    pub(crate) started: Instant,
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) outcome: Outcome,
}

impl Flights {
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds a waiter to the same request on its way, if there is one.
    pub(crate) fn join(&mut self, op: &'static Op, key: &Outbound, waiter: Waiter) -> bool {
        let same = |flight: &&mut Flight| std::ptr::eq(flight.op, op) && flight.key.as_ref() == Some(key);
        self.list
            .iter_mut()
            .find(same)
            .map(|flight| flight.waiters.push(waiter))
            .is_some()
    }

    /// Puts a request on its way; it is sent when the route waits.
    pub(crate) fn start(
        &mut self,
        sending: &Sending,
        key: Option<Outbound>,
        request: Outbound,
        waiter: Waiter,
        now: Instant,
    ) {
        let future = sending.remote.send(request, sending.op.reads_body);
        let until = now + sending.attempt;
        self.list.push(Flight {
            op: sending.op,
            key,
            future,
            started: now,
            until,
            waiters: vec![waiter],
        });
    }

    /// Forgets the calls that nobody needs any more; a request that no other call waits for is dropped.
    pub(crate) fn keep(&mut self, keep: u64, context: &RequestContext) {
        self.list.retain_mut(|flight| {
            let name = flight.waiters.first().map(|waiter| waiter.name);
            flight.waiters.retain(|waiter| keep & (1 << waiter.call) != 0);
            if let (true, Some(name)) = (flight.waiters.is_empty(), name) {
                note(context, name, flight.op, CallEnd::Cancelled, flight.started);
            }
            !flight.waiters.is_empty()
        });
    }

    /// Takes the effects that are still running, for somebody else to wait for.
    pub(crate) fn leave_effects(&mut self) -> Vec<Left> {
        let running = self.list.extract_if(.., |flight| !flight.op.safe);
        let running = running.filter_map(|flight| {
            flight
                .waiters
                .first()
                .map(|waiter| waiter.call)
                .map(|call| flight.leave(call))
        });
        self.left.drain(..).chain(running).collect()
    }

    /// Waits for the next request that ends, and takes with it all others that have ended by then.
    pub(crate) async fn next(&mut self) -> Vec<Landed> {
        std::future::poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Vec<Landed>> {
        let mut landed = Vec::new();
        let mut at = 0;
        while at < self.list.len() {
            match self.list[at].future.as_mut().poll(cx) {
                Poll::Ready(outcome) => landed.push(self.list.remove(at).land(outcome)),
                Poll::Pending => at += 1,
            }
        }
        while landed.is_empty() {
            let Some(nearest) = self.list.iter().map(Flight::nearest).min() else {
                return Poll::Ready(landed);
            };
            let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(nearest)));
            if timer.deadline() != nearest {
                timer.as_mut().reset(nearest);
            }
            if timer.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.expire(Instant::now().max(nearest), &mut landed);
        }
        Poll::Ready(landed)
    }

    /// Ends the waiting of whoever has waited too long.
    fn expire(&mut self, now: Instant, landed: &mut Vec<Landed>) {
        let mut at = 0;
        while at < self.list.len() {
            let flight = &mut self.list[at];
            let slow = flight.until <= now;
            let mut over = None;
            for waiter in flight.waiters.extract_if(.., |waiter| slow || waiter.until <= now) {
                let kind = if waiter.until <= now {
                    waiter.kind
                } else {
                    FailureKind::Timeout
                };
                if kind == FailureKind::Deadline && !slow {
                    over = Some(waiter.call);
                }
                let outcome = Err(Failure::new(kind, "no answer in time"));
                let (op, started) = (flight.op, flight.started);
                landed.push(Landed {
                    op,
                    key: None,
                    started,
                    waiters: vec![waiter],
                    outcome,
                });
            }
            if flight.waiters.is_empty() {
                let flight = self.list.remove(at);
                let over = over.filter(|_| !flight.op.safe);
                self.left.extend(over.map(|call| flight.leave(call)));
            } else {
                at += 1;
            }
        }
    }
}

impl Flight {
    fn nearest(&self) -> Instant {
        self.waiters
            .iter()
            .map(|waiter| waiter.until)
            .min()
            .map_or(self.until, |until| until.min(self.until))
    }

    fn leave(self, call: usize) -> Left {
        Left {
            call,
            until: self.until,
            future: self.future,
        }
    }

    fn land(self, outcome: Outcome) -> Landed {
        Landed {
            op: self.op,
            key: self.key,
            started: self.started,
            waiters: self.waiters,
            outcome,
        }
    }
}

/// How a failure ended a request, for the access log.
pub(crate) fn end_of(kind: FailureKind) -> CallEnd {
    match kind {
        FailureKind::Status(status) => CallEnd::Status(status),
        kind => CallEnd::Failed(kind.name()),
    }
}

/// Notes in the access log how a request ended.
pub(crate) fn note(context: &RequestContext, name: &'static str, op: &'static Op, end: CallEnd, started: Instant) {
    let latency = started.elapsed();
    context.called(CallRecord {
        name,
        upstream: op.upstream.name,
        op: op.name,
        end,
        latency,
        attempts: 1,
    });
}
