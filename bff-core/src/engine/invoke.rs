//! Rows that say how a call or an arm asks its upstream: one request, one for each element of a list, several that race, or
//! page after page.

use std::time::Duration;

use super::frame::{Args, Body};
use super::plan::Kind;
use super::table::{Op, Setting};

/// The pages that a call follows at most, whatever it says.
pub(crate) const MOST_PAGES: u8 = 20;

/// An operation with its arguments, and what bounds it.
#[derive(Debug, Clone, Copy)]
pub struct Invoke {
    pub(crate) op: &'static Op,
    pub(crate) args: Args,
    pub(crate) timeout: Option<Setting<Duration>>,
    pub(crate) hedge: Option<Setting<Duration>>,
    pub(crate) collect: Option<&'static Collect>,
    pub(crate) batch: Option<&'static Batch>,
    pub(crate) dedup: bool,
}

impl Invoke {
    /// One request of an operation.
    pub const fn new(op: &'static Op, args: Args) -> Self {
        Self {
            op,
            args,
            timeout: None,
            hedge: None,
            collect: None,
            batch: None,
            dedup: true,
        }
    }

    /// In a call for each element: `op` is asked through the operation that answers many at once.
    pub const fn batched(op: &'static Op, batch: &'static Batch) -> Self {
        Self {
            batch: Some(batch),
            ..Self::new(op, batch.args)
        }
    }

    /// Bounds the whole of it: attempts, pages, elements.
    pub const fn timeout(self, timeout: Setting<Duration>) -> Self {
        Self {
            timeout: Some(timeout),
            ..self
        }
    }

    /// Sends the same request once more when no answer has come after this time; the first good answer wins.
    ///
    /// # Panics
    /// When evaluated at build time: if the operation changes something.
    pub const fn hedge(self, after: Setting<Duration>) -> Self {
        assert!(self.op.safe, "only a safe operation may be asked twice");
        Self {
            hedge: Some(after),
            ..self
        }
    }

    /// Follows the pages of the operation; what it gives is the list of their items.
    pub const fn collect(self, collect: &'static Collect) -> Self {
        Self {
            collect: Some(collect),
            ..self
        }
    }

    /// Sends its own request even where an equal one was sent already.
    pub const fn alone(self) -> Self {
        Self { dedup: false, ..self }
    }

    /// Whether what it gives may be null.
    pub(crate) const fn may_be_null(&self) -> bool {
        self.args.skips || self.collect.is_none() && (self.op.nullable || !self.op.reads_body)
    }
}

/// How the requests of a call belong together.
#[derive(Debug, Clone, Copy)]
pub(crate) enum How {
    /// One invocation.
    One,
    /// One for each element of a list.
    Each(&'static Each),
    /// Several: the next starts after the time, or when one fails; the first good answer is the call's.
    Race(&'static [Invoke], Duration),
}

/// `for x in list key e` of a call, with what bounds it.
#[derive(Debug)]
pub struct Each {
    /// The key of each element, null for one that is left out.
    pub keys: Listing,
    /// The elements, as [`Var::item`](super::var::Var::item) reads them; the keys themselves if `None`.
    pub items: Option<Listing>,
    /// The most keys.
    pub max: usize,
    /// Whether further keys are left out; else they fail the route.
    pub truncate: bool,
    /// How many single requests are on their way at once.
    pub concurrency: usize,
}

/// A list that a function writes as JSON, and the kind that reads it back.
#[derive(Debug, Clone, Copy)]
pub struct Listing {
    /// Writes the list.
    pub write: Body,
    /// The list's kind.
    pub kind: &'static Kind,
}

/// `batch:` of an operation, for one call or arm.
#[derive(Debug)]
pub struct Batch {
    /// The operation that answers many.
    pub op: &'static Op,
    /// Its arguments; the list among them is [`Var::keys`](super::var::Var::keys).
    pub args: Args,
    /// The kind of that list.
    pub keys: &'static Kind,
    /// Writes what is asked for one element; the element itself if `None`.
    pub value: Option<Body>,
    /// The kind of the answer: a list of what one element gets.
    pub answer: &'static Kind,
    /// The field of an answer's element that says what was asked for, by position.
    pub by: usize,
    /// The most that one request asks for.
    pub max: usize,
}

/// `collect: n` of a call over an operation with `pages`.
#[derive(Debug)]
pub struct Collect {
    /// Writes the request of a further page, with [`Var::cursor`](super::var::Var::cursor) in place of the argument.
    pub next: Args,
    /// What is read of a page: its items as JSON, and what leads to the next one.
    pub page: &'static Kind,
    /// The way to the items: positions of fields, from outside in.
    pub items: &'static [usize],
    /// The way to the cursor of the next page; null or an empty text on the last one.
    pub cursor: &'static [usize],
    /// The most pages, up to 20.
    pub most: u8,
    /// Whether further pages are left out; else they fail the route.
    pub truncate: bool,
}
