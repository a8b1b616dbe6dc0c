//! One request and its answer on a connection, driven by whoever waits for it: no task, no channel, no wake-up between.

use std::fmt;
use std::io;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::{BufMut as _, Bytes};
use http::Method;
use tokio::net::TcpStream;
use tokio_util::io::poll_read_buf;

use super::framing::{Framing, Piece};
use super::head::{self, HEAD_MAX, Head, Keep};
use super::sender::Sender;
use super::{Base, Outbound};
use crate::error::{Failure, FailureKind};

/// How much is read at once while it is not known how much is to come.
const READ: usize = 16 << 10;

/// Memory that one exchange after the other uses.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    output: Vec<u8>,
    input: Vec<u8>,
}

/// A request on a connection, and its answer as far as it has come. Dropping it closes the connection.
pub(super) struct Exchange {
    stream: TcpStream,
    sender: Sender,
    /// What has come; up to `used` it is done with.
    input: Vec<u8>,
    used: usize,
    framing: Framing,
    keep_alive: bool,
}

/// Why no head of an answer came.
#[derive(Debug)]
pub(super) enum Lost {
    /// The connection ended before anything came back: it may never have been heard.
    Silent(Failure),
    Failed(Failure),
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exchange")
    }
}

impl Exchange {
    /// Puts a request on a connection: with its own body, or with `upload` in its place. Nothing is written yet.
    pub(super) fn new(
        stream: TcpStream,
        buffers: Buffers,
        base: &Base,
        request: &Outbound,
        upload: Option<Body>,
    ) -> Result<Self, Failure> {
        let Buffers { output, mut input } = buffers;
        let sender = Sender::new(output, base, request, upload);
        let sender = sender.map_err(|_| Failure::new(FailureKind::Connect, "the request has no valid target"))?;
        input.clear();
        input.reserve(READ);
        Ok(Self {
            stream,
            sender,
            input,
            used: 0,
            framing: Framing::UntilClose,
            keep_alive: false,
        })
    }

    /// Sends the request and reads the head of its answer. What has not been sent by then is sent while the body is read.
    pub(super) async fn head(&mut self, method: &Method, keep: Keep) -> Result<Head, Lost> {
        let (mut seen, mut interim) = (0, 0);
        let head = std::future::poll_fn(|cx| self.poll_head(cx, method, keep, &mut seen, &mut interim)).await?;
        self.framing = head.framing;
        self.keep_alive = head.keep_alive;
        Ok(head)
    }

    fn poll_head(
        &mut self,
        cx: &mut Context<'_>,
        method: &Method,
        keep: Keep,
        seen: &mut usize,
        interim: &mut usize,
    ) -> Poll<Result<Head, Lost>> {
        let sent = self.sender.poll(&mut self.stream, cx);
        // An answer may be there even if not all was sent: a refusal, followed by the end of the connection.
        loop {
            let read = match self.poll_fill(cx) {
                Poll::Pending => break,
                Poll::Ready(read) => read,
            };
            match read {
                Ok(0) if self.input.is_empty() && *interim == 0 => return Poll::Ready(Err(Lost::Silent(closed()))),
                Ok(0) => return Poll::Ready(Err(Lost::Failed(closed()))),
                Ok(_) => {}
                Err(error) if self.input.is_empty() && *interim == 0 => {
                    return Poll::Ready(Err(Lost::Silent(broken(&error))));
                }
                Err(error) => return Poll::Ready(Err(Lost::Failed(broken(&error)))),
            }
            while let Some(end) = head::end(&self.input, *seen) {
                let parsed = head::parse(&self.input[..end], method, keep);
                *seen = 0;
                match parsed.map_err(|problem| Lost::Failed(unreadable(problem.0)))? {
                    Some(head) => {
                        self.used = end;
                        return Poll::Ready(Ok(head));
                    }
                    None => {
                        *interim += end;
                        self.input.drain(..end);
                    }
                }
            }
            *seen = self.input.len();
            if *interim + self.input.len() > HEAD_MAX {
                return Poll::Ready(Err(Lost::Failed(unreadable("it is longer than 128 KiB"))));
            }
        }
        match sent {
            Poll::Ready(Err(error)) if self.input.is_empty() && *interim == 0 => {
                Poll::Ready(Err(Lost::Silent(broken(&error))))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(Lost::Failed(broken(&error)))),
            _ => Poll::Pending,
        }
    }

