//! Scalars that are computed with: numbers, booleans, and the kinds of text that read as text.

use super::{Read, Str, View};
use crate::engine::decimal;
use crate::engine::doc::Doc;
use crate::engine::plan::Kind;
use crate::engine::word;
use rust_decimal::Decimal;
use std::marker::PhantomData;

impl<'a> Read<'a> for i64 {
    const KIND: Kind = Kind::Int;
    type Out = i64;
    #[inline]
    fn read(doc: &'a Doc, word: u64) -> i64 {
        doc.piece(word).parse().unwrap_or_default()
    }
}

impl<'a> Read<'a> for f64 {
    const KIND: Kind = Kind::Float;
    type Out = f64;
    #[inline]
    fn read(doc: &'a Doc, word: u64) -> f64 {
        doc.piece(word).parse().unwrap_or_default()
    }
}

impl<'a> Read<'a> for Decimal {
    const KIND: Kind = Kind::Decimal;
    type Out = Decimal;
    fn read(doc: &'a Doc, word: u64) -> Decimal {
        decimal::parse(doc.piece(word)).unwrap_or_default()
    }
}

impl<'a> Read<'a> for bool {
    const KIND: Kind = Kind::Bool;
    type Out = bool;
    #[inline]
    fn read(_: &'a Doc, word: u64) -> bool {
        word == word::TRUE
    }
}

/// Presence alone: a value of any type, of which nothing is read.
impl<'a> Read<'a> for () {
    const KIND: Kind = Kind::Json;
    type Out = ();
    #[inline]
    fn read(_: &'a Doc, _: u64) {}
}

macro_rules! own_views {
    ($($t:ty),*) => { $(impl View for $t { type At<'a> = $t; })* };
}
own_views!(i64, f64, Decimal, bool, ());

macro_rules! kinds_of_text {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'a>(PhantomData<&'a str>);

        impl View for $name<'static> {
            type At<'a> = $name<'a>;
        }

        impl<'a> Read<'a> for $name<'a> {
            const KIND: Kind = Kind::$name;
            type Out = Str<'a>;
            #[inline]
            fn read(doc: &'a Doc, word: u64) -> Str<'a> {
                Str::of(doc, word)
            }
        }
    )* };
}

kinds_of_text! {
    /// Stands in a record for an `ID`: text or an integer on the wire, read as text.
    Id,
    /// Stands in a record for a `Uuid`, read as text.
    Uuid,
    /// Stands in a record for a `Url`, read as text.
    Url,
    /// Stands in a record for `Bytes`: base64, read as that text.
    Bytes,
    /// Stands in a record for a `Zone`: the name of a time zone, read as text.
    Zone,
}
