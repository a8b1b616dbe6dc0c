//! What the gateway knows of one request whatever its route: its identity, and the record that the access log is written from.
pub mod trace;

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::Instant;

use crate::entropy::Entropy;
use crate::hex;
use crate::version::Version;
pub use trace::Trace;

/// The header that carries the request id, in and out.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest request id that is taken over from a client, in bytes.
const REQUEST_ID_MAX: usize = 128;

/// One request: who asks, under which identifiers, since when, and what became of it so far.
///
/// The stack puts an `Arc<RequestContext>` into the request's extensions; whoever answers fills the [`Record`] as it goes,
/// so that a request whose client went away is still logged with the calls it made.
#[derive(Debug)]
pub struct RequestContext {
    /// The client's `x-request-id` if it is sane, else 32 hexadecimal digits of our own. Always fit for a header.
    pub request_id: Box<str>,
    /// The trace this request belongs to, and our own span in it.
    pub trace: Trace,
    /// The address of the peer; unknown when the service was called without a socket.
    pub client_ip: Option<IpAddr>,
    /// When the head of the request was read.
    pub started: Instant,
    record: Mutex<Record>,
}

/// What the access log says about the answer to a request.
#[derive(Debug, Default)]
pub struct Record {
    /// Mount and path pattern of the route (`"/mobile"`, `"/orders/{id}"`), once one matched. Never the path itself, which
    /// may hold personal data.
    pub route: Option<(&'static str, Cow<'static, str>)>,
    /// Why the request failed, for the log alone: may name upstreams and what they said.
    pub failure: Option<Failure>,
    /// The calls that were made, in the order in which they ended.
    pub calls: Vec<CallRecord>,
    /// The version of the contract that the request asked for.
    pub version: Option<Version>,
    /// The user agent of the client, as it was sent.
    pub user_agent: Option<HeaderValue>,
}

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The `code` of the error document, for example `upstream_timeout`.
    pub code: Cow<'static, str>,
    /// One sentence for the operator; never sent to the client.
    pub reason: String,
}

/// One call to an upstream, as the log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRecord {
    /// The name the route gives it: `recent`.
    pub name: &'static str,
    /// The upstream it went to: `orders`.
    pub upstream: &'static str,
    /// The operation: `orders.list`.
    pub op: &'static str,
    /// How it ended.
    pub end: CallEnd,
    /// From the moment it could start to its end, with every attempt.
    pub latency: Duration,
    /// How many requests it took: 0 when none was sent.
    pub attempts: u32,
    /// It is the second request of a hedge: sent because no answer to the first had come in time.
    pub hedge: bool,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallEnd {
    /// The upstream answered with this status.
    Status(u16),
    /// It failed without a usable answer: `connect`, `timeout`, `deadline`, `decode`, …
    Failed(&'static str),
    /// It was given up because nobody waited for it any more.
    Cancelled,
}

impl RequestContext {
    /// Reads the identity of a request from its headers; what is missing or not sane is made up from `entropy`.
    pub fn open(headers: &HeaderMap, client_ip: Option<IpAddr>, entropy: &dyn Entropy) -> Arc<Self> {
        let record = Record {
            user_agent: headers.get(http::header::USER_AGENT).cloned(),
            ..Record::default()
        };
        Arc::new(Self {
            request_id: request_id(headers, entropy),
            trace: Trace::open(headers, entropy),
            client_ip,
            started: Instant::now(),
            record: Mutex::new(record),
        })
    }

    /// The record, to read or to fill. Held for a few instructions at a time, never across an await.
    pub fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the route that matched.
    pub fn matched(&self, mount: &'static str, path: &'static str) {
        self.record().route = Some((mount, Cow::Borrowed(path)));
    }

    /// Notes the version of the contract that is answered in.
    pub fn chose(&self, version: Version) {
        self.record().version = Some(version);
    }

    /// The version of the contract that is answered in, once it is chosen.
    pub fn version(&self) -> Option<Version> {
        self.record().version
    }

    /// Notes a call that ended.
    pub fn called(&self, call: CallRecord) {
        self.record().calls.push(call);
    }

    /// Notes why the request fails. The first reason stays: what follows from it says less.
    pub fn failed(&self, code: impl Into<Cow<'static, str>>, reason: impl Into<String>) {
        self.record().failure.get_or_insert_with(|| Failure {
            code: code.into(),
            reason: reason.into(),
        });
    }

    /// The request id as a header value.
    pub fn request_id_header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.request_id).ok()
    }
}

/// The one `x-request-id` of a request when it is sane, else a new one. Several of them are not sane.
fn request_id(headers: &HeaderMap, entropy: &dyn Entropy) -> Box<str> {
    let mut sent = headers.get_all(X_REQUEST_ID).iter();
    match (sent.next().map(HeaderValue::as_bytes), sent.next()) {
        (Some(id), None) if is_sane(id) => String::from_utf8_lossy(id).into(),
        _ => hex::text(entropy.next_u128(), 32).into(),
    }
}

/// Short, and of characters that mean nothing in a header, a URL, JSON or a shell.
fn is_sane(id: &[u8]) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~:/+=@".contains(byte);
    !id.is_empty() && id.len() <= REQUEST_ID_MAX && id.iter().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;

    fn id_for(sent: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for id in sent {
            headers.append(X_REQUEST_ID, HeaderValue::from_str(id).unwrap());
        }
        RequestContext::open(&headers, None, &SeededEntropy::new(1))
            .request_id
            .to_string()
    }

    #[test]
    fn a_sane_request_id_is_taken_over() {
        assert_eq!(id_for(&["req-1.a:b/c+d=="]), "req-1.a:b/c+d==");
        assert_eq!(id_for(&[&"a".repeat(128)]), "a".repeat(128));
    }

    #[test]
    fn a_strange_request_id_is_replaced_by_128_random_bits() {
        let long = "a".repeat(129);
        for sent in [&[][..], &[""], &["a b"], &["a\"b"], &["{}"], &[&long], &["one", "two"]] {
            let id = id_for(sent);
            assert_eq!(id.len(), 32, "{sent:?} gave {id}");
            assert!(id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{sent:?} gave {id}");
        }
    }

    #[test]
    fn the_first_reason_of_a_failure_stays() {
        let context = RequestContext::open(&HeaderMap::new(), None, &SeededEntropy::new(1));
        context.failed("bad_upstream", "orders said 500");
        context.failed("internal", "could not write the answer");
        assert_eq!(context.record().failure.as_ref().unwrap().code, "bad_upstream");
    }
}
