//! What stands where a declaration should begin.

use super::words;
use super::{HOLE, Walk, Walked};
use crate::diagnostic::{Diagnostic, suggest};
use crate::syntax::region::HEADS;
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    /// Leaves out the rest of a declaration that cannot be read.
    pub(super) fn leave_declaration(&mut self, start: usize, lost: super::Lost) {
        let keeps = lost.from > start && lost.with.starts_with(HOLE);
        let end = self.behind_stray(start);
        let from = if keeps { lost.from } else { start };
        let edit = if from < end {
            self.edit(self.span_of(from, end - 1), if keeps { lost.with } else { " ".into() })
        } else {
            self.edit(self.behind(), lost.with)
        };
        self.also(edit);
        self.pos = end;
    }

    /// Where something begins again that looks like a declaration.
    fn behind_stray(&self, start: usize) -> usize {
        let indent = self.token(start).indent;
        let mut at = self.pos.max(start + 1);
        while at < self.tokens.len() {
            let token = self.token(at);
            if token.first
                && (token.indent == 0 || token.indent < indent)
                && token.kind == Kind::Word
                && self.declares(at)
            {
                break;
            }
            at = self.behind_group(at);
        }
        at.min(self.tokens.len())
    }

    /// What begins no declaration.
    pub(super) fn between(&mut self) -> Walked {
        let start = self.pos;
        let word = self.word(0).to_owned();
        if matches!(self.kind(0), Kind::Sign([b'@', ..])) {
            let lost = self.stray_note();
            let edit = self.edit(self.span_of(lost.from, self.pos - 1), " ");
            self.also(edit);
            return Ok(());
        }
        if matches!(word.as_str(), "export" | "pub" | "public") {
            let span = self.span(start);
            let diagnostic = Diagnostic::error("E0113", span, "every declaration can be imported")
                .at(format!("there is no `{word}`"))
                .help("remove it");
            let edit = self.edit(span, " ");
            self.tell(diagnostic.fix(span, ""), vec![edit]);
            self.bump();
            return if self.kind(0) == Kind::End {
                Ok(())
            } else {
                self.declaration()
            };
        }
        if let Some((message, help)) =
            words::absent(&word).filter(|_| self.kind(1) == Kind::Word || self.next_is(1, "{"))
        {
            let diagnostic = Diagnostic::error("E0113", self.span(start), message)
                .at("this comes from another language")
                .help(help);
            self.tell(diagnostic, Vec::new());
            return Err(self.lost(start, " "));
        }
        let heads = HEADS.into_iter().chain(["test"]);
        let named =
            matches!(self.kind(1), Kind::Word | Kind::Text) || self.next_is(1, "{") || self.kind(1) == Kind::Path;
        if !word.is_empty() && named && self.declares(start) {
            let right = words::declaration(&word).or_else(|| suggest::closest(&word, heads));
            if let Some(right) = right {
                return self.misspelled(&word, right);
            }
        }
        let diagnostic = if self.is_item() {
            Diagnostic::error("E0122", self.span(start), format!("`{word}` belongs into a route"))
                .at("no route is open here")
                .help("put it between the `{` and `}` of its route")
        } else if !word.is_empty() && self.next_is(1, ":") {
            Diagnostic::error(
                "E0122",
                self.span(start),
                format!("`{word}:` belongs into a declaration"),
            )
            .at("no declaration is open here")
            .help("settings of the service stand in `client name { … }`")
        } else if self.is("{") && start == 0 {
            Diagnostic::error(
                "E0104",
                self.span(start),
                "a file consists of declarations, not of one object",
            )
            .at("expected a declaration")
            .help("begin with `client name { … }`, `upstream name { … }` or `route GET /path { … }`")
        } else if words::is_method(&word) {
            let method = word.to_ascii_uppercase();
            Diagnostic::error("E0104", self.span(start), "what answers a request begins with `route`")
                .at("expected `route` before this")
                .help(format!("`route {method} /path {{ … }}`"))
        } else {
            let name = self.named(start);
            Diagnostic::error("E0104", self.span(start), format!("expected a declaration, found {name}"))
                .at("expected a declaration")
                .help("declarations begin with `client`, `route`, `upstream`, `type`, `enum`, `fragment`, `policy`, `auth`, `limit`, `test` or `import`")
        };
        self.tell(diagnostic, Vec::new());
        Err(self.lost(start, " "))
    }

    /// Whether what follows a word looks like a declaration: a body comes on its line.
    fn declares(&self, word: usize) -> bool {
        let mut at = word + 1;
        while !self.token(at).first && self.token(at).kind != Kind::End {
            if self.token(at).kind == sign("{") || self.token(at).kind == sign("=") {
                return true;
            }
            at += 1;
        }
        self.token(at).kind == sign("{") || words::absent(self.text_at(word)).is_some()
    }

    fn is_item(&self) -> bool {
        matches!(
            self.word(0),
            "call" | "let" | "respond" | "deliver" | "allow" | "else" | "on" | "undo"
        ) || matches!(self.word(0), "query" | "header" | "cookie" | "path") && self.next_is(1, "{")
    }

    fn misspelled(&mut self, word: &str, right: &'static str) -> Walked {
        let span = self.span(self.pos);
        let similar = suggest::closest(word, [right]).is_some();
        let diagnostic = if similar {
            Diagnostic::error("E0104", span, format!("no declaration is called `{word}`"))
                .at("expected a declaration")
                .help(format!("did you mean `{right}`?"))
        } else {
            Diagnostic::error("E0113", span, format!("`{word}` is written `{right}` here"))
                .at("this comes from another language")
                .help(format!("`{right}`"))
        };
        self.tell_fix(diagnostic, span, right);
        let head = right.split(' ').next().unwrap_or(right);
        match head {
            "client" => self.named_block("the client"),
            "policy" => self.named_block("the policy"),
            "upstream" => self.upstream(),
            "type" => self.type_decl(),
            "enum" => self.enum_decl(),
            "union" => self.union_decl(),
            "fragment" => self.fragment(),
            "route" if right.contains(' ') => {
                self.bump();
                self.request_rest()
            }
            "route" => self.route(),
            "test" => self.test(),
            "import" => self.import(),
            "auth" | "limit" | "plan" => self.binding(),
            _ => self.external(),
        }
    }
}
