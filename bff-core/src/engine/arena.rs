//! Keeps computed documents for as long as a request, behind a shared reference.

use super::doc::Doc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The first chunk holds 8 documents, each further one twice as many as the one before.
const FIRST: usize = 8;
const CHUNKS: usize = 32;

/// An append-only list of documents: what was kept stays where it is, so views into it live as long as the arena.
#[derive(Debug, Default)]
pub struct Arena {
    count: AtomicUsize,
    chunks: [OnceLock<Box<[OnceLock<Doc>]>>; CHUNKS],
}

impl Arena {
    /// An empty arena.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a document and lends it.
    pub fn keep(&self, doc: Doc) -> &Doc {
        let number = self.count.fetch_add(1, Ordering::Relaxed) + FIRST;
        // Chunk n starts at number 8 * 2^n, so the highest bit tells the chunk and the rest the place in it.
        let level = (number / FIRST).ilog2() as usize;
        let size = FIRST << level;
        let chunk = self.chunks[level].get_or_init(|| (0..size).map(|_| OnceLock::new()).collect());
        chunk[number - size].get_or_init(|| doc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::decode::Limits;
    use crate::engine::value::Read;

    #[test]
    fn kept_documents_stay_readable_while_others_are_added() {
        let arena = Arena::new();
        let docs: Vec<&Doc> = (0..1000)
            .map(|number: i64| {
                arena.keep(Doc::decode(number.to_string(), &<i64 as Read>::KIND, Limits::DEFAULT).expect("an integer"))
            })
            .collect();
        for (number, doc) in docs.into_iter().enumerate() {
            assert_eq!(doc.read::<i64>(), number as i64);
        }
    }
}
