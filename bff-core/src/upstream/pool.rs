//! The hot transport: keep-alive connections of HTTP/1.1 to one upstream, driven by the very future that waits for the
//! answer. No task per connection, so an answer wakes nobody else, and dropping the future closes the connection.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, header};
use http_body::Frame;
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::exchange::{Buffers, Exchange, Lost, is_quiet};
use super::head::{Head, Keep};
use super::{ANSWER_MAX, Base, CONNECT_TIMEOUT, Inbound, Outbound};
use crate::error::{Failure, FailureKind};

/// How many idle connections are kept: more than a burst leaves behind is not worth its sockets.
const MAX_IDLE: usize = 256;
/// How long a connection may idle. Shorter than the keep-alive time of common servers (60 to 75 s), which would
/// otherwise close it while a request is on its way.
const IDLE_TIME: Duration = Duration::from_secs(50);
/// How often idle connections are looked at.
const SWEEP: Duration = Duration::from_secs(5);
/// How many pairs of buffers wait for another exchange: 16 KiB each, as a rule.
const MAX_SPARE: usize = 64;
/// What is read of a body that nobody asked for, in octets, so that its connection can be used again.
const UNWANTED_MAX: usize = 64 << 10;

/// What the gateway reads of the headers of an answer that it reads whole; others are not kept, and neither is what they
/// nearly always say, because it is taken to be so without them.
fn is_read(name: &str, value: &[u8]) -> bool {
    let is = |header: HeaderName| name.eq_ignore_ascii_case(header.as_str());
    is(header::CONTENT_TYPE) && value != b"application/json" || is(header::CONTENT_ENCODING) || is(header::RETRY_AFTER)
}

/// Connections to one upstream. A clone is the same pool.
#[derive(Debug, Clone, Default)]
pub struct Pool(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    store: Mutex<Store>,
    sweeping: AtomicBool,
}

#[derive(Debug, Default)]
struct Store {
    /// The latest used is last, and used first: the others then grow old and go.
    idle: Vec<Idle>,
    spare: Vec<Buffers>,
}

#[derive(Debug)]
struct Idle {
    stream: TcpStream,
    since: Instant,
}

/// An answer whose body is still on its connection.
#[derive(Debug)]
pub struct Answer {
    /// The status, 200 to 999.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The body, read as it is asked for.
    pub body: Download,
}

/// The body of an answer. Read to its end it gives its connection back; dropped before, it closes it.
#[derive(Debug)]
pub struct Download {
    exchange: Option<Exchange>,
    pool: Pool,
}

impl Pool {
    /// Sends a request and reads its answer whole.
    pub(super) async fn send(&self, base: &Base, request: &Outbound, wants_body: bool) -> Result<Inbound, Failure> {
        let started = Instant::now();
        let (head, mut exchange) = self.exchange(base, request, None, (is_read, started)).await?;
        // The body of a refusal must not hide its status.
        let wants_body = wants_body && (200..300).contains(&head.status);
        let max = if wants_body { ANSWER_MAX } else { UNWANTED_MAX };
        let body = match exchange.whole(max).await {
            Ok(body) => {
                self.keep(exchange, started);
                body.into()
            }
            Err(failure) if wants_body => return Err(failure),
            Err(_) => Bytes::new(),
        };
        Ok(Inbound {
            status: head.status,
            headers: head.headers,
            body,
        })
    }

    /// Sends a request, with `upload` in place of its body if there is one, and reads the head of its answer. The upload goes
    /// on while the answer is read; both wait for whoever is slower. What breaks an upload off breaks off the request: who
    /// gives one keeps the reason.
    ///
    /// # Errors
    /// `connect` when no connection could be made, `decode` when no answer came that can be read.
    pub async fn open(&self, base: &Base, request: &Outbound, upload: Option<Body>) -> Result<Answer, Failure> {
        let (head, exchange) = self
            .exchange(base, request, upload, (|_, _| true, Instant::now()))
            .await?;
        Ok(Answer {
            status: head.status,
            headers: head.headers,
            body: Download {
                exchange: Some(exchange),
                pool: self.clone(),
            },
        })
    }

