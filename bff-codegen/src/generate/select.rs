//! Element methods and the methods that cut, pick and open: loops around the loops of the list, with a kernel of the engine where one is
//! needed. What is looked at of an element is written in the loop, so that a fault of it is asked with `?` like everywhere else.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::expr::tight;
use super::function::Function;
use super::list::{Element, Visit};
use super::names::ident;
use crate::ir::expr::{By, Expr, LocalId, Select, Ty};
use crate::model::types::Scalar;

impl<'s, 'w> Function<'s, 'w> {
    /// A name for what a loop keeps, unlike those of the loops around it.
    fn kept(&mut self, name: &str) -> Ident {
        self.keeps += 1;
        match self.keeps {
            1 => ident(name),
            number => ident(&format!("{name}_{number}")),
        }
    }

    /// An element under the name that it has got, to be handed on.
    fn again(&mut self, local: LocalId, element: &Element) -> Element {
        Element {
            tokens: self
                .locals
                .get(&local)
                .cloned()
                .unwrap_or_else(|| element.tokens.clone()),
            by_ref: element.by_ref,
        }
    }

    /// `list.filter(by)`; where the result has no null, `by` has shown that `it` is not null.
    pub(super) fn filtered(
        &mut self,
        expr: &Expr,
        list: &'s Expr,
        local: LocalId,
        by: &'s Expr,
        visit: Visit<'_, 's, 'w>,
    ) -> TokenStream {
        let shape = self.shape(list).element();
        let unwraps = shape.is_nullable() && matches!(&expr.ty, Ty::List(element) if !element.is_nullable());
        self.walk(list, &mut |this, element| {
            this.with_element(&element.clone(), local, &shape, &mut |this| {
                let kept = this.again(local, &element);
                let (condition, body) = this.narrowed(by, |this| {
                    if !unwraps {
                        return visit(this, kept.clone());
                    }
                    if let Some(known) = this.known_name(&kept.taken()) {
                        return visit(this, Element::value(quote!(#known)));
                    }
                    let value = kept.taken();
                    let depth = this.depth;
                    let name = this.fresh();
                    let body = visit(this, Element::value(quote!(#name)));
                    this.depth = depth;
                    quote!(if let Some(#name) = #value { #body })
                });
                quote!(if #condition { #body })
            })
        })
    }

    /// `list.unique(by)`: the first of equal ones.
    pub(super) fn unique(
        &mut self,
        list: &'s Expr,
        local: LocalId,
        by: &'s Expr,
        visit: Visit<'_, 's, 'w>,
    ) -> TokenStream {
        let keeps = self.keeps;
        let met = self.kept("met");
        let shape = self.shape(list).element();
        let written = self.walk(list, &mut |this, element| {
            this.with_element(&element.clone(), local, &shape, &mut |this| {
                let key = this.value(by);
                let element = this.again(local, &element);
                let body = visit(this, element);
                quote!(if #met.insert(#key) { #body })
            })
        });
        self.keeps = keeps;
        quote!(let mut #met = list::Seen::new(); #written)
    }

    /// `list.sort(by, …)` as a `Vec`.
    pub(super) fn sorted(&mut self, list: &'s Expr, local: LocalId, by: &'s [By]) -> TokenStream {
        let keeps = self.keeps;
        let (ranks, rows) = (self.kept("ranks"), self.kept("rows"));
        let descending = by.iter().map(|by| by.descending);
        let shape = self.shape(list).element();
        let walked = self.walk(list, &mut |this, element| {
            this.with_element(&element.clone(), local, &shape, &mut |this| {
                let keys: Vec<_> = by.iter().map(|by| this.value(&by.value)).collect();
                let value = this.again(local, &element).taken();
                quote!(#(#ranks.key(#keys);)* #rows.push(#value);)
            })
        });
        self.keeps = keeps;
        quote!({
            let mut #ranks = list::Order::new(&[#(#descending),*]);
            let mut #rows = Vec::new();
            #walked
            #ranks.sort(&mut #rows);
            #rows
        })
    }

    /// `list.take(count)`
    pub(super) fn taken(&mut self, list: &'s Expr, count: &'s Expr, visit: Visit<'_, 's, 'w>) -> TokenStream {
        let keeps = self.keeps;
        let (quota, label) = (self.kept("quota"), self.label());
        let count = self.value(count);
        let body = self.walk(list, &mut |this, element| {
            let body = visit(this, element);
            quote!(#body #quota -= 1; if #quota == 0 { break #label; })
        });
        self.keeps = keeps;
        quote!({ let mut #quota: i64 = #count; #label: { if #quota > 0 { #body } } })
    }

    /// `list.skip(count)`
    pub(super) fn skipped(&mut self, list: &'s Expr, count: &'s Expr, visit: Visit<'_, 's, 'w>) -> TokenStream {
        let keeps = self.keeps;
        let quota = self.kept("quota");
        let count = self.value(count);
        let body = self.walk(list, &mut |this, element| {
            let body = visit(this, element);
            quote!(if #quota > 0 { #quota -= 1; } else { #body })
        });
        self.keeps = keeps;
        quote!({ let mut #quota: i64 = #count; #body })
    }

    /// A method whose value is no list.
    pub(crate) fn select(
        &mut self,
        select: Select,
        list: &'s Expr,
        local: LocalId,
        by: &'s [By],
        expr: &'s Expr,
    ) -> TokenStream {
        match (select, by) {
            (Select::Any | Select::All, [by]) => self.any_or_all(select == Select::Any, list, local, &by.value),
            (Select::Sum, [by]) => self.sum(list, local, &by.value, expr),
            (Select::Min | Select::Max, [by]) => self.extreme(select == Select::Min, list, local, &by.value),
            (Select::Avg, [by]) => self.average(list, local, &by.value, expr),
            (Select::Index | Select::Group, [by]) => self.map_of(select, list, local, &by.value),
            (Select::Sort, _) => self.sorted(list, local, by),
            _ => self.collect(expr),
        }
    }

    fn any_or_all(&mut self, any: bool, list: &'s Expr, local: LocalId, by: &'s Expr) -> TokenStream {
        let label = self.label();
        let found = self.for_local(list, local, &mut |this| {
            let condition = this.value(by);
            match any {
                true => quote!(if #condition { break #label true; }),
                false => {
                    let condition = tight(condition);
                    quote!(if !#condition { break #label false; })
                }
            }
        });
        let otherwise = !any;
        quote!(#label: { #found #otherwise })
    }

    /// What is done with what is looked at of each element, null left out.
    fn for_present(
        &mut self,
        list: &'s Expr,
        local: LocalId,
        by: &'s Expr,
        visit: &mut dyn FnMut(&mut Self, TokenStream) -> TokenStream,
    ) -> TokenStream {
        self.for_local(list, local, &mut |this| {
            let (shape, value) = (this.shape(by), this.value(by));
            if !shape.is_nullable() {
                return visit(this, value);
            }
            let depth = this.depth;
            let name = this.fresh();
            let body = visit(this, quote!(#name));
            this.depth = depth;
            quote!(if let Some(#name) = #value { #body })
        })
    }

    fn sum(&mut self, list: &'s Expr, local: LocalId, by: &'s Expr, expr: &'s Expr) -> TokenStream {
        let keeps = self.keeps;
        let (tally, at) = (self.kept("tally"), self.at(expr.span));
        let added = self.for_present(list, local, by, &mut |this, value| {
            let sum = this.ask(&quote!(ops::add(#tally, #value, #at)));
            quote!(#tally = #sum;)
        });
        self.keeps = keeps;
        let zero = match &expr.ty {
            Ty::Scalar(Scalar::Float) => quote!(0.0_f64),
            Ty::Scalar(Scalar::Decimal) => quote!(Decimal::ZERO),
            _ => quote!(0_i64),
        };
        quote!({ let mut #tally = #zero; #added #tally })
    }

    fn extreme(&mut self, least: bool, list: &'s Expr, local: LocalId, by: &'s Expr) -> TokenStream {
        let keeps = self.keeps;
        let peak = self.kept("peak");
        let kernel = ident(if least { "least" } else { "greatest" });
        let found = self.for_present(
            list,
            local,
            by,
            &mut |_, value| quote!(#peak = list::#kernel(#peak, #value);),
        );
        self.keeps = keeps;
        quote!({ let mut #peak = None; #found #peak })
    }

    fn average(&mut self, list: &'s Expr, local: LocalId, by: &'s Expr, expr: &'s Expr) -> TokenStream {
        let keeps = self.keeps;
        let (mean, at) = (self.kept("mean"), self.at(expr.span));
        let added = self.for_present(list, local, by, &mut |this, value| {
            let added = this.ask(&quote!(#mean.add(#value, #at)));
            quote!(#added;)
        });
        self.keeps = keeps;
        let value = self.ask(&quote!(#mean.value(#at)));
        quote!({ let mut #mean = list::Mean::new(); #added #value })
    }

    fn map_of(&mut self, select: Select, list: &'s Expr, local: LocalId, by: &'s Expr) -> TokenStream {
        let keeps = self.keeps;
        let table = self.kept("table");
        let kernel = ident(if select == Select::Index { "set" } else { "add" });
        let shape = self.shape(list).element();
        let put = self.walk(list, &mut |this, element| {
            this.with_element(&element.clone(), local, &shape, &mut |this| {
                let (key, value) = (this.value(by), this.again(local, &element).taken());
                quote!(#table.#kernel(#key, #value);)
            })
        });
        self.keeps = keeps;
        quote!({ let mut #table = list::Index::new(); #put #table })
    }
}
