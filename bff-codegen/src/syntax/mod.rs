//! From text to tree: the grammar, the tree, and what is said when a file cannot be read.

pub mod ast;
mod grammar;
mod lower;
mod patch;

use crate::diagnostic::{Diagnostic, Sink};
use crate::source::{FileId, Sources, Span};
use ast::Spec;
use grammar::{Grammar, Rule};
use patch::Patched;
use pest::Parser;

/// The most levels that the tree of an expression may have; what is checked later may recurse over it.
pub const MAX_DEPTH: usize = 256;

/// Reads a file. What cannot be read is reported and left out; whatever the bytes, there is a tree.
pub fn parse(sources: &Sources, file: FileId, sink: &mut Sink) -> Spec {
    let mut spec = Spec::default();
    let text = &sources.file(file).text;
    let patched = Patched::new(text, 0, text.len(), &[]);
    match Grammar::parse(Rule::spec, &patched.text) {
        Ok(pairs) => {
            let mut lower = lower::Lower::new(file, &patched, sink);
            for pair in pairs {
                lower.unit(pair, &mut spec);
            }
        }
        Err(error) => {
            let at = match error.location {
                pest::error::InputLocation::Pos(at) => at,
                pest::error::InputLocation::Span((at, _)) => at,
            };
            sink.push(Diagnostic::error(
                "E0104",
                Span::new(file, at, at),
                "this cannot be read",
            ));
        }
    }
    spec
}
