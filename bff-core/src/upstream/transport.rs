//! The ways to an upstream. An enum, so that the hot one costs no boxed future of its own.

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::pool::Pool;
use super::tls::Tls;
use super::{Base, Inbound, Outbound};
use crate::error::Failure;

/// How requests reach an upstream.
#[derive(Clone)]
pub enum Transport {
    /// Keep-alive connections of our own: for `http` bases.
    Pool(Pool),
    /// A client of its own per upstream that speaks TLS: for `https` bases.
    Tls(Tls),
    /// A way of one's own: tests, mocks, odd upstreams.
    Dyn(Arc<dyn Custom>),
}

/// A transport of one's own. Dropping the future cancels the request.
pub trait Custom: Send + Sync + 'static {
    /// Sends a request to the upstream of this name and reads the whole answer. Statuses outside 2xx are answers too;
    /// failures are of the kinds `connect` and `decode`.
    fn send(&self, upstream: &'static str, request: Outbound) -> BoxFuture<'static, Result<Inbound, Failure>>;
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pool(_) => "Pool",
            Self::Tls(_) => "Tls",
            Self::Dyn(_) => "Dyn",
        })
    }
}

impl Transport {
    /// The transport for a base.
    ///
    /// # Errors
    /// When the machine has no certificates to trust.
    pub(crate) fn of(base: &Base) -> Result<Self, String> {
        if base.tls {
            Tls::new().map(Self::Tls)
        } else {
            Ok(Self::Pool(Pool::default()))
        }
    }

    pub(super) async fn send(
        &self,
        upstream: &'static str,
        base: &Base,
        request: &Outbound,
        wants_body: bool,
    ) -> Result<Inbound, Failure> {
        match self {
            Self::Pool(pool) => pool.send(base, request, wants_body).await,
            // Boxed, so that the hot way does not carry its future around.
            Self::Tls(tls) => Box::pin(tls.send(base, request.clone(), wants_body)).await,
            Self::Dyn(custom) => custom.send(upstream, request.clone()).await,
        }
    }
}
