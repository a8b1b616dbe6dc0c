//! What routes with effects declare: how an effect is undone, and the keys that make a repeated request one.

use std::time::Duration;

use super::{Call, Invoke, Setting};

/// `undo op(…)` of a call: what takes the effect back if the route fails after it.
#[derive(Debug)]
pub struct Undo {
    /// The operation and its arguments, which may read the answer of the call. Its timeout counts within the 5 s that every undo has.
    pub invoke: Invoke,
}

/// `idempotency:` of a route.
#[derive(Debug)]
pub struct Idempotency {
    /// The request header that has the key, in lower case.
    pub header: &'static str,
    /// How long an answer is kept, counted from its request.
    pub ttl: Setting<Duration>,
    /// True if a request without a key is refused (400).
    pub required: bool,
}

impl Call {
    /// Takes the effect back if the route fails after it.
    ///
    /// # Panics
    /// When evaluated at build time: if the call has no effect.
    pub const fn undo(self, undo: Undo) -> Self {
        assert!(!self.invoke.op.safe, "only an effect can be undone");
        Self {
            undo: Some(undo),
            ..self
        }
    }
}
