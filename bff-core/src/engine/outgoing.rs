//! What every request to an upstream gets besides what its call wrote: forwarded and sent headers, trace, deadline.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use tokio::time::Instant;

use super::fault::Eval;
use super::head::{Head, RequestView};
use super::header::{HeaderOut, OWN};
use super::program::Sending;
use super::table::{ClientHeaders, Upstream};
use crate::context::X_REQUEST_ID;
use crate::context::trace::{TRACEPARENT, TRACESTATE};
use crate::entropy::Entropy;
use crate::upstream::Outbound;

/// How long an upstream may take, in whole milliseconds: what is left of the budget when the request leaves.
const X_REQUEST_DEADLINE: HeaderName = HeaderName::from_static("x-request-deadline");

const FORWARDED: HeaderName = header::FORWARDED;
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const X_REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");

/// Headers between a client and a proxy that it knows of, which we are not.
const PROXY: [HeaderName; 2] = [header::PROXY_AUTHENTICATE, header::PROXY_AUTHORIZATION];

/// What calls send and ask for, unless they say otherwise.
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// How many headers each request gets besides those that the spec writes.
const OURS: usize = 5;

/// The way out of one request of a client.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) head: Arc<Head>,
    client: &'static ClientHeaders,
    /// Forwarded and sent headers of the client.
    headers: HeaderMap,
    /// When everything must have ended: the deadline of the route, less what writing the answer takes.
    pub(crate) budget: Instant,
    entropy: Arc<dyn Entropy>,
}

impl Outgoing {
    pub(crate) fn new(
        head: &Arc<Head>,
        client: &'static ClientHeaders,
        budget: Instant,
        entropy: &Arc<dyn Entropy>,
    ) -> Eval<Self> {
        let mut headers = HeaderMap::new();
        // Most clients write none: then there is nothing to copy for each call.
        if !client.forward.is_empty() || client.send.is_some() {
            headers.insert(header::ACCEPT, JSON);
        }
        forward(&head.headers, client.forward, &mut headers);
        if let Some(send) = client.send {
            send(&mut HeaderOut::new(&mut headers), RequestView::new(head))?;
        }
        Ok(Self {
            head: Arc::clone(head),
            client,
            headers,
            budget,
            entropy: Arc::clone(entropy),
        })
    }

    /// The whole request: the nearer a header was written, the more it counts.
    pub(crate) fn complete(
        &self,
        sending: &Sending,
        mut written: Outbound,
        until: Instant,
        now: Instant,
    ) -> Eval<Outbound> {
        let mut headers = self.headers.clone();
        headers.reserve(written.headers.len() + OURS);
        if headers.is_empty() {
            headers.insert(header::ACCEPT, JSON);
        }
        let own = std::mem::replace(&mut written.headers, headers);
        let headers = &mut written.headers;
        forward(&self.head.headers, sending.op.upstream.forward, headers);
        if let Some(send) = sending.op.upstream.send {
            send(&mut HeaderOut::new(headers), RequestView::new(&self.head))?;
        }
        forward(&self.head.headers, sending.op.forward, headers);
        // Extending puts the values of a name in place of all that were there.
        headers.extend(own);
        self.finish(headers, until.min(now + sending.attempt), now);
        Ok(written)
    }

