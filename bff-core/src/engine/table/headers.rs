//! `headers:` of a client and of a route: what is let through, sent, set and removed.

use crate::engine::{Eval, HeaderOut, RequestView};

/// A function that writes headers from the request alone.
pub type RequestHeaders = fn(&mut HeaderOut<'_>, RequestView<'_>) -> Eval;

/// `headers:` of a client.
#[derive(Debug, Clone, Copy)]
pub struct ClientHeaders {
    /// Request headers of the client that upstreams get too, in lower case.
    pub forward: &'static [&'static str],
    /// Adds to the headers that upstreams get.
    pub send: Option<RequestHeaders>,
    /// Sets headers of every response, errors too.
    pub set: Option<RequestHeaders>,
    /// Removes headers of every response, in lower case.
    pub remove: &'static [&'static str],
}

impl ClientHeaders {
    /// Nothing forwarded, sent, set or removed.
    pub const NONE: Self = Self {
        forward: &[],
        send: None,
        set: None,
        remove: &[],
    };
}

/// `headers:` of a route. They come on top of the client's: what the route sets holds although the client removes it.
#[derive(Debug, Clone, Copy)]
pub struct RouteHeaders {
    /// Sets headers of every response of this route, errors too.
    pub set: Option<RequestHeaders>,
    /// Removes headers of every response of this route, in lower case.
    pub remove: &'static [&'static str],
}

impl RouteHeaders {
    /// Nothing set or removed.
    pub const NONE: Self = Self { set: None, remove: &[] };
}
