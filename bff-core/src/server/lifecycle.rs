//! The phases of the process, which `/readyz`, the accept loops and every connection follow.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// Shared by all cores: written a few times in a process's life, read on every request.
#[derive(Debug, Clone, Default)]
pub(super) struct Lifecycle(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    started: AtomicBool,
    draining: AtomicBool,
    /// Set before `stop` is cancelled, for those who look at it often.
    stopping: AtomicBool,
    /// Cancelled when accepting ends and resting connections are to be closed.
    stop: CancellationToken,
    /// Cancelled when what is still open is to be cut off.
    cut: CancellationToken,
    connections: AtomicUsize,
}

impl Lifecycle {
    /// Every core listens.
    pub(super) fn started(&self) {
        self.0.started.store(true, Ordering::Release);
    }

    /// From here on `/readyz` says 503, and every answer closes its connection.
    pub(super) fn drain(&self) {
        self.0.draining.store(true, Ordering::Release);
    }

    pub(super) fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Acquire)
    }

    pub(super) fn is_ready(&self) -> bool {
        self.0.started.load(Ordering::Acquire) && !self.is_draining()
    }

    /// Ends accepting.
    pub(super) fn stop(&self) {
        self.0.stopping.store(true, Ordering::Release);
        self.0.stop.cancel();
    }

    /// Whether accepting has ended.
    pub(super) fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Acquire)
    }

    /// Resolves when accepting ends.
    pub(super) fn stopped(&self) -> WaitForCancellationFutureOwned {
        self.0.stop.clone().cancelled_owned()
    }

    /// The end of everything.
    pub(super) fn cut(&self) -> &CancellationToken {
        &self.0.cut
    }

    /// A place among at most `max` connections, given back when it is dropped.
    pub(super) fn admit(&self, max: usize) -> Option<Admission> {
        let admission = Admission(Arc::clone(&self.0));
        let before = self.0.connections.fetch_add(1, Ordering::Relaxed);
        (before < max).then_some(admission)
    }

    /// Connections that are open now.
    pub(super) fn connections(&self) -> usize {
        self.0.connections.load(Ordering::Relaxed)
    }
}

/// One connection's place.
#[derive(Debug)]
pub(super) struct Admission(Arc<Inner>);

impl Drop for Admission {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_given_back() {
        let lifecycle = Lifecycle::default();
        let (first, second) = (lifecycle.admit(2), lifecycle.admit(2));
        assert!(first.is_some() && second.is_some());
        assert!(lifecycle.admit(2).is_none());
        drop(first);
        assert!(lifecycle.admit(2).is_some());
        assert_eq!(lifecycle.connections(), 1);
    }

    #[test]
    fn ready_means_started_and_not_draining() {
        let lifecycle = Lifecycle::default();
        assert!(!lifecycle.is_ready());
        lifecycle.started();
        assert!(lifecycle.is_ready());
        lifecycle.drain();
        assert!(!lifecycle.is_ready());
    }
}
