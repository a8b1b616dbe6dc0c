//! Writes the head of a request (RFC 9112, section 3).

use http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderName, Method};

use super::{Base, Outbound};

/// What the head says about the body that follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// There is none.
    None,
    Known(u64),
    /// It comes in chunks.
    Unknown,
}

/// A target that could not stand in a request line, so nothing was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadTarget;

/// What a request says of its own message is written here and nowhere else.
const OURS: [HeaderName; 4] = [HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION];

/// Appends the head of a request to a buffer.
pub(super) fn head(out: &mut Vec<u8>, base: &Base, request: &Outbound, length: Length) -> Result<(), BadTarget> {
    if !is_target(&request.target) {
        return Err(BadTarget);
    }
    for part in [
        request.method.as_str(),
        " ",
        &base.prefix,
        &request.target,
        " HTTP/1.1\r\nhost: ",
    ] {
        out.extend_from_slice(part.as_bytes());
    }
    out.extend_from_slice(base.authority.as_str().as_bytes());
    out.extend_from_slice(b"\r\n");
    for (name, value) in &request.headers {
        if !OURS.contains(name) {
            out.extend_from_slice(name.as_str().as_bytes());
            out.extend_from_slice(b": ");
            out.extend_from_slice(value.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
    }
    match length {
        Length::Known(length) => number(out, length),
        // Methods that mostly have a body say that they have none (RFC 9110, section 8.6).
        Length::None if !matches!(request.method, Method::GET | Method::HEAD | Method::DELETE) => number(out, 0),
        Length::None => {}
        Length::Unknown => out.extend_from_slice(b"transfer-encoding: chunked\r\n"),
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

fn number(out: &mut Vec<u8>, length: u64) {
    out.extend_from_slice(b"content-length: ");
    out.extend_from_slice(itoa::Buffer::new().format(length).as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// Visible ASCII that begins with a slash and has no fragment: it can neither end the line nor change what comes before it.
fn is_target(target: &str) -> bool {
    let octets = target.as_bytes();
    octets.first() == Some(&b'/')
        && octets
            .iter()
            .all(|octet| matches!(octet, 0x21..=0x7e) && *octet != b'#')
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    fn written(method: Method, target: &str, length: Length) -> Result<String, BadTarget> {
        let base = Base::parse("http://users:8080/v1").unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("host", "evil"),
            ("content-length", "99"),
            ("transfer-encoding", "x"),
            ("x-a", "1"),
            ("connection", "close"),
        ] {
            headers.insert(name, value.parse().unwrap());
        }
        let request = Outbound {
            op: "a.b",
            method,
            target: target.into(),
            headers,
            body: None,
        };
        let mut out = Vec::new();
        head(&mut out, &base, &request, length).map(|()| String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_head_has_one_host_and_one_length() {
        assert_eq!(
            written(Method::GET, "/a?b=c", Length::None).unwrap(),
            "GET /v1/a?b=c HTTP/1.1\r\nhost: users:8080\r\nx-a: 1\r\n\r\n"
        );
        assert_eq!(
            written(Method::PUT, "/", Length::None).unwrap(),
            "PUT /v1/ HTTP/1.1\r\nhost: users:8080\r\nx-a: 1\r\ncontent-length: 0\r\n\r\n"
        );
        assert_eq!(
            written(Method::DELETE, "/", Length::Known(7)).unwrap(),
            "DELETE /v1/ HTTP/1.1\r\nhost: users:8080\r\nx-a: 1\r\ncontent-length: 7\r\n\r\n"
        );
        assert_eq!(
            written(Method::POST, "/", Length::Unknown).unwrap(),
            "POST /v1/ HTTP/1.1\r\nhost: users:8080\r\nx-a: 1\r\ntransfer-encoding: chunked\r\n\r\n"
        );
    }

    #[test]
    fn a_target_cannot_leave_its_line() {
        for target in [
            "",
            "a",
            "/a b",
            "/a\r\nx: y",
            "/a#b",
            "/ü",
            "http://other/",
            "*",
            "/\u{7f}",
        ] {
            assert_eq!(written(Method::GET, target, Length::None), Err(BadTarget), "{target:?}");
        }
    }
}
