//! The only place that turns an error into a status, and an error into a document.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::engine::table::{ErrorFormat, Service};

use crate::engine::{ArmError, Out};
use crate::error::{Error, ErrorView, Failure, FailureKind, InputCode, InputProblem};
use crate::version::Versions;

/// What an error means for the client.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) status: u16,
    pub(crate) code: Cow<'static, str>,
    /// Headers that the status asks for.
    pub(crate) headers: HeaderMap,
    /// The error document.
    pub(crate) body: Vec<u8>,
    pub(crate) content_type: HeaderValue,
    /// Why, for the log only.
    pub(crate) reason: String,
}

/// Judges an error and writes its document in the form of the client.
pub(crate) fn rescue(service: &Service, error: &Error, request_id: &str) -> Verdict {
    let status = status_of(error);
    let code = code_of(error, status);
    let refused;
    let problems: &[InputProblem] = match error {
        Error::Inputs(problems) => problems,
        Error::Refused {
            message: Some(message), ..
        } => {
            refused = [check_problem(message)];
            &refused
        }
        Error::UnknownVersion(versions) => {
            refused = [version_problem(versions)];
            &refused
        }
        _ => &[],
    };
    let call = if let Error::Call { call, .. } = error {
        Some(*call)
    } else {
        None
    };
    let view = ErrorView {
        status,
        code: &code,
        message: title(status),
        errors: problems,
        call,
        request_id,
    };
    let mut body = document(service.errors, view);
    if let Error::Fail { body: Some(fields), .. } = error {
        join(&mut body, fields);
    }
    let content_type = HeaderValue::from_static(match service.errors {
        ErrorFormat::Problem => "application/problem+json",
        ErrorFormat::Shape(_) => "application/json",
    });
    Verdict {
        status,
        code,
        headers: headers_of(error),
        body,
        content_type,
        reason: reason(error),
    }
}

/// The status that an error is answered with (language, section 4.4).
fn status_of(error: &Error) -> u16 {
    match error {
        Error::NotFound => 404,
        Error::MethodNotAllowed { .. } => 405,
        Error::BadRequest { .. } | Error::BadPath | Error::UnknownVersion(_) => 400,
        Error::UriTooLong => 414,
        Error::HeaderFieldsTooLarge => 431,
        Error::UnsupportedMediaType { .. } => 415,
        Error::ContentTooLarge => 413,
        Error::RequestTimeout => 408,
        Error::Inputs(problems) if problems.iter().any(|problem| problem.code.is_unreadable()) => 400,
        Error::Inputs(_) | Error::KeyReused => 422,
        Error::KeyRunning => 409,
        Error::Refused { status, .. } | Error::Fail { status, .. } => *status,
        Error::Call { failure, path, .. } => status_of_failure(failure.kind, *path),
        Error::Arithmetic { .. } | Error::Internal { .. } => 500,
        Error::Unavailable { .. } => 503,
    }
}

/// The status of a failed call. The upstream's own 401 and 403 concern the gateway, not its client; its 404 is the
/// client's only if the client named the thing in its path.
fn status_of_failure(kind: FailureKind, path: bool) -> u16 {
    match kind {
        FailureKind::Status(404) if path => 404,
        FailureKind::Status(429) | FailureKind::Connect | FailureKind::Open | FailureKind::Overload => 503,
        FailureKind::Timeout | FailureKind::Deadline => 504,
        FailureKind::Decode | FailureKind::Status(_) => 502,
    }
}

fn code_of(error: &Error, status: u16) -> Cow<'static, str> {
    match error {
        Error::Fail { code: Some(code), .. } => (*code).into(),
        Error::Arithmetic { .. } => "arithmetic".into(),
        Error::KeyReused => "idempotency_mismatch".into(),
        Error::KeyRunning => "idempotency_running".into(),
        Error::UnknownVersion(_) => "unknown_version".into(),
        _ => code(status),
    }
}

/// The code of a status: its reason phrase in snake case, with a few names of our own.
pub(crate) fn code(status: u16) -> Cow<'static, str> {
    match status {
        401 => "unauthenticated".into(),
        422 => "invalid".into(),
        429 => "rate_limited".into(),
        500 => "internal".into(),
        502 => "bad_upstream".into(),
        503 => "unavailable".into(),
        504 => "upstream_timeout".into(),
        404 => "not_found".into(),
        _ => snake(title(status)).into(),
    }
}

fn snake(phrase: &str) -> String {
    let words = phrase
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("_")
}

/// The reason phrase of a status (RFC 9110, whose names are newer than those of the `http` crate).
fn title(status: u16) -> &'static str {
    match status {
        413 => "Content Too Large",
        422 => "Unprocessable Content",
        _ => StatusCode::from_u16(status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or("Error"),
    }
}

/// What an arm reads as `error`.
pub(crate) fn arm_error(call: &'static str, failure: &Failure) -> ArmError {
    let status = match failure.kind {
        FailureKind::Status(status) => status,
        kind => status_of_failure(kind, false),
    };
    ArmError {
        call,
        status,
        code: code(status),
        message: title(status),
    }
}

fn check_problem(message: &'static str) -> InputProblem {
    InputProblem {
        place: None,
        field: String::new(),
        code: InputCode::Check,
        message: message.into(),
    }
}

fn version_problem(versions: &Versions) -> InputProblem {
    InputProblem {
        place: Some("header"),
        field: versions.header.to_owned(),
        code: InputCode::Unknown,
        message: versions.offer().into(),
    }
}

