//! One upstream of a running gateway: its address, its transport, and what of its answers counts as success.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::Body;
use futures_util::future::BoxFuture;
use http::{HeaderMap, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::{ANSWER_MAX, Base, Inbound, Opened, Outbound, Transport};
use crate::error::{Failure, FailureKind};

/// An upstream as the gateway reaches it.
#[derive(Debug)]
pub(crate) struct Remote {
    pub(crate) name: &'static str,
    pub(crate) base: Base,
    pub(crate) timeout: Duration,
    pub(crate) transport: Transport,
    pub(crate) counts: Counts,
}

/// What is counted of an upstream since the gateway was built.
#[derive(Debug, Default)]
pub struct Counts {
    hedges: AtomicU64,
}

impl Counts {
    /// Requests that were sent a second time because no answer to the first had come in time.
    pub fn hedges(&self) -> u64 {
        self.hedges.load(Ordering::Relaxed)
    }
}

impl Remote {
    /// Counts the second request of a hedge.
    pub(crate) fn hedged(&self) {
        self.counts.hedges.fetch_add(1, Ordering::Relaxed);
    }

    /// Sends a request; the answer is a success and, if its body is wanted, read whole and claims to be JSON or nothing.
    pub(crate) fn send(
        self: &Arc<Self>,
        request: Outbound,
        wants_body: bool,
    ) -> BoxFuture<'static, Result<Inbound, Failure>> {
        let remote = Arc::clone(self);
        Box::pin(async move {
            let answer = remote
                .transport
                .send(remote.name, &remote.base, &request, wants_body)
                .await?;
            judge(answer, wants_body)
        })
    }
}

impl Remote {
    /// Sends a request, with `upload` in place of its body if there is one, and reads the head of the answer, whatever its status.
    pub(crate) async fn open(&self, request: Outbound, upload: Option<Body>) -> Result<Opened, Failure> {
        let opened = self.transport.open(self.name, &self.base, request, upload).await?;
        // Whoever switches protocols without being asked to speaks of something else.
        if opened.status < 200 {
            return Err(Failure::new(
                FailureKind::Decode,
                "the upstream switched protocols unasked",
            ));
        }
        Ok(opened)
    }
}

/// What an opened answer is to a call that reads JSON: read whole, then judged like any other.
pub(crate) async fn read_whole(opened: Opened, wants_body: bool) -> Result<Inbound, Failure> {
    let wanted = wants_body && (200..300).contains(&opened.status);
    let max = if wanted { ANSWER_MAX } else { UNWANTED_MAX };
    let body = match Limited::new(opened.body, max).collect().await {
        Ok(body) => body.to_bytes(),
        // The body of a refusal must not hide its status.
        Err(_) if !wanted => bytes::Bytes::new(),
        Err(error) if error.is::<LengthLimitError>() => {
            return Err(Failure::new(FailureKind::Decode, "the answer is larger than 8 MiB"));
        }
        Err(error) => {
            return Err(Failure::new(
                FailureKind::Decode,
                format!("the answer is broken: {error}"),
            ));
        }
    };
    let answer = Inbound {
        status: opened.status,
        headers: opened.headers,
        body,
    };
    judge(answer, wants_body)
}

/// What is read of the body of a refusal, in octets.
const UNWANTED_MAX: usize = 64 << 10;

fn judge(answer: Inbound, wants_body: bool) -> Result<Inbound, Failure> {
    if !(200..300).contains(&answer.status) {
        return Err(refusal(answer));
    }
    let problem = if !wants_body {
        None
    } else if answer.body.len() > ANSWER_MAX {
        Some("the answer is larger than 8 MiB".into())
    } else if answer.body.is_empty() {
        None
    } else {
        content_problem(&answer.headers)
    };
    problem.map_or(Ok(answer), |problem| Err(Failure::new(FailureKind::Decode, problem)))
}

fn refusal(answer: Inbound) -> Failure {
    let mut failure = Failure::new(FailureKind::Status(answer.status), "the upstream refused");
    if matches!(answer.status, 429 | 503) {
        let seconds = answer
            .headers
            .get(header::RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.trim().parse().ok());
        failure.retry_after = seconds;
    }
    failure.body = Some(answer.body);
    failure
}

/// Why the headers of an answer say that its body is not JSON as it stands.
fn content_problem(headers: &HeaderMap) -> Option<Cow<'static, str>> {
    if let Some(coding) = headers.get(header::CONTENT_ENCODING)
        && !coding.as_bytes().eq_ignore_ascii_case(b"identity")
    {
        return Some("the answer is in a content-encoding that was not asked for".into());
    }
    let content_type = headers.get(header::CONTENT_TYPE)?;
    (!is_json(content_type.as_bytes())).then(|| format!("the answer is {content_type:?}, not JSON").into())
}

/// True for `application/json`, `text/json` and `…+json`, with any parameters.
pub(crate) fn is_json(content_type: &[u8]) -> bool {
    let end = content_type
        .iter()
        .position(|octet| *octet == b';')
        .unwrap_or(content_type.len());
    let essence = content_type[..end].trim_ascii();
    let is = |name: &[u8]| essence.eq_ignore_ascii_case(name);
    let suffix = essence
        .len()
        .checked_sub(5)
        .is_some_and(|at| essence[at..].eq_ignore_ascii_case(b"+json"));
    is(b"application/json") || is(b"text/json") || suffix && essence.contains(&b'/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn kind(status: u16, content_type: Option<&'static str>, body: &'static str) -> Result<(), FailureKind> {
        let mut headers = HeaderMap::new();
        if let Some(content_type) = content_type {
            headers.insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        }
        let answer = Inbound {
            status,
            headers,
            body: Bytes::from_static(body.as_bytes()),
        };
        judge(answer, true).map(drop).map_err(|failure| failure.kind)
    }

    #[test]
    fn only_2xx_is_a_success() {
        for status in [200, 201, 204, 299] {
            assert_eq!(kind(status, None, "{}"), Ok(()));
        }
        for status in [199, 300, 302, 304, 400, 404, 500] {
            assert_eq!(kind(status, None, "{}"), Err(FailureKind::Status(status)));
        }
    }

    #[test]
    fn what_claims_to_be_something_else_is_not_read() {
        for json in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/problem+json",
            "text/json",
        ] {
            assert_eq!(kind(200, Some(json), "{}"), Ok(()), "{json}");
        }
        for other in [
            "text/html",
            "application/jsonp",
            "json",
            "+json",
            "application/xml; q=+json",
            "",
        ] {
            assert_eq!(kind(200, Some(other), "{}"), Err(FailureKind::Decode), "{other}");
        }
        assert_eq!(kind(204, Some("text/html"), ""), Ok(()), "there is nothing to read");
    }

    #[test]
    fn a_busy_upstream_says_when_to_come_back() {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, "7".parse().unwrap());
        let answer = Inbound {
            status: 429,
            headers,
            body: Bytes::new(),
        };
        assert_eq!(judge(answer, true).unwrap_err().retry_after, Some(7));
    }
}
