//! The engine: documents and views, the writer, and what generated code computes with.

mod arena;
mod decimal;
mod decode;
mod doc;
mod fault;
mod macros;
pub mod math;
pub mod ops;
mod out;
mod plan;
mod put;
mod rule;
mod scratch;
mod swar;
pub mod text;
pub mod value;
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
pub use text::{Template, Text, TextSink};
