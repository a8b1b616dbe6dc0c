//! Where one of several values is taken: null or not, `??`, `match`; and names for what is taken.

use proc_macro2::TokenStream;
use quote::quote;

use super::expr::{is_name, tight, used};
use super::function::Function;
use super::literal::{decimal, int, str_literal};
use super::shape::Shape;
use crate::ir::expr::{Arm, Expr, ExprKind, LocalId, Pattern, Ty, ViewId};

impl<'s> Function<'s, '_> {
    pub(crate) fn lift(&mut self, base: &'s Expr, local: LocalId, body: &'s Expr) -> TokenStream {
        let from = self.shape(base);
        if !from.is_nullable() {
            return self.bind(base, local, |this| this.value(body));
        }
        let base = self.value(base);
        let nested = {
            self.shapes.locals.insert(local, from.clone().inner());
            self.shape(body).is_nullable()
        };
        let ((name, body), faults) =
            self.watch(|this| this.bound(local, from.inner(), |this, name| (name.clone(), this.value(body))));
        let name = used(&name, &body);
        match (faults, nested) {
            (false, false) => {
                let base = tight(base);
                quote!(#base.map(|#name| #body))
            }
            (false, true) => {
                let base = tight(base);
                quote!(#base.and_then(|#name| #body))
            }
            (true, _) => {
                let body = if nested { body } else { quote!(Some(#body)) };
                quote!(match #base { Some(#name) => #body, None => None })
            }
        }
    }

    /// Something with `local` bound to a value; names and locals are only called differently.
    pub(crate) fn bind(
        &mut self,
        base: &'s Expr,
        local: LocalId,
        body: impl FnOnce(&mut Self) -> TokenStream,
    ) -> TokenStream {
        let shape = self.shape(base);
        if let Some(place) = self.held(base) {
            self.locals.insert(local, place);
            self.shapes.locals.insert(local, shape);
            return body(self);
        }
        let value = self.value(base);
        if is_name(&value) {
            self.locals.insert(local, value);
            self.shapes.locals.insert(local, shape);
            return body(self);
        }
        self.bound(local, shape, |this, name| {
            let body = body(this);
            quote!({ let #name = #value; #body })
        })
    }

    pub(crate) fn known(&mut self, inner: &'s Expr, expr: &'s Expr) -> TokenStream {
        if !self.shape(inner).is_nullable() {
            return self.value(inner);
        }
        let (inner, at) = (self.value(inner), self.at(expr.span));
        if let Some(name) = self.known_name(&inner) {
            return quote!(#name);
        }
        self.ask(&quote!(ops::known(#inner, #at)))
    }

    pub(crate) fn coalesce(&mut self, left: &'s Expr, right: &'s Expr) -> TokenStream {
        let from = self.shape(left);
        let right_shape = self.shape(right);
        let to = from.clone().inner().join(right_shape.clone());
        if !from.is_nullable() {
            return self.value_as(left, &to);
        }
        let empty_list = matches!(&right.kind, ExprKind::List(elements) if elements.is_empty());
        let cheap = matches!(
            right.kind,
            ExprKind::Bool(_) | ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Text(_) | ExprKind::EnumValue(..)
        );
        let left_value = self.value(left);
        if empty_list && from.clone().inner() == to {
            let left = tight(left_value);
            return quote!(#left.unwrap_or_default());
        }
        let right = self.value_as(right, &to);
        if cheap && from.clone().inner() == to {
            let left = tight(left_value);
            return quote!(#left.unwrap_or(#right));
        }
        let depth = self.depth;
        let name = self.fresh();
        let there = self.fit(quote!(#name), &from.inner(), &to);
        let name = used(&name, &there);
        self.depth = depth;
        quote!(match #left_value { Some(#name) => #there, None => #right })
    }

    /// `match`, whose arms `arm` writes. Texts and decimals have no patterns in Rust: these become `if`s.
    pub(crate) fn choose(
        &mut self,
        value: &'s Expr,
        arms: &'s [Arm],
        write: &mut dyn FnMut(&mut Self, &'s Expr) -> TokenStream,
    ) -> TokenStream {
        let compared = |pattern: &Pattern| matches!(pattern, Pattern::Text(_) | Pattern::Decimal(_));
        if arms.iter().flat_map(|arm| &arm.patterns).any(compared) {
            return self.choose_by_if(value, arms, write);
        }
        let shape = self.shape(value);
        let subject = self.value(value);
        let mut rows = Vec::new();
        let union = match shape.clone().inner() {
            Shape::Plain(Ty::View(view)) => Some(view),
            _ => None,
        };
        for arm in arms {
            if let (Some(local), [Pattern::Variant(index)], Some(union)) = (arm.bind, &arm.patterns[..], union) {
                rows.push(self.variant_arm(local, (union, *index), shape.is_nullable(), &arm.value, write));
                continue;
            }
            let patterns = arm
                .patterns
                .iter()
                .map(|pattern| self.pattern(pattern, union, shape.is_nullable()));
            let patterns: Vec<_> = patterns.collect();
            let value = write(self, &arm.value);
            rows.push(if patterns.is_empty() {
                quote!(_ => #value,)
            } else {
                quote!(#(#patterns)|* => #value,)
            });
        }
        quote!(match #subject { #(#rows)* })
    }

    /// `Payload::Shipped(it) => …`
    fn variant_arm(
        &mut self,
        local: LocalId,
        (union, index): (ViewId, u32),
        nullable: bool,
        value: &'s Expr,
        write: &mut dyn FnMut(&mut Self, &'s Expr) -> TokenStream,
    ) -> TokenStream {
        let variant = self.world.variant(union, index);
        let shape = Shape::Plain(
            self.world.service.views[union.0 as usize].fields[index as usize]
                .ty
                .clone(),
        );
        self.bound(local, shape, |this, name| {
            let value = write(this, value);
            let name = used(name, &value);
            let pattern = quote!(#variant(#name));
            let pattern = if nullable { quote!(Some(#pattern)) } else { pattern };
            quote!(#pattern => #value,)
        })
    }

    fn pattern(&self, pattern: &Pattern, union: Option<ViewId>, nullable: bool) -> TokenStream {
        let plain = match pattern {
            Pattern::Null => return quote!(None),
            Pattern::Bool(value) => quote!(#value),
            Pattern::Enum(id, value) => self.enum_value(*id, *value),
            Pattern::Variant(index) => match union {
                Some(union) => {
                    let variant = self.world.variant(union, *index);
                    quote!(#variant(_))
                }
                None => quote!(_),
            },
            Pattern::Int(value) => int(*value),
            Pattern::Text(text) | Pattern::Decimal(text) => quote!(#text),
        };
        if nullable { quote!(Some(#plain)) } else { plain }
    }

    fn choose_by_if(
        &mut self,
        value: &'s Expr,
        arms: &'s [Arm],
        write: &mut dyn FnMut(&mut Self, &'s Expr) -> TokenStream,
    ) -> TokenStream {
        let nullable = self.shape(value).is_nullable();
        let subject = self.value(value);
        let depth = self.depth;
        let name = self.fresh();
        let mut chain = TokenStream::new();
        let last = arms.len().saturating_sub(1);
        for (at, arm) in arms.iter().enumerate() {
            let tests: Vec<_> = arm
                .patterns
                .iter()
                .map(|pattern| test(&name, pattern, nullable))
                .collect();
            let value = write(self, &arm.value);
            chain.extend(if tests.is_empty() || at == last {
                quote!({ #value })
            } else {
                quote!(if #(#tests)||* { #value } else)
            });
            if tests.is_empty() {
                break;
            }
        }
        self.depth = depth;
        quote!({ let #name = #subject; #chain })
    }
}

fn test(name: &proc_macro2::Ident, pattern: &Pattern, nullable: bool) -> TokenStream {
    let value = match pattern {
        Pattern::Null => return quote!(#name.is_none()),
        Pattern::Text(text) => str_literal(text),
        Pattern::Decimal(digits) => decimal(digits),
        Pattern::Int(value) => int(*value),
        Pattern::Bool(value) => quote!(#value),
        Pattern::Enum(..) | Pattern::Variant(_) => quote!(()),
    };
    if nullable {
        quote!(#name == Some(#value))
    } else {
        quote!(#name == #value)
    }
}
