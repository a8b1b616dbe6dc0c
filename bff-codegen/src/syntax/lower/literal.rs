//! String literals: what their escapes mean, and what is said about escapes that mean nothing.

use super::Lower;
use crate::diagnostic::Diagnostic;

impl Lower<'_> {
    /// The content of a literal (with or without its quotes) that stands at `start` of the parsed text.
    pub(super) fn unescape(&mut self, raw: &str, start: usize) -> String {
        let (text, bad) = unescape_text(raw);
        for (at, length) in bad {
            let span = self.span_at(start + at, start + at + length);
            let escape = &raw[at..at + length];
            let replacement = format!("\\{escape}");
            self.sink.push(
                Diagnostic::error("E0107", span, format!("`{escape}` is no escape"))
                    .at("a text knows `\\\"` `\\\\` `\\$` `\\n` `\\r` `\\t` `\\u{…}`")
                    .help(format!("for a backslash write two: `{replacement}`"))
                    .fix(span, replacement),
            );
        }
        text
    }
}

/// The content of a literal, quotes left out, and the places and lengths of the escapes that mean nothing (taken as they stand).
fn unescape_text(raw: &str) -> (String, Vec<(usize, usize)>) {
    let quoted = raw.len() >= 2 && raw.starts_with('"') && raw.ends_with('"');
    let (mut rest, mut at) = if quoted { (&raw[1..raw.len() - 1], 1) } else { (raw, 0) };
    let mut text = String::with_capacity(rest.len());
    let mut bad = Vec::new();
    while let Some(backslash) = rest.find('\\') {
        text.push_str(&rest[..backslash]);
        rest = &rest[backslash..];
        at += backslash;
        let (length, meaning) = escape(rest);
        match meaning {
            Some(meaning) => text.push(meaning),
            None => {
                text.push_str(&rest[..length]);
                bad.push((at, length));
            }
        }
        rest = &rest[length..];
        at += length;
    }
    text.push_str(rest);
    (text, bad)
}

/// The length of the escape at the start of `rest`, and the character it stands for.
fn escape(rest: &str) -> (usize, Option<char>) {
    let Some(letter) = rest[1..].chars().next() else {
        return (1, None);
    };
    let meaning = match letter {
        '"' | '\\' | '$' => Some(letter),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'u' => {
            if let Some(hex) = rest[2..].strip_prefix('{')
                && let Some(close) = hex.find('}')
                && (1..=6).contains(&close)
                && hex[..close].bytes().all(|it| it.is_ascii_hexdigit())
            {
                let code = u32::from_str_radix(&hex[..close], 16).ok();
                return (close + 4, code.and_then(char::from_u32));
            }
            None
        }
        _ => None,
    };
    (1 + letter.len_utf8(), meaning)
}
