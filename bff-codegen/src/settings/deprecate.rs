//! `deprecate:` of a route: since when nobody should use it, when it goes away, and which route takes its place.

use super::{Def, Reader, Scope, group, value};
use crate::diagnostic::Diagnostic;
use crate::model::contract::{Deprecation, Version, VersionForm};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, ScalarKind};

/// The key.
pub const DEF: Def = Def {
    name: "deprecate",
    scopes: &[Scope::Route],
    served: true,
    doc: "`{ since, sunset, use }`: every answer says by `deprecation`, `sunset` and `link` that the route goes away, when, \
          and which route takes its place.",
};

/// Reads it; `key` is where the key stands.
pub fn read(reader: &mut Reader<'_, '_>, key: Span, expr: &Expr) -> Option<Deprecation> {
    let ExprKind::Shape(shape) = &expr.kind else {
        let example = "{ since: 2024-01-01, sunset: 2025-06-30, use: /orders }";
        reader
            .sink
            .push(value::wrong_value("deprecate", expr, "a group", example));
        return None;
    };
    let group = group::read(reader, "deprecate", shape, &["since", "sunset", "use"]);
    let since = group::required(reader, &group, key, "since", "2024-01-01");
    let since = since.and_then(|it| Some((date(reader, "since", it)?, it.span)));
    let sunset = group.get("sunset").map(|it| (date(reader, "sunset", it), it.span));
    let successor = group.get("use").and_then(|it| path(reader, it));
    if sunset.is_none() {
        let found = Diagnostic::warning(
            "W0605",
            key,
            "this route is deprecated, but nothing says when it goes away",
        );
        reader
            .sink
            .push(found.help("add `sunset: 2025-06-30`, the day on which it goes away"));
    }
    let (since, since_span) = since?;
    let sunset = sunset.and_then(|(sunset, span)| Some((sunset?, span)));
    if let Some((sunset, span)) = sunset
        && sunset < since
    {
        let found = Diagnostic::error("E0607", span, "this route would go away before it is deprecated");
        reader.sink.push(
            found
                .because(since_span, format!("deprecated since {since}"))
                .help(format!("`since: {sunset}, sunset: {since}`")),
        );
    }
    Some(Deprecation {
        span: key,
        since,
        sunset: sunset.map(|(sunset, _)| sunset),
        successor,
    })
}

fn date(reader: &mut Reader<'_, '_>, key: &str, expr: &Expr) -> Option<Version> {
    let found = super::version::written(VersionForm::Date, expr);
    if found.is_none() {
        reader.sink.push(match &expr.kind {
            ExprKind::Scalar(scalar) if scalar.kind == ScalarKind::Date => {
                let text = format!("`{}` is no date of the calendar", scalar.text);
                Diagnostic::error("E0205", expr.span, text).help(format!("e.g. `{key}: 2024-01-01`"))
            }
            _ => value::wrong_value(key, expr, "a date", "2024-01-01"),
        });
    }
    found
}

fn path(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<(String, Span)> {
    match &expr.kind {
        ExprKind::Path(path) => Some((path.text.clone(), expr.span)),
        _ => {
            reader
                .sink
                .push(value::wrong_value("use", expr, "the path of a route", "/orders"));
            None
        }
    }
}
