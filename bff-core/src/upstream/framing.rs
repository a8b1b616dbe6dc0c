//! Where the body of an answer ends (RFC 9112, sections 6 and 7): a machine over octets that does no IO.

use std::ops::Range;

/// The most octets that the extensions of all chunks and the trailers of a body may have together.
const NOISE_MAX: u32 = 16 << 10;

/// How the rest of a body is delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// So many octets are still to come.
    Length(u64),
    /// Chunks, of which the last is empty.
    Chunked(Chunks),
    /// All that comes until the connection ends.
    UntilClose,
}

/// What lies at the front of some octets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A part of the body, in this range; everything up to its end is used up.
    Data(Range<usize>),
    /// Nothing but framing; all octets are used up and more must come.
    More,
    /// The body has ended; so many octets are used up.
    End(usize),
}

/// Octets that no chunked body can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadChunk(pub(super) &'static str);

/// Where in a chunked body it is (RFC 9112, section 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunks {
    state: State,
    /// What is known of the size of the chunk, then what is left of it.
    size: u64,
    noise: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first digit of a size.
    Start,
    Size,
    /// Blanks between size and extension.
    Blank,
    Extension,
    SizeEnd,
    Data,
    DataEnd,
    DataEndLine,
    /// At the beginning of a trailer line.
    Trailer,
    TrailerLine,
    TrailerLineEnd,
    End,
    Ended,
}

impl Framing {
    /// A chunked body from its beginning.
    pub(super) const CHUNKED: Self = Self::Chunked(Chunks {
        state: State::Start,
        size: 0,
        noise: 0,
    });

    /// Reads what is at the front of the octets.
    pub(super) fn next(&mut self, octets: &[u8]) -> Result<Piece, BadChunk> {
        match self {
            Self::Length(0) => Ok(Piece::End(0)),
            Self::Chunked(chunks) => chunks.next(octets),
            _ if octets.is_empty() => Ok(Piece::More),
            Self::Length(left) => {
                let taken = usize::try_from(*left).unwrap_or(usize::MAX).min(octets.len());
                *left -= taken as u64;
                Ok(Piece::Data(0..taken))
            }
            Self::UntilClose => Ok(Piece::Data(0..octets.len())),
        }
    }

    /// Whether the body is whole when the connection ends here.
    pub(super) fn may_end_here(&self) -> bool {
        matches!(self, Self::UntilClose | Self::Length(0))
    }
}

impl Chunks {
    fn next(&mut self, octets: &[u8]) -> Result<Piece, BadChunk> {
        let mut at = 0;
        while self.state != State::Data {
            if self.state == State::Ended {
                return Ok(Piece::End(at));
            }
            let Some(&octet) = octets.get(at) else {
                return Ok(Piece::More);
            };
            self.state = self.step(octet)?;
            at += 1;
        }
        let taken = usize::try_from(self.size).unwrap_or(usize::MAX).min(octets.len() - at);
        if taken == 0 {
            return Ok(Piece::More);
        }
        self.size -= taken as u64;
        if self.size == 0 {
            self.state = State::DataEnd;
        }
        Ok(Piece::Data(at..at + taken))
    }

    /// One octet of what is not data. Lines end with CR LF and nothing else: those who read less strictly than others
    /// are how messages are smuggled.
    fn step(&mut self, octet: u8) -> Result<State, BadChunk> {
        Ok(match (self.state, octet) {
            (State::Start | State::Size, b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F') => {
                let digit = char::from(octet).to_digit(16).unwrap_or_default();
                let size = self.size.checked_mul(16).ok_or(BadChunk("a chunk is too large"))?;
                self.size = size + u64::from(digit);
                State::Size
            }
            (State::Size | State::Blank, b'\r') => State::SizeEnd,
            (State::Size | State::Blank, b';') => State::Extension,
            (State::Size | State::Blank, b' ' | b'\t') => self.noisy(State::Blank)?,
            (State::Start | State::Size | State::Blank, _) => return Err(BadChunk("a chunk has no valid size")),
            (State::Extension, b'\r') => State::SizeEnd,
            (State::Extension, b'\n') => return Err(BadChunk("a chunk extension has a line break")),
            (State::Extension, _) => self.noisy(State::Extension)?,
            (State::SizeEnd, b'\n') if self.size == 0 => State::Trailer,
            (State::SizeEnd, b'\n') => State::Data,
            (State::DataEnd, b'\r') => State::DataEndLine,
            (State::DataEndLine, b'\n') => State::Start,
            (State::Trailer, b'\r') => State::End,
            (State::Trailer | State::TrailerLine, b'\n') => return Err(BadChunk("a trailer has a bare line feed")),
            (State::TrailerLine, b'\r') => State::TrailerLineEnd,
            (State::Trailer | State::TrailerLine, _) => self.noisy(State::TrailerLine)?,
            (State::TrailerLineEnd, b'\n') => State::Trailer,
            (State::End, b'\n') => State::Ended,
            _ => return Err(BadChunk("a chunk does not end where it should")),
        })
    }

