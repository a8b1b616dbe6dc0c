//! The bff runtime.

pub mod error;
