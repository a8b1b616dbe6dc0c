//! Over real sockets: what honest, slow, broken and greedy clients get, and what a drain costs them.
mod client;
mod drain;
mod limits;
mod requests;

use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use futures_util::stream;
use http::StatusCode;
use http_body_util::BodyExt as _;

use super::*;
use crate::entropy::SystemEntropy;
use crate::error::Error;
use crate::observe::writer::tests::Memory;
use crate::stack::{BodyFault, Limits, body_fault};
use crate::time::SystemClock;
use client::Client;

/// Times that tests can wait for.
const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A server for one test: change what it is about, then `start`.
struct Setup {
    threads: usize,
    sockets: SocketLimits,
    requests: Limits,
    drain: DrainTimes,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            threads: 2,
            sockets: SocketLimits::default(),
            requests: Limits::default(),
            drain: DrainTimes {
                settle: ms(100),
                linger: ms(200),
                total: Duration::from_secs(20),
            },
        }
    }
}

impl Setup {
    fn start(self) -> Running {
        self.start_logging(LogWriter::off())
    }

    fn start_logging(self, log: LogWriter) -> Running {
        let limits = self.requests;
        let make: Make = Arc::new(move |log| Ok(Served::router(routes(), shared(log, limits.clone()))));
        let settings = ServerSettings {
            threads: self.threads,
            ..ServerSettings::default()
        };
        Server::new("test", "127.0.0.1:0", settings, make)
            .limits(self.sockets)
            .drain(self.drain)
            .start(log)
            .unwrap()
    }
}

fn shared(log: LogWriter, limits: Limits) -> Shared {
    let rescue = |error, _: &_| {
        let status = match error {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::BadRequest { .. } => StatusCode::BAD_REQUEST,
            Error::ContentTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::UriTooLong => StatusCode::URI_TOO_LONG,
            Error::HeaderFieldsTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, format!("document {}", status.as_u16())).into_response()
    };
    Shared {
        larger_bodies: None,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        background: crate::background::Background::default(),
        log,
        limits,
        rescue: Arc::new(rescue),
    }
}

fn routes() -> Router {
    let big = || async { Body::from(vec![b'x'; 32 << 20]) };
    Router::new()
        .route("/hello", any(|| async { "hello" }))
        .route("/wait/{ms}", get(wait))
        .route("/echo", any(echo))
        .route("/big", get(big))
        .route(
            "/endless",
            get(|| async { Body::from_stream(stream::repeat_with(|| Ok::<_, io::Error>(vec![b'x'; 1 << 16]))) }),
        )
        .route(
            "/panic",
            get(|| async { std::panic::resume_unwind(Box::new("on purpose")) as Response }),
        )
}

async fn wait(path: axum::extract::Path<u64>) -> String {
    tokio::time::sleep(ms(path.0)).await;
    format!("waited {}", path.0)
}

async fn echo(request: axum::extract::Request) -> Response {
    match request.into_body().collect().await {
        Ok(body) => Body::from(body.to_bytes()).into_response(),
        Err(error) => match body_fault(&error) {
            Some(BodyFault::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Some(BodyFault::TooSlow) => StatusCode::REQUEST_TIMEOUT.into_response(),
            None => StatusCode::BAD_REQUEST.into_response(),
        },
    }
}
