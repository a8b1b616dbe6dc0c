//! Macros of the bff framework.
