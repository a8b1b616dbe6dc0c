//! An operation of an upstream, as declared.

use super::effects::Idempotent;
use super::types::{Constraint, Field, Headers, Setting, Ty, UpstreamId};
use crate::source::Span;
use crate::syntax::ast;

/// An operation.
#[derive(Clone, Debug)]
pub struct Op {
    /// The upstream it belongs to.
    pub upstream: UpstreamId,
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its parameters.
    pub params: Vec<Field>,
    /// Its result; `None`: the reply is not read.
    pub result: Option<Ty>,
    /// Constraint on the result itself, if written.
    pub result_constraint: Option<Constraint>,
    /// The method, upper case.
    pub method: String,
    /// The path as written.
    pub path: ast::Path,
    /// Whether it only reads: GET, HEAD, or `safe: true`.
    pub safe: bool,
    /// Timeout of one attempt, milliseconds.
    pub timeout: Option<Setting<u64>>,
    /// `query:` entries: wire name, expression over the parameters.
    pub query: Option<Vec<(String, ast::Expr)>>,
    /// `header:` entries.
    pub header: Option<Vec<(String, ast::Expr)>>,
    /// `body:` expression over the parameters.
    pub body: Option<ast::Expr>,
    /// Where each parameter goes: by name in the path, else query or body field, unless an override uses it.
    pub binding: Vec<ParamPlace>,
    /// `headers:` of the operation.
    pub headers: Headers,
    /// `idempotent:` of the operation, over its parameters.
    pub idempotent: Option<Idempotent>,
    /// `batch:`, still to be checked against the operation it names.
    pub batch: Option<Batch>,
    /// `pages:`, still to be checked against the answer.
    pub pages: Option<Pages>,
}

/// `batch:` of an operation, as written.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The operation that answers for many.
    pub op: ast::Name,
    /// Its argument that takes the list.
    pub arg: ast::Name,
    /// The field of an answer's element that says what was asked for.
    pub by: Vec<ast::Key>,
    /// The most that one request asks for.
    pub max: u64,
    /// The whole.
    pub span: Span,
}

/// `pages:` of an operation, as written.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The argument that takes what leads to a page.
    pub arg: ast::Name,
    /// Where an answer says what leads to the next page.
    pub next: Vec<ast::Key>,
    /// Where the items of a page are.
    pub items: Vec<ast::Key>,
    /// The whole.
    pub span: Span,
}

/// Where a parameter goes in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamPlace {
    /// Into the path.
    Path,
    /// Into the query under its wire name.
    Query,
    /// A field of the JSON body under its wire name.
    BodyField,
    /// The whole body: `Bytes`.
    WholeBody,
    /// Only where `query:`, `header:` or `body:` use it.
    Override,
}
