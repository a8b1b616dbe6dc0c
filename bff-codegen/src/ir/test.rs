//! Tests of a `.bff` file, checked: what is mocked, sent and expected.

use super::expr::Expr;
use super::service::OpRequest;
use crate::model::types::OpId;
use crate::source::Span;

/// One `test "…" { … }`.
#[derive(Clone, Debug)]
pub struct Test {
    /// What it shows, as written.
    pub name: String,
    /// The Rust function that it becomes, unique among the tests of the file.
    pub function: String,
    /// Where its name stands.
    pub span: Span,
    /// Its steps, in text order.
    pub steps: Vec<Step>,
    /// A mock that can be pasted, for each operation that the routes of the test call.
    pub hints: Vec<(OpId, String)>,
}

/// A step of a test.
#[expect(
    clippy::large_enum_variant,
    reason = "a compilation has a few hundred of them at most"
)]
#[derive(Clone, Debug)]
pub enum Step {
    /// `mock`
    Mock(Mock),
    /// `send`
    Send(Send),
    /// `expect 200 { … }`
    Status {
        /// The status.
        status: u16,
        /// The body, if one is expected.
        body: Option<Want>,
        /// The whole.
        span: Span,
    },
    /// `expect header "x" == …`
    Header {
        /// The header, lower case.
        name: String,
        /// Its value; none if it must not be there.
        value: Option<String>,
        /// The whole.
        span: Span,
    },
    /// `expect calls x.op == n`
    Calls {
        /// The operation.
        op: OpId,
        /// How many requests of it.
        count: u64,
        /// The whole.
        span: Span,
    },
}

/// `mock x.op(a: …) => … after 200ms`.
#[derive(Clone, Debug)]
pub struct Mock {
    /// The operation.
    pub op: OpId,
    /// The arguments that it answers to, by index of the parameter; any others may be anything.
    pub args: Vec<(usize, Expr)>,
    /// The parts of the request that these arguments decide, if there are any; a NUL stands for what is open in the path.
    pub given: Option<OpRequest>,
    /// What it answers.
    pub reply: Reply,
    /// After how many milliseconds of the test's clock.
    pub after: u64,
    /// The whole.
    pub span: Span,
}

/// What a mock answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// 200 with this JSON; no content for an operation that declares no answer.
    Json(String),
    /// A status outside 2xx, with a JSON body if one is written.
    Status(u16, Option<String>),
    /// A failure without an answer: `connect`, `timeout`, …
    Fail(String),
}

/// `send GET /x?y=z body … headers { … }`.
#[derive(Clone, Debug)]
pub struct Send {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers: names in lower case, values.
    pub headers: Vec<(String, String)>,
    /// A JSON body.
    pub body: Option<String>,
    /// The whole.
    pub span: Span,
}

/// An expected value.
#[derive(Clone, Debug)]
pub enum Want {
    /// Exactly this JSON.
    Json(String),
    /// An object; `open`: further members may stand beside these.
    Object(Vec<(String, Want)>, bool),
    /// A list; `open`: further elements may follow.
    List(Vec<Want>, bool),
}
