//! What is known of a request while its route runs: the value of each name, and the facts around them.

use std::fmt;
use std::sync::Arc;

use super::doc::{Doc, EMPTY};
use super::fault::Eval;
use super::head::{Head, RequestView};
use super::header::HeaderOut;
use super::out::Out;
use super::request::Request;
use super::sparse::Selection;
use super::value::{Read, View};
use super::var::{FIRST_TURN, InputKind, Turn, Var};
use crate::error::{ErrorView, Failure};
use crate::version::{Mark, Version};

/// A function together with the names that it waits for. Made by `send!`, `when!`, `body!` and `headers!` alone: they
/// write the bits and the arguments from one list, so a function cannot read a name that its row does not wait for.
#[derive(Clone, Copy)]
pub struct Gated<F> {
    /// The calls whose values it reads, one bit each.
    pub(crate) needs: u64,
    /// The inputs that it reads, one bit each.
    pub(crate) inputs: u8,
    /// It writes a request and may say that nothing is sent.
    pub(crate) skips: bool,
    pub(crate) run: F,
}

impl<F> Gated<F> {
    /// For the macros; `needs` and `inputs` come from the same list as the arguments inside `run`.
    #[doc(hidden)]
    pub const fn new(needs: u64, inputs: u8, run: F) -> Self {
        Self {
            needs,
            inputs,
            skips: false,
            run,
        }
    }
}

impl<F: Copy> Gated<F> {
    /// For `send!`, which knows it from the type of the function.
    #[doc(hidden)]
    pub const fn skipping(self, skips: bool) -> Self {
        Self { skips, ..self }
    }

    /// A row that waits for further names: those of an `allow` or `check` that shows what its function relies on.
    pub const fn after(names: u64, row: Self) -> Self {
        Self {
            needs: row.needs | names,
            ..row
        }
    }
}

impl<F> Gated<F> {
    /// Whether it reads a parameter of the path.
    pub(crate) fn reads_path(&self) -> bool {
        self.inputs & InputKind::Path.bit() != 0
    }
}

impl<F> fmt::Debug for Gated<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gated({:#b})", self.needs)
    }
}

