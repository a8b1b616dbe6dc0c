//! The heads of declarations: names, imports, the request of a route, and the way to a body.

use super::{HOLE, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::region::{Bracket, bracket};
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    pub(super) fn import(&mut self) -> Walked {
        let start = self.pos;
        self.bump();
        if self.is("{") {
            self.some_braces("a name", "no name is imported", |walk| {
                let at = walk.pos;
                walk.name("a name to import").map_err(|_| walk.lost(at, " "))?;
                if walk.eat_word("as") {
                    walk.name("a name for it")?;
                }
                Ok(())
            });
        } else {
            let before = self.behind();
            let names = self.pos;
            while self.kind(0) == Kind::Word && !self.is_word("from") || self.is(",") || self.is("*") {
                self.bump();
            }
            let span = if self.pos > names {
                self.span_of(names, self.pos - 1)
            } else {
                self.span(start)
            };
            let list = if self.pos > names {
                self.source(span).to_owned()
            } else {
                "a, b".to_owned()
            };
            let star = list.contains('*');
            let diagnostic = Diagnostic::error("E0104", span, "the names that are imported stand in braces")
                .at(if star {
                    "a file is not imported as a whole"
                } else {
                    "expected `{`"
                })
                .help(format!(
                    "`import {{ {} }} from \"…\"`",
                    if star { "a, b" } else { &list }
                ));
            self.tell(diagnostic, Vec::new());
            if self.pos == names || star {
                return Err(self.lost(start, " "));
            }
            let behind = self.behind();
            let edits = [self.edit(before, " {"), self.edit(behind, "}")];
            edits.into_iter().for_each(|edit| self.also(edit));
        }
        if !self.eat_word("from") {
            if self.kind(0) == Kind::Text {
                let before = self.behind();
                let diagnostic = Diagnostic::error("E0104", self.span(self.pos), "`from` is missing before the file")
                    .at("expected `from`")
                    .help("`import { … } from \"…\"`");
                self.tell_fix(diagnostic, before, " from");
            } else {
                return Err(self.expected("`from` and a file"));
            }
        }
        if self.kind(0) != Kind::Text {
            return Err(self.expected("a file in quotes, such as `\"./shop.bff\"`"));
        }
        self.bump();
        if self.is(";") {
            self.separator();
        }
        Ok(())
    }

    pub(super) fn decl_name(&mut self, what: &str) -> Walked {
        let here = self.kind(0);
        if here == Kind::Word && self.same_line(0) || here == Kind::Text {
            if self.name(&format!("the name of {what}")).is_err() {
                let edit = self.edit(self.span(self.pos), "unnamed");
                self.also(edit);
                self.bump();
            }
            return Ok(());
        }
        let before = self.behind();
        let diagnostic = Diagnostic::error("E0104", self.span(self.pos - 1), format!("{what} needs a name"))
            .at("expected a name behind this");
        let edit = self.edit(before, " unnamed");
        self.tell(diagnostic, vec![edit]);
        if ["{", "=", "<", "("].iter().any(|it| self.is(it)) {
            Ok(())
        } else {
            Err(self.lost(self.pos - 1, " "))
        }
    }

    /// `=` or `:` before a body.
    fn before_body(&mut self, what: &str) {
        if (self.is("=") || self.is(":") || self.is("=>")) && self.next_is(1, "{") {
            let span = self.span(self.pos);
            let written = self.source(span).to_owned();
            let diagnostic = Diagnostic::error(
                "E0110",
                span,
                format!("no `{written}` stands before the body of {what}"),
            )
            .at("the body follows at once")
            .help("remove it");
            let edit = self.edit(span, " ");
            self.tell(diagnostic.fix(span, ""), vec![edit]);
            self.bump();
        }
    }

    /// Leaves out what stands between a head and its body.
    pub(super) fn reach_body(&mut self, what: &str) -> Walked {
        self.before_body(what);
        if self.is("{") {
            return Ok(());
        }
        let start = self.pos;
        let lost = self.expected(&format!("`{{` and the body of {what}"));
        let mut at = start;
        while self.token(at).kind != sign("{")
            && self.token(at).kind != Kind::End
            && bracket(self.token(at).kind) == Bracket::None
        {
            at += 1;
        }
        if self.token(at).kind != sign("{") {
            return Err(lost);
        }
        let edit = self.edit(self.span_of(start, at - 1), " ");
        self.also(edit);
        self.pos = at;
        Ok(())
    }

    pub(super) fn route(&mut self) -> Walked {
        self.bump();
        self.request_rest()
    }

    pub(super) fn request_rest(&mut self) -> Walked {
        self.method_and_path()?;
        if self.is_word("when") || self.is_word("if") {
            self.route_guard()?;
        }
        self.reach_body("the route")?;
        self.items();
        self.nothing_more()
    }

    fn route_guard(&mut self) -> Walked {
        if self.is_word("if") {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0113", span, "a condition begins with `when`")
                .at("there is no `if`")
                .help("`when`");
            self.tell_fix(diagnostic, span, "when");
        }
        self.bump();
        if self.is("(") {
            let open = self.pos;
            let end = self.behind_group(open);
            self.bump();
            let inside = self.pos;
            let walked = self.expr();
            if walked.is_err() || self.pos != end - 1 {
                if walked.is_ok() {
                    let _ = self.expected("`)`");
                }
                if end - 1 > inside {
                    let edit = self.edit(self.span_of(inside, end - 2), HOLE);
                    self.also(edit);
                }
            }
            self.pos = end;
            return Ok(());
        }
        let start = self.pos;
        let mut at = start;
        while self.token(at).kind != sign("{") && self.token(at).kind != Kind::End {
            at = self.behind_group(at);
        }
        if at == start {
            return Err(self.expected("a condition in `( )`"));
        }
        let span = self.span_of(start, at - 1);
        let condition = self.source(span).to_owned();
        let diagnostic = Diagnostic::error("E0103", span, "the condition of a route goes in parentheses")
            .at("otherwise `{` begins a shape over it")
            .help(format!("`when ({condition}) {{`"))
            .fix(span, format!("({condition})"));
        let before = Span::new(self.file, span.start as usize, span.start as usize);
        let behind = Span::new(self.file, span.end as usize, span.end as usize);
        let edits = vec![self.edit(before, "("), self.edit(behind, ")")];
        self.tell(diagnostic, edits);
        self.pos = at;
        Ok(())
    }
}
