//! What a call may send: to which operations, how many requests at worst, and in how many rounds.

use super::service::{Call, CallArm, How, Request};
use crate::model::types::OpId;

impl Call {
    /// The most requests that it, its arms and its undo send; retries are bounded elsewhere.
    pub fn worst_requests(&self) -> u64 {
        let keys = self.keys();
        let rivals = match &self.how {
            How::Race(rivals, _) => rivals.iter().map(|rival| rival.worst_requests(None)).sum(),
            How::One | How::Each(_) => 0,
        };
        let arms = self.arm_requests().map(|request| request.worst_requests(keys));
        let undo = u64::from(self.undo.is_some());
        self.request.worst_requests(keys) + rivals + arms.sum::<u64>() + undo
    }

    /// The operations that it and its arms ask; where keys go through a batch, the one that answers for many.
    pub fn asked(&self) -> impl Iterator<Item = OpId> {
        let rivals = match &self.how {
            How::Race(rivals, _) => &rivals[..],
            How::One | How::Each(_) => &[],
        };
        let requests = std::iter::once(&self.request).chain(rivals).chain(self.arm_requests());
        requests.map(|request| request.batch.as_ref().map_or(request.op, |batch| batch.request.op))
    }

    /// The requests of its arms.
    pub fn arm_requests(&self) -> impl Iterator<Item = &Request> {
        let arms = self.on.iter().map(|(_, arm)| arm).chain(&self.or);
        arms.filter_map(|arm| match arm {
            CallArm::Call(request, _) => Some(request),
            _ => None,
        })
    }

    /// The most keys, of a call for each element.
    pub fn keys(&self) -> Option<u64> {
        match &self.how {
            How::Each(each) => Some(each.max),
            How::One | How::Race(..) => None,
        }
    }

    /// How many times one of its requests may wait for the one before: chunks, single requests, pages.
    pub fn rounds(&self, request: &Request) -> u64 {
        let pages = request.collect.as_ref().map_or(1, |collect| collect.most);
        match (&self.how, &request.batch) {
            (How::Each(each), Some(batch)) => each.max.div_ceil(batch.max),
            (How::Each(each), None) => each.max.div_ceil(each.concurrency),
            _ => pages,
        }
    }
}

impl Request {
    fn worst_requests(&self, keys: Option<u64>) -> u64 {
        let pages = self.collect.as_ref().map_or(1, |collect| collect.most);
        let tries = if self.hedge.is_some() { 2 } else { 1 };
        match (keys, &self.batch) {
            (Some(keys), Some(batch)) => keys.div_ceil(batch.max),
            (Some(keys), None) => keys,
            (None, _) => pages * tries,
        }
    }
}
