//! Where the answers of routes with `idempotency` are kept: in memory here, behind a trait that another store can fill.

mod memory;

pub use memory::{MemoryLimits, MemoryStore};

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::HeaderMap;
use jiff::Timestamp;

/// What a key of a client counts for: equal keys of other routes, and of other callers, have nothing to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey {
    /// The service and its route.
    pub service: &'static str,
    /// The name of the route.
    pub route: &'static str,
    /// Who asks; `None` where nobody is known (`auth: none`).
    pub principal: Option<Arc<str>>,
    /// The key as the client chose it.
    pub key: Arc<str>,
}

/// SHA-256 over everything of a request that its answer can depend on: method, path, query, body.
pub type Fingerprint = [u8; 32];

/// An answer as it was first given.
#[derive(Debug, Clone)]
pub struct StoredAnswer {
    /// Its status.
    pub status: u16,
    /// Its headers, without those that every answer gets.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

/// What is known of a key when a request comes with it.
#[derive(Debug, Clone)]
pub enum Begin {
    /// Nothing: the key is now taken by this request, which has to complete or release it.
    First,
    /// The first request with this key is still running.
    Running,
    /// The key was used for another request.
    Mismatch,
    /// The first request has been answered.
    Answered(Arc<StoredAnswer>),
    /// There is no room for another running request.
    Full,
}

/// Keeps keys and answers. A key belongs to the request that began with it until that completes or releases it; an answer is
/// kept until its time is over.
pub trait IdempotencyStore: fmt::Debug + Send + Sync + 'static {
    /// Takes a key for a request, if it is free: of several at once exactly one is the first. `ttl` counts from `now`.
    fn begin<'a>(
        &'a self,
        key: &'a IdempotencyKey,
        fingerprint: Fingerprint,
        ttl: Duration,
        now: Timestamp,
    ) -> BoxFuture<'a, Begin>;

    /// Keeps the answer of the request that has the key.
    fn complete<'a>(&'a self, key: &'a IdempotencyKey, answer: Arc<StoredAnswer>) -> BoxFuture<'a, ()>;

    /// Frees a key whose request changed nothing.
    fn release<'a>(&'a self, key: &'a IdempotencyKey) -> BoxFuture<'a, ()>;
}
