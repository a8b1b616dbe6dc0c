//! Work that outlives its request: a route whose client went away behind its first effect, and undos. A drain waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;

/// What runs behind the requests of one gateway. Cheap to clone; every clone is the same.
#[derive(Debug, Clone)]
pub struct Background(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    tasks: TaskTracker,
    undone: AtomicU64,
    undos_failed: AtomicU64,
}

impl Default for Background {
    fn default() -> Self {
        let tasks = TaskTracker::new();
        // Closed means only that waiting for it may end; tasks are taken as before.
        tasks.close();
        Self(Arc::new(Inner {
            tasks,
            undone: AtomicU64::new(0),
            undos_failed: AtomicU64::new(0),
        }))
    }
}

impl Background {
    /// Runs something to its end. Without a runtime, which is about to end then, it is dropped.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        if let Ok(runtime) = Handle::try_current() {
            self.0.tasks.spawn_on(work, &runtime);
        }
    }

    /// Returns when nothing runs here.
    pub async fn settled(&self) {
        self.0.tasks.wait().await;
    }

    /// How many effects have been undone since the start.
    pub fn undone(&self) -> u64 {
        self.0.undone.load(Ordering::Relaxed)
    }

    /// How many undos have failed since the start: effects that stand although their route failed.
    pub fn undos_failed(&self) -> u64 {
        self.0.undos_failed.load(Ordering::Relaxed)
    }

    pub(crate) fn count_undo(&self, succeeded: bool) {
        let counter = if succeeded {
            &self.0.undone
        } else {
            &self.0.undos_failed
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn settled_waits_for_what_runs_and_for_what_that_starts() {
        let background = Background::default();
        let (inner, start) = (background.clone(), tokio::time::Instant::now());
        background.settled().await;
        background.spawn(async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            inner.spawn(tokio::time::sleep(Duration::from_millis(30)));
        });
        background.settled().await;
        assert_eq!(start.elapsed(), Duration::from_millis(50));
    }
}