    /// Reads more into the buffer; 0 when the connection has ended.
    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if self.input.len() == self.input.capacity() {
            self.input.reserve(READ);
        }
        poll_read_buf(Pin::new(&mut self.stream), cx, &mut self.input)
    }

    /// Goes on sending a request whose answer has begun. That it cannot be sent is no failure: nobody may want the rest.
    fn send_on(&mut self, cx: &mut Context<'_>) {
        if !self.sender.is_done()
            && let Poll::Ready(Err(_)) = self.sender.poll(&mut self.stream, cx)
        {
            self.keep_alive = false;
        }
    }

    /// The next piece of the body; none at its end. Nothing is read before it is asked for, so a slow reader slows the
    /// upstream.
    pub(super) fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Failure>> {
        let range = ready!(self.poll_range(cx))?;
        Poll::Ready(Ok(range.map(|range| Bytes::copy_from_slice(&self.input[range]))))
    }

    /// The same as a range of the buffer, which stands until the next one is asked for.
    fn poll_range(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Range<usize>>, Failure>> {
        self.send_on(cx);
        loop {
            let piece = self.framing.next(&self.input[self.used..]);
            match piece.map_err(|chunk| unreadable(chunk.0))? {
                Piece::Data(range) => {
                    let start = self.used + range.start;
                    self.used += range.end;
                    return Poll::Ready(Ok(Some(start..self.used)));
                }
                Piece::End(used) => {
                    self.used += used;
                    return Poll::Ready(Ok(None));
                }
                Piece::More => {}
            }
            self.input.clear();
            self.used = 0;
            match ready!(self.poll_fill(cx)) {
                Ok(0) => {
                    self.keep_alive = false;
                    let whole = self.framing.may_end_here();
                    return Poll::Ready(if whole { Ok(None) } else { Err(closed()) });
                }
                Ok(_) => {}
                Err(error) => return Poll::Ready(Err(broken(&error))),
            }
        }
    }

    /// The whole body, if it has at most so many octets.
    pub(super) async fn whole(&mut self, max: usize) -> Result<Vec<u8>, Failure> {
        match self.framing {
            Framing::Length(length) => match usize::try_from(length) {
                Ok(length) if length <= max => self.counted(length).await,
                _ => Err(too_large()),
            },
            Framing::Chunked(_) | Framing::UntilClose => {
                let mut body = Vec::new();
                while let Some(range) = std::future::poll_fn(|cx| self.poll_range(cx)).await? {
                    if body.len() + range.len() > max {
                        return Err(too_large());
                    }
                    body.extend_from_slice(&self.input[range]);
                }
                Ok(body)
            }
        }
    }

    /// A body of known length, read to where it will stay.
    async fn counted(&mut self, length: usize) -> Result<Vec<u8>, Failure> {
        let there = (self.input.len() - self.used).min(length);
        // Asking for one octet more than there is costs nothing and saves a system call: what is read is then less than
        // what was asked for, which tells the runtime that there is no more.
        let mut body = Vec::with_capacity(length + usize::from(there < length));
        body.extend_from_slice(&self.input[self.used..self.used + there]);
        self.used += there;
        while body.len() < length {
            let read = std::future::poll_fn(|cx| {
                self.send_on(cx);
                let rest = length + 1 - body.len();
                poll_read_buf(Pin::new(&mut self.stream), cx, &mut (&mut body).limit(rest))
            });
            match read.await {
                Ok(0) => return Err(closed()),
                Ok(_) => {}
                Err(error) => return Err(broken(&error)),
            }
        }
        // More than was promised belongs to no request of ours.
        self.keep_alive &= body.len() == length;
        body.truncate(length);
        self.framing = Framing::Length(0);
        Ok(body)
    }

    /// The connection if it can carry another request: all was sent, all was read, and nothing came unasked.
    pub(super) fn finish(self) -> (Option<TcpStream>, Buffers) {
        let mut framing = self.framing;
        let ended = matches!(framing.next(b""), Ok(Piece::End(_))) && self.used == self.input.len();
        let reusable = self.keep_alive && ended && self.sender.is_done();
        let buffers = Buffers {
            output: self.sender.into_buffer(),
            input: self.input,
        };
        (reusable.then_some(self.stream), buffers)
    }
}

impl Buffers {
    /// Whether they are worth keeping: a long head may have made them large.
    pub(super) fn are_small(&self) -> bool {
        self.input.capacity() + self.output.capacity() <= 4 * READ
    }
}

/// Whether the other side has neither closed an idle connection nor said anything on it unasked.
pub(super) fn is_quiet(stream: &TcpStream) -> bool {
    // Asks the system only if the runtime has heard that there is something to read.
    let silent = stream.try_read(&mut [0]);
    matches!(silent, Err(error) if error.kind() == io::ErrorKind::WouldBlock)
}

fn too_large() -> Failure {
    Failure::new(FailureKind::Decode, "the answer is larger than 8 MiB")
}

/// The connection ended before the answer did.
fn closed() -> Failure {
    let detail = "the connection was closed before the answer was complete";
    Failure::new(FailureKind::Decode, detail)
}

fn broken(error: &io::Error) -> Failure {
    Failure::new(FailureKind::Decode, format!("the connection broke: {error}"))
}

fn unreadable(problem: &str) -> Failure {
    Failure::new(FailureKind::Decode, format!("the answer cannot be read: {problem}"))
}
