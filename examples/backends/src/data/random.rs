//! A small generator of pseudo-random numbers: SplitMix64, seeded by what is being made.

/// The seed of the whole shop.
const SEED: u64 = 0x5348_4f50_2026_0001;

/// Draws for one thing. Two things never share a generator, so adding a draw to one leaves the others alone.
#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The generator of thing `number` of a `kind`.
    pub(super) fn of(kind: &str, number: u64) -> Random {
        let kind = kind
            .bytes()
            .fold(SEED, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let mut random = Random(kind ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random.next();
        random
    }

    /// The next 64 bits.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn range(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// A number from `low` to `high` for amounts and other signed values; both are at least zero.
    pub(super) fn signed(&mut self, low: u32, high: u32) -> i64 {
        i64::try_from(self.range(u64::from(low), u64::from(high))).unwrap_or(i64::MAX)
    }

    /// True in `percent` of a hundred draws.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.range(1, 100) <= percent
    }

    /// One of the words.
    pub(super) fn pick(&mut self, words: &[&'static str]) -> &'static str {
        let last = words.len().saturating_sub(1) as u64;
        usize::try_from(self.range(0, last))
            .ok()
            .and_then(|at| words.get(at))
            .copied()
            .unwrap_or("")
    }

    /// Some letters and digits in hexadecimal, for tokens and hashes.
    pub(super) fn hex(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            text += &format!("{:016x}", self.next());
        }
        text.truncate(length);
        text
    }

    /// A sentence of so many words, with a capital and a full stop.
    pub(super) fn sentence(&mut self, words: u64) -> String {
        let mut text = (0..words)
            .map(|_| self.pick(super::words::TEXT))
            .collect::<Vec<_>>()
            .join(" ");
        if let Some(first) = text.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        text + "."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_draws_the_same_and_its_neighbour_does_not() {
        assert_eq!(Random::of("user", 1).hex(32), Random::of("user", 1).hex(32));
        assert_ne!(Random::of("user", 1).hex(32), Random::of("user", 2).hex(32));
        assert_ne!(Random::of("user", 1).hex(32), Random::of("order", 1).hex(32));
    }

    #[test]
    fn a_range_includes_both_ends() {
        let mut random = Random::of("range", 1);
        let drawn: Vec<u64> = (0..200).map(|_| random.range(3, 5)).collect();
        assert!(drawn.iter().all(|number| (3..=5).contains(number)));
        assert!(drawn.contains(&3) && drawn.contains(&5));
    }
}
