//! `base:` of an upstream: its address, `"http://host:port/prefix"` or `"https://…"`, usually from the environment.

use super::{Def, Reader, Scope, value};
use crate::diagnostic::Diagnostic;
use crate::model::types::Setting;
use crate::syntax::ast::Expr;

/// The key.
pub const DEF: Def = Def {
    name: "base",
    scopes: &[Scope::Upstream],
    served: true,
    doc: "Address of the upstream, `http://` or `https://`, with an optional prefix of all paths. Usually `env.NAME`.",
};

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Setting<String>> {
    let setting = reader.setting(
        "base",
        expr,
        value::plain_text,
        "an address",
        "\"http://127.0.0.1:9100\"",
    )?;
    let written = match &setting {
        Setting::Value(text) => Some(text.as_str()),
        Setting::Env { default, .. } => default.as_deref(),
    };
    if let Some(problem) = written.and_then(problem) {
        reader.sink.push(
            Diagnostic::error(
                "E0205",
                expr.span,
                format!("this is no address of an upstream: {problem}"),
            )
            .help("an address has a scheme, a host and perhaps a port and a prefix: `base: \"http://127.0.0.1:9100\"`"),
        );
        return None;
    }
    Some(setting)
}

/// What is wrong with an address, if anything.
pub fn problem(text: &str) -> Option<&'static str> {
    let rest = match text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) {
        Some(rest) => rest,
        None => return Some("it does not begin with `http://` or `https://`"),
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Some("it must not hold a user or password");
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if host.is_empty() {
        return Some("the host is missing");
    }
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Some("the port is not a number up to 65535");
    }
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '{' | '}' | '\\');
    if rest.contains(odd) || path.contains(['?', '#']) {
        return Some("it may have a prefix of paths, but nothing else");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn addresses_have_a_scheme_and_a_host() {
        for good in [
            "http://a",
            "https://a.example/b",
            "http://127.0.0.1:9100",
            "http://[::1]:80",
        ] {
            assert_eq!(problem(good), None, "{good}");
        }
        for bad in [
            "a.example",
            "ftp://a",
            "http://",
            "http://:80",
            "http://a:x",
            "http://u:p@a",
            "http://a?b",
            "http://a b",
        ] {
            assert!(problem(bad).is_some(), "{bad}");
        }
    }
}
