//! Lists: walked by nested loops into whatever takes their elements, made into a `Vec` only where a value is wanted.

use proc_macro2::TokenStream;
use quote::quote;

use super::expr::used;
use super::function::Function;
use super::shape::Shape;
use crate::ir::expr::{Expr, ExprKind, LocalId};

/// What is done with each element.
pub(crate) type Sink<'f, 's, 'w> = &'f mut dyn FnMut(&mut Function<'s, 'w>, TokenStream) -> TokenStream;

impl<'s, 'w> Function<'s, 'w> {
    /// Loops over a list that is not null; `sink` writes what is done with each element.
    pub(crate) fn for_each(&mut self, list: &'s Expr, sink: Sink<'_, 's, 'w>) -> TokenStream {
        match &list.kind {
            ExprKind::Each {
                list,
                local,
                body,
                flatten,
            } => self.for_local(list, *local, &mut |this| {
                if *flatten {
                    return this.for_each_of(body, sink);
                }
                let value = this.value(body);
                sink(this, value)
            }),
            ExprKind::List(elements) if elements.is_empty() => TokenStream::new(),
            ExprKind::Convert(inner) if !crate::ir::walk::names_a_view(&list.ty) => {
                let crate::ir::expr::Ty::List(to) = &list.ty else {
                    return self.for_each_value(list, sink);
                };
                let from = self.shape(inner).element();
                self.for_each(inner, &mut |this, value| {
                    let value = this.convert_value(value, &from, to, list);
                    sink(this, value)
                })
            }
            _ => self.for_each_value(list, sink),
        }
    }

    /// The same over a list that may be null, which is empty then.
    fn for_each_of(&mut self, list: &'s Expr, sink: Sink<'_, 's, 'w>) -> TokenStream {
        if !self.shape(list).is_nullable() {
            return self.for_each(list, sink);
        }
        if let ExprKind::Lift { base, local, body } = &list.kind
            && self.shape(base).is_nullable()
        {
            let shape = self.shape(base).inner();
            let base = self.value(base);
            return self.bound(*local, shape, |this, name| {
                let body = this.for_each_of(body, sink);
                let name = used(name, &body);
                quote!(if let Some(#name) = #base { #body })
            });
        }
        let value = self.value(list);
        let depth = self.depth;
        let name = self.fresh();
        let body = sink(self, quote!(#name));
        self.depth = depth;
        let name = used(&name, &body);
        quote!(for #name in #value.into_iter().flatten() { #body })
    }

    fn for_each_value(&mut self, list: &'s Expr, sink: Sink<'_, 's, 'w>) -> TokenStream {
        let value = self.iterable(list);
        let depth = self.depth;
        let name = self.fresh();
        let body = sink(self, quote!(#name));
        self.depth = depth;
        let name = used(&name, &body);
        quote!(for #name in #value { #body })
    }

    /// Loops with `local` bound to each element.
    pub(crate) fn for_local(
        &mut self,
        list: &'s Expr,
        local: LocalId,
        body: &mut dyn FnMut(&mut Self) -> TokenStream,
    ) -> TokenStream {
        let element = self.shape(list).element();
        if matches!(list.kind, ExprKind::Each { .. } | ExprKind::Convert(_)) {
            return self.for_each(list, &mut |this, value| {
                this.bound(local, element.clone(), |this, name| {
                    let body = body(this);
                    quote!(let #name = #value; #body)
                })
            });
        }
        let value = self.iterable(list);
        self.bound(local, element, |this, name| {
            let body = body(this);
            let name = used(name, &body);
            quote!(for #name in #value { #body })
        })
    }

    /// What a `for` takes: the list, or the elements of a variable that is read again.
    pub(crate) fn iterable(&mut self, list: &'s Expr) -> TokenStream {
        match (&list.kind, self.shape(list)) {
            (ExprKind::Name(name), Shape::Vec(_)) => {
                let variable = self.read(*name);
                quote!(#variable.iter().cloned())
            }
            (ExprKind::Local(local), Shape::Vec(_)) => {
                let written = self.locals.get(local).cloned().unwrap_or_else(|| quote!(it));
                quote!(#written.iter().cloned())
            }
            (ExprKind::List(elements), Shape::Vec(element)) => {
                let elements: Vec<_> = elements.iter().map(|part| self.value_as(part, &element)).collect();
                quote!([#(#elements),*])
            }
            _ => self.value(list),
        }
    }

    /// The elements of a list that is computed, as a `Vec`.
    pub(crate) fn collect(&mut self, list: &'s Expr) -> TokenStream {
        let pushed = self.for_each(list, &mut |_, value| quote!(list.push(#value);));
        quote!({ let mut list = Vec::new(); #pushed list })
    }

    /// Whether a list is written as `[]`.
    pub(crate) fn is_empty_list(&mut self, list: &'s Expr) -> bool {
        match &list.kind {
            ExprKind::List(elements) => elements.is_empty(),
            ExprKind::Convert(inner) => self.is_empty_list(inner),
            _ => false,
        }
    }

    /// `value in list`.
    pub(crate) fn contains(&mut self, value: &'s Expr, list: &'s Expr) -> TokenStream {
        let looked_for = self.operand_of_in(value);
        if let (ExprKind::List(elements), Shape::Vec(element)) = (&list.kind, self.shape(list)) {
            let elements: Vec<_> = elements.iter().map(|part| self.value_as(part, &element)).collect();
            return quote!([#(#elements),*].contains(&#looked_for));
        }
        let label = self.label();
        let found = self.for_each(
            list,
            &mut |_, element| quote!(if #element == #looked_for { break #label true; }),
        );
        quote!(#label: { #found false })
    }

    fn operand_of_in(&mut self, value: &'s Expr) -> TokenStream {
        self.tight(value)
    }
}
