//! Versions: `@since` and `@until` of entries, and the name `version`.

use super::super::Checker;
use super::super::types::{T, Why};
use super::super::value::Value;
use super::Noted;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind, Ty};
use crate::model::contract::{Version, VersionForm, Versioning, Versions};
use crate::model::types::Scalar;
use crate::settings::version::written;
use crate::source::Span;
use crate::syntax::ast::{self, EntryKind, Note};
use std::rc::Rc;

/// The versions from one on and before another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::check) struct Range {
    /// The first; all before if none.
    since: Option<Version>,
    /// The first one no more; all after if none.
    until: Option<Version>,
}

impl Range {
    /// The versions of both.
    pub(in crate::check) fn and(self, other: Range) -> Range {
        Range {
            since: self.since.max(other.since),
            until: match (self.until, other.until) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    /// Whether it has no version at all.
    pub(in crate::check) fn is_empty(self) -> bool {
        matches!((self.since, self.until), (Some(since), Some(until)) if since >= until)
    }

    /// Whether some version is in both.
    pub(in crate::check) fn meets(self, other: Range) -> bool {
        !self.and(other).is_empty()
    }
}

impl Checker<'_> {
    /// `@since(d)`, `@until(d)`
    pub(super) fn version_note(&mut self, note: &Note, noted: &mut Noted) {
        let Some(version) = self.noted_version(note) else {
            noted.refused = true;
            return;
        };
        let since = at_least(version, note.span);
        let gate = if note.name.text == "since" {
            noted.range.since = Some(version);
            since
        } else {
            noted.range.until = Some(version);
            negated(since)
        };
        noted.gate = Some(match noted.gate.take() {
            Some(before) => before.and(gate),
            None => gate,
        });
    }

    /// The version that a note names, if the route at hand has versions and this is one of them.
    fn noted_version(&mut self, note: &Note) -> Option<Version> {
        let name = &note.name.text;
        let Some(arg) = &note.arg else {
            let found = Diagnostic::error("E0604", note.span, format!("`@{name}` names a version"));
            self.sink.push(found.help(format!("`@{name}(2024-01-15)`")));
            return None;
        };
        let either = written(VersionForm::Date, arg).or_else(|| written(VersionForm::Number, arg));
        if self.notes.alone {
            return either;
        }
        let client = self.model.client.as_ref()?;
        if let Some(place) = self.notes.unversioned {
            let found = Diagnostic::error(
                "E0603",
                note.span,
                "this entry depends on the version, and the route has none",
            )
            .because(place, "the route answers every version in the same way")
            .help(format!("remove `version: none`, or this `@{name}`"));
            self.sink.push(found);
            return None;
        }
        let versions = match &client.versioning {
            Versioning::By(versions) => versions,
            Versioning::Refused => return either,
            Versioning::None => {
                let found = Diagnostic::error("E0603", note.span, "this entry depends on the version, and the client has none")
                    .because(client.span, format!("`{}` has no `version:`", client.name))
                    .help("add to the client: `version: date { header: \"x-api-version\", oldest: 2023-10-01, current: 2024-01-15 }`");
                self.sink.push(found);
                return None;
            }
        };
        let found = written(versions.form, arg).filter(|it| (versions.oldest..=versions.current).contains(it));
        match found {
            Some(version) => {
                self.notes.named.insert(version);
            }
            None => {
                let error = self.no_version(versions, arg);
                self.sink.push(error);
            }
        }
        found
    }

    /// Whether the client has versions.
    pub(in crate::check) fn has_versions(&self) -> bool {
        let client = self.model.client.as_ref();
        client.is_some_and(|client| client.versioning.known().is_some())
    }

    /// E0601
    fn no_version(&self, versions: &Versions, arg: &ast::Expr) -> Diagnostic {
        let mut in_use = self.notes.named.clone();
        in_use.extend([versions.oldest, versions.current]);
        let in_use: Vec<String> = in_use.iter().map(Version::to_string).collect();
        let text = self.sources.text(arg.span);
        Diagnostic::error("E0601", arg.span, format!("`{text}` is not a version of this client"))
            .because(
                versions.span,
                format!("they go from {} to {}", versions.oldest, versions.current),
            )
            .help(format!("versions in use: {}", in_use.join(", ")))
    }

    /// E0605 where no version is left for an entry.
    pub(super) fn close_range(&mut self, entry: &ast::Entry, noted: &mut Noted) {
        let Some(last) = entry.notes.last().filter(|_| noted.gate.is_some()) else {
            return;
        };
        let around = if self.env.fragments.is_empty() {
            self.env.range
        } else {
            Range::default()
        };
        if !noted.range.and(around).is_empty() || around.is_empty() {
            return;
        }
        let what = match &entry.kind {
            EntryKind::Value { key, .. } | EntryKind::Pick { key, .. } => format!("`{}`", key.text),
            EntryKind::Spread(_) => "this spread".to_owned(),
        };
        let found = Diagnostic::error("E0605", last.span, format!("{what} is in no version"));
        self.sink.push(found.help(match noted.range.is_empty() {
            true => "`@until` is exclusive and comes after `@since`",
            false => "the entry around it ends before this one begins, or begins after this one ends",
        }));
        noted.refused = true;
    }

    /// `version`: what the request asks for.
    pub(in crate::check) fn version_value(&mut self, span: Span) -> Value {
        let header = self.env.closed == Some(super::super::headers::PLACE);
        if let Some(place) = self.env.closed.filter(|_| !header) {
            let found = Diagnostic::error("E0309", span, format!("`version` cannot be read in {place}"));
            self.sink
                .push(found.help("read it in the route, or tell entries apart with `@since` and `@until`"));
            return Value::unknown(span);
        }
        let Some(client) = &self.model.client else {
            return Value::unknown(span);
        };
        let versions = match &client.versioning {
            Versioning::By(versions) => versions,
            Versioning::Refused => return Value::unknown(span),
            Versioning::None => {
                let found = Diagnostic::error("E0603", span, "there is no `version`: the client has none")
                    .because(client.span, format!("`{}` has no `version:`", client.name));
                self.sink.push(found);
                return Value::unknown(span);
            }
        };
        if let Some(place) = self.notes.unversioned.filter(|_| !header) {
            let found = Diagnostic::error("E0603", span, "there is no `version` in this route");
            self.sink
                .push(found.because(place, "the route answers every version in the same way"));
            return Value::unknown(span);
        }
        let scalar = match versions.form {
            VersionForm::Date => Scalar::Date,
            VersionForm::Number => Scalar::Int,
        };
        let ty = T::Scalar(scalar);
        let why = Why {
            span: versions.span,
            text: "routes with `version: none` and early errors have none".to_owned(),
        };
        let ty = if header { ty.or_null(Some(Rc::new(why))) } else { ty };
        Value::new(ty, span, ExprKind::Version(versions.form))
    }
}

fn at_least(version: Version, span: Span) -> Expr {
    let ty = Ty::Scalar(Scalar::Boolean);
    let kind = ExprKind::AtLeast(version);
    Expr { ty, span, kind }
}

fn negated(expr: Expr) -> Expr {
    let (ty, span) = (expr.ty.clone(), expr.span);
    let kind = ExprKind::Not(Box::new(expr));
    Expr { ty, span, kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(since: Option<u32>, until: Option<u32>) -> Range {
        Range {
            since: since.map(Version),
            until: until.map(Version),
        }
    }

    #[test]
    fn until_is_exclusive() {
        assert!(!range(None, Some(5)).meets(range(Some(5), None)));
        assert!(range(None, Some(6)).meets(range(Some(5), None)));
        assert!(range(Some(5), Some(5)).is_empty());
        assert!(!range(Some(5), Some(6)).is_empty());
        assert!(range(None, None).meets(range(Some(1), Some(2))));
        assert_eq!(
            range(Some(1), Some(9)).and(range(Some(3), None)),
            range(Some(3), Some(9))
        );
    }
}
