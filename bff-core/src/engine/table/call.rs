//! The row of a call: what it asks for, on what condition, and what takes its place when it fails.

use std::time::Duration;

use super::{Arm, Invoke, On, Setting, Undo};
use crate::engine::At;
use crate::engine::frame::{Args, Test};
use crate::engine::invoke::{Each, How};
use crate::engine::plan::Kind;
use crate::engine::table::Op;
use crate::engine::value::View;
use crate::engine::var::Var;

/// One `call`.
#[derive(Debug)]
pub struct Call {
    pub(crate) slot: u8,
    pub(crate) name: &'static str,
    pub(crate) at: At,
    /// The kind of the name, which every arm must fit.
    pub(crate) kind: &'static Kind,
    pub(crate) invoke: Invoke,
    pub(crate) how: How,
    pub(crate) when: Option<Test>,
    pub(crate) on: &'static [(&'static [On], Arm)],
    pub(crate) or: &'static [Arm],
    pub(crate) undo: Option<Undo>,
}

impl Call {
    /// A call under a name. Its kind is that of the name's type, so they cannot disagree.
    ///
    /// # Panics
    /// When evaluated at build time: if the operation may answer null and the name may not be null.
    pub const fn new<V: View>(var: Var<V>, name: &'static str, at: At, op: &'static Op, args: Args) -> Self {
        Self::asking(var, name, at, Invoke::new(op, args))
    }

    /// The same with more to say about its request.
    ///
    /// # Panics
    /// When evaluated at build time: if the operation may answer null and the name may not be null.
    pub const fn asking<V: View>(var: Var<V>, name: &'static str, at: At, invoke: Invoke) -> Self {
        assert!(var.slot() < 64, "a call is numbered from 0 to 63");
        let kind = Var::<V>::KIND;
        // What one element gets may be null: then it is not in the map.
        assert!(
            !invoke.may_be_null() || kind.is_nullable() || matches!(kind, Kind::Map(..)),
            "the operation may answer null, or nothing, and the name may not be null"
        );
        Self {
            slot: var.slot() as u8,
            name,
            at,
            kind,
            invoke,
            how: How::One,
            when: None,
            on: &[],
            or: &[],
            undo: None,
        }
    }

    /// Makes the call for each element of a list; the name is the map of what they get.
    ///
    /// # Panics
    /// When evaluated at build time: if the name is no map, or the operation changes something.
    pub const fn each(self, each: &'static Each) -> Self {
        assert!(
            matches!(self.kind.inner(), Kind::Map(..)),
            "a call for each element gives a map"
        );
        assert!(
            self.invoke.op.safe,
            "only a safe operation may be called for each element"
        );
        Self {
            how: How::Each(each),
            ..self
        }
    }

    /// Lets others race with it: the next starts after `stagger`, or when one fails; the first good answer is the call's.
    ///
    /// # Panics
    /// When evaluated at build time: if an operation changes something, or may answer null where the name may not be.
    pub const fn race(self, others: &'static [Invoke], stagger: Duration) -> Self {
        let mut at = 0;
        while at < others.len() {
            assert!(
                others[at].op.safe && self.invoke.op.safe,
                "only safe operations may race"
            );
            assert!(
                !others[at].may_be_null() || self.kind.is_nullable(),
                "a racer may answer null, the name may not be null"
            );
            at += 1;
        }
        Self {
            how: How::Race(others, stagger),
            ..self
        }
    }

    /// Makes the call only when the test holds; else the name is null.
    ///
    /// # Panics
    /// When evaluated at build time: if the name may not be null.
    pub const fn when(self, test: Test) -> Self {
        assert!(
            self.kind.is_nullable(),
            "a call with `when` needs a name that may be null"
        );
        Self {
            when: Some(test),
            ..self
        }
    }

    /// Bounds the whole of the call.
    pub const fn timeout(self, timeout: Setting<Duration>) -> Self {
        Self {
            invoke: self.invoke.timeout(timeout),
            ..self
        }
    }

    /// Arms by the kind of the call's own failure; the first that matches is taken.
    ///
    /// # Panics
    /// When evaluated at build time: if an arm may be null and the name may not.
    pub const fn on(self, on: &'static [(&'static [On], Arm)]) -> Self {
        let mut at = 0;
        while at < on.len() {
            self.check_arm(&on[at].1);
            at += 1;
        }
        Self { on, ..self }
    }

    /// The `else` arms, tried from left to right.
    ///
    /// # Panics
    /// When evaluated at build time: if an arm may be null and the name may not.
    pub const fn or(self, or: &'static [Arm]) -> Self {
        let mut at = 0;
        while at < or.len() {
            self.check_arm(&or[at]);
            at += 1;
        }
        Self { or, ..self }
    }

    /// What its arms must fit: the kind of the name, or of what one element gets.
    pub(crate) const fn value_kind(&self) -> &'static Kind {
        match (self.how, self.kind.inner()) {
            (How::Each(_), Kind::Map(_, value)) => value,
            _ => self.kind,
        }
    }

    /// The calls that its `when` and its list read.
    pub(crate) fn needs(&self) -> u64 {
        let listed = match self.how {
            How::Each(each) => each.keys.write.needs | each.items.map_or(0, |items| items.write.needs),
            How::One | How::Race(..) => 0,
        };
        listed | self.when.map_or(0, |test| test.needs)
    }

    /// What races with it.
    pub(crate) fn rivals(&self) -> &'static [Invoke] {
        match self.how {
            How::Race(rivals, _) => rivals,
            How::One | How::Each(_) => &[],
        }
    }

    /// Whether it goes through a list whose elements have keys of their own, so that two of them may ask for the same.
    pub(crate) fn has_own_keys(&self) -> bool {
        matches!(self.how, How::Each(each) if each.items.is_some())
    }

    const fn check_arm(&self, arm: &Arm) {
        let null = match arm {
            Arm::Null => true,
            Arm::Call(invoke) => invoke.may_be_null(),
            Arm::Json(_) | Arm::Compute(_) | Arm::Fail(_) => false,
        };
        assert!(
            !null || self.kind.is_nullable() || matches!(self.kind, Kind::Map(..)),
            "an arm may be null, the name may not be null"
        );
    }
}

/// Refuses, at build time, rows in another order than the numbers of their names, and more than 64 of them.
///
/// # Panics
/// When evaluated at build time, for those reasons.
pub const fn in_order(slots: &[u32], calls: &[Call]) {
    assert!(calls.len() <= 64, "a route has at most 64 calls");
    assert!(slots.len() == calls.len(), "as many names as calls");
    let mut at = 0;
    while at < slots.len() {
        assert!(slots[at] as usize == at, "names are numbered in order");
        assert!(
            calls[at].slot as usize == at,
            "calls stand in the order of their numbers"
        );
        at += 1;
    }
}
