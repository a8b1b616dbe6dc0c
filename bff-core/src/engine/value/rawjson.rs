//! Values that are only moved: written out as they came, never parsed.

use super::str::Form;
use super::{Read, Str, View};
use crate::engine::decimal;
use crate::engine::doc::Doc;
use crate::engine::plan::Kind;
use crate::engine::word;
use rust_decimal::Decimal;
use std::fmt;
use std::marker::PhantomData;

/// A scalar of the kind of `T` that is only moved. It was checked like any other.
pub struct Raw<'a, T> {
    text: Str<'a>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Raw<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Raw<'_, T> {}

impl<'a, T: Read<'a>> Raw<'a, T> {
    /// The kind that the text was checked against.
    pub(crate) const KIND: Kind = {
        assert!(T::KIND.is_scalar(), "only scalars are moved as they came");
        T::KIND
    };

    /// The text of the scalar: without quotes, a boolean by its word.
    pub(crate) fn text(self) -> Str<'a> {
        self.text
    }

    /// The value, when it is a decimal that must not be written as it came because it has an exponent.
    pub(crate) fn decimal(self) -> Option<Decimal> {
        let has_exponent = matches!(Self::KIND, Kind::Decimal) && self.octets().0.contains(['e', 'E']);
        has_exponent.then(|| decimal::parse(self.octets().0)).flatten()
    }

    /// The octets of the scalar and how they stand.
    pub(crate) fn octets(self) -> (&'a str, Form) {
        self.text.octets()
    }
}

impl<'a, T: Read<'a>> Read<'a> for Raw<'a, T> {
    const KIND: Kind = Raw::<'a, T>::KIND;
    type Out = Self;
    #[inline]
    fn read(doc: &'a Doc, word: u64) -> Self {
        let text = match (Raw::<'a, T>::KIND, word) {
            (Kind::Bool, word::TRUE) => "true".into(),
            (Kind::Bool, _) => "false".into(),
            _ => Str::of(doc, word),
        };
        Raw {
            text,
            kind: PhantomData,
        }
    }
}

impl<T: View> View for Raw<'static, T> {
    type At<'a> = Raw<'a, T::At<'a>>;
}

impl<T> fmt::Debug for Raw<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// Any JSON value, as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawJson<'a>(&'a str);

impl<'a> RawJson<'a> {
    /// The JSON null.
    pub const NULL: RawJson<'static> = RawJson("null");

    /// Text that is known to be one JSON value.
    pub(crate) fn trusted(text: &'a str) -> Self {
        RawJson(text)
    }

    /// The JSON text of the value, without white space around it.
    pub fn text(self) -> &'a str {
        self.0
    }

    /// Whether the value is null.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }
}

impl<'a> Read<'a> for RawJson<'a> {
    const KIND: Kind = Kind::Json;
    type Out = Self;
    #[inline]
    fn read(doc: &'a Doc, word: u64) -> Self {
        match word::is_null(word) {
            true => RawJson::NULL,
            false => RawJson(doc.piece(word)),
        }
    }
}

impl View for RawJson<'static> {
    type At<'a> = RawJson<'a>;
}
