//! Bodies that are not read: which of them a route takes, and how much of them.

use axum::body::Body;
use http::{HeaderMap, header};
use http_body::Body as _;

use crate::engine::stream::{Source, UploadBody, described, length_of};
use crate::engine::table::{Route, StreamInput};
use crate::error::Error;

/// The body that a route hands on: of one with a stream among its inputs, and of a proxy route if there is any.
pub(super) fn of_route(route: &Route, headers: &HeaderMap, body: Body, max: u64) -> Result<Option<Source>, Error> {
    match (&route.inputs.stream, &route.proxy) {
        (None, None) => Ok(None),
        (_, Some(_)) if !is_there(headers, &body) => Ok(None),
        (input, _) => admit(&input.unwrap_or_default(), headers, body, max).map(Some),
    }
}

/// A body as a stream, if it is of a kind and size that its route takes.
fn admit(input: &StreamInput, headers: &HeaderMap, body: Body, max: u64) -> Result<Source, Error> {
    if !takes(input.accept, headers) {
        return Err(Error::UnsupportedMediaType { accept: input.accept });
    }
    let max = input.max.unwrap_or(max);
    if length_of(headers).is_some_and(|length| length > max) {
        return Err(Error::ContentTooLarge);
    }
    let (body, flow) = UploadBody::new(body, max);
    Ok(Source {
        status: 200,
        headers: described(headers),
        body: Body::new(body),
        flow: Some(flow),
    })
}

/// Whether a request has a body: one with octets in it, or one whose end is not known.
fn is_there(headers: &HeaderMap, body: &Body) -> bool {
    !body.is_end_stream() && length_of(headers) != Some(0)
}

/// Whether the type of a body is among those of `accept:` (RFC 9110, section 12.5.1, without weights). Parameters are none of it.
fn takes(accept: &[&str], headers: &HeaderMap) -> bool {
    if accept.is_empty() {
        return true;
    }
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let given = match (types.next(), types.next()) {
        (Some(given), None) => given.to_str().unwrap_or_default(),
        // None says nothing, and two say two things.
        (None, _) | (_, Some(_)) => return false,
    };
    let given = given.split(';').next().unwrap_or_default().trim();
    let Some((kind, _)) = given.split_once('/') else {
        return false;
    };
    accept.iter().any(|accepted| match accepted.strip_suffix("/*") {
        Some("*") => true,
        Some(accepted) => accepted.eq_ignore_ascii_case(kind),
        None => accepted.eq_ignore_ascii_case(given),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(accept: &[&str], given: &[&'static str]) -> bool {
        let mut headers = HeaderMap::new();
        for given in given {
            headers.append(header::CONTENT_TYPE, http::HeaderValue::from_static(given));
        }
        takes(accept, &headers)
    }

    #[test]
    fn a_body_is_of_an_accepted_type() {
        let images = ["image/png", "video/*"];
        for good in ["image/png", "Image/PNG; x=1", "video/mp4", " video/x ; a"] {
            assert!(taken(&images, &[good]), "{good}");
        }
        for bad in [
            "image/jpeg",
            "image/png2",
            "videos/mp4",
            "video",
            "",
            "text/plain; image/png",
        ] {
            assert!(!taken(&images, &[bad]), "{bad}");
        }
        assert!(taken(&["*/*"], &["a/b"]));
        assert!(!taken(&["*/*"], &[]), "what says nothing is of no type");
        assert!(
            !taken(&images, &["image/png", "image/png"]),
            "which of two holds cannot be told"
        );
        assert!(taken(&[], &[]), "without `accept` everything is taken");
    }
}
