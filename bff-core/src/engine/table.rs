//! What is declared in a `.bff` file, as rows of `static` tables. The generator prints them, the engine reads them; what
//! can be wrong with a row and seen at build time is refused by the `const fn`s that make it.

use std::time::Duration;

use http::Method;

use super::frame::{Body, Headers, Test};
use super::head::RequestView;
pub use super::invoke::{Batch, Collect, Each, Invoke, Listing};
use super::out::Out;
use super::sparse::Sparse;
pub use super::stream::table::{Proxy, StreamAnswer, StreamInput};
use super::{At, Eval, Kind, Rule};
use crate::error::{ErrorView, FailureKind};
use crate::route::Verb;
use crate::version::Versions;

mod call;
mod effects;
mod headers;

pub use call::{Call, in_order};
pub use effects::{Idempotency, Undo};
pub use headers::{ClientHeaders, RequestHeaders, RouteHeaders};

/// One `client`: everything that a service serves.
#[derive(Debug)]
pub struct Service {
    /// The name of the client.
    pub name: &'static str,
    /// Where it is declared.
    pub at: At,
    /// The path prefix of all routes, `/` for none.
    pub mount: &'static str,
    /// The address to listen on, `host:port`.
    pub listen: Setting<&'static str>,
    /// How long a request may take, unless its route says otherwise.
    pub deadline: Setting<Duration>,
    /// The form of error documents.
    pub errors: ErrorFormat,
    /// True if decimals are written as JSON numbers, not strings.
    pub decimals_as_numbers: bool,
    /// What happens to headers, for all routes.
    pub headers: ClientHeaders,
    /// Which versions there are, if the client has any.
    pub versions: Option<&'static Versions>,
    /// The upstreams that its calls use; [`Upstream::index`] is the position here.
    pub upstreams: &'static [&'static Upstream],
    /// The routes in text order.
    pub routes: &'static [&'static Route],
}

/// A value of a setting: written, or read from the environment when the gateway is built.
#[derive(Debug, Clone, Copy)]
pub enum Setting<T: 'static> {
    /// Written in the spec.
    Value(T),
    /// `env.NAME` or `env.NAME ?? default`.
    Env(Env<T>),
}

/// A setting that is read from an environment variable.
#[derive(Debug, Clone, Copy)]
pub struct Env<T: 'static> {
    /// The variable.
    pub name: &'static str,
    /// What holds when it is not set; without one the gateway does not start.
    pub default: Option<T>,
    /// The line that wants it.
    pub at: At,
}

/// The form of error documents.
#[derive(Debug, Clone, Copy)]
pub enum ErrorFormat {
    /// RFC 9457, `application/problem+json`.
    Problem,
    /// A shape of the client's own over `error`, as `application/json`.
    Shape(fn(&mut Out, ErrorView<'_>) -> Eval),
}

/// One `upstream`.
#[derive(Debug)]
pub struct Upstream {
    /// Position in [`Service::upstreams`].
    pub index: usize,
    /// Its name.
    pub name: &'static str,
    /// Where it is declared.
    pub at: At,
    /// Scheme, host, port and an optional path prefix, `http://users:8080/v1`.
    pub base: Setting<&'static str>,
    /// How long one attempt may take, unless the operation says otherwise.
    pub timeout: Setting<Duration>,
    /// Request headers of the client that it gets besides those that all upstreams get, in lower case.
    pub forward: &'static [&'static str],
    /// Headers that all its operations get.
    pub send: Option<RequestHeaders>,
}

/// One `op` of an upstream.
#[derive(Debug)]
pub struct Op {
    /// Upstream and operation, `users.get_user`.
    pub name: &'static str,
    /// Where it is declared.
    pub at: At,
    /// Where it goes.
    pub upstream: &'static Upstream,
    /// Its method.
    pub method: Method,
    /// Its path as declared, `/users/{id}`: for logs.
    pub path: &'static str,
    /// True if it changes nothing, so that it may be dropped, repeated and shared.
    pub safe: bool,
    /// False if no answer is declared (no `: T`): a success is null, its body is not read.
    pub reads_body: bool,
    /// True if its declared answer may be null (`: T?`).
    pub nullable: bool,
    /// Set if its answer passes through as a stream and is not read.
    pub stream: Option<StreamAnswer>,
    /// What else must hold for its answer.
    pub rule: Option<&'static Rule>,
    /// How long one attempt may take; the upstream's timeout if `None`.
    pub timeout: Option<Setting<Duration>>,
    /// Request headers of the client that it gets besides those that its upstream gets, in lower case.
    pub forward: &'static [&'static str],
}

