//! Liveness (E0405): a call that only reads and is never read is a mistake.

use super::Checker;
use crate::diagnostic::Diagnostic;

impl Checker<'_> {
    /// Reports calls that nothing reads.
    pub(super) fn never_read(&mut self) {
        let read = self.order.read();
        let unread: Vec<_> = (self.order.items.iter())
            .filter(|(name, item)| item.is_call && !read.contains(name.as_str()))
            .map(|(name, item)| (name.clone(), item.span))
            .collect();
        for (name, span) in unread {
            self.sink.push(
                Diagnostic::error("E0405", span, format!("the result of `{name}` is never used"))
                    .help("remove the call, or use it in `respond`"),
            );
        }
    }
}
