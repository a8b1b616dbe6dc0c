//! The bff runtime.

pub mod context;
pub mod entropy;
pub mod error;
pub mod route;
pub mod time;
