//! A service whose cores listen: where it does, and how it is brought to its end.
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc as watch;

use super::Server;
use super::core::Core;
use super::lifecycle::Lifecycle;
use super::limits::DrainTimes;
use crate::observe::LogWriter;

/// How long cores may take to end after their connections were cut off.
const CUT: Duration = Duration::from_secs(1);

/// A started service. Dropping it leaves the cores alone; [`Running::drain`] ends them.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    lifecycle: Lifecycle,
    times: DrainTimes,
    log: LogWriter,
    /// Closed when the last core has ended.
    cores: watch::UnboundedReceiver<()>,
}

impl Running {
    pub(super) fn start(server: Server, listeners: Vec<TcpListener>, log: LogWriter) -> Result<Self, Vec<String>> {
        let address = listeners.first().and_then(|listener| listener.local_addr().ok());
        let address = address.ok_or_else(|| vec!["no core was asked to listen".to_owned()])?;
        let lifecycle = Lifecycle::default();
        let (name, count, times) = (server.name, listeners.len(), server.drain.clone());
        let (alive, cores) = watch::unbounded_channel();
        let (ready, states) = mpsc::channel();
        for (index, listener) in listeners.into_iter().enumerate() {
            let core = CoreThread {
                lane: if server.settings.access_log {
                    log.lane()
                } else {
                    LogWriter::off()
                },
                lifecycle: lifecycle.clone(),
                alive: alive.clone(),
                ready: ready.clone(),
                make: server.make.clone(),
                limits: server.limits.clone(),
                drain: server.drain.clone(),
            };
            thread::Builder::new()
                .name(format!("bff-core-{index}"))
                .spawn(move || core.run(listener))
                .map_err(|error| vec![format!("cannot start a thread: {error}")])?;
        }
        for _ in 0..count {
            let state = states
                .recv()
                .unwrap_or_else(|_| Err(vec!["a core ended while it started".into()]));
            state.inspect_err(|_| {
                lifecycle.stop();
                lifecycle.cut().cancel();
            })?;
        }
        lifecycle.started();
        tracing::info!(service = name, %address, threads = count, "listening");
        Ok(Self {
            address,
            lifecycle,
            times,
            log,
            cores,
        })
    }

    /// Where it listens; with the port that was free when port 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Connections that are open now.
    pub fn connections(&self) -> usize {
        self.lifecycle.connections()
    }

    /// Returns when a core ends by itself, which only a bug can make it do.
    pub(super) async fn broken(&mut self) {
        self.cores.recv().await;
    }

    /// Ends the service: not ready first, then no new connections, then every request that is under way is finished.
    /// Returns how many connections had to be cut off because the time was over.
    ///
    /// `settle` is for whoever routes to this service to see that it is not ready; it may be skipped when nobody does.
    pub async fn drain(&mut self, settle: bool) -> usize {
        let deadline = tokio::time::Instant::now() + self.times.total;
        self.lifecycle.drain();
        if settle {
            tokio::time::sleep(self.times.settle.min(self.times.total)).await;
        }
        self.lifecycle.stop();
        if tokio::time::timeout_at(deadline, self.ended()).await.is_ok() {
            return 0;
        }
        let open = self.lifecycle.connections();
        self.lifecycle.cut().cancel();
        // Whatever still holds a thread then ends with the process.
        let _ = tokio::time::timeout(CUT, self.ended()).await;
        open
    }

    async fn ended(&mut self) {
        while self.cores.recv().await.is_some() {}
    }

    /// Writes what is left of the log.
    pub(super) fn flush(&self) {
        self.log.flush(Duration::from_secs(1));
    }
}

struct CoreThread {
    lane: LogWriter,
    lifecycle: Lifecycle,
    /// Says that the core has ended, by a message or, after a panic, by being dropped.
    alive: watch::UnboundedSender<()>,
    ready: mpsc::Sender<Result<(), Vec<String>>>,
    make: super::Make,
    limits: super::SocketLimits,
    drain: DrainTimes,
}

impl CoreThread {
    fn run(self, listener: TcpListener) {
        let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => {
                let _ = self.ready.send(Err(vec![format!("cannot start a runtime: {error}")]));
                return;
            }
        };
        runtime.block_on(self.serve(listener));
        // Blocking work (name look-ups) must not hold up the end.
        runtime.shutdown_background();
    }

    async fn serve(self, listener: TcpListener) {
        let served = match (self.make)(self.lane) {
            Ok(served) => served,
            Err(problems) => return drop(self.ready.send(Err(problems))),
        };
        let core = Core {
            endpoint: served.endpoint,
            lifecycle: self.lifecycle.clone(),
            limits: self.limits,
            drain: self.drain,
        };
        let _ = self.ready.send(Ok(()));
        drop(self.ready);
        if let Err(error) = core.run(listener).await {
            tracing::error!(%error, "a core cannot serve");
        }
        // Routes that have begun to change something, and what undoes it, are part of the drain.
        tokio::select! {
            () = served.background.settled() => {}
            () = self.lifecycle.cut().cancelled() => {}
        }
        let _ = self.alive.send(());
    }
}
