//! Goes over the tokens of a declaration that does not parse and says what is wrong, in the reader's words.
//!
//! It follows the grammar and is as strict as it, but never decides what parses: each mistake comes with edits, and the text with the
//! edits in is what the grammar reads. A mistake is told where it stands, then reading goes on at the next entry of the same group.

mod decl;
mod entry;
mod expr;
mod item;
mod step;
mod types;
mod upstream;
mod words;

use super::patch::Edit;
use super::region::{Bracket, bracket};
use super::report::{Found, HOLE, MAX_FOUND};
use super::scan::{Kind, Token, sign};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use std::borrow::Cow;

/// The most expressions within expressions without a bracket between them.
const MAX_CHAIN: usize = 128;

/// What could not be read: it was told, and from this token on up to the next entry `with` is read instead.
#[derive(Debug)]
pub(super) struct Lost {
    from: usize,
    with: Cow<'static, str>,
    /// Whether the walk stands where the next entry begins.
    exact: bool,
}

/// Read, or lost.
type Walked = Result<(), Lost>;

/// A walk over balanced tokens.
pub(super) struct Walk<'a> {
    file: FileId,
    text: &'a str,
    tokens: Vec<Token>,
    pos: usize,
    depth: usize,
    /// What was found.
    pub(super) found: Vec<Found>,
}

/// Walks over the tokens of one declaration, which begins at token `head`.
pub(super) fn walk(file: FileId, text: &str, tokens: Vec<Token>) -> Vec<Found> {
    let mut walk = Walk {
        file,
        text,
        tokens,
        pos: 0,
        depth: 0,
        found: Vec::new(),
    };
    walk.region();
    walk.found
}

impl<'a> Walk<'a> {
    // Looking.

    fn token(&self, at: usize) -> Token {
        self.tokens.get(at).copied().unwrap_or_else(|| {
            let end = self.tokens.last().map_or(0, |it| it.end);
            Token {
                kind: Kind::End,
                start: end,
                end,
                indent: 0,
                first: true,
            }
        })
    }

    fn kind(&self, ahead: usize) -> Kind {
        self.token(self.pos + ahead).kind
    }

    fn is(&self, text: &str) -> bool {
        self.kind(0) == sign(text)
    }

    fn next_is(&self, ahead: usize, text: &str) -> bool {
        self.kind(ahead) == sign(text)
    }

