//! Narrowing: what a condition says about which values are there.

use super::Checker;
use crate::ir::expr::{CompareOp, Expr, ExprKind, LocalId, NameRef};
use std::collections::HashMap;

/// A value that a condition can speak about: a binding, an input or a subject, and fields of it (declared indexes).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    root: Root,
    fields: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Root {
    Name(NameRef),
    Local(LocalId),
}

impl Place {
    /// The place of a local.
    pub(super) fn of_local(local: LocalId) -> Self {
        Place {
            root: Root::Local(local),
            fields: Vec::new(),
        }
    }

    /// The place of a field of a field … of what is here.
    pub(super) fn with(mut self, fields: &[u32]) -> Self {
        self.fields.extend(fields);
        self
    }

    /// The fields that lead here from a local; none if the place is the local itself or begins elsewhere.
    pub(super) fn below(self, local: LocalId) -> Option<Vec<u32>> {
        (self.root == Root::Local(local) && !self.fields.is_empty()).then_some(self.fields)
    }
}

/// Places that are not null, each with what the `allow` or `check` reads that has shown it, if it was one.
pub(super) type Facts = HashMap<Place, Vec<NameRef>>;

/// Knowing that a name is there.
pub(super) fn of_name(name: NameRef) -> Facts {
    let place = Place {
        root: Root::Name(name),
        fields: Vec::new(),
    };
    Facts::from([(place, Vec::new())])
}

impl Checker<'_> {
    /// The place of an expression, if it is one. A local that stands for what is in a place is that place.
    pub(super) fn place(&self, expr: &Expr) -> Option<Place> {
        match &expr.kind {
            ExprKind::Name(name) => Some(Place {
                root: Root::Name(*name),
                fields: Vec::new(),
            }),
            ExprKind::Local(local) => Some(self.env.aliases.get(local).cloned().unwrap_or(Place {
                root: Root::Local(*local),
                fields: Vec::new(),
            })),
            ExprKind::Field { base, field } => {
                let mut place = self.place(base)?;
                place.fields.push(*field);
                Some(place)
            }
            ExprKind::Known { value, .. } => self.place(value),
            // The locals of lifts over places are aliases, so that the body says it all.
            ExprKind::Lift { body, .. } => self.place(body),
            _ => None,
        }
    }

    /// Whether narrowing has shown that the expression is not null: what whoever relies on it waits for.
    pub(super) fn known(&self, expr: &Expr) -> Option<Vec<NameRef>> {
        if self.env.facts.is_empty() {
            return None;
        }
        self.place(expr).and_then(|place| self.env.facts.get(&place).cloned())
    }

    /// The places that are not null if the condition is `outcome`.
    pub(super) fn facts(&self, condition: &Expr, outcome: bool) -> Facts {
        let mut facts = Facts::new();
        self.collect(condition, outcome, &mut facts);
        facts
    }

    fn collect(&self, condition: &Expr, outcome: bool, facts: &mut Facts) {
        match &condition.kind {
            ExprKind::Not(inner) => self.collect(inner, !outcome, facts),
            ExprKind::And(a, b) if outcome => {
                self.collect(a, true, facts);
                self.collect(b, true, facts);
            }
            ExprKind::Or(a, b) if !outcome => {
                self.collect(a, false, facts);
                self.collect(b, false, facts);
            }
            ExprKind::IsNull(value) if !outcome => self.present(value, facts),
            ExprKind::Compare { op, left, right } if (*op == CompareOp::Eq) == outcome && is_equality(*op) => {
                if !right.ty.is_nullable() {
                    self.present(left, facts);
                }
                if !left.ty.is_nullable() {
                    self.present(right, facts);
                }
            }
            _ => {}
        }
    }

    /// The expression is there, and with it all that stands before each `?.` in it.
    fn present(&self, expr: &Expr, facts: &mut Facts) {
        match &expr.kind {
            ExprKind::Convert(inner) => return self.present(inner, facts),
            ExprKind::Lift { base, body, .. } => {
                self.present(base, facts);
                self.present(body, facts);
            }
            ExprKind::Field { base, .. } => self.present(base, facts),
            _ => {}
        }
        facts.extend(self.place(expr).map(|place| (place, Vec::new())));
    }
}

fn is_equality(op: CompareOp) -> bool {
    matches!(op, CompareOp::Eq | CompareOp::Ne)
}
