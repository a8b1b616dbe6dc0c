//! One file per command.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod expand;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod fmt;
pub(crate) mod new;
pub(crate) mod plan;
pub(crate) mod test;

use std::path::Path;

use bff_codegen::check::Checked;
use bff_codegen::diagnostic::{Diagnostic, Severity};
use bff_codegen::ir::service::Service;
use bff_codegen::load::{LoadError, Loaded, load, name_of};
use bff_codegen::source::Sources;

use crate::terminal::Terminal;
use crate::{Failure, files};

/// Reads a file with its imports. What is not text comes back as diagnostics.
pub(crate) fn load_file(path: &Path) -> Result<Result<Loaded, (Sources, Vec<Diagnostic>)>, Failure> {
    match load(path) {
        Ok(loaded) => Ok(Ok(loaded)),
        Err(LoadError::NotText { sources, diagnostics }) => Ok(Err((sources, diagnostics))),
        Err(LoadError::Io { path, error }) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(files::missing(&path))
        }
        Err(error) => Err(Failure::new(error.to_string())),
    }
}

/// The checked service of a file. None if there are mistakes, which have been told.
pub(crate) fn service(path: &Path, terminal: &mut Terminal) -> Result<Option<(Sources, Checked<Service>)>, Failure> {
    let name = name_of(path);
    let (sources, entry) = match load_file(path)? {
        Ok(Loaded { sources, entry, .. }) => (sources, entry),
        Err((sources, found)) => {
            terminal.diagnostics(&name, &sources, &found);
            return Ok(None);
        }
    };
    let outcome = bff_codegen::compile(&sources, entry);
    if outcome.diagnostics.iter().any(|it| it.severity == Severity::Error) {
        terminal.diagnostics(&name, &sources, &outcome.diagnostics);
        return Ok(None);
    }
    match outcome.service {
        Some(service) => Ok(Some((sources, service))),
        None => Err(Failure::new(format!("`{name}` has no client, so it is no service"))
            .help("name the file of a client; this one is for importing")),
    }
}
