//! What the gateway tells about itself: the access log and the log of its own events, one JSON object per line.
pub mod access;
pub mod diagnostics;
mod json;
pub mod writer;

pub use writer::LogWriter;