fn document(format: ErrorFormat, view: ErrorView<'_>) -> Vec<u8> {
    let mut out = Out::new();
    let written = match format {
        ErrorFormat::Problem => {
            problem(&mut out, view);
            Ok(())
        }
        ErrorFormat::Shape(write) => write(&mut out, view),
    };
    // A shape that cannot be computed must not hide the error it tells of.
    written.and_then(|()| out.finish()).unwrap_or_else(|_| b"{}".to_vec())
}

/// RFC 9457 with `code`, `request_id` and, for inputs, `errors`.
fn problem(out: &mut Out, view: ErrorView<'_>) {
    out.object();
    out.put("type", "about:blank");
    out.put("title", view.message());
    out.put("status", view.status());
    out.put("code", view.code());
    out.put("request_id", view.request_id());
    if !view.errors().is_empty() {
        out.put("errors", view.errors());
    }
    out.end_object();
}

/// Adds the fields of one JSON object to another, both as they come out of the writer.
fn join(body: &mut Vec<u8>, fields: &Bytes) {
    let inside = fields
        .strip_prefix(b"{")
        .and_then(|fields| fields.strip_suffix(b"}"))
        .unwrap_or_default();
    if inside.is_empty() || body.pop_if(|last| *last == b'}').is_none() {
        return;
    }
    if body.len() > 1 {
        body.push(b',');
    }
    body.extend_from_slice(inside);
    body.push(b'}');
}

fn headers_of(error: &Error) -> HeaderMap {
    let mut headers = HeaderMap::new();
    match error {
        Error::MethodNotAllowed { allow } => {
            if let Ok(allow) = HeaderValue::try_from(allow) {
                headers.insert(header::ALLOW, allow);
            }
        }
        // RFC 9110, section 15.5.16: what would have been taken.
        Error::UnsupportedMediaType { accept } => {
            if let Ok(accept) = HeaderValue::try_from(accept.join(", ")) {
                headers.insert(header::ACCEPT, accept);
            }
        }
        Error::Call {
            failure:
                Failure {
                    kind: FailureKind::Status(429),
                    retry_after,
                    ..
                },
            ..
        } => {
            headers.insert(header::RETRY_AFTER, retry_after.unwrap_or(1).into());
        }
        Error::KeyRunning => {
            headers.insert(header::RETRY_AFTER, 1.into());
        }
        Error::Unavailable {
            retry_after: Some(seconds),
        } => {
            headers.insert(header::RETRY_AFTER, (*seconds).into());
        }
        _ => {}
    }
    headers
}

/// What the log says; clients never see it.
fn reason(error: &Error) -> String {
    match error {
        Error::Call { call, at, failure, .. } => format!("call `{call}` ({at}): {}: {}", failure.kind, failure.detail),
        Error::Refused { at, message, .. } => format!(
            "{at}: refused{}",
            message.map(|it| format!(": {it}")).unwrap_or_default()
        ),
        Error::Fail { at, status, .. } => format!("{at}: fail {status}"),
        Error::Arithmetic { detail } | Error::Internal { detail } => detail.clone(),
        Error::Inputs(problems) => {
            let name = |problem: &InputProblem| format!("{} {}", problem.field, problem.code.name());
            problems.iter().map(name).collect::<Vec<_>>().join(", ")
        }
        Error::BadRequest { detail } => (*detail).to_owned(),
        Error::UnknownVersion(versions) => format!("`{}`: {}", versions.header, versions.offer()),
        Error::BadPath => "the path has no normal form".to_owned(),
        other => code(status_of(other)).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::At;

    fn call(kind: FailureKind, path: bool) -> u16 {
        let failure = Failure::new(kind, "http://10.0.0.1 said no");
        status_of(&Error::Call {
            call: "me",
            at: At("a.bff", 1),
            path,
            failure,
        })
    }

    #[test]
    fn an_upstream_refusal_never_leaks_as_the_clients() {
        for status in [400, 401, 403, 409, 500, 503] {
            assert_eq!(call(FailureKind::Status(status), true), 502, "{status}");
        }
        assert_eq!(call(FailureKind::Status(404), true), 404);
        assert_eq!(call(FailureKind::Status(404), false), 502);
        assert_eq!(call(FailureKind::Status(429), true), 503);
        assert_eq!(call(FailureKind::Connect, true), 503);
        assert_eq!(call(FailureKind::Deadline, true), 504);
        assert_eq!(call(FailureKind::Decode, true), 502);
    }

    #[test]
    fn codes_are_reason_phrases_in_snake_case() {
        for (status, name) in [
            (400, "bad_request"),
            (405, "method_not_allowed"),
            (413, "content_too_large"),
            (418, "i_m_a_teapot"),
        ] {
            assert_eq!(code(status), name);
        }
    }

    #[test]
    fn the_fields_of_a_fail_join_the_document() {
        let joined = |body: &str, fields: &'static str| {
            let mut body = body.as_bytes().to_vec();
            join(&mut body, &Bytes::from_static(fields.as_bytes()));
            String::from_utf8(body).unwrap()
        };
        assert_eq!(joined(r#"{"a":1}"#, r#"{"b":2}"#), r#"{"a":1,"b":2}"#);
        assert_eq!(joined("{}", r#"{"b":2}"#), r#"{"b":2}"#);
        assert_eq!(joined(r#"{"a":1}"#, "{}"), r#"{"a":1}"#);
    }
}
