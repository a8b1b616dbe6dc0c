//! The upstreams of a test: which mock answers which request.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{HeaderMap, Method};
use serde_json::Value;

use super::table::{Answer, SpecMock};
use crate::engine::Request;
use crate::error::{Failure, FailureKind};
use crate::upstream::{Custom, Inbound, Outbound};

/// Answers requests as the mocks say. A clone is the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Upstreams(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// The mocks that hold, in text order, with their number in the test.
    mocks: Vec<(usize, &'static SpecMock)>,
    /// Operations that were mocked since the latest `send`.
    fresh: HashSet<&'static str>,
    used: HashSet<usize>,
    calls: Vec<Asked>,
}

/// A request that arrived.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) op: &'static str,
    pub(super) method: Method,
    pub(super) target: String,
    /// True if no mock answered it.
    pub(super) unmocked: bool,
}

impl Upstreams {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a mock. The first one of an operation below a `send` takes the place of those above it.
    pub(super) fn mock(&self, number: usize, mock: &'static SpecMock) {
        let mut state = self.state();
        if state.fresh.insert(mock.op) {
            state.mocks.retain(|(_, other)| other.op != mock.op);
        }
        state.mocks.push((number, mock));
    }

    /// A `send`: what is mocked below it is for the next one.
    pub(super) fn sent(&self) {
        self.state().fresh.clear();
    }

    /// The requests that arrived, in order.
    pub(super) fn calls(&self) -> Vec<Asked> {
        self.state().calls.clone()
    }

    /// Whether a mock has answered something.
    pub(super) fn is_used(&self, number: usize) -> bool {
        self.state().used.contains(&number)
    }
}

impl State {
    /// The mock for a request: one with arguments goes before one without; of several the first that has not answered
    /// yet, in the end the last one.
    fn answer(&mut self, request: &Outbound) -> Option<&'static SpecMock> {
        let of_op = self.mocks.iter().filter(|(_, mock)| mock.op == request.op);
        let fitting: Vec<_> = of_op
            .filter(|(_, mock)| mock.given.is_none_or(|given| fits(given, request)))
            .collect();
        let special = fitting.iter().any(|(_, mock)| mock.given.is_some());
        let mut best: Vec<_> = fitting
            .into_iter()
            .filter(|(_, mock)| mock.given.is_some() == special)
            .collect();
        let first = best.iter().position(|(number, _)| !self.used.contains(number));
        let (number, mock) = *match first {
            Some(at) => best.remove(at),
            None => best.pop()?,
        };
        self.used.insert(number);
        Some(mock)
    }
}

/// Whether a request has all that a mock's arguments write.
fn fits(given: fn(&mut Request) -> crate::engine::Eval, request: &Outbound) -> bool {
    let mut wanted = Request::new();
    if given(&mut wanted).is_err() {
        return false;
    }
    let Ok(Ok(wanted)) = wanted.finish(request.op, request.method.clone()) else {
        return false;
    };
    let (path, query) = split(&request.target);
    let (wanted_path, wanted_query) = split(&wanted.target);
    let mut pairs: Vec<&str> = query.split('&').collect();
    let has_pair = |pair: &str| match pairs.iter().position(|own| *own == pair) {
        Some(at) => {
            pairs.remove(at);
            true
        }
        None => pair.is_empty(),
    };
    let body = |bytes: &Option<Bytes>| bytes.as_deref().and_then(|it| serde_json::from_slice::<Value>(it).ok());
    is_like(path, wanted_path)
        && wanted_query.split('&').all(has_pair)
        && wanted
            .headers
            .iter()
            .all(|(name, value)| request.headers.get(name) == Some(value))
        && body(&wanted.body).is_none_or(|wanted| body(&request.body).is_some_and(|own| has_all(&own, &wanted)))
}

fn split(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

/// Whether a path is like a pattern, in which a NUL stands for one argument.
fn is_like(path: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split('\0');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let end = match pieces.peek() {
            None => rest.strip_suffix(piece).map(str::len),
            Some(_) => rest
                .char_indices()
                .skip(1)
                .map(|(at, _)| at)
                .find(|at| rest[*at..].starts_with(piece)),
        };
        match end {
            Some(end) if end > 0 && !rest[..end].contains('/') => rest = &rest[end + piece.len()..],
            _ => return false,
        }
    }
    rest.is_empty()
}

/// Whether a JSON object has the members of another one; anything else has to be equal.
fn has_all(own: &Value, wanted: &Value) -> bool {
    match (own, wanted) {
        (Value::Object(own), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| own.get(name) == Some(wanted))
        }
        (own, wanted) => own == wanted,
    }
}

impl Custom for Upstreams {
    fn send(&self, _: &'static str, request: Outbound) -> BoxFuture<'static, Result<Inbound, Failure>> {
        let mock = {
            let mut state = self.state();
            let mock = state.answer(&request);
            state.calls.push(Asked {
                op: request.op,
                method: request.method,
                target: request.target,
                unmocked: mock.is_none(),
            });
            mock
        };
        Box::pin(async move {
            let Some(mock) = mock else {
                return Err(Failure::new(FailureKind::Connect, "there is no mock of this operation"));
            };
            if mock.after > 0 {
                tokio::time::sleep(Duration::from_millis(mock.after)).await;
            }
            match mock.reply {
                Answer::Status(status, body) => Ok(Inbound {
                    status,
                    headers: HeaderMap::new(),
                    body: Bytes::from_static(body.as_bytes()),
                }),
                Answer::Fail(kind) => Err(Failure::new(kind, "mocked")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_that_is_not_given_may_be_anything_in_its_segment() {
        assert!(is_like("/users/u1/orders/7", "/users/u1/orders/\0"));
        assert!(is_like("/users/u1/orders/7", "/users/\0/orders/7"));
        assert!(is_like("/geo/1,2.json", "/geo/\0,\0.json"));
        assert!(!is_like("/users/u1/x/orders/7", "/users/\0/orders/7"));
        assert!(!is_like("/users/u2/orders/7", "/users/u1/orders/\0"));
        assert!(!is_like("/users//orders", "/users/\0/orders"));
        assert!(!is_like("/users/u1/more", "/users/\0"));
    }
}
