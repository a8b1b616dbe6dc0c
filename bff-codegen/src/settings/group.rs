//! Settings that are groups: `{ name: value }` with keys of their own, each once, known ones only.

use super::{Reader, value, with_help};
use crate::diagnostic::{Diagnostic, suggest};
use crate::source::Span;
use crate::syntax::ast::{EntryKind, Expr, ExprKind, Key, Name, Shape};

/// The entries of a group, those with unknown keys left out.
#[derive(Debug)]
pub struct Group<'e> {
    entries: Vec<(&'e Key, &'e Expr)>,
}

impl<'e> Group<'e> {
    /// The value under a key.
    pub fn get(&self, name: &str) -> Option<&'e Expr> {
        let found = self.entries.iter().find(|(key, _)| key.text == name);
        found.map(|(_, value)| *value)
    }
}

/// Reads the entries of the group `owner: { … }` whose keys are `known`; unknown and repeated ones are reported.
pub fn read<'e>(reader: &mut Reader<'_, '_>, owner: &str, shape: &'e Shape, known: &[&str]) -> Group<'e> {
    let mut entries: Vec<(&Key, &Expr)> = Vec::new();
    for entry in &shape.entries {
        let (key, value) = match &entry.kind {
            EntryKind::Value { key, value } if entry.guard.is_none() && entry.notes.is_empty() => (key, value),
            _ => {
                let found = Diagnostic::error("E0205", entry.span, format!("`{owner}` takes `name: value` entries"));
                reader
                    .sink
                    .push(found.help(format!("settings here: {}", suggest::list(known.iter().copied()))));
                continue;
            }
        };
        if !known.contains(&key.text.as_str()) {
            let text = format!("unknown setting `{}` of `{owner}`", key.text);
            let found = Diagnostic::error("E0203", key.span, text);
            reader
                .sink
                .push(with_help(found, suggest::help(&key.text, known, "settings")));
        } else if let Some((first, _)) = entries.iter().find(|(other, _)| other.text == key.text) {
            reader.sink.push(super::twice(key, first.span));
        } else {
            entries.push((key, value));
        }
    }
    Group { entries }
}

/// The value of a key that must be there; E0207 at `owner`, the word or group that it belongs to.
pub fn required<'e>(
    reader: &mut Reader<'_, '_>,
    group: &Group<'e>,
    owner: Span,
    key: &str,
    example: &str,
) -> Option<&'e Expr> {
    let found = group.get(key);
    if found.is_none() {
        let error = Diagnostic::error("E0207", owner, format!("`{key}` is missing here"));
        reader.sink.push(error.help(format!("add `{key}: {example}`")));
    }
    found
}

/// The plain name under a key that must be there.
pub fn required_name(
    reader: &mut Reader<'_, '_>,
    group: &Group<'_>,
    owner: Span,
    (key, example): (&str, &str),
) -> Option<Name> {
    let expr = required(reader, group, owner, key, example)?;
    match &expr.kind {
        ExprKind::Name(text) => Some(Name {
            text: text.clone(),
            span: expr.span,
        }),
        _ => {
            reader.sink.push(value::wrong_value(key, expr, "a name", example));
            None
        }
    }
}

/// The way of fields, `.a.b`, under a key that must be there.
pub fn required_way(
    reader: &mut Reader<'_, '_>,
    group: &Group<'_>,
    owner: Span,
    (key, example): (&str, &str),
) -> Option<Vec<Key>> {
    let expr = required(reader, group, owner, key, example)?;
    let mut way = Vec::new();
    if follow(expr, &mut way) {
        return Some(way);
    }
    let wanted = "a field, with a dot before it";
    reader.sink.push(value::wrong_value(key, expr, wanted, example));
    None
}

/// The fields of `.a.b` or `.a?.b`.
fn follow(expr: &Expr, way: &mut Vec<Key>) -> bool {
    match &expr.kind {
        ExprKind::Subject(key) => {
            way.push(key.clone());
            true
        }
        ExprKind::Get { base, key, .. } => {
            let known = follow(base, way);
            way.push(key.clone());
            known
        }
        _ => false,
    }
}
