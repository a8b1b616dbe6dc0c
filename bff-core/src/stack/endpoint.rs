//! Something that answers requests and has no errors left: what the stack wraps, and what comes out of it.
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use http::Request;
use tower::Service;

use crate::context::RequestContext;

/// An answer on its way.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

type Answer = dyn Fn(Request<Body>, Option<SocketAddr>) -> Answering + Send + Sync;

/// Who asks, as far as the layers have found out.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) context: Arc<RequestContext>,
    /// The other end of the connection, if the request came over one of ours.
    pub(crate) peer: Option<SocketAddr>,
}

/// What stands behind the layers.
pub(crate) trait Inside: Send + Sync + 'static {
    /// Answers a request, whatever happens.
    fn answer(&self, request: Request<Body>, caller: Caller) -> impl Future<Output = Response> + Send;
}

/// Whoever is no part of this crate finds the caller in the extensions of the request.
impl Inside for Endpoint {
    fn answer(&self, mut request: Request<Body>, caller: Caller) -> impl Future<Output = Response> + Send {
        request.extensions_mut().insert(caller.context);
        (self.0)(request, caller.peer)
    }
}

/// A function from request to response, shared by all its clones: cloning costs one count, where tower's boxed services cost a
/// copy of everything in them. It is a tower service, always ready, so axum routes to it.
#[derive(Clone)]
pub struct Endpoint(Arc<Answer>);

impl Endpoint {
    /// The endpoint that answers as `answer` does.
    pub fn new<F: Future<Output = Response> + Send + 'static>(
        answer: impl Fn(Request<Body>) -> F + Send + Sync + 'static,
    ) -> Self {
        Self::boxed(move |mut request, peer| {
            if let Some(peer) = peer {
                request.extensions_mut().insert(ConnectInfo(peer));
            }
            Box::pin(answer(request))
        })
    }

    /// The same for a function that boxes what it returns.
    pub(super) fn boxed(
        answer: impl Fn(Request<Body>, Option<SocketAddr>) -> Answering + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(answer))
    }

    /// Answers a request; `peer` is the other end of the connection that it came over.
    pub(crate) fn answer_to(&self, request: Request<Body>, peer: Option<SocketAddr>) -> Answering {
        (self.0)(request, peer)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Endpoint")
    }
}

impl Service<Request<Body>> for Endpoint {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    /// What must wait, waits in its future.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let answer = self.answer_to(request, None);
        Box::pin(async move { Ok(answer.await) })
    }
}
