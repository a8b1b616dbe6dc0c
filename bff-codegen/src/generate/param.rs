//! Parameters of operations: their Rust types, and what callers give for them.

use proc_macro2::TokenStream;
use quote::quote;

use super::function::Function;
use super::shape::Shape;
use super::world::World;
use crate::ir::expr::Ty;

/// A parameter of an operation: lists are slices, since callers compute them.
pub(crate) fn param_type(world: &World<'_>, ty: &Ty) -> TokenStream {
    match ty {
        Ty::Nullable(inner) => {
            let inner = param_type(world, inner);
            quote!(Option<#inner>)
        }
        Ty::Maybe(inner) => {
            let inner = param_type(world, inner);
            quote!(Maybe<#inner>)
        }
        Ty::List(inner) => {
            let inner = world.value_type(inner, &quote!('_));
            quote!(&[#inner])
        }
        ty => world.value_type(ty, &quote!('_)),
    }
}

/// How such a parameter is held inside.
pub(crate) fn param_shape(ty: &Ty) -> Shape {
    match ty {
        Ty::Nullable(inner) => param_shape(inner).nullable(),
        Ty::List(inner) => Shape::Vec(Box::new(Shape::Plain((**inner).clone()))),
        ty => Shape::Plain(ty.clone()),
    }
}

/// What stands for an argument that is not given.
pub(crate) fn absent(param: &Ty) -> TokenStream {
    match param {
        Ty::List(_) => quote!(&[]),
        Ty::Maybe(_) => quote!(Maybe::Absent),
        _ => quote!(None),
    }
}

impl Function<'_, '_> {
    /// An argument of an operation, as its parameter takes it: lists as slices.
    pub(crate) fn argument(&mut self, value: TokenStream, shape: &Shape, param: &Ty) -> TokenStream {
        if let Ty::Maybe(inner) = param {
            let nullable = Ty::Nullable(inner.clone());
            let value = self.argument(value, shape, &nullable);
            return quote!(Maybe::from(#value));
        }
        let nullable = param.is_nullable();
        let plain = if let Ty::Nullable(inner) = param { inner } else { param };
        if !matches!(plain, Ty::List(_)) {
            return self.fit(value, shape, &Shape::Plain(param.clone()));
        }
        let element = shape.clone().element();
        let vector = Shape::Vec(Box::new(element));
        match (shape.is_nullable(), nullable) {
            (true, _) => {
                let value = self.fit(value, shape, &vector.nullable());
                quote!((#value).as_deref())
            }
            (false, nullable) => {
                let value = self.fit(value, shape, &vector);
                if nullable {
                    quote!(Some(&#value))
                } else {
                    quote!(&#value)
                }
            }
        }
    }
}
