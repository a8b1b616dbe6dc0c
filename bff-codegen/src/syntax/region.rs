//! Where declarations begin: the file is read one declaration at a time, so that a mistake in one hides nothing of the others.

use super::scan::{Kind, Token, is_method, sign};

/// The tokens of one declaration (or of what stands between two), as a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// First token, documentation included.
    pub(super) first: usize,
    /// The token that the declaration begins with.
    pub(super) head: usize,
    /// One past the last token.
    pub(super) end: usize,
}

/// The words that declarations begin with.
pub(super) const HEADS: [&str; 13] = [
    "import", "client", "policy", "auth", "limit", "plan", "upstream", "type", "enum", "union", "fragment", "extern",
    "route",
];

/// Divides the tokens of a file. Below open brackets only a declaration that stands no further right than the one before begins
/// a new region: then something before it was not closed.
pub(super) fn regions(text: &str, tokens: &[Token]) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let (mut depth, mut indent) = (0_usize, 0);
    for (at, token) in tokens.iter().enumerate() {
        let head = match token.kind {
            Kind::Word if depth == 0 => is_head(text, tokens, at, !token.first),
            Kind::Word => token.first && token.indent <= indent && is_head(text, tokens, at, true),
            _ => false,
        };
        if head {
            cut(&mut regions, tokens, at);
            (depth, indent) = (0, token.indent);
        }
        depth = match bracket(token.kind) {
            Bracket::Open => depth + 1,
            Bracket::Close => depth.saturating_sub(1),
            Bracket::None => depth,
        };
    }
    match regions.last_mut() {
        Some(last) => last.end = tokens.len(),
        None if tokens.is_empty() => {}
        None => regions.push(Region {
            first: 0,
            head: 0,
            end: tokens.len(),
        }),
    }
    regions
}

/// Begins a region at a head, with the documentation above it.
fn cut(regions: &mut Vec<Region>, tokens: &[Token], head: usize) {
    let docs = tokens[..head]
        .iter()
        .rev()
        .take_while(|it| it.kind == Kind::Doc)
        .count();
    let first = head - docs;
    match regions.last_mut() {
        Some(last) => last.end = first,
        None if first > 0 => regions.push(Region {
            first: 0,
            head: 0,
            end: first,
        }),
        None => {}
    }
    regions.push(Region {
        first,
        head,
        end: tokens.len(),
    });
}

/// How a token changes the nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Open,
    Close,
    None,
}

/// How a kind of token changes the nesting; what lies between two `${}` of a text keeps it.
pub(super) fn bracket(kind: Kind) -> Bracket {
    match kind {
        Kind::TextOpen => Bracket::Open,
        Kind::TextClose => Bracket::Close,
        Kind::Sign([b'{' | b'(' | b'[', b' ', b' ']) => Bracket::Open,
        Kind::Sign([b'}' | b')' | b']', b' ', b' ']) => Bracket::Close,
        _ => Bracket::None,
    }
}

/// Whether a declaration begins at a token; `strictly` looks at what follows, too.
pub(super) fn is_head(text: &str, tokens: &[Token], at: usize, strictly: bool) -> bool {
    let word_at = |at: usize| match tokens.get(at) {
        Some(token) if token.kind == Kind::Word => &text[token.start as usize..token.end as usize],
        _ => "",
    };
    let kind_at = |at: usize| tokens.get(at).map(|it| it.kind);
    let word = word_at(at);
    if !(HEADS.contains(&word) || word == "test") {
        return false;
    }
    let (next, after) = (kind_at(at + 1), kind_at(at + 2));
    // At the start of a line a word and its colon are a setting of somebody who forgot a block.
    if !strictly {
        return next != Some(sign(":"));
    }
    let named = next == Some(Kind::Word);
    match word {
        "import" => next == Some(sign("{")),
        "client" | "policy" | "enum" => named && after == Some(sign("{")),
        "upstream" => named && (after == Some(sign("{")) || word_at(at + 2) == "from"),
        "auth" | "limit" | "plan" => named && after == Some(sign("=")),
        "type" => named && [sign("{"), sign("="), sign("<")].iter().any(|it| after == Some(*it)),
        "union" | "fragment" => named && word_at(at + 2) == "on",
        "extern" => matches!(word_at(at + 1), "fn" | "filter"),
        "test" => next == Some(Kind::Text) && after == Some(sign("{")),
        _ => is_method(word_at(at + 1)) && after == Some(Kind::Path),
    }
}
