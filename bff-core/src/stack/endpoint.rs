//! Something that answers requests and has no errors left: what the stack wraps, and what comes out of it.
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use http::Request;
use tower::Service;

/// An answer on its way.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

type Answer = dyn Fn(Request<Body>) -> Answering + Send + Sync;

/// A function from request to response, shared by all its clones: cloning costs one count, where tower's boxed services cost a
/// copy of everything in them. It is a tower service, always ready, so axum routes to it.
#[derive(Clone)]
pub struct Endpoint(Arc<Answer>);

impl Endpoint {
    /// The endpoint that answers as `answer` does.
    pub fn new<F: Future<Output = Response> + Send + 'static>(
        answer: impl Fn(Request<Body>) -> F + Send + Sync + 'static,
    ) -> Self {
        Self::boxed(move |request| Box::pin(answer(request)))
    }

    /// The same for a function that boxes what it returns.
    pub(super) fn boxed(answer: impl Fn(Request<Body>) -> Answering + Send + Sync + 'static) -> Self {
        Self(Arc::new(answer))
    }

    /// Answers a request.
    pub(crate) fn answer(&self, request: Request<Body>) -> Answering {
        (self.0)(request)
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
        let answer = self.answer(request);
        Box::pin(async move { Ok(answer.await) })
    }
}
