//! How names are written: what the grammar reads but the language does not call so.

use super::Lower;
use crate::diagnostic::{Diagnostic, suggest};
use crate::source::Span;
use crate::syntax::ast::{Const, Name};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

/// The notes of the language.
const NOTES: [&str; 5] = ["since", "until", "scope", "pii", "deprecated"];

impl Lower<'_> {
    /// The name of a type, fragment or enum value.
    pub(super) fn capital_name(&mut self, pair: &Pair<'_, Rule>, what: &str) -> Name {
        let name = self.name(pair);
        // What stands for a name that could not be read was told already.
        let written = self.file_text.get(name.span.range()) == Some(name.text.as_str());
        if !written || name.text.starts_with(|c: char| c.is_ascii_uppercase()) {
            return name;
        }
        let right = capitalised(&name.text);
        self.sink.push(
            Diagnostic::error("E0114", name.span, format!("{what} begins with a capital"))
                .at(format!("`{}` does not", name.text))
                .help(format!("call it `{right}` here and everywhere")),
        );
        name
    }

    /// Every other name that a file declares.
    pub(super) fn snake_name(&mut self, pair: &Pair<'_, Rule>, what: &str) -> Name {
        let name = self.name(pair);
        if !name.text.contains(|c: char| c.is_ascii_uppercase()) {
            return name;
        }
        let right = snake_case(&name.text);
        self.sink.push(
            Diagnostic::error("E0114", name.span, format!("{what} is written in lower snake case"))
                .at(format!("`{}` has capitals", name.text))
                .help(format!("call it `{right}` here and everywhere")),
        );
        name
    }

    /// What other languages call the constants; names of enum values are left alone.
    pub(super) fn foreign_constant(&mut self, text: &str, span: Span) -> Option<Const> {
        let (right, constant) = match text {
            "nil" | "undefined" => ("null", Const::Null),
            "None" | "NULL" if !self.declares_value(text) => ("null", Const::Null),
            "True" if !self.declares_value(text) => ("true", Const::True),
            "False" if !self.declares_value(text) => ("false", Const::False),
            _ => return None,
        };
        self.sink.push(
            Diagnostic::error("E0120", span, format!("`{text}` is written `{right}` here"))
                .at(format!("expected `{right}`"))
                .help(format!("`{right}`"))
                .fix(span, right),
        );
        Some(constant)
    }

    /// Whether an enum with such a value may be declared in this file.
    fn declares_value(&self, text: &str) -> bool {
        let declared = |at: usize| {
            let before = self.file_text[..at].trim_end_matches(' ');
            let after = self.file_text[at + text.len()..].trim_start_matches(' ');
            before.ends_with(['{', ',', '\n']) && after.starts_with(['=', ',', '\n', '}']) && !after.starts_with("==")
        };
        self.file_text.match_indices(text).any(|(at, _)| declared(at))
    }

    /// Whether a note is one of the language; says so if not.
    pub(super) fn is_note(&mut self, name: &Name, start: usize, end: usize) -> bool {
        let span = self.span_at(start, end);
        if !NOTES.contains(&name.text.as_str()) {
            let diagnostic = Diagnostic::error("E0117", span, format!("there is no note `@{}`", name.text));
            let diagnostic = diagnostic.at("not a note of the language");
            self.sink.push(match suggest::closest(&name.text, NOTES) {
                Some(close) => diagnostic.help(format!("did you mean `@{close}`?")),
                None => diagnostic.help("the notes are `@since @until @scope @pii @deprecated`"),
            });
            return false;
        }
        self.note_before(start, end);
        true
    }

    /// Warns of a note that reads as if it belonged to what follows.
    fn note_before(&mut self, start: usize, end: usize) {
        let text: &str = &self.patched.text;
        let before = text[..start].rsplit('\n').next().unwrap_or("");
        let after = text[end..].split('\n').next().unwrap_or("").trim();
        let follows = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '"' || c == '_');
        if !before.trim().is_empty() || !follows || text[start..end].contains('\n') {
            return;
        }
        let note = &text[start..end];
        let field = after.trim_end_matches(',');
        self.sink.push(
            Diagnostic::warning(
                "W0101",
                self.span_at(start, end),
                format!("`{note}` belongs to what stands before it"),
            )
            .at("not to what follows on its line")
            .help(format!("`{field} {note}`")),
        );
    }
}

fn capitalised(text: &str) -> String {
    let mut parts = text.split('_').filter(|part| !part.is_empty()).map(|part| {
        let (first, rest) = part.split_at(1);
        first.to_ascii_uppercase() + rest
    });
    let name: String = parts.by_ref().collect();
    if name.is_empty() { "T".to_owned() } else { name }
}

fn snake_case(text: &str) -> String {
    let mut name = String::with_capacity(text.len() + 4);
    let mut lower_before = false;
    for c in text.chars() {
        if c.is_ascii_uppercase() && lower_before {
            name.push('_');
        }
        lower_before = c.is_ascii_lowercase() || c.is_ascii_digit();
        name.push(c.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{capitalised, snake_case};

    #[test]
    fn names_are_turned_into_the_other_case() {
        assert_eq!(capitalised("order_line"), "OrderLine");
        assert_eq!(capitalised("_"), "T");
        assert_eq!(snake_case("orderLine2Go"), "order_line2_go");
        assert_eq!(snake_case("HTTPGate"), "httpgate");
    }
}
