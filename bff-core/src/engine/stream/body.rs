//! The body of an answer on its way to the client.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::flow::Flow;
use crate::stack::GuardedBody;

/// How long an upstream may pause in the middle of an answer. Nothing else bounds an answer that has begun.
pub(super) const PAUSE: Duration = Duration::from_secs(30);

/// A body with the bounds of one that passes: at most `max` octets, no longer pauses, and its length if it is known. With the
/// `flow` of a request that is still being sent, it ends when that does not come to its end: its upstream would wait for ever.
pub(crate) fn passing_body(inner: Body, max: Option<u64>, length: Option<u64>, flow: Option<Flow>) -> Body {
    let inner = GuardedBody::new(inner, max.unwrap_or(u64::MAX), PAUSE);
    Body::new(Measured { inner, length, flow })
}

/// A body that knows its length, although the one inside may not.
pub(crate) struct Measured {
    inner: GuardedBody,
    length: Option<u64>,
    flow: Option<Flow>,
}

impl HttpBody for Measured {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let next = Pin::new(&mut self.inner).poll_frame(cx);
        if next.is_pending()
            && let Some(fault) = self.flow.as_ref().and_then(Flow::fault)
        {
            let detail = format!("the request was cut: {fault:?}");
            return Poll::Ready(Some(Err(axum::Error::new(std::io::Error::other(detail)))));
        }
        if let (Poll::Ready(Some(Ok(frame))), Some(length)) = (&next, &mut self.length) {
            *length = length.saturating_sub(frame.data_ref().map_or(0, |data| data.len() as u64));
        }
        next
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        match self.length {
            Some(length) => SizeHint::with_exact(length),
            None => self.inner.size_hint(),
        }
    }
}
