//! Arguments, and the signs between a name and what it has.

use super::{Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::syntax::region::{Bracket, bracket};
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    /// Another sign where `right` belongs: it is told and taken for it.
    pub(super) fn arrow(&mut self, right: &'static str, place: &str) -> Walked {
        let wrong = [":", "=", "->", "=>", ":=", "::"].iter().any(|it| self.is(it));
        if !wrong {
            return Err(self.expected(&format!("`{right}`")));
        }
        let span = self.span(self.pos);
        let written = self.source(span).to_owned();
        let (before, after) = (self.shown(self.pos - 1), self.value_shown(self.pos + 1));
        let gap = if right == ":" { "" } else { " " };
        let diagnostic = Diagnostic::error("E0110", span, format!("`{right}` stands {place}, not `{written}`"))
            .at(format!("expected `{right}`"))
            .help(format!("`{before}{gap}{right} {after}`"));
        self.tell_fix(diagnostic, span, right);
        self.bump();
        Ok(())
    }

    /// A token as a help shows it: brackets stand for what is in them.
    pub(super) fn shown(&self, at: usize) -> String {
        let text = self.text_at(at);
        match self.token(at).kind {
            kind if bracket(kind) != Bracket::None => "…".to_owned(),
            Kind::End | Kind::Doc => "…".to_owned(),
            _ if text.len() > 30 => "…".to_owned(),
            _ => text.to_owned(),
        }
    }

    /// What stands on this line from a token up to a comma or closing bracket, as a help shows it.
    pub(super) fn value_shown(&self, from: usize) -> String {
        if self.token(from).kind == sign("{") {
            return "{ … }".to_owned();
        }
        let mut at = from;
        while self.token(at).kind != sign(",")
            && self.token(at).kind != Kind::End
            && bracket(self.token(at).kind) != Bracket::Close
            && (at == from
                || !self.token(at).first && !matches!(self.text_at(at), "else" | "on" | "when" | "undo" | "for"))
        {
            at = self.behind_group(at);
        }
        if at == from {
            "…".to_owned()
        } else {
            self.snippet(self.span_of(from, at - 1))
        }
    }

    /// `(a: x, b?: y)`
    pub(super) fn args(&mut self) {
        self.elements(")", "an argument", Self::arg);
    }

    fn arg(&mut self) -> Walked {
        let named = matches!(self.kind(0), Kind::Word | Kind::Text);
        if named && (self.next_is(1, ":") || self.next_is(1, "?") && self.next_is(2, ":")) {
            self.arg_name();
            self.eat("?");
            self.bump();
            return self.expr();
        }
        if named && ["=", ":=", "->"].iter().any(|it| self.next_is(1, it)) {
            self.arg_name();
            self.arrow(":", "between an argument and its value")?;
            return self.expr();
        }
        self.expr()?;
        if matches!(self.word(0), "desc" | "asc") {
            self.bump();
        }
        Ok(())
    }

    /// An argument may be called like a word of the language.
    fn arg_name(&mut self) {
        if self.kind(0) == Kind::Text {
            self.quoted_name("the name of an argument")
        } else {
            self.bump()
        }
    }
}