    /// The text of a token; the scanner has told of a `$` before it.
    fn text_at(&self, at: usize) -> &'a str {
        let token = self.token(at);
        self.text[token.start as usize..token.end as usize].trim_start_matches('$')
    }

    /// The word at hand or ahead; empty if there is none.
    fn word(&self, ahead: usize) -> &'a str {
        if self.kind(ahead) == Kind::Word {
            self.text_at(self.pos + ahead)
        } else {
            ""
        }
    }

    fn is_word(&self, word: &str) -> bool {
        self.word(0) == word
    }

    fn here(&self) -> Token {
        self.token(self.pos)
    }

    fn span(&self, at: usize) -> Span {
        let token = self.token(at);
        Span::new(self.file, token.start as usize, token.end as usize)
    }

    /// From one token to another, both included.
    fn span_of(&self, from: usize, to: usize) -> Span {
        self.span(from).to(self.span(to))
    }

    /// Just behind the token before the one at hand.
    fn behind(&self) -> Span {
        let at = self
            .pos
            .checked_sub(1)
            .map_or(self.here().start, |before| self.token(before).end) as usize;
        Span::new(self.file, at, at)
    }

    /// Whether a token follows the one before it without white space.
    fn adjacent(&self, ahead: usize) -> bool {
        let at = self.pos + ahead;
        at > 0 && self.token(at - 1).end == self.token(at).start && !self.token(at).first
    }

    /// Whether a token stands on the line of the one before it.
    fn same_line(&self, ahead: usize) -> bool {
        !self.token(self.pos + ahead).first
    }

    fn source(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// A token as a message names it.
    fn named(&self, at: usize) -> String {
        let token = self.token(at);
        let text = self.text_at(at);
        let short: String = text.chars().take(30).collect();
        let short = if short.len() < text.len() { short + "…" } else { short };
        match token.kind {
            Kind::End => "the end of the file".to_owned(),
            Kind::Doc => "documentation".to_owned(),
            Kind::TextOpen | Kind::Text => format!("the text `{short}`"),
            _ if token.start == token.end => "the end".to_owned(),
            _ => format!("`{short}`"),
        }
    }

    // Taking.

    fn bump(&mut self) {
        self.pos += 1;
    }

    fn eat(&mut self, text: &str) -> bool {
        let there = self.is(text);
        self.pos += usize::from(there);
        there
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let there = self.is_word(word);
        self.pos += usize::from(there);
        there
    }

    /// The number of the token behind the group that begins at `at`, or behind the one token there.
    fn behind_group(&self, at: usize) -> usize {
        let (mut depth, mut at) = (0_usize, at);
        while at < self.tokens.len() {
            match bracket(self.token(at).kind) {
                Bracket::Open => depth += 1,
                Bracket::Close => depth = depth.saturating_sub(1),
                Bracket::None => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at
    }

    // Telling.

    fn tell(&mut self, diagnostic: Diagnostic, edits: Vec<Edit>) {
        if self.found.len() < MAX_FOUND {
            let at = diagnostic.span().start as usize;
            self.found.push(Found { at, diagnostic, edits });
        } else if let Some(last) = self.found.last_mut() {
            // Told or not, the rest must be readable.
            last.edits.extend(edits);
        }
    }

    /// Tells of something that can be put right mechanically, and reads it so.
    fn tell_fix(&mut self, diagnostic: Diagnostic, span: Span, right: impl Into<String>) {
        let right = right.into();
        let edit = Edit::new(span.start as usize, span.end as usize, right.clone());
        self.tell(diagnostic.fix(span, right), vec![edit]);
    }

    fn edit(&self, span: Span, text: impl Into<Cow<'static, str>>) -> Edit {
        Edit::new(span.start as usize, span.end as usize, text)
    }

    /// Tells that something else was expected here.
    fn expected(&mut self, what: &str) -> Lost {
        if self.kind(0) == Kind::Doc {
            self.stray_doc();
            return self.lost(self.pos, "");
        }
        let missing = matches!(self.kind(0), Kind::End)
            || bracket(self.kind(0)) == Bracket::Close
            || self.here().first && self.pos > 0;
        let diagnostic = if missing && self.pos > 0 {
            let before = self.written_before();
            let name = self.named(before);
            let before = self.span(before);
            Diagnostic::error("E0104", before, format!("{what} is missing after {name}"))
                .at(format!("expected {what} after this"))
        } else {
            let found = self.named(self.pos);
            Diagnostic::error("E0104", self.span(self.pos), format!("expected {what}, found {found}"))
                .at(format!("expected {what}"))
        };
        self.tell(diagnostic, Vec::new());
        self.lost(self.pos, HOLE)
    }

    fn lost(&self, from: usize, with: impl Into<Cow<'static, str>>) -> Lost {
        Lost {
            from,
            with: with.into(),
            exact: false,
        }
    }

    /// What was passed over up to the token at hand.
    fn passed(&self, from: usize) -> Lost {
        Lost {
            from,
            with: Cow::Borrowed(" "),
            exact: true,
        }
    }

    /// Source as a help shows it: on one line, and not too much of it.
    fn snippet(&self, span: Span) -> String {
        let text = self.source(span).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() <= 60 {
            text
        } else {
            text.chars().take(59).chain(['…']).collect()
        }
    }

    /// The last token before the one at hand that the file really has.
    fn written_before(&self) -> usize {
        let mut at = self.pos.saturating_sub(1);
        while at > 0 && self.token(at).start == self.token(at).end {
            at -= 1;
        }
        at
    }

    /// `///` above something that has no documentation.
    fn stray_doc(&mut self) {
        let line = self.span(self.pos);
        let span = Span::new(self.file, line.start as usize, line.start as usize + 3);
        let diagnostic = Diagnostic::error("E0116", span, "nothing that can be documented stands below this")
            .at("documentation belongs above a declaration, a field, an operation, a value or an entry")
            .help("for a comment write `//`")
            .fix(span, "//");
        let edit = self.edit(line, " ");
        self.tell(diagnostic, vec![edit]);
        self.bump();
        while self.kind(0) == Kind::Doc {
            let edit = self.edit(self.span(self.pos), " ");
            if let Some(found) = self.found.last_mut() {
                found.edits.push(edit);
            }
            self.bump();
        }
    }

    // Groups.

    /// Entries in braces; commas are optional.
    fn braces(&mut self, what: &'static str, entry: impl Fn(&mut Self) -> Walked) {
        self.bump();
        loop {
            match self.kind(0) {
                Kind::End => return,
                kind if kind == sign("}") => return self.bump(),
                kind if kind == sign(",") || kind == sign(";") => self.stray_separator(what),
                Kind::Doc if self.documents_nothing() => self.stray_doc(),
                _ => {
                    let start = self.pos;
                    if let Err(lost) = entry(self) {
                        self.leave_entry(start, lost);
                    }
                    if self.pos == start {
                        self.bump();
                    }
                    self.separator();
                }
            }
        }
    }

    /// Entries in braces, at least one; `none` says what is missing.
    fn some_braces(&mut self, what: &'static str, none: &str, entry: impl Fn(&mut Self) -> Walked) {
        let written = self.here().start < self.here().end;
        if written && self.next_is(1, "}") {
            let span = self.span_of(self.pos, self.pos + 1);
            let diagnostic = Diagnostic::error("E0104", span, none).at("nothing stands between these");
            self.tell(diagnostic, Vec::new());
        }
        self.braces(what, entry);
    }

    fn documents_nothing(&self) -> bool {
        let mut at = self.pos;
        while self.token(at).kind == Kind::Doc {
            at += 1;
        }
        bracket(self.token(at).kind) == Bracket::Close
    }

    /// One comma, or the semicolon of other languages.
    fn separator(&mut self) {
        if self.is(";") {
            let span = self.span(self.pos);
            let diagnostic = Diagnostic::error("E0112", span, "there are no semicolons")
                .at("entries end with their line or a comma")
                .help("remove it, or write `,`");
            let right = if self.token(self.pos + 1).first || bracket(self.kind(1)) == Bracket::Close {
                ""
            } else {
                ","
            };
            let edit = self.edit(span, if right.is_empty() { " " } else { right });
            self.tell(diagnostic.fix(span, right), vec![edit]);
            self.bump();
        } else {
            self.eat(",");
        }
    }

    fn stray_separator(&mut self, what: &str) {
        let span = self.span(self.pos);
        let name = self.named(self.pos);
        let diagnostic = Diagnostic::error("E0112", span, format!("{what} is missing before {name}"))
            .at("nothing stands before this")
            .help("remove it");
        let edit = self.edit(span, " ");
        self.tell(diagnostic.fix(span, ""), vec![edit]);
        self.bump();
    }

    /// Goes on behind an entry that could not be read, and reads something harmless in its place.
    fn leave_entry(&mut self, start: usize, lost: Lost) {
        let from = lost.from.max(start);
        let mut at = self.pos;
        let line = self.token(start);
        while at < self.tokens.len() && !lost.exact {
            let token = self.token(at);
            let begins = at > start && self.begins_entry(at) && token.indent <= line.indent && token.first;
            let separates = token.kind == sign(",") || token.kind == sign(";");
            if bracket(token.kind) == Bracket::Close || separates || begins || at > start && self.begins_item(at) {
                break;
            }
            at = self.behind_group(at);
        }
        self.pos = at.max(start);
        if at > from {
            let edit = self.edit(
                self.span_of(from, at - 1),
                if lost.with.is_empty() {
                    Cow::Borrowed(" ")
                } else {
                    lost.with
                },
            );
            self.also(edit);
        } else {
            let behind = self.behind();
            let edit = self.edit(behind, format!(" {} ", lost.with));
            self.also(edit);
        }
    }

    /// An edit for what was told last.
    fn also(&mut self, edit: Edit) {
        if let Some(last) = self.found.last_mut() {
            last.edits.push(edit);
        }
    }

    fn begins_entry(&self, at: usize) -> bool {
        let token = self.token(at);
        let word = if token.kind == Kind::Word { self.text_at(at) } else { "" };
        match token.kind {
            Kind::Word => !matches!(
                word,
                "else" | "on" | "when" | "undo" | "for" | "in" | "as" | "and" | "or"
            ),
            Kind::Text | Kind::Doc => true,
            kind => kind == sign("..."),
        }
    }

    /// Elements between round, square or angle brackets; a comma stands between two.
    fn elements(&mut self, close: &'static str, what: &'static str, element: impl Fn(&mut Self) -> Walked) {
        self.bump();
        while self.kind(0) != Kind::End && !self.is(close) {
            if self.is(",") || self.is(";") {
                self.stray_separator(what);
                continue;
            }
            let start = self.pos;
            if let Err(lost) = element(self) {
                self.leave_element(start, lost);
            }
            if self.is(";") {
                self.semicolon_for_comma();
            } else if !self.is(close) && !self.eat(",") {
                self.missing_comma(close, what);
            }
        }
        self.eat(close);
    }

    fn semicolon_for_comma(&mut self) {
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error("E0112", span, "a comma belongs between two elements")
            .at("this is no comma")
            .help("`,`");
        self.tell_fix(diagnostic, span, ",");
        self.bump();
    }

    fn leave_element(&mut self, start: usize, lost: Lost) {
        let mut at = self.pos;
        while at < self.tokens.len() {
            let token = self.token(at);
            if bracket(token.kind) == Bracket::Close || token.kind == sign(",") || token.kind == sign(";") {
                break;
            }
            at = self.behind_group(at);
        }
        self.pos = at;
        let edit = if at > start {
            self.edit(self.span_of(start.min(lost.from), at - 1), lost.with)
        } else {
            self.edit(self.behind(), lost.with)
        };
        self.also(edit);
    }

    /// Two elements without a comma between them, or something that belongs to none.
    fn missing_comma(&mut self, close: &'static str, what: &'static str) {
        if self.begins_operand(0) || self.kind(0) == Kind::Word {
            let help = format!("`{}, {}`", self.shown(self.pos - 1), self.shown(self.pos));
            let before = self.behind();
            let diagnostic = Diagnostic::error(
                "E0112",
                self.span(self.pos),
                format!("a comma is missing before {}", self.named(self.pos)),
            )
            .at(format!("{what} begins here"))
            .help(help);
            self.tell_fix(diagnostic, before, ",");
            return;
        }
        let lost = self.expected(&format!("`,` or `{close}`"));
        let start = self.pos;
        self.leave_element(
            start,
            Lost {
                with: Cow::Borrowed(" "),
                ..lost
            },
        );
    }

    /// A name that the user gives; `what` says of what.
    fn name(&mut self, what: &str) -> Walked {
        match self.kind(0) {
            Kind::Word if words::is_reserved(self.word(0)) => Err(self.reserved(what)),
            Kind::Word => {
                self.bump();
                self.dashed_name(what);
                Ok(())
            }
            Kind::Text => {
                self.quoted_name(what);
                Ok(())
            }
            _ => Err(self.expected(what)),
        }
    }

    /// `"name"` where names stand without quotes.
    fn quoted_name(&mut self, what: &str) {
        let span = self.span(self.pos);
        let inside: String = self.source(span).trim_matches('"').chars().collect();
        let plain: String = inside
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        let plain = if plain.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            plain
        } else {
            format!("_{plain}")
        };
        let diagnostic = Diagnostic::error("E0115", span, format!("{what} is written without quotes"))
            .at("quotes make a text of it")
            .help(format!("`{plain}`"));
        self.tell_fix(diagnostic, span, plain);
        self.bump();
    }

    /// `a-b`, which names cannot be; the first part was taken.
    fn dashed_name(&mut self, what: &str) {
        let start = self.pos - 1;
        while self.is("-") && self.adjacent(0) && self.kind(1) == Kind::Word && self.adjacent(1) {
            self.pos += 2;
        }
        if self.pos > start + 1 {
            let span = self.span_of(start, self.pos - 1);
            let right = self.source(span).replace('-', "_");
            let diagnostic = Diagnostic::error("E0114", span, format!("{what} has no `-`"))
                .at("names consist of letters, digits and `_`")
                .help(format!("`{right}`"));
            self.tell_fix(diagnostic, span, right);
        }
    }

    fn reserved(&mut self, what: &str) -> Lost {
        let word = self.word(0);
        let span = self.span(self.pos);
        let diagnostic = Diagnostic::error(
            "E0123",
            span,
            format!("`{word}` is a word of the language and cannot be {what}"),
        )
        .at("choose another name")
        .help(format!("for example `{word}_`"));
        self.tell(diagnostic, Vec::new());
        self.lost(self.pos, HOLE)
    }
}
