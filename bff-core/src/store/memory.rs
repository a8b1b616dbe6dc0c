//! Keys and answers in the memory of the process, bounded in number and in bytes. A restart forgets them.

use std::collections::{BTreeSet, HashMap};
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};

use super::{Begin, Fingerprint, IdempotencyKey, IdempotencyStore, StoredAnswer};

/// What an entry takes besides its key and its answer, roughly.
const OVERHEAD: usize = 256;

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryLimits {
    /// Keys, running ones included; 100,000 by default.
    pub entries: usize,
    /// Bytes of keys and answers; 64 MiB by default.
    pub bytes: usize,
}

impl Default for MemoryLimits {
    fn default() -> Self {
        Self {
            entries: 100_000,
            bytes: 64 << 20,
        }
    }
}

/// The store of one process, for all its cores. Where room is wanted, the answer whose time is over first makes it: then its
/// request, should it come again, is a new one. Running requests are never forgotten.
#[derive(Debug, Default)]
pub struct MemoryStore {
    limits: MemoryLimits,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    entries: HashMap<Arc<IdempotencyKey>, Entry>,
    /// Answered entries by the end of their time.
    ends: BTreeSet<(Timestamp, u64)>,
    /// The key of each number in `ends`.
    numbers: HashMap<u64, Arc<IdempotencyKey>>,
    next: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    fingerprint: Fingerprint,
    ends: Timestamp,
    number: u64,
    size: usize,
    answer: Option<Arc<StoredAnswer>>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new(limits: MemoryLimits) -> Self {
        Self {
            limits,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked left counts that are at worst too high.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, key: &IdempotencyKey, fingerprint: Fingerprint, ttl: Duration, now: Timestamp) -> Begin {
        let mut state = self.state();
        state.expire(now);
        if let Some(entry) = state.entries.get(key) {
            return match &entry.answer {
                _ if entry.fingerprint != fingerprint => Begin::Mismatch,
                Some(answer) => Begin::Answered(Arc::clone(answer)),
                None => Begin::Running,
            };
        }
        let size = OVERHEAD + key.key.len() + key.principal.as_ref().map_or(0, |it| it.len());
        if !state.make_room(self.limits, 1, size) {
            return Begin::Full;
        }
        let ttl = SignedDuration::try_from(ttl).unwrap_or(SignedDuration::MAX);
        let entry = Entry {
            fingerprint,
            ends: now.checked_add(ttl).unwrap_or(Timestamp::MAX),
            number: state.next,
            size,
            answer: None,
        };
        state.next += 1;
        state.bytes += size;
        state.entries.insert(Arc::new(key.clone()), entry);
        Begin::First
    }

    fn keep(&self, key: &IdempotencyKey, answer: Arc<StoredAnswer>) {
        let mut state = self.state();
        let headers = answer
            .headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len());
        let size = answer.body.len() + headers.sum::<usize>();
        // An answer that is larger than all the room is kept alone: to run its request twice would be worse.
        state.make_room(self.limits, 0, size);
        let Some((key, entry)) = state.entries.get_key_value(key) else {
            return;
        };
        let (key, number, ends) = (Arc::clone(key), entry.number, entry.ends);
        state.ends.insert((ends, number));
        state.numbers.insert(number, Arc::clone(&key));
        state.bytes += size;
        if let Some(entry) = state.entries.get_mut(&key) {
            entry.size += size;
            entry.answer = Some(answer);
        }
    }

    fn free(&self, key: &IdempotencyKey) {
        let mut state = self.state();
        if state.entries.get(key).is_some_and(|entry| entry.answer.is_none()) {
            state.remove(key);
        }
    }
}

impl State {
    fn remove(&mut self, key: &IdempotencyKey) {
        if let Some(entry) = self.entries.remove(key) {
            self.bytes = self.bytes.saturating_sub(entry.size);
            self.ends.remove(&(entry.ends, entry.number));
            self.numbers.remove(&entry.number);
        }
    }

    fn remove_first(&mut self) -> bool {
        let Some(&(_, number)) = self.ends.first() else {
            return false;
        };
        if let Some(key) = self.numbers.get(&number).cloned() {
            self.remove(&key);
        }
        true
    }

    fn expire(&mut self, now: Timestamp) {
        while self.ends.first().is_some_and(|(ends, _)| *ends <= now) {
            self.remove_first();
        }
    }

    /// Forgets answers until there is room; false if there is none left to forget.
    fn make_room(&mut self, limits: MemoryLimits, entries: usize, bytes: usize) -> bool {
        let mut forgotten = 0_u32;
        let fits = loop {
            if self.entries.len() + entries <= limits.entries && self.bytes + bytes <= limits.bytes {
                break true;
            }
            if !self.remove_first() {
                break false;
            }
            forgotten += 1;
        };
        if forgotten > 0 {
            tracing::warn!(forgotten, "answers were forgotten before their time: the store is full");
        }
        fits
    }
}

