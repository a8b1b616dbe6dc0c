//! The body of a request under its limits: it ends with a fault when it grows too large or stalls.
use std::error::Error as StdError;
use std::fmt;
use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Instant, Sleep};

/// Why a body could not be read, where it is not the connection's own failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFault {
    /// More bytes than the limit: 413.
    TooLarge,
    /// Nothing came for longer than the limit: 408.
    TooSlow,
}

impl fmt::Display for BodyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "the body is larger than the limit",
            Self::TooSlow => "the body stalled for longer than the limit",
        })
    }
}

impl StdError for BodyFault {}

/// The fault behind an error of a request body, if one of our limits ended it.
pub fn body_fault(error: &(dyn StdError + 'static)) -> Option<BodyFault> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(fault) = error.downcast_ref() {
            return Some(*fault);
        }
        next = error.source();
    }
    None
}

/// Counts the bytes of a body and measures its pauses.
pub(crate) struct GuardedBody {
    inner: Body,
    left: u64,
    idle: Duration,
    /// Set when the body first makes its reader wait: most bodies come at once and need no timer.
    timer: Option<Pin<Box<Sleep>>>,
    /// The reader waits. A reader that takes its time is no stall.
    waits: bool,
}

impl GuardedBody {
    /// At most `max` octets, and no pause longer than `idle`.
    pub(crate) fn new(inner: Body, max: u64, idle: Duration) -> Self {
        Self {
            inner,
            left: max,
            idle,
            timer: None,
            waits: false,
        }
    }

    /// The reader must wait: for the rest of the idle time at most.
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<BodyFault> {
        let idle = self.idle;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(idle)));
        if !std::mem::replace(&mut self.waits, true) {
            timer.as_mut().reset(Instant::now() + idle);
        }
        timer.as_mut().poll(cx).map(|()| BodyFault::TooSlow)
    }

    fn count(&mut self, frame: &Frame<Bytes>) -> Result<(), BodyFault> {
        let length = frame
            .data_ref()
            .map_or(0, |data| u64::try_from(data.len()).unwrap_or(u64::MAX));
        self.left = self.left.checked_sub(length).ok_or(BodyFault::TooLarge)?;
        self.waits &= length == 0;
        Ok(())
    }
}

impl HttpBody for GuardedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Poll::Ready(next) = Pin::new(&mut self.inner).poll_frame(cx) else {
            let fault = ready!(self.wait(cx));
            return Poll::Ready(Some(Err(axum::Error::new(fault))));
        };
        Poll::Ready(next.map(|frame| {
            let frame = frame?;
            self.count(&frame).map_err(axum::Error::new)?;
            Ok(frame)
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{StreamExt as _, stream};
    use http_body_util::BodyExt as _;

    /// A body of pieces, each after a pause in seconds.
    fn body(pieces: &'static [(u64, &'static str)], max: u64) -> Body {
        let pieces = stream::iter(pieces).then(|(pause, piece)| async move {
            tokio::time::sleep(Duration::from_secs(*pause)).await;
            Ok::<_, std::io::Error>(Bytes::from_static(piece.as_bytes()))
        });
        Body::new(GuardedBody::new(
            Body::from_stream(pieces),
            max,
            Duration::from_secs(30),
        ))
    }

    async fn read(body: Body) -> Result<String, Option<BodyFault>> {
        let bytes = body.collect().await.map_err(|error| body_fault(&error))?.to_bytes();
        Ok(String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_keeps_coming_is_read_however_long_it_takes() {
        assert_eq!(read(body(&[(29, "a"), (29, "b"), (29, "c")], 3)).await.unwrap(), "abc");
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stalls_is_too_slow() {
        let start = Instant::now();
        assert_eq!(
            read(body(&[(29, "a"), (31, "b")], 3)).await,
            Err(Some(BodyFault::TooSlow))
        );
        assert_eq!(start.elapsed().as_secs(), 59);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_takes_its_time_is_no_stall() {
        let mut body = body(&[(1, "a"), (20, "b")], 3);
        assert!(body.frame().await.unwrap().is_ok());
        tokio::time::sleep(Duration::from_secs(45)).await;
        // Asked for again, it takes twenty seconds more.
        assert!(body.frame().await.unwrap().is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn empty_pieces_do_not_count_as_progress() {
        assert_eq!(
            read(body(&[(20, ""), (20, "a")], 3)).await,
            Err(Some(BodyFault::TooSlow))
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_over_the_limit_is_too_large() {
        assert_eq!(
            read(body(&[(0, "ab"), (0, "cd")], 3)).await,
            Err(Some(BodyFault::TooLarge))
        );
        assert_eq!(read(body(&[(0, "ab"), (0, "c")], 3)).await.unwrap(), "abc");
    }
}