/// One `route`.
#[derive(Debug)]
pub struct Route {
    /// A name made from method and path, unique in the service.
    pub name: &'static str,
    /// Where it stands.
    pub at: At,
    /// Its method.
    pub verb: Verb,
    /// Its path below the mount: `/orders/{id}`, `/geo/{lat},{lon}`, `/files/*`.
    pub path: &'static str,
    /// The `when` of the route; the next route of the same method and pattern is tried if it is false.
    pub when: Option<fn(RequestView<'_>) -> Eval<bool>>,
    /// How long a request may take; the client's deadline if `None`.
    pub deadline: Option<Setting<Duration>>,
    /// What happens to the headers of its responses, errors too.
    pub headers: RouteHeaders,
    /// What it takes from the request.
    pub inputs: Inputs,
    /// Where its requests are handed on to; then it has neither calls nor replies.
    pub proxy: Option<Proxy>,
    /// The keys under which its answers are kept.
    pub idempotency: Option<Idempotency>,
    /// `allow` and `check`, one row per conjunct, in text order.
    pub guards: &'static [Guard],
    /// Its calls, in text order; a call's position is its number in the frame.
    pub calls: &'static [Call],
    /// The parts of its answers that a test over the request may leave out, for liveness: a call that only such parts
    /// read is made when one of them is enabled. What no row lists is always made.
    pub outputs: &'static [Output],
    /// Its `respond`s in text order; the last has no `when`.
    pub replies: &'static [Reply],
    /// What it promises beside its answers.
    pub contract: Contract,
}

/// What a route promises beside its answers: that they follow versions, that parts may be asked for, how long it stays.
#[derive(Debug, Clone, Copy)]
pub struct Contract {
    /// True if a request chooses a version of [`Service::versions`].
    pub versioned: bool,
    /// `sparse: query`: the fields that a request may choose.
    pub sparse: Option<&'static Sparse>,
    /// `deprecate: { … }`.
    pub deprecation: Option<&'static Deprecation>,
}

impl Contract {
    /// No versions, no choice, no end in sight.
    pub const NONE: Self = Self {
        versioned: false,
        sparse: None,
        deprecation: None,
    };
}

/// `deprecate:` of a route, as the headers that every answer of it has.
#[derive(Debug)]
pub struct Deprecation {
    /// `deprecation` (RFC 9745): `@1704067200`.
    pub since: &'static str,
    /// `sunset` (RFC 8594): an HTTP date.
    pub sunset: Option<&'static str>,
    /// The path of the route that takes its place, mount included; `{id}` stands for the parameter of that name.
    /// Sent as `link` with `rel="successor-version"` (RFC 5829).
    pub successor: Option<&'static str>,
}

/// The declared inputs of a route.
#[derive(Debug, Clone, Copy)]
pub struct Inputs {
    /// `query { … }`.
    pub query: Option<Input>,
    /// The parameters of the path, typed by `path { … }` or `{n: Int}`.
    pub path: Option<Input>,
    /// `header { … }`; field names are header names in lower case.
    pub header: Option<Input>,
    /// `cookie { … }`.
    pub cookie: Option<Input>,
    /// `body: T`.
    pub body: Option<BodyInput>,
    /// `body: Stream(..5MB)`: not read here.
    pub stream: Option<StreamInput>,
}

impl Inputs {
    /// No inputs at all.
    pub const NONE: Self = Self {
        query: None,
        path: None,
        header: None,
        cookie: None,
        body: None,
        stream: None,
    };
}

/// A block of inputs, decoded into one record.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// The record: `&<Query as Read>::KIND`.
    pub kind: &'static Kind,
    /// Values of absent fields, as JSON text, by the position of the field in the record.
    pub defaults: &'static [(usize, &'static str)],
}

