//! Per-item calls: one answer for each key, through a batch or by requests of their own, with arms for each element.

use std::sync::Arc;

use tokio::time::Instant;

use super::calls::Written;
use super::tries::limit;
use super::{Run, Work, fault_error};
use crate::engine::doc::Doc;
use crate::engine::flight::Bound;
use crate::engine::invoke::{Each, How, Listing};
use crate::engine::keyed::{Joined, Keys};
use crate::engine::plan::Kind;
use crate::engine::program::{ArmProgram, CallProgram, Stage};
use crate::engine::table::Op;
use crate::engine::value::Str;
use crate::engine::var::Turn;
use crate::engine::word;
use crate::error::{Error, Failure, FailureKind};

/// The elements of a per-item call that is under way.
pub(super) struct Elements {
    row: &'static Each,
    pub(super) keys: Keys,
    /// The document of the elements, and the word of each there.
    items: Arc<Doc>,
    words: Vec<u64>,
    states: Vec<State>,
    /// Where the value of each lies, and the documents.
    places: Vec<Option<(u32, u64)>>,
    docs: Vec<Arc<Doc>>,
    /// The first element that has not begun, where each has a request of its own.
    fresh: usize,
    /// Elements whose arm has not begun.
    in_arms: Vec<usize>,
    /// Single requests on their way.
    singles: usize,
    requests: Vec<Request>,
    /// Elements without an end.
    pub(super) open: usize,
    bound: Bound,
}

/// Where an element stands.
#[derive(Clone, Default)]
struct State {
    stage: Stage,
    first: Option<FailureKind>,
    latest: Option<Failure>,
}

/// A request of a per-item call.
pub(super) struct Request {
    stage: Stage,
    /// Its elements, and for a batch the number of what each asks for.
    pub(super) elements: Vec<(usize, usize)>,
    /// What a batch asks for.
    asked: Option<Arc<Keys>>,
}

/// Elements of a call that are to ask a batch.
pub(super) struct Intent {
    pub(super) call: usize,
    pub(super) stage: Stage,
    pub(super) elements: Vec<usize>,
}

impl Elements {
    /// The operation that a request went to, and what its answer is read as.
    pub(super) fn reading(&self, call: &CallProgram, part: u32) -> Option<(&'static Op, &'static Kind)> {
        let request = self.requests.get(part as usize)?;
        let sending = call.sending(request.stage)?;
        match (&request.asked, &sending.batch) {
            (Some(_), Some(batch)) => Some((batch.to.op, batch.row.answer)),
            _ => Some((sending.op, sending.kind(call.row))),
        }
    }

    /// The calls that arms of its elements wait for.
    pub(super) fn needs(&self, call: &CallProgram) -> u64 {
        let stages = self.in_arms.iter().map(|element| self.states[*element].stage);
        stages.fold(0, |needs, stage| needs | call.needs(stage))
    }

    /// A new request; gives its number.
    pub(super) fn request(&mut self, stage: Stage, elements: Vec<(usize, usize)>, asked: Option<Arc<Keys>>) -> u32 {
        self.requests.push(Request { stage, elements, asked });
        self.requests.len() as u32 - 1
    }

    /// The document and the word of an element.
    pub(super) fn item(&self, element: usize) -> (&Arc<Doc>, u64) {
        (&self.items, self.words[element])
    }

    /// The end of waiting for what a stage begins now.
    pub(super) fn bound(&self, stage: Stage) -> Option<Bound> {
        (stage == Stage::Main).then_some(self.bound)
    }

    pub(super) fn put(&mut self, element: usize, value: Option<(u32, u64)>) {
        self.places[element] = value;
        self.open -= 1;
    }

    fn keep(&mut self, doc: Arc<Doc>) -> u32 {
        self.docs.push(doc);
        self.docs.len() as u32 - 1
    }

    /// The kind of the first element, in the order of the keys, that took an `else`.
    fn degraded(&self) -> Option<FailureKind> {
        let degraded = self.states.iter().find(|state| matches!(state.stage, Stage::Or(_)))?;
        degraded.first
    }
}

