//! Calls of which one of several requests is enough: `race` and `hedge`; and those that follow pages, one after another.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::calls::{Written, unreadable};
use super::{Run, Work};
use crate::engine::doc::Doc;
use crate::engine::flight::Bound;
use crate::engine::invoke::{Collect, How, MOST_PAGES};
use crate::engine::plan::Kind;
use crate::engine::program::{CallProgram, Sending, Stage};
use crate::engine::table::Op;
use crate::engine::value::Str;
use crate::engine::var::Turn;
use crate::engine::{At, Limits, word};
use crate::error::{Error, Failure};

/// The requests of a stage of a call, or of the page that it is at.
pub(super) struct Tries {
    /// How many may be sent, and how many have begun.
    count: usize,
    begun: usize,
    /// Those on their way: their number in all that the call has sent, and which try it is.
    open: Vec<(u32, usize)>,
    next_part: u32,
    /// How long one is waited for before the next begins.
    gap: Option<Duration>,
    /// They race: the next one also begins when one fails.
    race: bool,
    latest: Option<Failure>,
    /// The end of waiting where it is one for all.
    bound: Option<Bound>,
    pages: Option<Pages>,
}

/// The pages so far.
struct Pages {
    row: &'static Collect,
    read: u8,
    /// The items of all of them, between commas.
    items: String,
    /// What leads to the page at hand; none for the first.
    cursor: Option<(Arc<Doc>, u64)>,
}

impl Tries {
    /// The operation that a request went to, and what its answer is read as.
    pub(super) fn reading(&self, call: &CallProgram, stage: Stage, part: u32) -> Option<(&'static Op, &'static Kind)> {
        let (_, which) = self.open.iter().find(|(open, _)| *open == part)?;
        let sending = call.racer(stage, if self.race { *which } else { 0 })?;
        let kind = self
            .pages
            .as_ref()
            .map_or(sending.kind(call.row), |pages| pages.row.page);
        Some((sending.op, kind))
    }
}

impl<'r> Run<'r> {
    /// Begins a stage that may take several requests; false if all it did was to write one.
    pub(super) fn begin_tries(&mut self, at: usize, sending: &'r Sending) -> Result<bool, Error> {
        let call = &self.program.calls[at];
        let rivals = if self.calls[at].stage == Stage::Main {
            call.rivals.len()
        } else {
            0
        };
        let race = rivals > 0;
        let gap = match call.row.how {
            How::Race(_, stagger) if race => Some(stagger),
            _ => sending.hedge,
        };
        let pages = sending.collect.map(|row| Pages {
            row,
            read: 0,
            items: String::new(),
            cursor: None,
        });
        let tries = Tries {
            count: 1 + if race { rivals } else { usize::from(gap.is_some()) },
            begun: 0,
            open: Vec::new(),
            next_part: 0,
            gap,
            race,
            latest: None,
            bound: (!race).then(|| self.bound(sending)),
            pages,
        };
        self.waiting &= !(1 << at);
        self.calls[at].work = Work::Tries(Box::new(tries));
        self.try_next(at)
    }

    /// An alarm of a call rings: it has waited long enough for what is on its way.
    pub(super) fn ring(&mut self, at: usize) -> Result<(), Error> {
        match &self.calls[at].work {
            Work::Tries(tries) if !tries.open.is_empty() => self.try_next(at).map(drop),
            _ => Ok(()),
        }
    }

    /// Begins the next try that can be sent; true if the stage ended instead.
    fn try_next(&mut self, at: usize) -> Result<bool, Error> {
        let call = &self.program.calls[at];
        loop {
            let (stage, budget) = (self.calls[at].stage, self.budget());
            let Work::Tries(tries) = &mut self.calls[at].work else {
                return Ok(false);
            };
            let which = tries.begun;
            if which == tries.count {
                return if tries.open.is_empty() {
                    self.end_tries(at)
                } else {
                    Ok(false)
                };
            }
            tries.begun += 1;
            let Some(sending) = call.racer(stage, if tries.race { which } else { 0 }) else {
                continue;
            };
            let further = tries
                .pages
                .as_ref()
                .and_then(|pages| Some((pages.row, pages.cursor.as_ref()?)));
            let args = further.map_or(sending.args, |(row, _)| row.next);
            if let Some((_, (doc, word))) = further {
                self.slots.turn(Turn::Cursor, doc, *word);
            }
            let bound = tries
                .bound
                .unwrap_or_else(|| Bound::new(Instant::now(), sending.whole, budget));
            let (race, part) = (tries.race, tries.next_part);
            match self.write_request(at, args, sending.op)? {
                Written::Request(written) => {
                    let waiter = self.waiter(at, part, bound);
                    self.prepare(sending, written, waiter, !race && which > 0);
                    self.tried_one(at, which);
                    return Ok(false);
                }
                Written::NotSent if race => {}
                Written::NotSent => {
                    self.stop(at);
                    return self.not_sent(at);
                }
                Written::Hollow => self.tried_in_vain(at, Written::hollow()),
            }
        }
    }

