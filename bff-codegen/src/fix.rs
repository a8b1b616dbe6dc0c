//! Applies the edits that diagnostics carry, as `bff check --fix` does. Pure: whoever calls it writes the files.
//!
//! An edit is kept only if its diagnostic is gone afterwards and no file parses worse than before. Edits reveal further
//! mistakes, so it goes on until nothing changes, at most `ROUNDS` times.

use std::collections::{BTreeSet, HashSet};

use crate::compile;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::source::{FileId, Sources};

/// How often edits are applied and the files looked at again.
const ROUNDS: usize = 50;

/// What came of fixing.
#[derive(Debug)]
pub struct Fixed {
    /// The files afterwards, under the same ids.
    pub sources: Sources,
    /// Those that have changed.
    pub changed: BTreeSet<FileId>,
    /// The diagnostics whose edits were applied, in the order in which that was done; their spans are those of then.
    pub applied: Vec<Diagnostic>,
    /// What is still there.
    pub left: Vec<Diagnostic>,
}

/// Fixes what can be fixed in a file and what it imports.
pub fn fix(sources: &Sources, entry: FileId) -> Fixed {
    let mut fixed = Fixed {
        sources: sources.clone(),
        changed: BTreeSet::new(),
        applied: Vec::new(),
        left: compile(sources, entry).diagnostics,
    };
    let mut rejected = HashSet::new();
    let mut seen = HashSet::from([texts(sources)]);
    for _ in 0..ROUNDS {
        let chosen = choose(&fixed.left, &fixed.sources, &rejected);
        if chosen.is_empty() {
            break;
        }
        if !fixed.accept(&chosen, entry) {
            // Together they do harm: each has to show by itself that it does none.
            let mut any = false;
            for one in &chosen {
                // The places of the others are those of before the first edit, so one round takes one of them.
                if !any && fixed.accept(std::slice::from_ref(one), entry) {
                    any = true;
                } else if !any {
                    rejected.insert(identity(one, &fixed.sources));
                }
            }
        }
        if !seen.insert(texts(&fixed.sources)) {
            break;
        }
    }
    fixed
}

impl Fixed {
    /// Applies edits if they do what they promise.
    fn accept(&mut self, chosen: &[Diagnostic], entry: FileId) -> bool {
        let fixes: Vec<&Fix> = chosen.iter().filter_map(|it| it.fix.as_ref()).collect();
        let tried = apply(&self.sources, &fixes);
        let after = compile(&tried, entry).diagnostics;
        let gone = |it: &&Diagnostic| count(&after, it) < count(&self.left, it);
        if unreadable(&after) > unreadable(&self.left) || !chosen.iter().all(|it| gone(&it)) {
            return false;
        }
        // What was unreadable, or named nothing, hid what is wrong behind it; any other edit makes nothing else wrong.
        let reveals = chosen
            .iter()
            .any(|it| it.code.starts_with("E01") || it.code.starts_with("E02"));
        if !reveals && errors(&after) > errors(&self.left) {
            return false;
        }
        self.changed.extend(fixes.iter().map(|fix| fix.span.file));
        self.applied.extend_from_slice(chosen);
        self.sources = tried;
        self.left = after;
        true
    }
}

/// The diagnostics whose edits do not touch each other, from the first on.
fn choose(found: &[Diagnostic], sources: &Sources, rejected: &HashSet<Identity>) -> Vec<Diagnostic> {
    let mut fixes: Vec<(&Diagnostic, &Fix)> = found.iter().filter_map(|it| Some((it, it.fix.as_ref()?))).collect();
    fixes.retain(|(it, _)| !rejected.contains(&identity(it, sources)));
    fixes.sort_by_key(|(_, fix)| (fix.span, fix.replacement.clone()));
    let mut chosen: Vec<(&Diagnostic, &Fix)> = Vec::new();
    for (it, fix) in fixes {
        let touches = chosen
            .last()
            .is_some_and(|(_, before)| before.span.file == fix.span.file && before.span.end >= fix.span.start);
        if !touches {
            chosen.push((it, fix));
        }
    }
    chosen.into_iter().map(|(it, _)| it.clone()).collect()
}

