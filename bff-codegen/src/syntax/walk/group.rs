//! Groups: entries in braces, elements between other brackets, and what separates them.

use super::{Lost, MAX_FOUND, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::syntax::region::{Bracket, bracket};
use crate::syntax::scan::{Kind, sign};
use std::borrow::Cow;

impl Walk<'_> {
    /// Semicolons where nothing ends, in the middle of an entry: told and taken out before the walk.
    pub(super) fn stray_semicolons(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() && self.found.len() < MAX_FOUND {
            let kind = |at: usize| self.token(at).kind;
            let begins = at > 0 && [":", "=", "=>", ".", "?"].iter().any(|it| kind(at - 1) == sign(it));
            let goes_on =
                ["=", "=>", ":", "{", "."].iter().any(|it| kind(at + 1) == sign(it)) && !self.token(at + 1).first;
            if kind(at) == sign(";") && (begins || goes_on) {
                let span = self.span(at);
                let diagnostic = Diagnostic::error("E0112", span, "there are no semicolons")
                    .at("nothing ends here")
                    .help("remove it")
                    .fix(span, "");
                let edit = self.edit(span, " ");
                self.tell(diagnostic, vec![edit]);
                self.tokens.remove(at);
            } else {
                at += 1;
            }
        }
    }

    /// Entries in braces; commas are optional.
    pub(super) fn braces(&mut self, what: &'static str, entry: impl Fn(&mut Self) -> Walked) {
        self.bump();
        loop {
            match self.kind(0) {
                Kind::End => return,
                kind if kind == sign("}") => return self.bump(),
                kind if kind == sign(",") || kind == sign(";") => self.stray_separator(what),
                Kind::Doc if self.documents_nothing() => self.stray_doc(),
                _ => {
                    let start = self.pos;
                    if let Err(lost) = entry(self) {
                        self.leave_entry(start, lost);
                    }
                    if self.pos == start {
                        self.bump();
                    }
                    self.separator();
                }
            }
        }
    }

    /// Entries in braces, at least one; `none` says what is missing.
    pub(super) fn some_braces(&mut self, what: &'static str, none: &str, entry: impl Fn(&mut Self) -> Walked) {
        let written = self.here().start < self.here().end;
        if written && self.next_is(1, "}") {
            let span = self.span_of(self.pos, self.pos + 1);
            let diagnostic = Diagnostic::error("E0104", span, none).at("nothing stands between these");
            self.tell(diagnostic, Vec::new());
        }
        self.braces(what, entry);
    }

    fn documents_nothing(&self) -> bool {
        let mut at = self.pos;
        while self.token(at).kind == Kind::Doc {
            at += 1;
        }
        bracket(self.token(at).kind) == Bracket::Close
    }

    /// One comma, or the semicolon of other languages.
    pub(super) fn separator(&mut self) {
        if self.is(";") {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0112", span, "there are no semicolons")
                .at("entries end with their line or a comma")
                .help("remove it, or write `,`");
            let right = if self.token(self.pos + 1).first || bracket(self.kind(1)) == Bracket::Close {
                ""
            } else {
                ","
            };
            let edit = self.edit(span, if right.is_empty() { " " } else { right });
            self.tell(diagnostic.fix(span, right), vec![edit]);
            self.bump();
        } else {
            self.eat(",");
        }
    }

    fn stray_separator(&mut self, what: &str) {
        let span = self.span(self.pos);
        let name = self.named(self.pos);
        let diagnostic = Diagnostic::error("E0112", span, format!("{what} is missing before {name}"))
            .at("nothing stands before this")
            .help("remove it");
        let edit = self.edit(span, " ");
        self.tell(diagnostic.fix(span, ""), vec![edit]);
        self.bump();
    }

    /// Goes on behind an entry that could not be read, and reads something harmless in its place.
    pub(super) fn leave_entry(&mut self, start: usize, lost: Lost) {
        let from = lost.from.max(start);
        let mut at = self.pos;
        let line = self.token(start);
        while at < self.tokens.len() && !lost.exact {
            let token = self.token(at);
            let begins = at > start && self.begins_entry(at) && token.indent <= line.indent && token.first;
            let separates = token.kind == sign(",") || token.kind == sign(";");
            if bracket(token.kind) == Bracket::Close || separates || begins || at > start && self.begins_item(at) {
                break;
            }
            at = self.behind_group(at);
        }
        self.pos = at.max(start);
        if at > from {
            let edit = self.edit(
                self.span_of(from, at - 1),
                if lost.with.is_empty() {
                    Cow::Borrowed(" ")
                } else {
                    lost.with
                },
            );
            self.also(edit);
        } else {
            let behind = self.behind();
            let edit = self.edit(behind, format!(" {} ", lost.with));
            self.also(edit);
        }
    }

    fn begins_entry(&self, at: usize) -> bool {
        let token = self.token(at);
        let word = if token.kind == Kind::Word { self.text_at(at) } else { "" };
        match token.kind {
            Kind::Word => !matches!(
                word,
                "else" | "on" | "when" | "undo" | "for" | "in" | "as" | "and" | "or"
            ),
            Kind::Text | Kind::Doc => true,
            kind => kind == sign("..."),
        }
    }

    /// Elements between round, square or angle brackets; a comma stands between two.
    pub(super) fn elements(&mut self, close: &'static str, what: &'static str, element: impl Fn(&mut Self) -> Walked) {
        self.bump();
        while self.kind(0) != Kind::End && !self.is(close) {
            if self.is(",") || self.is(";") {
                self.stray_separator(what);
                continue;
            }
            let start = self.pos;
            if let Err(lost) = element(self) {
                self.leave_element(start, lost);
            }
            if self.is(";") {
                self.semicolon_for_comma();
            } else if !self.is(close) && !self.eat(",") {
                self.missing_comma(close, what);
            }
        }
        self.eat(close);
    }

    fn semicolon_for_comma(&mut self) {
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error("E0112", span, "a comma belongs between two elements")
            .at("this is no comma")
            .help("`,`");
        self.tell_fix(diagnostic, span, ",");
        self.bump();
    }

    fn leave_element(&mut self, start: usize, lost: Lost) {
        let mut at = self.pos;
        while at < self.tokens.len() {
            let token = self.token(at);
            if bracket(token.kind) == Bracket::Close || token.kind == sign(",") || token.kind == sign(";") {
                break;
            }
            at = self.behind_group(at);
        }
        self.pos = at;
        let edit = if at > start {
            self.edit(self.span_of(start.min(lost.from), at - 1), lost.with)
        } else {
            self.edit(self.behind(), lost.with)
        };
        self.also(edit);
    }

    /// Two elements without a comma between them, or something that belongs to none.
    fn missing_comma(&mut self, close: &'static str, what: &'static str) {
        if self.begins_operand(0) || self.kind(0) == Kind::Word {
            let help = format!("`{}, {}`", self.shown(self.pos - 1), self.shown(self.pos));
            let before = self.behind();
            let diagnostic = Diagnostic::error(
                "E0112",
                self.span(self.pos),
                format!("a comma is missing before {}", self.named(self.pos)),
            )
            .at(format!("{what} begins here"))
            .help(help);
            self.tell_fix(diagnostic, before, ",");
            return;
        }
        let lost = self.expected(&format!("`,` or `{close}`"));
        let start = self.pos;
        self.leave_element(
            start,
            Lost {
                with: Cow::Borrowed(" "),
                ..lost
            },
        );
    }
}
