//! Fragments are checked once by themselves, over the type that they are on, so that a mistake in one is said once.

use super::Checker;
use super::expr::Building;
use super::value::Value;
use crate::ir::expr::{ExprKind, LocalId};
use crate::model::types::FragmentId;

impl Checker<'_> {
    /// Checks every fragment.
    pub(super) fn fragments(&mut self) {
        self.notes.alone = true;
        for index in 0..self.model.fragments.len() as u32 {
            let fragment = &self.model.fragments[index as usize];
            let subject = self.demand.ty(&fragment.on);
            let local: LocalId = self.fresh();
            let subject = Value::new(subject, fragment.span, ExprKind::Local(local));
            let before = std::mem::take(self.sink);
            self.env = super::env::Env {
                may_fail: true,
                ..super::env::Env::default()
            };
            self.inline_fragment(FragmentId(index), subject, fragment.span, &[], &mut Building::default());
            let found = std::mem::replace(self.sink, before);
            if found.has_errors() {
                self.broken_fragments.insert(index);
            }
            found.finish().into_iter().for_each(|it| self.sink.push(it));
        }
        self.notes.alone = false;
    }
}
