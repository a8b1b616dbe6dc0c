//! The types of the language and the tables of what a client declares or imports.
//!
//! Records, enums and operations are numbered; everything else refers to them by number.
//! Long because it is the one place that says what can be declared.

use super::contract::{Promises, Versioning};
use super::effects::Idempotency;
pub use super::extern_fn::{ExternFn, ExternId};
pub use super::headers::Headers;
pub use super::op::{Batch, Op, Pages, ParamPlace};
use crate::settings::auth::Decision;
use crate::source::Span;
use crate::syntax::ast;

/// A record type (after generic arguments are put in: `Page<Order>` is a record of its own).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);
/// An enum type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(pub u32);
/// A tagged union.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnionId(pub u32);
/// An upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UpstreamId(pub u32);
/// An operation of an upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId(pub u32);
/// A fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FragmentId(pub u32);

/// The scalar types of section 4.2 of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names of the language")]
pub enum Scalar {
    String,
    Int,
    Float,
    Decimal,
    Boolean,
    Id,
    Uuid,
    Url,
    Date,
    DateTime,
    Duration,
    Zone,
    Locale,
    Json,
    Bytes,
    Stream,
}

/// A declared type: of a field, a parameter, a result, an input.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// Could not be resolved; already reported. Fits everything, silently.
    Unknown,
    /// A scalar.
    Scalar(Scalar),
    /// An enum.
    Enum(EnumId),
    /// A record.
    Record(RecordId),
    /// A tagged union.
    Union(UnionId),
    /// A list.
    List(Box<Ty>),
    /// A map, its keys as on the wire.
    Map(Box<Ty>, Box<Ty>),
    /// A value or null.
    Nullable(Box<Ty>),
}

/// The constraint of a type, resolved; null keeps every one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Constraint {
    /// Lower bound as written: a number for numbers, a length for text, bytes, lists and maps.
    pub min: Option<rust_decimal::Decimal>,
    /// Upper bound.
    pub max: Option<rust_decimal::Decimal>,
    /// The pattern, known to compile.
    pub pattern: Option<String>,
    /// On the elements of a list, and the values of a map.
    pub each: Option<Box<Constraint>>,
    /// On the keys of a map.
    pub key: Option<Box<Constraint>>,
}

/// A field of a record, a parameter of an operation, or an input.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in the language.
    pub name: String,
    /// Its name on the wire.
    pub wire: String,
    /// Where the name stands.
    pub span: Span,
    /// Where the type stands.
    pub ty_span: Span,
    /// Its type.
    pub ty: Ty,
    /// Written `f?: T`: may be absent.
    pub optional: bool,
    /// Constraint on the value and what lies in it.
    pub constraint: Option<Constraint>,
    /// Its default, checked by the expression checker.
    pub default: Option<ast::Expr>,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its notes as written.
    pub notes: Vec<ast::Note>,
}

impl Field {
    /// Whether reading it can give null: nullable or optional (without a default).
    pub fn may_be_null(&self) -> bool {
        self.optional || matches!(self.ty, Ty::Nullable(_))
    }
}

/// A record type.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its name, `Page<Order>` for an instance of a generic record.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its fields in text order.
    pub fields: Vec<Field>,
}

impl Record {
    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<(usize, &Field)> {
        self.fields.iter().enumerate().find(|(_, field)| field.name == name)
    }
}

/// An enum type.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its values: name, wire value.
    pub values: Vec<EnumValue>,
    /// Ends with `...`.
    pub open: bool,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// Its name.
    pub name: String,
    /// Its wire value.
    pub wire: String,
    /// Where it stands.
    pub span: Span,
    /// Its documentation.
    pub docs: Vec<String>,
}

/// A value of a setting: written down, or read from the environment at start.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting<T> {
    /// As written.
    Value(T),
    /// `env.NAME` or `env.NAME ?? default`.
    Env {
        /// The variable.
        name: String,
        /// The default as text.
        default: Option<String>,
        /// Where it stands.
        span: Span,
    },
}

/// An upstream.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Base address.
    pub base: Setting<String>,
    /// Where `base` was written.
    pub base_span: Span,
    /// Timeout of one attempt, milliseconds.
    pub timeout: Option<Setting<u64>>,
    /// `headers: { send: {…}, forward: […] }` of the upstream.
    pub headers: Headers,
    /// Its operations.
    pub ops: Vec<OpId>,
}

/// A fragment.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// The type of its subject.
    pub on: Ty,
    /// Its entries, checked at each use.
    pub shape: ast::Shape,
}

/// A pattern of a route.
#[derive(Clone, Debug)]
pub struct RoutePath {
    /// The pattern below the mount, as written.
    pub text: String,
    /// Its segments.
    pub segments: Vec<Vec<Piece>>,
}

/// A piece of a path segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Literal text, percent-decoded.
    Literal(String),
    /// A parameter: index into the route's path inputs.
    Param(usize),
    /// `*`: the rest.
    Rest,
}

/// `nulls:` of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// Null fields are written.
    Keep,
    /// Null fields are left out.
    Omit,
}

