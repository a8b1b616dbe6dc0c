//! The body of a request on its way upstream, and how it is doing: what its sender must know about it.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::Instant;

use crate::error::Error;
use crate::stack::{BodyFault, body_fault};

/// Why the body of a request did not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FlowFault {
    /// It is larger than it may be.
    TooLarge,
    /// Its client stopped sending.
    TooSlow,
    /// Its client went away, or broke the framing.
    Broken,
}

impl FlowFault {
    /// What the client is told.
    pub(crate) fn error(self) -> Error {
        match self {
            Self::TooLarge => Error::ContentTooLarge,
            Self::TooSlow => Error::RequestTimeout,
            Self::Broken => Error::BadRequest {
                detail: "the body ended too early",
            },
        }
    }
}

/// How a body is doing. A clone looks at the same one.
#[derive(Debug, Clone)]
pub(crate) struct Flow(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    started: Instant,
    progress: Instant,
    ended: Option<Instant>,
    fault: Option<FlowFault>,
}

impl Flow {
    fn new() -> Self {
        let now = Instant::now();
        Self(Arc::new(Mutex::new(State {
            started: now,
            progress: now,
            ended: None,
            fault: None,
        })))
    }

    /// Since when nothing has passed, while it is not at its end.
    pub(crate) fn waits_since(&self) -> Option<Instant> {
        let state = self.lock();
        state.ended.is_none().then_some(state.progress)
    }

    /// How long it took, or has taken so far.
    pub(crate) fn took(&self) -> Duration {
        let state = self.lock();
        state.ended.unwrap_or(state.progress) - state.started
    }

    /// What went wrong, if something did.
    pub(crate) fn fault(&self) -> Option<FlowFault> {
        self.lock().fault
    }

    /// From now on it flows: its time begins.
    pub(crate) fn start(&self) {
        let now = Instant::now();
        let mut state = self.lock();
        (state.started, state.progress) = (now, now);
        state.ended = state.ended.map(|_| now);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body of a request, which tells its [`Flow`] what becomes of it, and takes no more than it may.
pub(crate) struct UploadBody {
    inner: Body,
    left: u64,
    flow: Flow,
}

impl UploadBody {
    /// At most `max` octets of a body.
    pub(crate) fn new(inner: Body, max: u64) -> (Self, Flow) {
        let flow = Flow::new();
        if inner.is_end_stream() {
            let mut state = flow.lock();
            state.ended = Some(state.started);
        }
        let body = Self {
            inner,
            left: max,
            flow: flow.clone(),
        };
        (body, flow)
    }

    fn fail(&self, fault: FlowFault) -> axum::Error {
        let mut state = self.flow.lock();
        state.fault.get_or_insert(fault);
        state.ended.get_or_insert_with(Instant::now);
        axum::Error::new(std::io::Error::other(format!("the body of the request: {fault:?}")))
    }

    /// Accounts for a piece; none is the end.
    fn passes(&mut self, piece: Option<&Frame<Bytes>>) -> Result<(), FlowFault> {
        let now = Instant::now();
        let mut state = self.flow.lock();
        let Some(piece) = piece else {
            state.ended.get_or_insert(now);
            return Ok(());
        };
        let length = piece.data_ref().map_or(0, |data| data.len() as u64);
        if length > 0 {
            state.progress = now;
        }
        self.left = self.left.checked_sub(length).ok_or(FlowFault::TooLarge)?;
        Ok(())
    }
}

impl HttpBody for UploadBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Some(fault) = self.flow.fault() {
            return Poll::Ready(Some(Err(self.fail(fault))));
        }
        let next = match ready!(Pin::new(&mut self.inner).poll_frame(cx)).transpose() {
            Ok(next) => next,
            Err(error) => {
                let fault = match body_fault(&error) {
                    Some(BodyFault::TooLarge) => FlowFault::TooLarge,
                    Some(BodyFault::TooSlow) => FlowFault::TooSlow,
                    None => FlowFault::Broken,
                };
                return Poll::Ready(Some(Err(self.fail(fault))));
            }
        };
        Poll::Ready(match self.passes(next.as_ref()) {
            Ok(()) => next.map(Ok),
            Err(fault) => Some(Err(self.fail(fault))),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