impl IdempotencyStore for MemoryStore {
    fn begin<'a>(
        &'a self,
        key: &'a IdempotencyKey,
        fingerprint: Fingerprint,
        ttl: Duration,
        now: Timestamp,
    ) -> BoxFuture<'a, Begin> {
        Box::pin(ready(self.take(key, fingerprint, ttl, now)))
    }

    fn complete<'a>(&'a self, key: &'a IdempotencyKey, answer: Arc<StoredAnswer>) -> BoxFuture<'a, ()> {
        self.keep(key, answer);
        Box::pin(ready(()))
    }

    fn release<'a>(&'a self, key: &'a IdempotencyKey) -> BoxFuture<'a, ()> {
        self.free(key);
        Box::pin(ready(()))
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn key(key: &str) -> IdempotencyKey {
        IdempotencyKey {
            service: "mobile",
            route: "post_checkout",
            principal: None,
            key: key.into(),
        }
    }

    fn answer(bytes: usize) -> Arc<StoredAnswer> {
        Arc::new(StoredAnswer {
            status: 201,
            headers: HeaderMap::new(),
            body: vec![b'x'; bytes].into(),
        })
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn a_key_is_free_then_running_then_answered_then_over() {
        let store = MemoryStore::default();
        let (a, print) = (key("a"), [1; 32]);
        assert!(matches!(store.take(&a, print, HOUR, at(0)), Begin::First));
        assert!(matches!(store.take(&a, print, HOUR, at(1)), Begin::Running));
        assert!(matches!(store.take(&a, [2; 32], HOUR, at(1)), Begin::Mismatch));
        store.keep(&a, answer(3));
        let Begin::Answered(found) = store.take(&a, print, HOUR, at(3599)) else {
            panic!("not answered");
        };
        assert_eq!((found.status, &found.body[..]), (201, &b"xxx"[..]));
        assert!(matches!(store.take(&a, [2; 32], HOUR, at(3599)), Begin::Mismatch));
        assert!(matches!(store.take(&a, print, HOUR, at(3600)), Begin::First));
    }

    #[test]
    fn keys_of_other_routes_and_callers_are_other_keys() {
        let store = MemoryStore::default();
        assert!(matches!(store.take(&key("a"), [1; 32], HOUR, at(0)), Begin::First));
        let other = IdempotencyKey {
            route: "post_orders",
            ..key("a")
        };
        assert!(matches!(store.take(&other, [1; 32], HOUR, at(0)), Begin::First));
        let other = IdempotencyKey {
            principal: Some("u1".into()),
            ..key("a")
        };
        assert!(matches!(store.take(&other, [1; 32], HOUR, at(0)), Begin::First));
    }

    #[test]
    fn a_released_key_is_free_and_an_answered_one_is_not_released() {
        let store = MemoryStore::default();
        store.take(&key("a"), [1; 32], HOUR, at(0));
        store.free(&key("a"));
        assert!(matches!(store.take(&key("a"), [2; 32], HOUR, at(0)), Begin::First));
        store.keep(&key("a"), answer(1));
        store.free(&key("a"));
        assert!(matches!(
            store.take(&key("a"), [2; 32], HOUR, at(0)),
            Begin::Answered(_)
        ));
        store.free(&key("never seen"));
        store.keep(&key("never seen"), answer(1));
        assert_eq!(store.state().entries.len(), 1);
    }

    #[test]
    fn room_is_made_by_the_answer_that_ends_first_and_never_by_a_running_one() {
        let limits = MemoryLimits {
            entries: 3,
            bytes: 10_000,
        };
        let store = MemoryStore::new(limits);
        for (name, ttl) in [("late", 3 * HOUR), ("early", HOUR), ("running", HOUR)] {
            assert!(matches!(store.take(&key(name), [1; 32], ttl, at(0)), Begin::First));
        }
        store.keep(&key("late"), answer(10));
        store.keep(&key("early"), answer(10));
        assert!(matches!(store.take(&key("new"), [1; 32], HOUR, at(0)), Begin::First));
        assert!(matches!(
            store.take(&key("late"), [1; 32], HOUR, at(0)),
            Begin::Answered(_)
        ));
        assert!(matches!(store.take(&key("newer"), [1; 32], HOUR, at(0)), Begin::First));
        // All three are running now.
        assert!(matches!(store.take(&key("newest"), [1; 32], HOUR, at(0)), Begin::Full));
        assert!(matches!(
            store.take(&key("running"), [1; 32], HOUR, at(0)),
            Begin::Running
        ));
    }

    #[test]
    fn bytes_are_bounded_and_given_back() {
        let limits = MemoryLimits {
            entries: 100,
            bytes: 4_000,
        };
        let store = MemoryStore::new(limits);
        for number in 0..50 {
            let key = key(&number.to_string());
            assert!(matches!(store.take(&key, [1; 32], HOUR, at(number)), Begin::First));
            store.keep(&key, answer(1_000));
            assert!(store.state().bytes <= 4_000);
        }
        store.state().expire(at(10_000));
        let state = store.state();
        assert_eq!((state.bytes, state.entries.len(), state.numbers.len()), (0, 0, 0));
    }
}
