//! The rows of tests that stand in a `.bff` file, as the generator prints them.

use crate::engine::{Eval, Request};
use crate::error::FailureKind;

/// One `test "…" { … }`.
#[derive(Debug)]
pub struct Test {
    /// What it shows, as written.
    pub name: &'static str,
    /// Where it stands.
    pub at: Place,
    /// Its steps, in text order.
    pub steps: &'static [Step],
    /// A mock that can be pasted, for each operation that its routes call.
    pub hints: &'static [(&'static str, &'static str)],
}

/// A place of a `.bff` file with its source line, to be shown when a test fails.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The file.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column, in characters from 1.
    pub column: u32,
    /// How many characters of the line it takes.
    pub width: u32,
    /// The whole line.
    pub text: &'static str,
}

/// A step of a test.
#[derive(Debug)]
pub enum Step {
    /// `mock x.op => …`
    Mock(SpecMock),
    /// `send GET /x …`
    Send(Send),
    /// `expect 200 { … }`
    Status(u16, Option<Want>, Place),
    /// `expect header "x" == …`; none if it must not be there.
    Header(&'static str, Option<&'static str>, Place),
    /// `expect calls x.op == 1`
    Calls(&'static str, u64, Place),
}

/// A mocked operation.
#[derive(Debug)]
pub struct SpecMock {
    /// The operation, `users.get_user`.
    pub op: &'static str,
    /// Writes what a request has to have for this mock to answer it; a NUL in its path stands for any argument.
    pub given: Option<fn(&mut Request) -> Eval>,
    /// What it answers.
    pub reply: Answer,
    /// After how many milliseconds of the test's clock.
    pub after: u64,
    /// Where it stands.
    pub at: Place,
}

/// What a mock answers.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// A status and a JSON body; empty for none.
    Status(u16, &'static str),
    /// A failure without an answer.
    Fail(FailureKind),
}

/// A request to the service.
#[derive(Debug)]
pub struct Send {
    /// The method.
    pub method: &'static str,
    /// Path and query.
    pub target: &'static str,
    /// Names in lower case, and values.
    pub headers: &'static [(&'static str, &'static str)],
    /// A JSON body.
    pub body: Option<&'static str>,
    /// Where it stands.
    pub at: Place,
}

/// An expected value.
#[derive(Debug)]
pub enum Want {
    /// Exactly this JSON.
    Json(&'static str),
    /// An object; true if further members may stand beside these.
    Object(&'static [(&'static str, Want)], bool),
    /// A list; true if further elements may follow.
    List(&'static [Want], bool),
}
