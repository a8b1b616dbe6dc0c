//! The bff runtime.
pub mod context;
pub mod entropy;
pub mod time;