/// The files with edits that do not touch each other.
fn apply(sources: &Sources, fixes: &[&Fix]) -> Sources {
    let mut fixes = fixes.to_vec();
    fixes.sort_by_key(|fix| fix.span);
    let mut tried = sources.clone();
    // From behind, so that places in front stay where they are.
    for fix in fixes.into_iter().rev() {
        let mut text = tried.file(fix.span.file).text.clone();
        text.replace_range(fix.span.range(), &fix.replacement);
        tried.replace(fix.span.file, text);
    }
    tried
}

/// How many mistakes keep a file from being read as it stands.
fn unreadable(found: &[Diagnostic]) -> usize {
    let errors = found.iter().filter(|it| it.severity == Severity::Error);
    errors
        .filter(|it| it.code.starts_with("E01") || it.code == "E0100")
        .count()
}

fn errors(found: &[Diagnostic]) -> usize {
    found.iter().filter(|it| it.severity == Severity::Error).count()
}

/// How often the same is said.
fn count(found: &[Diagnostic], it: &Diagnostic) -> usize {
    let same = |other: &&Diagnostic| {
        other.code == it.code && other.message == it.message && other.span().file == it.span().file
    };
    found.iter().filter(same).count()
}

type Identity = (&'static str, String, String, u32);

/// What makes a diagnostic the same one after other edits.
fn identity(it: &Diagnostic, sources: &Sources) -> Identity {
    let line = sources.line(it.span());
    (
        it.code,
        it.message.clone(),
        sources.file(it.span().file).name.clone(),
        line,
    )
}

fn texts(sources: &Sources) -> Vec<String> {
    sources.iter().map(|(_, file)| file.text.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(files: &[(&str, &str)]) -> (Vec<String>, Vec<&'static str>) {
        let mut sources = Sources::new();
        let mut entry = FileId(0);
        for (name, text) in files {
            entry = sources.add(*name, *text);
        }
        let fixed = fix(&sources, entry);
        let left = fixed.left.iter().map(|it| it.code).collect();
        (texts(&fixed.sources), left)
    }

    const CLIENT: &str = "client web { mount: /web, auth: none, deadline: 1s }\n";

    #[test]
    fn several_mistakes_are_fixed_at_once_and_what_they_hid_after_them() {
        let broken =
            format!("{CLIENT}type A {{ name: Strin }}\nroute GET /x {{ query {{ a: A }} respond {{ b: 'x' }} }}\n");
        let (texts, _) = fixed(&[("web.bff", &broken)]);
        assert!(texts[0].contains("\"x\""), "{}", texts[0]);
        assert!(texts[0].contains("name: String"), "{}", texts[0]);
    }

    #[test]
    fn fixing_a_fixed_file_changes_nothing() {
        let broken =
            format!("{CLIENT}route GET /x {{ query {{ ab: Int }} respond {{ a: query.abb, b: request.methd }} }}\n");
        let (first, left) = fixed(&[("web.bff", &broken)]);
        assert!(left.is_empty(), "{left:?} {}", first[0]);
        let (second, _) = fixed(&[("web.bff", &first[0])]);
        assert_eq!(first, second);
    }

    #[test]
    fn edits_that_touch_are_not_applied_together() {
        let span = |start, end| crate::source::Span::new(FileId(0), start, end);
        let found = |start, end| Diagnostic::error("E0201", span(start, end), "x").fix(span(start, end), "y");
        let mut sources = Sources::new();
        sources.add("a.bff", "0123456789");
        let chosen = choose(&[found(2, 4), found(4, 5), found(6, 7)], &sources, &HashSet::new());
        assert_eq!(chosen.iter().map(|it| it.span().start).collect::<Vec<_>>(), [2, 6]);
    }
}
