//! Views: typed reading of a document, without copying and without failing.

mod list;
mod map;
mod rawjson;
mod rec;
mod scalar;
mod str;
pub mod time;

pub use list::{Iter, List};
pub use map::{Entries, Map};
pub use rawjson::{Raw, RawJson};
pub use rec::{Maybe, Rec, unknown_tag, variant};
pub use scalar::{Bytes, Id, Url, Uuid, Zone};
pub use str::Str;
pub(crate) use str::{Form, unescape};
pub use time::{Date, DateTime, Duration};

use super::doc::Doc;
use super::plan::Kind;

/// A type that stands for a kind of JSON value, and how it is read.
///
/// The decoder works from [`Read::KIND`] of the same type, so it has checked what [`Read::read`] relies on.
pub trait Read<'a> {
    /// What the JSON value must be.
    const KIND: Kind;
    /// What reading gives: the type itself, or text for the kinds of text that are no types of their own here.
    type Out;
    /// Reads the value of a tape word.
    fn read(doc: &'a Doc, word: u64) -> Self::Out;
}

/// A type of values at any lifetime: what a name of a route holds, without the document it will come from.
pub trait View: 'static {
    /// The type when it borrows from a document.
    type At<'a>: Read<'a>;
}

impl<'a, T: Read<'a>> Read<'a> for Option<T> {
    const KIND: Kind = Kind::Null(&T::KIND);
    type Out = Option<T::Out>;
    #[inline]
    fn read(doc: &'a Doc, word: u64) -> Option<T::Out> {
        (!super::word::is_null(word)).then(|| T::read(doc, word))
    }
}

impl<T: View> View for Option<T> {
    type At<'a> = Option<T::At<'a>>;
}
