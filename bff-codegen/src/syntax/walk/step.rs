//! The steps of a test.

use super::{HOLE, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    /// `{ steps }`
    pub(super) fn steps(&mut self) {
        self.some_braces("a step", "this test has no steps", |walk| {
            let start = walk.pos;
            let step = match walk.word(0) {
                "send" => walk.send(),
                "mock" => walk.mock(),
                "expect" => walk.expect(),
                "" => Err(walk.expected("`send`, `mock` or `expect`")),
                word => {
                    let diagnostic =
                        Diagnostic::error("E0104", walk.span(start), format!("a test has no step `{word}`"))
                            .at("expected `send`, `mock` or `expect`")
                            .help("`mock users.get => { … }`, `send GET /home`, `expect 200 { … }`");
                    walk.tell(diagnostic, Vec::new());
                    Err(walk.lost(start, " "))
                }
            };
            step.map_err(|lost| {
                if lost.with == HOLE && lost.from > start + 1 && walk.readable_hole(lost.from) {
                    lost
                } else {
                    walk.lost(start, " ")
                }
            })?;
            if walk.is(",") {
                walk.stray_comma();
            }
            Ok(())
        });
    }

    /// Whether an expression stands at a token, so that a hole can take its place.
    fn readable_hole(&self, at: usize) -> bool {
        let before = self.token(at - 1);
        before.kind == sign("=>") || before.kind == sign("==") || matches!(self.text_at(at - 1), "as" | "body")
    }

    fn stray_comma(&mut self) {
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error("E0112", span, "no comma stands between the steps of a test")
            .at("each step stands on its line")
            .help("remove it");
        let edit = self.edit(span, " ");
        self.tell(diagnostic.fix(span, ""), vec![edit]);
        self.bump();
    }

    fn send(&mut self) -> Walked {
        self.bump();
        self.method_and_path()?;
        if self.eat_word("as") {
            self.expr()?;
        }
        if self.is_word("body") {
            self.bump();
            if self.is(":") || self.is("=") {
                let span = self.span(self.pos);
                let diagnostic = Diagnostic::error("E0110", span, "nothing stands between `body` and its value")
                    .at("expected a value")
                    .help("`body { … }`");
                let edit = self.edit(span, " ");
                self.tell(diagnostic.fix(span, ""), vec![edit]);
                self.bump();
            }
            self.expr()?;
        }
        if self.is_word("headers") {
            self.bump();
            if !self.is("{") {
                return Err(self.expected("headers in `{ }`"));
            }
            self.block();
        }
        Ok(())
    }

    fn mock(&mut self) -> Walked {
        self.bump();
        self.operation_name()?;
        if self.is("(") {
            self.args();
        }
        if !self.eat("=>") {
            self.arrow("=>", "between an operation and its mocked reply")?;
        }
        self.expr()?;
        if self.eat_word("after") {
            if self.kind(0) != Kind::Number {
                return Err(self.expected("a duration such as `200ms`"));
            }
            self.scalar();
        }
        Ok(())
    }

    fn operation_name(&mut self) -> Walked {
        for part in ["the name of an upstream", ".", "the name of an operation"] {
            if part == "." {
                if !self.eat(".") {
                    return Err(self.expected("`.` and the name of an operation"));
                }
            } else if self.kind(0) == Kind::Word {
                self.bump();
            } else {
                return Err(self.expected(part));
            }
        }
        Ok(())
    }

    fn expect(&mut self) -> Walked {
        self.bump();
        match self.word(0) {
            "header" => {
                self.bump();
                if self.kind(0) != Kind::Text {
                    return Err(self.expected("the name of a header, as a text"));
                }
                self.bump();
                self.equals()?;
                self.expr()
            }
            "calls" => {
                self.bump();
                self.operation_name()?;
                self.equals()?;
                if self.kind(0) != Kind::Number {
                    return Err(self.expected("a number of calls"));
                }
                self.bump();
                Ok(())
            }
            _ if self.is_status(0) => {
                self.bump();
                let step = matches!(self.word(0), "send" | "mock" | "expect");
                if !step && self.begins_operand(0) {
                    self.expr()
                } else {
                    Ok(())
                }
            }
            _ => Err(self.expected("a status, `header` or `calls`")),
        }
    }

    fn equals(&mut self) -> Walked {
        if self.eat("==") {
            return Ok(());
        }
        if self.is("=") || self.is(":") {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0111", span, "what is expected stands behind `==`")
                .at("expected `==`")
                .help("`==`");
            self.tell_fix(diagnostic, span, "==");
            self.bump();
            return Ok(());
        }
        Err(self.expected("`==`"))
    }
}
