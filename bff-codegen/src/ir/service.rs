//! The checked service: what `generate` writes as tables.

use super::expr::{Expr, Input, Record, Ty, ViewId};
use crate::model::contract::Deprecation;
use crate::model::effects::Idempotency;
use crate::model::types::{
    Client, Constraint, Enum, Op, OpId, RecordId, RoutePath, Setting, UnionId, Upstream, UpstreamId,
};
use crate::model::union::Union;
use crate::source::Span;

/// A whole service.
#[derive(Clone, Debug)]
pub struct Service {
    /// The client.
    pub client: Client,
    /// Checked header rules of the client: name, value.
    pub send: Vec<(String, Expr)>,
    /// Response headers that are set.
    pub set: Vec<(String, Expr)>,
    /// `errors:` as a shape over `error`.
    pub error_shape: Option<Record>,
    /// Enums by `EnumId`.
    pub enums: Vec<Enum>,
    /// Tagged unions by `UnionId`.
    pub unions: Vec<Union>,
    /// Views by `ViewId`, interned: equal (type, fields) is one view.
    pub views: Vec<View>,
    /// Upstreams by `UpstreamId`.
    pub upstreams: Vec<Upstream>,
    /// Checked `headers: { send }` of each upstream, by `UpstreamId`.
    pub upstream_send: Vec<Vec<(String, Expr)>>,
    /// Operations by `OpId`.
    pub ops: Vec<Op>,
    /// How each operation writes its request, by `OpId`; `None` where no route calls it.
    pub requests: Vec<Option<OpRequest>>,
    /// Routes in text order.
    pub routes: Vec<Route>,
    /// Functions of Rust by `ExternId`.
    pub externs: Vec<crate::model::types::ExternFn>,
    /// Those of them that something calls.
    pub functions: std::collections::BTreeSet<u32>,
    /// Tests in text order.
    pub tests: Vec<super::test::Test>,
}

/// The request of an operation: expressions over its parameters ([`super::expr::ExprKind::Local`] numbered as the parameters are).
#[derive(Clone, Debug)]
pub struct OpRequest {
    /// Types of the parameters as the writing function takes them.
    pub params: Vec<Ty>,
    /// Pieces of the path.
    pub path: Vec<PathPart>,
    /// Query entries: wire name, value (scalar, list of scalars: repeated; null is left out).
    pub query: Vec<(String, Expr)>,
    /// Header entries.
    pub header: Vec<(String, Expr)>,
    /// JSON body.
    pub body: Option<Expr>,
    /// `Bytes` that are the whole body.
    pub bytes: Option<Expr>,
    /// `idempotent:`: the header and the key.
    pub idempotent: Option<(String, Expr)>,
}

/// A piece of an operation's path.
#[derive(Clone, Debug)]
pub enum PathPart {
    /// As written.
    Literal(String),
    /// A value, percent-encoded.
    Value(Expr),
}

/// A record or union type as one or more routes read it.
#[derive(Clone, Debug)]
pub struct View {
    /// What it is a view of.
    pub of: ViewOf,
    /// Name of the type, for the Rust name.
    pub name: String,
    /// What is read of a record; the variants of a union, their `wire` being their tags.
    pub fields: Vec<ViewField>,
}

/// What a view is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ViewOf {
    /// A record.
    Record(RecordId),
    /// A tagged union.
    Union(UnionId),
}

/// A field of a view.
#[derive(Clone, Debug)]
pub struct ViewField {
    /// Name in the language.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Its type; nullable also where it may be absent.
    pub ty: Ty,
    /// May be absent.
    pub optional: bool,
    /// Only written out as it came, never computed with: its number need not be parsed.
    pub output_only: bool,
    /// Constraint on the value and what lies in it.
    pub constraint: Option<Constraint>,
}

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// Name in snake case, unique in the service.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Its documentation.
    pub docs: Vec<String>,
    /// `GET`, …, `ANY`.
    pub method: String,
    /// Its pattern.
    pub path: RoutePath,
    /// `when (…)`.
    pub when: Option<Expr>,
    /// A request chooses a version.
    pub versioned: bool,
    /// The fields that a request may choose by `?fields=…`, from the top down, each before those below it.
    pub sparse: Vec<SparseField>,
    /// `deprecate: { … }`
    pub deprecation: Option<Deprecation>,
    /// Inputs that are declared: all fields, read or not, since all are checked.
    pub inputs: Vec<RouteInput>,
    /// The media types that its streamed body may have; empty: all.
    pub accept: Vec<String>,
    /// Where its requests are handed on to: then it has neither calls nor replies.
    pub proxy: Option<Proxy>,
    /// Its own deadline.
    pub deadline: Option<Setting<u64>>,
    /// Response headers that are set: name, value over the request alone.
    pub set: Vec<(String, Expr)>,
    /// Response headers that are removed, lower case.
    pub remove: Vec<String>,
    /// `idempotency:` of the route.
    pub idempotency: Option<Idempotency>,
    /// `check` and `allow`, one row per conjunct, in text order.
    pub guards: Vec<Guard>,
    /// Calls in text order.
    pub calls: Vec<Call>,
    /// What its calls that make several requests are at from one to the next.
    pub turns: Vec<Turn>,
    /// Lets in text order.
    pub lets: Vec<Let>,
    /// Replies in text order.
    pub replies: Vec<Reply>,
}

