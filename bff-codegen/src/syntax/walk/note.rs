//! Conditions and notes behind an entry.

use super::{Walk, Walked};
use crate::diagnostic::{Diagnostic, suggest};
use crate::syntax::scan::Kind;

impl Walk<'_> {
    /// `when c`, or what others write for it.
    pub(super) fn guard(&mut self) -> Walked {
        if self.is_word("if") && self.same_line(0) && self.begins_operand(1) {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0113", span, "a condition begins with `when`")
                .at("there is no `if`")
                .help("`when`");
            self.tell_fix(diagnostic, span, "when");
            self.bump();
            return self.expr();
        }
        if self.is_word("when") && !self.next_is(1, ":") {
            self.bump();
            return self.expr();
        }
        Ok(())
    }

    /// `@since(2024-01-15)` and its like.
    pub(super) fn notes(&mut self) -> Walked {
        while self.is("@") {
            let start = self.pos;
            self.bump();
            if self.kind(0) != Kind::Word {
                let lost = self.expected("the name of a note");
                return Err(self.lost(lost.from - 1, " "));
            }
            self.bump();
            if self.is("(") && self.adjacent(0) {
                self.note_arg(start)?;
            }
        }
        Ok(())
    }

    fn note_arg(&mut self, start: usize) -> Walked {
        let open = self.pos;
        let behind = self.behind_group(open);
        let single = behind == open + 3 && matches!(self.kind(1), Kind::Word | Kind::Number | Kind::Text);
        if !(single || behind == open + 4 && self.next_is(1, "-")) {
            let name = self.text_at(start + 1).to_owned();
            let example = match name.as_str() {
                "since" | "until" => "(2024-01-15)",
                "scope" => "(\"orders:read\")",
                _ => "",
            };
            let diagnostic = if matches!(name.as_str(), "include" | "skip") {
                Diagnostic::error(
                    "E0117",
                    self.span_of(start, behind - 1),
                    format!("there is no note `@{name}`"),
                )
                .at("a condition stands behind `when`")
                .help("`name: value when condition`")
            } else {
                Diagnostic::error(
                    "E0117",
                    self.span_of(open, behind - 1),
                    format!("`@{name}` takes a date, a name or a text"),
                )
                .at("this is none")
                .help(format!("`@{name}{example}`"))
            };
            let edit = self.edit(self.span_of(start, behind - 1), " ");
            self.tell(diagnostic, vec![edit]);
        }
        self.pos = behind;
        Ok(())
    }

    /// `@…` before something, or where no note stands.
    pub(super) fn stray_note(&mut self) -> super::Lost {
        let start = self.pos;
        let name = self.word(1).to_owned();
        let end = if self.next_is(2, "(") {
            self.behind_group(start + 2)
        } else {
            start + 2
        };
        let known = super::words::NOTES.contains(&name.as_str());
        let close = suggest::closest(&name, super::words::NOTES);
        let diagnostic = Diagnostic::error(
            "E0117",
            self.span_of(start, end - 1),
            format!("no note stands here: `@{name}`"),
        );
        let diagnostic = if known {
            diagnostic
                .at("notes stand behind a field or an entry")
                .help(format!("`name: value @{name}`"))
        } else if let Some(close) = close {
            diagnostic
                .at("there is no such note")
                .help(format!("did you mean `@{close}`? It stands behind a field or an entry"))
        } else {
            diagnostic
                .at("there are no decorators")
                .help("the notes are `@since @until @scope @pii @deprecated`, behind a field or an entry")
        };
        self.tell(diagnostic, Vec::new());
        self.pos = end;
        self.passed(start)
    }
}
