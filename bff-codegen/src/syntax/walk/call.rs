//! Calls: what is called, and what happens when it fails.

use super::words;
use super::{HOLE, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::scan::{Kind, is_method, sign};

impl Walk<'_> {
    /// Whether `upstream.operation(` stands here.
    pub(super) fn looks_like_call(&self, ahead: usize) -> bool {
        let ahead = ahead + usize::from(matches!(self.word(ahead), "await" | "call"));
        self.kind(ahead) == Kind::Word
            && self.next_is(ahead + 1, ".")
            && self.kind(ahead + 2) == Kind::Word
            && self.next_is(ahead + 3, "(")
    }

    /// `x = upstream.operation(…)` without `call`.
    pub(super) fn bare_call(&mut self) -> Walked {
        let name = self.word(0).to_owned();
        let span = self.span(self.pos);
        let before = Span::new(self.file, span.start as usize, span.start as usize);
        let diagnostic = Diagnostic::error("E0104", span, "what is fetched begins with `call`")
            .at("a name alone begins a setting")
            .help(format!("`call {name} = …`"));
        self.tell_fix(diagnostic, before, "call ");
        if self.next_is(1, ":=") {
            let edit = self.edit(self.span(self.pos + 1), "=");
            self.also(edit);
        }
        self.pos += 2;
        self.call_value(&name)
    }

    /// `: T` between a name and `=`.
    pub(super) fn annotation(&mut self, what: &str) {
        if !self.is(":") {
            return;
        }
        let start = self.pos;
        let mut at = start + 1;
        while self.token(at).kind != sign("=") && self.token(at).kind != Kind::End && !self.token(at).first {
            at = self.behind_group(at);
        }
        if self.token(at).kind != sign("=") || at == start + 1 {
            return;
        }
        let span = self.span_of(start, at - 1);
        let diagnostic = Diagnostic::error("E0127", span, format!("{what} has no type of its own"))
            .at("the type is that of the value")
            .help("remove it");
        let edit = self.edit(span, " ");
        self.tell(diagnostic.fix(span, ""), vec![edit]);
        self.pos = at;
    }

    pub(super) fn call(&mut self) -> Walked {
        let start = self.pos;
        self.bump();
        if self.kind(0) == Kind::Word && (self.next_is(1, ".") || self.next_is(1, "(")) {
            return self.unnamed_call(start);
        }
        self.name("a name for the result").map_err(|_| self.lost(start, " "))?;
        let name = self.text_at(start + 1).to_owned();
        self.annotation("`call`");
        if !self.eat("=") {
            self.arrow("=", "between a name and its call")
                .map_err(|_| self.lost(start, format!("let {name} = {HOLE}")))?;
        }
        self.call_value(&name).map_err(|lost| {
            if lost.from <= start + 3 {
                self.lost(start, format!("let {name} = {HOLE}"))
            } else {
                lost
            }
        })
    }

    fn unnamed_call(&mut self, start: usize) -> Walked {
        let name = if self.next_is(1, ".") {
            self.word(2)
        } else {
            self.word(0)
        };
        let name = if name.is_empty() || words::is_reserved(name) {
            "x"
        } else {
            name
        };
        let diagnostic = Diagnostic::error("E0104", self.span(start), "this call has no name")
            .at("its result would be lost")
            .help(format!("`call {} = …`", name.to_lowercase()));
        self.tell(diagnostic, Vec::new());
        while self.kind(0) == Kind::Word || self.is(".") {
            self.bump();
        }
        if self.is("(") {
            self.args();
        }
        if self.is("{") {
            self.block();
        }
        self.call_rest("")?;
        Err(self.lost(start, " "))
    }

    fn call_value(&mut self, name: &str) -> Walked {
        let start = self.pos;
        let lost = |walk: &Self| walk.lost(start, HOLE);
        if self.is_word("await") || self.is_word("call") || self.is_word("new") {
            let word = self.word(0).to_owned();
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0113", span, format!("no `{word}` stands before what is called"))
                .at("`call` says it already")
                .help("remove it");
            let edit = self.edit(span, " ");
            self.tell(diagnostic.fix(span, ""), vec![edit]);
            self.bump();
        }
        if self.is_word("race") && self.next_is(1, "(") {
            self.race();
        } else {
            self.invoke().map_err(|_| lost(self))?;
        }
        self.call_rest(name)
    }

    /// `upstream.operation(args) { settings }`
    pub(super) fn invoke(&mut self) -> Walked {
        let start = self.pos;
        if self.kind(0) != Kind::Word || words::is_reserved(self.word(0)) {
            return Err(self.expected("`upstream.operation(…)`"));
        }
        if is_method(self.word(0)) && self.kind(1) == Kind::Path {
            let diagnostic = Diagnostic::error(
                "E0104",
                self.span_of(start, start + 1),
                "a call names an operation of an upstream",
            )
            .at("methods and paths stand in the upstream")
            .help("`call x = upstream.operation(…)`");
            self.tell(diagnostic, Vec::new());
            return Err(self.lost(start, HOLE));
        }
        self.bump();
        if self.is("::") || self.is("/") {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0104", span, "upstream and operation are joined by `.`")
                .at("expected `.`")
                .help("`.`");
            self.tell_fix(diagnostic, span, ".");
        } else if !self.is(".") {
            let diagnostic = Diagnostic::error(
                "E0104",
                self.span(start),
                format!(
                    "a call names an upstream and its operation, not `{}` alone",
                    self.text_at(start)
                ),
            )
            .at("expected `upstream.operation(…)`");
            self.tell(diagnostic, Vec::new());
            return Err(self.lost(start, HOLE));
        }
        self.bump();
        if self.kind(0) != Kind::Word || self.begins_item(self.pos) {
            return Err(self.expected("the name of an operation"));
        }
        self.bump();
        if !self.is("(") {
            let operation = self.snippet(self.span_of(start, self.pos - 1));
            let behind = self.behind();
            let diagnostic = Diagnostic::error(
                "E0104",
                self.span_of(start, self.pos - 1),
                "an operation is called with parentheses",
            )
            .at("`(` is missing behind this")
            .help(format!("`{operation}()`"));
            self.tell_fix(diagnostic, behind, "()");
        } else {
            self.args();
        }
        if self.is("{") {
            self.block();
        }
        Ok(())
    }

    fn race(&mut self) {
        self.bump();
        self.elements(")", "a call", |walk| {
            if walk.is_word("stagger") && walk.next_is(1, ":") {
                walk.pos += 2;
                return walk.expr();
            }
            if walk.is_word("call") {
                let span = walk.span(walk.pos);
                let diagnostic = Diagnostic::error("E0113", span, "no `call` stands before what is called")
                    .at("`call` says it already")
                    .help("remove it");
                let edit = walk.edit(span, " ");
                walk.tell(diagnostic.fix(span, ""), vec![edit]);
                walk.bump();
            }
            walk.invoke()
        });
    }

    /// What follows the operation of a call.
    fn call_rest(&mut self, _name: &str) -> Walked {
        if self.is_word("for") && self.kind(1) == Kind::Word {
            self.bump();
            self.name("a name for the element")?;
            if self.is_word("of") || self.is(":") {
                let span = self.span(self.pos);
                let diagnostic = Diagnostic::error("E0113", span, "`in` stands between the element and its list")
                    .at("expected `in`")
                    .help("`in`");
                self.tell_fix(diagnostic, span, "in");
                self.bump();
            } else if !self.eat_word("in") {
                return Err(self.expected("`in` and a list")).map_err(|lost| self.lost(lost.from - 2, " "));
            }
            self.expr()?;
            if self.is_word("key") && self.begins_operand(1) && !self.next_is(1, ":") {
                self.bump();
                self.expr()?;
            }
        }
        self.guard()?;
        while self.is_word("on") && !self.next_is(1, ":") || self.foreign_catch() {
            self.catch()?;
        }
        while self.is_word("else") || self.foreign_else() {
            self.bump();
            if self.is("=>") || self.is(":") || self.is("=") || self.is("->") {
                let span = self.span(self.pos);
                let diagnostic = Diagnostic::error("E0110", span, "nothing stands between `else` and its value")
                    .at("expected a value")
                    .help("`else null`");
                let edit = self.edit(span, " ");
                self.tell(diagnostic.fix(span, ""), vec![edit]);
                self.bump();
            }
            self.expr()?;
        }
        if self.is_word("undo") && !self.next_is(1, ":") {
            let undo = self.pos;
            self.bump();
            if self.is_word("call") {
                let span = self.span(self.pos);
                let diagnostic = Diagnostic::error("E0113", span, "no `call` stands behind `undo`")
                    .at("`undo` says it already")
                    .help("remove it");
                let edit = self.edit(span, " ");
                self.tell(diagnostic.fix(span, ""), vec![edit]);
                self.bump();
            }
            self.invoke().map_err(|_| self.lost(undo, " "))?;
        }
        Ok(())
    }

    /// `catch 404 => …`
    fn foreign_catch(&mut self) -> bool {
        if !matches!(self.word(0), "catch" | "rescue" | "except")
            || self.next_is(1, ":")
            || self.next_is(1, "(")
            || self.next_is(1, "{")
        {
            return false;
        }
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error("E0113", span, "what happens on a failure stands behind `on`")
            .at("this comes from another language")
            .help("`on 404 => …`");
        self.tell_fix(diagnostic, span, "on");
        true
    }

    /// `or null`, `?? null` behind a call.
    fn foreign_else(&mut self) -> bool {
        let sign = self.is("??") || self.is("||");
        if !(sign
            || matches!(self.word(0), "or" | "otherwise" | "fallback" | "default")
                && self.same_line(0)
                && self.begins_operand(1))
        {
            return false;
        }
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error("E0111", span, "the fallback of a call stands behind `else`")
            .at("a call is no value that could be replaced")
            .help("`else`");
        self.tell_fix(diagnostic, span, "else");
        true
    }

    fn catch(&mut self) -> Walked {
        let on = self.pos;
        self.bump();
        loop {
            match self.kind(0) {
                Kind::Number if self.is_status(0) => self.bump(),
                Kind::Word | Kind::Text => self.bump(),
                _ => {
                    let _ = self.expected("a status such as `404` or `5xx`, or a kind of failure");
                    return Err(self.lost(on, " "));
                }
            }
            if self.is("|") {
                let span = self.span(self.pos);
                let diagnostic = Diagnostic::error("E0112", span, "several failures stand between commas")
                    .at("`|` belongs into `match`")
                    .help("`on 404, 410 => …`");
                self.tell_fix(diagnostic, span, ",");
                self.bump();
            } else if !self.eat(",") {
                break;
            }
        }
        if !self.eat("=>") {
            self.arrow("=>", "between a failure and what then holds")
                .map_err(|_| self.lost(on, " "))?;
        }
        self.expr()
    }
}
