//! One connection to an upstream, with the request that is on it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST};
use http::{HeaderValue, Method, Request, Uri};
use http_body_util::Full;
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::{ANSWER_MAX, Base, CONNECT_TIMEOUT, Inbound, Outbound};
use crate::error::{Failure, FailureKind};

/// The longest head of an answer, in octets.
const HEAD_MAX: usize = 128 << 10;

/// What is read of a body that nobody wants, in octets, so that its connection can be used again.
const UNWANTED_MAX: usize = 64 << 10;

/// A connection and hyper's state machine for it, which moves only while someone polls it.
pub(super) struct Connection {
    sender: http1::SendRequest<Full<Bytes>>,
    driver: Pin<Box<http1::Connection<TokioIo<TcpStream>, Full<Bytes>>>>,
    /// The driver has finished: the connection is closed.
    ended: bool,
}

/// What became of a request on a connection.
pub(super) enum Sent {
    /// It was answered; the connection too, if it can be used again.
    Answered(Inbound, Option<Connection>),
    /// It failed.
    Failed(Failure),
    /// The connection was closed before anything came back, and nothing can have been changed by trying.
    Unused(Box<Outbound>),
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

impl Connection {
    /// Connects to the host of a base, within a second.
    pub(super) async fn open(base: &Base) -> Result<Self, Failure> {
        let failed = |detail: String| Failure::new(FailureKind::Connect, format!("{}: {detail}", base.authority));
        let connect = tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect((base.host(), base.port()))).await;
        let stream = match connect {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(failed(error.to_string())),
            Err(_) => return Err(failed("no connection within a second".to_owned())),
        };
        // Requests are written whole, so there is nothing to wait for.
        let _ = stream.set_nodelay(true);
        let builder = http1::Builder::new()
            .max_buf_size(HEAD_MAX)
            .handshake(TokioIo::new(stream))
            .await;
        let (sender, driver) = builder.map_err(|error| failed(error.to_string()))?;
        Ok(Self {
            sender,
            driver: Box::pin(driver),
            ended: false,
        })
    }

    /// Whether the other side has neither closed an idle connection nor said anything on it unasked.
    pub(super) fn is_open(&mut self) -> bool {
        self.advance(&mut Context::from_waker(Waker::noop()));
        !self.ended && self.sender.is_ready()
    }

    /// Sends a request and reads its answer whole. `reused` says that the connection has carried others before.
    pub(super) async fn send(mut self, base: &Base, request: Outbound, wants_body: bool, reused: bool) -> Sent {
        // An idle connection may be closed while the request is under way. What changes nothing is then sent again.
        let again = (reused && is_safe(&request.method)).then(|| Box::new(request.clone()));
        let request = match wire(base, request) {
            Ok(request) => request,
            Err(failure) => return Sent::Failed(failure),
        };
        let pending = self.sender.send_request(request);
        match self.drive(pending).await {
            Ok(Ok(response)) => self.receive(response, wants_body).await,
            // hyper gave up before an answer began.
            Ok(Err(error)) => again
                .filter(|_| !error.is_parse())
                .map_or_else(|| Sent::Failed(broken(&error)), Sent::Unused),
            Err(closed) => again.map_or(Sent::Failed(closed), Sent::Unused),
        }
    }

    async fn receive(mut self, response: http::Response<Incoming>, wants_body: bool) -> Sent {
        let (parts, body) = response.into_parts();
        // The body of a refusal must not hide its status.
        let wants_body = wants_body && parts.status.is_success();
        let max = if wants_body { ANSWER_MAX } else { UNWANTED_MAX };
        let (body, whole) = match self.read(body, max).await {
            Ok(body) => (body, true),
            Err(failure) if wants_body => return Sent::Failed(failure),
            Err(_) => (Bytes::new(), false),
        };
        let answer = Inbound {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        };
        let usable = whole && self.is_open();
        Sent::Answered(answer, usable.then_some(self))
    }

    async fn read(&mut self, mut body: Incoming, max: usize) -> Result<Bytes, Failure> {
        let known = body.size_hint().exact();
        if known.is_some_and(|length| length > max as u64) {
            return Err(too_large());
        }
        let mut octets = Vec::with_capacity(known.unwrap_or(4096) as usize);
        loop {
            let frame = self
                .drive(std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)))
                .await?;
            match frame {
                None => return Ok(octets.into()),
                Some(Ok(frame)) => {
                    let piece = frame.into_data().unwrap_or_default();
                    if octets.len() + piece.len() > max {
                        return Err(too_large());
                    }
                    octets.extend_from_slice(&piece);
                }
                Some(Err(error)) => return Err(broken(&error)),
            }
        }
    }

    fn advance(&mut self, cx: &mut Context<'_>) {
        self.ended = self.ended || self.driver.as_mut().poll(cx).is_ready();
    }

    /// Waits for something that the connection brings, and moves the connection meanwhile.
    async fn drive<T>(&mut self, wanted: impl Future<Output = T>) -> Result<T, Failure> {
        let mut wanted = std::pin::pin!(wanted);
        std::future::poll_fn(|cx| {
            if let Poll::Ready(value) = wanted.as_mut().poll(cx) {
                return Poll::Ready(Ok(value));
            }
            self.advance(cx);
            // What the connection brought, also with its last words, is there now.
            match wanted.as_mut().poll(cx) {
                Poll::Ready(value) => Poll::Ready(Ok(value)),
                Poll::Pending if self.ended => Poll::Ready(Err(closed())),
                Poll::Pending => Poll::Pending,
            }
        })
        .await
    }
}

/// Methods that change nothing (RFC 9110, section 9.2.1).
fn is_safe(method: &Method) -> bool {
    method.is_safe()
}

fn wire(base: &Base, request: Outbound) -> Result<Request<Full<Bytes>>, Failure> {
    let target = if base.prefix.is_empty() {
        request.target
    } else {
        format!("{}{}", base.prefix, request.target)
    };
    let unsent = |_| Failure::new(FailureKind::Connect, "the request has no valid target");
    let uri = Uri::try_from(target).map_err(unsent)?;
    let mut headers = request.headers;
    headers.insert(
        HOST,
        HeaderValue::from_str(base.authority.as_str()).unwrap_or(HeaderValue::from_static("")),
    );
    if request.body.is_none() && !matches!(request.method, Method::GET | Method::HEAD | Method::DELETE) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    let mut wire = Request::new(Full::new(request.body.unwrap_or_default()));
    *wire.method_mut() = request.method;
    *wire.uri_mut() = uri;
    *wire.headers_mut() = headers;
    Ok(wire)
}

fn too_large() -> Failure {
    Failure::new(FailureKind::Decode, "the answer is larger than 8 MiB")
}

/// The connection ended before the answer did.
pub(super) fn closed() -> Failure {
    Failure::new(
        FailureKind::Decode,
        "the connection was closed before the answer was complete",
    )
}

fn broken(error: &hyper::Error) -> Failure {
    let cause = std::error::Error::source(error)
        .map(|cause| format!(": {cause}"))
        .unwrap_or_default();
    Failure::new(FailureKind::Decode, format!("the answer is broken: {error}{cause}"))
}
