//! Settings that are groups: `{ name: value }` with keys of their own, each once, known ones only.

use super::{Reader, with_help};
use crate::diagnostic::{Diagnostic, suggest};
use crate::source::Span;
use crate::syntax::ast::{EntryKind, Expr, Key, Shape};

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
