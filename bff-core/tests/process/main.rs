//! A service as its supervisor sees it: a process with signals, an exit status and a log.
#![cfg(unix)]
#![allow(unreachable_pub, clippy::unwrap_used)]

mod child;
mod gateway;
mod signals;

#[allow(clippy::all, dead_code, missing_docs)]
#[path = "../sample/mobile.rs"]
pub mod mobile;
