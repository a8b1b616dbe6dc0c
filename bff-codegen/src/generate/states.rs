//! Fields and parameters `f?: T?`: absent, null or a value, which is kept where they are only handed on.

use proc_macro2::TokenStream;
use quote::quote;

use super::function::Function;
use super::names::ident;
use super::output::{Place, holds_view};
use super::shape::Shape;
use crate::ir::expr::{Expr, ExprKind, Ty};

impl<'s> Function<'s, '_> {
    /// A field or parameter `f?: T?` with its three states, and the shape of its value.
    pub(crate) fn three_states(&mut self, expr: &'s Expr) -> Option<(TokenStream, Shape)> {
        match &expr.kind {
            ExprKind::Field { base, field } => {
                let (Ty::View(view), Shape::Plain(_)) = (&base.ty, self.shape(base)) else {
                    return None;
                };
                let Ty::Maybe(inner) = &self.world.service.views[view.0 as usize].fields[*field as usize].ty else {
                    return None;
                };
                let name = ident(&self.world.views[view.0 as usize].fields[*field as usize]);
                let base = self.tight(base);
                Some((quote!(#base.#name()), Shape::Plain((**inner).clone())))
            }
            ExprKind::Local(local) => match self.shapes.locals.get(local) {
                Some(Shape::Plain(Ty::Maybe(inner))) => {
                    let inner = Shape::Plain((**inner).clone());
                    Some((self.locals.get(local).cloned()?, inner))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The field or parameter of three states that a value is a conversion of, so that both are absent together.
    pub(crate) fn converted_states(&mut self, expr: &'s Expr) -> Option<TokenStream> {
        match &expr.kind {
            ExprKind::Convert(inner) => self.converted_states(inner),
            ExprKind::Lift { base, body, .. } if is_conversion(body) => self.converted_states(base),
            _ => self.three_states(expr).map(|(value, _)| value),
        }
    }

    /// Writes a field that may be absent, null or a value; null is left out where the reader wants no nulls.
    pub(crate) fn write_three_states(&mut self, value: TokenStream, shape: &Shape, key: &str) -> TokenStream {
        let omits = self.omits_nulls();
        let plain = matches!(shape, Shape::Plain(ty) if !holds_view(ty));
        if plain && !omits {
            return quote!(o.maybe(#key, #value););
        }
        if plain {
            return quote!(o.some(#key, #value.value()););
        }
        let place = Place::Key { key, omit: false };
        let (name, there) = self.each_of(|this, name| this.write_shape(name, shape, place));
        if omits {
            return quote!(if let Some(#name) = #value.value() { #there });
        }
        quote!(match #value { Maybe::Value(#name) => { #there } Maybe::Null => { o.key(#key); o.null(); } Maybe::Absent => {} })
    }
}

/// Whether the body of a lift makes the same value of another type: nothing of it is read.
fn is_conversion(body: &Expr) -> bool {
    match &body.kind {
        ExprKind::Convert(inner) => is_conversion(inner),
        kind => matches!(
            kind,
            ExprKind::Local(_) | ExprKind::Record(_) | ExprKind::Bind { .. } | ExprKind::Each { .. }
        ),
    }
}
