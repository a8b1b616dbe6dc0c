//! What can go wrong with a request, as data. Causes keep who failed and why; only `rescue` turns them into a status.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use crate::version::Versions;

/// A place in a `.bff` file: file and line, for logs. Clients never see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At(pub &'static str, pub u32);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0, self.1)
    }
}

/// How a call failed: what `on` and `else` choose by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// No connection could be made, so nothing was sent.
    Connect,
    /// The attempt or the call took longer than its own timeout.
    Timeout,
    /// The budget of the route ran out.
    Deadline,
    /// The circuit breaker of the upstream is open.
    Open,
    /// The gateway holds as many requests to the upstream as it may.
    Overload,
    /// The answer cannot be taken for what it should be: cut off, too large, of another type, not JSON, not fitting.
    Decode,
    /// The upstream answered with a status outside 2xx.
    Status(u16),
}

impl FailureKind {
    /// The word of the language; `status` for every status.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Deadline => "deadline",
            Self::Open => "open",
            Self::Overload => "overload",
            Self::Decode => "decode",
            Self::Status(_) => "status",
        }
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "status {status}"),
            other => f.write_str(other.name()),
        }
    }
}

/// A call that failed.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What `on` matches.
    pub kind: FailureKind,
    /// What happened, for the log only: it may name addresses.
    pub detail: Cow<'static, str>,
    /// Seconds that the upstream asked to wait (`retry-after` of a 429 or 503).
    pub retry_after: Option<u32>,
    /// The body of a failed answer: what `error.body` reads.
    pub body: Option<Bytes>,
}

impl Failure {
    /// A failure of this kind.
    pub fn new(kind: FailureKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            retry_after: None,
            body: None,
        }
    }
}

/// `error`, as generated code reads it.
#[derive(Debug, Clone, Copy)]
pub struct ErrorView<'a> {
    pub(crate) status: u16,
    pub(crate) code: &'a str,
    pub(crate) message: &'a str,
    pub(crate) errors: &'a [InputProblem],
    pub(crate) call: Option<&'a str>,
    pub(crate) request_id: &'a str,
}

impl<'a> ErrorView<'a> {
    /// The status of the answer; in an arm, that of the upstream or the one that the failure would be answered with.
    pub fn status(self) -> i64 {
        self.status.into()
    }

    /// The code, `not_found`.
    pub fn code(self) -> &'a str {
        self.code
    }

    /// One sentence for people.
    pub fn message(self) -> &'a str {
        self.message
    }

    /// The first field that is wrong, if inputs are.
    pub fn field(self) -> Option<&'a str> {
        self.errors
            .iter()
            .map(|problem| problem.field.as_str())
            .find(|field| !field.is_empty())
    }

    /// What is wrong with the inputs; empty for other errors.
    pub fn errors(self) -> &'a [InputProblem] {
        self.errors
    }

    /// The call that failed, if one did.
    pub fn call(self) -> Option<&'a str> {
        self.call
    }

    /// The id of the request.
    pub fn request_id(self) -> &'a str {
        self.request_id
    }
}

/// Why a request is not answered by a `respond` of its route.
#[derive(Debug)]
pub enum Error {
    /// No route has this path.
    NotFound,
    /// The path has routes, but none of this method. `allow` is the header's value.
    MethodNotAllowed {
        /// The methods that would match, comma separated.
        allow: String,
    },
    /// The message breaks HTTP, or could be read in two ways.
    BadRequest {
        /// What is wrong with it; the client may know.
        detail: &'static str,
    },
    /// The request target is longer than the limit.
    UriTooLong,
    /// The head has more fields, or more bytes, than the limit.
    HeaderFieldsTooLarge,
    /// The path is not one normal form: a dot segment, or a broken percent escape.
    BadPath,
    /// The body is of another type than the route takes.
    UnsupportedMediaType {
        /// The types that it takes.
        accept: &'static [&'static str],
    },
    /// The body is larger than the limit.
    ContentTooLarge,
    /// The request asks for a version that there is not.
    UnknownVersion(&'static Versions),
    /// Inputs that are missing, unreadable or against a rule, all of them.
    Inputs(Vec<InputProblem>),
    /// An `allow` or a `check` over answers does not hold.
    Refused {
        /// The status that the guard names; 403 for `allow`, 422 for `check`.
        status: u16,
        /// What a `check` says.
        message: Option<&'static str>,
        /// Where the guard stands.
        at: At,
    },
    /// A `fail` of the spec.
    Fail {
        /// 4xx or 5xx.
        status: u16,
        /// The code written in the spec.
        code: Option<&'static str>,
        /// A JSON object whose fields join the error document.
        body: Option<Bytes>,
        /// Where the `fail` stands, or the call whose arm it is.
        at: At,
    },
    /// A call failed and no arm was left.
    Call {
        /// The name of the call.
        call: &'static str,
        /// Where it stands.
        at: At,
        /// True if one of its arguments came from the path: only then is its 404 the route's.
        path: bool,
        /// Why.
        failure: Failure,
    },
    /// An expression could not be computed (overflow, a float that is not finite).
    Arithmetic {
        /// What failed and where, for the log.
        detail: String,
    },
    /// The gateway itself is at fault. The client learns nothing but 500.
    Internal {
        /// What happened, for the log.
        detail: String,
    },
    /// The gateway cannot take the request now: a limit of connections, a drain.
    Unavailable {
        /// Seconds after which to try again.
        retry_after: Option<u32>,
    },
    /// The idempotency key was used for another request.
    KeyReused,
    /// The first request with this idempotency key is still running.
    KeyRunning,
    /// The client was too slow to send its request.
    RequestTimeout,
}

/// One thing that is wrong with what a client sent.
#[derive(Debug, Clone, PartialEq)]
pub struct InputProblem {
    /// Which part: `query`, `path`, `header`, `cookie`, `body`; `None` for a `check`, which may read several.
    pub place: Option<&'static str>,
    /// The field, as the client writes it: `limit`, `items[2].sku`.
    pub field: String,
    /// What kind of problem.
    pub code: InputCode,
    /// One sentence for people.
    pub message: Cow<'static, str>,
}

/// The kinds of problems with inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputCode {
    /// A required input is not there (400).
    Missing,
    /// The value cannot be read as its type (400).
    Unreadable,
    /// The value names something that is not there: a field, a version (400).
    Unknown,
    /// The value breaks a constraint of its type (422).
    Invalid,
    /// A `check` of the route does not hold (422).
    Check,
}

impl InputCode {
    /// The word in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Unknown => "unknown",
            Self::Invalid => "invalid",
            Self::Check => "check",
        }
    }

    /// True if the input could not be read at all, which makes the answer 400.
    pub fn is_unreadable(self) -> bool {
        matches!(self, Self::Missing | Self::Unreadable | Self::Unknown)
    }
}