/// `proxy:` of a route.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// Where it stands.
    pub span: Span,
    /// Where requests go.
    pub upstream: UpstreamId,
    /// The path that goes there; the one that came if `None`.
    pub target: Option<Vec<TargetPart>>,
}

/// A piece of the path that a proxy route sends.
#[derive(Clone, Debug)]
pub enum TargetPart {
    /// As written.
    Literal(String),
    /// A value, percent-encoded.
    Value(Expr),
    /// What the `*` of the route took.
    Rest,
}

/// A field that a request may choose.
#[derive(Clone, Debug)]
pub struct SparseField {
    /// Its key.
    pub name: String,
    /// How many fields stand below it.
    pub below: u16,
}

/// Declared inputs of one kind.
#[derive(Clone, Debug)]
pub struct RouteInput {
    /// Which.
    pub kind: Input,
    /// The view over all its fields; for a body any type.
    pub ty: Ty,
    /// Defaults as JSON text by field index (not for bodies).
    pub defaults: Vec<(u32, String)>,
    /// Constraint on the body itself.
    pub constraint: Option<Constraint>,
}

/// A condition that must hold.
#[derive(Clone, Debug)]
pub struct Guard {
    /// Where it stands.
    pub span: Span,
    /// One conjunct.
    pub condition: Expr,
    /// What is answered otherwise.
    pub refuse: Refuse,
    /// Reads only the request (inputs, `request`): decided before any call.
    pub request_only: bool,
}

/// What a guard that does not hold answers.
#[derive(Clone, Debug)]
pub enum Refuse {
    /// `check`: 422 with the message.
    Check(String),
    /// `allow`: 403 or its `else`.
    Allow(u16),
}

/// A call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Where its name stands.
    pub name_span: Span,
    /// Type of its result as it is read (nullable where an arm or `when` makes it so).
    pub ty: Ty,
    /// What is sent.
    pub request: Request,
    /// How its requests belong together.
    pub how: How,
    /// `when c`.
    pub when: Option<Expr>,
    /// `on` rows.
    pub on: Vec<(Vec<OnKind>, CallArm)>,
    /// `else` arms.
    pub or: Vec<CallArm>,
    /// An argument comes from the path: 404 stays 404.
    pub from_path: bool,
    /// What takes it back if the route fails later.
    pub undo: Option<Undo>,
}

/// An operation with its arguments.
#[derive(Clone, Debug)]
pub struct Request {
    /// The operation.
    pub op: OpId,
    /// One per parameter, converted to its type; `None`: omitted.
    pub args: Vec<Option<Expr>>,
    /// Indexes of arguments written `?:`: null there means that nothing is sent.
    pub required_args: Vec<usize>,
    /// `{ timeout }`, milliseconds, over the whole of it.
    pub timeout: Option<Setting<u64>>,
    /// `{ hedge }`, milliseconds.
    pub hedge: Option<Setting<u64>>,
    /// `{ dedup: false }`: it shares no request.
    pub alone: bool,
    /// For each element, through the operation that answers many.
    pub batch: Option<Box<Batch>>,
    /// `{ collect }`
    pub collect: Option<Box<Collect>>,
    /// `idempotent:` of the call, in place of the operation's: the header and the key.
    pub idempotent: Option<(String, Expr)>,
}

impl Request {
    /// An operation with its arguments, and nothing more said.
    pub fn new(op: OpId, args: Vec<Option<Expr>>) -> Self {
        Request {
            op,
            args,
            required_args: Vec::new(),
            timeout: None,
            hedge: None,
            alone: false,
            batch: None,
            collect: None,
            idempotent: None,
        }
    }
}

