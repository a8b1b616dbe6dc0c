//! `locales: ["en", "de-AT"]` of a client: the languages that `format` and `money` write. The first is the default; their words alone are
//! compiled in. `request.locale` is the one that `accept-language` asks for (RFC 4647, lookup).

use super::{Def, Reader, Scope, value};
use crate::diagnostic::{Diagnostic, suggest};
use crate::model::locale;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};

/// The key.
pub const DEF: Def = Def {
    name: "locales",
    scopes: &[Scope::Client],
    served: true,
    doc: "The languages that `format` and `money` write, as language tags; the first is the default of `request.locale`.",
};

/// The tags with their places.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Vec<(String, Span)>> {
    let wrong = |expr: &Expr| value::wrong_value("locales", expr, "a list of language tags", "[\"en\", \"de-AT\"]");
    let items = match &expr.kind {
        ExprKind::List(items) if !items.is_empty() => items,
        _ => {
            reader.sink.push(wrong(expr));
            return None;
        }
    };
    let mut tags: Vec<(String, Span)> = Vec::new();
    for item in items {
        let Some(tag) = value::plain_text(item) else {
            reader.sink.push(wrong(item));
            continue;
        };
        if let Some((_, before)) = tags.iter().find(|(known, _)| known.eq_ignore_ascii_case(&tag)) {
            reader.sink.push(
                Diagnostic::error("E0321", item.span, format!("`{tag}` is in the list already"))
                    .because(*before, "here"),
            );
        } else if locale::known(&tag).is_none() {
            let error = Diagnostic::error("E0321", item.span, format!("nothing is known of the locale `{tag}`"));
            reader.sink.push(match suggest::closest(&tag, locale::tags()) {
                Some(close) => error.help(format!("did you mean `{close}`?")),
                None => error.help("locales are language tags such as `en`, `de-AT`, `zh-Hant`"),
            });
        } else {
            tags.push((tag, item.span));
        }
    }
    Some(tags)
}
