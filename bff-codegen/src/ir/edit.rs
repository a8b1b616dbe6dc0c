//! Changing typed expressions in place, part by part.

use super::expr::{Entry, Expr, ExprKind, NameRef, Record};
use super::walk;

impl Expr {
    /// Calls `f` with each direct child, in the order of evaluation.
    pub fn each_child_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        match &mut self.kind {
            ExprKind::Field { base, .. }
            | ExprKind::Known { value: base, .. }
            | ExprKind::Not(base)
            | ExprKind::Negate(base)
            | ExprKind::IsNull(base)
            | ExprKind::Convert(base) => f(base),
            ExprKind::Lift { base, body, .. } | ExprKind::Bind { base, body, .. } => {
                f(base);
                f(body);
            }
            ExprKind::Each { list, body, .. } | ExprKind::EachValue { map: list, body, .. } => {
                f(list);
                f(body);
            }
            ExprKind::Format {
                value, locale, zone, ..
            } => {
                f(value);
                f(locale);
                zone.iter_mut().for_each(|zone| f(zone));
            }
            ExprKind::Money {
                amount,
                currency,
                locale,
            } => {
                f(amount);
                f(currency);
                f(locale);
            }
            ExprKind::Select { list, by, .. } => {
                f(list);
                by.iter_mut().for_each(|by| f(&mut by.value));
            }
            ExprKind::Coalesce { left, right }
            | ExprKind::And(left, right)
            | ExprKind::Or(left, right)
            | ExprKind::Compare { left, right, .. }
            | ExprKind::Arithmetic { left, right, .. } => {
                f(left);
                f(right);
            }
            ExprKind::In { value, list } => {
                f(value);
                f(list);
            }
            ExprKind::ListIndex { list, index } => {
                f(list);
                f(index);
            }
            ExprKind::MapIndex { map, key } => {
                f(map);
                f(key);
            }
            ExprKind::Ternary { condition, then, other } => {
                f(condition);
                f(then);
                f(other);
            }
            ExprKind::Match { value, arms } => {
                f(value);
                arms.iter_mut().for_each(|arm| f(&mut arm.value));
            }
            ExprKind::Template(list) | ExprKind::List(list) => list.iter_mut().for_each(f),
            ExprKind::Method { base, args, .. } => {
                f(base);
                args.iter_mut().flatten().for_each(f);
            }
            ExprKind::Extern { args, .. } => args.iter_mut().flatten().for_each(f),
            ExprKind::Record(record) => record.each_child_mut(f),
            ExprKind::Fail { body, .. } => body.iter_mut().for_each(|record| record.each_child_mut(f)),
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Int(_)
            | ExprKind::Decimal(_)
            | ExprKind::Float(_)
            | ExprKind::Text(_)
            | ExprKind::Duration(_)
            | ExprKind::EnumValue(..)
            | ExprKind::Name(_)
            | ExprKind::Local(_)
            | ExprKind::AtLeast(_)
            | ExprKind::Wants(_)
            | ExprKind::Version(_)
            | ExprKind::Request(_)
            | ExprKind::RawInput(..)
            | ExprKind::Error(_)
            | ExprKind::Partial => {}
        }
    }

    /// Calls `f` with this expression and everything below it.
    pub fn walk<'a>(&'a self, f: &mut dyn FnMut(&'a Expr)) {
        walk::all(self, f);
    }

    /// Calls `f` with everything below this expression and then with itself.
    pub fn walk_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        self.each_child_mut(&mut |child| child.walk_mut(f));
        f(self);
    }

    /// The calls, `let`s and inputs that it reads by name, without repetitions, in order.
    pub fn names(&self) -> Vec<NameRef> {
        let mut names = std::collections::BTreeSet::new();
        self.walk(&mut |it| match &it.kind {
            ExprKind::Name(name) => drop(names.insert(*name)),
            ExprKind::Known { after, .. } => names.extend(after),
            _ => {}
        });
        names.into_iter().collect()
    }
}

impl Record {
    /// Calls `f` with the expressions of each entry: what it binds, its `when`, its value.
    pub fn each_child_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        for Entry { value, when, bind, .. } in &mut self.entries {
            bind.iter_mut().for_each(|(_, value)| f(value));
            when.iter_mut().for_each(&mut *f);
            f(value);
        }
    }
}
