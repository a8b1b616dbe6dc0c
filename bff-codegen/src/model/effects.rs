//! What operations and routes say of calls that change something: keys under which the same thing is done only once.

use super::types::Setting;
use crate::source::Span;
use crate::syntax::ast;

/// `idempotent:`: a key and the header that it is sent in.
#[derive(Clone, Debug)]
pub struct Idempotent {
    /// The header, lower case.
    pub header: String,
    /// The key, still to be checked.
    pub key: ast::Expr,
}

/// `idempotency:` of a route.
#[derive(Clone, Debug)]
pub struct Idempotency {
    /// The request header that has the key, lower case.
    pub header: String,
    /// How long an answer is kept, milliseconds.
    pub ttl: Setting<u64>,
    /// A request without a key is refused.
    pub required: bool,
    /// Where it stands.
    pub span: Span,
}
