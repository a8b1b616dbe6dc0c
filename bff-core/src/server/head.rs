//! Finds heads that give a body two lengths, from the bytes as they come.
//!
//! RFC 9112 (6.3) lets a server believe the `transfer-encoding` of such a message; hyper does, closes the connection behind it,
//! and hides the `content-length`. It is also how requests are smuggled past others that believe the `content-length`, and no
//! honest client sends it: we refuse it, and to do so must see it.
use memchr::memchr;

/// As much of a line as tells the two names apart from all others.
const NAME: usize = b"transfer-encoding:".len();

/// Reads one head, in as many pieces as it comes.
#[derive(Debug, Default)]
pub(super) struct HeadScan {
    /// The beginning of the line that is being read.
    line: [u8; NAME],
    filled: usize,
    /// A line has ended that was not empty: empty ones before the request line mean nothing.
    begun: bool,
    ended: bool,
    coding: bool,
    length: bool,
}

impl HeadScan {
    /// Whether the head that was read has both a `transfer-encoding` and a `content-length`.
    pub(super) fn has_two_lengths(&self) -> bool {
        self.coding && self.length
    }

    /// Reads on. What follows the head is not looked at.
    pub(super) fn read(&mut self, mut bytes: &[u8]) {
        while !self.ended {
            let Some(end) = memchr(b'\n', bytes) else {
                return self.fill(bytes);
            };
            self.fill(&bytes[..end]);
            self.end_line();
            bytes = &bytes[end + 1..];
        }
    }

    fn fill(&mut self, part: &[u8]) {
        let taken = part.len().min(NAME - self.filled);
        self.line[self.filled..self.filled + taken].copy_from_slice(&part[..taken]);
        self.filled += taken;
    }

    fn end_line(&mut self) {
        let line = &self.line[..self.filled];
        let is = |name: &[u8]| {
            line.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        if line.is_empty() || line == b"\r" {
            self.ended = self.begun;
        } else {
            self.begun = true;
            self.coding |= is(b"transfer-encoding:");
            self.length |= is(b"content-length:");
        }
        self.filled = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verdict must not depend on how the bytes are cut.
    fn has_two_lengths(head: &str) -> bool {
        let verdict = |piece: usize| {
            let mut scan = HeadScan::default();
            head.as_bytes().chunks(piece).for_each(|bytes| scan.read(bytes));
            scan.has_two_lengths()
        };
        let whole = verdict(head.len());
        for piece in 1..head.len() {
            assert_eq!(verdict(piece), whole, "in pieces of {piece}");
        }
        whole
    }

    #[test]
    fn two_lengths_are_seen_in_any_order_case_and_line_break() {
        assert!(has_two_lengths(
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
        ));
        assert!(has_two_lengths(
            "POST / HTTP/1.1\r\nTRANSFER-ENCODING:chunked\r\nhost: a\r\ncontent-length:3\r\n\r\n"
        ));
        assert!(has_two_lengths(
            "\r\n\nPOST / HTTP/1.1\nContent-Length: 3\nTransfer-Encoding: chunked\n\n"
        ));
    }

    #[test]
    fn one_length_is_one_length() {
        assert!(!has_two_lengths(
            "POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\ntransfer-encoding: chunked\r\n"
        ));
        assert!(!has_two_lengths(
            "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\ncontent-length: 3\r\n"
        ));
        assert!(!has_two_lengths(
            "GET /content-length: HTTP/1.1\r\nx-content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n"
        ));
        assert!(!has_two_lengths(
            "POST / HTTP/1.1\r\ncontent-lengths: 3\r\ntransfer-encoding: chunked\r\n\r\n"
        ));
    }
}
