//! Batches: what elements of per-item calls ask one operation for, in as few requests as it allows.

use std::sync::Arc;

use super::calls::{Prepared, Written};
use super::each::Intent;
use super::{Run, fault_error};
use crate::engine::doc::Doc;
use crate::engine::flight::Bound;
use crate::engine::keyed::Keys;
use crate::engine::program::{BatchProgram, Program};
use crate::engine::value::{Form, Str, unescape};
use crate::engine::var::Turn;
use crate::engine::{Limits, Out};
use crate::error::{Error, Failure, FailureKind};
use crate::upstream::Outbound;

/// What calls ask a batch for together: each thing once, as text and as JSON.
#[derive(Default)]
struct Wanted {
    keys: Keys,
    json: Vec<String>,
}

impl Wanted {
    /// The number of what a piece of JSON asks for; none for null.
    fn add(&mut self, json: String) -> Option<usize> {
        let inside = json.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let (number, new) = match inside {
            Some(octets) if octets.contains('\\') => self.keys.insert(&unescape(octets)?),
            Some(octets) => self.keys.insert(octets),
            None if json == "null" => return None,
            None => self.keys.insert(&json),
        };
        if new {
            self.json.push(json);
        }
        Some(number)
    }
}

/// Elements of one call, and what each asks for.
struct Member {
    intent: Intent,
    /// The element and the number of what it asks for.
    asks: Vec<(usize, usize)>,
}

impl<'r> Run<'r> {
    /// Makes requests of what elements want to ask batches for. Calls of one operation share them, whichever statement they
    /// come from. True if some of them ended instead, or failed.
    pub(super) fn form_batches(&mut self) -> Result<bool, Error> {
        let before = self.waiting;
        let mut intents = std::mem::take(&mut self.intents);
        while !intents.is_empty() {
            let first = intents.remove(0);
            let Some(batch) = batch_of(self.program, &first) else {
                continue;
            };
            let mut wanted = Wanted::default();
            let mut members = vec![self.member(first, &mut wanted)?];
            let (others, rest) = intents.into_iter().partition(|other| {
                batch_of(self.program, other).is_some_and(|other| std::ptr::eq(other.row.op, batch.row.op))
            });
            intents = rest;
            let mut apart = Vec::new();
            for other in others {
                match self.joins(batch, &members[0], &other)? {
                    true => members.push(self.member(other, &mut wanted)?),
                    false => apart.push(other),
                }
            }
            intents.splice(0..0, apart);
            self.chunks(batch, &members, wanted)?;
        }
        Ok(self.waiting != before)
    }

    /// What the elements of an intent ask for, added to what is wanted already. Elements that ask for null end here.
    fn member(&mut self, intent: Intent, wanted: &mut Wanted) -> Result<Member, Error> {
        let mut asks = Vec::new();
        for element in &intent.elements {
            let json = self.asked(&intent, *element)?;
            match wanted.add(json) {
                Some(number) => asks.push((*element, number)),
                None => {
                    if let Some(each) = self.elements(intent.call) {
                        each.put(*element, None);
                    }
                }
            }
        }
        if asks.len() < intent.elements.len() {
            // It may have been the last one.
            self.waiting |= 1 << intent.call;
        }
        Ok(Member { intent, asks })
    }

    /// What one element asks for, as JSON.
    fn asked(&mut self, intent: &Intent, element: usize) -> Result<String, Error> {
        let at = intent.call;
        self.turn_to(at, element);
        let value = batch_of(self.program, intent).and_then(|batch| batch.row.value);
        let Some(value) = value else {
            let Some(each) = self.elements(at) else {
                return Ok("null".to_owned());
            };
            let (doc, word) = each.item(element);
            return Ok(json_of(Str::of(doc, word)));
        };
        let mut out = Out::new();
        let written = (value.run)(&self.slots, &mut out).and_then(|()| out.finish());
        let written = written.map_err(|fault| fault_error(fault, self.program.calls[at].at()))?;
        String::from_utf8(written).map_err(|_| Error::Internal {
            detail: format!("{}: the writer wrote no UTF-8", self.program.calls[at].at()),
        })
    }