/// A JSON body.
#[derive(Debug, Clone, Copy)]
pub struct BodyInput {
    /// What it must be.
    pub kind: &'static Kind,
    /// True if it may be left out, which reads as null.
    pub optional: bool,
    /// What else must hold for it.
    pub rule: Option<&'static Rule>,
}

/// One conjunct of an `allow` or a `check`.
#[derive(Debug)]
pub struct Guard {
    /// Where it stands.
    pub at: At,
    /// What must hold.
    pub test: Test,
    /// What is answered when it does not.
    pub refuse: Refuse,
}

/// What a guard that does not hold answers.
#[derive(Debug, Clone, Copy)]
pub enum Refuse {
    /// `check`: 422 with this message, together with other problems of the inputs if it reads only those.
    Check(&'static str),
    /// `allow … else status`; 403 without `else`.
    Status(u16),
}

/// A part of an answer and the calls it reads.
#[derive(Debug)]
pub struct Output {
    /// A test over the request alone; always enabled if `None`.
    pub when: Option<Test>,
    /// The names it reads: [`needs`](super::var::needs) of their slots.
    pub needs: u64,
}

/// One `respond`.
#[derive(Debug)]
pub struct Reply {
    /// Where it stands.
    pub at: At,
    /// Its status.
    pub status: u16,
    /// Its `when`.
    pub when: Option<Test>,
    /// Its `headers { … }`.
    pub headers: Option<Headers>,
    /// Its body; no content if `None`.
    pub body: Option<Body>,
}

/// What takes the place of a call that failed.
#[derive(Debug)]
pub enum Arm {
    /// A constant, as JSON text; decoded with the call's kind when the gateway is built.
    Json(&'static str),
    /// Null.
    Null,
    /// A computed value: JSON that is decoded with the call's kind.
    Compute(Body),
    /// Another call.
    Call(Invoke),
    /// Ends the route.
    Fail(Fail),
}

/// `fail status "code" { … }` as an arm.
#[derive(Debug)]
pub struct Fail {
    /// 4xx or 5xx.
    pub status: u16,
    /// The code; the default of the status if `None`.
    pub code: Option<&'static str>,
    /// Writes the object whose fields join the error document.
    pub body: Option<Body>,
}

/// What an `on` row matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// One status.
    Status(u16),
    /// A class of statuses by its first digit: 5 for `5xx`.
    Class(u8),
    /// No connection.
    Connect,
    /// Slower than its timeout.
    Timeout,
    /// The budget of the route ran out.
    Deadline,
    /// The breaker is open.
    Open,
    /// Too many requests in flight.
    Overload,
    /// Not the answer it should be.
    Decode,
}

impl On {
    /// Whether a failure is of this kind.
    pub(crate) fn matches(self, kind: FailureKind) -> bool {
        match (self, kind) {
            (Self::Status(wanted), FailureKind::Status(status)) => wanted == status,
            (Self::Class(first), FailureKind::Status(status)) => u16::from(first) == status / 100,
            (Self::Connect, FailureKind::Connect)
            | (Self::Timeout, FailureKind::Timeout)
            | (Self::Deadline, FailureKind::Deadline)
            | (Self::Open, FailureKind::Open)
            | (Self::Overload, FailureKind::Overload)
            | (Self::Decode, FailureKind::Decode) => true,
            _ => false,
        }
    }
}

impl Reply {
    /// The calls that its body and headers read.
    pub(crate) fn needs(&self) -> u64 {
        self.body.map_or(0, |body| body.needs) | self.headers.map_or(0, |headers| headers.needs)
    }
}
