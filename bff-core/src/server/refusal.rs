//! What a client gets for a head that hyper cannot read: the same error document, request id and log line as for anything
//! else that is refused. Hyper itself would say no more than a status.
use std::future::Future;
use std::io::Write as _;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use tokio::io::AsyncWrite;

use super::core::Core;
use crate::stack::Unreadable;

/// Where hyper's answer has its status: behind `HTTP/1.1 `.
const STATUS: std::ops::Range<usize> = 9..12;

/// The last answer of a connection, on its way.
pub(super) struct Refusal {
    asked: Option<Pin<Box<dyn Future<Output = Vec<u8>> + Send>>>,
    bytes: Vec<u8>,
    sent: usize,
}

impl Refusal {
    /// Takes the place of the answer that hyper gives by itself.
    pub(super) fn instead_of(hypers: &[u8], core: &Arc<Core>, peer: SocketAddr) -> Self {
        let status = hypers
            .get(STATUS)
            .and_then(|status| StatusCode::from_bytes(status).ok());
        let core = Arc::clone(core);
        let asked = async move { ask(&core, peer, status.unwrap_or(StatusCode::BAD_REQUEST)).await };
        Self {
            asked: Some(Box::pin(asked)),
            bytes: Vec::new(),
            sent: 0,
        }
    }

    /// Sends it whole.
    pub(super) fn poll_send(
        &mut self,
        stream: &mut (impl AsyncWrite + Unpin),
        cx: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        if let Some(asked) = &mut self.asked {
            self.bytes = ready!(asked.as_mut().poll(cx));
            self.asked = None;
        }
        while self.sent < self.bytes.len() {
            match ready!(Pin::new(&mut *stream).poll_write(cx, &self.bytes[self.sent..]))? {
                0 => return Poll::Ready(Err(std::io::ErrorKind::WriteZero.into())),
                sent => self.sent += sent,
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// Sends a request that says nothing but why it is refused through the stack, and writes the answer as a message.
async fn ask(core: &Core, peer: SocketAddr, status: StatusCode) -> Vec<u8> {
    let mut request = Request::new(Body::empty());
    request.extensions_mut().insert(Unreadable(status));
    let (head, body) = core.endpoint.answer_to(request, Some(peer)).await.into_parts();
    // The document is in memory: a body that could fail is not one of ours, and the status is still told.
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    message(&Response::from_parts(head, body))
}

/// RFC 9112, section 6.3: with a length; and the last of its connection.
fn message(response: &Response<axum::body::Bytes>) -> Vec<u8> {
    let status = response.status();
    let mut bytes = Vec::with_capacity(512 + response.body().len());
    // Writing into a vector cannot fail.
    let _ = write!(
        bytes,
        "HTTP/1.1 {} {}\r\n",
        status.as_str(),
        status.canonical_reason().unwrap_or("")
    );
    for (name, value) in response.headers() {
        if ![header::CONNECTION, header::CONTENT_LENGTH, header::TRANSFER_ENCODING].contains(name) {
            bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
    }
    let date = httpdate::fmt_http_date(std::time::SystemTime::now());
    let length = response.body().len();
    let _ = write!(
        bytes,
        "date: {date}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    bytes.extend_from_slice(response.body());
    bytes
}
