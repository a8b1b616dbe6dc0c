//! Answers that pass through: their heads are read, their bodies are still coming.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use http::HeaderMap;
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::Inbound;

/// An answer of an upstream whose body is read as it is asked for. Dropping it ends the request.
#[derive(Debug)]
pub struct Opened {
    /// The status, 200 to 999.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; an error in it is an answer that was cut.
    pub body: Body,
}

impl From<Inbound> for Opened {
    fn from(answer: Inbound) -> Self {
        Self {
            status: answer.status,
            headers: answer.headers,
            body: answer.body.into(),
        }
    }
}

/// A body for who asks for one that threads can share: nobody does, so nothing is locked.
pub(super) struct Shareable(std::sync::Mutex<Body>);

impl Shareable {
    pub(super) fn new(body: Body) -> Self {
        Self(std::sync::Mutex::new(body))
    }
}

impl HttpBody for Shareable {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.0.get_mut() {
            Ok(body) => Pin::new(body).poll_frame(cx),
            Err(_) => Poll::Ready(None),
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().map(|body| body.size_hint()).unwrap_or_default()
    }
}
