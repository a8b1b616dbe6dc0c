//! The engine: documents and views, the writer, and what generated code computes with.

mod arena;
mod decimal;
mod decode;
mod doc;
mod fault;
mod flight;
mod frame;
mod head;
mod header;
pub(crate) mod input;
mod invoke;
mod keyed;
mod macros;
pub mod math;
pub mod ops;
mod out;
mod outgoing;
mod plan;
mod program;
mod put;
mod request;
mod rows;
mod rule;
pub(crate) mod schedule;
mod scratch;
pub(crate) mod stream;
mod swar;
pub mod table;
pub mod text;
pub mod value;
mod var;
mod word;

pub use arena::Arena;
pub use decode::{Limits, Problem, ProblemCode};
pub use doc::{DecodeError, Doc};
pub use fault::{At, Cause, Eval, Failing, Fault, IntoEval, Located};
pub use out::{Decimals, Out};
pub use plan::{Field, Kind, Names, Plan};
pub use put::Put;
pub use rule::{Pattern, Rule};
pub use scratch::Scratch;
pub use stream::Stream;
pub use text::{Template, Text, TextSink};

pub use frame::{Args, Body, Frame, Gated, Headers, IntoSent, IntoTest, Slots, Test};
pub use head::{Head, RequestView};
pub use header::HeaderOut;
pub use request::Request;
pub use value::{Read, View};
pub use var::{InputKind, Var, inputs, needs};

pub(crate) use flight::end_of;
pub(crate) use frame::ArmError;
pub(crate) use outgoing::{Outgoing, end_to_end};
pub(crate) use program::{ArmProgram, BatchProgram, CallProgram, Program, ProxyProgram, Sending};
pub(crate) use schedule::{Answer, fault_error, refusal};
