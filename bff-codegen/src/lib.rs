//! The bff compiler.

pub mod diagnostic;
pub mod fmt;
pub mod generate;
pub mod ir;
pub mod model;
pub mod settings;
pub mod source;
pub mod syntax;
