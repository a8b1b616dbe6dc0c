//! Names of the generated Rust: case, keywords, and no two things under one name.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

/// What Rust keeps for itself; a name of the user's that is one of these gets an underscore.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names of types, traits and constructors that generated code uses; a type of the user's that is called so gets `Record` behind it.
const TAKEN_TYPES: &[&str] = &[
    "Arm",
    "At",
    "Body",
    "Call",
    "ClientHeaders",
    "Contract",
    "Date",
    "DateTime",
    "Decimal",
    "Deprecation",
    "Duration",
    "Err",
    "ErrorFormat",
    "ErrorView",
    "Eval",
    "Fail",
    "Fault",
    "Frame",
    "Gated",
    "Gateway",
    "Guard",
    "HeaderOut",
    "Idempotency",
    "Input",
    "InputKind",
    "Inputs",
    "Invoke",
    "Json",
    "Kind",
    "List",
    "Map",
    "Mark",
    "Method",
    "None",
    "Ok",
    "On",
    "Op",
    "Option",
    "Out",
    "Output",
    "Proxy",
    "Raw",
    "Read",
    "Rec",
    "Refuse",
    "Reply",
    "Request",
    "RequestView",
    "Result",
    "Route",
    "RouteHeaders",
    "Rule",
    "Scratch",
    "Self",
    "Send",
    "Service",
    "Setting",
    "Some",
    "Sparse",
    "SparseField",
    "Str",
    "Stream",
    "StreamAnswer",
    "StreamInput",
    "Test",
    "Undo",
    "Upstream",
    "Var",
    "Vec",
    "Verb",
    "Version",
    "VersionForm",
    "Versions",
    "View",
];

/// Names that functions of a row use for themselves.
const TAKEN_VALUES: &[&str] = &[
    "it", "o", "q", "h", "frame", "scratch", "list", "parts", "count", "last", "text", "error", "request", "ops",
];

/// Names that loops give to what they keep, alone and with a number.
const KEPT: &[&str] = &["met", "ranks", "rows", "quota", "tally", "peak", "mean", "table"];

/// Names of modules that generated code reads from.
pub(crate) const TAKEN_MODULES: &[&str] = &["ops", "text", "list", "needs", "inputs"];

/// `givenName` -> `given_name`, `HTTPStatus` -> `http_status`, `a-b` -> `a_b`; keywords get an underscore.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = name.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            out.push('_');
            continue;
        }
        let after_lower = at > 0 && (chars[at - 1].is_ascii_lowercase() || chars[at - 1].is_ascii_digit());
        let ends_run =
            at > 0 && chars[at - 1].is_ascii_uppercase() && chars.get(at + 1).is_some_and(char::is_ascii_lowercase);
        if c.is_ascii_uppercase() && (after_lower || ends_run) && !out.ends_with('_') {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    escape(out)
}

/// `get_user`, `ON_ITS_WAY`, `page<Order>` -> `GetUser`, `OnItsWay`, `PageOfOrder`.
pub(crate) fn camel(name: &str) -> String {
    let name = name.replace('<', " Of ").replace(", ", " And ");
    let mut out = String::new();
    for word in name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let shouted = word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let (first, rest) = word.split_at(1);
        out.push_str(&first.to_ascii_uppercase());
        out.push_str(&if shouted {
            rest.to_ascii_lowercase()
        } else {
            rest.to_owned()
        });
    }
    match out.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("V{out}"),
        Some(_) if TAKEN_TYPES.contains(&out.as_str()) => format!("{out}Record"),
        Some(_) => out,
        None => "Unnamed".to_owned(),
    }
}

/// `recent` -> `RECENT`.
pub(crate) fn shout(name: &str) -> String {
    snake(name).trim_end_matches('_').to_ascii_uppercase()
}

/// An identifier of generated code; build scripts have no better span than the call site.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn escape(name: String) -> String {
    if name.is_empty() || name.chars().all(|c| c == '_') {
        "unnamed".to_owned()
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("n{name}")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The names of one name space; the second of two equal ones gets a number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken(BTreeSet<String>);

impl Taken {
    /// A name space in which functions keep some names for themselves.
    pub(crate) fn values() -> Self {
        let locals = (2..40).map(|depth| format!("it_{depth}"));
        Taken(
            TAKEN_VALUES
                .iter()
                .map(|name| (*name).to_owned())
                .chain(KEPT.iter().map(|name| (*name).to_owned()))
                .chain(locals)
                .collect(),
        )
    }

    /// `name`, or `name_2` and so on if it is taken.
    pub(crate) fn add(&mut self, name: &str) -> String {
        let kept = self.0.contains(KEPT[0]) && is_kept(name);
        let mut free = if kept { format!("{name}_value") } else { name.to_owned() };
        let mut number = 2;
        while !self.0.insert(free.clone()) {
            free = format!("{}_{number}", name.trim_end_matches('_'));
            number += 1;
        }
        free
    }

    /// `name`, or the same with a number written to it as types are, `Name2`.
    pub(crate) fn add_type(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut number = 2;
        while !self.0.insert(free.clone()) {
            free = format!("{name}{number}");
            number += 1;
        }
        free
    }

    /// Whether nothing is called so yet.
    pub(crate) fn free(&self, name: &str) -> bool {
        !self.0.contains(name)
    }
}

/// Whether a loop may call something so.
fn is_kept(name: &str) -> bool {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let base = base
        .strip_suffix('_')
        .filter(|_| base.len() < name.len())
        .unwrap_or(name);
    KEPT.contains(&base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_names_become_snake_case() {
        let names = [
            "givenName",
            "id",
            "type",
            "HTTPStatus",
            "first-name",
            "x2",
            "2nd",
            "a_b",
            "orderID",
            "_",
        ];
        let rust: Vec<String> = names.iter().map(|name| snake(name)).collect();
        let expected = [
            "given_name",
            "id",
            "type_",
            "http_status",
            "first_name",
            "x2",
            "n2nd",
            "a_b",
            "order_id",
            "unnamed",
        ];
        assert_eq!(rust, expected);
    }

    #[test]
    fn types_and_values_become_camel_case_and_keep_clear_of_the_engine() {
        let names = ["User", "get_user", "ON_ITS_WAY", "Page<Order>", "Call", "24h", "EUR"];
        let rust: Vec<String> = names.iter().map(|name| camel(name)).collect();
        assert_eq!(
            rust,
            [
                "User",
                "GetUser",
                "OnItsWay",
                "PageOfOrder",
                "CallRecord",
                "V24h",
                "Eur"
            ]
        );
    }

    #[test]
    fn equal_names_are_told_apart() {
        let mut taken = Taken::default();
        assert_eq!([taken.add("a"), taken.add("a"), taken.add("a")], ["a", "a_2", "a_3"]);
        assert_eq!([taken.add_type("User"), taken.add_type("User")], ["User", "User2"]);
    }
}
