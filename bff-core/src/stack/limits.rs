//! What is refused before routing: messages that can be read in two ways (RFC 9112), and sizes over the limit.
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use http::uri::Authority;
use http::{HeaderMap, Request, StatusCode, Version, header};
use http_body::Body as _;

use super::Shared;
use super::body::GuardedBody;
use crate::error::Error;

/// Sizes and times of one request, for every route.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest request target, in bytes; more is 414. Default 8 KiB.
    pub uri_bytes: usize,
    /// The largest body, in bytes, as it comes; more is 413. Default 2 MiB.
    pub body_bytes: u64,
    /// How long a body may stall between two pieces; longer is 408. Default 30 s.
    pub body_idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            uri_bytes: 8 << 10,
            body_bytes: 2 << 20,
            body_idle: Duration::from_secs(30),
        }
    }
}

/// In the extensions of a request whose head gave its body two lengths, of which the parser has believed one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TwoLengths;

/// In the extensions of a request that stands for one whose head could not be read: the status it is refused with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unreadable(pub(crate) StatusCode);

/// The address of the peer, which whoever accepted the connection left in the extensions, as axum does.
pub(super) fn peer(request: &Request<Body>) -> Option<SocketAddr> {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0)
}

/// Refuses what must not go further, and puts the limits around the body of what may. `is_wire` says that it came over a
/// connection.
pub(super) fn admit(request: &mut Request<Body>, shared: &Shared, is_wire: bool) -> Result<(), Error> {
    let limits = &shared.limits;
    head_was_read(request)?;
    target_fits(request, limits)?;
    if let Some(detail) = ambiguity(request, is_wire) {
        return Err(Error::BadRequest { detail });
    }
    if request.body().is_end_stream() {
        return Ok(());
    }
    let declared = declared_length(request.headers());
    let mut max = limits.body_bytes;
    if let Some(larger) = &shared.larger_bodies
        && declared.is_none_or(|length| length > max)
    {
        max = max.max(larger(request.method(), request.uri().path()));
    }
    if declared.is_some_and(|length| length > max) {
        return Err(Error::ContentTooLarge);
    }
    let body = std::mem::take(request.body_mut());
    *request.body_mut() = Body::new(GuardedBody::new(body, max, limits.body_idle));
    Ok(())
}

fn head_was_read(request: &Request<Body>) -> Result<(), Error> {
    match request.extensions().get::<Unreadable>().map(|head| head.0) {
        None => Ok(()),
        Some(StatusCode::URI_TOO_LONG) => Err(Error::UriTooLong),
        Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE) => Err(Error::HeaderFieldsTooLarge),
        Some(_) => Err(Error::BadRequest {
            detail: "the head is not one of HTTP/1.1",
        }),
    }
}

fn target_fits(request: &Request<Body>, limits: &Limits) -> Result<(), Error> {
    let uri = request.uri();
    let length = uri.path_and_query().map_or(0, |target| target.as_str().len());
    if length > limits.uri_bytes {
        Err(Error::UriTooLong)
    } else {
        Ok(())
    }
}

/// Why a message could be understood differently by someone else on its way, or `None` for an honest one.
fn ambiguity(request: &Request<Body>, is_wire: bool) -> Option<&'static str> {
    let headers = request.headers();
    // CGI and its heirs read `x_user` and `x-user` as one name; whoever trusts the second could be given the first.
    if headers.keys().any(|name| name.as_str().contains('_')) {
        return Some("a header name contains an underscore");
    }
    host_problem(request, is_wire).or_else(|| {
        let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
        match (codings.next(), codings.next()) {
            (None, _) => None,
            (Some(_), Some(_)) => Some("transfer-encoding is given twice"),
            (Some(coding), None) if !coding.as_bytes().eq_ignore_ascii_case(b"chunked") => {
                Some("the only transfer-encoding that is understood is chunked")
            }
            (Some(_), None) if is_twofold(request) => {
                Some("a message has either a transfer-encoding or a content-length")
            }
            _ => None,
        }
    })
}

fn is_twofold(request: &Request<Body>) -> bool {
    request.headers().contains_key(header::CONTENT_LENGTH) || request.extensions().get::<TwoLengths>().is_some()
}

/// RFC 9112, section 3.2: an HTTP/1.1 request has exactly one valid `host`.
fn host_problem(request: &Request<Body>, is_wire: bool) -> Option<&'static str> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        // A service that is called without a socket has no host; neither has HTTP/1.0, and HTTP/2 has :authority.
        (None, _) => (is_wire && request.version() == Version::HTTP_11).then_some("host is missing"),
        (Some(_), Some(_)) => Some("host is given twice"),
        (Some(host), None) => {
            let host = host.as_bytes();
            // Most are plain, which can be told without taking them apart.
            let valid = is_plain_host(host) || (Authority::try_from(host).is_ok() && !host.contains(&b'@'));
            (!valid).then_some("host is not a valid host")
        }
    }
}

/// A name or an IPv4 address, perhaps with a port.
fn is_plain_host(host: &[u8]) -> bool {
    let (name, port) = match host.iter().position(|byte| *byte == b':') {
        Some(colon) => (&host[..colon], &host[colon + 1..]),
        None => (host, &b""[..]),
    };
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let is_named = !name.is_empty() || host.is_empty();
    is_named && name.iter().all(in_name) && port.iter().all(u8::is_ascii_digit)
}

/// The `content-length`, which hyper has checked to be one number.
fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The short way says yes only where the long one does.
        #[test]
        fn a_plain_host_is_a_valid_one(host in "[a-z0-9.:@%_ -]{1,12}|[a-z.]{1,9}:[0-9]{0,6}") {
            if is_plain_host(host.as_bytes()) {
                prop_assert!(Authority::try_from(host.as_bytes()).is_ok(), "{host:?}");
            }
        }
    }

    #[test]
    fn names_and_addresses_with_and_without_a_port_are_plain() {
        for host in ["", "a", "users.example", "127.0.0.1:8080", "users-1:80"] {
            assert!(is_plain_host(host.as_bytes()), "{host}");
        }
        for host in ["[::1]:80", "a@b", "a b", "a:b", "a:1:2", ":80", "ü", "a%20b"] {
            assert!(!is_plain_host(host.as_bytes()), "{host}");
        }
    }
}
