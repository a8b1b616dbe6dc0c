//! Notes on fields of types, parameters and inputs: `@pii` and `@deprecated` say what a field is; the others tell outputs apart.

use super::resolve::Resolver;
use super::types::Field;
use crate::diagnostic::Diagnostic;
use crate::settings::not_served;
use crate::source::Span;
use crate::syntax::ast::{ExprKind, Note};

impl Field {
    /// Where `@pii` is written: the field holds personal data.
    pub fn pii(&self) -> Option<Span> {
        self.notes
            .iter()
            .find(|note| note.name.text == "pii")
            .map(|note| note.span)
    }
}

impl Resolver<'_> {
    /// Reports notes that mean nothing on a field.
    pub fn field_notes(&mut self, notes: &[Note]) {
        for (at, note) in notes.iter().enumerate() {
            let name = note.name.text.as_str();
            if let Some(first) = notes[..at].iter().find(|other| other.name.text == name) {
                let found = Diagnostic::error("E0604", note.span, format!("`@{name}` stands twice here"));
                self.sink
                    .push(found.because(first.span, "first here").help("keep one of them"));
                continue;
            }
            self.sink.extend(match name {
                "pii" => pii(note),
                "deprecated" => deprecated(note),
                "scope" => Some(not_served(note.span, "@scope")),
                _ => Some(
                    Diagnostic::error(
                        "E0604",
                        note.span,
                        format!("`@{name}` tells entries of an answer apart, a field has no versions"),
                    )
                    .help(format!(
                        "write it behind the entry that shows the field: `name: .field @{name}(2024-01-15)`"
                    )),
                ),
            });
        }
    }
}

fn pii(note: &Note) -> Option<Diagnostic> {
    let arg = note.arg.as_ref()?;
    let found = Diagnostic::error("E0604", arg.span, "`@pii` takes nothing");
    Some(found.help("`@pii`; how a value is masked is said where it is shown: `.email.mask(EMAIL)`"))
}

/// `@deprecated`, `@deprecated("use `amount`")`: documentation.
pub fn deprecated(note: &Note) -> Option<Diagnostic> {
    let arg = note.arg.as_ref().filter(|arg| !matches!(arg.kind, ExprKind::Str(_)))?;
    let found = Diagnostic::error(
        "E0604",
        arg.span,
        "`@deprecated` takes nothing, or a text that says what to use",
    );
    Some(found.help("`@deprecated(\"use amount\")`"))
}
