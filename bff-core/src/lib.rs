//! The bff runtime.

pub mod error;
pub mod route;
