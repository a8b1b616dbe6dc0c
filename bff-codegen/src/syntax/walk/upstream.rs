//! What stands in an upstream: operations and settings.

use super::{HOLE, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::syntax::scan::{Kind, is_method, sign};

impl Walk<'_> {
    /// `{ operations and settings }`
    pub(super) fn operations(&mut self) {
        self.braces("an operation or a setting", |walk| {
            let mut docs = 0;
            while walk.kind(docs) == Kind::Doc {
                docs += 1;
            }
            let word = walk.word(docs);
            let named = walk.kind(docs + 1) == Kind::Word;
            if word == "op" && !walk.next_is(docs + 1, ":") {
                walk.pos += docs;
                return walk.operation();
            }
            if docs > 0 && !(named && matches!(word, "fn" | "def" | "rpc" | "function" | "operation")) {
                walk.stray_doc();
                return Ok(());
            }
            walk.pos += docs;
            if named && matches!(word, "fn" | "def" | "rpc" | "function" | "operation") {
                let span = walk.span(walk.pos);
                let diagnostic = Diagnostic::error("E0113", span, "an operation begins with `op`")
                    .at("expected `op`")
                    .help("`op`");
                walk.tell_fix(diagnostic, span, "op");
                return walk.operation();
            }
            if named && walk.next_is(2, "(") && walk.same_line(1) && walk.declares_operation() {
                let span = walk.span(walk.pos);
                let diagnostic =
                    Diagnostic::error("E0104", span, format!("no part of an upstream begins with `{word}`"))
                        .at("expected `op`")
                        .help("did you mean `op`?");
                walk.tell_fix(diagnostic, span, "op");
                return walk.operation();
            }
            if is_method(word) && walk.kind(1) == Kind::Path {
                return Err(walk.bare_operation());
            }
            walk.setting()
        });
    }

    /// Whether a result or a request follows `word name(…)`.
    fn declares_operation(&self) -> bool {
        let behind = self.token(self.behind_group(self.pos + 2)).kind;
        [sign(":"), sign("="), sign("->")].contains(&behind)
    }

    fn bare_operation(&mut self) -> super::Lost {
        let start = self.pos;
        let request = self.source(self.span_of(start, start + 1)).to_owned();
        let diagnostic = Diagnostic::error(
            "E0104",
            self.span_of(start, start + 1),
            "an operation has a name and a result",
        )
        .at("expected `op name(…): T =` before this")
        .help(format!("`op name(…): T = {request}`"));
        self.tell(diagnostic, Vec::new());
        self.pos += 2;
        if self.is("{") {
            self.pos = self.behind_group(self.pos);
        }
        self.lost(start, " ")
    }

    fn operation(&mut self) -> Walked {
        let start = self.pos;
        self.bump();
        match self.kind(0) {
            Kind::Word => {
                self.bump();
                self.dashed_name("the name of an operation");
            }
            Kind::Text => self.quoted_name("the name of an operation"),
            _ => {
                let _ = self.expected("the name of an operation");
                return Err(self.lost(start, " "));
            }
        }
        let name = self.text_at(start + 1).to_owned();
        let named = |walk: &Self| walk.lost(start, format!("op {name}(): {HOLE}"));
        if self.is("(") {
            self.params();
            self.result().map_err(|_| named(self))?;
            self.request().map_err(|_| named(self))?;
        } else if self.is("=") || self.is(":") {
            let before = self.behind();
            let diagnostic = Diagnostic::error(
                "E0104",
                self.span_of(start, self.pos - 1),
                format!("the operation `{name}` needs its parameters in `( )`"),
            )
            .at("`(` is missing behind this")
            .help(format!("`op {name}()`"));
            self.tell_fix(diagnostic, before, "()");
            self.result().map_err(|_| named(self))?;
            self.request().map_err(|_| named(self))?;
        }
        if self.is("{") {
            self.block();
        }
        Ok(())
    }

    /// `: T`
    fn result(&mut self) -> Walked {
        if self.is("->") || self.is("=>") {
            let span = self.span(self.pos);
            let written = self.source(span).to_owned();
            let diagnostic = Diagnostic::error(
                "E0110",
                span,
                format!("the result of an operation stands behind `:`, not `{written}`"),
            )
            .at("expected `:`")
            .help("`op name(…): T`");
            self.tell_fix(diagnostic, span, ":");
            self.bump();
            return self.ty();
        }
        if self.eat(":") {
            return self.ty();
        }
        if self.kind(0) == Kind::Word && self.same_line(0) && self.next_is(1, "=") && !is_method(self.word(0)) {
            let before = self.behind();
            let diagnostic = Diagnostic::error("E0110", self.span(self.pos), "`:` is missing before the result")
                .at("the result begins here")
                .help("`op name(…): T`");
            self.tell_fix(diagnostic, before, ":");
            return self.ty();
        }
        Ok(())
    }

    /// `= GET /path`
    fn request(&mut self) -> Walked {
        if self.is("=>") || self.is("->") || self.is(":=") {
            self.arrow("=", "before the method of an operation")?;
        } else if is_method(self.word(0)) && self.same_line(0) {
            let before = self.behind();
            let diagnostic = Diagnostic::error("E0110", self.span(self.pos), "`=` is missing before the method")
                .at("the request begins here")
                .help("`= GET /path`");
            self.tell_fix(diagnostic, before, " = ");
        } else if !self.eat("=") {
            return Ok(());
        }
        self.method_and_path()
    }

    /// `/path?a={a}`
    fn query_in_path(&mut self) {
        let start = self.pos;
        while self.pos == start || self.adjacent(0) && self.kind(0) != Kind::End {
            self.pos = self.behind_group(self.pos);
        }
        let span = self.span_of(start, self.pos - 1);
        let diagnostic = Diagnostic::error("E0104", span, "a path has no query in it")
            .at("parameters that the path does not name go into the query by themselves")
            .help("remove it; under another name: `{ query: { other: name } }`");
        let edit = self.edit(span, " ");
        self.tell(diagnostic.fix(span, ""), vec![edit]);
    }

    /// `GET /path`, of an operation or a route.
    pub(super) fn method_and_path(&mut self) -> Walked {
        let method = self.word(0);
        let upper = method.to_ascii_uppercase();
        if is_method(method) {
            self.bump();
        } else if is_method(&upper) {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0114", span, "methods are written in capitals")
                .at("this is a method")
                .help(format!("`{upper}`"));
            self.tell_fix(diagnostic, span, upper);
            self.bump();
        } else if matches!(self.kind(0), Kind::Path | Kind::Text) {
            let before = self.behind();
            let diagnostic = Diagnostic::error("E0104", self.span(self.pos), "a method is missing before the path")
                .at("the path begins here")
                .help("`GET`, `POST`, `PUT`, `PATCH`, `DELETE` or `ANY` before it");
            let edit = self.edit(before, " ANY ");
            self.tell(diagnostic, vec![edit]);
        } else if self.kind(0) == Kind::Word && self.kind(1) == Kind::Path {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0104", span, format!("`{method}` is no method"))
                .at("expected a method")
                .help("`GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`, `OPTIONS`, `ANY`, `SSE`, `WS` or `GRAPHQL`");
            let edit = self.edit(span, "ANY");
            self.tell(diagnostic, vec![edit]);
            self.bump();
        } else {
            return Err(self.expected("a method such as `GET`"));
        }
        self.request_path()
    }

    fn request_path(&mut self) -> Walked {
        match self.kind(0) {
            Kind::Path => {
                self.bump();
                if self.is("?") && self.adjacent(0) {
                    self.query_in_path();
                }
                Ok(())
            }
            Kind::Text => {
                let span = self.span(self.pos);
                let inside = self.source(span).trim_matches('"').to_owned();
                let right = if inside.starts_with('/') {
                    inside
                } else {
                    format!("/{inside}")
                };
                let readable = right
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "/-._~{}*:".contains(c));
                let diagnostic = Diagnostic::error("E0115", span, "a path is written without quotes")
                    .at("quotes make a text of it")
                    .help(format!("`{right}`"));
                let right = if readable { right } else { "/".to_owned() };
                self.tell_fix(diagnostic, span, right);
                self.bump();
                Ok(())
            }
            Kind::Word if self.same_line(0) => {
                self.rootless_path(self.pos);
                Ok(())
            }
            kind if kind == sign(",") && is_method(self.word(1)) => {
                let diagnostic =
                    Diagnostic::error("E0104", self.span_of(self.pos, self.pos + 1), "a route has one method")
                        .at("a second one")
                        .help("write a second route, or `ANY`");
                let edit = self.edit(self.span_of(self.pos, self.pos + 1), " ");
                self.tell(diagnostic, vec![edit]);
                self.pos += 2;
                self.request_path()
            }
            _ => Err(self.expected("a path such as `/orders`")),
        }
    }
}
