//! Brackets that do not belong together: found by what they enclose and by indentation, told once, and put right so that what
//! follows is read as it was meant.

use super::region::{Bracket, bracket, is_head};
use super::report::{Found, MAX_FOUND};
use super::scan::{Kind, Token, opener_of, sign};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// An open bracket.
#[derive(Clone, Copy)]
struct Open {
    bracket: u8,
    /// Its number among the tokens given out.
    at: usize,
}

/// The work on the tokens of one declaration.
struct Balance<'a> {
    file: FileId,
    text: &'a str,
    tokens: &'a [Token],
    out: Vec<Token>,
    stack: Vec<Open>,
    /// Where the body of the declaration was closed.
    closed: Option<usize>,
    /// Whether indentation says anything here.
    indented: bool,
    head_indent: u16,
    found: Vec<Found>,
}

/// Gives the tokens of a declaration with every bracket closed, and what was wrong.
pub(super) fn balance(file: FileId, text: &str, tokens: &[Token], head: usize) -> (Vec<Token>, Vec<Found>) {
    if is_balanced(tokens) {
        return (tokens.to_vec(), Vec::new());
    }
    let head_indent = tokens.get(head).map_or(0, |it| it.indent);
    let lines = tokens
        .iter()
        .skip(head + 1)
        .filter(|it| it.first && bracket(it.kind) != Bracket::Close);
    let (deeper, all) = lines.fold((0, 0), |(deeper, all), it| {
        (deeper + usize::from(it.indent > head_indent), all + 1)
    });
    let mut work = Balance {
        file,
        text,
        tokens,
        out: Vec::with_capacity(tokens.len() + 4),
        stack: Vec::new(),
        closed: None,
        indented: deeper * 2 > all,
        head_indent,
        found: Vec::new(),
    };
    for at in 0..tokens.len() {
        if work.found.len() >= MAX_FOUND {
            break;
        }
        work.token(at);
    }
    while let Some(open) = work.stack.pop() {
        work.close_missing(open);
    }
    (work.out, work.found)
}

fn is_balanced(tokens: &[Token]) -> bool {
    let mut stack = Vec::new();
    for token in tokens {
        match bracket(token.kind) {
            Bracket::Open => stack.push(letter(token)),
            Bracket::Close => {
                if stack.pop() != Some(opener(token)) {
                    return false;
                }
            }
            Bracket::None => {}
        }
    }
    stack.is_empty()
}

fn letter(token: &Token) -> u8 {
    match token.kind {
        Kind::Sign([letter, ..]) => letter,
        _ => b'$',
    }
}

/// The bracket that a closing token closes.
fn opener(token: &Token) -> u8 {
    match token.kind {
        Kind::Sign([letter, ..]) => opener_of(letter),
        _ => b'$',
    }
}

fn closer_of(open: u8) -> &'static str {
    match open {
        b'{' => "}",
        b'(' => ")",
        _ => "]",
    }
}

