//! Lists: walked by nested loops into whatever takes their elements, made into a `Vec` only where a value is wanted.

use proc_macro2::TokenStream;
use quote::quote;

use super::expr::{is_name, used};
use super::function::Function;
use super::shape::Shape;
use crate::ir::expr::{Expr, ExprKind, LocalId, Method, Select, Ty};

/// An element as a loop has it.
#[derive(Clone)]
pub(crate) struct Element {
    /// A value; or, `by_ref`, a place that holds one and is read again: a `Vec` or tuple in a list that is walked, not taken apart.
    pub(crate) tokens: TokenStream,
    pub(crate) by_ref: bool,
}

impl Element {
    pub(crate) fn value(tokens: TokenStream) -> Self {
        let by_ref = false;
        Element { tokens, by_ref }
    }

    pub(crate) fn place(tokens: TokenStream) -> Self {
        let by_ref = true;
        Element { tokens, by_ref }
    }

    /// The element as a value of its own.
    pub(crate) fn taken(&self) -> TokenStream {
        let tokens = &self.tokens;
        match self.by_ref {
            true => quote!(#tokens.clone()),
            false => tokens.clone(),
        }
    }
}

/// What is done with each element.
pub(crate) type Sink<'f, 's, 'w> = &'f mut dyn FnMut(&mut Function<'s, 'w>, TokenStream) -> TokenStream;
/// The same; what holds more than a word or two is not copied for it.
pub(crate) type Visit<'f, 's, 'w> = &'f mut dyn FnMut(&mut Function<'s, 'w>, Element) -> TokenStream;

/// Whether a list is made of another one element by element, so that it can be walked without being made.
pub(crate) fn is_streamed(expr: &Expr) -> bool {
    matches!(
        &expr.kind,
        ExprKind::Each { .. }
            | ExprKind::Select {
                select: Select::Filter | Select::Sort | Select::Unique,
                ..
            }
            | ExprKind::Method {
                method: Method::Take | Method::Skip | Method::Pick | Method::Entries,
                ..
            }
    )
}

impl<'s, 'w> Function<'s, 'w> {
    /// Loops over a list that is not null; `sink` writes what is done with each element.
    pub(crate) fn for_each(&mut self, list: &'s Expr, sink: Sink<'_, 's, 'w>) -> TokenStream {
        self.walk(list, &mut |this, element| sink(this, element.taken()))
    }

    /// Loops over a list that is not null.
    pub(crate) fn walk(&mut self, list: &'s Expr, visit: Visit<'_, 's, 'w>) -> TokenStream {
        match &list.kind {
            ExprKind::Each {
                list,
                local,
                body,
                flatten,
            } => self.for_local(list, *local, &mut |this| {
                if *flatten {
                    return this.walk_there(body, visit);
                }
                let element = this.element(body);
                visit(this, element)
            }),
            ExprKind::List(elements) if elements.is_empty() => TokenStream::new(),
            ExprKind::Convert(inner) if !crate::ir::walk::names_a_view(&list.ty) => {
                let Ty::List(to) = &list.ty else {
                    return self.walk_value(list, visit);
                };
                let from = self.shape(inner).element();
                self.for_each(inner, &mut |this, value| {
                    let value = this.convert_value(value, &from, to, list);
                    visit(this, Element::value(value))
                })
            }
            ExprKind::Select {
                select,
                list: inner,
                local,
                by,
            } => match (select, &by[..]) {
                (Select::Filter, [by]) => self.filtered(list, inner, *local, &by.value, visit),
                (Select::Unique, [by]) => self.unique(inner, *local, &by.value, visit),
                (Select::Sort, _) => {
                    let sorted = self.sorted(inner, *local, by);
                    self.looped(&sorted, false, visit)
                }
                _ => self.walk_value(list, visit),
            },
            ExprKind::Method { method, base, args } => match (method, &args[..]) {
                (Method::Take, [Some(count)]) => self.taken(base, count, visit),
                (Method::Skip, [Some(count)]) => self.skipped(base, count, visit),
                (Method::Pick, [Some(keys)]) => self.picked(base, keys, visit),
                (Method::Entries, _) => self.entries(base, visit),
                _ => self.walk_value(list, visit),
            },
            _ => self.walk_value(list, visit),
        }
    }

