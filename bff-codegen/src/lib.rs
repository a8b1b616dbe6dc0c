//! The bff compiler: `.bff` files in, diagnostics or a checked service out. Pure: it reads no files and prints nothing.
//!
//! [`compile`] is the pipeline:
//!
//! 1. [`model::files::load`] parses the entry and what it imports ([`syntax::parse`]),
//! 2. [`model::resolve()`] finds the names and fills the tables of what is declared,
//! 3. [`check::all`] types every expression, applies the rules of routes and makes the [`ir`],
//! 4. [`mod@generate`] writes it as Rust.
//!
//! What a mistake of the first step causes in the later ones is left out (`cascade`).
//!
//! Mistakes are data ([`diagnostic`]) until one of the renderers shows them; spans lead back into [`source`].

pub mod build_script;
mod cascade;
pub mod check;
pub mod diagnostic;
pub mod fix;
pub mod fmt;
pub mod generate;
pub mod ir;
pub mod load;
pub mod model;
pub mod plan;
pub mod settings;
pub mod source;
pub mod syntax;

use diagnostic::{Diagnostic, Severity, Sink};
use source::{FileId, Sources};

/// What a compilation found.
#[derive(Debug)]
pub struct Outcome {
    /// Errors and warnings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that belong to it: the entry, then what it imports, directly or not.
    pub files: Vec<FileId>,
    /// The service; none if there are errors, or no client in the entry.
    pub service: Option<check::Checked<ir::service::Service>>,
}

impl Outcome {
    /// Whether there are errors.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }
}

/// Compiles the entry: parses it and its imports, resolves, checks.
pub fn compile(sources: &Sources, entry: FileId) -> Outcome {
    let mut sink = Sink::new();
    let files = model::files::load(sources, entry, &mut sink);
    let read = std::mem::take(&mut sink);
    let model = model::resolve(sources, &files, &mut sink);
    let service = check::all(&model, &files, sources, &mut sink).filter(|_| !read.has_errors());
    Outcome {
        diagnostics: cascade::without(read, sink, &files, sources),
        files: files.specs.iter().map(|(file, _)| *file).collect(),
        service,
    }
}
