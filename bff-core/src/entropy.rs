//! Where random bits come from: identifiers of requests and spans, jitter of retries. Injected, so that tests replay them.
use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// A source of random bits that are unpredictable enough for identifiers, and never used for keys or secrets.
pub trait Entropy: fmt::Debug + Send + Sync + 'static {
    /// Sixty-four random bits.
    fn next_u64(&self) -> u64;

    /// One hundred and twenty-eight random bits, never zero (trace context forbids an identifier of zeros).
    fn next_u128(&self) -> u128 {
        let bits = u128::from(self.next_u64()) << 64 | u128::from(self.next_u64());
        if bits == 0 { 1 } else { bits }
    }

    /// Sixty-four random bits, never zero.
    fn next_nonzero_u64(&self) -> u64 {
        match self.next_u64() {
            0 => 1,
            bits => bits,
        }
    }
}

/// A fast generator per thread (xoshiro256++), seeded by the operating system.
///
/// A request draws three or four numbers; asking the operating system for each would cost more than routing it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

thread_local! {
    static STATE: Cell<[u64; 4]> = Cell::new(seed());
}

impl Entropy for SystemEntropy {
    fn next_u64(&self) -> u64 {
        STATE.with(|state| {
            let (number, next) = xoshiro(state.get());
            state.set(next);
            number
        })
    }
}

/// Thirty-two bytes of the operating system. Where it has none to give, the random keys of the standard library's hash
/// maps, which come from it too, stand in.
fn seed() -> [u64; 4] {
    let mut bytes = [0_u8; 32];
    if getrandom::fill(&mut bytes).is_err() {
        return std::array::from_fn(hash_key);
    }
    let mut seed = [0_u64; 4];
    for (word, chunk) in seed.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *word = u64::from_le_bytes(*chunk);
    }
    seed
}

fn hash_key(index: usize) -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(index)
}

/// One step of xoshiro256++ (Blackman and Vigna): the number and the next state.
fn xoshiro(mut s: [u64; 4]) -> (u64, [u64; 4]) {
    let number = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
    let shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = s[3].rotate_left(45);
    (number, s)
}

/// Numbers that follow from a seed (splitmix64), for tests that compare whole answers.
#[derive(Debug)]
pub struct SeededEntropy(AtomicU64);

impl SeededEntropy {
    /// The sequence that `seed` begins; equal seeds give equal sequences.
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Entropy for SeededEntropy {
    fn next_u64(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut mixed = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn system_numbers_differ_within_and_across_threads() {
        let draw = || (0..64).map(|_| SystemEntropy.next_u64()).collect::<Vec<_>>();
        let mut all = draw();
        all.extend(std::thread::spawn(draw).join().unwrap());
        let drawn = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), drawn);
    }

    #[test]
    fn equal_seeds_replay_the_same_numbers() {
        let (a, b, other) = (SeededEntropy::new(7), SeededEntropy::new(7), SeededEntropy::new(8));
        let first: Vec<_> = (0..8).map(|_| a.next_u128()).collect();
        assert_eq!(first, (0..8).map(|_| b.next_u128()).collect::<Vec<_>>());
        assert_ne!(first, (0..8).map(|_| other.next_u128()).collect::<Vec<_>>());
    }
}
