//! The pest parser of `grammar.pest`.

use pest_derive::Parser;

/// The parser; its rules are private to [`crate::syntax`].
#[derive(Parser)]
#[grammar = "syntax/grammar.pest"]
pub(super) struct Grammar;
