//! The panic guard: a panic while answering becomes an error like any other.
use std::panic::AssertUnwindSafe;

use axum::body::Body;
use axum::response::Response;
use futures_util::FutureExt as _;
use http::Request;

use super::Endpoint;
use crate::context::RequestContext;
use crate::error::Error;
use crate::observe::diagnostics::panic_message;

/// Calls the endpoint. What it leaves half done when it panics is dropped with it: requests share nothing but pools and
/// counters, whose locks tolerate it, so going on is safe.
pub(super) async fn guard(
    endpoint: &Endpoint,
    request: Request<Body>,
    context: &RequestContext,
) -> Result<Response, Error> {
    // The call itself may panic too, before there is a future.
    let call = async move { endpoint.answer(request).await };
    match AssertUnwindSafe(call).catch_unwind().await {
        Ok(response) => Ok(response),
        Err(payload) => {
            let message = panic_message(&*payload);
            tracing::error!(request_id = &*context.request_id, panic = message, "a request panicked");
            context.failed("internal", format!("panic: {message}"));
            Err(Error::Internal {
                detail: format!("panic: {message}"),
            })
        }
    }
}
