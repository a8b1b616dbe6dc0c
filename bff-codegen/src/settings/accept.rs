//! `accept:` of a route: the kinds of bodies that its stream takes.

use super::{Def, Reader, Scope, value};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "accept",
    scopes: &[Scope::Route],
    served: true,
    doc: "The media types that a streamed body may have, `[\"image/png\", \"image/*\"]`. Any other is 415.",
};

/// Reads it: media types in lower case, each with its place. A type or subtype may be `*`.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Vec<(String, Span)>> {
    let ExprKind::List(list) = &expr.kind else {
        let wanted = value::wrong_value("accept", expr, "a list of media types", "[\"image/png\"]");
        reader.sink.push(wanted);
        return None;
    };
    let mut types = Vec::new();
    for item in list {
        match value::plain_text(item) {
            Some(text) if is_media_type(&text) => types.push((text.to_ascii_lowercase(), item.span)),
            _ => {
                let found = Diagnostic::error("E0205", item.span, "`accept` takes media types, this is none");
                let help = "a type and a subtype without parameters: `\"image/png\"`, or all of a type: `\"image/*\"`";
                reader.sink.push(found.help(help));
            }
        }
    }
    if list.is_empty() {
        let found = Diagnostic::error("E0205", expr.span, "an empty `accept` would refuse every body");
        reader
            .sink
            .push(found.help("name the types that are taken, or leave `accept` out to take all"));
        return None;
    }
    Some(types)
}

/// `type/subtype` of RFC 9110, section 8.3.1, where `*` stands for every subtype, or for everything.
fn is_media_type(text: &str) -> bool {
    let is_token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&it))
    };
    match text.split_once('/') {
        Some(("*", subtype)) => subtype == "*",
        Some((kind, subtype)) => is_token(kind) && (subtype == "*" || is_token(subtype)),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_media_type;

    #[test]
    fn media_types_have_two_parts_and_no_parameters() {
        for good in [
            "image/png",
            "image/*",
            "*/*",
            "application/vnd.acme.v2+json",
            "Text/CSV",
        ] {
            assert!(is_media_type(good), "{good}");
        }
        for bad in [
            "png",
            "image/",
            "/png",
            "*/png",
            "image/png; q=1",
            "image/p g",
            "image/*+xml",
            "a/b/c",
            "",
        ] {
            assert!(!is_media_type(bad), "{bad}");
        }
    }
}
