//! Telling: diagnostics with the edits under which reading goes on.

use super::{HOLE, Lost, MAX_FOUND, Walk};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::patch::Edit;
use crate::syntax::region::{Bracket, bracket};
use crate::syntax::report::Found;
use crate::syntax::scan::Kind;
use std::borrow::Cow;

impl Walk<'_> {
    /// A token as a message names it.
    pub(super) fn named(&self, at: usize) -> String {
        let token = self.token(at);
        let text = self.text_at(at);
        let short: String = text.chars().take(30).collect();
        let short = if short.len() < text.len() { short + "…" } else { short };
        match token.kind {
            Kind::End => "the end of the file".to_owned(),
            Kind::Doc => "documentation".to_owned(),
            Kind::TextOpen | Kind::Text => format!("the text `{short}`"),
            _ if token.start == token.end => "the end".to_owned(),
            _ => format!("`{short}`"),
        }
    }

    pub(super) fn tell(&mut self, diagnostic: Diagnostic, edits: Vec<Edit>) {
        if self.found.len() < MAX_FOUND {
            let at = diagnostic.span().start as usize;
            self.found.push(Found { at, diagnostic, edits });
        } else if let Some(last) = self.found.last_mut() {
            // Told or not, the rest must be readable.
            last.edits.extend(edits);
        }
    }

    /// Tells of something that can be put right mechanically, and reads it so.
    pub(super) fn tell_fix(&mut self, diagnostic: Diagnostic, span: Span, right: impl Into<String>) {
        let right = right.into();
        let edit = Edit::new(span.start as usize, span.end as usize, right.clone());
        self.tell(diagnostic.fix(span, right), vec![edit]);
    }

    pub(super) fn edit(&self, span: Span, text: impl Into<Cow<'static, str>>) -> Edit {
        Edit::new(span.start as usize, span.end as usize, text)
    }

    /// Tells that something else was expected here.
    pub(super) fn expected(&mut self, what: &str) -> Lost {
        if self.kind(0) == Kind::Doc {
            self.stray_doc();
            return self.lost(self.pos, "");
        }
        let missing = matches!(self.kind(0), Kind::End)
            || bracket(self.kind(0)) == Bracket::Close
            || self.here().first && self.pos > 0;
        let diagnostic = if missing && self.pos > 0 {
            let before = self.written_before();
            let name = self.named(before);
            let before = self.span(before);
            Diagnostic::error("E0104", before, format!("{what} is missing after {name}"))
                .at(format!("expected {what} after this"))
        } else {
            let found = self.named(self.pos);
            Diagnostic::error("E0104", self.span(self.pos), format!("expected {what}, found {found}"))
                .at(format!("expected {what}"))
        };
        self.tell(diagnostic, Vec::new());
        self.lost(self.pos, HOLE)
    }

    pub(super) fn lost(&self, from: usize, with: impl Into<Cow<'static, str>>) -> Lost {
        Lost {
            from,
            with: with.into(),
            exact: false,
        }
    }

    /// What was passed over up to the token at hand.
    pub(super) fn passed(&self, from: usize) -> Lost {
        Lost {
            from,
            with: Cow::Borrowed(" "),
            exact: true,
        }
    }

    /// Source as a help shows it: on one line, and not too much of it.
    pub(super) fn snippet(&self, span: Span) -> String {
        let text = self.source(span).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() <= 60 {
            text
        } else {
            text.chars().take(59).chain(['…']).collect()
        }
    }

    /// The last token before the one at hand that the file really has.
    pub(super) fn written_before(&self) -> usize {
        let mut at = self.pos.saturating_sub(1);
        while at > 0 && self.token(at).start == self.token(at).end {
            at -= 1;
        }
        at
    }

    /// `///` above something that has no documentation.
    pub(super) fn stray_doc(&mut self) {
        let line = self.span(self.pos);
        let span = Span::new(self.file, line.start as usize, line.start as usize + 3);
        let diagnostic = Diagnostic::error("E0116", span, "nothing that can be documented stands below this")
            .at("documentation belongs above a declaration, a field, an operation, a value or an entry")
            .help("for a comment write `//`")
            .fix(span, "//");
        let edit = self.edit(line, " ");
        self.tell(diagnostic, vec![edit]);
        self.bump();
        while self.kind(0) == Kind::Doc {
            let edit = self.edit(self.span(self.pos), " ");
            if let Some(found) = self.found.last_mut() {
                found.edits.push(edit);
            }
            self.bump();
        }
    }

    /// An edit for what was told last.
    pub(super) fn also(&mut self, edit: Edit) {
        if let Some(last) = self.found.last_mut() {
            last.edits.push(edit);
        }
    }
}
