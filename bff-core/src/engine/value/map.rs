//! Maps: entries in the order in which their keys first appeared. A declared map lies on a tape; the values of a per-item call
//! lie in the documents of its answers, and are found by key in constant time.

use super::{Read, Str, View};
use crate::engine::doc::{Doc, EMPTY};
use crate::engine::plan::Kind;
use crate::engine::word;
use std::fmt;
use std::marker::PhantomData;

/// A map from text to `T`; the text is checked to be a key of the kind of `K`. Copying it copies no entries.
pub struct Map<'a, T, K = Str<'a>> {
    doc: &'a Doc,
    at: usize,
    count: usize,
    entry: PhantomData<fn() -> (K, T)>,
}

impl<T, K> Clone for Map<'_, T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, K> Copy for Map<'_, T, K> {}

impl<T, K> Default for Map<'_, T, K> {
    fn default() -> Self {
        Map {
            doc: &EMPTY,
            at: 0,
            count: 0,
            entry: PhantomData,
        }
    }
}

impl<'a, T: Read<'a>, K: Read<'a>> Map<'a, T, K> {
    /// How many entries the map has.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether the map has no entries.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many entries the map has, as the `count` of the language.
    pub fn count(&self) -> i64 {
        self.count as i64
    }

    /// The value under a key. Takes constant time in the result of a per-item call, else linear in the number of entries.
    pub fn get(&self, key: Str<'_>) -> Option<T::Out> {
        if let Some(joined) = self.doc.parts() {
            return joined.find(key).map(|(doc, word)| T::read(doc, word));
        }
        (0..self.count)
            .find(|entry| self.key(*entry) == key)
            .map(|entry| self.value(entry))
    }

    /// The entries.
    pub fn iter(&self) -> Entries<'a, T, K> {
        Entries { map: *self, next: 0 }
    }

    fn key(&self, entry: usize) -> Str<'a> {
        Str::of(self.doc, self.doc.word(self.place(entry)))
    }

    fn value(&self, entry: usize) -> T::Out {
        let at = self.place(entry) + 1;
        match T::KIND {
            Kind::Rec(_) => T::read(self.doc, word::at(at, 1)),
            _ => T::read(self.doc, self.doc.word(at)),
        }
    }

    /// The tape index of an entry: its key, then its value.
    fn place(&self, entry: usize) -> usize {
        self.at + entry * (1 + T::KIND.stride())
    }
}

impl<'a, T: Read<'a>, K: Read<'a>> fmt::Debug for Map<'a, T, K>
where
    T::Out: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<'a, T: Read<'a>, K: Read<'a>> Read<'a> for Map<'a, T, K> {
    const KIND: Kind = Kind::Map(&K::KIND, &T::KIND);
    type Out = Self;
    fn read(doc: &'a Doc, word: u64) -> Self {
        match word::is_null(word) {
            true => Self::default(),
            false => Map {
                doc,
                at: word::index(word),
                count: word::count(word),
                entry: PhantomData,
            },
        }
    }
}

impl<T: View, K: View> View for Map<'static, T, K> {
    type At<'a> = Map<'a, T::At<'a>, K::At<'a>>;
}

impl<'a, T: Read<'a>, K: Read<'a>> IntoIterator for Map<'a, T, K> {
    type Item = (Str<'a>, T::Out);
    type IntoIter = Entries<'a, T, K>;
    fn into_iter(self) -> Entries<'a, T, K> {
        self.iter()
    }
}

/// The entries of a map, in order.
#[derive(Clone)]
pub struct Entries<'a, T, K = Str<'a>> {
    map: Map<'a, T, K>,
    next: usize,
}

impl<'a, T: Read<'a>, K: Read<'a>> Iterator for Entries<'a, T, K> {
    type Item = (Str<'a>, T::Out);
    fn next(&mut self) -> Option<(Str<'a>, T::Out)> {
        if let Some(joined) = self.map.doc.parts() {
            let (next, key, doc, word) = joined.next(self.next)?;
            self.next = next;
            return Some((key, T::read(doc, word)));
        }
        let entry = (self.next < self.map.count).then_some(self.next)?;
        self.next += 1;
        Some((self.map.key(entry), self.map.value(entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::List;
    use super::*;
    use crate::engine::Limits;
    use crate::engine::keyed::{Joined, Keys};
    use std::sync::Arc;

    #[test]
    fn values_of_several_documents_read_as_one_map() {
        let list =
            |body: &str| Arc::new(Doc::decode(body, &<List<'static, i64> as Read>::KIND, Limits::DEFAULT).unwrap());
        let docs = vec![list("[1, 2]"), list("[3]")];
        let mut keys = Keys::default();
        for key in ["a", "b", "c", "d"] {
            keys.insert(key);
        }
        let word = |doc: usize, at| Some((doc as u32, docs[doc].word(at)));
        let places = vec![word(1, 0), None, word(0, 1), word(0, 0)];
        let doc = Doc::joined(Joined::new(keys, places, docs.clone()));
        let map = doc.read::<Option<Map<'_, i64>>>().unwrap();
        let entries: Vec<_> = map.iter().map(|(key, value)| (key.to_text(), value)).collect();
        assert_eq!(
            entries,
            [("a", 3), ("c", 2), ("d", 1)].map(|(key, value)| (key.to_owned(), value))
        );
        assert_eq!(
            (map.count(), map.get("c".into()), map.get("b".into())),
            (3, Some(2), None)
        );
        assert_eq!(map.get(Str::lit("\\u0064")), Some(1));
    }
}
