//! What every request to an upstream gets besides what its call wrote: forwarded and sent headers, trace, deadline.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use tokio::time::Instant;

use super::fault::Eval;
use super::head::{Head, RequestView};
use super::header::{HeaderOut, OWN};
use super::program::Sending;
use super::table::ClientHeaders;
use crate::entropy::Entropy;
use crate::upstream::Outbound;

/// How long an upstream may take, in whole milliseconds: what is left of the budget when the request leaves.
const X_REQUEST_DEADLINE: HeaderName = HeaderName::from_static("x-request-deadline");

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// How many headers each request gets besides those that the spec writes.
const OURS: usize = 5;

/// The way out of one request of a client.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) head: Arc<Head>,
    /// Forwarded and sent headers of the client.
    headers: HeaderMap,
    /// When everything must have ended: the deadline of the route, less what writing the answer takes.
    pub(crate) budget: Instant,
    entropy: Arc<dyn Entropy>,
}

impl Outgoing {
    pub(crate) fn new(
        head: &Arc<Head>,
        client: &ClientHeaders,
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
        // Whatever the spec writes, these say what is true of this request.
        self.head.context.trace.inject(headers, &*self.entropy);
        let left = until.min(now + sending.attempt).saturating_duration_since(now);
        let mut digits = itoa::Buffer::new();
        if let Ok(left) = HeaderValue::from_str(digits.format(left.as_millis())) {
            headers.insert(X_REQUEST_DEADLINE, left);
        }
        Ok(written)
    }
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
