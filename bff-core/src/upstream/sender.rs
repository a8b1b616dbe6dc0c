//! Writes a request: its head together with a whole body, or a body that comes piece by piece.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::Bytes;
use http_body::Body as _;
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;

use super::wire::{self, BadTarget, Length};
use super::{Base, Outbound};

/// A request on its way out. What is being written lies in three parts, so that one system call takes it all.
pub(super) struct Sender {
    /// The head, or the line with the size of a chunk. Its buffer is used again.
    front: Vec<u8>,
    body: Bytes,
    back: &'static [u8],
    /// How many octets of the three are written.
    written: usize,
    upload: Option<Upload>,
}

/// A body that is still coming.
struct Upload {
    body: Body,
    /// How much must still come, if the head said so.
    left: Option<u64>,
}

impl Sender {
    /// A request with the body that it holds, or with this one instead.
    pub(super) fn new(
        mut buffer: Vec<u8>,
        base: &Base,
        request: &Outbound,
        upload: Option<Body>,
    ) -> Result<Self, BadTarget> {
        let upload = upload.map(|body| Upload {
            left: body.size_hint().exact(),
            body,
        });
        let length = match (&upload, &request.body) {
            (Some(upload), _) => upload.left.map_or(Length::Unknown, Length::Known),
            (None, Some(body)) => Length::Known(body.len() as u64),
            (None, None) => Length::None,
        };
        buffer.clear();
        wire::head(&mut buffer, base, request, length)?;
        let body = match upload {
            Some(_) => Bytes::new(),
            None => request.body.clone().unwrap_or_default(),
        };
        Ok(Self {
            front: buffer,
            body,
            back: b"",
            written: 0,
            upload,
        })
    }

    /// Whether all of the request has been written.
    pub(super) fn is_done(&self) -> bool {
        self.upload.is_none() && self.written == self.front.len() + self.body.len() + self.back.len()
    }

    /// The buffer, to be used again.
    pub(super) fn into_buffer(self) -> Vec<u8> {
        self.front
    }

    /// Writes what can be written; ready when all is.
    pub(super) fn poll(&mut self, stream: &mut TcpStream, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            ready!(self.poll_write(stream, cx))?;
            let Some(upload) = &mut self.upload else {
                return Poll::Ready(Ok(()));
            };
            let piece = ready!(upload.poll(cx))?;
            self.next(piece);
        }
    }

    fn poll_write(&mut self, stream: &mut TcpStream, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut left = self.written;
            let parts = [&*self.front, &*self.body, self.back].map(|part| {
                let skipped = left.min(part.len());
                left -= skipped;
                &part[skipped..]
            });
            let written = match parts {
                [[], [], []] => return Poll::Ready(Ok(())),
                [one, [], []] => Pin::new(&mut *stream).poll_write(cx, one),
                parts => Pin::new(&mut *stream).poll_write_vectored(cx, &parts.map(IoSlice::new)),
            };
            match ready!(written)? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => self.written += written,
            }
        }
    }

    /// Puts up the next piece of an upload, or its end.
    fn next(&mut self, piece: Option<Bytes>) {
        let chunked = self.upload.as_ref().is_some_and(|upload| upload.left.is_none());
        self.written = 0;
        self.front.clear();
        self.body = piece.clone().unwrap_or_default();
        self.back = if chunked { b"\r\n" } else { b"" };
        if chunked {
            self.front
                .extend_from_slice(format!("{:x}\r\n", self.body.len()).as_bytes());
        }
        if piece.is_none() {
            self.upload = None;
        }
    }
}

impl Upload {
    /// The next piece that is not empty; none at the end, which must be where the head said.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(cx)) else {
                let whole = self.left.is_none_or(|left| left == 0);
                let short = io::Error::other("the body of the request is shorter than its length");
                return Poll::Ready(if whole { Ok(None) } else { Err(short) });
            };
            let piece = frame.map_err(io::Error::other)?.into_data().unwrap_or_default();
            if let Some(left) = &mut self.left {
                let long = || io::Error::other("the body of the request is longer than its length");
                *left = left.checked_sub(piece.len() as u64).ok_or_else(long)?;
            }
            if !piece.is_empty() {
                return Poll::Ready(Ok(Some(piece)));
            }
        }
    }
}
