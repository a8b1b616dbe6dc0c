//! `headers:` as it is written: what is let through, sent, set and removed.

use crate::source::Span;
use crate::syntax::ast;

/// `headers:` of a client, an upstream or an operation, as expressions still to be checked.
#[derive(Clone, Debug, Default)]
pub struct Headers {
    /// Names let through to upstreams, lower case.
    pub forward: Vec<(String, Span)>,
    /// Added to requests to upstreams.
    pub send: Vec<(String, ast::Expr)>,
    /// Set on responses.
    pub set: Vec<(String, ast::Expr)>,
    /// Removed from responses, lower case.
    pub remove: Vec<(String, Span)>,
}
