//! Reads the head of an answer (RFC 9112, sections 4 to 6): how it is framed, and whether the connection lives on.

use std::mem::MaybeUninit;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Version};
use memchr::memchr;

use super::framing::Framing;

/// The longest head of an answer, in octets; those of interim answers (1xx) before it count in.
pub(super) const HEAD_MAX: usize = 128 << 10;

/// The most header lines of an answer.
const LINES_MAX: usize = 100;

/// Whether a header line of an answer is kept, by its name and its value.
pub(super) type Keep = fn(&str, &[u8]) -> bool;

/// The head of an answer.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) framing: Framing,
    /// Whether the connection may carry another request once the body has been read.
    pub(super) keep_alive: bool,
}

/// Why octets are not the head of an answer that can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadHead(pub(super) &'static str);

/// Where the empty line ends that ends a head; `seen` octets have been looked at before.
pub(super) fn end(octets: &[u8], seen: usize) -> Option<usize> {
    // The line before may have ended in what was seen.
    let mut at = seen.saturating_sub(2);
    while let Some(line) = memchr(b'\n', &octets[at..]) {
        at += line + 1;
        match octets[at..] {
            [b'\n', ..] => return Some(at + 1),
            [b'\r', b'\n', ..] => return Some(at + 2),
            _ => {}
        }
    }
    None
}

/// Reads a head that has come whole; none for an interim answer (1xx), which another one follows.
pub(super) fn parse(octets: &[u8], method: &Method, keep: Keep) -> Result<Option<Head>, BadHead> {
    let mut lines = [const { MaybeUninit::uninit() }; LINES_MAX];
    let mut parsed = httparse::Response::new(&mut []);
    let outcome = httparse::ParserConfig::default().parse_response_with_uninit_headers(&mut parsed, octets, &mut lines);
    match outcome {
        Ok(httparse::Status::Complete(length)) if length == octets.len() => {}
        Err(httparse::Error::TooManyHeaders) => return Err(BadHead("too many headers")),
        _ => return Err(BadHead("it does not begin as an HTTP/1 answer does")),
    }
    let status = parsed.code.unwrap_or_default();
    match status {
        101 => return Err(BadHead("it changes the protocol, unasked")),
        100..200 => return Ok(None),
        200..1000 => {}
        _ => return Err(BadHead("no valid status")),
    }
    let version = if parsed.version == Some(0) {
        Version::HTTP_10
    } else {
        Version::HTTP_11
    };
    let mut facts = Facts::default();
    let mut headers = HeaderMap::new();
    for line in parsed.headers.iter() {
        facts.read(line.name, line.value)?;
        if keep(line.name, line.value) {
            let name = HeaderName::from_bytes(line.name.as_bytes());
            let value = HeaderValue::from_bytes(line.value).map_err(|_| BadHead("a header has no valid value"))?;
            headers.append(name.map_err(|_| BadHead("a header has no valid name"))?, value);
        }
    }
    Ok(Some(Head {
        status,
        headers,
        framing: facts.framing(status, method, version)?,
        keep_alive: facts.keep_alive(version),
    }))
}

/// What the headers say of the message itself.
#[derive(Debug, Default)]
struct Facts {
    length: Option<u64>,
    /// The body has a transfer coding, and whether that is `chunked` and nothing else.
    coding: Option<bool>,
    close: bool,
    keep_alive: bool,
}

impl Facts {
    fn read(&mut self, name: &str, value: &[u8]) -> Result<(), BadHead> {
        // Names of other lengths are told apart without reading them.
        match name.len() {
            10 if name.eq_ignore_ascii_case(header::CONNECTION.as_str()) => self.connection(value),
            14 if name.eq_ignore_ascii_case(header::CONTENT_LENGTH.as_str()) => return self.content_length(value),
            17 if name.eq_ignore_ascii_case(header::TRANSFER_ENCODING.as_str()) => {
                let chunked = value.trim_ascii().eq_ignore_ascii_case(b"chunked");
                self.coding = Some(chunked && self.coding.is_none());
            }
            _ => {}
        }
        Ok(())
    }

