//! Which `respond` answers, and what it writes.

use http::HeaderMap;

use super::{Answer, Run, bits, fault_error};
use crate::engine::program::Stage;
use crate::engine::table::Reply;
use crate::engine::{HeaderOut, Out};
use crate::error::{Error, FailureKind};

impl Run<'_> {
    /// Decides the `respond`s in text order, as far as their names are there.
    pub(super) fn decide_replies(&mut self) -> Result<Option<Answer>, Error> {
        if !self.guards.is_empty() || self.open_effects() != 0 {
            return Ok(None);
        }
        while let Some(reply) = self.program.route.replies.get(self.reply) {
            if !self.chosen {
                let when = reply.when.map_or(0, |test| test.needs);
                if let Some(error) = self.take_failure(when) {
                    return Err(error);
                }
                if when & !self.done != 0 {
                    return Ok(None);
                }
                if let Some(test) = reply.when
                    && !self.holds(test.run, reply.at)?
                {
                    self.reply += 1;
                    continue;
                }
                self.choose(reply);
            }
            if let Some(error) = self.take_failure(self.needs_of(reply)) {
                return Err(error);
            }
            let ready = self.needs_of(reply) & !self.done == 0;
            return if ready { self.answer(reply).map(Some) } else { Ok(None) };
        }
        Err(Error::Internal {
            detail: format!("{}: no respond holds", self.program.route.at),
        })
    }

    /// This `respond` answers: what it does not need is dropped.
    fn choose(&mut self, reply: &Reply) {
        self.chosen = true;
        let keep = self.may_need(self.needs_of(reply));
        self.waiting &= keep;
        self.forget(keep);
    }

    /// The names that a `respond` reads in the answer to this request.
    fn needs_of(&self, reply: &Reply) -> u64 {
        reply.needs() & !self.unread
    }

    fn answer(&mut self, reply: &'static Reply) -> Result<Answer, Error> {
        let degraded: Vec<_> = bits(self.degraded & self.read_by(reply)).collect();
        let name = |&at: &usize| self.program.calls[at].row.name;
        self.slots.frame.stand_in("", None);
        self.slots.frame.degraded = degraded.iter().map(name).collect();
        let located = |fault| fault_error(fault, reply.at);
        let mut headers = HeaderMap::new();
        if let Some(write) = reply.headers {
            (write.run)(&self.slots, &mut HeaderOut::new(&mut headers)).map_err(located)?;
        }
        let mut stream = None;
        let body = reply.body.map(|body| {
            let mut out = Out::after(Vec::with_capacity(1024), self.decimals);
            (body.run)(&self.slots, &mut out)?;
            stream = out.written_stream();
            out.finish()
        });
        let mut body = body.transpose().map_err(located)?;
        let stream = stream.map(|stream| {
            body = None;
            self.streams.take(stream).ok_or_else(|| Error::Internal {
                detail: format!("{}: a stream was used twice", reply.at),
            })
        });
        let stream = stream.transpose()?;
        let kind = |at: usize| self.calls[at].first.unwrap_or(FailureKind::Decode);
        let degraded = degraded.iter().map(|&at| (name(&at), kind(at))).collect();
        Ok(Answer {
            status: reply.status,
            headers,
            body,
            stream,
            degraded,
        })
    }

    /// The calls that an answer reads, also through other calls and the arms that were taken.
    fn read_by(&self, reply: &Reply) -> u64 {
        let mut read = self.needs_of(reply) | reply.when.map_or(0, |test| test.needs);
        loop {
            let through = |needs, at: usize| {
                let call = &self.program.calls[at];
                needs | call.needs(Stage::Main) | call.needs(self.calls[at].stage) | self.calls[at].read
            };
            let next = bits(read).fold(read, through);
            if next == read {
                return read;
            }
            read = next;
        }
    }
}
