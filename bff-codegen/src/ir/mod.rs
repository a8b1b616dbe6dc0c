//! The checked service, ready to be written as Rust: every name resolved, every lift explicit, every view known.
//!
//! `check` builds it, `generate` and `bff plan` read it. Nothing here can be wrong in a way that a user should hear of.

mod cost;
mod edit;
pub mod expr;
mod gate;
pub mod method;
pub mod service;
pub mod test;
pub mod walk;
