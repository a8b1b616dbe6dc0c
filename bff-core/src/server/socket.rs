//! Listening sockets: one per core on the same port, so that the system spreads connections without a shared queue.
use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

use socket2::{Domain, Protocol, Socket, Type};

/// Why a service cannot listen, as a sentence for the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListenError(pub(super) String);

/// Opens `count` listeners on one address (`"0.0.0.0:8080"`, `"localhost:0"`); port 0 takes a free one.
///
/// # Errors
/// The address cannot be read, or is not ours, or another process listens there.
pub(super) fn listen(address: &str, count: usize, backlog: i32) -> Result<Vec<TcpListener>, ListenError> {
    let wanted = resolve(address)?;
    let explain = |error| ListenError(explain(wanted, &error));
    // With SO_REUSEPORT two processes could share a port without noticing. A first socket without it finds out.
    let probe = open(wanted, false).map_err(explain)?;
    let taken = probe
        .local_addr()
        .ok()
        .and_then(|address| address.as_socket())
        .unwrap_or(wanted);
    if count == 1 || cfg!(not(unix)) {
        probe.listen(backlog).map_err(explain)?;
        return Ok(vec![probe.into()]);
    }
    probe.listen(1).map_err(explain)?;
    drop(probe);
    let sockets = (0..count).map(|_| {
        let socket = open(taken, true)?;
        socket.listen(backlog)?;
        Ok(socket.into())
    });
    sockets.collect::<io::Result<_>>().map_err(explain)
}

fn resolve(address: &str) -> Result<SocketAddr, ListenError> {
    let unreadable = |why: String| ListenError(format!("cannot listen on `{address}`: {why}"));
    let found = address.to_socket_addrs();
    let found: Vec<_> = found
        .map_err(|error| unreadable(format!("{error} (expected `host:port`)")))?
        .collect();
    // `localhost` has two addresses on most machines, and most clients try 127.0.0.1.
    let preferred = found.iter().find(|address| address.is_ipv4()).or(found.first());
    preferred
        .copied()
        .ok_or_else(|| unreadable("the host has no address".into()))
}

/// A bound socket that is not yet listening.
fn open(address: SocketAddr, shared: bool) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // A restart must not wait until old connections of the port are forgotten.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    #[cfg(unix)]
    socket.set_reuse_port(shared)?;
    #[cfg(not(unix))]
    let _ = shared;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    Ok(socket)
}

fn explain(address: SocketAddr, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => format!("another process already listens on port {}", address.port()),
        io::ErrorKind::AddrNotAvailable => format!("this machine has no address {}", address.ip()),
        io::ErrorKind::PermissionDenied => format!("port {} needs special rights", address.port()),
        _ => error.to_string(),
    };
    format!("cannot listen on {address}: {why}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_cores_listen_on_one_free_port() {
        let listeners = listen("127.0.0.1:0", 3, 16).unwrap();
        let ports: Vec<_> = listeners
            .iter()
            .map(|listener| listener.local_addr().unwrap().port())
            .collect();
        assert_eq!(ports, vec![ports[0]; 3]);
        assert_ne!(ports[0], 0);
    }

    #[test]
    fn a_port_in_use_is_said_even_when_the_other_process_shares_it() {
        for count in [1, 2] {
            let taken = listen("127.0.0.1:0", count, 16).unwrap();
            let port = taken[0].local_addr().unwrap().port();
            for second in [1, 2] {
                let error = listen(&format!("127.0.0.1:{port}"), second, 16).unwrap_err();
                let said = format!("cannot listen on 127.0.0.1:{port}: another process already listens on port {port}");
                assert_eq!(error.0, said);
            }
        }
    }

    #[test]
    fn an_unreadable_address_is_said() {
        let error = listen("nonsense", 1, 16).unwrap_err();
        assert!(error.0.starts_with("cannot listen on `nonsense`: "), "{}", error.0);
        assert!(error.0.ends_with("(expected `host:port`)"), "{}", error.0);
    }
}