/// `errors:` of a client.
#[derive(Clone, Debug)]
pub enum ErrorFormat {
    /// RFC 9457.
    Problem,
    /// A shape over `error`, still to be checked.
    Shape(ast::Expr),
}

/// The client of a file.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Prefix of all paths: `/` or `/x/y`, without a slash at the end.
    pub mount: String,
    /// Address to listen on.
    pub listen: Setting<String>,
    /// Budget of a route, milliseconds.
    pub deadline: Setting<u64>,
    /// What becomes of null fields.
    pub nulls: Nulls,
    /// `decimals: number`.
    pub decimals_as_numbers: bool,
    /// Error documents.
    pub errors: ErrorFormat,
    /// Header rules.
    pub headers: Headers,
    /// Its decision about authentication, which routes without one take over.
    pub auth: Option<Decision>,
    /// `locales:`, the first is the default; none unless written.
    pub locales: Vec<(String, Span)>,
    /// `timezone:`, `UTC` unless written.
    pub timezone: String,
    /// Its versions.
    pub versioning: Versioning,
    /// Where `stability: stable` is written.
    pub stable: Option<Span>,
    /// Worst-case upstream requests of a route, default 100.
    pub max_calls: u64,
}

/// The inputs of one place.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The record made of them (its fields carry constraints and defaults).
    pub record: RecordId,
}

/// A route, its declarations resolved; its items are checked by `check`.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its name in snake case, unique: from method and path (`home`, `get_orders_id`, …).
    pub name: String,
    /// Where `METHOD /path` stands.
    pub span: Span,
    /// Its documentation.
    pub docs: Vec<String>,
    /// `GET`, …, `ANY`.
    pub method: String,
    /// Its pattern.
    pub path: RoutePath,
    /// `query`, `header`, `cookie`, `path` records, where declared or (path) implied.
    pub query: Option<Inputs>,
    /// Header inputs.
    pub header: Option<Inputs>,
    /// Cookie inputs.
    pub cookie: Option<Inputs>,
    /// Path inputs.
    pub path_inputs: Option<Inputs>,
    /// `body: T` with its constraint and place.
    pub body: Option<Field>,
    /// Its own deadline.
    pub deadline: Option<(Setting<u64>, Span)>,
    /// The media types of a streamed body, lower case; empty: all.
    pub accept: Vec<(String, Span)>,
    /// Where its requests are handed on to.
    pub proxy: Option<super::proxy::Proxy>,
    /// `headers:` of the route (`set`, `remove`).
    pub headers: Headers,
    /// `idempotency:` of the route.
    pub idempotency: Option<Idempotency>,
    /// What it promises beside its answers.
    pub promises: Promises,
    /// `check: { "message": cond }` entries.
    pub checks: Vec<(String, ast::Expr)>,
    /// The declaration itself.
    pub ast: ast::Route,
}

/// Everything a client's file declares and imports, resolved.
#[derive(Clone, Debug)]
pub struct Model {
    /// The client; a file without one only declares.
    pub client: Option<Client>,
    /// Some `auth:` asks for a scheme that was refused: what `auth` would be is not known.
    pub auth_refused: bool,
    /// Record types.
    pub records: Vec<Record>,
    /// Enum types.
    pub enums: Vec<Enum>,
    /// Tagged unions.
    pub unions: Vec<super::union::Union>,
    /// Upstreams that the file sees.
    pub upstreams: Vec<Upstream>,
    /// Their operations.
    pub ops: Vec<Op>,
    /// Fragments.
    pub fragments: Vec<Fragment>,
    /// Functions of Rust.
    pub externs: Vec<ExternFn>,
    /// Routes in text order.
    pub routes: Vec<Route>,
    /// Tests of the client's file, in text order.
    pub tests: Vec<ast::Test>,
    /// Per file: what each name means there.
    pub scopes: std::collections::HashMap<crate::source::FileId, Scope>,
}

/// What the names of one file mean.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Name -> (meaning, where it is declared or imported).
    pub names: std::collections::BTreeMap<String, (Meaning, Span)>,
    /// Names declared in neighbouring files that this one does not import: name -> file name (for suggestions).
    pub elsewhere: std::collections::BTreeMap<String, String>,
    /// Where a name is added to the imports: for each file, in front of what its text goes, and what it begins with.
    pub imports: std::collections::BTreeMap<String, Span>,
    /// Where a further import goes, and the file that it stands in.
    pub import_at: Option<(Span, String)>,
}

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A record type, not generic.
    Record(RecordId),
    /// An alias or generic type: resolved through the resolver only.
    TypeDef,
    /// An enum.
    Enum(EnumId),
    /// A tagged union.
    Union(UnionId),
    /// An upstream.
    Upstream(UpstreamId),
    /// A fragment.
    Fragment(FragmentId),
    /// A policy.
    Policy,
    /// An `auth`, `limit`, `plan`.
    Binding,
    /// A function of Rust.
    Function(ExternId),
    /// An extern filter (refused so far).
    Extern,
    /// The client.
    Client,
    /// Its declaration was wrong; already reported.
    Broken,
}
