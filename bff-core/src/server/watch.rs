//! What a connection is doing right now, as its socket and its requests tell it: the basis of every timeout.
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::core::Core;
use super::head::HeadScan;
use super::refusal::Refusal;

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Accepted; not a byte has come.
    New,
    /// A request has begun and its head is not complete.
    Head,
    /// A request is being answered.
    Busy,
    /// The last piece of an answer is handed over and on its way to a client that may read slowly.
    Writing,
    /// Between two requests.
    Resting,
    /// Our side is closed; what the client still sends is read and forgotten, so that its system does not throw the answer
    /// away because of bytes nobody read.
    Closing,
}

/// The phase of one connection and since when. Only the connection's own task touches it; the lock is there because what
/// axum holds must be `Sync`, and is never contended.
#[derive(Debug, Clone)]
pub(super) struct Watch(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    phase: Phase,
    since: Instant,
    head: HeadScan,
    /// Since when the client has not taken what we have for it.
    blocked: Option<Instant>,
}

impl Watch {
    pub(super) fn new() -> Self {
        let (phase, since, head) = (Phase::New, Instant::now(), HeadScan::default());
        Self(Arc::new(Mutex::new(State {
            phase,
            since,
            head,
            blocked: None,
        })))
    }

    /// What the connection is doing, and since when.
    pub(super) fn state(&self) -> (Phase, Instant) {
        let state = self.lock();
        (state.phase, state.since)
    }

    /// Since when the client has not read, if it does not.
    pub(super) fn blocked(&self) -> Option<Instant> {
        self.lock().blocked
    }

    /// A request's head is complete. True if it gives its body two lengths.
    pub(super) fn busy(&self) -> bool {
        let mut state = self.lock();
        state.phase = Phase::Busy;
        std::mem::take(&mut state.head).has_two_lengths()
    }

    /// The answer is handed over. How long ago matters to nobody: only whether the client takes it does.
    fn answered(&self) {
        self.lock().phase = Phase::Writing;
    }

    fn read(&self, bytes: &[u8]) {
        let mut state = self.lock();
        if matches!(state.phase, Phase::New | Phase::Resting) {
            (state.phase, state.since, state.head) = (Phase::Head, Instant::now(), HeadScan::default());
        }
        if state.phase == Phase::Head {
            state.head.read(bytes);
        }
    }

    /// Tells whether the socket took what it was given.
    fn wrote<T>(&self, written: &Poll<T>) {
        let mut state = self.lock();
        match written {
            Poll::Ready(_) => state.blocked = None,
            Poll::Pending => drop(state.blocked.get_or_insert_with(Instant::now)),
        }
    }

    /// Whether there is no request to which what is written now could be the answer.
    fn is_unasked(&self) -> bool {
        !matches!(self.state().0, Phase::Busy | Phase::Writing)
    }

    fn flushed(&self) {
        if self.state().0 == Phase::Writing {
            self.enter(Phase::Resting);
        }
    }

    fn closing(&self) {
        if self.state().0 != Phase::Closing {
            self.enter(Phase::Closing);
        }
    }

    fn enter(&self, phase: Phase) {
        let mut state = self.lock();
        (state.phase, state.since) = (phase, Instant::now());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The socket of a connection, reporting to its watch.
pub(super) struct WatchedStream {
    stream: TcpStream,
    watch: Watch,
    core: Arc<Core>,
    peer: SocketAddr,
    /// What is sent before our side is closed, if a head could not be read.
    refusal: Option<Refusal>,
}

impl WatchedStream {
    pub(super) fn new(stream: TcpStream, watch: Watch, core: Arc<Core>, peer: SocketAddr) -> Self {
        Self {
            stream,
            watch,
            core,
            peer,
            refusal: None,
        }
    }

    /// Whether hyper is answering by itself, as it does when it cannot read a head: then we do, when it closes.
    fn refuses(&mut self, bytes: &[u8]) -> bool {
        if self.refusal.is_none() && self.watch.is_unasked() {
            self.refusal = Some(Refusal::instead_of(bytes, &self.core, self.peer));
        }
        self.refusal.is_some()
    }
}

impl AsyncRead for WatchedStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        if buffer.filled().len() > before {
            self.watch.read(&buffer.filled()[before..]);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for WatchedStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.refuses(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch.wrote(&written);
        written
    }

    /// Hyper flushes the socket when it has written everything it holds.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.watch.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if let Some(refusal) = &mut this.refusal {
            ready!(refusal.poll_send(&mut this.stream, cx))?;
        }
        ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        self.watch.closing();
        let mut scratch = [0; 4096];
        loop {
            let mut buffer = ReadBuf::new(&mut scratch);
            ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer))?;
            if buffer.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.refuses(slices.first().map_or(&[], |slice| slice)) {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.watch.wrote(&written);
        written
    }
}

/// The body of an answer: when it is handed over or given up, the request is over.
#[derive(Debug)]
pub(super) struct WatchedBody {
    pub(super) body: Body,
    pub(super) watch: Watch,
}

impl HttpBody for WatchedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for WatchedBody {
    fn drop(&mut self) {
        self.watch.answered();
    }
}
