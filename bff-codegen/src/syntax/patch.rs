//! The text that is parsed: a part of a file, in which mistakes that were reported have been put right so that the rest can be read.

use std::borrow::Cow;

/// A replacement in the file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// First byte replaced.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    /// What is parsed there.
    pub(super) text: Cow<'static, str>,
}

impl Edit {
    /// `text` in place of `start..end`.
    pub(super) fn new(start: usize, end: usize, text: impl Into<Cow<'static, str>>) -> Self {
        Edit {
            start,
            end,
            text: text.into(),
        }
    }
}

/// A part of a file with edits applied, which knows where everything in it really stands.
pub(super) struct Patched<'a> {
    /// What is parsed.
    pub(super) text: Cow<'a, str>,
    stretches: Vec<Stretch>,
}

/// Text that was kept or replaced as a whole.
struct Stretch {
    /// Where it begins in the parsed text.
    start: usize,
    /// Where it begins in the file.
    original: usize,
    /// How long it is in the file.
    length: usize,
    /// Whether it was kept: then its bytes correspond one by one.
    kept: bool,
}

impl<'a> Patched<'a> {
    /// The bytes `start..end` of `source`; `edits` are in order, do not overlap, and lie inside.
    pub(super) fn new(source: &'a str, start: usize, end: usize, edits: &[Edit]) -> Self {
        if edits.is_empty() {
            return Patched {
                text: Cow::Borrowed(&source[start..end]),
                stretches: vec![Stretch::new(0, start..end, true)],
            };
        }
        let mut text = String::with_capacity(end - start + 16 * edits.len());
        let mut stretches = Vec::with_capacity(2 * edits.len() + 1);
        let mut from = start;
        for edit in edits {
            stretches.push(Stretch::new(text.len(), from..edit.start, true));
            text.push_str(&source[from..edit.start]);
            stretches.push(Stretch::new(text.len(), edit.start..edit.end, false));
            text.push_str(&edit.text);
            from = edit.end;
        }
        stretches.push(Stretch::new(text.len(), from..end, true));
        text.push_str(&source[from..end]);
        Patched {
            text: Cow::Owned(text),
            stretches,
        }
    }

    /// Where a byte of the parsed text stands in the file; inside a replacement, at the end of what it replaced.
    pub(super) fn original(&self, at: usize) -> usize {
        let after = self.stretches.partition_point(|stretch| stretch.start <= at);
        let Some(stretch) = self.stretches.get(after.saturating_sub(1)) else {
            return at;
        };
        let offset = at.saturating_sub(stretch.start);
        let inside = if stretch.kept || offset == 0 {
            offset
        } else {
            stretch.length
        };
        stretch.original + inside.min(stretch.length)
    }
}

impl Stretch {
    fn new(start: usize, original: std::ops::Range<usize>, kept: bool) -> Self {
        Stretch {
            start,
            original: original.start,
            length: original.len(),
            kept,
        }
    }
}
