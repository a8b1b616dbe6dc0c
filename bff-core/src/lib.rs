//! The bff runtime: what a generated service stands on. It knows nothing of the language; it reads the tables that the
//! compiler prints ([`engine::table`]) and calls the functions beside them.
//!
//! # The life of a request
//!
//! 1. [`server`] accepts the connection and reads the head, under caps and timeouts.
//! 2. [`stack`] gives the request its identity ([`context`]), opens its log line ([`observe`]), refuses what is ambiguous or
//!    too large, and catches panics. It is the only place that orders layers.
//! 3. [`route`] finds the route by method and path.
//! 4. The inputs are read as the route declares them, all problems at once, together with the checks over them.
//! 5. The scheduler of [`engine`] runs the calls: each starts in the instant in which its own inputs are there. Guards come
//!    first. Nothing is spawned; dropping the request cancels everything.
//! 6. [`upstream`] sends what the calls wrote and judges the answers; the decoder reads of them what is demanded.
//! 7. The first `respond` whose `when` holds writes the answer from typed views.
//! 8. Whatever goes wrong on the way is an [`error`] until the only place that picks a status turns it into a document.
//!
//! A [`Gateway`] holds what that needs, per core: [`Gateway::router`] is an ordinary axum router, [`serve`] is a process.

pub mod background;
pub mod context;
pub mod engine;
pub mod entropy;
pub mod error;
pub mod gateway;
mod hex;
pub mod observe;
pub mod prelude;
mod reply;
mod rescue;
pub mod route;
pub mod server;
mod settings;
pub mod stack;
pub mod store;
pub mod testing;
pub mod time;
pub mod upstream;
pub mod version;

pub use gateway::{Gateway, GatewayBuilder};
pub use server::serve;
pub use settings::StartProblem;

pub use bff_macros::{function, include_bff};
pub use engine::value::{
    self, Bytes, Date, DateTime, Duration, Id, List, Map, Maybe, Raw, RawJson, Read, Rec, Str, Url, Uuid, View, Zone,
    unknown_tag, variant,
};
pub use engine::{
    Arena, At, Cause, Decimals, DecodeError, Doc, Eval, Failing, Fault, Field, IntoEval, Kind, Limits, Located, Names,
    Out, Pattern, Plan, Problem, ProblemCode, Put, Rule, Scratch, Template, Text, TextSink, UnionPlan, list, ops, text,
};
pub use rust_decimal::Decimal;

#[cfg(doctest)]
#[doc = include_str!("../tests/refused/mistakes.md")]
mod mistakes {}
