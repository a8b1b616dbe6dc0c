//! The bff runtime.
