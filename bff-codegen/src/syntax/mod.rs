//! From text to tree: the grammar, the tree, and what is said when a file cannot be read.

pub mod ast;
