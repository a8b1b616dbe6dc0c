//! The transport for `https` bases: reqwest with rustls, and nothing of what it does by itself. No redirects (an
//! upstream must not send us elsewhere), no proxy from the environment, no retries.

use bytes::{Bytes, BytesMut};

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

    pub(super) async fn send(&self, base: &Base, request: Outbound) -> Result<Inbound, Failure> {
        let scheme = if base.tls { "https" } else { "http" };
        let url = format!("{scheme}://{}{}{}", base.authority, base.prefix, request.target);
        let mut sent = self.0.request(request.method, url).headers(request.headers);
        if let Some(body) = request.body {
            sent = sent.body(body);
        }
        let mut answer = sent.send().await.map_err(|error| failure(&error))?;
        let status = answer.status().as_u16();
        let headers = std::mem::take(answer.headers_mut());
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
