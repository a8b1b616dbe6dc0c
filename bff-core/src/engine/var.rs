//! Names of a route: the number of a slot in the frame, tied to the type of what lies there.

use std::marker::PhantomData;

use super::plan::Kind;
use super::value::{Read, View};

/// Which part of the request an input name reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// `query { … }`.
    Query,
    /// The parameters of the path.
    Path,
    /// `header { … }`.
    Header,
    /// `cookie { … }`.
    Cookie,
    /// `body: T`.
    Body,
}

impl InputKind {
    /// All kinds, in the order of their numbers.
    pub(crate) const ALL: [Self; 5] = [Self::Query, Self::Path, Self::Header, Self::Cookie, Self::Body];
    /// How many kinds there are.
    pub(crate) const COUNT: usize = Self::ALL.len();

    /// The word in an error document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Path => "path",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }

    /// The bit in [`Gated::inputs`](super::frame::Gated::inputs).
    pub(crate) const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Inputs are numbered from here on; below are the calls.
const FIRST_INPUT: u32 = 64;
/// What a call that makes several requests is at is numbered from here on.
pub(crate) const FIRST_TURN: u32 = FIRST_INPUT + InputKind::COUNT as u32;

/// What a call that makes several requests is at, which changes from one of its functions to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The element of its list.
    Item,
    /// What a batch asks for.
    Keys,
    /// What leads to the next page.
    Cursor,
}

impl Turn {
    /// How many there are.
    pub(crate) const COUNT: usize = 3;
}

/// The number of a name together with its type at any lifetime: `const ME: Var<User<'static>> = Var::call(0)`.
pub struct Var<V> {
    slot: u32,
    view: PhantomData<fn() -> V>,
}

impl<V> Clone for Var<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Var<V> {}

impl<V: View> Var<V> {
    /// The name of the call with this number.
    ///
    /// # Panics
    /// When evaluated at build time: above 63.
    pub const fn call(number: u32) -> Self {
        assert!(number < FIRST_INPUT, "a route has at most 64 calls");
        Self {
            slot: number,
            view: PhantomData,
        }
    }

    /// The name of an input.
    pub const fn input(kind: InputKind) -> Self {
        Self {
            slot: FIRST_INPUT + kind as u32,
            view: PhantomData,
        }
    }

    /// The element of the list that a call goes through, in the functions of that call alone.
    pub const fn item() -> Self {
        Self::turn(Turn::Item)
    }

    /// What a batch asks for: a list.
    pub const fn keys() -> Self {
        Self::turn(Turn::Keys)
    }

    /// What leads to the next page.
    pub const fn cursor() -> Self {
        Self::turn(Turn::Cursor)
    }

    const fn turn(turn: Turn) -> Self {
        Self {
            slot: FIRST_TURN + turn as u32,
            view: PhantomData,
        }
    }

    /// Its number.
    pub const fn slot(self) -> u32 {
        self.slot
    }

    /// What its value is decoded with.
    pub(crate) const KIND: &'static Kind = &<V::At<'static> as Read<'static>>::KIND;
}

/// The calls among these slots, one bit each.
pub const fn needs(slots: &[u32]) -> u64 {
    let mut bits = 0;
    let mut at = 0;
    while at < slots.len() {
        if slots[at] < FIRST_INPUT {
            bits |= 1 << slots[at];
        }
        at += 1;
    }
    bits
}

/// The inputs among these slots, one bit each.
pub const fn inputs(slots: &[u32]) -> u8 {
    let mut bits = 0;
    let mut at = 0;
    while at < slots.len() {
        if slots[at] >= FIRST_INPUT && slots[at] < FIRST_TURN {
            bits |= 1 << (slots[at] - FIRST_INPUT);
        }
        at += 1;
    }
    bits
}
