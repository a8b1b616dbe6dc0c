//! Makes the response of what a route answered or what an error became: the headers of the client on top, no body for
//! `HEAD`.

mod contract;
mod stream;

pub(crate) use contract::Promised;

use std::fmt::Write as _;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use http_body::Body as _;

use crate::engine::table::{Route, RouteHeaders, Service};
use crate::engine::{Answer, Head, HeaderOut, RequestView};
use crate::error::{Error, FailureKind};
use crate::rescue::rescue;
pub(crate) use stream::Streamed;

/// Which calls an answer did without, and why: `recs;kind=timeout, points;status=503`.
const BFF_PARTIAL: HeaderName = HeaderName::from_static("bff-partial");

/// The response to a request, before the headers that its client sets and removes.
pub(crate) fn of_answer(answer: Answer, head: &Head) -> Response {
    let mut headers = HeaderMap::new();
    if answer.body.is_some() {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Some(partial) = partial(&answer.degraded) {
        headers.insert(BFF_PARTIAL, partial);
    }
    if let Some(source) = answer.stream {
        return stream::of_stream(source, answer.status, headers, answer.headers, head);
    }
    headers.extend(answer.headers);
    respond(answer.status, headers, answer.body.unwrap_or_default())
}

/// The response to a request that failed; notes why in its record.
pub(crate) fn of_error(service: &Service, error: &Error, head: &Head) -> Response {
    let verdict = rescue(service, error, &head.context.request_id);
    head.context.failed(verdict.code, verdict.reason);
    let mut headers = verdict.headers;
    headers.insert(header::CONTENT_TYPE, verdict.content_type);
    respond(verdict.status, headers, verdict.body)
}

/// Sets and removes what `headers:` of the client and then of its route say, and takes the body off an answer to `HEAD`.
pub(crate) fn finish(service: &Service, route: Option<&Route>, head: &Head, mut response: Response) -> Response {
    let of_route = route.map_or(RouteHeaders::NONE, |route| route.headers);
    let rules = [
        (service.headers.set, service.headers.remove),
        (of_route.set, of_route.remove),
    ];
    for (set, remove) in rules {
        if let Some(set) = set {
            // A header that cannot be computed is left out: the answer is worth more.
            let _ = set(&mut HeaderOut::new(response.headers_mut()), RequestView::new(head));
        }
        for name in remove {
            response.headers_mut().remove(*name);
        }
    }
    if head.method == Method::HEAD {
        // Else the length comes from the body, on its way out.
        if let Some(length) = response.body().size_hint().exact().filter(|length| *length > 0) {
            response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        }
        *response.body_mut() = Body::empty();
    }
    response
}

fn respond(status: u16, headers: HeaderMap, body: Vec<u8>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let bodiless = matches!(
        status,
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
    );
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    if bodiless {
        response.headers_mut().remove(header::CONTENT_TYPE);
    } else {
        *response.body_mut() = body.into();
    }
    response
}

fn partial(degraded: &[(&'static str, FailureKind)]) -> Option<HeaderValue> {
    let mut text = String::new();
    for (name, kind) in degraded {
        let gap = if text.is_empty() { "" } else { ", " };
        let _ = match kind {
            FailureKind::Status(status) => write!(text, "{gap}{name};status={status}"),
            kind => write!(text, "{gap}{name};kind={}", kind.name()),
        };
    }
    if text.is_empty() {
        None
    } else {
        HeaderValue::try_from(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_says_which_calls_and_why() {
        let degraded = [("recs", FailureKind::Timeout), ("points", FailureKind::Status(503))];
        assert_eq!(partial(&degraded).unwrap(), "recs;kind=timeout, points;status=503");
        assert_eq!(partial(&[]), None);
    }

    #[test]
    fn a_status_without_content_has_no_length() {
        let response = respond(204, HeaderMap::new(), Vec::new());
        assert!(response.headers().is_empty());
    }
}