    fn connection(&mut self, value: &[u8]) {
        for option in value.split(|octet| *octet == b',').map(<[u8]>::trim_ascii) {
            self.close |= option.eq_ignore_ascii_case(b"close");
            self.keep_alive |= option.eq_ignore_ascii_case(b"keep-alive");
        }
    }

    /// A list of equal lengths means the one (RFC 9110, section 8.6).
    fn content_length(&mut self, value: &[u8]) -> Result<(), BadHead> {
        for member in value.split(|octet| *octet == b',').map(<[u8]>::trim_ascii) {
            let length = number(member).ok_or(BadHead("content-length is not a number"))?;
            if self.length.replace(length).is_some_and(|other| other != length) {
                return Err(BadHead("two different content-lengths"));
            }
        }
        Ok(())
    }

    /// RFC 9112, section 6.3.
    fn framing(&self, status: u16, method: &Method, version: Version) -> Result<Framing, BadHead> {
        if method == Method::HEAD || matches!(status, 204 | 304) {
            return Ok(Framing::Length(0));
        }
        match (self.coding, self.length) {
            (Some(_), Some(_)) => Err(BadHead("both a transfer-encoding and a content-length")),
            (Some(_), None) if version == Version::HTTP_10 => Err(BadHead("a transfer-encoding in HTTP/1.0")),
            (Some(false), None) => Err(BadHead("a transfer-encoding other than chunked")),
            (Some(true), None) => Ok(Framing::CHUNKED),
            (None, Some(length)) => Ok(Framing::Length(length)),
            (None, None) => Ok(Framing::UntilClose),
        }
    }

    /// RFC 9112, section 9.3.
    fn keep_alive(&self, version: Version) -> bool {
        !self.close && (version == Version::HTTP_11 || self.keep_alive)
    }
}

