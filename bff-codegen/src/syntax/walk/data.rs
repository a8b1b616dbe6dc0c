//! Declarations of types, enums and unions.

use super::{HOLE, Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::syntax::scan::{Kind, sign};

impl Walk<'_> {
    pub(super) fn type_decl(&mut self) -> Walked {
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

    pub(super) fn enum_decl(&mut self) -> Walked {
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

    pub(super) fn union_decl(&mut self) -> Walked {
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
                if walk.kind(0) == Kind::Number || walk.kind(0) == Kind::Word && walk.same_line(0) {
                    let span = walk.span(walk.pos);
                    let right = format!("\"{}\"", walk.source(span));
                    let diagnostic = Diagnostic::error("E0115", span, "what stands on the wire is a text")
                        .at("quotes are missing around this")
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
}
