//! The bff runtime.

pub mod context;
pub mod entropy;
pub mod error;
pub mod observe;
pub mod route;
pub mod stack;
pub mod time;
