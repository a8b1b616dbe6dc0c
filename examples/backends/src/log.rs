//! What arrived at a service: the last 100 requests, for tests that ask what a BFF really sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::request::Arrived;

/// How many requests a service remembers.
pub const KEPT: usize = 100;

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Answered(u16),
    Dropped,
}

#[derive(Debug)]
struct Entry {
    number: u64,
    at_ms: u64,
    arrived: Arrived,
    state: State,
}

#[derive(Debug)]
struct Inner {
    next: u64,
    entries: VecDeque<Entry>,
}

/// The log of one service. Clones share it.
#[derive(Clone, Debug)]
pub struct Log {
    started: Instant,
    inner: Arc<Mutex<Inner>>,
}

impl Log {
    /// An empty log whose clock starts now.
    #[must_use]
    pub fn new() -> Log {
        Log {
            started: Instant::now(),
            inner: Arc::new(Mutex::new(Inner {
                next: 1,
                entries: VecDeque::new(),
            })),
        }
    }

    /// Notes a request. The guard is told the status; dropped without one, the caller went away before the answer.
    #[must_use]
    pub fn enter(&self, arrived: Arrived) -> Open {
        let at_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let mut inner = self.lock();
        let number = inner.next;
        inner.next += 1;
        if inner.entries.len() == KEPT {
            inner.entries.pop_front();
        }
        inner.entries.push_back(Entry {
            number,
            at_ms,
            arrived,
            state: State::Open,
        });
        Open {
            log: self.clone(),
            number,
            state: State::Dropped,
        }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.lock().entries.clear();
    }

    /// The log as JSON, oldest first.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.lock().entries.iter().map(entry_json).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Log {
    fn default() -> Log {
        Log::new()
    }
}

/// A request that has no answer yet.
#[derive(Debug)]
pub struct Open {
    log: Log,
    number: u64,
    state: State,
}

impl Open {
    /// Notes the answer.
    pub fn answered(mut self, status: u16) {
        self.state = State::Answered(status);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut inner = self.log.lock();
        if let Some(entry) = inner.entries.iter_mut().find(|entry| entry.number == self.number) {
            entry.state = self.state;
        }
    }
}

fn entry_json(entry: &Entry) -> Value {
    let mut headers = Map::new();
    for (name, value) in &entry.arrived.headers {
        let text = String::from_utf8_lossy(value.as_bytes());
        match headers.get_mut(name.as_str()) {
            Some(Value::String(all)) => *all = format!("{all}, {text}"),
            _ => drop(headers.insert(name.to_string(), Value::from(text))),
        }
    }
    let (state, status) = match entry.state {
        State::Open => ("open", Value::Null),
        State::Answered(status) => ("answered", status.into()),
        State::Dropped => ("dropped", Value::Null),
    };
    json!({
        "number": entry.number,
        "atMs": entry.at_ms,
        "method": entry.arrived.method.as_str(),
        "path": entry.arrived.path,
        "query": entry.arrived.query,
        "headers": headers,
        "body": entry.arrived.body,
        "state": state,
        "status": status,
    })
}
