//! One connection: HTTP/1.1 by hyper, its timeouts and its end by us.
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use http::{HeaderValue, Request, Response, header};
use http_body::Body as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use pin_project_lite::pin_project;
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};
use tokio_util::sync::WaitForCancellationFutureOwned;

use super::core::Core;
use super::health;
use super::watch::{Phase, Watch, WatchedBody, WatchedStream};
use crate::stack::{Answering, TwoLengths};

/// Serves a connection until it ends, times out, or the drain closes it.
pub(super) fn serve(core: &Arc<Core>, stream: TcpStream, peer: SocketAddr) -> impl Future<Output = ()> + Send + use<> {
    let watch = Watch::new();
    let io = TokioIo::new(WatchedStream::new(stream, watch.clone(), Arc::clone(core), peer));
    let requests = Requests {
        core: Arc::clone(core),
        peer,
        watch: watch.clone(),
    };
    let limits = &core.limits;
    let mut builder = http1::Builder::new();
    // Hyper's own timer cannot tell a resting connection from a slow head; ours below does.
    builder.header_read_timeout(None).max_header_size(limits.header_bytes);
    if limits.header_fields != HYPER_FIELDS {
        builder.max_headers(limits.header_fields);
    }
    Connection {
        http: builder.serve_connection(io, requests),
        timer: tokio::time::sleep(limits.header_read),
        stop: Box::pin(core.lifecycle.stopped()),
        waits: false,
        stopped: None,
        watch,
        core: Arc::clone(core),
    }
}

/// What hyper allows by itself, in an array on the stack; any other number costs an allocation per request.
const HYPER_FIELDS: usize = 100;

/// How long a client may go on sending after our side is closed.
const CLOSING: Duration = Duration::from_secs(1);

pin_project! {
    struct Connection {
        #[pin]
        http: http1::Connection<TokioIo<WatchedStream>, Requests>,
        // Armed for the earliest moment at which the connection could be too slow; looked at again when it fires. Requests
        // that come and go meanwhile do not touch it.
        #[pin]
        timer: Sleep,
        // Wakes the connection when accepting ends. Once it waits, looking at a flag is enough.
        stop: Pin<Box<WaitForCancellationFutureOwned>>,
        waits: bool,
        stopped: Option<Instant>,
        watch: Watch,
        core: Arc<Core>,
    }
}

impl Future for Connection {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        if let Poll::Ready(end) = this.http.as_mut().poll(cx) {
            if let Err(error) = end {
                tracing::debug!(%error, "a connection ended early");
            }
            return Poll::Ready(());
        }
        if !std::mem::replace(this.waits, true) {
            // Ready only if it has ended already, which the flag says too.
            let _ = this.stop.as_mut().poll(cx);
        }
        if this.stopped.is_none() && this.core.lifecycle.is_stopping() {
            *this.stopped = Some(Instant::now());
        }
        let Some(deadline) = deadline(this.watch, *this.stopped, this.core) else {
            return Poll::Pending;
        };
        if deadline < this.timer.deadline() || this.timer.is_elapsed() {
            this.timer.as_mut().reset(deadline);
        }
        loop {
            if this.timer.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            if Instant::now() >= deadline {
                return Poll::Ready(());
            }
            this.timer.as_mut().reset(deadline);
        }
    }
}

/// When the connection is to be closed if nothing happens: never while a request is answered to a client that reads.
fn deadline(watch: &Watch, stopped: Option<Instant>, core: &Core) -> Option<Instant> {
    let (phase, since) = watch.state();
    let lingering = |limit| match stopped {
        Some(stopped) => (since + limit).min(since.max(stopped) + core.drain.linger),
        None => since + limit,
    };
    match phase {
        Phase::Busy | Phase::Writing => Some(watch.blocked()? + core.limits.write_idle),
        Phase::Head => Some(since + core.limits.header_read),
        Phase::New => Some(lingering(core.limits.header_read)),
        Phase::Resting => Some(lingering(core.limits.keep_alive)),
        Phase::Closing => Some(since + CLOSING),
    }
}

/// The requests of one connection, for hyper.
struct Requests {
    core: Arc<Core>,
    peer: SocketAddr,
    watch: Watch,
}

impl hyper::service::Service<Request<Incoming>> for Requests {
    type Response = Response<WatchedBody>;
    type Error = Infallible;
    type Future = Answered;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let two_lengths = self.watch.busy();
        if two_lengths {
            request.extensions_mut().insert(TwoLengths);
        }
        let request = request.map(|body| match body.is_end_stream() {
            true => Body::empty(),
            false => Body::new(body),
        });
        let health = health::answer(request.method(), request.uri().path(), &self.core.lifecycle);
        Answered {
            answering: match health {
                Some(health) => Box::pin(std::future::ready(health)),
                None => self.core.endpoint.answer_to(request, Some(self.peer)),
            },
            core: Arc::clone(&self.core),
            watch: self.watch.clone(),
        }
    }
}

/// An answer on its way to hyper.
struct Answered {
    answering: Answering,
    core: Arc<Core>,
    watch: Watch,
}

impl Future for Answered {
    type Output = Result<Response<WatchedBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut response = ready!(self.answering.as_mut().poll(cx));
        if self.core.lifecycle.is_draining() {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        let watch = self.watch.clone();
        Poll::Ready(Ok(response.map(|body| WatchedBody { body, watch })))
    }
}
