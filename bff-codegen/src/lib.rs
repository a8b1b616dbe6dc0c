//! The bff compiler.