/// Writes the request of a call; false if the call is not made (its name is null).
pub type Args = Gated<fn(&Slots, &mut Request) -> Eval<bool>>;
/// Decides a `when`, `allow` or `check`.
pub type Test = Gated<fn(&Slots) -> Eval<bool>>;
/// Writes JSON.
pub type Body = Gated<fn(&Slots, &mut Out) -> Eval>;
/// Writes headers of a response.
pub type Headers = Gated<fn(&Slots, &mut HeaderOut<'_>) -> Eval>;

/// The values of all names of a route. Only the macros of [`Gated`] read it.
#[derive(Debug)]
pub struct Slots {
    calls: Vec<Option<Arc<Doc>>>,
    inputs: [Option<Doc>; InputKind::COUNT],
    turns: [Option<(Arc<Doc>, u64)>; Turn::COUNT],
    pub(crate) frame: Frame,
}

impl Slots {
    /// Empty slots; `describe` says what an arm reads of a failure.
    pub(crate) fn new(calls: usize, head: Arc<Head>, describe: Describe) -> Self {
        let frame = Frame {
            head,
            error: None,
            describe,
            degraded: Vec::new(),
            idempotency_key: None,
            version: (Version(0), 0),
            selection: Selection::default(),
        };
        Self {
            calls: vec![None; calls],
            inputs: [const { None }; InputKind::COUNT],
            turns: [const { None }; Turn::COUNT],
            frame,
        }
    }

    /// The values, leaving empty slots behind.
    pub(crate) fn take(&mut self) -> Self {
        let (head, describe) = (Arc::clone(&self.frame.head), self.frame.describe);
        std::mem::replace(self, Self::new(0, head, describe))
    }

    pub(crate) fn fill(&mut self, call: usize, value: Option<Arc<Doc>>) {
        self.calls[call] = value;
    }

    pub(crate) fn fill_input(&mut self, kind: InputKind, value: Doc) {
        self.inputs[kind as usize] = Some(value);
    }

    /// From now on a call is at this value of a document.
    pub(crate) fn turn(&mut self, turn: Turn, doc: &Arc<Doc>, word: u64) {
        self.turns[turn as usize] = Some((Arc::clone(doc), word));
    }

    /// The value of a name; null where nothing was filled in.
    #[inline]
    pub fn get<V: View>(&self, var: Var<V>) -> <V::At<'_> as Read<'_>>::Out {
        let slot = var.slot() as usize;
        if let Some(turn) = slot.checked_sub(FIRST_TURN as usize) {
            return match self.turns.get(turn) {
                Some(Some((doc, word))) => V::At::read(doc, *word),
                _ => EMPTY.read::<V::At<'_>>(),
            };
        }
        let doc = match slot.checked_sub(64) {
            None => self.calls.get(slot).and_then(Option::as_deref),
            Some(input) => self.inputs.get(input).and_then(Option::as_ref),
        };
        doc.unwrap_or(&EMPTY).read::<V::At<'_>>()
    }

    /// The facts around the names.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }
}

/// What a function of a route may read besides its names.
#[derive(Debug)]
pub struct Frame {
    head: Arc<Head>,
    error: Option<ArmError>,
    describe: Describe,
    pub(crate) idempotency_key: Option<Arc<str>>,
    pub(crate) degraded: Vec<&'static str>,
    /// The version that the request asks for, and how many marks it has passed.
    version: (Version, u16),
    selection: Selection,
}

/// Says what an arm reads of a failure. It comes from outside, because the engine picks no statuses.
pub(crate) type Describe = fn(&'static str, &Failure) -> ArmError;

/// The failure that an arm stands in for.
#[derive(Debug, Clone)]
pub(crate) struct ArmError {
    pub(crate) call: &'static str,
    pub(crate) status: u16,
    pub(crate) code: std::borrow::Cow<'static, str>,
    pub(crate) message: &'static str,
}

impl Frame {
    /// From now on `error` is this failure of this call, or none.
    pub(crate) fn stand_in(&mut self, call: &'static str, failure: Option<&Failure>) {
        self.error = failure.map(|failure| (self.describe)(call, failure));
    }

    /// Answers in this version, which has passed so many marks.
    pub(crate) fn answer_in(&mut self, version: Version, passed: u16) {
        self.version = (version, passed);
    }

    /// Answers with these fields only.
    pub(crate) fn answer_with(&mut self, selection: Selection) {
        self.selection = selection;
    }

    /// `version`: the version that the request asks for.
    pub fn version(&self) -> Version {
        self.version.0
    }

    /// Whether the version of the request is that of the mark, or a later one.
    #[inline]
    pub fn at_least(&self, mark: Mark) -> bool {
        mark.0 < self.version.1
    }

    /// Whether the request wants field `number` of the answer.
    #[inline]
    pub fn wants(&self, number: u16) -> bool {
        self.selection.wants(number)
    }

    /// Whether the request wants some of these fields.
    pub fn wants_any(&self, numbers: &[u16]) -> bool {
        numbers.iter().any(|number| self.wants(*number))
    }

    /// `request`.
    pub fn request(&self) -> RequestView<'_> {
        RequestView::new(&self.head)
    }

    /// `request.idempotency_key`; null if the request has none.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    /// The same in a route that requires one.
    pub fn required_key(&self) -> &str {
        self.idempotency_key().unwrap_or_default()
    }

    /// `partial`: the calls that this answer reads and that took an `else`, in text order. Empty outside of replies.
    pub fn degraded(&self) -> std::iter::Copied<std::slice::Iter<'_, &'static str>> {
        self.degraded.iter().copied()
    }

    /// `error` in an arm: the failure it stands in for. Elsewhere an error without a call.
    pub fn error(&self) -> ErrorView<'_> {
        let request_id = &*self.head.context.request_id;
        match &self.error {
            Some(error) => ErrorView {
                status: error.status,
                code: &error.code,
                message: error.message,
                errors: &[],
                call: Some(error.call),
                request_id,
            },
            None => ErrorView {
                status: 500,
                code: "internal",
                message: "",
                errors: &[],
                call: None,
                request_id,
            },
        }
    }
}

/// Whether what a `send!` runs can say that nothing is sent. It is only looked at, not called.
#[doc(hidden)]
pub const fn skips<R: IntoSent>(_: &impl Fn(&Slots, &mut Request) -> R) -> bool {
    R::SKIPS
}

/// What the function of a `send!` may return.
pub trait IntoSent {
    /// Whether it can say that nothing is sent.
    const SKIPS: bool;
    /// True if the request is to be sent.
    fn into_sent(self) -> Eval<bool>;
}

impl IntoSent for () {
    const SKIPS: bool = false;

    fn into_sent(self) -> Eval<bool> {
        Ok(true)
    }
}

impl IntoSent for Option<()> {
    const SKIPS: bool = true;

    fn into_sent(self) -> Eval<bool> {
        Ok(self.is_some())
    }
}

impl IntoSent for Eval {
    const SKIPS: bool = false;

    fn into_sent(self) -> Eval<bool> {
        self.map(|()| true)
    }
}

impl IntoSent for Eval<Option<()>> {
    const SKIPS: bool = true;

    fn into_sent(self) -> Eval<bool> {
        self.map(|sent| sent.is_some())
    }
}

/// What the function of a `when!` may return.
pub trait IntoTest {
    /// True if the test holds.
    fn into_test(self) -> Eval<bool>;
}

impl IntoTest for bool {
    fn into_test(self) -> Eval<bool> {
        Ok(self)
    }
}

impl IntoTest for Eval<bool> {
    fn into_test(self) -> Eval<bool> {
        self
    }
}
