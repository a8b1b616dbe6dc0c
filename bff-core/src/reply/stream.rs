//! Answers whose body is a stream: with what its origin says about it, and 304 for who has it already.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body::Body as _;

use crate::engine::Head;
use crate::engine::stream::Source;

/// In the extensions of a response whose body passes through: its log line is written at its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Streamed;

/// The response with a stream. What the route writes counts more than what came with the stream.
pub(super) fn of_stream(source: Source, status: u16, mut headers: HeaderMap, own: HeaderMap, head: &Head) -> Response {
    headers.extend(source.headers);
    headers.extend(own);
    let status = match (status, source.status) {
        // It was asked for a part, and the part is all that came.
        (200, 206) => StatusCode::PARTIAL_CONTENT,
        _ => {
            headers.remove(header::CONTENT_RANGE);
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
        }
    };
    let safe = matches!(head.method, Method::GET | Method::HEAD);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if safe && status == StatusCode::OK && is_known(&head.headers, &headers) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        for name in [
            header::CONTENT_TYPE,
            header::CONTENT_ENCODING,
            header::CONTENT_LANGUAGE,
            header::CONTENT_DISPOSITION,
        ] {
            headers.remove(name);
        }
    } else {
        if let Some(length) = source.body.size_hint().exact() {
            headers.insert(header::CONTENT_LENGTH, length.into());
        }
        *response.body_mut() = source.body;
        response.extensions_mut().insert(Streamed);
    }
    *response.headers_mut() = headers;
    response
}

/// Whether the client has what would be sent (RFC 9110, sections 13.1.2 and 13.1.3).
fn is_known(request: &HeaderMap, answer: &HeaderMap) -> bool {
    let mut known = request.get_all(header::IF_NONE_MATCH).iter().peekable();
    if known.peek().is_some() {
        let etag = answer.get(header::ETAG).map(opaque);
        return known.any(|line| line.as_bytes().trim_ascii() == b"*" || etag.is_some_and(|etag| names(line, etag)));
    }
    let date = |headers: &HeaderMap, name| {
        let value: &HeaderValue = headers.get(name)?;
        httpdate::parse_http_date(value.to_str().ok()?).ok()
    };
    let since = date(request, header::IF_MODIFIED_SINCE);
    let modified = date(answer, header::LAST_MODIFIED);
    since.zip(modified).is_some_and(|(since, modified)| modified <= since)
}

/// An entity tag without its mark of weakness: compared as RFC 9110, section 8.8.3.2, compares weakly.
fn opaque(tag: &HeaderValue) -> &[u8] {
    let tag = tag.as_bytes().trim_ascii();
    tag.strip_prefix(b"W/").unwrap_or(tag)
}

/// Whether a list of entity tags has this one. Tags may have commas in them, so they are read, not split.
fn names(line: &HeaderValue, etag: &[u8]) -> bool {
    let mut rest = line.as_bytes();
    while let Some(start) = rest.iter().position(|octet| *octet == b'"') {
        let Some(length) = rest[start + 1..].iter().position(|octet| *octet == b'"') else {
            return false;
        };
        let end = start + length + 2;
        if &rest[start..end] == etag {
            return true;
        }
        rest = &rest[end..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(request: &[(&'static str, &'static str)], answer: &[(&'static str, &'static str)]) -> bool {
        let map = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
            pairs.collect::<HeaderMap>()
        };
        is_known(&map(request), &map(answer))
    }

    #[test]
    fn tags_are_compared_weakly() {
        let tag = [("etag", "\"a,b\"")];
        assert!(known(&[("if-none-match", "\"x\", W/\"a,b\"")], &tag));
        assert!(known(&[("if-none-match", "*")], &tag));
        assert!(known(&[("if-none-match", "\"1\"")], &[("etag", "W/\"1\"")]));
        assert!(!known(&[("if-none-match", "\"a\"")], &tag));
        assert!(!known(&[("if-none-match", "a,b")], &tag));
        assert!(!known(&[("if-none-match", "\"a,b")], &tag));
        assert!(!known(&[("if-none-match", "\"a,b\"")], &[]));
    }

    #[test]
    fn dates_count_where_no_tag_is_asked_for() {
        let modified = [("last-modified", "Tue, 15 Nov 1994 12:45:26 GMT"), ("etag", "\"1\"")];
        assert!(known(
            &[("if-modified-since", "Tue, 15 Nov 1994 12:45:26 GMT")],
            &modified
        ));
        assert!(!known(
            &[("if-modified-since", "Tue, 15 Nov 1994 12:45:25 GMT")],
            &modified
        ));
        let both = [
            ("if-modified-since", "Tue, 15 Nov 2094 12:45:26 GMT"),
            ("if-none-match", "\"2\""),
        ];
        assert!(!known(&both, &modified));
        assert!(!known(&[], &modified));
    }
}