    /// Whether another call would send the same request for the same things: then they share it.
    fn joins(&mut self, batch: &'r BatchProgram, first: &Member, other: &Intent) -> Result<bool, Error> {
        let Some(of_other) = batch_of(self.program, other) else {
            return Ok(false);
        };
        let mut sample = Wanted::default();
        if let Some(element) = other.elements.first() {
            let json = self.asked(other, *element)?;
            sample.add(json);
        }
        let things = self.things(other.call, of_other, &sample.json)?;
        let own = self.write_batch(first.intent.call, batch, &things)?;
        let others = self.write_batch(other.call, of_other, &things)?;
        Ok(matches!((own, others), (Written::Request(own), Written::Request(others)) if own == others))
    }

    /// A list of things as the operation's function takes it.
    fn things(&self, at: usize, batch: &BatchProgram, json: &[String]) -> Result<Arc<Doc>, Error> {
        let list = format!("[{}]", json.join(","));
        let doc = Doc::decode(list, batch.row.keys, Limits::DEFAULT);
        doc.map(Arc::new).map_err(|problem| Error::Internal {
            detail: format!(
                "{}: the keys of a batch do not fit: {problem}",
                self.program.calls[at].at()
            ),
        })
    }

    fn write_batch(&mut self, at: usize, batch: &BatchProgram, things: &Arc<Doc>) -> Result<Written, Error> {
        self.slots.turn(Turn::Keys, things, things.root());
        self.write_request(at, batch.row.args, batch.to.op)
    }

    /// Writes a request for each chunk; the calls whose elements are in it wait for it.
    fn chunks(&mut self, batch: &'r BatchProgram, members: &[Member], wanted: Wanted) -> Result<(), Error> {
        let Some(leader) = members.first().map(|member| member.intent.call) else {
            return Ok(());
        };
        let max = members
            .iter()
            .filter_map(|member| batch_of(self.program, &member.intent));
        let max = max.map(|batch| batch.row.max).min().unwrap_or(batch.row.max).max(1);
        let asked = Arc::new(wanted.keys);
        for (chunk, json) in wanted.json.chunks(max).enumerate() {
            let things = self.things(leader, batch, json)?;
            let numbers = chunk * max..chunk * max + json.len();
            let inside = |member: &Member| -> Vec<(usize, usize)> {
                member
                    .asks
                    .iter()
                    .copied()
                    .filter(|(_, number)| numbers.contains(number))
                    .collect()
            };
            match self.write_batch(leader, batch, &things)? {
                Written::Request(written) => self.prepare_chunk(batch, members, written, &asked, inside),
                Written::NotSent => {
                    for member in members {
                        for (element, _) in inside(member) {
                            if let Some(each) = self.elements(member.intent.call) {
                                each.put(element, None);
                            }
                        }
                        self.waiting |= 1 << member.intent.call;
                    }
                }
                Written::Hollow => {
                    let failure = Failure::new(FailureKind::Status(404), "a path argument names nothing");
                    for member in members {
                        for (element, _) in inside(member) {
                            self.element_failed(member.intent.call, element, failure.clone())?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn prepare_chunk(
        &mut self,
        batch: &'r BatchProgram,
        members: &[Member],
        written: Outbound,
        asked: &Arc<Keys>,
        inside: impl Fn(&Member) -> Vec<(usize, usize)>,
    ) {
        let now = tokio::time::Instant::now();
        let mut waiters = Vec::new();
        for member in members {
            let (at, stage, elements) = (member.intent.call, member.intent.stage, inside(member));
            if elements.is_empty() {
                continue;
            }
            let whole = self.program.calls[at].sending(stage).and_then(|sending| sending.whole);
            let budget = self.budget();
            let Some(each) = self.elements(at) else {
                continue;
            };
            let bound = each.bound(stage).unwrap_or_else(|| Bound::new(now, whole, budget));
            let part = each.request(stage, elements, Some(Arc::clone(asked)));
            waiters.push(self.waiter(at, part, bound));
        }
        if !waiters.is_empty() {
            self.prepared.push(Prepared {
                sending: &batch.to,
                written,
                waiters,
                hedge: false,
            });
        }
    }
}

fn batch_of<'p>(program: &'p Program, intent: &Intent) -> Option<&'p BatchProgram> {
    let sending = program.calls[intent.call].sending(intent.stage)?;
    sending.batch.as_deref()
}

/// A scalar of a document as JSON.
fn json_of(text: Str<'_>) -> String {
    match text.octets() {
        (octets, Form::Number) => octets.to_owned(),
        (octets, Form::Plain | Form::Escaped) => format!("\"{octets}\""),
        (octets, Form::Rust) => format!("{octets:?}"),
    }
}
