//! A guess at the next key: the objects of a list mostly have the same keys in the same order.
//!
//! Where a string ends is found out from its bytes, so each key would have to wait for the one before it. A key that
//! is guessed is only compared, and its length is known beforehand. What is learned was checked when it was first
//! read; octets that equal it need no second look.

/// The most keys of one element that are remembered.
const MAX_KEYS: usize = 256;
/// The longest key that is remembered, with its quotes and the colon.
const MAX_LENGTH: usize = 23;
/// How far ahead a key is looked for that is not the expected one: some fields come and go.
const AHEAD: usize = 6;

/// The keys of an element of the list that is being read, those of objects inside it included.
pub(super) struct Keys {
    known: Vec<Key>,
    next: usize,
    /// Whether one of the lists has had an element already: the first one may be the only one.
    repeats: bool,
    /// How many more misses are worth their cost.
    credit: i32,
}

/// A key with its quotes and colon, as up to three words that may overlap.
#[derive(Clone, Copy)]
struct Key {
    words: [u64; 3],
    /// Where the second and the third word begin.
    at: [u8; 2],
    length: u8,
    /// Which bits of the first word count: all, unless the key is shorter.
    mask: u64,
}

impl Key {
    fn of(octets: &[u8]) -> Option<Self> {
        let length = octets.len();
        let at = [length.saturating_sub(8).min(8), length.saturating_sub(8)];
        let mut padded = [0; MAX_LENGTH];
        padded.get_mut(..length)?.copy_from_slice(octets);
        let words = [0, at[0], at[1]].map(|from| word(&padded, from));
        let mask = if length < 8 {
            u64::MAX >> (64 - 8 * length)
        } else {
            u64::MAX
        };
        Some(Key {
            words,
            at: at.map(|it| it as u8),
            length: length as u8,
            mask,
        })
    }

    #[inline(always)]
    fn stands_at(&self, bytes: &[u8; MAX_LENGTH]) -> bool {
        let differs = (word(bytes, 0) ^ self.words[0])
            | (word(bytes, self.at[0].into()) ^ self.words[1])
            | (word(bytes, self.at[1].into()) ^ self.words[2]);
        differs & self.mask == 0
    }
}

#[inline(always)]
fn word(bytes: &[u8; MAX_LENGTH], from: usize) -> u64 {
    bytes
        .get(from..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |word| u64::from_le_bytes(*word))
}

/// What was expected when a list began.
#[derive(Clone, Copy)]
pub(super) struct List {
    first: usize,
    repeats: bool,
}

impl Default for Keys {
    fn default() -> Self {
        Keys {
            known: Vec::new(),
            next: 0,
            repeats: false,
            credit: 256,
        }
    }
}

impl Keys {
    /// The length of the key at a position, with quotes and colon, if it is the expected one.
    #[inline(always)]
    pub(super) fn guess(&mut self, src: &[u8], pos: usize) -> Option<usize> {
        let key = self.known.get(self.next)?;
        let bytes = src.get(pos..)?.first_chunk()?;
        if key.stands_at(bytes) {
            self.next += 1;
            return Some(key.length.into());
        }
        self.look_ahead(bytes)
    }

    #[inline(never)]
    fn look_ahead(&mut self, bytes: &[u8; MAX_LENGTH]) -> Option<usize> {
        let ahead = self.known.get(self.next + 1..)?.iter().take(AHEAD);
        let skipped = ahead.into_iter().position(|key| key.stands_at(bytes))?;
        self.next += skipped + 2;
        self.known.get(self.next - 1).map(|key| key.length.into())
    }

    /// Remembers a key that was not guessed.
    #[inline(always)]
    pub(super) fn learn(&mut self, octets: &[u8]) {
        if self.repeats && self.credit > 0 {
            self.learn_one(octets);
        }
    }

    #[inline(never)]
    fn learn_one(&mut self, octets: &[u8]) {
        let Some(key) = Key::of(octets) else { return };
        if self.next < self.known.len() {
            self.known[self.next] = key;
            self.credit -= 1;
        } else if self.known.len() < MAX_KEYS {
            self.known.push(key);
        } else {
            self.credit -= 1;
        }
        self.next = (self.next + 1).min(MAX_KEYS);
        if self.credit == 0 {
            self.known.clear();
        }
    }

    /// A list begins; gives what [`Keys::element`] and [`Keys::close_list`] take.
    #[inline(always)]
    pub(super) fn open_list(&mut self) -> List {
        List {
            first: self.next,
            repeats: self.repeats,
        }
    }

    /// A further element begins: its keys are expected to be those of the one before.
    #[inline(always)]
    pub(super) fn element(&mut self, list: List) {
        self.next = list.first;
        self.repeats = true;
    }

    /// The list has ended.
    #[inline(always)]
    pub(super) fn close_list(&mut self, list: List) {
        self.repeats = list.repeats;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_guessed_only_where_all_of_it_stands() {
        for name in [
            "",
            "a",
            "abcde",
            "abcdef",
            "placedAt",
            "abcdefghijklm",
            "abcdefghijklmn",
            "abcdefghijklmnopqrst",
        ] {
            let octets = format!("\"{name}\":");
            let mut keys = Keys::default();
            let start = keys.open_list();
            keys.element(start);
            keys.learn(octets.as_bytes());
            for at in 0..octets.len() {
                let mut other = (octets.clone() + &"x".repeat(30)).into_bytes();
                keys.element(start);
                assert_eq!(keys.guess(&other, 0), Some(octets.len()), "{name}");
                other[at] ^= 1;
                keys.element(start);
                assert_eq!(keys.guess(&other, 0), None, "{name} {at}");
            }
            keys.element(start);
            assert_eq!(keys.guess(&octets.as_bytes()[..octets.len() - 1], 0), None);
        }
    }

    #[test]
    fn fields_that_come_and_go_do_not_end_the_guessing() {
        let mut keys = Keys::default();
        let start = keys.open_list();
        let text = |key: &str| format!("\"{key}\":{}", " ".repeat(24));
        let mut guessed = |element: &[&str]| -> usize {
            keys.element(start);
            let mut hits = 0;
            for key in element {
                match keys.guess(text(key).as_bytes(), 0) {
                    Some(_) => hits += 1,
                    None => keys.learn(format!("\"{key}\":").as_bytes()),
                }
            }
            hits
        };
        assert_eq!(guessed(&["a", "b", "c", "d"]), 0);
        assert_eq!(guessed(&["a", "b", "c", "d"]), 4);
        assert_eq!(guessed(&["a", "d"]), 2);
        assert_eq!(guessed(&["a", "x", "b", "c", "d"]), 1);
        assert_eq!(guessed(&["a", "b", "c", "d"]), 4);
        assert_eq!(guessed(&["a", "x", "b", "c", "d"]), 5);
    }
}
