//! For tests of services: upstreams in memory, which answer by target after a delay and remember what was sent when.
//!
//! ```
//! # async fn test(service: &'static bff_core::prelude::Service) {
//! use bff_core::testing::{Mock, Mocks};
//!
//! let mocks = Mocks::new([("/users/u1", Mock::json(r#"{"id":"u1"}"#).after(10))]);
//! let gateway = bff_core::Gateway::builder(service).transport(mocks.transport()).build();
//! // … a request through `gateway.router(service)`; on a paused clock the times are exact.
//! assert_eq!(mocks.sent(), [(0, "/users/u1".to_owned())]);
//! # }
//! ```

pub mod spec;

pub use spec::{Tested, run};

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::HeaderMap;
use tokio::time::Instant;

use crate::error::{Failure, FailureKind};
use crate::upstream::{Custom, Inbound, Outbound, Transport};

/// What a mocked upstream does with a request.
#[derive(Debug, Clone)]
pub struct Mock {
    outcome: Outcome,
    delay: Duration,
}

#[derive(Debug, Clone)]
enum Outcome {
    Answer(u16, Bytes),
    Fail(FailureKind),
    Never,
}

impl Mock {
    fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            delay: Duration::ZERO,
        }
    }

    /// Answers 200 with a body.
    pub fn json(body: impl Into<Bytes>) -> Self {
        Self::status(200, body)
    }

    /// Answers with a status and a body.
    pub fn status(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(Outcome::Answer(status, body.into()))
    }

    /// Fails without an answer.
    pub fn fail(kind: FailureKind) -> Self {
        Self::new(Outcome::Fail(kind))
    }

    /// Never answers.
    pub fn never() -> Self {
        Self::new(Outcome::Never)
    }

    /// The same, after so many milliseconds.
    #[must_use]
    pub fn after(self, milliseconds: u64) -> Self {
        Self {
            delay: Duration::from_millis(milliseconds),
            ..self
        }
    }
}

/// Upstreams in memory. A request without a mock is answered with 404. A clone is the same.
#[derive(Debug, Clone)]
pub struct Mocks(Arc<State>);

#[derive(Debug)]
struct State {
    begin: Instant,
    mocks: HashMap<String, Mock>,
    log: Mutex<Log>,
}

#[derive(Debug, Default)]
struct Log {
    sent: Vec<(u64, Outbound)>,
    dropped: Vec<(u64, String)>,
}

impl Mocks {
    /// Mocks by target, path and query as they are sent. Times count from now.
    pub fn new<'t>(mocks: impl IntoIterator<Item = (&'t str, Mock)>) -> Self {
        let mocks = mocks
            .into_iter()
            .map(|(target, mock)| (target.to_owned(), mock))
            .collect();
        Self(Arc::new(State {
            begin: Instant::now(),
            mocks,
            log: Mutex::default(),
        }))
    }

    /// The transport for a gateway under test.
    pub fn transport(&self) -> Transport {
        Transport::Dyn(Arc::new(self.clone()))
    }

    /// What was sent, in order: milliseconds since the beginning, and target.
    pub fn sent(&self) -> Vec<(u64, String)> {
        self.0
            .log()
            .sent
            .iter()
            .map(|(at, request)| (*at, request.target.clone()))
            .collect()
    }

    /// The requests that were sent, in order.
    pub fn requests(&self) -> Vec<Outbound> {
        self.0.log().sent.iter().map(|(_, request)| request.clone()).collect()
    }

    /// What was given up before it was answered: milliseconds since the beginning, and target.
    pub fn dropped(&self) -> Vec<(u64, String)> {
        self.0.log().dropped.clone()
    }
}

impl State {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begin.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// A request on its way. Dropped while it still has its target, it was given up.
struct Pending {
    state: Arc<State>,
    target: Option<String>,
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some(target) = self.target.take() {
            let now = self.state.now();
            self.state.log().dropped.push((now, target));
        }
    }
}

impl Custom for Mocks {
    fn send(&self, _: &'static str, request: Outbound) -> BoxFuture<'static, Result<Inbound, Failure>> {
        let state = Arc::clone(&self.0);
        Box::pin(async move {
            let mut pending = Pending {
                state: Arc::clone(&state),
                target: Some(request.target.clone()),
            };
            let mock = state
                .mocks
                .get(&request.target)
                .cloned()
                .unwrap_or_else(|| Mock::status(404, ""));
            let now = state.now();
            state.log().sent.push((now, request));
            if !mock.delay.is_zero() {
                tokio::time::sleep(mock.delay).await;
            }
            let outcome = match mock.outcome {
                Outcome::Answer(status, body) => Ok(Inbound {
                    status,
                    headers: HeaderMap::new(),
                    body,
                }),
                Outcome::Fail(kind) => Err(Failure::new(kind, "mocked")),
                Outcome::Never => std::future::pending().await,
            };
            pending.target = None;
            outcome
        })
    }
}
