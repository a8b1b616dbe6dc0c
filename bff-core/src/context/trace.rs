//! W3C Trace Context, level 2: reading `traceparent` and `tracestate`, and writing them for upstream requests.
//!
//! <https://www.w3.org/TR/trace-context-2/>
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::entropy::Entropy;
use crate::hex;

/// The header that names trace, parent span and flags.
pub const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
/// The header that carries what tracing systems add; kept as it came.
pub const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// The caller recorded this trace, or asks us to.
const SAMPLED: u8 = 0b01;
/// The trace id is random in its right-most seven bytes (level 2).
const RANDOM: u8 = 0b10;

/// The trace of one request. A header that breaks the rules is as good as none: a new trace begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Sixteen bytes that all spans of the trace share; never zero.
    pub trace_id: u128,
    /// The span that stands for this request; never zero.
    pub span_id: u64,
    /// The caller's span, if the trace began before us.
    pub parent_id: Option<u64>,
    flags: u8,
    state: Option<HeaderValue>,
}

impl Trace {
    /// The trace that the headers name, or a new one that is not sampled.
    pub fn open(headers: &HeaderMap, entropy: &dyn Entropy) -> Self {
        let span_id = entropy.next_nonzero_u64();
        match single(headers, &TRACEPARENT).and_then(parse_parent) {
            Some(Parent {
                trace_id,
                parent_id,
                flags,
            }) => {
                let state = join_state(headers);
                Self {
                    trace_id,
                    span_id,
                    parent_id: Some(parent_id),
                    flags: flags & (SAMPLED | RANDOM),
                    state,
                }
            }
            None => Self {
                trace_id: entropy.next_u128(),
                span_id,
                parent_id: None,
                flags: RANDOM,
                state: None,
            },
        }
    }

    /// Whether the caller recorded the trace or asks for it.
    pub fn is_sampled(&self) -> bool {
        self.flags & SAMPLED != 0
    }

    /// The `traceparent` of a request that we send: our own `span_id` becomes the parent there.
    pub fn parent_header(&self, span_id: u64) -> HeaderValue {
        let mut text = Vec::with_capacity(55);
        text.extend_from_slice(b"00-");
        hex::push(&mut text, self.trace_id, 32);
        text.push(b'-');
        hex::push(&mut text, span_id.into(), 16);
        text.push(b'-');
        hex::push(&mut text, self.flags.into(), 2);
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
    }

    /// The `tracestate` to send along, if the caller sent a valid one.
    pub fn state_header(&self) -> Option<&HeaderValue> {
        self.state.as_ref()
    }

    /// Writes both headers for a request to an upstream, under a span id of its own, which is returned.
    pub fn inject(&self, headers: &mut HeaderMap, entropy: &dyn Entropy) -> u64 {
        let span_id = entropy.next_nonzero_u64();
        headers.insert(TRACEPARENT, self.parent_header(span_id));
        match &self.state {
            Some(state) => headers.insert(TRACESTATE, state.clone()),
            None => headers.remove(TRACESTATE),
        };
        span_id
    }
}

struct Parent {
    trace_id: u128,
    parent_id: u64,
    flags: u8,
}

/// The only value of a header; two of them cannot both be right.
fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h [u8]> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Some(value.as_bytes().trim_ascii()),
        _ => None,
    }
}

/// `version "-" trace-id "-" parent-id "-" flags`. Versions to come may add fields behind another dash.
fn parse_parent(value: &[u8]) -> Option<Parent> {
    let (head, rest) = value.split_at_checked(55)?;
    let [version @ .., b'-'] = &head[..3] else { return None };
    let version = u8::try_from(number(version)?).ok()?;
    let known_length = match version {
        0 => rest.is_empty(),
        0xff => false,
        _ => rest.is_empty() || rest[0] == b'-',
    };
    if !known_length || head[35] != b'-' || head[52] != b'-' {
        return None;
    }
    let trace_id = number(&head[3..35]).filter(|id| *id != 0)?;
    let parent_id = u64::try_from(number(&head[36..52])?).ok().filter(|id| *id != 0)?;
    let flags = u8::try_from(number(&head[53..55])?).ok()?;
    Some(Parent {
        trace_id,
        parent_id,
        flags,
    })
}

/// Lower-case hexadecimal digits; capital ones are invalid here.
fn number(digits: &[u8]) -> Option<u128> {
    digits.iter().try_fold(0_u128, |number, digit| match digit {
        b'0'..=b'9' => Some(number << 4 | u128::from(digit - b'0')),
        b'a'..=b'f' => Some(number << 4 | u128::from(digit - b'a' + 10)),
        _ => None,
    })
}

/// All `tracestate` lines as one list in their order, or nothing when any member breaks the grammar.
fn join_state(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut joined: Vec<u8> = Vec::new();
    let mut members = 0;
    let mut keys: Vec<&[u8]> = Vec::new();
    for line in headers.get_all(TRACESTATE) {
        for member in line.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
            if member.is_empty() {
                continue;
            }
            let equals = member.iter().position(|byte| *byte == b'=')?;
            let (key, value) = (&member[..equals], &member[equals + 1..]);
            members += 1;
            if members > 32 || !is_state_key(key) || !is_state_value(value) || keys.contains(&key) {
                return None;
            }
            keys.push(key);
            if !joined.is_empty() {
                joined.push(b',');
            }
            joined.extend_from_slice(member);
        }
    }
    if joined.is_empty() {
        None
    } else {
        HeaderValue::from_bytes(&joined).ok()
    }
}

/// A simple key, or `tenant@system`; at most 256 characters.
fn is_state_key(key: &[u8]) -> bool {
    let word = |part: &[u8], max: usize| {
        let first = part
            .first()
            .is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let others = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-*/".contains(byte);
        first && part.len() <= max && part.iter().all(others)
    };
    match key.iter().position(|byte| *byte == b'@') {
        None => word(key, 256),
        Some(at) => word(&key[..at], 241) && word(&key[at + 1..], 14),
    }
}

/// One to 256 printable ASCII characters, none of them a comma or an equals sign.
fn is_state_value(value: &[u8]) -> bool {
    let allowed = |byte: &u8| matches!(byte, 0x20..=0x7e) && *byte != b',' && *byte != b'=';
    !value.is_empty() && value.len() <= 256 && value.iter().all(allowed)
}

#[cfg(test)]
mod tests;
