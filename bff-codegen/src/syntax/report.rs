//! What is found wrong: a diagnostic, and the edits under which the rest can be read.

use super::patch::Edit;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use std::borrow::Cow;

/// The most mistakes that are reported of one file.
pub(super) const MAX_FOUND: usize = 50;

/// The most brackets that may be open at once.
pub const MAX_NESTING: usize = 64;

/// What stands in the parsed text for an expression or a type that could not be read.
pub(super) const HOLE: &str = "\u{FDD0}";

/// A mistake: what is said, and how the text is read on.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Where it is.
    pub(super) at: usize,
    /// What is said.
    pub(super) diagnostic: Diagnostic,
    /// What is parsed instead.
    pub(super) edits: Vec<Edit>,
}

impl Found {
    /// A mistake that changes nothing in the text.
    pub(super) fn said(diagnostic: Diagnostic) -> Self {
        Found {
            at: diagnostic.span().start as usize,
            diagnostic,
            edits: Vec::new(),
        }
    }

    /// Reads `text` in place of `start..end`.
    #[must_use]
    pub(super) fn edit(mut self, start: usize, end: usize, text: impl Into<Cow<'static, str>>) -> Self {
        self.edits.push(Edit::new(start, end, text));
        self
    }
}

/// Brackets within brackets.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("E0118", span, format!("more than {MAX_NESTING} brackets are open here"))
        .at("this one is too much")
        .help("give the inner parts names of their own: `let part = …` or a fragment")
}

/// Puts edits in order and leaves out those that touch text which an earlier one has replaced.
pub(super) fn in_order(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.start, std::cmp::Reverse(edit.end)));
    let mut kept: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        // Of two replacements the outer one counts; what is put in where one ends or begins stays.
        if kept.last().is_none_or(|last| edit.start >= last.end) {
            kept.push(edit);
        }
    }
    kept
}
