//! Records, and fields that may be absent, null or there.

use super::{Read, Str, View};
use crate::engine::doc::{Doc, EMPTY};
use crate::engine::plan::Kind;
use crate::engine::word;

/// A record on a tape; the structs of [`record!`](crate::record) wrap one.
#[derive(Debug, Clone, Copy)]
pub struct Rec<'a> {
    doc: &'a Doc,
    at: usize,
}

impl<'a> Rec<'a> {
    /// The record that a word points to.
    #[inline]
    pub fn new(doc: &'a Doc, word: u64) -> Self {
        match word::is_null(word) {
            true => Rec { doc: &EMPTY, at: 0 },
            false => Rec {
                doc,
                at: word::index(word),
            },
        }
    }

    /// The field with this number in the plan of the record.
    #[inline]
    pub fn get<T: Read<'a>>(self, field: usize) -> T::Out {
        T::read(self.doc, self.doc.word(self.at + field))
    }
}

/// Which variant of a union lies on a tape: how many are declared before it.
pub fn variant(word: u64) -> usize {
    word::count(word)
}

/// The text of the discriminator of a variant that is not declared.
pub fn unknown_tag(doc: &Doc, word: u64) -> Str<'_> {
    match word::is_null(word) {
        true => "".into(),
        false => Str::of(doc, doc.word(word::index(word))),
    }
}

/// A field `f?: T?`: the one type with three states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maybe<T> {
    /// The field is not there.
    Absent,
    /// The field is there and null.
    Null,
    /// The field has a value.
    Value(T),
}

impl<T> From<Option<T>> for Maybe<T> {
    /// What is computed is there: a value, or null.
    fn from(value: Option<T>) -> Self {
        value.map_or(Maybe::Null, Maybe::Value)
    }
}

impl<T> Maybe<T> {
    /// The value; absence and null are the same to computations.
    pub fn value(self) -> Option<T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }

    /// Absent where another one is: what was made of that.
    pub fn absent_with<U>(self, other: Maybe<U>) -> Self {
        match other {
            Maybe::Absent => Maybe::Absent,
            Maybe::Null | Maybe::Value(_) => self,
        }
    }

    /// Whether the field is not there.
    pub fn is_absent(self) -> bool {
        matches!(self, Maybe::Absent)
    }

    /// The same state with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Maybe::Absent => Maybe::Absent,
            Maybe::Null => Maybe::Null,
            Maybe::Value(value) => Maybe::Value(change(value)),
        }
    }
}

impl<'a, T: Read<'a>> Read<'a> for Maybe<T> {
    const KIND: Kind = Kind::Null(&T::KIND);
    type Out = Maybe<T::Out>;
    #[inline]
    fn read(doc: &'a Doc, word: u64) -> Maybe<T::Out> {
        match word {
            word::ABSENT => Maybe::Absent,
            word::NULL => Maybe::Null,
            _ => Maybe::Value(T::read(doc, word)),
        }
    }
}

impl<T: View> View for Maybe<T> {
    type At<'a> = Maybe<T::At<'a>>;
}
