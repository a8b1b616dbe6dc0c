//! Declarations, and what stands between them.

use super::words;
use super::{HOLE, Walk, Walked};
use crate::diagnostic::{Diagnostic, suggest};
use crate::source::Span;
use crate::syntax::region::{Bracket, HEADS, bracket};
use crate::syntax::scan::{Kind, sign};

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

    /// Leaves out the rest of a declaration that cannot be read.
    fn leave_declaration(&mut self, start: usize, lost: super::Lost) {
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
            if token.first && token.indent <= indent && token.kind == Kind::Word && self.declares(at) {
                break;
            }
            at = self.behind_group(at);
        }
        at.min(self.tokens.len())
    }

    fn declaration(&mut self) -> Walked {
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

    /// What begins no declaration.
    fn between(&mut self) -> Walked {
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

    fn import(&mut self) -> Walked {
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

    fn decl_name(&mut self, what: &str) -> Walked {
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
    fn reach_body(&mut self, what: &str) -> Walked {
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

    fn named_block(&mut self, what: &'static str) -> Walked {
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

    fn binding(&mut self) -> Walked {
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

    fn upstream(&mut self) -> Walked {
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

    fn type_decl(&mut self) -> Walked {
        self.bump();
        self.decl_name("the type")?;
        if self.is("<") {
            self.bump();
            while self.kind(0) == Kind::Word {
                self.bump();
                self.eat(",");
            }
            if !self.eat(">") {
                return Err(self.expected("`>`"));
            }
        }
        if self.is("=") && !self.next_is(1, "{") {
            self.bump();
            let at = self.pos;
            return self
                .ty()
                .map_err(|_| self.lost(at, HOLE))
                .and_then(|()| self.nothing_more());
        }
        if self.is_word("extends") || self.is_word("implements") || self.is(":") && self.kind(1) == Kind::Word {
            let start = self.pos;
            while !self.is("{") && self.kind(0) != Kind::End {
                self.bump();
            }
            let diagnostic = Diagnostic::error("E0131", self.span(start), "types do not extend each other")
                .at("no type has a parent")
                .help("write the fields out");
            let edit = self.edit(self.span_of(start, self.pos - 1), " ");
            self.tell(diagnostic, vec![edit]);
        }
        self.reach_body("the type")?;
        self.fields();
        self.nothing_more()
    }

    fn enum_decl(&mut self) -> Walked {
        self.bump();
        self.decl_name("the enum")?;
        if self.is("=") && !self.next_is(1, "{") {
            return Err(self.listed("enum"));
        }
        self.reach_body("the enum")?;
        self.variants("a value");
        self.nothing_more()
    }

    /// `enum X = A | B`
    fn listed(&mut self, word: &str) -> super::Lost {
        let help = if word == "enum" {
            "`enum Name { A = \"a\", B = \"b\" }`"
        } else {
            "`union Name on \"type\" { A, B }`"
        };
        let diagnostic = Diagnostic::error(
            "E0110",
            self.span(self.pos),
            format!("what belongs to an {word} stands in braces").replace("an union", "a union"),
        )
        .at("expected `{`")
        .help(help);
        self.tell(diagnostic, Vec::new());
        self.lost(self.pos, " ")
    }

    fn union_decl(&mut self) -> Walked {
        self.bump();
        self.decl_name("the union")?;
        if self.is("=") {
            return Err(self.listed("union"));
        }
        if !self.eat_word("on") || self.kind(0) != Kind::Text {
            let before = self.behind();
            let diagnostic = Diagnostic::error(
                "E0104",
                self.span(self.pos - 1),
                "a union says which field tells its variants apart",
            )
            .at("expected `on \"…\"` behind this")
            .help("`union Name on \"type\" { … }`");
            self.tell(diagnostic, Vec::new());
            if !self.is("{") {
                return Err(self.lost(self.pos, " "));
            }
            let edit = self.edit(before, " on \"type\"");
            self.also(edit);
        } else {
            self.bump();
        }
        self.reach_body("the union")?;
        self.variants("a variant");
        self.nothing_more()
    }

    fn variants(&mut self, what: &'static str) {
        self.some_braces(
            what,
            &format!("{} is missing between `{{` and `}}`", what),
            move |walk| {
                while walk.kind(0) == Kind::Doc {
                    walk.bump();
                }
                match walk.kind(0) {
                    Kind::Word => walk.bump(),
                    Kind::Text => walk.quoted_variant(),
                    kind if kind == sign("...") => {
                        walk.bump();
                        walk.eat(",");
                        if !walk.is("}") {
                            let diagnostic = Diagnostic::error("E0104", walk.span(walk.pos), "`...` stands last")
                                .at("something follows it")
                                .help("put it before `}`");
                            let edit = walk.edit(walk.span(walk.pos - 1), " ");
                            walk.tell(diagnostic, vec![edit]);
                        }
                        return Ok(());
                    }
                    _ => {
                        let lost = walk.expected(what);
                        return Err(walk.lost(lost.from, " "));
                    }
                }
                if walk.is(":") || walk.is("=>") || walk.is("->") {
                    walk.arrow("=", "between a value and how it is written on the wire")?;
                } else if !walk.eat("=") {
                    return walk.no_note();
                }
                if walk.kind(0) == Kind::Text {
                    walk.bump();
                    return walk.no_note();
                }
                if walk.kind(0) == Kind::Number {
                    let span = walk.span(walk.pos);
                    let right = format!("\"{}\"", walk.source(span));
                    let diagnostic = Diagnostic::error("E0115", span, "what stands on the wire is a text")
                        .at("this is a number")
                        .help(format!("`{right}`"));
                    walk.tell_fix(diagnostic, span, right);
                    walk.bump();
                    return Ok(());
                }
                let lost = walk.expected("a text");
                Err(walk.lost(lost.from.saturating_sub(1), " "))
            },
        );
    }

    fn no_note(&mut self) -> Walked {
        if !self.is("@") {
            return Ok(());
        }
        let lost = self.stray_note();
        Err(lost)
    }

    fn quoted_variant(&mut self) {
        let span = self.span(self.pos);
        let inside = self.source(span).trim_matches('"').to_owned();
        let mut name: String = inside
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_uppercase()
                } else {
                    '_'
                }
            })
            .collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            name.insert(0, 'V');
        }
        let right = if self.next_is(1, "=") {
            name
        } else {
            format!("{name} = {}", self.source(span))
        };
        let diagnostic = Diagnostic::error(
            "E0115",
            span,
            "a value of an enum has a name, and a text for the wire behind `=`",
        )
        .at("quotes make a text of it")
        .help(format!("`{right}`"));
        self.tell_fix(diagnostic, span, right);
        self.bump();
    }

    fn fragment(&mut self) -> Walked {
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

    fn external(&mut self) -> Walked {
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

    fn route(&mut self) -> Walked {
        self.bump();
        self.request_rest()
    }

    fn request_rest(&mut self) -> Walked {
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

    fn test(&mut self) -> Walked {
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
    fn nothing_more(&mut self) -> Walked {
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
