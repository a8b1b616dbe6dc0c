//! The panic guard: a panic while answering becomes an error like any other.
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use futures_util::FutureExt as _;
use http::Request;

use super::{Caller, Inside};
use crate::context::RequestContext;
use crate::error::Error;
use crate::observe::diagnostics::panic_message;

/// Calls the endpoint. What it leaves half done when it panics is dropped with it: requests share nothing but pools and
/// counters, whose locks tolerate it, so going on is safe.
pub(super) async fn guard(
    inside: &impl Inside,
    request: Request<Body>,
    peer: Option<SocketAddr>,
    context: &Arc<RequestContext>,
) -> Result<Response, Error> {
    // The call itself may panic too, before there is a future.
    let caller = Caller {
        context: Arc::clone(context),
        peer,
    };
    let call = async move { inside.answer(request, caller).await };
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
