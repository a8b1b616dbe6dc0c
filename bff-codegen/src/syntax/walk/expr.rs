//! Expressions, and what JavaScript, Python and templates write in their place.

use super::words;
use super::{HOLE, MAX_CHAIN, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::region::{Bracket, bracket};
use crate::syntax::scan::{Kind, scalar, sign};

const INFIX: [&str; 12] = ["||", "&&", "==", "!=", "<=", ">=", "??", "<", ">", "+", "-", "*"];

impl Walk<'_> {
    pub(super) fn expr(&mut self) -> Walked {
        let start = self.pos;
        if self.depth >= MAX_CHAIN {
            let diagnostic = Diagnostic::error("E0118", self.span(self.pos), "this expression is too long")
                .at(format!("more than {MAX_CHAIN} steps deep"))
                .help("give parts of it names of their own: `let part = …`");
            self.tell(diagnostic, Vec::new());
            return Err(self.lost(start, HOLE));
        }
        if self.here().first && start > 0 && self.token(start - 1).kind == sign("=") && self.looks_like_key() {
            return Err(self.expected("a value"));
        }
        self.depth += 1;
        let walked = self.operators();
        self.depth -= 1;
        walked.map_err(|lost| self.lost(start, if lost.with.is_empty() { HOLE.into() } else { lost.with }))
    }

    fn operators(&mut self) -> Walked {
        self.operand()?;
        while self.infix()? {
            self.operand()?;
        }
        if self.is_word("if") && self.same_line(0) && self.chooses() {
            return Err(self.if_else());
        }
        if !self.is("?") {
            return Ok(());
        }
        let question = self.pos;
        self.bump();
        self.expr()?;
        if !self.eat(":") {
            let diagnostic = Diagnostic::error("E0104", self.span(question), "`?` needs a value for both cases")
                .at("the part behind `:` is missing")
                .help("`condition ? value : other`");
            self.tell(diagnostic, Vec::new());
            return Err(self.lost(question, HOLE));
        }
        self.expr()
    }

    /// Whether `else` follows an `if` behind a value, on its line.
    fn chooses(&self) -> bool {
        let mut at = self.pos + 1;
        while self.token(at).kind != sign(",")
            && !self.token(at).first
            && bracket(self.token(at).kind) != Bracket::Close
        {
            if self.text_at(at) == "else" {
                return true;
            }
            at = self.behind_group(at);
        }
        false
    }

    /// Takes an operator between two operands, or what is written for one elsewhere.
    fn infix(&mut self) -> Result<bool, super::Lost> {
        if INFIX.iter().any(|it| self.is(it)) || self.is("/") || self.is_word("in") {
            self.bump();
            return Ok(true);
        }
        let right = match self.word(0) {
            "and" if self.joins_operands() => "&&",
            "or" if self.joins_operands() => "||",
            "is" | "eq" | "equals" if self.joins_operands() => "==",
            "" if self.is("=") => "==",
            "" if self.is("|") && self.begins_operand(1) => "||",
            "" if self.is("%") && self.begins_operand(1) && self.same_line(1) => return Err(self.modulo()),
            _ => return Ok(false),
        };
        let span = self.span(self.pos);
        let written = self.source(span).to_owned();
        let at = if right == "==" {
            "two values are compared here"
        } else {
            "two conditions are joined here"
        };
        let diagnostic = Diagnostic::error("E0111", span, format!("`{written}` is written `{right}` here"))
            .at(at)
            .help(format!("`{right}`"));
        self.tell_fix(diagnostic, span, right);
        self.bump();
        Ok(true)
    }

    /// Whether a word stands between two operands and is no entry of its own.
    fn joins_operands(&self) -> bool {
        self.same_line(0) && self.same_line(1) && self.begins_operand(1) && !self.next_is(2, ":")
    }

    fn modulo(&mut self) -> super::Lost {
        let diagnostic = Diagnostic::error("E0111", self.span(self.pos), "there is no `%` between numbers")
            .at("the rest of a division is a method")
            .help("`a.mod(b)`");
        self.tell(diagnostic, Vec::new());
        self.lost(self.pos, HOLE)
    }

    /// Whether a token can begin an operand.
    pub(super) fn begins_operand(&self, ahead: usize) -> bool {
        match self.kind(ahead) {
            Kind::Word => words::begins_operand(self.word(ahead)),
            Kind::Number | Kind::Text | Kind::TextOpen | Kind::Path => true,
            kind => ["(", "[", "{", ".", "!", "-", ".."].iter().any(|it| kind == sign(it)),
        }
    }

    fn operand(&mut self) -> Walked {
        loop {
            if self.is("-") && self.here().first {
                return Err(self.dashed_list());
            }
            if self.is("!") || self.is("-") {
                self.bump();
                continue;
            }
            let word = self.word(0);
            if !matches!(word, "not" | "await" | "new")
                || !self.joins_operands()
                || self.next_is(1, "(") && word != "not"
            {
                break;
            }
            self.foreign_prefix(word);
        }
        match self.word(0) {
            "fail" => self.fail(),
            "call" => {
                self.bump();
                self.invoke()
            }
            _ => self.postfix(),
        }
    }

    fn foreign_prefix(&mut self, word: &str) {
        let span = self.span(self.pos);
        if word == "not" {
            let diagnostic = Diagnostic::error("E0111", span, "`not` is written `!` here")
                .at("a condition is turned round")
                .help("`!`");
            let whole = Span::new(self.file, span.start as usize, self.token(self.pos + 1).start as usize);
            self.tell_fix(diagnostic, whole, "!");
        } else {
            let diagnostic = Diagnostic::error("E0113", span, format!("there is no `{word}`"))
                .at(if word == "await" {
                    "what is read is waited for by itself"
                } else {
                    "values are written as they are"
                })
                .help("remove it");
            let edit = self.edit(span, " ");
            self.tell(diagnostic.fix(span, ""), vec![edit]);
        }
        self.bump();
    }

    /// `- a` on lines of their own: a list in YAML.
    pub(super) fn dashed_list(&mut self) -> super::Lost {
        let diagnostic = Diagnostic::error(
            "E0121",
            self.span(self.pos),
            "a list stands in `[` and `]`, its elements between commas",
        )
        .at("`-` begins no element")
        .help("`[a, b]`");
        self.tell(diagnostic, Vec::new());
        let (start, indent) = (self.pos, self.here().indent);
        while !matches!(bracket(self.kind(0)), Bracket::Close)
            && self.kind(0) != Kind::End
            && !(self.here().first && self.here().indent < indent)
            && !(self.here().first && self.here().indent == indent && !self.is("-"))
        {
            self.pos = self.behind_group(self.pos);
        }
        self.lost(start, HOLE)
    }

    /// `fail 409 "code" { … }`
    fn fail(&mut self) -> Walked {
        self.bump();
        match self.kind(0) {
            Kind::Word if self.same_line(0) => self.bump(),
            Kind::Number if self.is_status(0) => self.bump(),
            _ => return Err(self.expected("a status such as `404`")),
        }
        if self.is(",") && self.kind(1) == Kind::Text {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error(
                "E0112",
                span,
                "no comma stands between the status and the code of `fail`",
            )
            .at("the code follows the status")
            .help("`fail 409 \"code\"`");
            let edit = self.edit(span, " ");
            self.tell(diagnostic.fix(span, ""), vec![edit]);
            self.bump();
        }
        if self.kind(0) == Kind::Text {
            self.bump();
        }
        if self.is("{") {
            self.shape();
        }
        Ok(())
    }

    pub(super) fn is_status(&self, ahead: usize) -> bool {
        let text = self.text_at(self.pos + ahead);
        self.kind(ahead) == Kind::Number
            && text.len() == 3
            && (text.ends_with("xx") || text.bytes().all(|it| it.is_ascii_digit()))
    }

    pub(super) fn postfix(&mut self) -> Walked {
        self.primary()?;
        loop {
            match self.kind(0) {
                kind if kind == sign(".") || kind == sign("?.") => self.get()?,
                kind if kind == sign("[") => self.index()?,
                kind if kind == sign("(") => self.args(),
                kind if kind == sign("{") => self.shape(),
                kind if kind == sign("!") && self.adjacent(0) && (self.next_is(1, ".") || self.next_is(1, "[")) => {
                    self.non_null()
                }
                kind if kind == sign("::") => self.double_colon(),
                Kind::Word if self.is_word("as") => {
                    self.bump();
                    self.name("a name for the value")?;
                }
                _ => return Ok(()),
            }
        }
    }

    fn get(&mut self) -> Walked {
        self.bump();
        match self.kind(0) {
            Kind::Word if !self.here().first => self.bump(),
            Kind::Text => self.bump(),
            Kind::Word if self.token(self.pos - 1).first => self.bump(),
            _ => return Err(self.expected("the name of a field or method")),
        }
        Ok(())
    }

    fn index(&mut self) -> Walked {
        if self.next_is(1, "]") {
            if !self.adjacent(1) {
                let span = self.span_of(self.pos, self.pos + 1);
                let diagnostic = Diagnostic::error("E0104", span, "`[]` is written together")
                    .at("it means each element of the list")
                    .help("`[]`");
                self.tell_fix(diagnostic, span, "[]");
            }
            self.pos += 2;
            return Ok(());
        }
        let open = self.pos;
        self.bump();
        let inside = self.pos;
        let walked = self.expr();
        self.end_group("]", open, inside, walked);
        Ok(())
    }

    /// Takes the closing bracket of a group with one expression; what does not belong there is left out.
    fn end_group(&mut self, close: &'static str, open: usize, inside: usize, walked: Walked) {
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

    fn non_null(&mut self) {
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error("E0113", span, "nothing says `!` that a value is not null")
            .at("what may be null is passed on or replaced")
            .help("`?.` passes null on, `??` gives another value");
        let edit = self.edit(span, if self.next_is(1, ".") { "?" } else { " " });
        self.tell(diagnostic, vec![edit]);
        self.bump();
    }

    fn double_colon(&mut self) {
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error("E0104", span, "parts of a name are joined by `.`")
            .at("expected `.`")
            .help("`.`");
        self.tell_fix(diagnostic, span, ".");
        self.bump();
        if self.kind(0) == Kind::Word {
            self.bump();
        }
    }

    fn primary(&mut self) -> Walked {
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
                self.elements("]", "an element", Self::expr);
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

    fn if_else(&mut self) -> super::Lost {
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

    fn paren(&mut self) -> Walked {
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

    /// A number, its unit, and a range that it begins.
    pub(super) fn number(&mut self) -> Walked {
        self.scalar();
        if self.is("..") {
            self.bump();
            if self.kind(0) == Kind::Number {
                self.scalar();
            }
        }
        Ok(())
    }

    pub(super) fn scalar(&mut self) {
        let text = self.text_at(self.pos);
        let span = self.span(self.pos);
        if scalar(text) != Some(text.len()) {
            self.bad_number(text, span);
        } else if let Some(unit) = self.unit_apart(text) {
            let whole = self.span_of(self.pos, self.pos + 1);
            let right = format!("{text}{unit}");
            let diagnostic = Diagnostic::error("E0102", whole, "a number and its unit are written together")
                .at("a space stands between them")
                .help(format!("`{right}`"));
            self.tell_fix(diagnostic, whole, right);
            self.bump();
        } else if self.thousands() {
            let whole = self.span_of(self.pos, self.pos + 2);
            let right = format!("{text}_000");
            let diagnostic = Diagnostic::error("E0125", whole, "a number has no commas")
                .at("a comma ends it")
                .help(format!("`{right}`"));
            self.tell_fix(diagnostic, whole, right);
            self.pos += 2;
        }
        self.bump();
    }

    /// Whether `,000` follows: a comma between thousands.
    fn thousands(&self) -> bool {
        self.next_is(1, ",") && self.adjacent(1) && self.adjacent(2) && self.text_at(self.pos + 2) == "000"
    }

    /// The unit that stands behind a number and a space.
    fn unit_apart(&self, number: &str) -> Option<&'static str> {
        if !number.bytes().all(|it| it.is_ascii_digit() || it == b'.' || it == b'_')
            || !self.same_line(1)
            || self.next_is(2, ":")
        {
            return None;
        }
        if self.next_is(1, "%") && !(self.begins_operand(2) && self.same_line(2)) {
            return Some("%");
        }
        words::unit(self.word(1))
    }

    fn bad_number(&mut self, text: &str, span: Span) {
        let digits = text
            .bytes()
            .take_while(|it| it.is_ascii_digit() || matches!(it, b'.' | b'_'))
            .count();
        let (number, unit) = text.split_at(digits);
        if let Some(right) = words::unit(unit) {
            let right = format!("{number}{right}");
            let diagnostic = Diagnostic::error("E0102", span, format!("`{unit}` is no unit"))
                .at("units are `ms` `s` `m` `h` `d`, `KB` `MB` `GB` and `%`")
                .help(format!("`{right}`"));
            return self.tell_fix(diagnostic, span, right);
        }
        let short: String = text.chars().take(30).collect();
        let mut diagnostic = Diagnostic::error("E0125", span, format!("`{short}` is no number"));
        diagnostic = if unit.is_empty() || unit.starts_with('_') || number.matches('.').count() > 1 {
            diagnostic
                .at("expected digits")
                .help("numbers are written `5`, `-1.5` or `10_000`, a text stands in quotes")
        } else {
            diagnostic
                .at("units are `ms` `s` `m` `h` `d`, `KB` `MB` `GB` and `%`")
                .help("a name begins with a letter, a text stands in quotes")
        };
        let edit = self.edit(span, "0");
        self.tell(diagnostic, vec![edit]);
    }

    /// `match (value) { A => x }`
    fn matching(&mut self) -> Walked {
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

    /// Another sign where `right` belongs: it is told and taken for it.
    pub(super) fn arrow(&mut self, right: &'static str, place: &str) -> Walked {
        let wrong = [":", "=", "->", "=>", ":=", "::"].iter().any(|it| self.is(it));
        if !wrong {
            return Err(self.expected(&format!("`{right}`")));
        }
        let span = self.span(self.pos);
        let written = self.source(span).to_owned();
        let (before, after) = (self.shown(self.pos - 1), self.shown(self.pos + 1));
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
