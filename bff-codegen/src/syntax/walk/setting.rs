//! Blocks of settings, and the values of entries.

use super::{HOLE, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::syntax::region::{Bracket, bracket};
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    /// Another sign where the colon of an entry belongs.
    pub(super) fn arrow_for_colon(&mut self, key: usize) -> Walked {
        let name = self.text_at(key).to_owned();
        let span = self.span(self.pos);
        let written = self.source(span).to_owned();
        let value = self.value_shown(self.pos + 1);
        let message = format!("`:` stands between a name and its value, not `{written}`");
        let diagnostic = Diagnostic::error("E0110", span, message)
            .at("expected `:`")
            .help(format!("`{name}: {value}`"));
        self.tell_fix(diagnostic, span, ":");
        self.bump();
        Ok(())
    }

    /// `x-y: …`
    pub(super) fn dashed_key(&mut self, start: usize) {
        let mut at = self.pos;
        while self.token(at).kind == sign("-")
            && self.token(at).start == self.token(at - 1).end
            && self.token(at + 1).kind == Kind::Word
            && self.token(at + 1).start == self.token(at).end
        {
            at += 2;
        }
        if at == self.pos {
            return;
        }
        let span = self.span_of(start, at - 1);
        let right = format!("\"{}\"", self.source(span));
        let diagnostic = Diagnostic::error("E0114", span, "a name with `-` stands in quotes")
            .at("without them `-` subtracts")
            .help(format!("`{right}`"));
        self.tell_fix(diagnostic, span, right);
        self.pos = at;
    }

    /// What stands behind the colon of an entry.
    pub(super) fn value(&mut self, key: usize) -> Walked {
        if self.here().first && self.looks_like_key() {
            return self.indented_block(key);
        }
        let ended = matches!(self.kind(0), Kind::End) || bracket(self.kind(0)) == Bracket::Close || self.is(",");
        if ended {
            return Err(self.no_value(key));
        }
        self.expr()
    }

    fn no_value(&mut self, key: usize) -> super::Lost {
        let name = self.text_at(key).to_owned();
        let span = self.span_of(key, self.written_before());
        let diagnostic = Diagnostic::error("E0104", span, format!("`{name}` has no value"))
            .at("expected a value behind this")
            .help(format!("`{name}: …`"));
        self.tell(diagnostic, Vec::new());
        self.lost(self.pos, HOLE)
    }

    /// Whether `name:` stands here.
    pub(super) fn looks_like_key(&self) -> bool {
        matches!(self.kind(0), Kind::Word | Kind::Text) && self.next_is(1, ":")
    }

    /// `key:` and further entries on lines that are indented, without braces.
    fn indented_block(&mut self, key: usize) -> Walked {
        let indent = self.here().indent;
        if indent <= self.token(key).indent {
            return Err(self.no_value(key));
        }
        let name = self.text_at(key).to_owned();
        let before = self.behind();
        let colon = self.span(self.pos - 1);
        let start = self.pos;
        while self.kind(0) != Kind::End && bracket(self.kind(0)) != Bracket::Close && self.here().indent >= indent {
            let at = self.pos;
            if let Err(lost) = self.setting() {
                self.leave_entry(at, lost);
            }
            if self.pos == at {
                self.bump();
            }
            self.eat(",");
        }
        let end = self.behind();
        let diagnostic = Diagnostic::error("E0121", colon, format!("what belongs to `{name}` stands in braces"))
            .at("indentation alone holds nothing together")
            .because(self.span_of(start, self.pos - 1), "this belongs to it")
            .help(format!("`{name}: {{ … }}`"));
        let edits = vec![self.edit(before, " {"), self.edit(end, " }")];
        self.tell(diagnostic, edits);
        Ok(())
    }

    /// `{ settings }`
    pub(super) fn block(&mut self) {
        self.braces("a setting", Self::setting);
    }

    pub(super) fn setting(&mut self) -> Walked {
        match self.kind(0) {
            kind if kind == sign("...") => {
                self.bump();
                self.name("the name of a policy")
                    .map_err(|lost| self.lost(lost.from - 1, " "))
            }
            Kind::Word | Kind::Text => {
                let start = self.pos;
                self.bump();
                if self.token(start).kind == Kind::Word {
                    self.dashed_key(start);
                }
                self.setting_value(start)
            }
            kind if kind == sign("-") && self.here().first => {
                let lost = self.dashed_list();
                Err(self.lost(lost.from, " "))
            }
            kind if kind == sign("@") => Err(self.stray_note()),
            Kind::Number if self.next_is(1, ":") => {
                let span = self.span(self.pos);
                let right = format!("\"{}\"", self.source(span));
                let diagnostic = Diagnostic::error("E0115", span, "a name that begins with a digit stands in quotes")
                    .at("this is a number")
                    .help(format!("`{right}`"));
                self.tell_fix(diagnostic, span, right);
                self.pos += 2;
                self.expr()
            }
            _ => {
                let lost = self.expected("the name of a setting");
                Err(self.lost(lost.from, " "))
            }
        }
    }

    pub(super) fn missing_colon(&mut self, key: usize) {
        let name = self.text_at(key).to_owned();
        let value = self.value_shown(self.pos);
        let before = self.behind();
        let diagnostic = Diagnostic::error(
            "E0110",
            self.span(self.pos),
            format!("`:` is missing between `{name}` and its value"),
        )
        .at("the value begins here")
        .because(self.span(key), "its name")
        .help(format!("`{name}: {value}`"));
        self.tell_fix(diagnostic, before, ":");
    }

    /// What follows the name of a setting.
    pub(super) fn setting_value(&mut self, start: usize) -> Walked {
        let name = self.text_at(start).to_owned();
        match self.kind(0) {
            kind if kind == sign(":") => {
                self.bump();
                self.value(start)
            }
            kind if ["=", "=>", "->", ":=", "=="].iter().any(|it| kind == sign(it)) => {
                self.arrow_for_colon(start)?;
                self.value(start)
            }
            kind if kind == sign("?") && self.next_is(1, ":") => {
                let span = self.span(self.pos);
                let diagnostic = Diagnostic::error(
                    "E0130",
                    span,
                    format!("the setting `{name}` is written or not, never optional"),
                )
                .at("`?` belongs to fields and arguments")
                .help(format!("`{name}: …`"));
                let edit = self.edit(span, " ");
                self.tell(diagnostic.fix(span, ""), vec![edit]);
                self.pos += 2;
                self.value(start)
            }
            _ if self.begins_operand(0)
                && (self.same_line(0) || self.is("{"))
                && !(self.kind(0) == Kind::Word && self.next_is(1, ":"))
                && !self.is("(") =>
            {
                self.missing_colon(start);
                self.value(start)
            }
            _ if self.is("(") => {
                let lost = self.expected("`:` and a value");
                Err(self.lost(lost.from.min(start), " "))
            }
            _ => {
                let mut diagnostic =
                    Diagnostic::error("E0104", self.span(start), format!("the setting `{name}` has no value"))
                        .at("expected `:` and a value behind it");
                let before = start.checked_sub(1).map(|at| self.token(at).kind);
                diagnostic = if before == Some(sign(",")) {
                    diagnostic.help(format!("`{name}: …`; several values of one setting stand in `[ ]`"))
                } else {
                    diagnostic.help(format!("`{name}: …`"))
                };
                self.tell(diagnostic, Vec::new());
                Err(self.lost(start, " "))
            }
        }
    }
}
