//! What stands in a route.

use super::words;
use super::{HOLE, Walk, Walked};
use crate::diagnostic::{Diagnostic, suggest};
use crate::syntax::region::is_head;
use crate::syntax::scan::{Kind, sign};

/// The words that items begin with.
const ITEMS: [&str; 10] = [
    "query", "header", "cookie", "path", "body", "allow", "call", "let", "respond", "deliver",
];

impl Walk<'_> {
    /// `{ items }`
    pub(super) fn items(&mut self) {
        self.braces("an item of the route", Self::item);
    }

    /// Whether an item of a route begins at a token, wherever it stands.
    pub(super) fn begins_item(&self, at: usize) -> bool {
        let token = self.token(at);
        if token.kind != Kind::Word {
            return false;
        }
        let (next, after) = (self.token(at + 1).kind, self.token(at + 2).kind);
        match self.text_at(at) {
            "call" | "let" => next == Kind::Word && after == sign("="),
            "respond" => token.first && next != sign(":"),
            "deliver" => next == Kind::Word && after == sign("{"),
            "query" | "header" | "cookie" => token.first && next == sign("{"),
            _ => false,
        }
    }

    fn item(&mut self) -> Walked {
        let start = self.pos;
        if self.kind(0) == Kind::Doc {
            self.stray_doc();
            return Ok(());
        }
        match self.word(0) {
            "query" | "header" | "cookie" | "path" | "call" | "let" | "respond" | "deliver" if self.next_is(1, ":") => {
                self.colon_behind_item()
            }
            "query" | "header" | "cookie" | "path" if self.next_is(1, "{") => {
                self.bump();
                self.fields();
                Ok(())
            }
            "body" if self.next_is(1, ":") => {
                self.pos += 2;
                self.ty()
            }
            "allow" if self.next_is(1, ":") => self.allow(),
            "call" if !self.next_is(1, ":") => self.call(),
            "let" if !self.next_is(1, ":") => self.let_item(),
            "respond" if !self.next_is(1, ":") => self.respond(),
            "deliver" if !self.next_is(1, ":") => self.deliver(),
            "op" if self.kind(1) == Kind::Word => {
                Err(self.misplaced("an operation", "an upstream: `upstream name { op … }`"))
            }
            "else" | "on" | "undo" | "when" if !self.next_is(1, ":") => Err(self.loose_arm()),
            "if" | "for" | "while" | "try" | "switch" if !self.next_is(1, ":") => Err(self.statement()),
            word if is_head(self.text, &self.tokens, start, true) => {
                let word = word.to_owned();
                let end = self.behind_declaration();
                self.misplaced(&format!("`{word} …`"), "the file, beside the route");
                self.pos = end;
                Err(self.passed(start))
            }
            word if words::item(word).is_some_and(|_| self.is_foreign_item(word)) => self.foreign_item(word),
            _ if self.kind(0) == Kind::Word
                && (self.next_is(1, "=") || self.next_is(1, ":="))
                && self.looks_like_call(2) =>
            {
                self.bare_call()
            }
            _ => self.route_setting(),
        }
    }

    /// `respond: …`, `query: { … }`
    fn colon_behind_item(&mut self) -> Walked {
        let word = self.word(0).to_owned();
        let span = self.span(self.pos + 1);
        let diagnostic = Diagnostic::error("E0110", span, format!("no `:` stands behind `{word}`"))
            .at("`:` follows the names of settings")
            .help(if matches!(word.as_str(), "call" | "let") {
                format!("`{word} name = …`")
            } else {
                format!("`{word} {{ … }}`")
            });
        let edit = self.edit(span, " ");
        self.tell(diagnostic.fix(span, ""), vec![edit]);
        // The colon is gone from here on.
        self.tokens.remove(self.pos + 1);
        self.item()
    }

    /// Settings of a route, or what was meant to be another item.
    fn route_setting(&mut self) -> Walked {
        let start = self.pos;
        let word = self.word(0);
        let follows = !(self.next_is(1, ":") || self.kind(1) == sign("="));
        if self.kind(0) == Kind::Word
            && follows
            && let Some(right) = suggest::closest(word, ITEMS).filter(|right| *right != word)
        {
            let span = self.span(start);
            let diagnostic = Diagnostic::error("E0104", span, format!("no item of a route is called `{word}`"))
                .at("expected a setting, `call`, `let`, `respond` or inputs")
                .help(format!("did you mean `{right}`?"));
            self.tell_fix(diagnostic, span, right);
            return self.corrected(right);
        }
        self.setting()
    }

    /// Goes on as if `right` stood where the word at hand does.
    fn corrected(&mut self, right: &str) -> Walked {
        match right {
            "call" => self.call(),
            "let" => self.let_item(),
            "respond" => self.respond(),
            "deliver" => self.deliver(),
            "query" | "header" | "cookie" | "path" if self.next_is(1, "{") => {
                self.bump();
                self.fields();
                Ok(())
            }
            _ => Err(self.lost(self.pos, " ")),
        }
    }

    /// Whether another language's word for an item stands as one.
    fn is_foreign_item(&self, word: &str) -> bool {
        let names = self.kind(1) == Kind::Word && (self.next_is(2, "=") || self.next_is(2, ":"));
        match words::item(word) {
            _ if self.next_is(1, ":") || self.next_is(1, "=") => false,
            Some("let" | "call") => names,
            Some("query" | "cookie") => self.next_is(1, "{"),
            _ => true,
        }
    }

    /// Puts another language's word for an item right, and reads the item.
    fn foreign_item(&mut self, word: &str) -> Walked {
        let right = match words::item(word) {
            Some("let") if self.looks_like_call(3) => "call",
            right => right.unwrap_or("let"),
        };
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error("E0113", span, format!("`{word}` is written `{right}` here"))
            .at("this comes from another language")
            .help(format!("`{right}`"));
        self.tell_fix(diagnostic, span, right);
        self.corrected(right)
    }

    fn misplaced(&mut self, what: &str, place: &str) -> super::Lost {
        let start = self.pos;
        let diagnostic = Diagnostic::error("E0122", self.span(start), format!("{what} does not belong here"))
            .at("a route is open here")
            .help(format!("put it into {place}"));
        self.tell(diagnostic, Vec::new());
        self.lost(start, " ")
    }

    fn behind_declaration(&self) -> usize {
        let mut at = self.pos;
        while self.token(at).kind != Kind::End && self.token(at).kind != sign("{") {
            at += 1;
        }
        self.behind_group(at)
    }

    fn loose_arm(&mut self) -> super::Lost {
        let start = self.pos;
        let word = self.word(0).to_owned();
        let help = match word.as_str() {
            "else" => "`call x = upstream.operation(…) else null`",
            "on" => "`call x = upstream.operation(…) on 404 => null`; several `on` stand before `else`",
            "undo" => "`call x = upstream.operation(…) undo upstream.other(…)`, behind `on` and `else`",
            _ => "`call x = upstream.operation(…) when condition`, before `on` and `else`",
        };
        let diagnostic = Diagnostic::error("E0122", self.span(start), format!("`{word}` belongs behind a call"))
            .at("no call that it could belong to ends here")
            .help(help);
        self.tell(diagnostic, Vec::new());
        self.bump();
        self.lost(start, " ")
    }

    fn statement(&mut self) -> super::Lost {
        let start = self.pos;
        let word = self.word(0).to_owned();
        let help = match word.as_str() {
            "for" | "while" => "one call for each element: `call x = upstream.operation(id: k) for k in list`",
            "try" => "what happens when a call fails stands behind it: `call x = … on 404 => … else …`",
            "switch" => "`match (value) { A => x, _ => y }`",
            _ => "`call … when condition`, `respond … when condition`, or in a value `condition ? a : b`",
        };
        let diagnostic = Diagnostic::error("E0113", self.span(start), format!("there is no `{word}`"))
            .at("a route has no steps, only values")
            .help(help);
        self.tell(diagnostic, Vec::new());
        while self.kind(0) != Kind::End && !self.is("{") && !self.is("}") {
            self.pos = self.behind_group(self.pos);
        }
        while self.is("{") || matches!(self.word(0), "else" | "catch" | "finally" | "elif") {
            self.pos = self.behind_group(self.pos);
            while !self.is("{") && self.same_line(0) && self.kind(0) != Kind::End && !self.is("}") {
                self.pos = self.behind_group(self.pos);
            }
        }
        self.passed(start)
    }

    fn allow(&mut self) -> Walked {
        self.pos += 2;
        self.expr()?;
        if self.eat_word("else") {
            if !self.is_status(0) {
                return Err(self.expected("a status such as `404`")).map_err(|lost| self.lost(lost.from - 1, " "));
            }
            self.bump();
        }
        Ok(())
    }

    fn let_item(&mut self) -> Walked {
        let start = self.pos;
        self.bump();
        self.name("a name for the value").map_err(|_| self.lost(start, " "))?;
        let name = self.text_at(start + 1).to_owned();
        self.annotation("`let`");
        if !self.eat("=") {
            self.arrow("=", "between a name and its value")
                .map_err(|_| self.lost(start, format!("let {name} = {HOLE}")))?;
        }
        self.expr()
    }

    fn respond(&mut self) -> Walked {
        self.bump();
        if self.is_status(0) {
            self.bump();
            if self.is(",") && self.begins_operand(1) && self.same_line(1) {
                let span = self.span(self.pos);
                let diagnostic = Diagnostic::error("E0112", span, "no comma stands between the status and the answer")
                    .at("the answer follows the status")
                    .help("`respond 201 { … }`");
                let edit = self.edit(span, " ");
                self.tell(diagnostic.fix(span, ""), vec![edit]);
                self.bump();
            }
        }
        let entry = matches!(self.kind(0), Kind::Word | Kind::Text) && self.next_is(1, ":");
        let ended = matches!(self.word(0), "when" | "headers") && !self.next_is(1, ":");
        let next_item = self.here().first && self.begins_item(self.pos);
        if !(entry || ended || next_item) && self.begins_operand(0) {
            self.expr()?;
        }
        self.guard()?;
        let word = self.word(0);
        let meant = matches!(word, "header" | "with") || suggest::closest(word, ["headers"]).is_some();
        if meant && self.next_is(1, "{") && self.same_line(0) && word != "headers" {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0104", span, "headers of an answer stand behind `headers`")
                .at("expected `headers`")
                .help("`headers`");
            self.tell_fix(diagnostic, span, "headers");
            self.bump();
            self.block();
        } else if word == "headers" && !self.next_is(1, ":") {
            self.bump();
            if !self.is("{") {
                let lost = self.expected("headers in `{ }`");
                return Err(self.lost(lost.from - 1, " "));
            }
            self.block();
        }
        Ok(())
    }

    fn deliver(&mut self) -> Walked {
        let start = self.pos;
        self.bump();
        self.name("a name for what is delivered")
            .map_err(|_| self.lost(start, " "))?;
        if !self.is("{") {
            let _ = self.expected("what is sent, in `{ }`");
            return Err(self.lost(start, " "));
        }
        self.shape();
        if !self.is("{") {
            let before = self.behind();
            let diagnostic = Diagnostic::error(
                "E0104",
                self.span_of(start, start + 1),
                "`deliver` has two blocks: what is sent, and where to",
            )
            .at("the second one is missing")
            .help("`deliver name { … } { to: url }`");
            let edit = self.edit(before, " {}");
            self.tell(diagnostic, vec![edit]);
            return Ok(());
        }
        self.block();
        self.guard()
    }
}
