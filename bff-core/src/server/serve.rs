//! `bff_core::serve(&SERVICE)`: a generated service as a process.
use std::fmt;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;

use super::{DrainTimes, Make, Served, Server, ServerSettings, SocketLimits, refuse_to_start};
use crate::engine::table::Service;
use crate::gateway::{Gateway, GatewayBuilder};
use crate::observe::LogWriter;
use crate::store::{IdempotencyStore, MemoryStore};

/// Describes how a service is served; [`Serve::run`] serves it.
///
/// ```ignore
/// fn main() -> std::process::ExitCode {
///     bff_core::serve(&mobile::SERVICE).run()
/// }
/// ```
///
/// The process takes settings from the environment ([`ServerSettings`], and what the `.bff` file names), answers `/livez` and
/// `/readyz`, logs one JSON line per request to standard output, and drains when it gets SIGTERM or SIGINT. Started with the
/// one argument `--check` it reads its settings, says what is wrong with them and ends.
pub fn serve(service: &'static Service) -> Serve {
    Serve {
        service,
        gateway: Box::new(|builder| builder),
        router: None,
        limits: SocketLimits::default(),
        drain: DrainTimes::default(),
    }
}

/// A service and how it is served.
pub struct Serve {
    service: &'static Service,
    gateway: Box<dyn Fn(GatewayBuilder) -> GatewayBuilder + Send + Sync>,
    router: Option<Box<dyn Fn(Router) -> Router + Send + Sync>>,
    limits: SocketLimits,
    drain: DrainTimes,
}

impl fmt::Debug for Serve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serve")
            .field("service", &self.service.name)
            .finish_non_exhaustive()
    }
}

impl Serve {
    /// Merges hand-written routes and adds layers. Called once per core with that core's router.
    #[must_use]
    pub fn router(self, extend: impl Fn(Router) -> Router + Send + Sync + 'static) -> Self {
        Self {
            router: Some(Box::new(extend)),
            ..self
        }
    }

    /// Changes the gateway before it is built: transports, clock, limits of requests. Called once per core.
    #[must_use]
    pub fn gateway(self, change: impl Fn(GatewayBuilder) -> GatewayBuilder + Send + Sync + 'static) -> Self {
        Self {
            gateway: Box::new(change),
            ..self
        }
    }

    /// Other limits of the sockets.
    #[must_use]
    pub fn limits(self, limits: SocketLimits) -> Self {
        Self { limits, ..self }
    }

    /// Other times of the drain.
    #[must_use]
    pub fn drain(self, drain: DrainTimes) -> Self {
        Self { drain, ..self }
    }

    /// Serves until the process is told to end. Success means that every accepted request was answered; if the service cannot
    /// start, everything that is wrong is written to standard error, with the line of the `.bff` file that wants it.
    pub fn run(self) -> ExitCode {
        let server = match self.prepare() {
            Ok(server) => server,
            Err(problems) => return refuse_to_start(&problems),
        };
        if std::env::args_os().nth(1).is_some_and(|argument| argument == "--check") {
            let _ = writeln!(std::io::stdout(), "the settings are complete");
            return ExitCode::SUCCESS;
        }
        server.run()
    }

    /// Reads every setting once, so that all problems are known before anything is opened.
    fn prepare(self) -> Result<Server, Vec<String>> {
        let settings = ServerSettings::read(|name| std::env::var(name).ok());
        let gateway = build(self.service, &self.gateway, LogWriter::off());
        let (settings, gateway) = match (settings, gateway) {
            (Ok(settings), Ok(gateway)) => (settings, gateway),
            (settings, gateway) => {
                return Err([settings.err(), gateway.err()]
                    .into_iter()
                    .flatten()
                    .flatten()
                    .collect());
            }
        };
        let (service, change, extend) = (self.service, self.gateway, self.router);
        // A repeated request may come over another connection, and so to another core.
        let store: Arc<dyn IdempotencyStore> = Arc::new(MemoryStore::default());
        let make: Make = Arc::new(move |log| {
            let shared = |builder: GatewayBuilder| change(builder.idempotency_store(Arc::clone(&store)));
            let gateway = build(service, &shared, log)?;
            Ok(match &extend {
                Some(extend) => Served::router(extend(gateway.router(service)), gateway.shared().clone()),
                None => Served::gateway(&gateway),
            })
        });
        let server = Server::new(service.name, gateway.listen(), settings, make);
        Ok(server.limits(self.limits).drain(self.drain))
    }
}

fn build(
    service: &'static Service,
    change: &(impl Fn(GatewayBuilder) -> GatewayBuilder + ?Sized),
    log: LogWriter,
) -> Result<Gateway, Vec<String>> {
    let built = change(Gateway::builder(service).log(log)).build();
    built.map_err(|problems| problems.iter().map(ToString::to_string).collect())
}
