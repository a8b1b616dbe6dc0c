//! The path of a route, taken apart: `/orders/{id}.json/{lat},{lon}/*`.

use std::ops::Range;

use super::normalize;

/// One segment of a pattern, in the order in which segments are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// Text that must be there as it is; empty behind a trailing slash.
    Literal(String),
    /// Text and parameters in turn; two parameters never touch.
    Mixed(Vec<Piece>),
    /// A parameter of at least one character.
    Param,
    /// `*`: the rest of the path, slashes included, also nothing.
    Rest,
}

/// A part of a mixed segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Param,
}

/// Takes the path of a route apart, without its leading slash, and gives the names of its parameters.
pub(super) fn parse(path: &str) -> (Vec<Segment>, Vec<String>) {
    let mut names = Vec::new();
    let body = path.strip_prefix('/').unwrap_or(path);
    let segments = body
        .split('/')
        .map(|segment| parse_segment(segment, &mut names))
        .collect();
    (segments, names)
}

fn parse_segment(segment: &str, names: &mut Vec<String>) -> Segment {
    if segment == "*" {
        return Segment::Rest;
    }
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, name, after)) = next_param(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Text(literal(before)));
        }
        names.push(name.to_owned());
        pieces.push(Piece::Param);
        rest = after;
    }
    match pieces.as_slice() {
        [] => return Segment::Literal(literal(rest)),
        [Piece::Param] if rest.is_empty() => return Segment::Param,
        _ if !rest.is_empty() => pieces.push(Piece::Text(literal(rest))),
        _ => {}
    }
    Segment::Mixed(pieces)
}

/// The text before the next `{name}` or `{name: Type}`, its name, and what follows.
fn next_param(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    let name = inside.split(':').next().unwrap_or(inside);
    Some((before, name.trim(), after))
}

fn literal(text: &str) -> String {
    normalize(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// Octets of literal text in a mixed segment: the more, the earlier it is tried.
pub(super) fn literal_len(pieces: &[Piece]) -> usize {
    pieces
        .iter()
        .map(|piece| if let Piece::Text(text) = piece { text.len() } else { 0 })
        .sum()
}

/// Matches a mixed segment and adds where its parameters lie, counted from `offset`. A parameter takes at least one
/// character and ends where the next literal text begins first, so there is nothing to try twice.
pub(super) fn match_mixed(pieces: &[Piece], segment: &str, offset: usize, captures: &mut Vec<Range<usize>>) -> bool {
    let mut at = 0;
    let mut open = None;
    for piece in pieces {
        match (piece, open.take()) {
            (Piece::Param, _) => open = Some(at),
            (Piece::Text(text), None) if segment[at..].starts_with(text.as_str()) => at += text.len(),
            (Piece::Text(_), None) => return false,
            (Piece::Text(text), Some(start)) => match find(segment, after_char(segment, start), text) {
                Some(end) => {
                    captures.push(offset + start..offset + end);
                    at = end + text.len();
                }
                None => return false,
            },
        }
    }
    match open {
        Some(start) if start < segment.len() => captures.push(offset + start..offset + segment.len()),
        Some(_) => return false,
        None => return at == segment.len(),
    }
    true
}

/// Where the character at `at` ends: an escape is one character. Normal paths are ASCII.
fn after_char(segment: &str, at: usize) -> usize {
    let width = if segment.as_bytes().get(at) == Some(&b'%') {
        3
    } else {
        1
    };
    (at + width).min(segment.len() + 1)
}

/// The first place of `text` at or behind `from` that does not begin inside an escape.
fn find(segment: &str, from: usize, text: &str) -> Option<usize> {
    let mut at = from;
    while at < segment.len() {
        if segment[at..].starts_with(text) {
            return Some(at);
        }
        at = after_char(segment, at);
    }
    None
}
