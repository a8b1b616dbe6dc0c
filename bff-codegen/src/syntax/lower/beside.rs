//! Entries that stand beside each other without a comma and read like something of another language: `x and true`,
//! `if (a) { … } else { … }`, `name "text"`. Commas are optional, so they parse; what was meant is something else.

use super::Lower;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{Entry, EntryKind, Expr, ExprKind, Key};

impl Lower<'_> {
    /// Tells what was probably meant, and takes out the entries that are none.
    pub(super) fn told_beside(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
        let mut entries = entries.into_iter().peekable();
        while let Some(entry) = entries.next() {
            let found = kept
                .last()
                .filter(|last| self.are_beside(last, &entry))
                .and_then(|last| {
                    let goes_on = entries.peek().is_some_and(|next| self.are_beside(&entry, next));
                    self.operator(last, &entry, goes_on)
                        .or_else(|| missing_colon(last, &entry))
                });
            let Some(found) = found else {
                kept.push(entry);
                continue;
            };
            self.sink.push(found);
            if let Some(last) = kept.last_mut() {
                make_unknown(last);
            }
            // What follows on the line belongs to the same mistake.
            let mut before = entry;
            while let Some(next) = entries.next_if(|next| self.are_beside(&before, next)) {
                before = next;
            }
        }
        kept
    }

    /// Whether nothing but blanks lies between two entries, on one line. A span may reach over the blanks behind its
    /// entry; where a comment may be among them, nothing is told.
    fn are_beside(&self, one: &Entry, next: &Entry) -> bool {
        let both = self
            .file_text
            .get(one.span.start as usize..next.span.start as usize)
            .unwrap_or("//");
        let length = (one.span.end - one.span.start) as usize;
        let end = both.get(..length).map_or(0, |text| text.trim_end().len());
        next.docs.is_empty() && !both.contains("//") && both[end..].chars().all(|c| c == ' ')
    }

    fn operator(&self, last: &Entry, entry: &Entry, goes_on: bool) -> Option<Diagnostic> {
        let EntryKind::Pick {
            key,
            alias: None,
            shape,
        } = &entry.kind
        else {
            return None;
        };
        if key.quoted || !(goes_on || shape.is_some()) {
            return None;
        }
        let written = match key.text.as_str() {
            "and" => "&&",
            "or" => "||",
            "is" => "==",
            "else" => {
                let found = Diagnostic::error("E0113", last.span.to(key.span), "there is no `if`");
                return Some(
                    found
                        .at("this comes from another language")
                        .help("`condition ? value : other`"),
                );
            }
            _ => return None,
        };
        let found = Diagnostic::error("E0113", key.span, format!("`{}` is written `{written}` here", key.text));
        Some(
            found
                .at("this comes from another language")
                .help(format!("`{written}`"))
                .fix(key.span, written),
        )
    }
}

/// `name "a text"`, where the text is none that a key would be.
fn missing_colon(last: &Entry, entry: &Entry) -> Option<Diagnostic> {
    let bare = last.guard.is_none() && last.notes.is_empty();
    let (
        EntryKind::Pick {
            key: name,
            alias: None,
            shape: None,
        },
        EntryKind::Pick {
            key: text, shape: None, ..
        },
    ) = (&last.kind, &entry.kind)
    else {
        return None;
    };
    let is_text = |key: &Key| {
        key.quoted
            && !key
                .text
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    if !bare || name.quoted || !is_text(text) {
        return None;
    }
    let found = Diagnostic::error(
        "E0110",
        text.span,
        format!("`:` stands between `{}` and its value", name.text),
    );
    Some(found.at("expected `:` before this").help(format!("`{}: …`", name.text)))
}

/// The entry keeps its key; its value can no longer be wrong.
fn make_unknown(entry: &mut Entry) {
    let span = entry.span;
    let value = Expr {
        span,
        kind: ExprKind::Error,
    };
    let key = match &entry.kind {
        EntryKind::Value { key, .. } | EntryKind::Pick { key, .. } => key.clone(),
        EntryKind::Spread(_) => return,
    };
    entry.kind = EntryKind::Value { key, value };
    entry.guard = None;
}
