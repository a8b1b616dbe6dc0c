//! Notes on the entries of shapes: `@since @until` become conditions, `@deprecated` is documentation, the others do not stand there.

mod deprecate;
mod sparse;
mod stable;
mod version;

pub(super) use version::Range;

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::Expr;
use crate::model::notes::deprecated;
use crate::model::types::RecordId;
use crate::source::Span;
use crate::syntax::ast::{self, Note};

/// What notes are checked against.
#[derive(Debug, Default)]
pub(super) struct State {
    /// A fragment is checked by itself: which client uses it is not known.
    pub alone: bool,
    /// Where the route at hand says `version: none`.
    pub unversioned: Option<Span>,
    /// Personal data that was reported: where it leaves, and the field.
    pub told: std::collections::HashSet<(Span, RecordId, u32)>,
    /// What was found to follow an upstream in a stable contract.
    unstable: std::collections::HashSet<Span>,
    /// The versions that notes have named so far.
    named: std::collections::BTreeSet<crate::model::contract::Version>,
}

/// What the notes of an entry say.
#[derive(Debug, Default)]
pub(super) struct Noted {
    /// The versions in which the entry is there.
    pub range: Range,
    /// The same as a condition.
    pub gate: Option<Expr>,
    /// Some note was refused, which was said: the entry may be one of several of its key.
    pub refused: bool,
}

impl Checker<'_> {
    /// Reads the notes of an entry.
    pub(super) fn entry_notes(&mut self, entry: &ast::Entry) -> Noted {
        let mut noted = Noted::default();
        for (at, note) in entry.notes.iter().enumerate() {
            let name = note.name.text.as_str();
            if let Some(first) = entry.notes[..at].iter().find(|other| other.name.text == name) {
                self.note_twice(note, first);
                noted.refused = true;
                continue;
            }
            match name {
                "since" | "until" => self.version_note(note, &mut noted),
                "scope" => {
                    self.sink.push(scope_refused(note));
                    noted.refused = true;
                }
                "deprecated" => self.sink.extend(deprecated(note)),
                _ => {
                    let found = Diagnostic::error("E0604", note.span, "`@pii` says what a field of a type is");
                    self.sink
                        .push(found.help("move it to the declaration of the field: `email: String @pii`"));
                }
            }
        }
        self.close_range(entry, &mut noted);
        noted
    }

    fn note_twice(&mut self, note: &Note, first: &Note) {
        let found = Diagnostic::error("E0604", note.span, format!("`@{}` stands twice here", note.name.text));
        self.sink
            .push(found.because(first.span, "first here").help("keep one of them"));
    }
}

/// Who may see an output is known once there is authentication.
fn scope_refused(note: &Note) -> Diagnostic {
    Diagnostic::error("E0901", note.span, "`@scope` is not supported yet")
        .note("it asks for the scopes of the caller, and the only `auth` that is served knows no caller")
}
