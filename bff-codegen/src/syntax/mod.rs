//! From text to tree: the grammar, the tree, and what is said when a file cannot be read.
//!
//! [`parse`] reads a file one declaration at a time. The grammar (`grammar.pest`) alone decides what parses, `lower` makes the tree of it.
//! Only where it refuses the hand-written part sets in: the scanner's tokens (`scan`) are balanced (`balance`), gone over (`walk`), and
//! each mistake is told together with edits; the text with the edits in goes through the same grammar.

pub mod ast;
mod balance;
mod body;
mod damage;
mod grammar;
mod lower;
mod patch;
mod read;
mod region;
mod repair;
mod report;
mod scan;
mod walk;

use crate::diagnostic::Sink;
use crate::source::{FileId, Sources};
use ast::Spec;

pub use report::MAX_NESTING;
pub use scan::{Comment, comments};

/// The most levels that the tree of an expression may have; what is checked later may recurse over it.
pub const MAX_DEPTH: usize = 256;

/// What [`parse`] can say: each code with the title of its page in `docs/errors`.
pub const CODES: [(&str, &str); 33] = [
    ("E0101", "a declaration needs a body"),
    ("E0102", "a number and its unit are written together"),
    ("E0103", "a value before braces goes in parentheses"),
    ("E0104", "something else was expected"),
    ("E0105", "brackets do not belong together"),
    ("E0106", "a text is not closed"),
    ("E0107", "an escape means nothing"),
    ("E0108", "a text stands in double quotes"),
    ("E0109", "a comment begins with `//`"),
    ("E0110", "the wrong sign between a name and what it has"),
    ("E0111", "an operator is written otherwise"),
    ("E0112", "a comma too much, too little, or something for it"),
    ("E0113", "a word of another language"),
    ("E0114", "a name is written otherwise"),
    ("E0115", "quotes too much or too little"),
    ("E0116", "documentation that documents nothing"),
    ("E0117", "a note where none stands"),
    ("E0118", "too deep or too long"),
    ("E0119", "`$` outside of a text"),
    ("E0120", "null is written otherwise"),
    ("E0121", "braces hold together, not indentation"),
    ("E0122", "something stands in the wrong place"),
    ("E0123", "a word of the language as a name"),
    ("E0124", "a character that means nothing"),
    ("E0125", "this is no number"),
    ("E0126", "comparisons do not chain"),
    ("E0127", "a value has no type of its own"),
    ("E0128", "a field takes no arguments"),
    ("E0129", "more mistakes than are shown"),
    ("E0130", "an entry of an answer needs a name"),
    ("E0131", "a type of another language"),
    ("E0132", "a constraint is a range, a pattern, or both"),
    ("W0101", "a note that reads as if it belonged to what follows"),
];

/// Reads a file. What cannot be read is reported and left out; whatever the bytes, there is a tree.
pub fn parse(sources: &Sources, file: FileId, sink: &mut Sink) -> Spec {
    read::read(file, &sources.file(file).text, sink)
}
