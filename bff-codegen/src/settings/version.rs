//! `version:` of a client: which versions of its contract there are and how a request names one; `version: none` of a route.

use super::{Def, Reader, Scope, group, headers, not_served, value};
use crate::diagnostic::Diagnostic;
use crate::model::contract::{MAX_NUMBER, Version, VersionForm, Versioning, Versions};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, ScalarKind, Shape};

/// The key.
pub const DEF: Def = Def {
    name: "version",
    scopes: &[Scope::Client, Scope::Route],
    served: true,
    doc: "`date { header, oldest, current, default }`: a request names a date between `oldest` and `current` in a header; \
          `header { … }` the same with whole numbers. A route may say `none`.",
};

/// A whole setting that can be pasted.
const EXAMPLE: &str =
    "date { header: \"x-api-version\", oldest: 2023-10-01, current: 2024-01-15, default: 2024-01-15 }";

/// Reads that of a client.
pub fn read(reader: &mut Reader<'_, '_>, expr: &Expr) -> Versioning {
    let form = match &expr.kind {
        ExprKind::Over { base, shape } => match &base.kind {
            ExprKind::Name(name) if name == "date" => Some((VersionForm::Date, base.span, shape)),
            ExprKind::Name(name) if name == "header" => Some((VersionForm::Number, base.span, shape)),
            _ => None,
        },
        _ => None,
    };
    let versions = match form {
        Some((form, span, shape)) => versions(reader, form, span, shape),
        None => {
            reader.sink.push(unreadable(expr));
            None
        }
    };
    versions.map_or(Versioning::Refused, Versioning::By)
}

fn unreadable(expr: &Expr) -> Diagnostic {
    let by_path = |expr: &Expr| matches!(&expr.kind, ExprKind::Name(name) if name == "path");
    match &expr.kind {
        ExprKind::Name(name) if name == "path" => not_served(expr.span, "version: path"),
        ExprKind::Over { base, .. } if by_path(base) => not_served(expr.span, "version: path"),
        ExprKind::Name(name) if name == "none" => {
            Diagnostic::error("E0205", expr.span, "only a route says `version: none`")
                .help("a client without `version:` has no versions")
        }
        _ => value::wrong_value("version", expr, "`date { … }` or `header { … }`", EXAMPLE),
    }
}

fn versions(reader: &mut Reader<'_, '_>, form: VersionForm, span: Span, shape: &Shape) -> Option<Versions> {
    let group = group::read(reader, "version", shape, &["header", "oldest", "current", "default"]);
    let examples = match form {
        VersionForm::Date => ["2023-10-01", "2024-01-15"],
        VersionForm::Number => ["1", "3"],
    };
    let header = group::required(reader, &group, span, "header", "\"x-api-version\"");
    let oldest = group::required(reader, &group, span, "oldest", examples[0]);
    let current = group::required(reader, &group, span, "current", examples[1]);
    let header = header.and_then(|it| header_name(reader, it));
    let mut read = |key: &str, expr: Option<&Expr>| {
        let expr = expr?;
        Some((version(reader, form, key, expr)?, expr.span))
    };
    let (oldest, current) = (read("oldest", oldest), read("current", current));
    let default = match group.get("default") {
        Some(expr) => read("default", Some(expr)),
        None => current,
    };
    let (header, (oldest, oldest_span), (current, current_span)) = (header?, oldest?, current?);
    if oldest > current {
        let found = Diagnostic::error(
            "E0605",
            current_span,
            "the current version is older than the oldest one",
        );
        reader.sink.push(
            found
                .because(oldest_span, format!("`oldest` is {oldest}"))
                .help(format!("`oldest: {current}, current: {oldest}`")),
        );
        return None;
    }
    let (default, default_span) = default?;
    if !(oldest..=current).contains(&default) {
        let found = Diagnostic::error(
            "E0601",
            default_span,
            format!("`{default}` is not a version of this client"),
        );
        let found = match default < oldest {
            true => found.because(oldest_span, "the oldest one"),
            false => found.because(current_span, "the current one"),
        };
        reader
            .sink
            .push(found.help(format!("versions go from {oldest} to {current}")));
        return None;
    }
    Some(Versions {
        span,
        form,
        header,
        oldest,
        current,
        default,
    })
}

fn header_name(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<String> {
    let Some(name) = value::plain_text(expr) else {
        let found = value::wrong_value("header", expr, "the name of a header in quotes", "\"x-api-version\"");
        reader.sink.push(found);
        return None;
    };
    headers::valid(reader, &name, expr.span).then(|| name.to_ascii_lowercase())
}

/// A date or number that is written down: outputs depend on it when the service is built.
fn version(reader: &mut Reader<'_, '_>, form: VersionForm, key: &str, expr: &Expr) -> Option<Version> {
    if reads_auth(expr) {
        reader.sink.push(not_served(expr.span, &format!("{key}: auth.…")));
        return None;
    }
    let found = written(form, expr);
    if found.is_none() {
        let (wanted, example) = match form {
            VersionForm::Date => ("a date that exists".to_owned(), "2024-01-15"),
            VersionForm::Number => (format!("a whole number from 0 to {MAX_NUMBER}"), "3"),
        };
        reader.sink.push(match &expr.kind {
            ExprKind::Scalar(scalar) if scalar.kind == ScalarKind::Date && form == VersionForm::Date => {
                let text = format!("`{}` is no date of the calendar", scalar.text);
                Diagnostic::error("E0601", expr.span, text).help(format!("e.g. `{key}: {example}`"))
            }
            _ => value::wrong_value(key, expr, &wanted, example),
        });
    }
    found
}

/// A version as it is written in settings and notes.
pub fn written(form: VersionForm, expr: &Expr) -> Option<Version> {
    let ExprKind::Scalar(scalar) = &expr.kind else {
        return None;
    };
    match (form, scalar.kind) {
        (VersionForm::Date, ScalarKind::Date) => Version::of_date(&scalar.text),
        (VersionForm::Number, ScalarKind::Number) => Version::of_number(&scalar.text),
        _ => None,
    }
}

fn reads_auth(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => name == "auth",
        ExprKind::Get { base, .. } => reads_auth(base),
        ExprKind::Binary { left, .. } => reads_auth(left),
        _ => false,
    }
}

/// Reads `version: none` of a route.
pub fn read_none(reader: &mut Reader<'_, '_>, expr: &Expr) -> Option<Span> {
    if matches!(&expr.kind, ExprKind::Name(name) if name == "none") {
        return Some(expr.span);
    }
    let found = Diagnostic::error(
        "E0205",
        expr.span,
        "the `version` of a route is `none` or that of its client",
    );
    reader.sink.push(found.help("`version: none`, or leave it out"));
    None
}
