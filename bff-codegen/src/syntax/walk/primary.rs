//! What an expression is made of: names, texts, parentheses.

use super::words;
use super::{HOLE, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::region::{Bracket, bracket};
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    /// Takes the closing bracket of a group with one expression; what does not belong there is left out.
    pub(super) fn end_group(&mut self, close: &'static str, open: usize, inside: usize, walked: Walked) {
        let walked = match walked {
            Ok(()) if !self.is(close) && self.kind(0) != Kind::End => Err(self.expected(&format!("`{close}`"))),
            other => other,
        };
        if let Err(lost) = walked {
            let end = self.behind_group(open) - 1;
            if end > inside {
                let edit = self.edit(self.span_of(inside, end - 1), HOLE);
                self.also(edit);
            } else {
                let edit = self.edit(self.behind(), lost.with);
                self.also(edit);
            }
            self.pos = end;
        }
        self.eat(close);
    }

    pub(super) fn primary(&mut self) -> Walked {
        match self.kind(0) {
            Kind::Word => self.word_operand(),
            Kind::Number => self.number(),
            Kind::Text | Kind::Path => {
                self.bump();
                Ok(())
            }
            Kind::TextOpen => {
                self.interpolated();
                Ok(())
            }
            kind if kind == sign("(") => self.paren(),
            kind if kind == sign("[") => {
                self.elements("]", "an element", Self::element);
                Ok(())
            }
            kind if kind == sign("{") => {
                self.shape();
                Ok(())
            }
            kind if kind == sign(".") => self.subject(),
            kind if kind == sign("..") => {
                self.bump();
                if self.kind(0) == Kind::Number {
                    self.number()
                } else {
                    Err(self.expected("the end of the range"))
                }
            }
            kind if kind == sign("...") => {
                let diagnostic = Diagnostic::error("E0104", self.span(self.pos), "`...` stands only in `{ }`")
                    .at("it takes over the fields of a value there")
                    .help("`{ ...value }`");
                self.tell(diagnostic, Vec::new());
                Err(self.lost(self.pos, HOLE))
            }
            _ => Err(self.expected("a value")),
        }
    }

    /// An element of a list; a `...` at its end, as in what a test expects.
    fn element(&mut self) -> Walked {
        if self.is("...") && self.next_is(1, "]") {
            self.bump();
            return Ok(());
        }
        self.expr()
    }

    fn subject(&mut self) -> Walked {
        self.bump();
        match self.kind(0) {
            Kind::Word | Kind::Text => {
                self.bump();
                Ok(())
            }
            Kind::Number if self.adjacent(0) => {
                let span = self.span_of(self.pos - 1, self.pos);
                let right = format!("0{}", self.source(span));
                let diagnostic = Diagnostic::error("E0125", span, "a number begins with a digit")
                    .at("no digit stands before the point")
                    .help(format!("`{right}`"));
                self.tell_fix(diagnostic, span, right);
                self.bump();
                Ok(())
            }
            kind if kind == sign("[") => {
                let span = self.span_of(self.pos - 1, self.pos - 1);
                let diagnostic =
                    Diagnostic::error("E0104", span, "the value around is called `it` where no field follows")
                        .at("expected the name of a field")
                        .help("`it[…]`");
                self.tell_fix(diagnostic, span, "it");
                Ok(())
            }
            _ => Err(self.expected("the name of a field")),
        }
    }

    fn word_operand(&mut self) -> Walked {
        match self.word(0) {
            "match" => self.matching(),
            _ if self.has_arms() => {
                let span = self.span(self.pos);
                let name = self.text_at(self.pos).to_owned();
                let diagnostic = Diagnostic::error(
                    "E0104",
                    span,
                    format!("arms with `=>` belong to `match`, not to `{name}`"),
                )
                .at("expected `match`")
                .help("`match (value) { A => x, _ => y }`");
                self.tell_fix(diagnostic, span, "match");
                self.matching()
            }
            "if" if self.next_is(1, "(") || self.begins_operand(1) && self.same_line(1) => Err(self.if_else()),
            "switch" | "case" if self.begins_operand(1) && self.same_line(1) => {
                Err(self.foreign("there is no `switch`", "`match (value) { A => x, _ => y }`"))
            }
            "function" | "lambda" | "func" | "fn" if self.begins_operand(1) => Err(self.foreign(
                "functions are not written here",
                "an element method takes an expression over each element: `list.filter(.stock > 0)`",
            )),
            word if words::is_reserved(word) && !matches!(word, "true" | "false" | "null") => {
                Err(self.reserved_operand())
            }
            _ if matches!(self.kind(1), Kind::Text | Kind::TextOpen) && self.adjacent(1) => {
                let span = self.span(self.pos);
                let diagnostic = Diagnostic::error("E0113", span, "a text has no letter before its quotes")
                    .at("`${…}` and escapes work in every text")
                    .help("remove it");
                let edit = self.edit(span, " ");
                self.tell(diagnostic.fix(span, ""), vec![edit]);
                self.bump();
                self.primary()
            }
            _ if self.next_is(1, "=>") || self.next_is(1, "->") => Err(self.lambda()),
            _ if self.kind(1) == Kind::Path && self.adjacent(1) => {
                self.rootless_path(self.pos);
                Ok(())
            }
            _ => {
                self.bump();
                Ok(())
            }
        }
    }

    /// A path that begins without `/`; its first part and the rest are two tokens.
    pub(super) fn rootless_path(&mut self, start: usize) {
        self.pos = start + 1;
        while matches!(self.kind(0), Kind::Path | Kind::Word) && self.adjacent(0) || self.is("-") && self.adjacent(0) {
            self.bump();
        }
        let span = self.span_of(start, self.pos - 1);
        let right = format!("/{}", self.source(span));
        let before = Span::new(self.file, span.start as usize, span.start as usize);
        let diagnostic = Diagnostic::error("E0104", span, "a path begins with `/`")
            .at("expected `/`")
            .help(format!("`{right}`"));
        self.tell_fix(diagnostic, before, "/");
    }

    /// Whether `word (…) { pattern => …` stands here.
    fn has_arms(&self) -> bool {
        if !self.next_is(1, "(") {
            return false;
        }
        let brace = self.behind_group(self.pos + 1);
        self.token(brace).kind == sign("{") && [sign("=>"), sign("|")].contains(&self.token(brace + 2).kind)
    }

    /// A word of the language where a value should stand: the value was forgotten, or a name is badly chosen.
    fn reserved_operand(&mut self) -> super::Lost {
        if self.here().first
            || self.begins_item(self.pos)
            || matches!(self.word(0), "else" | "when" | "on" | "undo" | "for")
        {
            let before = self.span(self.pos - 1);
            let name = self.named(self.pos - 1);
            let diagnostic = Diagnostic::error("E0104", before, format!("a value is missing after {name}"))
                .at("expected a value after this");
            self.tell(diagnostic, Vec::new());
            return self.lost(self.pos, HOLE);
        }
        self.reserved("a value")
    }

    pub(super) fn if_else(&mut self) -> super::Lost {
        let question = "`condition ? value : other`; on a call or entry `… when condition`";
        self.foreign("there is no `if`", question)
    }

    fn foreign(&mut self, message: &str, help: &str) -> super::Lost {
        let diagnostic = Diagnostic::error("E0113", self.span(self.pos), message)
            .at("this comes from another language")
            .help(help);
        self.tell(diagnostic, Vec::new());
        self.lost(self.pos, HOLE)
    }

    pub(super) fn lambda(&mut self) -> super::Lost {
        let name = self.word(0).to_owned();
        let arrow = self.pos + 1;
        let body = self.source(Span::new(
            self.file,
            self.token(arrow + 1).start as usize,
            self.token(self.behind_operand(arrow + 1)).start as usize,
        ));
        let body = body.replace(&format!("{name}."), ".");
        let diagnostic = Diagnostic::error("E0113", self.span_of(self.pos, arrow), "functions are not written here")
            .at("the element is the subject: its fields are `.field`, itself it is `it`")
            .help(format!("`{}`", body.trim()));
        self.tell(diagnostic, Vec::new());
        self.lost(self.pos, HOLE)
    }

    /// The end of what belongs to an operand: the next comma or closing bracket.
    fn behind_operand(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.tokens.len()
            && bracket(self.token(at).kind) != Bracket::Close
            && self.token(at).kind != sign(",")
        {
            at = self.behind_group(at);
        }
        at
    }

    pub(super) fn paren(&mut self) -> Walked {
        let open = self.pos;
        let behind = self.behind_group(open);
        if self.token(behind).kind == sign("=>") {
            let diagnostic = Diagnostic::error("E0113", self.span_of(open, behind), "functions are not written here")
                .at("the element is the subject: its fields are `.field`, itself it is `it`")
                .help("`list.filter(.stock > 0)`");
            self.tell(diagnostic, Vec::new());
            self.pos = behind;
            return Err(self.lost(open, HOLE));
        }
        self.bump();
        let inside = self.pos;
        let walked = self.expr();
        self.end_group(")", open, inside, walked);
        Ok(())
    }

    /// The expressions in a text.
    fn interpolated(&mut self) {
        loop {
            self.bump();
            let inside = self.pos;
            let walked = self.expr();
            let ended = matches!(self.kind(0), Kind::TextMid | Kind::TextClose);
            if walked.is_err() || !ended {
                if walked.is_ok() {
                    let _ = self.expected("`}`");
                }
                while !matches!(self.kind(0), Kind::TextMid | Kind::TextClose | Kind::End) {
                    self.pos = self.behind_group(self.pos);
                }
                let edit = if self.pos > inside {
                    self.edit(self.span_of(inside, self.pos - 1), HOLE)
                } else {
                    self.edit(self.behind(), HOLE)
                };
                self.also(edit);
            }
            let goes_on = self.kind(0) == Kind::TextMid;
            if !goes_on {
                self.bump();
                return;
            }
        }
    }
}
