//! Calls that make more than one request: how, and how long that takes at worst.

use super::{DEFAULT_TIMEOUT, Planner, RESERVE, text, time};
use crate::ir::service::{Call, How, Request};

impl Planner<'_> {
    /// How long a request with its rounds may take, milliseconds.
    pub(super) fn longest(&self, call: &Call, request: &Request) -> u64 {
        let attempt = self.attempt(request).millis.unwrap_or(DEFAULT_TIMEOUT);
        let hedge = request.hedge.as_ref().and_then(|hedge| time(hedge).millis).unwrap_or(0);
        let rounds = call.rounds(request) * (attempt + hedge);
        let whole = request
            .timeout
            .as_ref()
            .map(|timeout| time(timeout).millis.unwrap_or(DEFAULT_TIMEOUT));
        whole.unwrap_or(rounds)
    }

    /// The same of the call itself: of a race the one that ends last.
    pub(super) fn longest_race(&self, call: &Call) -> u64 {
        let own = self.longest(call, &call.request);
        let How::Race(rivals, stagger) = &call.how else {
            return own;
        };
        let ends = rivals
            .iter()
            .zip(1..)
            .map(|(rival, at)| at * stagger + self.longest(call, rival));
        ends.fold(own, u64::max)
    }

    /// How a call makes more than one request, and whether that takes longer than the route has.
    pub(super) fn manner(&self, call: &Call) -> Option<String> {
        let request = &call.request;
        let mut text = match (&call.how, &request.batch, &request.collect) {
            (How::Each(each), Some(batch), _) => {
                let many = self.operation(&batch.request);
                format!("up to {} keys through {many}, {} at once", each.max, batch.max)
            }
            (How::Each(each), None, _) => format!("up to {} keys, {} at once", each.max, each.concurrency),
            (How::Race(rivals, stagger), ..) => {
                let names: Vec<String> = rivals.iter().map(|rival| self.operation(rival)).collect();
                format!("racing with {} every {stagger}ms", names.join(", "))
            }
            (How::One, _, Some(collect)) => format!("up to {} pages", collect.most),
            (How::One, ..) => String::new(),
        };
        if let Some(hedge) = &request.hedge {
            let join = if text.is_empty() { "" } else { ", " };
            text = format!("{text}{join}hedged after {}", text::show(&time(hedge)));
        }
        let deadline = time(self.route.deadline.as_ref().unwrap_or(&self.service.client.deadline)).millis;
        let (rounds, longest) = (call.rounds(request), self.longest(call, request));
        if let Some(deadline) = deadline.filter(|deadline| rounds > 1 && longest + RESERVE > *deadline) {
            text = format!("{text}: {rounds} rounds may take {longest}ms, past the deadline of {deadline}ms");
        }
        (!text.is_empty()).then_some(text)
    }

    pub(super) fn operation(&self, request: &Request) -> String {
        let op = self.op(request);
        format!("{}.{}", self.service.upstreams[op.upstream.0 as usize].name, op.name)
    }
}
