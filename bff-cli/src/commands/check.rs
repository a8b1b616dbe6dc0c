//! `bff check`: what is wrong in the files.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use bff_codegen::diagnostic::{Diagnostic, Severity};
use bff_codegen::load::{Loaded, name_of};
use bff_codegen::source::Sources;

use crate::commands::{explain, load_file};
use crate::terminal::Terminal;
use crate::{Ending, Failure, files};

/// Checks every file; a mistake in a file that several import is told once.
pub(crate) fn run(paths: &[PathBuf], terminal: &mut Terminal) -> Result<Ending, Failure> {
    let paths = files::find(paths)?;
    let mut told = HashSet::new();
    let mut count = Count::default();
    let mut codes = BTreeSet::new();
    for path in &paths {
        let (sources, mut found) = compile(path)?;
        found.retain(|it| told.insert(identity(&sources, it)));
        count.add(&found);
        codes.extend(found.iter().map(|it| it.code).filter(|code| explain::knows(code)));
        terminal.diagnostics(&name_of(path), &sources, &found);
    }
    if terminal.is_human() && count.errors + count.warnings == 0 {
        let files = if paths.len() == 1 {
            "1 file".to_owned()
        } else {
            format!("{} files", paths.len())
        };
        terminal.say(&format!("{files} checked, nothing is wrong\n"));
    }
    if terminal.is_human() {
        terminal.say(&pointer(&codes));
    }
    Ok(if count.errors > 0 {
        Ending::Mistakes
    } else {
        Ending::Fine
    })
}

/// Where to read more, as rustc says it.
fn pointer(codes: &BTreeSet<&str>) -> String {
    let mut all = codes.iter();
    match (all.next(), all.next()) {
        (None, _) => String::new(),
        (Some(code), None) => format!("For more information about this, try `bff explain {code}`.\n"),
        (Some(code), Some(_)) => {
            let list = codes.iter().copied().collect::<Vec<_>>().join(", ");
            format!("Each of these has a page: {list}.\nFor more information, try `bff explain {code}`.\n")
        }
    }
}

#[derive(Default)]
struct Count {
    errors: usize,
    warnings: usize,
}

impl Count {
    fn add(&mut self, found: &[Diagnostic]) {
        let errors = found.iter().filter(|it| it.severity == Severity::Error).count();
        self.errors += errors;
        self.warnings += found.len() - errors;
    }
}

/// Reads and compiles one file.
fn compile(path: &Path) -> Result<(Sources, Vec<Diagnostic>), Failure> {
    match load_file(path)? {
        Ok(Loaded { sources, entry, .. }) => {
            let found = bff_codegen::compile(&sources, entry).diagnostics;
            Ok((sources, found))
        }
        Err(broken) => Ok(broken),
    }
}

/// What makes two diagnostics of different compilations the same one.
fn identity(sources: &Sources, it: &Diagnostic) -> (String, u32, u32, &'static str, String) {
    let span = it.span();
    (
        sources.file(span.file).name.clone(),
        span.start,
        span.end,
        it.code,
        it.message.clone(),
    )
}
