//! The runtime under a service written by hand in the form that the generator prints.
#![allow(unreachable_pub, clippy::unwrap_used)]

mod mocks;

#[allow(clippy::all, dead_code, unreachable_pub, missing_docs)]
#[path = "../sample/mobile.rs"]
pub mod mobile;

mod answers;
mod effects;
mod graphs;
mod guards;
mod mangled;
mod requests;
mod small;
mod sockets;
mod start;
mod timing;
