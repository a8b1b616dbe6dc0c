//! The bff runtime.

pub mod context;
pub mod engine;
pub mod entropy;
pub mod error;
pub mod gateway;
pub mod observe;
pub mod prelude;
mod reply;
mod rescue;
pub mod route;
pub mod server;
mod settings;
pub mod stack;
pub mod testing;
pub mod time;
pub mod upstream;

pub use gateway::{Gateway, GatewayBuilder};
pub use server::serve;
pub use settings::StartProblem;

pub use bff_macros::include_bff;
pub use engine::value::{
    self, Bytes, Date, DateTime, Duration, Id, List, Map, Maybe, Raw, RawJson, Read, Rec, Str, Url, Uuid, View,
};
pub use engine::{
    Arena, At, Cause, Decimals, DecodeError, Doc, Eval, Failing, Fault, Field, IntoEval, Kind, Limits, Located, Names,
    Out, Pattern, Plan, Problem, ProblemCode, Put, Rule, Scratch, Template, Text, TextSink, ops, text,
};
pub use rust_decimal::Decimal;
