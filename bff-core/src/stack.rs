//! The layers that every request passes before its route, and the only place that orders them.
mod body;
mod endpoint;
mod limits;
mod panic;
mod streamed;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, Method, Request, header};
use http_body::Body as _;
use tracing::Instrument as _;

pub(crate) use body::GuardedBody;
pub use body::{BodyFault, body_fault};
pub use endpoint::Endpoint;
pub(crate) use endpoint::{Answering, Caller, Inside};
pub use limits::Limits;
pub(crate) use limits::{TwoLengths, Unreadable};

use crate::background::Background;
use crate::context::{RequestContext, X_REQUEST_ID};
use crate::entropy::Entropy;
use crate::error::Error;
use crate::observe::LogWriter;
use crate::observe::access::Line;
use crate::reply::Streamed;
use crate::time::Clock;

/// How large the body of a request may be by the route of its method and path, in octets; 0 where no route says so.
pub type LargerBodies = Arc<dyn Fn(&Method, &str) -> u64 + Send + Sync>;

/// The one way from an error to an answer.
pub type Rescue = Arc<dyn Fn(Error, &Arc<RequestContext>) -> Response + Send + Sync>;

/// What the layers need, per core.
#[derive(Clone)]
pub struct Shared {
    /// Dates of the log.
    pub clock: Arc<dyn Clock>,
    /// Identifiers of requests and spans.
    pub entropy: Arc<dyn Entropy>,
    /// Where the access log goes.
    pub log: LogWriter,
    /// What goes on behind requests; a drain waits for it.
    pub background: Background,
    /// What is refused before routing.
    pub limits: Limits,
    /// The routes that take larger bodies than the limit, if there are any.
    pub larger_bodies: Option<LargerBodies>,
    /// Turns an error into an answer, in the form that this client's errors have.
    pub rescue: Rescue,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared")
            .field("log", &self.log)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// Puts the layers around an endpoint. Wrapping twice does no harm: the inner stack finds the context and steps aside.
pub(crate) fn wrap(inside: impl Inside, shared: Shared) -> Endpoint {
    let layers = Arc::new((inside, shared));
    Endpoint::boxed(move |mut request, peer| {
        let layers = Arc::clone(&layers);
        match request.extensions_mut().remove() {
            Some(context) => Box::pin(async move { layers.0.answer(request, Caller { context, peer }).await }),
            None => Box::pin(async move { answer(&layers.1, &layers.0, request, peer).await }),
        }
    })
}

/// The way of a request from the outside in; the answer goes back the same way.
async fn answer(
    shared: &Shared,
    inside: &impl Inside,
    mut request: Request<Body>,
    peer: Option<SocketAddr>,
) -> Response {
    // Identity: a request id, a place in a trace and a client address, before anything can go wrong.
    let address = peer.or_else(|| limits::peer(&request));
    let context = RequestContext::open(request.headers(), address.map(client_ip), &*shared.entropy);

    // Access log: one line for every request, whether it is answered or its client goes away.
    let readable = request.extensions().get::<Unreadable>().is_none();
    let method = readable.then(|| request.method());
    let line = Line::open(&context, &shared.clock, &shared.log, method);
    let is_head = request.method() == Method::HEAD;

    // Span: events while the request is answered carry its identity. It costs nothing unless somebody listens.
    let (id, trace_id) = (&*context.request_id, context.trace.trace_id);
    let span = tracing::debug_span!("request", id, trace_id = %format_args!("{trace_id:032x}"));

    // Size limits: what is ambiguous or too large goes no further; a body stops by itself when it grows too large or stalls.
    let result = match limits::admit(&mut request, shared, address.is_some()) {
        // Panic guard: a bug in one request is a 500 for this request and nothing else.
        Ok(()) => panic::guard(inside, request, peer, &context).instrument(span).await,
        Err(error) => Err(error),
    };
    // After a message that could be read in two ways, nobody knows where the next one begins.
    let closes = matches!(result, Err(Error::BadRequest { .. }));
    let mut response = result.unwrap_or_else(|error| (shared.rescue)(error, &context));
    if closes {
        response
            .headers_mut()
            .insert(header::CONNECTION, HeaderValue::from_static("close"));
    }

    if let Some(id) = context.request_id_header() {
        response.headers_mut().insert(X_REQUEST_ID, id);
    }
    if response.extensions_mut().remove::<Streamed>().is_some() && !response.body().is_end_stream() {
        // The line of an answer that passes through is written at its end.
        return streamed::log(line, context, response);
    }
    let bytes = if is_head {
        Some(0)
    } else {
        response.body().size_hint().exact()
    };
    line.finish(response.status(), bytes);
    response
}

/// An IPv4 address in IPv6 clothes is the IPv4 address.
fn client_ip(peer: SocketAddr) -> IpAddr {
    peer.ip().to_canonical()
}

#[cfg(test)]
mod tests;
