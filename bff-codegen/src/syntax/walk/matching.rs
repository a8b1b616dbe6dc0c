//! `match` and its arms.

use super::{HOLE, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::region::{Bracket, bracket};
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    /// `match (value) { A => x }`
    pub(super) fn matching(&mut self) -> Walked {
        self.bump();
        if self.is("(") {
            self.paren()?;
        } else {
            self.bare_match()?;
        }
        if !self.is("{") {
            return Err(self.expected("the arms of `match` in `{ }`"));
        }
        self.some_braces("an arm", "this `match` has no arms", Self::arm);
        Ok(())
    }

    /// `match value {`, without parentheses.
    fn bare_match(&mut self) -> Walked {
        let start = self.pos;
        let mut at = start;
        while self.token(at).kind != sign("{")
            && self.token(at).kind != Kind::End
            && bracket(self.token(at).kind) != Bracket::Close
            && (at == start || !self.token(at).first)
        {
            at = self.behind_group(at);
        }
        if at == start || self.token(at).kind != sign("{") {
            return Err(self.expected("the value of `match` in `( )`"));
        }
        let span = self.span_of(start, at - 1);
        let value = self.source(span).to_owned();
        let diagnostic = Diagnostic::error("E0103", span, "the value of `match` goes in parentheses")
            .at("otherwise `{` begins a shape over it")
            .help(format!("`match ({value}) {{`"))
            .fix(span, format!("({value})"));
        let behind = Span::new(self.file, span.end as usize, span.end as usize);
        let before = Span::new(self.file, span.start as usize, span.start as usize);
        let edits = vec![self.edit(before, "("), self.edit(behind, ")")];
        self.tell(diagnostic, edits);
        self.pos = at;
        Ok(())
    }

    fn arm(&mut self) -> Walked {
        let start = self.pos;
        let walked = self.arm_parts();
        walked.map_err(|lost| {
            if lost.from > start && lost.with == HOLE && self.token(lost.from - 1).kind == sign("=>") {
                lost
            } else {
                self.lost(start, "")
            }
        })
    }

    fn arm_parts(&mut self) -> Walked {
        if self.is_word("case") && self.same_line(1) && matches!(self.kind(1), Kind::Word | Kind::Text | Kind::Number) {
            self.foreign_case();
        }
        self.pattern()?;
        while self.eat("|") {
            self.pattern()?;
        }
        if self.is(",") && matches!(self.kind(1), Kind::Word | Kind::Text | Kind::Number) && self.same_line(1) {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0112", span, "several values of one arm stand between `|`")
                .at("a comma ends the arm")
                .help("`A | B => …`");
            self.tell_fix(diagnostic, span, "|");
            self.bump();
            self.pattern()?;
        }
        if !self.eat("=>") {
            self.arrow("=>", "between a pattern and its value")?;
        }
        self.expr()
    }

    fn foreign_case(&mut self) {
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error("E0113", span, "an arm begins with its value")
            .at("there is no `case`")
            .help("`VALUE => …`");
        let edit = self.edit(span, " ");
        self.tell(diagnostic.fix(span, ""), vec![edit]);
        self.bump();
    }

    fn pattern(&mut self) -> Walked {
        match self.kind(0) {
            Kind::Word => {
                self.bump();
                if self.eat_word("as") {
                    self.name("a name for the variant")?;
                }
                if self.is(".") && self.kind(1) == Kind::Word {
                    let span = self.span_of(self.pos - 1, self.pos + 1);
                    let right = self.word(1).to_owned();
                    let diagnostic = Diagnostic::error("E0104", span, "a value of an enum stands alone")
                        .at("its type is known here")
                        .help(format!("`{right}`"));
                    self.tell_fix(diagnostic, span, right);
                    self.pos += 2;
                }
                Ok(())
            }
            Kind::Text => {
                self.bump();
                Ok(())
            }
            Kind::Number => {
                self.scalar();
                Ok(())
            }
            kind if kind == sign("-") && self.kind(1) == Kind::Number => {
                self.bump();
                self.scalar();
                Ok(())
            }
            _ => Err(self.expected("a value of the enum, a text, a number or `_`")),
        }
    }
}
