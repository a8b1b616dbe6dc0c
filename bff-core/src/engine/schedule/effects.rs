//! Effects: one at a time, in text order, behind everything that may still refuse the route. From the first one on the route
//! runs to its end, whoever still waits for it.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;

use super::Run;
use crate::background::Background;
use crate::engine::program::Stage;

/// Shared by the engine, which begins effects, and by whoever must not drop it from then on.
#[derive(Debug, Clone)]
pub(crate) struct Commitment {
    begun: Arc<AtomicBool>,
    pub(crate) background: Background,
}

impl Commitment {
    pub(crate) fn new(background: Background) -> Self {
        let begun = Arc::default();
        Self { begun, background }
    }

    /// Whether an effect has begun.
    pub(crate) fn is_begun(&self) -> bool {
        self.begun.load(Ordering::Acquire)
    }
}

/// What has become of the effects of one request.
#[derive(Debug, Default)]
pub(super) struct Effects {
    /// Those that succeeded, in order.
    pub(super) finished: Vec<usize>,
    /// The route has its answer: nothing is undone any more.
    pub(super) stand: bool,
}

impl Run<'_> {
    /// Whether a call may begin as far as effects go. An effect waits for every `allow` and `check`, for every call without
    /// `else` that does not itself wait for an effect, and for the effects above it.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        if !self.is_effect(at) {
            return true;
        }
        let first = self.open_effects().trailing_zeros() as usize;
        self.guards.is_empty() && self.program.before_effects & !self.done == 0 && first == at
    }

    /// Whether the call is now about to have an effect: an arm only reads.
    fn is_effect(&self, at: usize) -> bool {
        self.program.effects & (1 << at) != 0 && self.calls[at].stage == Stage::Main
    }

    /// The effects that still have to end, or to turn out not to be made.
    pub(super) fn open_effects(&self) -> u64 {
        self.program.effects & !self.done
    }

    /// Notes that a request leaves; behind an effect there is no way back.
    pub(super) fn commit(&self, at: usize) {
        if let (true, Some(commitment)) = (self.is_effect(at), self.commitment) {
            commitment.begun.store(true, Ordering::Release);
        }
    }

    /// Notes that a request has succeeded.
    pub(super) fn succeed(&mut self, at: usize) {
        if self.is_effect(at) {
            self.effects.finished.push(at);
        }
    }
}

/// A route with effects on its way. When it is dropped behind its first effect it goes on in the background.
pub(crate) struct Committed<T: Send + 'static> {
    work: Option<BoxFuture<'static, T>>,
    commitment: Commitment,
}

impl<T: Send + 'static> Committed<T> {
    pub(crate) fn new(work: BoxFuture<'static, T>, commitment: Commitment) -> Self {
        let work = Some(work);
        Self { work, commitment }
    }
}

impl<T: Send + 'static> Future for Committed<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        // Taken out while it runs: work that panics is dropped then, and undoes what it has done.
        let Some(mut work) = self.work.take() else {
            return Poll::Pending;
        };
        let polled = work.as_mut().poll(cx);
        if polled.is_pending() {
            self.work = Some(work);
        }
        polled
    }
}

impl<T: Send + 'static> Drop for Committed<T> {
    fn drop(&mut self) {
        let Some(work) = self.work.take() else { return };
        if self.commitment.is_begun() {
            self.commitment.background.spawn(async move {
                work.await;
            });
        }
    }
}
