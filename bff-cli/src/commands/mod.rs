//! One file per command.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod new;

use bff_codegen::diagnostic::Diagnostic;
use bff_codegen::source::{FileId, Sources};

/// Everything that is wrong in a file.
pub(crate) fn diagnose(sources: &Sources, entry: FileId) -> Vec<Diagnostic> {
    let mut sink = bff_codegen::diagnostic::Sink::new();
    let files = bff_codegen::model::files::load(sources, entry, &mut sink);
    let _ = bff_codegen::model::resolve(sources, &files, &mut sink);
    sink.finish()
}