    fn noisy(&mut self, next: State) -> Result<State, BadChunk> {
        self.noise += 1;
        if self.noise > NOISE_MAX {
            return Err(BadChunk("the extensions and trailers of a body are too long"));
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a body says when it comes in pieces of this size, and how many octets it took.
    fn read(mut framing: Framing, octets: &[u8], piece: usize) -> Result<(Vec<u8>, Option<usize>), BadChunk> {
        let (mut body, mut used) = (Vec::new(), 0);
        for end in (piece..octets.len() + piece).step_by(piece) {
            let end = end.min(octets.len());
            loop {
                match framing.next(&octets[used..end])? {
                    Piece::Data(range) => {
                        body.extend_from_slice(&octets[used..end][range.clone()]);
                        used += range.end;
                    }
                    Piece::More => {
                        used = end;
                        break;
                    }
                    Piece::End(more) => return Ok((body, Some(used + more))),
                }
            }
        }
        Ok((body, None))
    }

    /// The verdict must not depend on how the octets are cut.
    fn chunked(octets: &str) -> Result<(String, Option<usize>), BadChunk> {
        let whole = read(Framing::CHUNKED, octets.as_bytes(), octets.len());
        for piece in 1..octets.len() {
            assert_eq!(
                read(Framing::CHUNKED, octets.as_bytes(), piece),
                whole,
                "in pieces of {piece}"
            );
        }
        whole.map(|(body, end)| (String::from_utf8(body).unwrap(), end))
    }

    #[test]
    fn chunks_are_joined_and_their_end_is_found() {
        let text = "5\r\nhello\r\n00006 ;a=\"b\"\r\n world\r\n0;x\r\nx-sum: 1\r\ny:\r\n\r\n";
        let more = format!("{text}HTTP/1.1");
        assert_eq!(chunked(&more), Ok(("hello world".into(), Some(text.len()))));
        assert_eq!(chunked("0\r\n\r\n"), Ok((String::new(), Some(5))));
        assert_eq!(chunked("A\r\n0123456789\r\n"), Ok(("0123456789".into(), None)));
    }

    #[test]
    fn what_is_no_chunk_is_refused() {
        for text in [
            "\r\n\r\n",
            "-1\r\n",
            "+5\r\nhello",
            "0x5\r\nhello",
            "5\nhello\r\n0\r\n\r\n",
            "5\r\nhello0\r\n\r\n",
            "5\r\nhello\n0\r\n\r\n",
            "5\r\nhelloo\r\n0\r\n\r\n",
            "5;a\nb\r\nhello\r\n0\r\n\r\n",
            "5 5\r\nhello",
            "10000000000000000\r\n",
            "fffffffffffffffff\r\n",
            "0\r\n\n",
            "0\r\na: b\n\r\n",
            "0\r\na: b\r\r\n",
            " 5\r\nhello\r\n",
        ] {
            assert!(chunked(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_chunk_may_claim_any_size_and_extensions_may_not() {
        let mut framing = Framing::CHUNKED;
        assert_eq!(framing.next(b"ffffffffffffffff\r\nab"), Ok(Piece::Data(18..20)));
        let long = format!("1;{}\r\n", "a".repeat(NOISE_MAX as usize + 1));
        assert!(read(Framing::CHUNKED, long.as_bytes(), 100).is_err());
        let many = "1;aaaa\r\nx\r\n".repeat(NOISE_MAX as usize / 4 + 1);
        assert!(read(Framing::CHUNKED, many.as_bytes(), 4096).is_err());
        let long = format!("0\r\n{}", "a: b\r\n".repeat(NOISE_MAX as usize / 4 + 1));
        assert!(read(Framing::CHUNKED, long.as_bytes(), 100).is_err());
    }

    #[test]
    fn a_length_ends_where_it_says() {
        assert_eq!(read(Framing::Length(3), b"abcd", 1), Ok((b"abc".to_vec(), Some(3))));
        assert_eq!(read(Framing::Length(0), b"abcd", 1), Ok((Vec::new(), Some(0))));
        assert_eq!(read(Framing::Length(5), b"abcd", 3), Ok((b"abcd".to_vec(), None)));
        assert_eq!(read(Framing::UntilClose, b"abcd", 3), Ok((b"abcd".to_vec(), None)));
    }

    proptest! {
        /// Any body in any chunks, cut anywhere, is read as it was written.
        #[test]
        fn chunked_bodies_are_read_back(
            chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..40), 0..8),
            extension in "[a-z ]{0,5}",
            trailers in proptest::collection::vec("[a-z]{1,9}: [ -~]{0,9}", 0..3),
            piece in 1_usize..50,
        ) {
            let mut wire = Vec::new();
            for chunk in &chunks {
                let gap = if extension.is_empty() { "" } else { ";" };
                wire.extend_from_slice(format!("{:x}{gap}{extension}\r\n", chunk.len()).as_bytes());
                wire.extend_from_slice(chunk);
                wire.extend_from_slice(b"\r\n");
            }
            wire.extend_from_slice(b"0\r\n");
            trailers.iter().for_each(|line| wire.extend_from_slice(format!("{line}\r\n").as_bytes()));
            wire.extend_from_slice(b"\r\n");
            let end = wire.len();
            wire.extend_from_slice(b"HTTP/1.1 200 OK");
            prop_assert_eq!(read(Framing::CHUNKED, &wire, piece), Ok((chunks.concat(), Some(end))));
        }

        /// Octets of any kind are read without a panic, and the same way however they are cut.
        #[test]
        fn any_octets_have_one_meaning(octets in "[0-9a-f;\r\n x]{0,60}", piece in 1_usize..20) {
            let octets = octets.as_bytes();
            prop_assert_eq!(read(Framing::CHUNKED, octets, piece), read(Framing::CHUNKED, octets, 1));
        }
    }
}
