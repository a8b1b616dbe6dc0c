//! From `main` to open sockets and back: settings, one runtime per core, health, and an end that loses no request.
mod connection;
mod core;
mod files;
mod head;
mod health;
mod lifecycle;
mod limits;
mod outside;
mod refusal;
mod running;
mod serve;
mod settings;
mod signals;
mod socket;
mod watch;

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;

pub use limits::{DrainTimes, SocketLimits};
pub use running::Running;
pub use serve::{Serve, serve};
pub use settings::ServerSettings;

use crate::background::Background;
use crate::gateway::Gateway;
use crate::observe::{LogWriter, diagnostics};
use crate::stack::{Endpoint, Shared};

/// What one core serves: an endpoint with the stack around it.
#[derive(Debug)]
pub struct Served {
    pub(crate) endpoint: Endpoint,
    /// What goes on when its connections have ended.
    pub(crate) background: Background,
}

impl Served {
    /// A router, hand-written routes included. All of it gets the stack, and paths that it does not know get the 404 document.
    pub fn router(router: Router, shared: Shared) -> Self {
        let background = shared.background.clone();
        let endpoint = outside::endpoint(router, shared);
        Self { endpoint, background }
    }

    /// The service of a gateway and nothing else: no router stands between it and the socket.
    pub fn gateway(gateway: &Gateway) -> Self {
        Self {
            endpoint: gateway.endpoint(),
            background: gateway.shared().background.clone(),
        }
    }
}

/// Makes what a core serves, on its own thread and inside its runtime. Its log lane is given.
pub type Make = Arc<dyn Fn(LogWriter) -> Result<Served, Vec<String>> + Send + Sync>;

/// A service that is ready to be started. [`crate::serve`] makes one from a `.bff` file.
pub struct Server {
    name: &'static str,
    address: String,
    make: Make,
    settings: ServerSettings,
    limits: SocketLimits,
    drain: DrainTimes,
}

impl Server {
    /// A server for `name` on `address` (`"0.0.0.0:8080"`) whose cores serve what `make` makes.
    pub fn new(name: &'static str, address: impl Into<String>, settings: ServerSettings, make: Make) -> Self {
        let (limits, drain) = Default::default();
        Self {
            name,
            address: address.into(),
            make,
            settings,
            limits,
            drain,
        }
    }

    /// Other limits of the sockets.
    #[must_use]
    pub fn limits(mut self, limits: SocketLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Other times of the drain.
    #[must_use]
    pub fn drain(mut self, drain: DrainTimes) -> Self {
        self.drain = drain;
        self
    }

    /// Opens the sockets and starts every core. Returns when all of them listen.
    ///
    /// # Errors
    /// The address is not free, or a core could not be made: one sentence for each problem.
    pub fn start(self, log: LogWriter) -> Result<Running, Vec<String>> {
        files::allow_for(self.limits.connections);
        let listeners = socket::listen(&self.address, self.settings.threads, self.limits.backlog);
        Running::start(self, listeners.map_err(|error| vec![error.0])?, log)
    }

    /// Serves until the process is told to end (SIGTERM, SIGINT), then drains. Success means that nothing was cut off.
    pub fn run(self) -> ExitCode {
        let started = LogWriter::start(std::io::stdout())
            .map_err(|error| vec![format!("cannot start the log: {error}")])
            .and_then(|log| {
                diagnostics::install(log.lane(), &self.settings.log).map_err(|error| vec![error])?;
                diagnostics::report_panics();
                self.start(log)
            });
        match started {
            Ok(running) => signals::serve_until_told(running),
            Err(problems) => refuse_to_start(&problems),
        }
    }
}

/// Says everything that is wrong, for people, where a supervisor shows it.
pub(crate) fn refuse_to_start(problems: &[String]) -> ExitCode {
    let mut out = std::io::stderr().lock();
    for problem in problems {
        // Nothing is left to do when standard error is gone.
        let _ = writeln!(out, "error: {problem}");
    }
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests;
