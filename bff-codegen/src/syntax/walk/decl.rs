//! Declarations, and what stands between them.

use super::{HOLE, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::syntax::scan::Kind;

impl Walk<'_> {
    /// Everything in a region: one declaration as a rule.
    pub(super) fn region(&mut self) {
        while self.kind(0) != Kind::End {
            let start = self.pos;
            let mut docs = 0;
            while self.kind(docs) == Kind::Doc {
                docs += 1;
            }
            if docs > 0 && self.kind(docs) == Kind::End {
                return self.stray_doc();
            }
            self.pos += docs;
            let head = self.pos;
            if let Err(lost) = self.declaration() {
                self.leave_declaration(lost.from.min(head).max(start), lost);
            }
            if self.pos == start {
                self.bump();
            }
        }
    }

    pub(super) fn declaration(&mut self) -> Walked {
        match self.word(0) {
            "import" => self.import(),
            "client" => self.named_block("the client"),
            "policy" => self.named_block("the policy"),
            "auth" | "limit" | "plan" if !self.next_is(1, ":") => self.binding(),
            "upstream" => self.upstream(),
            "type" => self.type_decl(),
            "enum" => self.enum_decl(),
            "union" => self.union_decl(),
            "fragment" => self.fragment(),
            "extern" => self.external(),
            "route" => self.route(),
            "test" => self.test(),
            _ => self.between(),
        }
    }

    pub(super) fn named_block(&mut self, what: &'static str) -> Walked {
        self.bump();
        self.decl_name(what)?;
        self.reach_body(what)?;
        if what == "the client" {
            self.braces("a setting", Self::client_setting);
        } else {
            self.block();
        }
        Ok(())
    }

    /// Routes do not stand in a client, however natural it seems.
    fn client_setting(&mut self) -> Walked {
        if crate::syntax::region::is_head(self.text, &self.tokens, self.pos, true) {
            let start = self.pos;
            let word = self.word(0).to_owned();
            let diagnostic = Diagnostic::error(
                "E0122",
                self.span(start),
                format!("`{word} …` does not stand in a client"),
            )
            .at("a client has settings only")
            .help("put it behind the client's `}`");
            self.tell(diagnostic, Vec::new());
            while self.kind(0) != Kind::End && !self.is("{") {
                self.bump();
            }
            self.pos = self.behind_group(self.pos);
            return Err(self.passed(start));
        }
        self.setting()
    }

    pub(super) fn binding(&mut self) -> Walked {
        let word = self.word(0).to_owned();
        self.bump();
        self.decl_name(&format!("this `{word}`"))?;
        if self.is("{") {
            let before = self.behind();
            let diagnostic = Diagnostic::error(
                "E0110",
                self.span(self.pos),
                format!("`=` is missing behind the name of this `{word}`"),
            )
            .at("its value begins here")
            .help(match word.as_str() {
                "auth" => "`auth name = jwt { … }`",
                "limit" => "`limit name = token_bucket { … }`",
                _ => "`plan name = { … }`",
            });
            self.tell_fix(diagnostic, before, " =");
        } else if !self.eat("=") {
            self.arrow("=", &format!("behind the name of this `{word}`"))?;
        }
        self.expr()?;
        self.nothing_more()
    }

    pub(super) fn upstream(&mut self) -> Walked {
        self.bump();
        self.decl_name("the upstream")?;
        if self.eat_word("from") {
            if self.kind(0) == Kind::Text {
                let before = self.behind();
                let diagnostic =
                    Diagnostic::error("E0104", self.span(self.pos), "what kind of file this is must be said")
                        .at("expected a kind before it")
                        .help("`from openapi \"…\"`, or `proto`, `graphql`, `wsdl`, `rust`");
                let edit = self.edit(before, " openapi");
                self.tell(diagnostic, vec![edit]);
            } else if self.kind(0) == Kind::Word {
                self.bump();
            }
            if self.kind(0) != Kind::Text {
                return Err(self.expected("a file in quotes"));
            }
            self.bump();
        }
        self.reach_body("the upstream")?;
        self.operations();
        self.nothing_more()
    }

    pub(super) fn fragment(&mut self) -> Walked {
        self.bump();
        self.decl_name("the fragment")?;
        if self.eat_word("on") {
            self.ty()?;
        } else {
            let before = self.behind();
            let diagnostic = Diagnostic::error("E0104", self.span(self.pos - 1), "a fragment says the type it reads")
                .at("expected `on` and a type behind this")
                .help("`fragment Card on Product { … }`");
            let start = self.pos;
            while !self.is("{") && self.kind(0) != Kind::End {
                self.bump();
            }
            let instead = if self.pos > start {
                self.span_of(start, self.pos - 1)
            } else {
                before
            };
            let edit = self.edit(instead, format!(" on {HOLE}"));
            self.tell(diagnostic, vec![edit]);
        }
        self.reach_body("the fragment")?;
        self.shape();
        self.nothing_more()
    }

    pub(super) fn external(&mut self) -> Walked {
        self.bump();
        match self.word(0) {
            "fn" => {
                self.bump();
                self.decl_name("the function")?;
                if self.is("(") {
                    self.params();
                } else {
                    return Err(self.expected("its parameters in `( )`"));
                }
                if self.is("->") || self.is("=>") {
                    self.arrow(":", "before the result")?;
                } else if !self.eat(":") {
                    return Err(self.expected("`:` and the type of its result"));
                }
                let at = self.pos;
                self.ty().map_err(|_| self.lost(at, " "))?;
            }
            "filter" => {
                self.bump();
                self.decl_name("the filter")?;
                if !self.eat_word("on") || !matches!(self.word(0), "pre" | "route" | "post" | "error") {
                    return Err(self.expected("`on` and a phase: `pre`, `route`, `post` or `error`"));
                }
                self.bump();
            }
            _ => return Err(self.expected("`fn` or `filter`")),
        }
        if !self.eat("=") {
            return Err(self.expected("`=` and its path in Rust"));
        }
        self.eat_word("wasm");
        if self.kind(0) != Kind::Text {
            return Err(self.expected("its path in Rust, in quotes"));
        }
        self.bump();
        self.nothing_more()
    }

    pub(super) fn test(&mut self) -> Walked {
        self.bump();
        if self.kind(0) == Kind::Text {
            self.bump();
        } else {
            let diagnostic = Diagnostic::error("E0104", self.span(self.pos), "a test says in quotes what it shows")
                .at("expected a text")
                .help("`test \"home survives an outage\" { … }`");
            let mut edits = vec![self.edit(self.behind(), " \"\"")];
            while self.kind(0) == Kind::Word {
                edits.push(self.edit(self.span(self.pos), " "));
                self.bump();
            }
            self.tell(diagnostic, edits);
        }
        self.reach_body("the test")?;
        self.steps();
        self.nothing_more()
    }

    /// Behind a declaration another one begins.
    pub(super) fn nothing_more(&mut self) -> Walked {
        if self.is(";") || self.is(",") {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0112", span, "nothing stands between declarations")
                .at("the declaration ended before this")
                .help("remove it");
            let edit = self.edit(span, " ");
            self.tell(diagnostic.fix(span, ""), vec![edit]);
            self.bump();
        }
        Ok(())
    }
}
