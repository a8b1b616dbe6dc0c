//! Lists on a tape.

use super::{Read, View};
use crate::engine::doc::{Doc, EMPTY};
use crate::engine::plan::Kind;
use crate::engine::word;
use std::fmt;
use std::marker::PhantomData;

/// A list whose elements read as `T`. Copying it copies no elements.
pub struct List<'a, T> {
    doc: &'a Doc,
    at: usize,
    count: usize,
    element: PhantomData<fn() -> T>,
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<T> List<'_, T> {
    /// The list without elements.
    pub const EMPTY: Self = List {
        doc: &EMPTY,
        at: 0,
        count: 0,
        element: PhantomData,
    };
}

impl<T> Default for List<'_, T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<'a, T: Read<'a>> List<'a, T> {
    /// How many elements the list has.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether the list has no elements.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many elements the list has, as the `count` of the language.
    pub fn count(&self) -> i64 {
        self.count as i64
    }

    /// The element at an index from 0.
    #[inline]
    pub fn get(&self, index: usize) -> Option<T::Out> {
        (index < self.count).then(|| self.element(index))
    }

    /// `list[i]` of the language: nothing for an index outside, negative ones included.
    pub fn at(&self, index: i64) -> Option<T::Out> {
        usize::try_from(index).ok().and_then(|index| self.get(index))
    }

    /// The first element.
    pub fn first(&self) -> Option<T::Out> {
        self.get(0)
    }

    /// The last element.
    pub fn last(&self) -> Option<T::Out> {
        self.get(self.count.wrapping_sub(1))
    }

    /// The elements in order.
    #[inline]
    pub fn iter(&self) -> Iter<'a, T> {
        Iter { list: *self, next: 0 }
    }

    #[inline]
    fn element(&self, index: usize) -> T::Out {
        match T::KIND {
            kind @ Kind::Rec(_) => T::read(self.doc, word::at(self.at + index * kind.stride(), 1)),
            _ => T::read(self.doc, self.doc.word(self.at + index)),
        }
    }
}

impl<'a, T: Read<'a>> fmt::Debug for List<'a, T>
where
    T::Out: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a, T: Read<'a>> Read<'a> for List<'a, T> {
    const KIND: Kind = Kind::List(&T::KIND);
    type Out = Self;
    #[inline]
    fn read(doc: &'a Doc, word: u64) -> Self {
        match word::is_null(word) {
            true => Self::EMPTY,
            false => List {
                doc,
                at: word::index(word),
                count: word::count(word),
                element: PhantomData,
            },
        }
    }
}

impl<T: View> View for List<'static, T> {
    type At<'a> = List<'a, T::At<'a>>;
}

impl<'a, T: Read<'a>> IntoIterator for List<'a, T> {
    type Item = T::Out;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// The elements of a list, in order.
#[derive(Clone)]
pub struct Iter<'a, T> {
    list: List<'a, T>,
    next: usize,
}

impl<'a, T: Read<'a>> Iterator for Iter<'a, T> {
    type Item = T::Out;
    #[inline]
    fn next(&mut self) -> Option<T::Out> {
        let element = self.list.get(self.next)?;
        self.next += 1;
        Some(element)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.list.count - self.next;
        (left, Some(left))
    }
}

impl<'a, T: Read<'a>> ExactSizeIterator for Iter<'a, T> {}