    /// The same for a request with a stream in it: its body is as `described`, and its answer may be of any kind.
    pub(crate) fn pass(
        &self,
        sending: &Sending,
        mut written: Outbound,
        described: Option<&HeaderMap>,
        until: Instant,
        now: Instant,
    ) -> Eval<Outbound> {
        let says_itself = written.headers.contains_key(header::ACCEPT);
        written = self.complete(sending, written, until, now)?;
        let headers = &mut written.headers;
        if sending.op.stream.is_some() && !says_itself && headers.get(header::ACCEPT).is_none_or(|it| *it == JSON) {
            headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        }
        for (name, value) in described.into_iter().flatten() {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        Ok(written)
    }

    /// The headers of a request that is handed on: those of the client that are not of its own connection, and what is true of
    /// the way so far. What the client says about that way is not believed.
    pub(crate) fn hand_on(&self, upstream: &Upstream, until: Instant, now: Instant) -> Eval<HeaderMap> {
        let mut headers = end_to_end(&self.head.headers);
        let said = [
            X_REQUEST_DEADLINE,
            FORWARDED,
            X_FORWARDED_FOR,
            X_FORWARDED_HOST,
            X_FORWARDED_PROTO,
            X_REAL_IP,
            TRACEPARENT,
            TRACESTATE,
        ];
        said.iter().for_each(|name| drop(headers.remove(name)));
        if let Some(send) = self.client.send {
            send(&mut HeaderOut::new(&mut headers), RequestView::new(&self.head))?;
        }
        if let Some(send) = upstream.send {
            send(&mut HeaderOut::new(&mut headers), RequestView::new(&self.head))?;
        }
        let ip = self
            .head
            .context
            .client_ip
            .and_then(|ip| HeaderValue::try_from(ip.to_string()).ok());
        let host = self.head.headers.get(header::HOST).cloned();
        let known = [
            (X_FORWARDED_FOR, ip),
            (X_FORWARDED_HOST, host),
            (X_FORWARDED_PROTO, Some(HeaderValue::from_static("http"))),
        ];
        for (name, value) in known {
            headers.extend(value.map(|value| (name, value)));
        }
        headers.append(header::VIA, HeaderValue::from_static("1.1 bff"));
        headers.extend(self.head.context.request_id_header().map(|id| (X_REQUEST_ID, id)));
        self.finish(&mut headers, until, now);
        Ok(headers)
    }

    /// What is true of every request, whatever the spec writes.
    fn finish(&self, headers: &mut HeaderMap, until: Instant, now: Instant) {
        self.head.context.trace.inject(headers, &*self.entropy);
        let mut digits = itoa::Buffer::new();
        let left = until.saturating_duration_since(now);
        if let Ok(left) = HeaderValue::from_str(digits.format(left.as_millis())) {
            headers.insert(X_REQUEST_DEADLINE, left);
        }
    }
}

/// The headers of a message that are not of the connection it came over (RFC 9110, section 7.6.1), nor between the client and
/// its own proxy.
pub(crate) fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    let nominated = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let nominated: Vec<&str> = nominated.flat_map(|value| value.split(',')).map(str::trim).collect();
    let mut passed = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        let of_connection = OWN.contains(name)
            || PROXY.contains(name)
            || nominated.iter().any(|it| it.eq_ignore_ascii_case(name.as_str()));
        if !of_connection {
            passed.append(name.clone(), value.clone());
        }
    }
    passed
}

/// Copies headers of the client.
fn forward(from: &HeaderMap, names: &[&str], to: &mut HeaderMap) {
    let names = names.iter().map(|name| HeaderName::from_bytes(name.as_bytes()));
    names.flatten().for_each(|name| forward_one(from, name, to));
}

/// Copies a header of the client, unless it belongs to the client's own connection.
fn forward_one(from: &HeaderMap, name: HeaderName, to: &mut HeaderMap) {
    let mut connection = from
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let nominated = connection.any(|value| {
        value
            .split(',')
            .any(|word| word.trim().eq_ignore_ascii_case(name.as_str()))
    });
    if nominated || OWN.contains(&name) {
        return;
    }
    let mut values = from.get_all(&name).iter();
    if let Some(first) = values.next() {
        to.insert(name.clone(), first.clone());
    }
    for value in values {
        to.append(name.clone(), value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_the_connection_are_not_forwarded() {
        let mut from = HeaderMap::new();
        for (name, value) in [
            ("connection", "close, X-Secret"),
            ("x-secret", "1"),
            ("host", "a"),
            ("x-b", "2"),
        ] {
            from.insert(name, value.parse().unwrap());
        }
        from.append("x-b", "3".parse().unwrap());
        let mut to = HeaderMap::new();
        forward(&from, &["connection", "x-secret", "host", "x-b", "x-c"], &mut to);
        assert_eq!(to.keys().collect::<Vec<_>>(), ["x-b"]);
        assert_eq!(to.get_all("x-b").iter().count(), 2);
    }
}
