//! The decoder against serde_json, and the promises that are its own.
