//! Keys of the language that this compiler does not serve yet. Each is refused with `E0901` where it stands; the list shrinks to nothing.

use super::{Def, Scope};

const CLIENT: &[Scope] = &[Scope::Client];
const ROUTE: &[Scope] = &[Scope::Route];
const BOTH: &[Scope] = &[Scope::Client, Scope::Route];
const UPSTREAM: &[Scope] = &[Scope::Upstream];
const OP: &[Scope] = &[Scope::Op];
const UP_OP_CALL: &[Scope] = &[Scope::Upstream, Scope::Op, Scope::Call];

const fn later(name: &'static str, scopes: &'static [Scope]) -> Def {
    Def {
        name,
        scopes,
        served: false,
        doc: "Not supported yet.",
    }
}

/// The keys.
pub static LATER: &[Def] = &[
    later("limit", BOTH),
    later("compress", CLIENT),
    later("cors", CLIENT),
    later("csrf", CLIENT),
    later("redis", CLIENT),
    later("tls", &[Scope::Client, Scope::Upstream]),
    later("trust_proxy", CLIENT),
    later("ip", CLIENT),
    later("limits", CLIENT),
    later("shed", CLIENT),
    later("health", &[Scope::Client, Scope::Upstream]),
    later("drain", CLIENT),
    later("log", CLIENT),
    later("admin", CLIENT),
    later("live", CLIENT),
    later("filters", BOTH),
    later("tools", CLIENT),
    later("endpoints", UPSTREAM),
    later("select", UPSTREAM),
    later("discover", UPSTREAM),
    later("balance", UPSTREAM),
    later("zone", UPSTREAM),
    later("pool", UPSTREAM),
    later("retry", UP_OP_CALL),
    later("breaker", UPSTREAM),
    later("rate", UPSTREAM),
    later("credentials", UPSTREAM),
    later("service", UPSTREAM),
    later("port", UPSTREAM),
    later("scalars", UPSTREAM),
    later("pii", UPSTREAM),
    later("events", UPSTREAM),
    later("cache", &[Scope::Op, Scope::Call, Scope::Route]),
    later("errors", OP),
    later("invalidate", ROUTE),
    later("event", ROUTE),
    later("async", ROUTE),
    later("max_calls", ROUTE),
    later("max_message", ROUTE),
    later("idle", ROUTE),
    later("tool", ROUTE),
    later("federate", ROUTE),
];
