//! `bff test`: the tests that stand in the files, run by `cargo test` of their packages.

mod package;
mod show;

use std::path::{Path, PathBuf};
use std::time::Instant;

use bff_codegen::ir::service::Service;
use bff_codegen::load::{Loaded, name_of};

use crate::commands::load_file;
use crate::terminal::Terminal;
use crate::{Ending, Failure, files};
use show::Shown;

/// What of the tests is wanted, and how.
pub(crate) struct Options {
    /// Only tests whose names have this in them, whatever its case.
    pub(crate) filter: Option<String>,
    /// Only name them.
    pub(crate) list: bool,
    /// With optimisations.
    pub(crate) release: bool,
}

/// A test of a file.
struct Test {
    /// As written.
    name: String,
    /// The end of its path in Rust: `mobile_tests::home_survives`.
    function: String,
}

/// The tests of one file.
struct Suite {
    path: PathBuf,
    tests: Vec<Test>,
}

/// Runs the tests of the files, or names them.
pub(crate) fn run(paths: &[PathBuf], options: &Options, terminal: &mut Terminal) -> Result<Ending, Failure> {
    let mut suites: Vec<Suite> = Vec::new();
    for path in files::find(paths)? {
        let Some(tests) = tests_of(&path, options.filter.as_deref(), terminal)? else {
            return Ok(Ending::Mistakes);
        };
        if !tests.is_empty() {
            suites.push(Suite { path, tests });
        }
    }
    if suites.is_empty() {
        return Err(no_tests(options.filter.as_deref()));
    }
    if options.list {
        for suite in &suites {
            let file = name_of(&suite.path);
            let lines = suite.tests.iter().map(|test| format!("{file}: {}\n", test.name));
            terminal.print(&lines.collect::<String>());
        }
        return Ok(Ending::Fine);
    }
    let begin = Instant::now();
    let mut shown = Shown::default();
    for suite in &suites {
        let folder = package::folder_of(&suite.path)?;
        shown.file(&name_of(&suite.path), terminal);
        package::run(&folder, suite, options.release, &mut shown, terminal)?;
    }
    Ok(match shown.summary(begin.elapsed(), terminal) {
        0 => Ending::Fine,
        _ => Ending::Mistakes,
    })
}

/// The tests of a file that are wanted. None if there are mistakes in it, which have been told.
fn tests_of(path: &Path, filter: Option<&str>, terminal: &mut Terminal) -> Result<Option<Vec<Test>>, Failure> {
    let name = name_of(path);
    let (sources, entry) = match load_file(path)? {
        Ok(Loaded { sources, entry, .. }) => (sources, entry),
        Err((sources, found)) => {
            terminal.diagnostics(&name, &sources, &found);
            return Ok(None);
        }
    };
    let outcome = bff_codegen::compile(&sources, entry);
    if outcome.has_errors() {
        terminal.diagnostics(&name, &sources, &outcome.diagnostics);
        return Ok(None);
    }
    Ok(Some(outcome.service.map_or_else(Vec::new, |it| wanted(&it, filter))))
}

fn wanted(service: &Service, filter: Option<&str>) -> Vec<Test> {
    let filter = filter.map(str::to_lowercase);
    let is_wanted = |name: &str| filter.as_ref().is_none_or(|it| name.to_lowercase().contains(it));
    let tests = service.tests.iter().filter(|test| is_wanted(&test.name));
    let tests = tests.map(|test| Test {
        name: test.name.clone(),
        function: bff_codegen::generate::test_path(service, test),
    });
    tests.collect()
}

fn no_tests(filter: Option<&str>) -> Failure {
    match filter {
        Some(filter) => {
            Failure::new(format!("no test has `{filter}` in its name")).help("`bff test --list` names all tests")
        }
        None => Failure::new("there are no tests in these files")
            .help("write one beside the routes: `test \"says hello\" { send GET /hello expect 200 }`"),
    }
}