impl<'r> Run<'r> {
    /// What is under way of a per-item call.
    pub(super) fn elements(&mut self, at: usize) -> Option<&mut Elements> {
        match &mut self.calls[at].work {
            Work::Each(each) => Some(each),
            Work::None | Work::Tries(_) => None,
        }
    }

    /// Finds the keys of a per-item call and begins with its elements; true if that was all.
    pub(super) fn begin_each(&mut self, at: usize) -> Result<bool, Error> {
        let call = &self.program.calls[at];
        let How::Each(row) = call.row.how else {
            return Ok(false);
        };
        let listed = self.list(at, &row.keys)?;
        let items = match &row.items {
            Some(items) => self.list(at, items)?,
            None => Arc::clone(&listed),
        };
        let mut keys = Keys::default();
        let mut words = Vec::new();
        for number in 0..count(&listed) {
            let key = element(&listed, number, row.keys.kind);
            if word::is_null(key) || !keys.insert(&Str::of(&listed, key).text()).1 {
                continue;
            }
            if words.len() == row.max {
                if row.truncate {
                    keys.pop();
                    break;
                }
                return Err(limit("fanout_limit", call.at()));
            }
            let kind = row.items.as_ref().map_or(row.keys.kind, |items| items.kind);
            words.push(element(&items, number, kind));
        }
        let (open, bound) = (words.len(), self.bound(&call.main));
        self.calls[at].work = Work::Each(Box::new(Elements {
            row,
            keys,
            items,
            states: vec![State::default(); open],
            places: vec![None; open],
            words,
            docs: Vec::new(),
            fresh: 0,
            in_arms: Vec::new(),
            singles: 0,
            requests: Vec::new(),
            open,
            bound,
        }));
        self.go_on(at)
    }

    /// The list that a function of the route writes.
    fn list(&mut self, at: usize, listing: &Listing) -> Result<Arc<Doc>, Error> {
        let listed = Doc::compute(listing.kind, |out| (listing.write.run)(&self.slots, out));
        listed
            .map(Arc::new)
            .map_err(|fault| fault_error(fault, self.program.calls[at].at()))
    }

    /// Begins what can be begun of a per-item call; true if it ended, one way or the other.
    pub(super) fn go_on(&mut self, at: usize) -> Result<bool, Error> {
        if self.begin_arms(at)? {
            return Ok(true);
        }
        self.begin_fresh(at)?;
        let Some(each) = self.elements(at) else {
            return Ok(true);
        };
        let waits = each.fresh < each.words.len() || !each.in_arms.is_empty();
        if each.open == 0 {
            self.end_each(at);
            return Ok(true);
        }
        self.waiting = if waits {
            self.waiting | 1 << at
        } else {
            self.waiting & !(1 << at)
        };
        Ok(false)
    }

    /// Begins elements that have not been asked for: all at once through a batch, else as many as may be on their way.
    fn begin_fresh(&mut self, at: usize) -> Result<(), Error> {
        let call = &self.program.calls[at];
        let batches = call.main.batch.is_some();
        loop {
            let Some(each) = self.elements(at) else {
                return Ok(());
            };
            let element = each.fresh;
            if element == each.words.len() || !batches && each.singles >= each.row.concurrency {
                return Ok(());
            }
            if batches {
                let elements = (element..each.words.len()).collect();
                each.fresh = each.words.len();
                self.intents.push(Intent {
                    call: at,
                    stage: Stage::Main,
                    elements,
                });
                return Ok(());
            }
            each.fresh += 1;
            self.begin_single(at, element, Stage::Main)?;
        }
    }

