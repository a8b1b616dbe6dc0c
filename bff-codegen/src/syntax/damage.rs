//! How far a mistake reaches: the statement whose tree is a guess once brackets or signs have been put in or left out to read on.

use super::ast::Damage;
use super::region::{Bracket, Region, bracket};
use super::report::Found;
use super::scan::{Scan, Token, sign};
use crate::source::{FileId, Span};

/// Mistakes that are put right by guessing, also where the guess can be pasted.
const GUESSES: [&str; 2] = ["E0104", "E0105"];

/// Where the tree of a declaration cannot be believed after what was found in it.
pub(super) fn damage(file: FileId, scan: &Scan<'_>, region: Region, found: &[Found]) -> Vec<Damage> {
    let tokens = &scan.tokens[region.first..region.end];
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return Vec::new();
    };
    let span = |from: u32, to: u32| Span::new(file, from as usize, to as usize);
    let whole = span(first.start, last.end);
    let guessed = found
        .iter()
        .filter(|it| it.diagnostic.fix.is_none() || GUESSES.contains(&it.diagnostic.code));
    let parts = guessed.map(|it| {
        let places = it.diagnostic.labels.iter().map(|label| label.span.start);
        let at = places.filter(|at| whole.range().contains(&(*at as usize))).min();
        let token = tokens.partition_point(|token| token.end <= at.unwrap_or(it.at as u32));
        let (from, to) = statement(tokens, token.min(tokens.len() - 1));
        // Whatever stands behind a bracket without a partner may belong somewhere else.
        let to = if it.diagnostic.code == "E0105" {
            last.end
        } else {
            tokens[to].end
        };
        span(tokens[from].start, to)
    });
    parts.map(|part| Damage { part, whole }).collect()
}

/// The first and the last token of the innermost entry, argument, element or item that a token belongs to.
fn statement(tokens: &[Token], at: usize) -> (usize, usize) {
    let mut depth = 0;
    let mut from = at;
    while from > 0 {
        let before = &tokens[from - 1];
        match bracket(before.kind) {
            Bracket::Close => depth += 1,
            Bracket::Open if depth == 0 => break,
            Bracket::Open => depth -= 1,
            Bracket::None if depth == 0 && (before.kind == sign(",") || begins(tokens, from, at)) => break,
            Bracket::None => {}
        }
        from -= 1;
    }
    (depth, from) = (0, from);
    let mut to = from;
    for next in from..tokens.len() {
        let ends = next > at && depth == 0 && begins(tokens, next, from);
        match bracket(tokens[next].kind) {
            Bracket::Open => depth += 1,
            Bracket::Close if depth == 0 => break,
            Bracket::Close => depth -= 1,
            Bracket::None if depth == 0 && next > at && tokens[next].kind == sign(",") => break,
            Bracket::None => {}
        }
        if ends {
            break;
        }
        to = next;
    }
    (from, to.max(at))
}

/// Whether a line begins with a token, and something of its own with the line: it stands no further right than the other one's line.
fn begins(tokens: &[Token], token: usize, other: usize) -> bool {
    tokens[token].first && tokens[token].indent <= tokens[other].indent
}
