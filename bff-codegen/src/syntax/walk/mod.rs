//! Goes over the tokens of a declaration that does not parse and says what is wrong, in the reader's words.
//!
//! It follows the grammar and is as strict as it, but never decides what parses: each mistake comes with edits, and the text with the
//! edits in is what the grammar reads. A mistake is told where it stands, then reading goes on at the next entry of the same group.

mod args;
mod between;
mod call;
mod data;
mod decl;
mod entry;
mod expr;
mod group;
mod head;
mod item;
mod matching;
mod name;
mod note;
mod number;
mod primary;
mod setting;
mod step;
mod tell;
mod types;
mod upstream;
mod words;

use super::region::{Bracket, bracket};
use super::report::{Found, HOLE, MAX_FOUND};
use super::scan::{Kind, Token, sign};
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
    walk.stray_semicolons();
    walk.region();
    walk.found
}

impl<'a> Walk<'a> {
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
}