    /// Begins the arms of elements whose names are there; true if the call has failed.
    fn begin_arms(&mut self, at: usize) -> Result<bool, Error> {
        let call = &self.program.calls[at];
        let Some(each) = self.elements(at) else {
            return Ok(true);
        };
        let mut later = Vec::new();
        for element in std::mem::take(&mut each.in_arms) {
            let Some(each) = self.elements(at) else {
                return Ok(true);
            };
            let (stage, full) = (each.states[element].stage, each.singles >= each.row.concurrency);
            let needs = call.needs(stage);
            if needs & self.failed != 0 {
                self.lose_dependent(at, needs)?;
                return Ok(true);
            }
            let sends = call.sending(stage);
            let single = sends.is_some_and(|sending| sending.batch.is_none());
            if needs & !self.done != 0 || single && full {
                later.push(element);
                continue;
            }
            self.calls[at].read |= needs;
            match (call.arm(stage), sends) {
                (_, Some(sending)) if sending.batch.is_some() => self.intend(at, stage, element),
                (_, Some(_)) => self.begin_single(at, element, stage)?,
                (Some(arm), None) => self.take_arm(at, element, arm)?,
                (None, None) => {}
            }
        }
        match self.elements(at) {
            Some(each) => {
                each.in_arms.extend(later);
                Ok(false)
            }
            None => Ok(true),
        }
    }

    /// An element asks a batch, together with others in its stage.
    fn intend(&mut self, at: usize, stage: Stage, element: usize) {
        let same = |intent: &&mut Intent| intent.call == at && intent.stage == stage;
        match self.intents.iter_mut().find(same) {
            Some(intent) => intent.elements.push(element),
            None => self.intents.push(Intent {
                call: at,
                stage,
                elements: vec![element],
            }),
        }
    }

    /// From now on functions of a call read this element, and the failure that an arm of it stands in for.
    pub(super) fn turn_to(&mut self, at: usize, element: usize) {
        let Work::Each(each) = &self.calls[at].work else {
            return;
        };
        let (doc, word) = each.item(element);
        self.slots.turn(Turn::Item, doc, word);
        let latest = each.states[element].latest.as_ref();
        self.slots.frame.stand_in(self.program.calls[at].row.name, latest);
    }

    /// The value of an arm that sends nothing.
    fn take_arm(&mut self, at: usize, element: usize, arm: &'r ArmProgram) -> Result<(), Error> {
        let call = &self.program.calls[at];
        self.turn_to(at, element);
        let value = self.value_of(arm, call.value_kind(), call.at())?;
        self.settle(at, element, value);
        Ok(())
    }

    /// An element has its value; without one, or with null, it is not in the map.
    fn settle(&mut self, at: usize, element: usize, value: Option<Arc<Doc>>) {
        let Some(each) = self.elements(at) else {
            return;
        };
        let value = value.filter(|doc| !doc.is_null()).map(|doc| {
            let root = doc.root();
            (each.keep(doc), root)
        });
        each.put(element, value);
    }

    fn begin_single(&mut self, at: usize, element: usize, stage: Stage) -> Result<(), Error> {
        let call = &self.program.calls[at];
        let Some(sending) = call.sending(stage) else {
            return Ok(());
        };
        self.turn_to(at, element);
        match self.write_request(at, sending.args, sending.op)? {
            Written::Request(written) => {
                let now = Instant::now();
                let Some(each) = self.elements(at) else {
                    return Ok(());
                };
                each.singles += 1;
                let part = each.request(stage, vec![(element, 0)], None);
                let bound = each.bound(stage);
                let bound = bound.unwrap_or_else(|| Bound::new(now, sending.whole, self.budget()));
                let waiter = self.waiter(at, part, bound);
                self.prepare(sending, written, waiter, false);
                Ok(())
            }
            Written::NotSent => {
                self.settle(at, element, None);
                Ok(())
            }
            Written::Hollow => self.element_failed(at, element, Written::hollow()),
        }
    }

