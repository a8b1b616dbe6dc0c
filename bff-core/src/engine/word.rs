//! The words of a tape. The kind of a value is known from its plan, so a word carries no tag but null and absence.
//!
//! Text and numbers: start in the upper 32 bits, two flags, length in the lower 30. Records and lists: tape index above,
//! count below.

/// Null.
pub(crate) const NULL: u64 = u64::MAX;
/// A field that is not there.
pub(crate) const ABSENT: u64 = u64::MAX - 1;
pub(crate) const TRUE: u64 = 1;
pub(crate) const FALSE: u64 = 0;

const ESCAPED: u64 = 1 << 31;
const NUMBER: u64 = 1 << 30;
const LENGTH: u64 = NUMBER - 1;

/// The longest body: every span of it has a length that fits its bits.
pub(crate) const MAX_SPAN: usize = LENGTH as usize;

/// The inside of a string.
#[inline(always)]
pub(crate) fn text(start: usize, end: usize, escaped: bool) -> u64 {
    span(start, end) | if escaped { ESCAPED } else { 0 }
}

/// A number that stands without quotes.
#[inline(always)]
pub(crate) fn number(start: usize, end: usize) -> u64 {
    span(start, end) | NUMBER
}

/// A piece of the body as it stands.
#[inline(always)]
pub(crate) fn span(start: usize, end: usize) -> u64 {
    (start as u64) << 32 | (end - start) as u64
}

/// A record or a list on the tape.
#[inline(always)]
pub(crate) fn at(index: usize, count: usize) -> u64 {
    (index as u64) << 32 | count as u64
}

/// Start and end of a piece of the body.
#[inline(always)]
pub(crate) fn range(word: u64) -> std::ops::Range<usize> {
    let start = (word >> 32) as usize;
    start..start + (word & LENGTH) as usize
}

#[inline(always)]
pub(crate) fn is_escaped(word: u64) -> bool {
    word & ESCAPED != 0
}

#[inline(always)]
pub(crate) fn is_number(word: u64) -> bool {
    word & NUMBER != 0
}

#[inline(always)]
pub(crate) fn is_null(word: u64) -> bool {
    word >= ABSENT
}

/// The tape index of a record or list.
#[inline(always)]
pub(crate) fn index(word: u64) -> usize {
    (word >> 32) as usize
}

/// The number of elements of a list.
#[inline(always)]
pub(crate) fn count(word: u64) -> usize {
    word as u32 as usize
}
