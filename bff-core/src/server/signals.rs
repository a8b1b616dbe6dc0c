//! What tells a service to end: SIGTERM from a supervisor, SIGINT from the keyboard. A second one ends it at once.
use std::io;
use std::process::ExitCode;

use super::{Running, refuse_to_start};

/// Why the service ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// By a supervisor, which may route requests to us until it sees that we are not ready.
    Terminate,
    /// By somebody at a keyboard.
    Interrupt,
}

/// The life of a started service on the main thread, which serves nothing itself.
pub(super) fn serve_until_told(running: Running) -> ExitCode {
    match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(wait_and_drain(running)),
        Err(error) => refuse_to_start(&[format!("cannot start a runtime: {error}")]),
    }
}

async fn wait_and_drain(mut running: Running) -> ExitCode {
    let mut signals = match Signals::listen() {
        Ok(signals) => signals,
        Err(error) => return refuse_to_start(&[format!("cannot listen to signals: {error}")]),
    };
    let told = tokio::select! {
        told = signals.next() => told,
        () = running.broken() => {
            tracing::error!("a core ended by itself; ending the process, so that it is started again");
            running.flush();
            return ExitCode::FAILURE;
        }
    };
    tracing::info!(signal = ?told, "draining");
    let cut = tokio::select! {
        cut = running.drain(told == Told::Terminate) => cut,
        _ = signals.next() => {
            tracing::warn!("told twice: ending at once");
            running.flush();
            return ExitCode::FAILURE;
        }
    };
    if cut == 0 {
        tracing::info!("ended: every request was answered");
    } else {
        tracing::warn!(
            connections = cut,
            "ended: connections were cut off because the time for the drain was over"
        );
    }
    running.flush();
    if cut == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) -> Told {
        tokio::select! {
            _ = self.terminate.recv() => Told::Terminate,
            _ = self.interrupt.recv() => Told::Interrupt,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Told {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Told::Interrupt
    }
}
