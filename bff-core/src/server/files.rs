//! Every connection is a file descriptor, and many systems allow a process only 1,024 of them until it asks for more.

/// Raises the soft limit, as far as the hard one goes, to what `connections` clients and their upstream requests need. Says so
/// when it is not enough: the limit of connections would otherwise be a promise that cannot be kept.
#[cfg(unix)]
pub(super) fn allow_for(connections: usize) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let wanted = files_for(connections);
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    // `None` is no limit at all.
    let Some(allowed) = current else { return };
    if allowed >= wanted {
        return;
    }
    let raised = maximum.map_or(wanted, |maximum| maximum.min(wanted));
    let allowed = match setrlimit(
        Resource::Nofile,
        Rlimit {
            current: Some(raised),
            maximum,
        },
    ) {
        Ok(()) => raised,
        Err(_) => allowed,
    };
    if allowed < wanted {
        tracing::warn!(
            allowed,
            wanted,
            connections,
            "the limit of open files is too low for the limit of connections"
        );
    }
}

#[cfg(not(unix))]
pub(super) fn allow_for(_: usize) {}

/// One for the client and one for an upstream, and some for listeners, logs and look-ups.
#[cfg(unix)]
fn files_for(connections: usize) -> u64 {
    u64::try_from(connections)
        .unwrap_or(u64::MAX)
        .saturating_mul(2)
        .saturating_add(100)
}
