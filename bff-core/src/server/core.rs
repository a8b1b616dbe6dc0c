//! One core: its own runtime, listener, pools and log lane. Cores share nothing that a request touches but counters.
use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;

use super::connection;
use super::lifecycle::{Admission, Lifecycle};
use super::limits::{DrainTimes, SocketLimits};
use crate::stack::Endpoint;

/// What every connection of a core needs.
pub(super) struct Core {
    pub(super) endpoint: Endpoint,
    pub(super) lifecycle: Lifecycle,
    pub(super) limits: SocketLimits,
    pub(super) drain: DrainTimes,
}

/// How long accepting pauses when the process has no file descriptor or memory left for another connection.
const EXHAUSTED_PAUSE: Duration = Duration::from_millis(50);

/// What a client over the connection limit is told, as far as its buffer takes it.
const OVER_LIMIT: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

impl Core {
    /// Accepts connections until the stop, then waits for those that are open: until they end or are cut off.
    pub(super) async fn run(self, listener: StdListener) -> io::Result<()> {
        let core = Arc::new(self);
        let listener = TcpListener::from_std(listener)?;
        let connections = TaskTracker::new();
        core.accept_until_stop(&listener, &connections).await;
        core.accept_the_rest(listener, &connections)?;
        connections.close();
        tokio::select! {
            () = connections.wait() => {}
            () = core.lifecycle.cut().cancelled() => {}
        }
        Ok(())
    }

    async fn accept_until_stop(self: &Arc<Self>, listener: &TcpListener, connections: &TaskTracker) {
        let mut stopped = std::pin::pin!(self.lifecycle.stopped());
        loop {
            let accepted = tokio::select! {
                () = &mut stopped => return,
                accepted = listener.accept() => accepted,
            };
            if self.take(accepted, connections) == Accepting::Exhausted {
                tokio::time::sleep(EXHAUSTED_PAUSE).await;
            }
        }
    }

    /// What the system has already accepted for us is served too. The system itself is asked: whether the runtime has heard
    /// of a connection depends on when it last looked, and closing the listener would reset one that waits.
    fn accept_the_rest(self: &Arc<Self>, listener: TcpListener, connections: &TaskTracker) -> io::Result<()> {
        let listener = listener.into_std()?;
        loop {
            let accepted = match listener.accept() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                accepted => accepted.and_then(|(stream, peer)| {
                    stream.set_nonblocking(true)?;
                    Ok((TcpStream::from_std(stream)?, peer))
                }),
            };
            if self.take(accepted, connections) == Accepting::Exhausted {
                return Ok(());
            }
        }
    }

    fn take(self: &Arc<Self>, accepted: io::Result<(TcpStream, SocketAddr)>, connections: &TaskTracker) -> Accepting {
        match accepted {
            Ok((stream, peer)) => match self.lifecycle.admit(self.limits.connections) {
                Some(admission) => self.open(stream, peer, admission, connections),
                None => refuse(&stream, self.limits.connections),
            },
            // The client was gone before we came to it.
            Err(error) if is_the_clients(&error) => {}
            Err(error) => {
                tracing::warn!(%error, open = self.lifecycle.connections(), "cannot accept connections");
                return Accepting::Exhausted;
            }
        }
        Accepting::Goes
    }

    fn open(self: &Arc<Self>, stream: TcpStream, peer: SocketAddr, admission: Admission, connections: &TaskTracker) {
        // Answers are written whole; waiting to fill a packet would only delay them.
        let _ = stream.set_nodelay(true);
        let connection = connection::serve(self, stream, peer);
        connections.spawn(async move {
            connection.await;
            drop(admission);
        });
    }
}

#[derive(PartialEq, Eq)]
enum Accepting {
    Goes,
    Exhausted,
}

fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Says so and closes; nothing waits for a client that does not read.
fn refuse(stream: &TcpStream, max: usize) {
    tracing::debug!(max, "over the connection limit");
    let _ = stream.try_write(OVER_LIMIT);
}
