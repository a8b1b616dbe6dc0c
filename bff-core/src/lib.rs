//! The bff runtime.

pub mod clock;
pub mod context;
pub mod error;
