//! `/livez` and `/readyz`: answered before everything else, outside of every mount, and not logged.
use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, Method, StatusCode, header};

use super::lifecycle::Lifecycle;

/// The answer if this is a question about health.
///
/// `/livez` is 200 as long as the process serves, also while it drains: restarting it would lose requests. `/readyz` is 200
/// from the moment every core listens until the drain begins.
pub(super) fn answer(method: &Method, path: &str, lifecycle: &Lifecycle) -> Option<Response> {
    let (status, word) = match path {
        "/livez" => (StatusCode::OK, "alive"),
        "/readyz" if lifecycle.is_ready() => (StatusCode::OK, "ready"),
        "/readyz" if lifecycle.is_draining() => (StatusCode::SERVICE_UNAVAILABLE, "draining"),
        "/readyz" => (StatusCode::SERVICE_UNAVAILABLE, "starting"),
        _ => return None,
    };
    let mut response = Response::new(Body::empty());
    if *method != Method::GET && *method != Method::HEAD {
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    *response.status_mut() = status;
    *response.body_mut() = Body::from(format!(r#"{{"status":"{word}"}}"#));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Some(response)
}
