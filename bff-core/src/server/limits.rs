//! What a client may take of the server's sockets and time. Every limit has a default that is safe in front of the internet.
use std::time::Duration;

/// Limits of the sockets. Sizes of one request are [`crate::stack::Limits`].
#[derive(Debug, Clone)]
pub struct SocketLimits {
    /// How long the head of a request may take from its first byte, and how long a new connection may stay silent.
    /// Default 10 s.
    pub header_read: Duration,
    /// How long a connection may rest between two requests. Default 75 s.
    pub keep_alive: Duration,
    /// How long a client may leave an answer unread. Default 30 s.
    pub write_idle: Duration,
    /// The largest head of a request, in bytes; more is 431. Default 64 KiB.
    pub header_bytes: usize,
    /// The most header fields of a request; more is 431. Default 100.
    pub header_fields: usize,
    /// The most connections at a time, over all cores; one more is answered 503 and closed. Default 10,000.
    pub connections: usize,
    /// The most connections the system holds for us before we accept them, per core. Default 1,024.
    pub backlog: i32,
}

impl Default for SocketLimits {
    fn default() -> Self {
        Self {
            header_read: Duration::from_secs(10),
            keep_alive: Duration::from_secs(75),
            write_idle: Duration::from_secs(30),
            header_bytes: 64 << 10,
            header_fields: 100,
            connections: 10_000,
            backlog: 1024,
        }
    }
}

/// How the service ends when it is told to (SIGTERM, SIGINT).
#[derive(Debug, Clone)]
pub struct DrainTimes {
    /// How long it goes on accepting after `/readyz` has turned to 503, so that whoever routes to it can see that and stop.
    /// Default 1 s; an interrupt from the keyboard skips it.
    pub settle: Duration,
    /// How long a connection may rest before it is closed, once accepting has stopped. A client that was just about to send
    /// its next request is still served. Default 500 ms.
    pub linger: Duration,
    /// How long all of it may take; what is unfinished then is cut off. Default 30 s.
    pub total: Duration,
}

impl Default for DrainTimes {
    fn default() -> Self {
        Self {
            settle: Duration::from_secs(1),
            linger: Duration::from_millis(500),
            total: Duration::from_secs(30),
        }
    }
}
