//! The engine: documents and views, the writer, and what generated code computes with.

mod arena;
mod decimal;
mod decode;
mod doc;
mod fault;
mod macros;
pub mod math;
mod out;
mod plan;
mod put;
mod rule;
mod swar;
pub mod text;
pub mod value;
mod word;

pub use arena::Arena;
pub use decode::{Limits, Problem, ProblemCode};
pub use doc::{DecodeError, Doc};
pub use fault::{At, Cause, Eval, Failure, Fault, IntoEval, Located};
pub use out::{Decimals, Out};
pub use plan::{Field, Kind, Names, Plan};
pub use put::Put;
pub use rule::{Bound, Pattern, Rule};
pub use text::{Template, Text, TextSink};