    /// What a request of a per-item call brought.
    pub(super) fn each_answered(
        &mut self,
        at: usize,
        part: u32,
        value: Result<Option<Arc<Doc>>, Failure>,
    ) -> Result<(), Error> {
        let Some(each) = self.elements(at) else {
            return Ok(());
        };
        let Some(request) = each.requests.get_mut(part as usize) else {
            return Ok(());
        };
        let (stage, asked) = (request.stage, request.asked.take());
        let elements = std::mem::take(&mut request.elements);
        each.singles -= usize::from(asked.is_none());
        match (value, asked) {
            (Ok(value), None) => elements
                .into_iter()
                .for_each(|(element, _)| self.settle(at, element, value.clone())),
            (Ok(answer), Some(asked)) => self.batch_answered(at, stage, &elements, &asked, answer)?,
            (Err(failure), _) => {
                for (element, _) in elements {
                    self.element_failed(at, element, failure.clone())?;
                }
            }
        }
        // Whether there is more to begin is seen in the next sweep.
        if self.elements(at).is_some() {
            self.waiting |= 1 << at;
        }
        Ok(())
    }

    /// Gives each element its part of an answer. What was not asked for is left alone; what is not there is a 404.
    fn batch_answered(
        &mut self,
        at: usize,
        stage: Stage,
        elements: &[(usize, usize)],
        asked: &Keys,
        answer: Option<Arc<Doc>>,
    ) -> Result<(), Error> {
        let call = &self.program.calls[at];
        let mut found = vec![None; asked.len()];
        if let (Some(answer), Some(batch)) = (&answer, call.sending(stage).and_then(|it| it.batch.as_ref())) {
            for number in 0..count(answer) {
                let at = element(answer, number, batch.row.answer);
                if word::is_null(at) {
                    continue;
                }
                let key = Str::of(answer, answer.word(word::index(at) + batch.row.by));
                if let Some(number) = asked.find(key) {
                    found[number].get_or_insert(at);
                }
            }
        }
        let doc = match (answer, self.elements(at)) {
            (Some(answer), Some(each)) => each.keep(answer),
            _ => 0,
        };
        for (element, number) in elements {
            match (found[*number], self.elements(at)) {
                (Some(word), Some(each)) => each.put(*element, Some((doc, word))),
                (None, Some(_)) => {
                    let failure = Failure::new(FailureKind::Status(404), "it is not in the answer of the batch");
                    self.element_failed(at, *element, failure)?;
                }
                (_, None) => break,
            }
        }
        Ok(())
    }

    /// An element failed in its current stage: the arm for that, else the next `else`, else the call has failed for good.
    pub(super) fn element_failed(&mut self, at: usize, element: usize, failure: Failure) -> Result<(), Error> {
        let call = &self.program.calls[at];
        let Some(each) = self.elements(at) else {
            return Ok(());
        };
        let state = &mut each.states[element];
        let stage = state.stage;
        if stage == Stage::Main {
            state.first = Some(failure.kind);
        }
        let Some(next) = call.next_stage(stage, failure.kind) else {
            self.fail_for_good(at, stage, failure)?;
            return Ok(());
        };
        state.stage = next;
        state.latest = Some(failure);
        each.in_arms.push(element);
        self.waiting |= 1 << at;
        Ok(())
    }

    /// Every element has ended: the map is there.
    fn end_each(&mut self, at: usize) {
        let Work::Each(each) = std::mem::take(&mut self.calls[at].work) else {
            return;
        };
        if let Some(kind) = each.degraded() {
            self.degraded |= 1 << at;
            self.calls[at].first = Some(kind);
        }
        let joined = Joined::new(each.keys, each.places, each.docs);
        self.fill(at, Some(Arc::new(Doc::joined(joined))));
    }
}

/// How many elements a list has.
fn count(list: &Doc) -> usize {
    match word::is_null(list.root()) {
        true => 0,
        false => word::count(list.root()),
    }
}

/// The word of an element of a list of this kind.
fn element(list: &Doc, number: usize, kind: &Kind) -> u64 {
    let first = word::index(list.root());
    match kind.inner() {
        Kind::List(Kind::Rec(plan)) => word::at(first + number * plan().fields.len(), 1),
        _ => list.word(first + number),
    }
}
