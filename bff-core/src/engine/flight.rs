//! Requests on their way, each with the calls that wait for its answer.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::{Instant, Sleep, sleep_until};

use super::program::Sending;
use super::stream::Pass;
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
    /// It is the second one of a hedge.
    hedge: bool,
    waiters: Vec<Waiter>,
}

/// Longer than anything takes that has a time of its own.
const LONG: Duration = Duration::from_secs(365 * 24 * 3600);

/// When waiting ends, and as what kind of failure that counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound {
    until: Instant,
    kind: FailureKind,
}

impl Bound {
    /// From now on, at most for the whole of a call's own timeout and to the end of the route's budget.
    pub(crate) fn new(now: Instant, whole: Option<Duration>, budget: Instant) -> Self {
        match whole.map(|whole| now + whole) {
            Some(until) if until <= budget => Self {
                until,
                kind: FailureKind::Timeout,
            },
            _ => Self {
                until: budget,
                kind: FailureKind::Deadline,
            },
        }
    }

    /// As what kind of failure it counts.
    pub(crate) fn kind(&self) -> FailureKind {
        self.kind
    }

    /// The failure of what would begin now, if there is no time left.
    pub(crate) fn is_over(&self, now: Instant) -> Option<Failure> {
        (self.until <= now).then(|| Failure::new(self.kind, "no time was left to send the request"))
    }
}

/// A call that waits for an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waiter {
    pub(crate) call: usize,
    /// Which of its requests it is, if it makes several.
    pub(crate) part: u32,
    pub(crate) name: &'static str,
    pub(crate) bound: Bound,
}

impl Waiter {
    /// When it stops waiting.
    pub(crate) fn until(&self) -> Instant {
        self.bound.until
    }
}

/// All requests of one route that are on their way, and the one timer over them.
#[derive(Default)]
pub(crate) struct Flights {
    list: Vec<Flight>,
    /// Effects that their route has no more time for, and that may still happen.
    left: Vec<Left>,
    /// When a call that waits for an answer wants to send one more request.
    alarms: Vec<(Instant, usize)>,
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
    pub(crate) hedge: bool,
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) outcome: Outcome,
}

/// What a wait ended with.
#[derive(Default)]
pub(crate) struct Woken {
    pub(crate) landed: Vec<Landed>,
    /// The calls whose alarm it is, in text order.
    pub(crate) alarms: Vec<usize>,
}

impl Flights {
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The waiters of the same request on its way, if there is one.
    pub(crate) fn find(&mut self, op: &'static Op, key: &Outbound) -> Option<&mut Vec<Waiter>> {
        let same = |flight: &&mut Flight| std::ptr::eq(flight.op, op) && flight.key.as_ref() == Some(key);
        self.list.iter_mut().find(same).map(|flight| &mut flight.waiters)
    }

    /// Wakes the route at this time for a call, once.
    pub(crate) fn wake(&mut self, call: usize, at: Instant) {
        self.alarms.push((at, call));
    }

    /// Takes back what [`Self::wake`] set for a call.
    pub(crate) fn hush(&mut self, call: usize) {
        self.alarms.retain(|(_, other)| *other != call);
    }

    /// Puts a request on its way; it is sent when the route waits.
    pub(crate) fn start(
        &mut self,
        sending: &Sending,
        key: Option<Outbound>,
        request: Outbound,
        (waiters, hedge): (Vec<Waiter>, bool),
        now: Instant,
    ) {
        let future = sending.remote.send(request, sending.op.reads_body);
        let until = now + sending.attempt;
        self.list.reserve_exact(1);
        self.list.push(Flight {
            op: sending.op,
            key,
            future,
            started: now,
            until,
            hedge,
            waiters,
        });
    }

    /// Puts a request on its way whose body or answer passes through, and which ends by itself when it takes too long.
    pub(crate) fn start_pass(&mut self, pass: Pass, waiter: Waiter, now: Instant) {
        let until = now + LONG;
        let waiter = Waiter {
            bound: Bound { until, ..waiter.bound },
            ..waiter
        };
        self.list.push(Flight {
            op: pass.op,
            key: None,
            future: Box::pin(pass.send()),
            started: now,
            until,
            hedge: false,
            waiters: vec![waiter],
        });
    }