    /// Notes a try that is as good as on its way, and when the next one is due.
    fn tried_one(&mut self, at: usize, which: usize) {
        if let Work::Tries(tries) = &mut self.calls[at].work {
            tries.open.push((tries.next_part, which));
            tries.next_part += 1;
            if let Some(gap) = tries.gap.filter(|_| tries.begun < tries.count) {
                self.flights.wake(at, Instant::now() + gap);
            }
        }
    }

    fn tried_in_vain(&mut self, at: usize, failure: Failure) {
        if let Work::Tries(tries) = &mut self.calls[at].work {
            tries.latest = Some(failure);
        }
    }

    /// No try is on its way and none is left: the last failure is the call's; without one nothing was sent.
    fn end_tries(&mut self, at: usize) -> Result<bool, Error> {
        let latest = match &mut self.calls[at].work {
            Work::Tries(tries) => tries.latest.take(),
            _ => None,
        };
        self.stop(at);
        match latest {
            Some(failure) => self.failed_call(at, failure).map(|()| true),
            None => self.not_sent(at),
        }
    }

    /// What a try brought.
    pub(super) fn tried(
        &mut self,
        at: usize,
        part: u32,
        value: Result<Option<Arc<Doc>>, Failure>,
    ) -> Result<(), Error> {
        let Work::Tries(tries) = &mut self.calls[at].work else {
            return Ok(());
        };
        let before = tries.open.len();
        tries.open.retain(|(open, _)| *open != part);
        if tries.open.len() == before {
            return Ok(());
        }
        match value {
            Ok(Some(page)) if tries.pages.is_some() => self.turn_page(at, page),
            // A page that is null has no items and leads nowhere.
            Ok(None) if tries.pages.is_some() => self.end_pages(at),
            Ok(value) => {
                self.stop(at);
                self.fill(at, value);
                Ok(())
            }
            Err(failure) => {
                tries.latest = Some(failure);
                let next = tries.race && tries.begun < tries.count;
                match (next, tries.open.is_empty()) {
                    (true, _) => self.flights.hush(at),
                    (false, true) => return self.end_tries(at).map(drop),
                    (false, false) => return Ok(()),
                }
                self.try_next(at).map(drop)
            }
        }
    }

    /// Takes the items of a page, and asks for the next one if there is one.
    fn turn_page(&mut self, at: usize, page: Arc<Doc>) -> Result<(), Error> {
        let Work::Tries(tries) = &mut self.calls[at].work else {
            return Ok(());
        };
        let Some(pages) = &mut tries.pages else {
            return Ok(());
        };
        let row = pages.row;
        pages.read += 1;
        pages.add(&page);
        let cursor = follow(&page, row.cursor);
        if word::is_null(cursor) || Str::of(&page, cursor).is_empty() {
            return self.end_pages(at);
        }
        if pages.read >= row.most.min(MOST_PAGES) {
            return if row.truncate {
                self.end_pages(at)
            } else {
                Err(limit("pages_limit", self.program.calls[at].at()))
            };
        }
        pages.cursor = Some((page, cursor));
        tries.begun = 0;
        tries.open.clear();
        tries.latest = None;
        // The other one of a hedge has nothing more to say.
        self.forget(!(1 << at));
        self.try_next(at).map(drop)
    }

    /// All items are there: they are read as the one list that they are.
    fn end_pages(&mut self, at: usize) -> Result<(), Error> {
        let items = match &mut self.calls[at].work {
            Work::Tries(tries) => tries.pages.take().map(|pages| pages.items),
            _ => None,
        };
        self.stop(at);
        let list = format!("[{}]", items.unwrap_or_default());
        let limits = Limits {
            bytes: list.len().max(Limits::DEFAULT.bytes),
            ..Limits::DEFAULT
        };
        let kind = self.program.calls[at].row.kind.inner();
        match Doc::decode(list, kind, limits) {
            Ok(doc) => {
                self.fill(at, Some(Arc::new(doc)));
                Ok(())
            }
            Err(problem) => self.failed_call(at, unreadable(problem)),
        }
    }
}

impl Pages {
    /// Adds the items of a page, a list of JSON values, as they came.
    fn add(&mut self, page: &Doc) {
        let list = follow(page, self.row.items);
        if word::is_null(list) {
            return;
        }
        for item in 0..word::count(list) {
            if !self.items.is_empty() {
                self.items.push(',');
            }
            self.items.push_str(page.piece(page.word(word::index(list) + item)));
        }
    }
}

/// The word at the end of a way of fields.
fn follow(doc: &Doc, way: &[usize]) -> u64 {
    let mut at = doc.root();
    for field in way {
        if word::is_null(at) {
            return word::NULL;
        }
        at = doc.word(word::index(at) + field);
    }
    at
}

/// What ends a route that asks for more than it may.
pub(super) fn limit(code: &'static str, at: At) -> Error {
    Error::Fail {
        status: 500,
        code: Some(code),
        body: None,
        at,
    }
}
