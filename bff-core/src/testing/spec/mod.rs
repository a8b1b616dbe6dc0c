//! Runs the tests that stand in a `.bff` file: the whole service with its upstreams in memory, on a paused clock.
//!
//! Generated code holds each test as a row ([`Test`]) and hands it to [`run`]; what is wrong comes back as a [`Report`],
//! drawn as the compiler draws its diagnostics.

mod diff;
mod mocks;
mod report;
mod run;
mod table;

pub use crate::error::FailureKind;
pub use report::Report;
pub use run::{Tested, run};
pub use table::{Answer, Place, Send, SpecMock, Step, Test, Want};
