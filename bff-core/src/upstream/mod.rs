//! Upstreams: where requests of calls go, how they get there, and what their answers count as.

mod base;
mod exchange;
mod framing;
mod head;
mod opened;
mod pool;
mod remote;
mod sender;
#[cfg(test)]
mod tests;
mod tls;
mod transport;
mod wire;

pub use base::{Base, BaseProblem};
pub use opened::Opened;
pub use pool::{Answer, Download, Pool};
pub use remote::Counts;
pub(crate) use remote::{Remote, is_json, read_whole};
pub use tls::Tls;
pub use transport::{Custom, Transport};

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};

/// The largest answer of an upstream that is read, in octets of its body: 8 MiB. A larger one is a `decode` failure.
pub const ANSWER_MAX: usize = 8 << 20;

/// How long making a connection may take.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// A request on its way to an upstream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbound {
    /// The operation, `users.get_user`: what a transport of one's own chooses by.
    pub op: &'static str,
    /// The method.
    pub method: Method,
    /// Path and query, below the upstream's base; encoded.
    pub target: String,
    /// All headers but `host` and those of the connection.
    pub headers: HeaderMap,
    /// A JSON body, if the request has one.
    pub body: Option<Bytes>,
}

/// An answer of an upstream, read whole.
#[derive(Debug, Clone)]
pub struct Inbound {
    /// The status, 200 to 599.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}