/// How the requests of a call belong together.
#[derive(Clone, Debug)]
pub enum How {
    /// One invocation.
    One,
    /// One for each element of a list.
    Each(Box<Each>),
    /// The call's own request races with others, milliseconds apart.
    Race(Vec<Request>, u64),
}

/// `for x in list key e`, and what bounds it.
#[derive(Clone, Debug)]
pub struct Each {
    /// The keys: a list of scalars, or null; null elements are left out.
    pub keys: Expr,
    /// The elements where they are not the keys themselves.
    pub items: Option<Expr>,
    /// The turn that holds the element.
    pub item: u32,
    /// The most keys.
    pub max: u64,
    /// Further keys are left out.
    pub truncate: bool,
    /// Single requests on their way at once.
    pub concurrency: u64,
}

/// A request for many keys at once.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The operation that answers many, and its arguments; the list is a turn.
    pub request: Request,
    /// The type of that list.
    pub keys: Ty,
    /// What is asked for one element, if it is not the element itself.
    pub value: Option<Expr>,
    /// The type of the answer: a list.
    pub answer: Ty,
    /// The field of an answer's element that says what was asked for, read of a local.
    pub by: Expr,
    /// The most of one request.
    pub max: u64,
}

/// Pages that are followed.
#[derive(Clone, Debug)]
pub struct Collect {
    /// The request of a further page: what leads to it is a turn.
    pub next: Request,
    /// The name of a page's type.
    pub page: String,
    /// The page may be null.
    pub nullable: bool,
    /// The way to the items, and that to what leads to the next page.
    pub items: Vec<Step>,
    /// The same.
    pub cursor: Vec<Step>,
    /// The type of what leads to the next page.
    pub cursor_ty: Ty,
    /// The most pages.
    pub most: u64,
    /// Further pages are left out.
    pub truncate: bool,
}

/// A field on a way into a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name on the wire.
    pub wire: String,
    /// It may be null or absent.
    pub nullable: bool,
}

/// What a call that makes several requests is at, from one to the next.
#[derive(Clone, Debug)]
pub struct Turn {
    /// What it is.
    pub kind: TurnKind,
    /// A name for it.
    pub name: String,
    /// Its type.
    pub ty: Ty,
}

/// The kinds of turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnKind {
    /// An element of the list.
    Item,
    /// What a batch asks for.
    Keys,
    /// What leads to the next page.
    Cursor,
}

/// `undo op(…)`.
#[derive(Clone, Debug)]
pub struct Undo {
    /// What is sent; it may read the call's own answer.
    pub request: Request,
    /// `{ timeout }`, milliseconds.
    pub timeout: Option<Setting<u64>>,
}

/// What an `on` row matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnKind {
    /// `404`
    Status(u16),
    /// `5xx`: the hundreds digit.
    Class(u8),
    /// `timeout`, `connect`, `deadline`, `open`, `overload`, `decode`.
    Kind(String),
}

/// What a call yields when it fails.
#[derive(Clone, Debug)]
pub enum CallArm {
    /// `null`
    Null,
    /// A constant that the compiler has checked, as JSON text.
    Json(String, Span),
    /// Computed: written as JSON, read with the call's view.
    Compute(Expr),
    /// Another operation.
    Call(Request, Span),
    /// `fail …`
    Fail {
        /// 4xx or 5xx.
        status: u16,
        /// The code.
        code: String,
        /// Further members.
        body: Option<Record>,
        /// Where it stands.
        span: Span,
    },
}

/// A `let`.
#[derive(Clone, Debug)]
pub struct Let {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Its value.
    pub value: Expr,
}

/// A `respond`.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Where it stands.
    pub span: Span,
    /// Its status; 200 by default, 204 without a body.
    pub status: u16,
    /// `when c`.
    pub when: Option<Expr>,
    /// Headers.
    pub headers: Vec<(String, Expr)>,
    /// The body.
    pub body: Option<Expr>,
}

/// The view an answer of a call is decoded with, if it is a record.
pub fn root_view(ty: &Ty) -> Option<ViewId> {
    match ty {
        Ty::View(id) => Some(*id),
        Ty::Nullable(inner) | Ty::List(inner) | Ty::Map(_, inner) => root_view(inner),
        _ => None,
    }
}