/// Digits and nothing else.
fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Head>, BadHead> {
        read_for(&Method::GET, text)
    }

    fn read_for(method: &Method, text: &str) -> Result<Option<Head>, BadHead> {
        let end = end(text.as_bytes(), 0).expect("an empty line");
        parse(&text.as_bytes()[..end], method, |_, _| true)
    }

    fn framing(lines: &str) -> Result<Framing, BadHead> {
        read(&format!("HTTP/1.1 200 OK\r\n{lines}\r\n")).map(|head| head.expect("final").framing)
    }

    #[test]
    fn the_end_of_a_head_is_found_wherever_it_was_cut() {
        for head in [
            "HTTP/1.1 200 OK\r\na: b\r\n\r\n",
            "HTTP/1.1 200 OK\na: b\n\n",
            "HTTP/1.1 200 OK\na: b\n\r\n",
        ] {
            let message = format!("{head}\r\n\r\nbody");
            for seen in 0..head.len() {
                assert_eq!(end(&head.as_bytes()[..seen], 0), None);
                assert_eq!(end(message.as_bytes(), seen), Some(head.len()), "{head:?} after {seen}");
            }
        }
    }

    #[test]
    fn a_body_is_framed_in_one_way_or_the_answer_is_refused() {
        assert_eq!(framing("content-length: 7\r\n"), Ok(Framing::Length(7)));
        assert_eq!(
            framing("Content-Length:7\r\ncontent-length: 7, 7\r\n"),
            Ok(Framing::Length(7))
        );
        assert_eq!(framing("transfer-encoding: Chunked \r\n"), Ok(Framing::CHUNKED));
        assert_eq!(framing("x: y\r\n"), Ok(Framing::UntilClose));
        for lines in [
            "content-length: 7\r\ncontent-length: 8\r\n",
            "content-length: 7, 8\r\n",
            "content-length: -7\r\n",
            "content-length: +7\r\n",
            "content-length: 7 7\r\n",
            "content-length: 0x7\r\n",
            "content-length: \r\n",
            "content-length: 18446744073709551616\r\n",
            "content-length: 7\r\ntransfer-encoding: chunked\r\n",
            "transfer-encoding: chunked\r\ncontent-length: 7\r\n",
            "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
            "transfer-encoding: gzip, chunked\r\n",
            "transfer-encoding: gzip\r\n",
            "transfer-encoding: chunked, gzip\r\n",
            "transfer-encoding: identity\r\n",
            "transfer-encoding: \r\n",
            "transfer-encoding: gzip\r\ntransfer-encoding: chunked\r\n",
            // Folded lines, and names and values that no header has.
            "a: b\r\n c\r\n",
            "a: b\r\n\tcontent-length: 3\r\n",
            "content-length : 7\r\n",
            "a b: c\r\n",
            ": c\r\n",
            "a\r\n",
            "a: b\0c\r\n",
            "a: b\rcontent-length: 3\r\n",
        ] {
            assert!(framing(lines).is_err(), "{lines:?}");
        }
    }

    #[test]
    fn what_has_no_body_ends_with_its_head() {
        let head = read_for(&Method::HEAD, "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n")
            .unwrap()
            .unwrap();
        assert_eq!((head.framing, head.keep_alive), (Framing::Length(0), true));
        for status in [204, 304] {
            let text = format!("HTTP/1.1 {status} x\r\ncontent-length: 7\r\n\r\n");
            assert_eq!(read(&text).unwrap().unwrap().framing, Framing::Length(0));
        }
        assert!(read("HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n").unwrap().is_none());
    }

    #[test]
    fn what_is_no_head_is_refused() {
        for text in [
            "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            "HTTP/1.1 099 x\r\n\r\n",
            "HTTP/1.1 20 x\r\n\r\n",
            "HTTP/1.1 2000 x\r\n\r\n",
            "HTTP/2.0 200 OK\r\n\r\n",
            "http/1.1 200 OK\r\n\r\n",
            "ICY 200 OK\r\n\r\n",
            "HTTP/1.1200 OK\r\n\r\n",
            "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 O\0K\r\n\r\n",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
        let many = "a: b\r\n".repeat(LINES_MAX + 1);
        assert_eq!(framing(&many), Err(BadHead("too many headers")));
        assert_eq!(framing(&"a: b\r\n".repeat(LINES_MAX)), Ok(Framing::UntilClose));
    }

    #[test]
    fn connections_live_on_as_the_version_and_the_headers_say() {
        let lives = |text: &str| read(text).unwrap().unwrap().keep_alive;
        assert!(lives("HTTP/1.1 200 OK\r\n\r\n"));
        assert!(!lives("HTTP/1.1 200 OK\r\nConnection: Upgrade, CLOSE\r\n\r\n"));
        assert!(!lives(
            "HTTP/1.1 200 OK\r\nconnection: keep-alive\r\nconnection: close\r\n\r\n"
        ));
        assert!(!lives("HTTP/1.0 200 OK\r\n\r\n"));
        assert!(lives("HTTP/1.0 200 OK\r\nconnection: Keep-Alive\r\n\r\n"));
    }

    #[test]
    fn headers_are_kept_as_they_came_if_they_are_wanted() {
        let text = b"HTTP/1.1 200\r\nX-A: 1\r\nx-b:\r\nX-a: \xfc \r\n\r\n";
        let head = parse(text, &Method::GET, |name, _| name != "x-b").unwrap().unwrap();
        assert_eq!(
            head.headers
                .get_all("x-a")
                .iter()
                .map(HeaderValue::as_bytes)
                .collect::<Vec<_>>(),
            [&b"1"[..], b"\xfc"]
        );
        assert_eq!(head.headers.len(), 2);
    }
}
