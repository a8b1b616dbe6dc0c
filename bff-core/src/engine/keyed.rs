//! Keys of a per-item call, and the map of its answers: values that lie in other documents, found by key.

use std::sync::Arc;

use super::doc::Doc;
use super::value::Str;

/// Different texts in the order in which they first came, each found in constant time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys {
    text: String,
    ends: Vec<u32>,
    /// Open addressing over the numbers of the keys plus one; a power of two long, at most half full.
    slots: Vec<u32>,
}

impl Keys {
    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The key with this number.
    pub(crate) fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text
            .get(start as usize..self.ends[number] as usize)
            .unwrap_or_default()
    }

    /// The number of a key.
    pub(crate) fn find(&self, key: Str<'_>) -> Option<usize> {
        let (octets, form) = key.octets();
        match form {
            super::value::Form::Escaped => self.find_text(&key.text()),
            _ => self.find_text(octets),
        }
    }

    /// The number of a key, and whether it is new.
    pub(crate) fn insert(&mut self, key: &str) -> (usize, bool) {
        if self.slots.len() <= 2 * self.ends.len() {
            self.grow();
        }
        let slot = self.slot_of(key);
        match self.slots[slot] {
            0 => {
                self.text.push_str(key);
                self.ends.push(self.text.len() as u32);
                self.slots[slot] = self.ends.len() as u32;
                (self.ends.len() - 1, true)
            }
            taken => (taken as usize - 1, false),
        }
    }

    /// Takes back the key that was inserted last.
    pub(crate) fn pop(&mut self) {
        if let Some(number) = self.len().checked_sub(1) {
            let slot = self.slot_of(self.get(number));
            self.slots[slot] = 0;
            self.ends.pop();
            self.text.truncate(self.ends.last().map_or(0, |end| *end as usize));
        }
    }

    fn find_text(&self, key: &str) -> Option<usize> {
        let slot = (!self.slots.is_empty()).then(|| self.slot_of(key))?;
        (self.slots[slot] as usize).checked_sub(1)
    }

    /// The slot that holds a key, or the empty one where it would stand. Nobody can make this slow: there are at most as
    /// many keys as a per-item call may have.
    fn slot_of(&self, key: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(key.as_bytes()) as usize & mask;
        while let Some(number) = (self.slots[slot] as usize).checked_sub(1) {
            if self.get(number) == key {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; (4 * self.ends.len()).next_power_of_two().max(16)];
        for number in 0..self.ends.len() {
            let slot = self.slot_of(self.get(number));
            self.slots[slot] = number as u32 + 1;
        }
    }
}

/// Eight bytes at a time, each mixed by a multiplication; the upper half is the good one.
fn hash(bytes: &[u8]) -> u64 {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = (state.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(MIX);
    }
    state >> 32
}

/// A map whose values lie in other documents.
#[derive(Debug, Clone)]
pub(crate) struct Joined {
    keys: Keys,
    /// For each key the document of its value and the word there; none for a key without a value.
    places: Vec<Option<(u32, u64)>>,
    docs: Vec<Arc<Doc>>,
    present: usize,
}

impl Joined {
    /// The values of `keys`, by number; each place is a document's index and a word of it.
    pub(crate) fn new(keys: Keys, places: Vec<Option<(u32, u64)>>, docs: Vec<Arc<Doc>>) -> Self {
        let present = places.iter().flatten().count();
        Self {
            keys,
            places,
            docs,
            present,
        }
    }

    /// How many keys have a value.
    pub(crate) fn present(&self) -> usize {
        self.present
    }

    /// The document and the word of a key's value.
    pub(crate) fn find(&self, key: Str<'_>) -> Option<(&Doc, u64)> {
        self.value(self.keys.find(key)?)
    }

    /// The next entry from a number on, and the number after it.
    pub(crate) fn next(&self, from: usize) -> Option<(usize, Str<'_>, &Doc, u64)> {
        (from..self.places.len()).find_map(|number| {
            let (doc, word) = self.value(number)?;
            Some((number + 1, self.keys.get(number).into(), doc, word))
        })
    }

    /// About how many bytes it holds, without the documents of its values.
    pub(crate) fn weight(&self) -> usize {
        self.keys.text.capacity()
            + 4 * (self.keys.ends.capacity() + self.keys.slots.capacity())
            + 24 * self.places.len()
    }

    fn value(&self, number: usize) -> Option<(&Doc, u64)> {
        let (doc, word) = self.places.get(number).copied().flatten()?;
        self.docs.get(doc as usize).map(|doc| (&**doc, word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_its_first_place_and_is_found_again() {
        let mut keys = Keys::default();
        let text = |number: usize| format!("key {} ü", number * 7919 % 1000);
        for number in 0..1000 {
            assert_eq!(keys.insert(&text(number)), (number, true));
        }
        for number in 0..1000 {
            assert_eq!(keys.insert(&text(number)), (number, false));
            assert_eq!(keys.find(Str::from(text(number).as_str())), Some(number));
            assert_eq!(keys.get(number), text(number));
        }
        assert_eq!((keys.len(), keys.find(Str::from("key"))), (1000, None));
        assert_eq!(Keys::default().find(Str::from("")), None);
    }

    #[test]
    fn a_key_is_found_however_it_is_written() {
        let mut keys = Keys::default();
        assert_eq!(keys.insert(""), (0, true));
        assert_eq!(keys.insert("a\"b"), (1, true));
        assert_eq!(keys.find(Str::lit("\\u0061\\\"b")), Some(1));
        assert_eq!(keys.find(Str::from("")), Some(0));
    }
}
