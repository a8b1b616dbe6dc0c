//! Streams: bodies that pass through without being read. Generated code hands them on by number; what lies behind the number
//! is here.

mod body;
mod flow;
mod pass;
pub(super) mod table;

pub(crate) use body::passing_body;
pub(crate) use flow::{Flow, FlowFault, UploadBody};
pub(crate) use pass::{Pass, Times, within};

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use http::{HeaderMap, HeaderName, header};

use super::doc::Doc;
use super::out::Out;
use super::plan::Kind;
use super::put::Put;
use super::value::{Read, View};
use crate::upstream::Opened;

/// A stream as generated code sees it: which one of its route it is. It can be handed on, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream(u8);

impl Stream {
    /// The body of the request.
    pub(crate) const BODY: Self = Self(u8::MAX);

    /// The answer of a call.
    pub(crate) fn of_call(call: usize) -> Self {
        Self(u8::try_from(call).unwrap_or(u8::MAX))
    }

    /// The value of its name.
    pub(crate) fn doc(self) -> Option<Doc> {
        Doc::decode(self.0.to_string().into_bytes(), &Kind::Int, super::Limits::DEFAULT).ok()
    }
}

impl<'a> Read<'a> for Stream {
    const KIND: Kind = Kind::Int;
    type Out = Self;

    fn read(doc: &'a Doc, word: u64) -> Self {
        Self(u8::try_from(i64::read(doc, word)).unwrap_or(u8::MAX))
    }
}

impl View for Stream {
    type At<'a> = Self;
}

impl Put for Stream {
    fn put(&self, out: &mut Out) {
        out.stream(*self);
    }
}

/// A stream at rest: what is known of it, and its body.
#[derive(Debug)]
pub(crate) struct Source {
    /// The status it came with; 200 for the body of a request.
    pub(crate) status: u16,
    /// What its headers say about the body.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// How the body of the request is doing; answers have none.
    pub(crate) flow: Option<Flow>,
}

/// What is said about a body wherever it goes (RFC 9110, section 8).
const DESCRIBES: [HeaderName; 3] = [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LANGUAGE];

/// What an answer says about its body, besides.
const OF_ANSWER: [HeaderName; 5] = [
    header::CONTENT_DISPOSITION,
    header::CONTENT_RANGE,
    header::ACCEPT_RANGES,
    header::ETAG,
    header::LAST_MODIFIED,
];

/// The headers that go along with a body that comes in.
pub(crate) fn described(headers: &HeaderMap) -> HeaderMap {
    picked(headers, &DESCRIBES)
}

fn picked(headers: &HeaderMap, names: &[HeaderName]) -> HeaderMap {
    let mut along = HeaderMap::new();
    for name in names {
        for value in headers.get_all(name) {
            along.append(name.clone(), value.clone());
        }
    }
    along
}

impl Source {
    /// An answer, as it passes: at most `max` octets.
    pub(crate) fn of_answer(opened: Opened, max: Option<u64>) -> Self {
        let length = length_of(&opened.headers);
        let mut headers = described(&opened.headers);
        headers.extend(picked(&opened.headers, &OF_ANSWER));
        Self {
            status: opened.status,
            headers,
            body: passing_body(opened.body, max, length, None),
            flow: None,
        }
    }
}

/// The length of a body, if its head says so and means it.
pub(crate) fn length_of(headers: &HeaderMap) -> Option<u64> {
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return None;
    }
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// Where a request on its way leaves the answer that it opened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parked(Arc<Mutex<Option<Source>>>);

impl Parked {
    pub(crate) fn put(&self, source: Source) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(source);
    }

    pub(crate) fn take(&self) -> Option<Source> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The streams of a route that is running.
#[derive(Default)]
pub(crate) struct Streams {
    body: Option<Source>,
    /// The streams that calls have sent along, and how they are doing.
    sent: Vec<(usize, Stream, Flow)>,
    answers: Vec<(usize, Parked)>,
}

impl Streams {
    pub(crate) fn new(body: Option<Source>) -> Self {
        Self {
            body,
            ..Self::default()
        }
    }

    /// Takes a stream; each can be taken once.
    pub(crate) fn take(&mut self, stream: Stream) -> Option<Source> {
        if stream == Stream::BODY {
            return self.body.take();
        }
        let mut answers = self.answers.iter();
        let (_, parked) = answers.find(|(call, _)| Stream::of_call(*call) == stream)?;
        parked.take()
    }

    /// The place for the answer of a call.
    pub(crate) fn park(&mut self, call: usize) -> Parked {
        let parked = Parked::default();
        self.answers.retain(|(other, _)| *other != call);
        self.answers.push((call, parked.clone()));
        parked
    }

    /// A call sends this stream along; an answer that is handed on gets a flow of its own.
    pub(crate) fn sends(&mut self, call: usize, stream: Stream, mut source: Source) -> Source {
        let flow = source.flow.take().unwrap_or_else(|| {
            let body = std::mem::take(&mut source.body);
            let (body, flow) = UploadBody::new(body, u64::MAX);
            source.body = Body::new(body);
            flow
        });
        self.sent.push((call, stream, flow.clone()));
        Source {
            flow: Some(flow),
            ..source
        }
    }

    /// What went wrong with the body of the request while a call sent it: the client's fault, and no failure of the call.
    pub(crate) fn fault(&self, call: usize) -> Option<FlowFault> {
        let sent = self
            .sent
            .iter()
            .find(|(of, stream, _)| *of == call && *stream == Stream::BODY);
        sent.and_then(|(_, _, flow)| flow.fault())
    }

    /// How long the streams that were sent took to pass: no deadline runs meanwhile.
    pub(crate) fn paused(&self) -> std::time::Duration {
        self.sent.iter().map(|(_, _, flow)| flow.took()).sum()
    }
}