impl Balance<'_> {
    fn token(&mut self, at: usize) {
        let token = self.tokens[at];
        let closes = bracket(token.kind) == Bracket::Close;
        while let Some(open) = self.stack.last().copied() {
            let ended = if closes {
                self.ended_by_closer(open, &token)
            } else {
                self.ended_by(open, at)
            };
            if !ended {
                break;
            }
            self.stack.pop();
            self.close_missing(open);
        }
        match bracket(token.kind) {
            Bracket::Open => {
                self.stack.push(Open {
                    bracket: letter(&token),
                    at: self.out.len(),
                });
                self.out.push(token);
            }
            Bracket::Close => self.close(token),
            Bracket::None => self.out.push(token),
        }
    }

    /// Whether a closing token shows that a bracket inside was forgotten: it closes another one further out.
    fn ended_by_closer(&self, open: Open, token: &Token) -> bool {
        let outer = |it: &&Open| it.bracket == opener(token);
        if open.bracket != opener(token) {
            return self.stack.iter().any(|it| outer(&it));
        }
        let inner_line = self.out[open.at].indent;
        self.indented
            && token.first
            && token.indent < inner_line
            && self
                .stack
                .iter()
                .filter(outer)
                .any(|it| self.out[it.at].indent == token.indent)
    }

    /// Whether a token can only stand outside of an open bracket.
    fn ended_by(&self, open: Open, at: usize) -> bool {
        let token = self.tokens[at];
        let word = self.word(at);
        let round = open.bracket == b'(' || open.bracket == b'[';
        let continues = matches!(
            token.kind,
            Kind::Sign([
                b'.' | b'?' | b'&' | b'|' | b'=' | b'+' | b'*' | b'<' | b'>' | b':' | b'{',
                ..
            ])
        ) || matches!(word, "else" | "on" | "when" | "undo" | "for" | "as" | "in");
        let dedented = self.indented
            && token.first
            && !continues
            && open.bracket != b'$'
            && token.indent <= self.out[open.at].indent;
        dedented || round && self.begins_item(at)
    }

    /// Whether something begins that cannot stand between `(` and `)` or `[` and `]`.
    fn begins_item(&self, at: usize) -> bool {
        let next = |ahead: usize| self.tokens.get(at + ahead).map(|it| it.kind);
        match self.word(at) {
            "call" | "let" => next(1) == Some(Kind::Word) && next(2) == Some(sign("=")),
            "respond" => self.tokens[at].first && next(1) != Some(sign(":")),
            "else" | "undo" => next(1) != Some(sign(":")) && next(1) != Some(sign(",")) && next(1) != Some(sign(")")),
            "on" => (1..6).any(|ahead| next(ahead) == Some(sign("=>"))),
            "" => false,
            _ => self.tokens[at].first && is_head(self.text, self.tokens, at, true),
        }
    }

    fn word(&self, at: usize) -> &str {
        let token = &self.tokens[at];
        if token.kind == Kind::Word {
            self.text_of(token)
        } else {
            ""
        }
    }

    fn text_of(&self, token: &Token) -> &str {
        &self.text[token.start as usize..token.end as usize]
    }

    fn close(&mut self, token: Token) {
        match self.stack.last().copied() {
            Some(open) if open.bracket == opener(&token) => {
                self.stack.pop();
                if self.stack.is_empty() && open.bracket == b'{' {
                    self.closed = Some(self.out.len());
                }
                self.out.push(token);
            }
            Some(open) if self.is_wrong_closer(open, &token) => {
                self.stack.pop();
                self.wrong_closer(open, token);
            }
            _ => self.extra(token),
        }
    }

    /// On the line of its opener, a closing bracket of another kind is a slip.
    fn is_wrong_closer(&self, open: Open, token: &Token) -> bool {
        let opening = &self.out[open.at];
        !self.text[opening.start as usize..token.start as usize].contains('\n')
    }

    fn wrong_closer(&mut self, open: Open, token: Token) {
        let right = closer_of(open.bracket);
        let span = self.span_of(&token);
        let written = self.text_of(&token).to_owned();
        self.found.push(
            Found::said(
                Diagnostic::error(
                    "E0105",
                    span,
                    format!("`{}` is closed by `{written}`", open.bracket as char),
                )
                .at(format!("`{right}` belongs here"))
                .because(self.span_of(&self.out[open.at]), "opened here")
                .help(format!("`{right}`"))
                .fix(span, right),
            )
            .edit(token.start as usize, token.end as usize, right),
        );
        self.out.push(Token {
            kind: sign(right),
            ..token
        });
    }

    /// A closing bracket too much. Where something follows the body that belongs into it, the body was closed too early.
    fn extra(&mut self, mut token: Token) {
        if let Some(closed) = self.closed
            && self.stack.is_empty()
            && opener(&token) == b'{'
            && closed + 1 < self.out.len()
            && !(self.out[closed].first && self.out[closed].indent <= self.head_indent)
        {
            let early = self.out.remove(closed);
            self.closed = Some(self.out.len());
            self.out.push(token);
            token = early;
        }
        let span = self.span_of(&token);
        let written = self.text_of(&token).to_owned();
        self.found.push(
            Found::said(
                Diagnostic::error("E0105", span, format!("this `{written}` closes nothing"))
                    .at(format!("no `{}` is open here", opener(&token) as char))
                    .help("remove it")
                    .fix(span, ""),
            )
            .edit(token.start as usize, token.end as usize, " "),
        );
    }

    /// Puts the closing bracket in that was forgotten.
    fn close_missing(&mut self, open: Open) {
        let place = self.out.last().map_or(0, |it| it.end as usize);
        if open.bracket == b'$' {
            return self.close_text(open, place);
        }
        let right = closer_of(open.bracket);
        let here = Span::new(self.file, place, place);
        self.found.push(
            Found::said(not_closed(self.file, self.text, &self.out, open.at, here, right).fix(here, right))
                .edit(place, place, right),
        );
        if self.stack.is_empty() && open.bracket == b'{' {
            self.closed = Some(self.out.len());
        }
        self.push_after(place, sign(right));
    }

    /// The scanner closes texts on their line; one that is cut by a bracket ends here.
    fn close_text(&mut self, open: Open, place: usize) {
        let opening = self.out[open.at];
        let span = self.span_of(&opening);
        self.found.push(
            Found::said(
                Diagnostic::error("E0106", span, "the `${` of this text is not closed")
                    .at("what is put into a text ends with `}` on the same line")
                    .help("close it: `\"… ${value} …\"`"),
            )
            .edit(place, place, "}\""),
        );
        self.push_after(place, Kind::TextClose);
    }

    fn push_after(&mut self, place: usize, kind: Kind) {
        let indent = self.out.last().map_or(0, |it| it.indent);
        self.out.push(Token {
            kind,
            start: place as u32,
            end: place as u32,
            indent,
            first: false,
        });
    }

    fn span_of(&self, token: &Token) -> Span {
        Span::new(self.file, token.start as usize, token.end as usize)
    }
}

/// An opening bracket that nothing closes; `right` is missing `here`.
pub(super) fn not_closed(file: FileId, text: &str, tokens: &[Token], at: usize, here: Span, right: &str) -> Diagnostic {
    let opening = tokens[at];
    let span = Span::new(file, opening.start as usize, opening.end as usize);
    let name = opener_name(text, tokens, at);
    let of = if name.is_empty() {
        String::new()
    } else {
        format!(" of `{name}`")
    };
    Diagnostic::error(
        "E0105",
        span,
        format!("the `{}`{of} is not closed", &text[span.range()]),
    )
    .at("opened here")
    .because(here, format!("`{right}` is missing here"))
    .help(format!("put `{right}` where it ends"))
}

/// What stands on the line before an opening bracket, as a name for it.
fn opener_name(text: &str, tokens: &[Token], at: usize) -> String {
    let before = tokens[..at].iter().rev();
    let names =
        before.take_while(|it| matches!(it.kind, Kind::Word | Kind::Path | Kind::Number) || it.kind == sign("."));
    let Some(first) = names.last() else {
        return String::new();
    };
    let name = text[first.start as usize..tokens[at].start as usize].trim_end();
    if name.len() > 40 || name.contains('\n') {
        String::new()
    } else {
        name.to_owned()
    }
}
