//! Types and fields, and how TypeScript, GraphQL and Go write them.

use super::{HOLE, Lost, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    /// `{ fields }`
    pub(super) fn fields(&mut self) {
        self.braces("a field", Self::field);
    }

    /// `(fields)`
    pub(super) fn params(&mut self) {
        self.elements(")", "a parameter", |walk| {
            let start = walk.pos;
            walk.field().map_err(|lost| {
                if lost.with.contains(':') {
                    lost
                } else {
                    walk.lost(start, format!("_: {HOLE}"))
                }
            })
        });
    }

    pub(super) fn field(&mut self) -> Walked {
        while self.kind(0) == Kind::Doc {
            self.bump();
        }
        let start = self.pos;
        match self.kind(0) {
            Kind::Word => {
                self.bump();
                self.dashed_name("the name of a field");
            }
            Kind::Text if self.kind(1) == Kind::Word && !self.same_line(1) => return Err(self.description()),
            Kind::Text => self.quoted_name("the name of a field"),
            kind if kind == sign("@") => return Err(self.stray_note()),
            kind if kind == sign("...") => {
                let lost = self.expected("a field (types are not spread)");
                return Err(self.lost(lost.from, " "));
            }
            _ => {
                let lost = self.expected("a field name");
                return Err(self.lost(lost.from, " "));
            }
        }
        self.eat("?");
        if self.is("(") {
            self.arguments_of_field(start)?;
        }
        if self.is("{") {
            let lost = self.inline_record();
            return Err(Lost {
                with: format!(": {HOLE}").into(),
                ..lost
            });
        }
        self.field_colon(start)?;
        let ty = self.pos;
        if !(self.begins_operand(0) && self.same_line(0) || self.looks_like_type()) {
            return Err(self.no_type(start));
        }
        self.ty().map_err(|lost| self.lost(lost.from.max(ty), HOLE))?;
        self.field_rest()
    }

    /// A text above a field: documentation in GraphQL.
    fn description(&mut self) -> super::Lost {
        let start = self.pos;
        let text = self.source(self.span(start)).trim_matches('"').to_owned();
        let right = format!("/// {text}");
        let diagnostic = Diagnostic::error("E0109", self.span(start), "documentation stands behind `///`")
            .at("a text documents nothing")
            .help(format!("`{right}`"))
            .fix(self.span(start), right);
        self.tell(diagnostic, Vec::new());
        self.bump();
        self.passed(start)
    }

    /// `name(first: Int): T`, or a selection that GraphQL would send.
    fn arguments_of_field(&mut self, start: usize) -> Walked {
        let name = self.text_at(start).to_owned();
        let behind = self.behind_group(self.pos);
        let span = self.span_of(self.pos, behind - 1);
        let diagnostic = Diagnostic::error("E0128", span, format!("the field `{name}` takes no arguments"))
            .at("data is fetched by calls")
            .help(format!("in a route: `call {name} = upstream.operation(…)`"));
        self.pos = behind;
        if self.is("{") {
            self.pos = self.behind_group(self.pos);
            self.tell(diagnostic, Vec::new());
            return Err(self.passed(start));
        }
        let edit = self.edit(span, " ");
        self.tell(diagnostic, vec![edit]);
        Ok(())
    }

    fn field_colon(&mut self, start: usize) -> Walked {
        if self.eat(":") {
            return Ok(());
        }
        if ["=", "=>", "->", ":=", "::"].iter().any(|it| self.is(it)) {
            return self.arrow_for_colon(start);
        }
        let name = self.text_at(start).trim_matches('"').to_owned();
        if self.same_line(0) && (self.kind(0) == Kind::Word || self.is("[")) && !self.next_is(1, ":") {
            let before = self.behind();
            let diagnostic = Diagnostic::error(
                "E0110",
                self.span(self.pos),
                format!("`:` is missing between `{name}` and its type"),
            )
            .at("the type begins here")
            .because(self.span(start), "the field")
            .help(format!("`{name}: {}`", self.text_at(self.pos)));
            self.tell_fix(diagnostic, before, ":");
            return Ok(());
        }
        Err(self.no_type(start))
    }

    /// Whether a type stands on the next line, behind the colon.
    fn looks_like_type(&self) -> bool {
        self.is("[") || self.kind(0) == Kind::Word && !self.next_is(1, ":") && !self.next_is(1, "?")
    }

    fn no_type(&mut self, start: usize) -> super::Lost {
        let name = self.text_at(start).trim_matches('"').to_owned();
        let span = self.span_of(start, self.written_before());
        let diagnostic = Diagnostic::error("E0104", span, format!("the field `{name}` has no type"))
            .at("expected a type behind this")
            .help(format!("`{name}: String`"));
        self.tell(diagnostic, Vec::new());
        self.lost(start, format!("{name}: {HOLE}"))
    }

    /// What may follow the type of a field.
    fn field_rest(&mut self) -> Walked {
        if self.is(":=") || self.is("=>") || self.is("->") {
            self.arrow("=", "before a default")?;
            self.expr()?;
        } else if self.eat("=") {
            self.expr()?;
        }
        let another = self.next_is(1, ":") || self.next_is(1, "?");
        let word = self.word(0);
        let value = matches!(self.kind(0), Kind::Number | Kind::Text)
            || matches!(word, "true" | "false" | "null")
            || word.starts_with(|c: char| c.is_ascii_uppercase());
        if self.same_line(0) && value && !another {
            let before = self.behind();
            let diagnostic = Diagnostic::error("E0110", self.span(self.pos), "`=` is missing before the default")
                .at("the default begins here")
                .help("`name: Type = value`");
            self.tell_fix(diagnostic, before, " =");
            self.expr()?;
        }
        if self.is_word("from") && !self.next_is(1, ":") {
            self.bump();
            if self.kind(0) == Kind::Text {
                self.bump();
            } else {
                let lost = self.expected("the name on the wire, as a text");
                return Err(self.lost(lost.from - 1, " "));
            }
        }
        if self.is_word("default") && self.same_line(0) && self.begins_operand(1) && !self.next_is(1, ":") {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0113", span, "a default stands behind `=`")
                .at("there is no `default`")
                .help("`=`");
            self.tell_fix(diagnostic, span, "=");
            self.bump();
            self.expr()?;
        }
        self.notes()
    }

    pub(super) fn ty(&mut self) -> Walked {
        let start = self.pos;
        match self.kind(0) {
            kind if kind == sign("[") => self.list_type()?,
            Kind::Word => self.named_type()?,
            kind if kind == sign("{") => return Err(self.inline_record()),
            Kind::Text => return Err(self.literal_type()),
            _ => return Err(self.expected("a type")),
        }
        self.array_suffix(start);
        if self.is("(") {
            self.constraint();
        }
        self.type_suffix(start);
        Ok(())
    }

    fn list_type(&mut self) -> Walked {
        let open = self.pos;
        if self.next_is(1, "]") {
            let span = self.span_of(open, open + 1);
            let prefix = self.kind(2) == Kind::Word;
            let element = if prefix {
                self.text_at(open + 2).to_owned()
            } else {
                "T".to_owned()
            };
            let diagnostic = Diagnostic::error("E0131", span, "a list type has its element between the brackets")
                .at("nothing stands between them")
                .help(format!("`[{element}]`"));
            let edits = vec![self.edit(
                self.span_of(open, open + if prefix { 2 } else { 1 }),
                format!("[{}]", if prefix { element.as_str() } else { HOLE }),
            )];
            self.tell(diagnostic, edits);
            self.pos += if prefix { 3 } else { 2 };
            return Ok(());
        }
        self.bump();
        let inside = self.pos;
        let walked = match self.ty() {
            Ok(()) if !self.is("]") && self.kind(0) != Kind::End => Err(self.expected("`]`")),
            other => other,
        };
        if walked.is_err() {
            let end = self.behind_group(open) - 1;
            if end > inside {
                let edit = self.edit(self.span_of(inside, end - 1), HOLE);
                self.also(edit);
            }
            self.pos = end;
        }
        self.eat("]");
        Ok(())
    }

    fn named_type(&mut self) -> Walked {
        self.bump();
        if self.is(".") {
            self.bump();
            if self.kind(0) != Kind::Word {
                return Err(self.expected("the name of a type"));
            }
            self.bump();
        }
        if self.is("<") {
            self.type_arguments();
        }
        Ok(())
    }

    /// `<A, B>`; angle brackets are no brackets elsewhere, so the end is looked for here.
    fn type_arguments(&mut self) {
        self.bump();
        let mut read = true;
        while read && !self.is(">") {
            read = self.ty().is_ok() && self.eat(",");
        }
        if !self.is(">") {
            if self.found.last().is_none_or(|it| it.at < self.behind().start as usize) {
                let _ = self.expected("`>`");
            }
            let edit = self.edit(self.behind(), ">");
            self.also(edit);
        }
        self.eat(">");
    }

    /// `String[]`, `String!`, `String | null`
    fn array_suffix(&mut self, start: usize) {
        while self.is("[") && self.next_is(1, "]") && self.adjacent(0) {
            let span = self.span_of(start, self.pos + 1);
            let element = self.source(self.span_of(start, self.pos - 1)).to_owned();
            let right = format!("[{element}]");
            let diagnostic = Diagnostic::error("E0131", span, format!("a list of `{element}` is written `{right}`"))
                .at("the brackets stand around the element")
                .help(format!("`{right}`"));
            self.tell_fix(diagnostic, span, right);
            self.pos += 2;
        }
    }

    fn type_suffix(&mut self, start: usize) {
        self.eat("?");
        if self.is("!") && self.adjacent(0) {
            let span = self.span(self.pos);
            let ty = self.source(self.span_of(start, self.pos - 1)).replace('!', "");
            let diagnostic = Diagnostic::error("E0120", span, format!("`{ty}` is never null as it is"))
                .at("`!` says nothing here")
                .help(format!("`{ty}`; what may be null is `{ty}?`"));
            let edit = self.edit(span, " ");
            self.tell(diagnostic.fix(span, ""), vec![edit]);
            self.bump();
        }
        if self.is("|") {
            self.union_type(start);
        }
    }

    fn union_type(&mut self, start: usize) {
        let bar = self.pos;
        let ty = self.source(self.span_of(start, bar - 1)).to_owned();
        if matches!(self.word(1), "null" | "undefined" | "nil" | "None") {
            let span = self.span_of(bar, bar + 1);
            let diagnostic = Diagnostic::error("E0120", span, "a type that may be null is written with `?`")
                .at("there are no types of several kinds")
                .help(format!("`{ty}?`"));
            self.tell_fix(diagnostic, span, "?");
            self.pos += 2;
            return;
        }
        let mut at = bar;
        while self.token(at).kind == sign("|") && matches!(self.token(at + 1).kind, Kind::Word | Kind::Text) {
            at += 2;
        }
        let diagnostic = Diagnostic::error("E0131", self.span(bar), "a type of several kinds has a name")
            .at("`|` joins no types")
            .help("texts: `enum Name { A = \"a\", B = \"b\" }`; records: `union Name on \"type\" { A, B }`");
        let edit = self.edit(self.span_of(start, at.max(bar + 1) - 1), HOLE);
        self.tell(diagnostic, vec![edit]);
        self.pos = at.max(bar + 1);
    }

    fn inline_record(&mut self) -> super::Lost {
        let start = self.pos;
        let diagnostic = Diagnostic::error("E0131", self.span(start), "a record type has a name of its own")
            .at("a type cannot be written in place")
            .help("declare it: `type Name { … }`, and write `Name` here");
        self.tell(diagnostic, Vec::new());
        self.pos = self.behind_group(start);
        Lost {
            exact: true,
            ..self.lost(start, HOLE)
        }
    }

    fn literal_type(&mut self) -> super::Lost {
        let start = self.pos;
        while self.kind(0) == Kind::Text || self.is("|") {
            self.bump();
        }
        let span = self.span_of(start, self.pos - 1);
        let diagnostic = Diagnostic::error("E0131", span, "a text is no type")
            .at("values that a field can have are an enum")
            .help("declare it: `enum Name { A = \"a\", B = \"b\" }`, and write `Name` here");
        self.tell(diagnostic, Vec::new());
        self.lost(start, HOLE)
    }

    /// `(1..20)`, `("^re$")`, `(1..20, "^re$")`
    fn constraint(&mut self) {
        let open = self.pos;
        let behind = self.behind_group(open);
        self.bump();
        if self.kind(0) == Kind::Text && self.next_is(1, ")") {
            self.pos = behind;
            return;
        }
        let range = self.constraint_range();
        let pattern = self.is(")") || self.is(",") && (self.kind(1) == Kind::Text || self.next_is(1, ")"));
        if !(range && pattern) {
            let span = Span::new(
                self.file,
                self.token(open).end as usize,
                self.token(behind - 1).start as usize,
            );
            let diagnostic = Diagnostic::error("E0132", span, "a constraint is a range, a pattern, or both")
                .at("this is neither")
                .help("`Int(1..20)`, `String(..500)`, `String(\"^[a-z]+$\")` or `String(1..20, \"^[a-z]+$\")`");
            let edit = self.edit(self.span_of(open, behind - 1), " ");
            self.tell(diagnostic, vec![edit]);
        }
        self.pos = behind;
    }

    fn constraint_range(&mut self) -> bool {
        let bound = |walk: &mut Self| {
            let negative = walk.is("-") && walk.kind(1) == Kind::Number;
            walk.pos += usize::from(negative);
            let there = walk.kind(0) == Kind::Number;
            if there {
                walk.scalar();
            }
            there
        };
        let start = bound(self);
        let dots = self.eat("..");
        let end = dots && bound(self);
        dots && (start || end)
    }
}
