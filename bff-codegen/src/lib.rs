//! The bff compiler.

pub mod diagnostic;
pub mod fmt;
pub mod generate;
pub mod ir;
pub mod load;
pub mod model;
pub mod plan;
pub mod settings;
pub mod source;
pub mod syntax;