    /// Forgets the calls that nobody needs any more; a request that no other call waits for is dropped.
    pub(crate) fn keep(&mut self, keep: u64, context: &RequestContext) {
        self.alarms.retain(|(_, call)| keep & (1 << call) != 0);
        self.list.retain_mut(|flight| {
            let name = flight.waiters.first().map(|waiter| waiter.name);
            flight.waiters.retain(|waiter| keep & (1 << waiter.call) != 0);
            if let (true, Some(name)) = (flight.waiters.is_empty(), name) {
                let ended = Ended {
                    name,
                    op: flight.op,
                    end: CallEnd::Cancelled,
                    started: flight.started,
                    hedge: flight.hedge,
                };
                note(context, ended);
            }
            !flight.waiters.is_empty()
        });
    }

    /// Takes the effects that are still running, for somebody else to wait for.
    pub(crate) fn leave_effects(&mut self) -> Vec<Left> {
        let running = self.list.extract_if(.., |flight| !flight.op.safe);
        let running = running.filter_map(|flight| {
            let call = flight.waiters.first()?.call;
            Some(flight.leave(call))
        });
        self.left.drain(..).chain(running).collect()
    }

    /// Waits for the next request that ends or alarm that rings, and takes with it all others that have by then.
    pub(crate) async fn next(&mut self) -> Woken {
        std::future::poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Woken> {
        let Woken { mut landed, mut alarms } = Woken::default();
        let mut at = 0;
        while at < self.list.len() {
            match self.list[at].future.as_mut().poll(cx) {
                Poll::Ready(outcome) => {
                    landed.reserve_exact(1);
                    landed.push(self.list.remove(at).land(outcome));
                }
                Poll::Pending => at += 1,
            }
        }
        while landed.is_empty() && alarms.is_empty() {
            let alarm = self.alarms.iter().map(|(at, _)| *at);
            let Some(nearest) = self.list.iter().map(Flight::nearest).chain(alarm).min() else {
                break;
            };
            let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(nearest)));
            if timer.deadline() != nearest {
                timer.as_mut().reset(nearest);
            }
            if timer.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            let now = Instant::now().max(nearest);
            self.expire(now, &mut landed);
            alarms.extend(self.alarms.extract_if(.., |(at, _)| *at <= now).map(|(_, call)| call));
            alarms.sort_unstable();
        }
        Poll::Ready(Woken { landed, alarms })
    }

    /// Ends the waiting of whoever has waited too long.
    fn expire(&mut self, now: Instant, landed: &mut Vec<Landed>) {
        let mut at = 0;
        while at < self.list.len() {
            let flight = &mut self.list[at];
            let slow = flight.until <= now;
            let mut over = None;
            for waiter in flight.waiters.extract_if(.., |waiter| slow || waiter.until() <= now) {
                let kind = if waiter.until() <= now {
                    waiter.bound.kind
                } else {
                    FailureKind::Timeout
                };
                if kind == FailureKind::Deadline && !slow {
                    over = Some(waiter.call);
                }
                let outcome = Err(Failure::new(kind, "no answer in time"));
                let (op, started, hedge) = (flight.op, flight.started, flight.hedge);
                landed.push(Landed {
                    op,
                    key: None,
                    started,
                    hedge,
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
            .map(Waiter::until)
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
            hedge: self.hedge,
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

/// A request that ended, for the access log.
pub(crate) struct Ended {
    pub(crate) name: &'static str,
    pub(crate) op: &'static Op,
    pub(crate) end: CallEnd,
    pub(crate) started: Instant,
    pub(crate) hedge: bool,
}

/// Notes in the access log how a request ended.
pub(crate) fn note(context: &RequestContext, ended: Ended) {
    context.called(CallRecord {
        name: ended.name,
        upstream: ended.op.upstream.name,
        op: ended.op.name,
        end: ended.end,
        latency: ended.started.elapsed(),
        attempts: 1,
        hedge: ended.hedge,
    });
}
