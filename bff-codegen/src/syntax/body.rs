//! Declarations whose body has no `{`: told at once, before the brackets are counted.

use super::region::{Bracket, bracket};
use super::report::Found;
use super::scan::{Kind, Token, sign};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// Puts the braces in that the body of a declaration lacks, and says so.
pub(super) fn body(file: FileId, text: &str, tokens: &mut Vec<Token>, head: usize) -> Option<Found> {
    let at = body_at(text, tokens, head)?;
    let next = tokens.get(at).copied();
    let colon = next.is_some_and(|it| it.kind == sign(":"));
    let after = at + usize::from(colon);
    let opens_later = tokens[at..]
        .iter()
        .take_while(|it| !it.first)
        .any(|it| it.kind == sign("{"));
    let opens_below = tokens.get(after).is_some_and(|it| it.kind == sign("{"));
    if opens_later || opens_below || next.is_some_and(|it| it.kind == sign("=") || it.kind == sign("<")) {
        return None;
    }
    let header = tokens[at - 1];
    let path_colon = header.kind == Kind::Path && text[..header.end as usize].ends_with(':');
    let place = header.end as usize - usize::from(path_colon);
    let (from, to) = match next {
        Some(it) if colon => (it.start as usize, it.end as usize),
        _ => (place, header.end as usize),
    };
    let primary = match tokens.get(after) {
        Some(it) if !colon && !path_colon => Span::new(file, it.start as usize, it.end as usize),
        _ if colon || path_colon => Span::new(file, to - 1, to),
        _ => Span::new(file, header.start as usize, header.end as usize),
    };
    let word = word(text, &tokens[head]);
    let diagnostic = if colon || path_colon {
        Diagnostic::error(
            "E0121",
            primary,
            format!("what belongs to a declaration stands in braces: `{word} … {{ … }}`"),
        )
        .at("a colon and indentation hold nothing together")
        .help("put the items between `{` and `}`")
    } else {
        needs_body(word, primary).because(
            Span::new(file, tokens[head].start as usize, place),
            format!("this {word}"),
        )
    };
    let mut found = Found::said(diagnostic).edit(from, to, " {");
    let closing = put_braces(tokens, head, at, colon, place);
    if let Some(closing) = closing {
        found = found.edit(closing, closing, "}");
    }
    Some(found)
}

/// A declaration without `{`.
pub(super) fn needs_body(word: &str, span: Span) -> Diagnostic {
    let article = if matches!(word, "upstream" | "enum" | "auth") {
        "an"
    } else {
        "a"
    };
    Diagnostic::error("E0101", span, format!("{article} {word} needs a body"))
        .at("its `{` is missing before this")
        .help("put the items between `{` and `}`")
}

/// Puts the tokens in; gives where the closing one had to be put.
fn put_braces(tokens: &mut Vec<Token>, head: usize, at: usize, colon: bool, place: usize) -> Option<usize> {
    let line = tokens[head];
    let brace = |kind, place: usize| Token {
        kind,
        start: place as u32,
        end: place as u32,
        indent: line.indent,
        first: false,
    };
    if colon {
        tokens.remove(at);
    }
    let last = tokens.last().map_or(place, |it| it.end as usize);
    let end = tokens[at..]
        .iter()
        .position(|it| it.first && it.indent <= line.indent)
        .map(|it| it + at);
    let count = |kind| tokens.iter().filter(|it| bracket(it.kind) == kind).count();
    let closed = count(Bracket::Close) > count(Bracket::Open);
    tokens.insert(at, brace(sign("{"), place));
    if closed {
        return None;
    }
    let end = end.map_or(tokens.len(), |it| it + 1);
    let closing = tokens.get(end - 1).map_or(last, |it| it.end as usize);
    tokens.insert(end, brace(sign("}"), closing));
    Some(closing)
}

fn word<'a>(text: &'a str, token: &Token) -> &'a str {
    &text[token.start as usize..token.end as usize]
}

/// The number of the token at which the body of a declaration begins, if what stands before is in order.
fn body_at(text: &str, tokens: &[Token], head: usize) -> Option<usize> {
    let kind = |ahead: usize| tokens.get(head + ahead).map(|it| it.kind);
    let text_at = |ahead: usize| tokens.get(head + ahead).map_or("", |it| word(text, it));
    if kind(0) != Some(Kind::Word) {
        return None;
    }
    let named = kind(1) == Some(Kind::Word);
    let length = match text_at(0) {
        "client" | "policy" | "enum" | "type" if named => 2,
        "upstream" if named && text_at(2) == "from" && kind(3) == Some(Kind::Word) && kind(4) == Some(Kind::Text) => 5,
        "upstream" if named && text_at(2) != "from" => 2,
        "test" if kind(1) == Some(Kind::Text) => 2,
        "union" if named && text_at(2) == "on" && kind(3) == Some(Kind::Text) => 4,
        "fragment" if named && text_at(2) == "on" && kind(3) == Some(Kind::Word) => 4,
        "route" if named && kind(2) == Some(Kind::Path) && text_at(3) == "when" => {
            3 + guard_length(&tokens[head + 3..])?
        }
        "route" if named && kind(2) == Some(Kind::Path) => 3,
        _ => return None,
    };
    match kind(length) {
        Some(kind) if kind == sign("{") || kind == sign(".") || kind == sign("?") || kind == sign("(") => None,
        _ => Some(head + length),
    }
}

/// How many tokens `when (…)` takes.
fn guard_length(tokens: &[Token]) -> Option<usize> {
    if tokens.get(1)?.kind != sign("(") {
        return None;
    }
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(1) {
        match bracket(token.kind) {
            Bracket::Open => depth += 1,
            Bracket::Close => depth = depth.checked_sub(1)?,
            Bracket::None => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}
