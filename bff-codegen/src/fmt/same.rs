//! Whether two trees say the same, wherever it stands.

use crate::syntax::ast::Spec;

/// Compares two trees without their spans.
pub(super) fn same(one: &Spec, other: &Spec) -> bool {
    without_spans(one) == without_spans(other)
}

/// The tree as text, without the places (`0:12..15`) in it. A text of the source that looks like one is lost on both
/// sides alike, which the formatter cannot cause: it takes texts as they are.
fn without_spans(spec: &Spec) -> String {
    let text = format!("{spec:?}");
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len() / 2);
    let (mut at, mut kept) = (0, 0);
    while at < bytes.len() {
        let end = span_end(bytes, at);
        if end > at {
            out.push_str(&text[kept..at]);
            kept = end;
            at = end;
        } else {
            at += bytes[at..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count()
                .max(1);
        }
    }
    out.push_str(&text[kept..]);
    out
}

/// The end of `0:12..15` if it starts at `at`, else `at`.
fn span_end(bytes: &[u8], at: usize) -> usize {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let parts: [&[u8]; 3] = [b"", b":", b".."];
    let mut end = at;
    for part in parts {
        if !bytes[end..].starts_with(part) {
            return at;
        }
        end += part.len();
        let count = digits(end);
        if count == 0 {
            return at;
        }
        end += count;
    }
    end
}