    async fn exchange(
        &self,
        base: &Base,
        request: &Outbound,
        mut upload: Option<Body>,
        (keep, now): (Keep, Instant),
    ) -> Result<(Head, Exchange), Failure> {
        // An idle connection may be closed while the request is under way. What changes nothing, and is still here, is then
        // sent again.
        let repeatable = request.method.is_safe() && upload.is_none();
        while let Some((stream, buffers)) = self.0.take(now) {
            let mut exchange = Exchange::new(stream, buffers, base, request, upload.take())?;
            match exchange.head(&request.method, keep).await {
                Ok(head) => return Ok((head, exchange)),
                Err(Lost::Silent(_)) if repeatable => {}
                Err(Lost::Silent(failure) | Lost::Failed(failure)) => return Err(failure),
            }
        }
        // Rare, and much larger than the rest of this future.
        let stream = Box::pin(connect(base)).await?;
        let mut exchange = Exchange::new(stream, Buffers::default(), base, request, upload)?;
        match exchange.head(&request.method, keep).await {
            Ok(head) => Ok((head, exchange)),
            Err(Lost::Silent(failure) | Lost::Failed(failure)) => Err(failure),
        }
    }

    /// Takes back the connection of an exchange that has ended. It rests since then, or since a little earlier.
    fn keep(&self, exchange: Exchange, since: Instant) {
        let (stream, buffers) = exchange.finish();
        let mut store = self.0.store();
        if store.spare.len() < MAX_SPARE && buffers.are_small() {
            store.spare.push(buffers);
        }
        if let Some(stream) = stream
            && store.idle.len() < MAX_IDLE
        {
            store.idle.push(Idle { stream, since });
            drop(store);
            self.sweep_from_now_on();
        }
    }

    /// Starts the task that closes idle connections, unless it runs. It ends when none is left.
    fn sweep_from_now_on(&self) {
        if !self.0.sweeping.load(Ordering::Relaxed) && !self.0.sweeping.swap(true, Ordering::Relaxed) {
            let pool = Arc::downgrade(&self.0);
            drop(tokio::spawn(sweep(pool)));
        }
    }
}

impl Inner {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The latest used connection that still stands.
    fn take(&self, now: Instant) -> Option<(TcpStream, Buffers)> {
        let mut store = self.store();
        loop {
            let latest = store.idle.pop()?;
            if now - latest.since < IDLE_TIME && is_quiet(&latest.stream) {
                return Some((latest.stream, store.spare.pop().unwrap_or_default()));
            }
        }
    }

    /// Closes what is old or was closed by the other side; false if nothing is left.
    fn sweep(&self) -> bool {
        let mut store = self.store();
        store
            .idle
            .retain(|idle| idle.since.elapsed() < IDLE_TIME && is_quiet(&idle.stream));
        if store.idle.is_empty() {
            store.spare.clear();
        }
        // Under the lock, so that a connection kept from now on starts a new sweep.
        self.sweeping.store(!store.idle.is_empty(), Ordering::Relaxed);
        !store.idle.is_empty()
    }
}

async fn sweep(pool: Weak<Inner>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        if !pool.upgrade().is_some_and(|pool| pool.sweep()) {
            return;
        }
    }
}

/// Connects to the host of a base, within a second.
async fn connect(base: &Base) -> Result<TcpStream, Failure> {
    let failed = |detail: String| Failure::new(FailureKind::Connect, format!("{}: {detail}", base.authority));
    match tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect((base.host(), base.port()))).await {
        Ok(Ok(stream)) => {
            // Requests are written whole, so there is nothing to wait for.
            let _ = stream.set_nodelay(true);
            Ok(stream)
        }
        Ok(Err(error)) => Err(failed(error.to_string())),
        Err(_) => Err(failed("no connection within a second".to_owned())),
    }
}

impl http_body::Body for Download {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Some(exchange) = &mut self.exchange else {
            return Poll::Ready(None);
        };
        let piece = std::task::ready!(exchange.poll_piece(cx));
        Poll::Ready(match piece {
            Ok(Some(piece)) => Some(Ok(Frame::data(piece))),
            Ok(None) => {
                if let Some(exchange) = self.exchange.take() {
                    self.pool.keep(exchange, Instant::now());
                }
                None
            }
            Err(failure) => {
                self.exchange = None;
                Some(Err(io::Error::other(failure.detail)))
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        self.exchange.is_none()
    }
}
