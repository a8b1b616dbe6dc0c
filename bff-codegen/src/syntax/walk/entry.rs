//! Entries in braces: of shapes and of blocks of settings.

use super::{HOLE, Walk, Walked};
use crate::diagnostic::{Diagnostic, suggest};
use crate::syntax::region::{Bracket, bracket};
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

    /// Another sign where the colon of an entry belongs.
    pub(super) fn arrow_for_colon(&mut self, key: usize) -> Walked {
        let name = self.text_at(key).to_owned();
        let span = self.span(self.pos);
        let written = self.source(span).to_owned();
        let value = self.shown(self.pos + 1);
        let message = format!("`:` stands between a name and its value, not `{written}`");
        let diagnostic = Diagnostic::error("E0110", span, message)
            .at("expected `:`")
            .help(format!("`{name}: {value}`"));
        self.tell_fix(diagnostic, span, ":");
        self.bump();
        Ok(())
    }

    /// `x-y: …`
    fn dashed_key(&mut self, start: usize) {
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
    fn value(&mut self, key: usize) -> Walked {
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

    // Settings.

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

    fn missing_colon(&mut self, key: usize) {
        let name = self.text_at(key).to_owned();
        let value = if self.is("{") {
            "{ … }".to_owned()
        } else {
            self.shown(self.pos)
        };
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
