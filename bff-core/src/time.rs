//! What time it is. Durations and deadlines are measured with `tokio::time`, which tests pause; the date comes from a `Clock`.
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// Tells the date and the time of day. Everything that must not jump (deadlines, latencies) uses [`Instant`] instead.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// This moment in UTC.
    fn now(&self) -> Timestamp;
}

/// The clock of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock for tests: starts where it is told and goes on with tokio's time, which a test pauses and moves.
#[derive(Debug, Clone, Copy)]
pub struct TestClock {
    start: Timestamp,
    since: Instant,
}

impl TestClock {
    /// A clock that shows `start` now.
    pub fn starting_at(start: Timestamp) -> Self {
        Self {
            start,
            since: Instant::now(),
        }
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.since.elapsed()).unwrap_or(SignedDuration::MAX);
        self.start.checked_add(passed).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_test_clock_moves_with_paused_time() {
        let start: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
        let clock = TestClock::starting_at(start);
        tokio::time::advance(Duration::from_secs(55)).await;
        assert_eq!(clock.now().to_string(), "2026-01-02T03:05:00Z");
    }
}
