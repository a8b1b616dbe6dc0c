//! Gates: conditions of an output that the request decides by its version or by what it asks for, and that cost nothing.

use super::expr::{Expr, ExprKind};

impl Expr {
    /// Whether it is nothing but a version or a choice of fields: it reads no name and no local, and cannot fail.
    pub fn is_gate(&self) -> bool {
        match &self.kind {
            ExprKind::AtLeast(_) | ExprKind::Wants(_) => true,
            ExprKind::Not(inner) => inner.is_gate(),
            ExprKind::And(left, right) => left.is_gate() && right.is_gate(),
            _ => false,
        }
    }

    /// The parts of `a && b && c`, in order.
    pub fn conjuncts(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::And(left, right) => [left.conjuncts(), right.conjuncts()].concat(),
            _ => vec![self],
        }
    }

    /// This condition, and another one after it.
    #[must_use]
    pub fn and(self, other: Expr) -> Expr {
        Expr {
            ty: self.ty.clone(),
            span: self.span,
            kind: ExprKind::And(Box::new(self), Box::new(other)),
        }
    }
}
