//! The package that a file belongs to, and `cargo test` of it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Suite;
use super::show::Shown;
use crate::Failure;
use crate::terminal::Terminal;

/// The folder of the package around a file: the nearest one above with a `Cargo.toml` that has a package.
pub(super) fn folder_of(path: &Path) -> Result<PathBuf, Failure> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let is_package = |folder: &&Path| {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml"));
        manifest.is_ok_and(|text| text.lines().any(|line| line.trim() == "[package]"))
    };
    let folder = whole.ancestors().skip(1).find(is_package);
    folder.map(Path::to_owned).ok_or_else(|| {
        Failure::new(format!(
            "`{}` belongs to no package, so its tests cannot run",
            path.display()
        ))
        .help("tests run in the package whose build.rs compiles the file; `bff new` starts one")
    })
}

/// Runs the tests of a suite and shows each as it ends.
pub(super) fn run(
    folder: &Path,
    suite: &Suite,
    release: bool,
    shown: &mut Shown,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    terminal.say("building …\n");
    command
        .arg("test")
        .arg("--quiet")
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"));
    // Libraries, programs and integration tests; examples in documentation have no tests of a spec.
    command.arg("--tests").arg("--no-fail-fast");
    if release {
        command.arg("--release");
    }
    command.args(["--", "--format=pretty", "--show-output", "--color=never"]);
    command.args(suite.tests.iter().map(|test| &test.function));
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| {
        Failure::new(format!("cargo could not be started: {error}")).help("install Rust with rustup, or set CARGO")
    })?;
    let mut output = shown.suite(&suite.tests);
    for line in child
        .stdout
        .take()
        .map(BufReader::new)
        .into_iter()
        .flat_map(BufRead::lines)
    {
        let Ok(line) = line else { break };
        output.line(&line, terminal);
    }
    let status = child
        .wait()
        .map_err(|error| Failure::new(format!("cargo was lost: {error}")))?;
    output.end(status.success(), terminal);
    Ok(())
}
