//! Rows about streams: bodies that come in, bodies that answers bring, and routes that hand both on.

use crate::engine::frame::Args;
use crate::engine::table::Upstream;
use crate::error::At;

/// `body: Stream(..5MB)` of a route, with its `accept`.
#[derive(Debug, Clone, Copy, Default)]
pub struct StreamInput {
    /// The most octets that it takes; more is 413. The limit of the gateway if `None`.
    pub max: Option<u64>,
    /// The media types that it takes, in lower case, `*` for any subtype; all if empty. Others are 415.
    pub accept: &'static [&'static str],
}

/// `: Stream(..5MB)` of an operation.
#[derive(Debug, Clone, Copy)]
pub struct StreamAnswer {
    /// The most octets that pass; more is no answer, or the end of one that has begun. Unbounded if `None`.
    pub max: Option<u64>,
}

/// `proxy:` of a route.
#[derive(Debug, Clone, Copy)]
pub struct Proxy {
    /// Where it stands.
    pub at: At,
    /// Where requests go.
    pub upstream: &'static Upstream,
    /// Writes the path that goes there; the path below the mount as it came if `None`.
    pub target: Option<Args>,
}
