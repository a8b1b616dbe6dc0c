//! Maps on a tape: entries in the order in which their keys first appeared.

use super::{Read, Str, View};
use crate::engine::doc::{Doc, EMPTY};
use crate::engine::plan::Kind;
use crate::engine::word;
use std::fmt;
use std::marker::PhantomData;

/// A map whose values read as `T` and whose keys are texts that read as `K`. Copying it copies no entries.
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

    /// The value under a key. Takes time linear in the number of entries.
    pub fn get<Q>(&self, key: Q) -> Option<T::Out>
    where
        K::Out: PartialEq<Q>,
    {
        (0..self.count)
            .find(|entry| self.key(*entry) == key)
            .map(|entry| self.value(entry))
    }

    /// The entries.
    pub fn iter(&self) -> Entries<'a, T, K> {
        Entries { map: *self, next: 0 }
    }

    /// The entries with their keys as they came.
    pub fn texts(self) -> impl Iterator<Item = (Str<'a>, T::Out)> {
        (0..self.count).map(move |entry| (self.key_text(entry), self.value(entry)))
    }

    fn key(&self, entry: usize) -> K::Out {
        K::read(self.doc, self.doc.word(self.place(entry)))
    }

    fn key_text(&self, entry: usize) -> Str<'a> {
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
        f.debug_map().entries(self.texts()).finish()
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
    type Item = (K::Out, T::Out);
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
    type Item = (K::Out, T::Out);
    fn next(&mut self) -> Option<(K::Out, T::Out)> {
        let entry = (self.next < self.map.count).then_some(self.next)?;
        self.next += 1;
        Some((self.map.key(entry), self.map.value(entry)))
    }
}
