//! `proxy:` of a route: an upstream that gets its requests as they come, and whose answers go back as they are.

use super::{Def, Reader, Scope, base, value};
use crate::diagnostic::Diagnostic;
use crate::model::types::Setting;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, StrPiece};

/// The key.
pub const DEF: Def = Def {
    name: "proxy",
    scopes: &[Scope::Route],
    served: true,
    doc: "Hands requests on to an upstream, or to an address such as `\"http://media:8080/rooms/${path.room}\"`, and its answers back, \
          both as streams. `rewrite` changes the path.",
};

/// Where the requests go.
#[derive(Clone, Debug)]
pub enum Destination {
    /// To a declared upstream.
    Upstream(String, Span),
    /// To an address of the route's own, with the path below it if it has one.
    Address(Setting<String>, Option<Expr>),
}

/// Reads it.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Destination> {
    match &expr.kind {
        ExprKind::Name(name) => Some(Destination::Upstream(name.clone(), expr.span)),
        ExprKind::Str(pieces) => address(reader, expr, pieces),
        // `env.MEDIA_URL ?? "http://127.0.0.1:9110"`
        ExprKind::Get { .. } | ExprKind::Binary { .. } => {
            base::read(reader, expr).map(|setting| Destination::Address(setting, None))
        }
        _ => {
            let wanted = "an upstream or an address";
            reader
                .sink
                .push(value::wrong_value("proxy", expr, wanted, "\"http://media:8080\""));
            None
        }
    }
}

/// Takes an address apart: scheme and host are written, so that no request can choose where it goes; the path may be computed.
fn address(reader: &mut Reader<'_, '_>, expr: &Expr, pieces: &[StrPiece]) -> Option<Destination> {
    let first = match pieces.first() {
        Some(StrPiece::Text(text, _)) => text.as_str(),
        _ => "",
    };
    let host = first.find("://").map_or(0, |at| at + 3);
    let path = first[host..].find('/').map(|at| host + at);
    if path.is_none() && pieces.len() > 1 {
        let found = Diagnostic::error("E0426", expr.span, "the host that a route proxies to is not computed");
        let help = "write scheme and host, and compute only the path: `\"http://media:8080/rooms/${path.room}\"`";
        reader.sink.push(found.help(help));
        return None;
    }
    let odd = |piece: &StrPiece| matches!(piece, StrPiece::Text(text, _) if text.contains(['?', '#']));
    if pieces.iter().any(odd) {
        let found = Diagnostic::error("E0426", expr.span, "the address that a route proxies to has no query");
        reader
            .sink
            .push(found.help("leave it out: the query of the request goes along by itself"));
        return None;
    }
    let origin = &first[..path.unwrap_or(first.len())];
    if let Some(problem) = base::problem(origin) {
        let found = Diagnostic::error("E0426", expr.span, format!("this is no address to proxy to: {problem}"));
        reader
            .sink
            .push(found.help("`proxy: \"http://media:8080\"`, or the name of an upstream"));
        return None;
    }
    // `http://media:8080/` is the host alone.
    let path = path.filter(|at| pieces.len() > 1 || first.len() > at + 1);
    let target = path.map(|at| {
        let mut pieces = pieces.to_vec();
        if let Some(StrPiece::Text(text, _)) = pieces.first_mut() {
            text.replace_range(..at, "");
        }
        let (span, kind) = (expr.span, ExprKind::Str(pieces));
        Expr { span, kind }
    });
    Some(Destination::Address(Setting::Value(origin.to_owned()), target))
}
