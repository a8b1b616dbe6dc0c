//! Entries in braces: of shapes and of blocks of settings.

use super::{Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    /// `{ entries }`
    pub(super) fn shape(&mut self) {
        self.braces("a field", Self::entry);
    }

    fn entry(&mut self) -> Walked {
        while self.kind(0) == Kind::Doc {
            self.bump();
        }
        match self.kind(0) {
            kind if kind == sign("...") => self.spread()?,
            kind if kind == sign("*") => self.star()?,
            Kind::Word | Kind::Text => self.keyed_entry()?,
            _ => return self.no_key(),
        }
        self.notes()
    }

    fn spread(&mut self) -> Walked {
        self.bump();
        if self.adjacent(0) && self.begins_operand(0) {
            self.postfix()
        } else {
            Ok(())
        }
    }

    fn star(&mut self) -> Walked {
        let first = self.token(self.pos - 1).kind == sign("{");
        if !first {
            let diagnostic = Diagnostic::error("E0104", self.span(self.pos), "`*` stands first in its braces")
                .at("something stands before it")
                .help("`{ * except (a), b: … }`");
            let edit = self.edit(self.span(self.pos), " ");
            self.tell(diagnostic, vec![edit]);
        }
        self.bump();
        if !self.eat_word("except") {
            return Ok(());
        }
        if self.is("(") {
            self.elements(")", "a field", Self::key);
            return Ok(());
        }
        let diagnostic = Diagnostic::error("E0104", self.span(self.pos), "what is left out stands in parentheses")
            .at("expected `(`")
            .help("`* except (a, b)`");
        self.tell(diagnostic, Vec::new());
        Err(self.lost(self.pos - 1, " "))
    }

    fn key(&mut self) -> Walked {
        if matches!(self.kind(0), Kind::Word | Kind::Text) {
            self.bump();
            Ok(())
        } else {
            Err(self.expected("the name of a field"))
        }
    }

    fn keyed_entry(&mut self) -> Walked {
        let start = self.pos;
        self.bump();
        if self.token(start).kind == Kind::Word {
            self.dashed_key(start);
        }
        match self.kind(0) {
            kind if kind == sign(":") => {
                self.bump();
                self.value(start)?;
            }
            kind if kind == sign("?") && self.next_is(1, ":") => self.optional_entry(start)?,
            kind if ["=", "=>", "->", ":=", "=="].iter().any(|it| kind == sign(it)) => {
                self.arrow_for_colon(start)?;
                self.value(start)?;
            }
            kind if kind == sign(".") || kind == sign("?.") || kind == sign("[") && self.adjacent(0) => {
                self.unnamed_entry(start)?
            }
            kind if kind == sign("(") => return Err(self.field_with_args(start)),
            Kind::Number | Kind::Path if self.same_line(0) && !self.next_is(1, ":") => {
                self.missing_colon(start);
                self.value(start)?;
            }
            _ => {
                if self.eat_word("as") {
                    self.name("a name for the value")?;
                }
                if self.is("{") {
                    self.shape();
                }
            }
        }
        self.guard()
    }

    /// `name?: value`
    fn optional_entry(&mut self, start: usize) -> Walked {
        let span = self.span(self.pos);
        let name = self.text_at(start).to_owned();
        let diagnostic = Diagnostic::error(
            "E0130",
            span,
            format!("`{name}` of an answer is optional by its condition"),
        )
        .at("`?` belongs to fields of types")
        .help(format!("`{name}: … when condition`"));
        let edit = self.edit(span, " ");
        self.tell(diagnostic, vec![edit]);
        self.pos += 2;
        self.value(start)
    }

    /// `user.name` as an entry: what is computed needs a name.
    fn unnamed_entry(&mut self, start: usize) -> Walked {
        self.pos = start;
        self.expr()?;
        // What begins the next line is another entry.
        let next = (start + 1..self.pos).find(|at| self.token(*at).first);
        self.pos = next.unwrap_or(self.pos);
        let span = self.span_of(start, self.pos - 1);
        let mut at = self.pos - 1;
        while at > start && self.token(at).kind != Kind::Word {
            at -= 1;
        }
        let name = self.text_at(at).to_owned();
        let before = self.edit(
            crate::source::Span::new(self.file, span.start as usize, span.start as usize),
            format!("{name}: "),
        );
        let value = self.snippet(span);
        let diagnostic = Diagnostic::error("E0130", span, "what is computed needs a name")
            .at("the answer would have no name for this")
            .help(format!("`{name}: {value}`"))
            .fix(
                crate::source::Span::new(self.file, span.start as usize, span.start as usize),
                format!("{name}: "),
            );
        self.tell(diagnostic, vec![before]);
        Ok(())
    }

    /// `user(id: 1) { … }`, as GraphQL selects.
    fn field_with_args(&mut self, start: usize) -> super::Lost {
        let name = self.text_at(start).to_owned();
        let span = self.span_of(self.pos, self.behind_group(self.pos) - 1);
        let diagnostic = Diagnostic::error("E0128", span, format!("the field `{name}` takes no arguments"))
            .at("data is fetched by calls")
            .because(self.span(start), "a field is only read")
            .help(format!(
                "above: `call {name} = upstream.operation(…)`, and here `{name} {{ … }}`"
            ));
        self.tell(diagnostic, Vec::new());
        self.pos = self.behind_group(self.pos);
        if self.is("{") {
            self.pos = self.behind_group(self.pos);
        }
        self.passed(start)
    }

    /// Something that begins no entry.
    fn no_key(&mut self) -> Walked {
        let start = self.pos;
        match self.kind(0) {
            kind if kind == sign(".") && self.kind(1) == Kind::Word => {
                let alone = !matches!(self.token(self.pos + 2).kind, kind if kind == sign(".") || kind == sign("?.") || kind == sign("("));
                if !alone {
                    return self.unnamed_entry(start);
                }
                let span = self.span_of(start, start + 1);
                let name = self.word(1).to_owned();
                let dot = self.span(start);
                let diagnostic = Diagnostic::error(
                    "E0130",
                    span,
                    format!("a field that is taken over stands by its name: `{name}`"),
                )
                .at("no `.` before it")
                .help(format!("`{name}`"));
                self.tell_fix(diagnostic, dot, "");
                self.bump();
                self.keyed_entry()?;
                self.notes()
            }
            Kind::Number => {
                let span = self.span(start);
                let right = format!("\"{}\"", self.source(span));
                let diagnostic = Diagnostic::error("E0115", span, "a name that begins with a digit stands in quotes")
                    .at("this is a number")
                    .help(format!("`{right}`"));
                self.tell_fix(diagnostic, span, right);
                self.keyed_entry()?;
                self.notes()
            }
            kind if kind == sign("[") && self.token(self.behind_group(start)).kind == sign(":") => {
                let diagnostic = Diagnostic::error(
                    "E0130",
                    self.span_of(start, self.behind_group(start) - 1),
                    "the names of an answer are fixed",
                )
                .at("a name cannot be computed")
                .help("a map is made by `list.index(.key)`");
                self.tell(diagnostic, Vec::new());
                self.pos = self.behind_group(start);
                Err(self.passed(start))
            }
            kind if kind == sign("-") && self.here().first => {
                let lost = self.dashed_list();
                Err(self.lost(lost.from, " "))
            }
            kind if kind == sign("@") => Err(self.stray_note()),
            Kind::TextOpen => self.unnamed_text(start),
            _ => {
                let lost = self.expected("a field name");
                Err(self.lost(lost.from, " "))
            }
        }
    }

    fn unnamed_text(&mut self, start: usize) -> Walked {
        self.expr()?;
        let diagnostic = Diagnostic::error(
            "E0130",
            self.span_of(start, self.pos - 1),
            "what is computed needs a name",
        )
        .at("the answer would have no name for this")
        .help("`name: \"…\"`");
        self.tell(diagnostic, Vec::new());
        Err(self.lost(start, " "))
    }
}
