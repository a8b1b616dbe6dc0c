//! A request whose body or answer passes through, within its time: that stands still while the body of the request flows.

use std::future::Future;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::body::PAUSE;
use super::flow::Flow;
use super::{Parked, Source, length_of};
use crate::engine::flight::Outcome;
use crate::engine::table::Op;
use crate::error::{Failure, FailureKind};
use crate::upstream::{Inbound, Opened, Outbound, Remote, read_whole};

/// How long the head of an answer may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    pub(crate) started: Instant,
    /// Bounds one attempt.
    pub(crate) attempt: Duration,
    /// When the call or the route has taken too long, and as what that counts.
    pub(crate) until: Instant,
    pub(crate) kind: FailureKind,
}

impl Times {
    /// When waiting ends as things stand, and as what kind of failure. While a body flows only its pauses are bounded, a little
    /// later than its client's own: who stalls is to blame. What is left of the time begins at its end.
    fn end(&self, flow: Option<&Flow>) -> (Instant, FailureKind) {
        if let Some(since) = flow.and_then(Flow::waits_since) {
            return (since + PAUSE + Duration::from_secs(1), FailureKind::Timeout);
        }
        let paused = flow.map(Flow::took).unwrap_or_default();
        let (attempt, until) = (self.started + self.attempt + paused, self.until + paused);
        if until <= attempt {
            (until, self.kind)
        } else {
            (attempt, FailureKind::Timeout)
        }
    }
}

/// What `work` gives, unless it takes too long or the body that it sends does not come to its end.
pub(crate) async fn within<T>(
    work: impl Future<Output = Result<T, Failure>>,
    times: Times,
    flow: Option<&Flow>,
) -> Result<T, Failure> {
    let mut work = std::pin::pin!(work);
    let mut timer = std::pin::pin!(sleep_until(times.end(flow).0));
    std::future::poll_fn(|cx| {
        if let Poll::Ready(done) = work.as_mut().poll(cx) {
            return Poll::Ready(done);
        }
        if flow.and_then(Flow::fault).is_some() {
            return Poll::Ready(Err(Failure::new(
                FailureKind::Decode,
                "the body of the request was cut",
            )));
        }
        loop {
            let (end, kind) = times.end(flow);
            if timer.deadline() != end {
                timer.as_mut().reset(end);
            }
            if timer.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            if Instant::now() >= end {
                return Poll::Ready(Err(Failure::new(kind, "no answer in time")));
            }
        }
    })
    .await
}

/// A request with a stream in it, ready to be sent.
pub(crate) struct Pass {
    pub(crate) op: &'static Op,
    pub(crate) remote: std::sync::Arc<Remote>,
    pub(crate) request: Outbound,
    /// The stream that is its body.
    pub(crate) upload: Option<Source>,
    pub(crate) times: Times,
    /// Where the answer goes if it is a stream.
    pub(crate) parked: Parked,
}

impl Pass {
    /// Sends it. The outcome of an operation that answers with a stream has no body: that is parked.
    pub(crate) async fn send(self) -> Outcome {
        let (body, flow) = match self.upload {
            Some(source) => (Some(source.body), source.flow),
            None => (None, None),
        };
        flow.iter().for_each(Flow::start);
        let (op, parked) = (self.op, &self.parked);
        let opening = self.remote.open(self.request, body);
        let work = async { receive(opening.await?, op, parked).await };
        within(work, self.times, flow.as_ref()).await
    }
}

async fn receive(opened: Opened, op: &'static Op, parked: &Parked) -> Outcome {
    let Some(stream) = op.stream.filter(|_| (200..300).contains(&opened.status)) else {
        return read_whole(opened, op.reads_body && op.stream.is_none()).await;
    };
    if length_of(&opened.headers)
        .zip(stream.max)
        .is_some_and(|(length, max)| length > max)
    {
        return Err(Failure::new(
            FailureKind::Decode,
            "the answer is larger than its type allows",
        ));
    }
    let answer = Inbound {
        status: opened.status,
        headers: http::HeaderMap::new(),
        body: bytes::Bytes::new(),
    };
    parked.put(Source::of_answer(opened, stream.max));
    Ok(answer)
}
