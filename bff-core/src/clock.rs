//! Time and chance, as the gateway sees them. Both are injected, so that a test can pause and replay a request.

use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The wall clock of a gateway. It is read once per request (`request.now`); durations come from tokio's clock, which
/// tests pause on their own.
pub trait Clock: Send + Sync + 'static {
    /// Time since 1970-01-01T00:00:00Z.
    fn now(&self) -> std::time::Duration;
}

/// The clock of the machine.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> std::time::Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}

/// The source of chance of a gateway: request ids, span ids and later jitter. Not for secrets.
pub trait Entropy: Send + Sync + 'static {
    /// The next 64 random bits.
    fn bits(&self) -> u64;
}

/// A counter mixed by SplitMix64: cheap, never repeats within 2^64 draws, and the same seed gives the same sequence.
#[derive(Debug)]
pub struct Seeded(AtomicU64);

impl Seeded {
    /// A source that replays the sequence of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// A source seeded by the operating system, by way of the standard library's hash keys.
    pub fn from_os() -> Self {
        Self::new(std::hash::RandomState::new().build_hasher().finish())
    }
}

impl Entropy for Seeded {
    fn bits(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::{Entropy, Seeded};

    #[test]
    fn the_same_seed_replays_the_same_bits() {
        let (a, b) = (Seeded::new(7), Seeded::new(7));
        let first: Vec<u64> = (0..4).map(|_| a.bits()).collect();
        assert_eq!(first, (0..4).map(|_| b.bits()).collect::<Vec<_>>());
        assert_ne!(first[0], first[1]);
    }
}
