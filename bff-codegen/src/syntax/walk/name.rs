//! Names that a file gives.

use super::words;
use super::{HOLE, Lost, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::syntax::scan::Kind;

impl Walk<'_> {
    /// A name that the user gives; `what` says of what.
    pub(super) fn name(&mut self, what: &str) -> Walked {
        match self.kind(0) {
            Kind::Word if words::is_reserved(self.word(0)) => Err(self.reserved(what)),
            Kind::Word => {
                self.bump();
                self.dashed_name(what);
                Ok(())
            }
            Kind::Text => {
                self.quoted_name(what);
                Ok(())
            }
            _ => Err(self.expected(what)),
        }
    }

    /// `"name"` where names stand without quotes.
    pub(super) fn quoted_name(&mut self, what: &str) {
        let span = self.span(self.pos);
        let inside: String = self.source(span).trim_matches('"').chars().collect();
        let plain: String = inside
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        let plain = if plain.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            plain
        } else {
            format!("_{plain}")
        };
        let diagnostic = Diagnostic::error("E0115", span, format!("{what} is written without quotes"))
            .at("quotes make a text of it")
            .help(format!("`{plain}`"));
        self.tell_fix(diagnostic, span, plain);
        self.bump();
    }

    /// `a-b`, which names cannot be; the first part was taken.
    pub(super) fn dashed_name(&mut self, what: &str) {
        let start = self.pos - 1;
        while self.is("-") && self.adjacent(0) && self.kind(1) == Kind::Word && self.adjacent(1) {
            self.pos += 2;
        }
        if self.pos > start + 1 {
            let span = self.span_of(start, self.pos - 1);
            let right = self.source(span).replace('-', "_");
            let diagnostic = Diagnostic::error("E0114", span, format!("{what} has no `-`"))
                .at("names consist of letters, digits and `_`")
                .help(format!("`{right}`"));
            self.tell_fix(diagnostic, span, right);
        }
    }

    pub(super) fn reserved(&mut self, what: &str) -> Lost {
        let word = self.word(0);
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error(
            "E0123",
            span,
            format!("`{word}` is a word of the language and cannot be {what}"),
        )
        .at("choose another name")
        .help(format!("for example `{word}_`"));
        self.tell(diagnostic, Vec::new());
        self.lost(self.pos, HOLE)
    }
}
