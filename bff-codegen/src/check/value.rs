//! A typed expression on its way: the IR with the checker's type, and how it is lifted over null and lists.

use super::Checker;
use super::types::{T, Why};
use crate::ir::expr::{Expr, ExprKind, LocalId};
use crate::source::Span;
use std::rc::Rc;

/// An expression and its type.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub ty: T,
    pub expr: Expr,
}

impl Value {
    /// An expression of a type.
    pub(super) fn new(ty: T, span: Span, kind: ExprKind) -> Self {
        let expr = Expr {
            ty: ty.ir(),
            span,
            kind,
        };
        Value { ty, expr }
    }

    /// What stands for an expression that is wrong.
    pub(super) fn unknown(span: Span) -> Self {
        Value::new(T::Unknown, span, ExprKind::Null)
    }

    /// With a conversion to `ty` around it.
    pub(super) fn converted(self, ty: T) -> Self {
        let span = self.expr.span;
        Value::new(ty, span, ExprKind::Convert(Box::new(self.expr)))
    }
}

/// A step around the value that a chain is at: null ends it, or it goes on for each element.
#[derive(Debug)]
pub(super) enum Layer {
    /// `base` may be null.
    Lift {
        base: Expr,
        local: LocalId,
        why: Option<Rc<Why>>,
    },
    /// For each element of `list`; `flatten` once a further `[]` follows.
    Each { list: Expr, local: LocalId, flatten: bool },
}

impl Checker<'_> {
    /// A local that no other part of the route has.
    pub(super) fn fresh(&mut self) -> LocalId {
        self.next_local += 1;
        LocalId(self.next_local - 1)
    }

    /// `f` of what is there, null where `base` is null.
    pub(super) fn lift(
        &mut self,
        base: Expr,
        inner: T,
        why: Option<Rc<Why>>,
        f: &mut dyn FnMut(&mut Self, Value) -> Value,
    ) -> Value {
        let mut layers = Vec::new();
        let at = self.open_lift(base, inner, why, &mut layers);
        let body = f(self, at);
        close(layers, body)
    }

    /// `f` of each element.
    pub(super) fn each(&mut self, list: Expr, element: T, f: &mut dyn FnMut(&mut Self, Value) -> Value) -> Value {
        let mut layers = Vec::new();
        let at = self.open_each(list, element, &mut layers);
        let body = f(self, at);
        close(layers, body)
    }

    /// The map with `f` of each value.
    pub(super) fn each_value(
        &mut self,
        map: Expr,
        key: T,
        inner: T,
        f: &mut dyn FnMut(&mut Self, Value) -> Value,
    ) -> Value {
        let span = map.span;
        if !self.can_be_held(&inner) {
            return self.unreadable(span);
        }
        let local = self.fresh();
        let body = f(self, Value::new(inner, span, ExprKind::Local(local)));
        let ty = T::Map(Box::new(key), Box::new(body.ty));
        let kind = ExprKind::EachValue {
            map: Box::new(map),
            local,
            body: Box::new(body.expr),
        };
        Value::new(ty, span, kind)
    }

    /// Goes below the `?` of a value.
    pub(super) fn open_lift(&mut self, base: Expr, inner: T, why: Option<Rc<Why>>, layers: &mut Vec<Layer>) -> Value {
        let span = base.span;
        if inner.is_computed() {
            // What is computed has no place of its own: its parts are read where it is made.
            return match base.kind {
                ExprKind::Lift { base, local, body } => {
                    layers.push(Layer::Lift {
                        base: *base,
                        local,
                        why,
                    });
                    if body.ty.is_nullable() {
                        self.open_lift(*body, inner, None, layers)
                    } else {
                        Value { ty: inner, expr: *body }
                    }
                }
                ExprKind::Convert(body) if !body.ty.is_nullable() => Value { ty: inner, expr: *body },
                _ if !self.can_be_held(&inner) => self.unreadable(span),
                kind => {
                    let base = Expr { kind, ..base };
                    let local = self.fresh();
                    self.know_elements(&base, local);
                    layers.push(Layer::Lift { base, local, why });
                    Value::new(inner, span, ExprKind::Local(local))
                }
            };
        }
        let local = self.fresh();
        if let Some(place) = self.place(&base) {
            self.env.aliases.insert(local, place);
        }
        self.know_elements(&base, local);
        let at = Value::new(inner, span, ExprKind::Local(local));
        layers.push(Layer::Lift { base, local, why });
        at
    }

    /// Goes into the elements of a list.
    pub(super) fn open_each(&mut self, list: Expr, element: T, layers: &mut Vec<Layer>) -> Value {
        let span = list.span;
        if element.is_computed() {
            return match list.kind {
                ExprKind::Each {
                    list,
                    local,
                    body,
                    flatten: false,
                } => {
                    layers.push(Layer::Each {
                        list: *list,
                        local,
                        flatten: false,
                    });
                    Value {
                        ty: element,
                        expr: *body,
                    }
                }
                _ if !self.can_be_held(&element) => self.unreadable(span),
                kind => {
                    let list = Expr { kind, ..list };
                    let local = self.fresh();
                    self.know_elements(&list, local);
                    let flatten = false;
                    layers.push(Layer::Each { list, local, flatten });
                    Value::new(element, span, ExprKind::Local(local))
                }
            };
        }
        let local = self.fresh();
        self.know_elements(&list, local);
        let at = Value::new(element, span, ExprKind::Local(local));
        layers.push(Layer::Each {
            list,
            local,
            flatten: false,
        });
        at
    }

    /// Whether values of the type can be held: lists of different records can only be written out.
    pub(super) fn can_be_held(&self, ty: &T) -> bool {
        match ty {
            T::OneOf(_) => false,
            T::Computed(fields) => fields.iter().all(|field| self.can_be_held(&field.ty)),
            T::List(inner) | T::Map(_, inner) | T::Nullable(inner, _) => self.can_be_held(inner),
            _ => true,
        }
    }

    /// Reading from records that are written in a way that only writes them out, so far.
    pub(super) fn unreadable(&mut self, span: Span) -> Value {
        self.unsupported(span, "reading from a list or choice of records written in the route");
        Value::unknown(span)
    }
}

/// The value of a chain: what stands at its end, with its steps around it.
pub(super) fn close(mut layers: Vec<Layer>, mut at: Value) -> Value {
    while let Some(layer) = layers.pop() {
        at = close_one(layer, at);
    }
    at
}

fn close_one(layer: Layer, at: Value) -> Value {
    let span = at.expr.span;
    let body = Box::new(at.expr);
    match layer {
        Layer::Lift { base, local, why } => {
            let ty = at.ty.or_null(None).because_of(why);
            let base = Box::new(base);
            Value::new(ty, span, ExprKind::Lift { base, local, body })
        }
        Layer::Each { list, local, flatten } => {
            let ty = match at.ty {
                inner if !flatten => T::List(Box::new(inner)),
                T::Nullable(inner, _) => *inner,
                other => other,
            };
            let list = Box::new(list);
            let kind = ExprKind::Each {
                list,
                local,
                body,
                flatten,
            };
            Value::new(ty, span, kind)
        }
    }
}

impl T {
    /// Puts a shared reason where null has none yet.
    pub(super) fn because_of(self, why: Option<Rc<Why>>) -> T {
        match self {
            T::Nullable(inner, None) => T::Nullable(inner, why),
            other => other,
        }
    }
}
