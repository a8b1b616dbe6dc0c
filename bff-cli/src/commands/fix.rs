//! `bff check --fix`: applies the edits that diagnostics carry.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bff_codegen::fix::{Fixed, fix};
use bff_codegen::load::Loaded;

use crate::commands::{check, load_file};
use crate::files::{difference, write};
use crate::terminal::Terminal;
use crate::{Ending, Failure, files};

/// What some editors write before the first character; it is kept.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Fixes every file with what it imports, shows what changed, and checks what is left.
pub(crate) fn run(paths: &[PathBuf], dry_run: bool, terminal: &mut Terminal) -> Result<Ending, Failure> {
    let found = files::find(paths)?;
    let mut changed = BTreeSet::new();
    let mut count = 0;
    for path in &found {
        let Ok(Loaded { sources, entry, .. }) = load_file(path)? else {
            continue; // It is no text; the check below says so.
        };
        let fixed = fix(&sources, entry);
        count += fixed.applied.len();
        for id in &fixed.changed {
            let (before, after) = (sources.file(*id), fixed.sources.file(*id));
            if before.text == after.text || !changed.insert(before.name.clone()) && dry_run {
                continue;
            }
            terminal.print(&difference(&before.name, "fixed", &before.text, &after.text));
            if !dry_run {
                put(Path::new(&before.name), &after.text)?;
            }
        }
        tell(&fixed, terminal);
    }
    if changed.is_empty() {
        terminal.say("there is nothing that can be fixed by itself\n");
    } else {
        let (mistakes, files) = (plural(count, "mistake"), plural(changed.len(), "file"));
        let word = if dry_run {
            "`bff check --fix` would fix"
        } else {
            "fixed"
        };
        terminal.say(&format!("{word} {mistakes} in {files}\n"));
    }
    match (dry_run, changed.is_empty()) {
        (true, false) => Ok(Ending::Mistakes),
        _ => check::run(&found, terminal),
    }
}

/// Names each mistake that was fixed.
fn tell(fixed: &Fixed, terminal: &mut Terminal) {
    for it in &fixed.applied {
        let file = &fixed.sources.file(it.span().file).name;
        terminal.say(&format!("fixed {}: {} ({file})\n", it.code, it.message));
    }
}

fn put(path: &Path, text: &str) -> Result<(), Failure> {
    let marked = fs::read(path).is_ok_and(|bytes| bytes.starts_with(BYTE_ORDER_MARK.as_bytes()));
    let mark = if marked { BYTE_ORDER_MARK } else { "" };
    write(path, &format!("{mark}{text}"))
}

fn plural(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}