    /// The same over a list that may be null, which is empty then.
    fn walk_there(&mut self, list: &'s Expr, visit: Visit<'_, 's, 'w>) -> TokenStream {
        if !self.shape(list).is_nullable() {
            return self.walk(list, visit);
        }
        if let ExprKind::Lift { base, local, body } = &list.kind
            && self.shape(base).is_nullable()
        {
            let shape = self.shape(base).inner();
            let base = self.value(base);
            return self.bound(*local, shape, |this, name| {
                let body = this.walk_there(body, visit);
                let name = used(name, &body);
                quote!(if let Some(#name) = #base { #body })
            });
        }
        let value = self.value(list);
        self.looped(&quote!(#value.into_iter().flatten()), false, visit)
    }

    fn walk_value(&mut self, list: &'s Expr, visit: Visit<'_, 's, 'w>) -> TokenStream {
        if let (Shape::Vec(element), Some(place)) = (self.shape(list), self.held(list))
            && element.is_owned()
        {
            return self.looped(&quote!(#place.iter()), true, visit);
        }
        let value = self.iterable(list);
        self.looped(&value, false, visit)
    }

    /// What a `for` takes: the list, or the elements of a variable that is read again.
    pub(crate) fn iterable(&mut self, list: &'s Expr) -> TokenStream {
        match (&list.kind, self.shape(list)) {
            (ExprKind::List(elements), Shape::Vec(element)) => {
                let elements: Vec<_> = elements.iter().map(|part| self.value_as(part, &element)).collect();
                quote!([#(#elements),*])
            }
            (_, Shape::Vec(_)) => match self.held(list) {
                Some(place) => quote!(#place.iter().cloned()),
                None => self.value(list),
            },
            _ => self.value(list),
        }
    }

    /// `for it in rows { … }`
    pub(crate) fn looped(&mut self, rows: &TokenStream, by_ref: bool, visit: Visit<'_, 's, 'w>) -> TokenStream {
        let depth = self.depth;
        let name = self.fresh();
        let tokens = quote!(#name);
        let body = visit(self, Element { tokens, by_ref });
        self.depth = depth;
        let name = used(&name, &body);
        quote!(for #name in #rows { #body })
    }

    /// Loops with `local` bound to each element.
    pub(crate) fn for_local(
        &mut self,
        list: &'s Expr,
        local: LocalId,
        body: &mut dyn FnMut(&mut Self) -> TokenStream,
    ) -> TokenStream {
        let shape = self.shape(list).element();
        self.walk(list, &mut |this, element| {
            this.with_element(&element, local, &shape, body)
        })
    }

    /// Something with `local` bound to an element.
    pub(crate) fn with_element(
        &mut self,
        element: &Element,
        local: LocalId,
        shape: &Shape,
        body: &mut dyn FnMut(&mut Self) -> TokenStream,
    ) -> TokenStream {
        if element.by_ref || is_name(&element.tokens) {
            self.locals.insert(local, element.tokens.clone());
            self.shapes.locals.insert(local, shape.clone());
            return body(self);
        }
        let value = &element.tokens;
        self.bound(local, shape.clone(), |this, name| {
            let body = body(this);
            quote!(let #name = #value; #body)
        })
    }

    /// The value of an expression as an element: not copied where it is held somewhere and holds more than a word or two.
    fn element(&mut self, expr: &'s Expr) -> Element {
        match self.held(expr) {
            Some(place) if self.shape(expr).is_owned() => Element::place(place),
            _ => Element::value(self.value(expr)),
        }
    }

    /// Where a value is held that is read without taking it: a variable, or a member of one.
    pub(crate) fn held(&mut self, expr: &'s Expr) -> Option<TokenStream> {
        match &expr.kind {
            // What a reference is read through is a value of its own, unless it is too large for that.
            ExprKind::Name(name) if self.is_once(*name) && !self.shape(expr).is_owned() => None,
            ExprKind::Name(_) | ExprKind::Local(_) => Some(self.place(expr)),
            ExprKind::Field { base, .. }
                if matches!(self.shape(base), Shape::Tuple(_)) && self.held(base).is_some() =>
            {
                Some(self.place(expr))
            }
            _ => None,
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
