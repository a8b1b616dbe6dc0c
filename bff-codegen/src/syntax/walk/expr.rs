//! Expressions, and what JavaScript, Python and templates write in their place.

use super::words;
use super::{HOLE, MAX_CHAIN, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::region::{Bracket, bracket};
use crate::syntax::scan::{Kind, sign};

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
}
