//! The ways to an upstream. An enum, so that the hot one costs no boxed future of its own.

use std::fmt;
use std::sync::Arc;

use axum::body::Body;
use futures_util::future::BoxFuture;

use super::pool::Pool;
use super::tls::Tls;
use super::{Base, Inbound, Opened, Outbound};
use crate::error::{Failure, FailureKind};

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

    /// Sends a request, with `upload` in place of its body if there is one, and reads the head of the answer: what streams and
    /// proxy routes need. Unless it is written, answers are read whole and uploads refused.
    fn open(
        &self,
        upstream: &'static str,
        request: Outbound,
        upload: Option<Body>,
    ) -> BoxFuture<'static, Result<Opened, Failure>> {
        if upload.is_some() {
            let failure = Failure::new(FailureKind::Connect, "this transport takes no streams");
            return Box::pin(std::future::ready(Err(failure)));
        }
        let sent = self.send(upstream, request);
        Box::pin(async move { sent.await.map(Opened::from) })
    }
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

    pub(super) async fn open(
        &self,
        upstream: &'static str,
        base: &Base,
        request: Outbound,
        upload: Option<Body>,
    ) -> Result<Opened, Failure> {
        match self {
            Self::Pool(pool) => {
                let answer = pool.open(base, &request, upload).await?;
                Ok(Opened {
                    status: answer.status,
                    headers: answer.headers,
                    body: Body::new(answer.body),
                })
            }
            Self::Tls(tls) => tls.open(base, request, upload).await,
            Self::Dyn(custom) => custom.open(upstream, request, upload).await,
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
