//! The hot transport: keep-alive connections of HTTP/1.1 to one upstream, driven by the very future that waits for the
//! answer. No task per connection, so an answer wakes nobody else, and dropping the future closes the connection.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::time::Instant;

use super::connection::{Connection, Sent};
use super::{Base, Inbound, Outbound};
use crate::error::Failure;

/// How many idle connections are kept: more than a burst leaves behind is not worth its sockets.
const MAX_IDLE: usize = 256;
/// How long a connection may idle. Shorter than the keep-alive time of common servers (60 to 75 s), which would
/// otherwise close it while a request is on its way.
const IDLE_TIME: Duration = Duration::from_secs(50);
/// How often idle connections are looked at.
const SWEEP: Duration = Duration::from_secs(5);

/// Connections to one upstream. A clone is the same pool.
#[derive(Debug, Clone, Default)]
pub struct Pool(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// The latest used is last, and used first: the others then grow old and go.
    idle: Mutex<Vec<Idle>>,
    sweeping: AtomicBool,
}

#[derive(Debug)]
struct Idle {
    connection: Connection,
    since: Instant,
}

impl Pool {
    pub(super) async fn send(&self, base: &Base, mut request: Outbound, wants_body: bool) -> Result<Inbound, Failure> {
        while let Some(connection) = self.0.take() {
            match connection.send(base, request, wants_body, true).await {
                Sent::Answered(answer, connection) => return Ok(self.keep(answer, connection)),
                Sent::Failed(failure) => return Err(failure),
                // The upstream had closed the idle connection: nothing was done there, so it is sent again.
                Sent::Unused(again) => request = *again,
            }
        }
        match Connection::open(base)
            .await?
            .send(base, request, wants_body, false)
            .await
        {
            Sent::Answered(answer, connection) => Ok(self.keep(answer, connection)),
            Sent::Failed(failure) => Err(failure),
            Sent::Unused(_) => Err(super::connection::closed()),
        }
    }

    fn keep(&self, answer: Inbound, connection: Option<Connection>) -> Inbound {
        if let Some(connection) = connection {
            let mut idle = self.0.idle();
            if idle.len() < MAX_IDLE {
                idle.push(Idle {
                    connection,
                    since: Instant::now(),
                });
                drop(idle);
                self.sweep_from_now_on();
            }
        }
        answer
    }

    /// Starts the task that closes idle connections, unless it runs. It ends when none is left.
    fn sweep_from_now_on(&self) {
        if !self.0.sweeping.swap(true, Ordering::Relaxed) {
            let pool = Arc::downgrade(&self.0);
            drop(tokio::spawn(sweep(pool)));
        }
    }
}

impl Inner {
    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The latest used connection that still stands.
    fn take(&self) -> Option<Connection> {
        loop {
            let mut latest = self.idle().pop()?;
            if latest.since.elapsed() < IDLE_TIME && latest.connection.is_open() {
                return Some(latest.connection);
            }
        }
    }

    /// Closes what is old or was closed by the other side; false if nothing is left.
    fn sweep(&self) -> bool {
        let mut idle = self.idle();
        idle.retain_mut(|idle| idle.since.elapsed() < IDLE_TIME && idle.connection.is_open());
        // Under the lock, so that a connection kept from now on starts a new sweep.
        self.sweeping.store(!idle.is_empty(), Ordering::Relaxed);
        !idle.is_empty()
    }
}

async fn sweep(pool: Weak<Inner>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        if !pool.upgrade().is_some_and(|pool| pool.sweep()) {
            return;
        }
    }
}
