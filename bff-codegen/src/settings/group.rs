//! Settings that are groups of named values: `{ op: products, arg: ids, match: .id }`.

use super::{Reader, value};
use crate::diagnostic::{Diagnostic, suggest};
use crate::source::Span;
use crate::syntax::ast::{EntryKind, Expr, ExprKind, Key, Name};

/// The entries of a group, to be taken one by one.
pub struct Group<'e> {
    setting: &'static str,
    form: &'static str,
    span: Span,
    entries: Vec<(&'e Key, &'e Expr)>,
}

impl<'e> Group<'e> {
    /// Opens a group whose entries are all of `names`; `form` is one that can be pasted.
    pub fn open(
        reader: &mut Reader<'_, '_>,
        setting: &'static str,
        expr: &'e Expr,
        names: &[&str],
        form: &'static str,
    ) -> Option<Self> {
        let ExprKind::Shape(shape) = &expr.kind else {
            reader.sink.push(value::wrong_value(setting, expr, "a group", form));
            return None;
        };
        let mut group = Group {
            setting,
            form,
            span: expr.span,
            entries: Vec::new(),
        };
        for entry in &shape.entries {
            match &entry.kind {
                EntryKind::Value { key, value } if entry.guard.is_none() => group.add(reader, key, value, names),
                _ => {
                    let found =
                        Diagnostic::error("E0205", entry.span, format!("`{setting}` takes `name: value` entries"));
                    reader.sink.push(found.help(format!("`{setting}: {form}`")));
                }
            }
        }
        Some(group)
    }

    fn add(&mut self, reader: &mut Reader<'_, '_>, key: &'e Key, value: &'e Expr, names: &[&str]) {
        let name = key.text.as_str();
        if let Some((first, _)) = self.entries.iter().find(|(other, _)| other.text == name) {
            let found = Diagnostic::error("E0206", key.span, format!("`{name}` is set twice"));
            reader.sink.push(
                found
                    .because(first.span, "first set here")
                    .help(format!("keep one `{name}`")),
            );
        } else if names.contains(&name) {
            self.entries.push((key, value));
        } else {
            let text = format!("unknown setting `{name}` of `{}`", self.setting);
            let found = Diagnostic::error("E0203", key.span, text);
            let help = suggest::help(name, names, "settings");
            reader.sink.push(super::with_help(found, help));
        }
    }

    /// The value under a name, once.
    pub fn take(&mut self, name: &str) -> Option<&'e Expr> {
        let at = self.entries.iter().position(|(key, _)| key.text == name)?;
        Some(self.entries.swap_remove(at).1)
    }

    fn needed(&mut self, reader: &mut Reader<'_, '_>, name: &str) -> Option<&'e Expr> {
        let found = self.take(name);
        if found.is_none() {
            let missing = Diagnostic::error("E0207", self.span, format!("`{}` needs `{name}`", self.setting));
            reader
                .sink
                .push(missing.help(format!("`{}: {}`", self.setting, self.form)));
        }
        found
    }

    /// A plain name that must be there.
    pub fn name(&mut self, reader: &mut Reader<'_, '_>, name: &str) -> Option<Name> {
        let expr = self.needed(reader, name)?;
        match &expr.kind {
            ExprKind::Name(text) => Some(Name {
                text: text.clone(),
                span: expr.span,
            }),
            _ => {
                reader.sink.push(self.wrong(name, expr, "a name"));
                None
            }
        }
    }

    /// A way of fields, `.a.b`, that must be there.
    pub fn way(&mut self, reader: &mut Reader<'_, '_>, name: &str) -> Option<Vec<Key>> {
        let expr = self.needed(reader, name)?;
        let mut way = Vec::new();
        if follow(expr, &mut way) {
            return Some(way);
        }
        reader
            .sink
            .push(self.wrong(name, expr, "a field, with a dot before it"));
        None
    }

    fn wrong(&self, name: &str, expr: &Expr, wanted: &str) -> Diagnostic {
        let given = value::describe(expr);
        Diagnostic::error("E0205", expr.span, format!("`{name}` takes {wanted}, this is {given}"))
            .help(format!("`{}: {}`", self.setting, self.form))
    }
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
