//! The transport for `https` bases: reqwest with rustls, and nothing of what it does by itself. No redirects (an
//! upstream must not send us elsewhere), no proxy from the environment, no retries.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::Method;

use super::opened::{Opened, Shareable};
use super::{ANSWER_MAX, Base, CONNECT_TIMEOUT, Inbound, Outbound};
use crate::error::{Failure, FailureKind};

/// Connections over TLS to one upstream.
#[derive(Debug, Clone)]
pub struct Tls(reqwest::Client);

impl Tls {
    pub(super) fn new() -> Result<Self, String> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .connect_timeout(CONNECT_TIMEOUT)
            .referer(false);
        builder
            .build()
            .map(Self)
            .map_err(|error| format!("TLS cannot be set up: {error}"))
    }

    /// Sends a request and reads the head of its answer.
    pub(super) async fn open(&self, base: &Base, request: Outbound, upload: Option<Body>) -> Result<Opened, Failure> {
        let mut sent = self
            .request(base, request.method, &request.target)
            .headers(request.headers);
        if let Some(upload) = upload {
            sent = sent.body(reqwest::Body::wrap(Shareable::new(upload)));
        } else if let Some(body) = request.body {
            sent = sent.body(body);
        }
        let answer = sent.send().await.map_err(|error| failure(&error))?;
        let (parts, body) = http::Response::<reqwest::Body>::from(answer).into_parts();
        Ok(Opened {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: Body::new(body),
        })
    }

    fn request(&self, base: &Base, method: Method, target: &str) -> reqwest::RequestBuilder {
        let scheme = if base.tls { "https" } else { "http" };
        let url = format!("{scheme}://{}{}{target}", base.authority, base.prefix);
        self.0.request(method, url)
    }

    pub(super) async fn send(&self, base: &Base, request: Outbound, wants_body: bool) -> Result<Inbound, Failure> {
        let mut sent = self
            .request(base, request.method, &request.target)
            .headers(request.headers);
        if let Some(body) = request.body {
            sent = sent.body(body);
        }
        let mut answer = sent.send().await.map_err(|error| failure(&error))?;
        let status = answer.status().as_u16();
        let headers = std::mem::take(answer.headers_mut());
        if !wants_body || !(200..300).contains(&status) {
            return Ok(Inbound {
                status,
                headers,
                body: Bytes::new(),
            });
        }
        let mut body = BytesMut::new();
        while let Some(piece) = answer.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + piece.len() > ANSWER_MAX {
                return Err(Failure::new(FailureKind::Decode, "the answer is larger than 8 MiB"));
            }
            body.extend_from_slice(&piece);
        }
        Ok(Inbound {
            status,
            headers,
            body: Bytes::from(body),
        })
    }
}

fn failure(error: &reqwest::Error) -> Failure {
    let kind = if error.is_connect() {
        FailureKind::Connect
    } else {
        FailureKind::Decode
    };
    Failure::new(kind, format!("{error:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, Method};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    /// What comes of one request to a server that answers with these octets and closes.
    async fn outcome(answer: &'static str, wants_body: bool) -> Result<(u16, usize), FailureKind> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Base::parse(&format!("http://{}/v1", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = [0; 1024];
            let read = stream.read(&mut head).await.unwrap();
            assert!(head[..read].starts_with(b"GET /v1/a HTTP/1.1"));
            stream.write_all(answer.as_bytes()).await.unwrap();
        });
        let request = Outbound {
            op: "a.b",
            method: Method::GET,
            target: "/a".into(),
            headers: HeaderMap::new(),
            body: None,
        };
        let answer = Tls::new().unwrap().send(&base, request, wants_body).await;
        answer
            .map(|answer| (answer.status, answer.body.len()))
            .map_err(|failure| failure.kind)
    }

    #[tokio::test]
    async fn answers_are_read_whole_and_redirects_are_answers() {
        assert_eq!(
            outcome("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", true).await,
            Ok((200, 2))
        );
        let redirect = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(outcome(redirect, true).await, Ok((302, 0)));
        assert_eq!(
            outcome("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}", true).await,
            Err(FailureKind::Decode)
        );
        assert_eq!(
            outcome("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}", false).await,
            Ok((200, 0))
        );
    }

    #[tokio::test]
    async fn a_closed_port_is_a_connect_failure() {
        let base = Base::parse("http://127.0.0.1:1").unwrap();
        let request = Outbound {
            op: "a.b",
            method: Method::GET,
            target: "/a".into(),
            headers: HeaderMap::new(),
            body: None,
        };
        let failed = Tls::new().unwrap().send(&base, request, true).await.unwrap_err();
        assert_eq!(failed.kind, FailureKind::Connect);
    }
}
