//! What belongs to one request from the socket to the log line: its id, its trace, its caller, and a record of what
//! happened. The stack makes it and puts an `Arc` of it into the request's extensions; everything below only adds.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use tokio::time::Instant;

use crate::clock::{Clock, Entropy};
use crate::error::FailureKind;

/// One request, as every layer sees it.
#[derive(Debug)]
pub struct Context {
    /// The id given to the request; it is answered as `x-request-id` and stands in problem documents.
    pub id: String,
    /// The address of the client, if the request came over a socket.
    pub ip: Option<IpAddr>,
    /// The request's place in a distributed trace.
    pub trace: Trace,
    /// When the request was received, on the clock that deadlines use.
    pub received: Instant,
    /// When the request was received, since 1970-01-01T00:00:00Z: the one instant that `request.now` gives.
    pub now: Duration,
    record: Mutex<Record>,
}

impl Context {
    /// A context that begins now. `trace` is what `traceparent` said, or [`Trace::root`].
    pub fn new(id: String, ip: Option<IpAddr>, trace: Trace, clock: &dyn Clock) -> Self {
        Self {
            id,
            ip,
            trace,
            received: Instant::now(),
            now: clock.now(),
            record: Mutex::default(),
        }
    }

    /// The context in a request's extensions, or a fresh one for a request that came past the stack.
    pub fn of(extensions: &http::Extensions, clock: &dyn Clock, entropy: &dyn Entropy) -> Arc<Self> {
        extensions.get::<Arc<Self>>().cloned().unwrap_or_else(|| {
            let id = format!("{:016x}{:016x}", entropy.bits(), entropy.bits());
            Arc::new(Self::new(id, None, Trace::root(entropy), clock))
        })
    }

    /// Adds to the record of the request. The lock is never contended: one future owns a request at a time.
    pub fn record<T>(&self, add: impl FnOnce(&mut Record) -> T) -> T {
        add(&mut self.record.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What the log line of a request says about its inside.
#[derive(Debug, Default)]
pub struct Record {
    /// The client (`client mobile`) and the path pattern of the route that answered, e.g. `("mobile", "/orders/{id}")`.
    pub route: Option<(&'static str, &'static str)>,
    /// Every upstream request in the order they ended.
    pub attempts: Vec<Attempt>,
    /// The calls that took an `else`, as `bff-partial` names them.
    pub degraded: Vec<&'static str>,
    /// Why the request failed, for the log only: it may name addresses and lines of the spec.
    pub error: Option<String>,
}

/// One upstream request and how it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// The call of the route that wanted it (`me`).
    pub call: &'static str,
    /// The operation (`users.get_user`).
    pub op: &'static str,
    /// The upstream (`users`).
    pub upstream: &'static str,
    /// When it was sent, after the request was received.
    pub start: Duration,
    /// How long it took.
    pub latency: Duration,
    /// The status that came, if one did.
    pub status: Option<u16>,
    /// Octets of the answer's body.
    pub bytes: u64,
    /// Why it counts as failed, if it does.
    pub failure: Option<FailureKind>,
    /// What went wrong, for the log only.
    pub detail: Option<String>,
    /// True if nobody waited for the answer any more: it was dropped, not failed.
    pub cancelled: bool,
}

/// A position in a distributed trace (W3C Trace Context, level 2).
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// The trace, 16 octets, never zero.
    pub id: u128,
    /// The span of the caller, if it sent one.
    pub parent: Option<u64>,
    /// The span of this request, never zero.
    pub span: u64,
    /// The flags of `traceparent`; bit 0 is "sampled".
    pub flags: u8,
    /// `tracestate` as it came; it travels unchanged.
    pub state: Option<HeaderValue>,
}

impl Trace {
    /// The beginning of a new trace, not sampled.
    pub fn root(entropy: &dyn Entropy) -> Self {
        let id = (u128::from(entropy.bits()) << 64) | u128::from(entropy.bits());
        Self {
            id: id.max(1),
            parent: None,
            span: entropy.bits().max(1),
            flags: 0,
            state: None,
        }
    }

    /// The `traceparent` of a request made under this one, whose own span is `span`.
    pub fn traceparent(&self, span: u64) -> String {
        format!("00-{:032x}-{span:016x}-{:02x}", self.id, self.flags)
    }
}
