//! Functions of Rust: a constant for each, whose type rustc compares with the function, and calls of it.

use proc_macro2::TokenStream;
use quote::quote;

use super::function::Function;
use super::names::{ident, shout, snake};
use super::shape::Shape;
use super::text::Item;
use super::world::World;
use crate::ir::expr::{Expr, Ty};
use crate::model::types::{self, ExternFn, ExternId, Scalar};

/// The module of the constants, if anything is called.
pub(crate) fn module(world: &World<'_>) -> Option<Item> {
    let service = world.service;
    let called = service
        .functions
        .iter()
        .filter_map(|at| service.externs.get(*at as usize));
    let constants: Vec<Item> = called.map(|function| constant(world, function)).collect();
    if constants.is_empty() {
        return None;
    }
    let items = std::iter::once(Item::text("use super::*;")).chain(constants).collect();
    Some(Item::module(format!("mod {}", world.functions), items))
}

/// `pub const INITIALS: fn(&str, &str) -> String = crate::text::initials;`
fn constant(world: &World<'_>, function: &ExternFn) -> Item {
    let params = function.params.iter().map(|param| {
        let ty = passed(world, &param.ty);
        match param.optional && !matches!(param.ty, types::Ty::Nullable(_)) {
            true => quote!(Option<#ty>),
            false => ty,
        }
    });
    let result = given_back(world, &function.result);
    let name = ident(&shout(&function.name));
    let path: TokenStream = function.path.parse().unwrap_or_default();
    let written = quote!(pub const #name: fn(#(#params),*) -> #result = #path;);
    Item::tokens(written).from(world.origin(function.span, format!("extern fn {}", function.name)))
}

/// The Rust type of an argument.
fn passed(world: &World<'_>, ty: &types::Ty) -> TokenStream {
    match ty {
        types::Ty::Nullable(inner) => {
            let inner = passed(world, inner);
            quote!(Option<#inner>)
        }
        types::Ty::List(inner) => {
            let inner = passed(world, inner);
            quote!(&[#inner])
        }
        types::Ty::Enum(id) => world.enum_type(*id, &quote!('_)),
        types::Ty::Scalar(Scalar::Json) => quote!(&RawJson<'_>),
        types::Ty::Scalar(scalar) if is_text(*scalar) => quote!(&str),
        types::Ty::Scalar(scalar) => world.value_type(&Ty::Scalar(*scalar), &quote!('_)),
        _ => quote!(()),
    }
}

/// The Rust type of a result.
fn given_back(world: &World<'_>, ty: &types::Ty) -> TokenStream {
    match ty {
        types::Ty::Nullable(inner) => {
            let inner = given_back(world, inner);
            quote!(Option<#inner>)
        }
        types::Ty::List(inner) => {
            let inner = given_back(world, inner);
            quote!(Vec<#inner>)
        }
        types::Ty::Enum(id) => world.enum_type(*id, &quote!('static)),
        types::Ty::Scalar(scalar) if is_text(*scalar) => quote!(String),
        types::Ty::Scalar(scalar) => world.value_type(&Ty::Scalar(*scalar), &quote!('static)),
        _ => quote!(()),
    }
}

fn is_text(scalar: Scalar) -> bool {
    use Scalar::{Id, Locale, String, Url, Uuid, Zone};
    matches!(scalar, String | Id | Uuid | Url | Zone | Locale)
}

impl<'s> Function<'s, '_> {
    /// `f(a: x)`: arguments first, then the call, timed.
    pub(crate) fn extern_call(&mut self, function: ExternId, args: &'s [Option<Expr>], expr: &'s Expr) -> TokenStream {
        let service = self.world.service;
        let declared = &service.externs[function.0 as usize];
        let mut before = TokenStream::new();
        let mut names = Vec::new();
        for (at, param) in declared.params.iter().enumerate() {
            let nullable = param.may_be_null();
            let Some(arg) = args.get(at).and_then(Option::as_ref) else {
                names.push(quote!(None));
                continue;
            };
            let name = ident(&format!("{}_arg", snake(&param.name).trim_end_matches('_')));
            let ty = match &param.ty {
                types::Ty::Nullable(inner) => inner,
                ty => ty,
            };
            let shape = self.shape(arg);
            let value = self.passed_value(arg, &shape, ty, nullable);
            before.extend(quote!(let #name = #value;));
            names.push(match (ty, nullable) {
                (types::Ty::List(_), true) => quote!(#name.as_deref()),
                (types::Ty::List(_), false) => quote!(&#name),
                (types::Ty::Scalar(Scalar::Json), true) => quote!(#name.as_ref()),
                (types::Ty::Scalar(Scalar::Json), false) => quote!(&#name),
                _ => quote!(#name),
            });
        }
        let (module, constant) = (self.functions_module(), ident(&shout(&declared.name)));
        let (called, at) = (&declared.name, self.at(expr.span));
        let call = quote!(ops::timed(#called, #at, || #module::#constant(#(#names),*)));
        let result = self.taken_back(call, &declared.result, expr);
        if before.is_empty() {
            result
        } else {
            quote!({ #before #result })
        }
    }

    /// Where the constants stand, seen from here.
    fn functions_module(&self) -> TokenStream {
        let module = ident(&self.world.functions);
        quote!(#module)
    }

    /// An argument as it is held before the call.
    fn passed_value(&mut self, arg: &'s Expr, shape: &Shape, ty: &types::Ty, nullable: bool) -> TokenStream {
        if let types::Ty::List(element) = ty {
            return self.passed_list(arg, shape, element, nullable);
        }
        let value = self.value(arg);
        let lent = self.lent(quote!(it), ty);
        let changes = lent.to_string() != "it";
        match (shape.is_nullable(), nullable) {
            (true, _) if matches!(shape, Shape::Plain(Ty::Null)) => quote!(None),
            (true, _) if changes => {
                let value = super::expr::tight(value);
                quote!(#value.map(|it| #lent))
            }
            (true, _) => value,
            (false, true) => {
                let lent = self.lent(value, ty);
                quote!(Some(#lent))
            }
            (false, false) => self.lent(value, ty),
        }
    }

    fn passed_list(&mut self, arg: &'s Expr, shape: &Shape, element: &types::Ty, nullable: bool) -> TokenStream {
        let inner = shape.clone().inner().element();
        let lent = match (element, inner.is_nullable()) {
            (types::Ty::Nullable(element), true) => {
                let lent = self.lent(quote!(it), element);
                if lent.to_string() == "it" {
                    quote!(it)
                } else {
                    quote!(it.map(|it| #lent))
                }
            }
            (types::Ty::Nullable(element), false) => {
                let lent = self.lent(quote!(it), element);
                quote!(Some(#lent))
            }
            (element, _) => self.lent(quote!(it), element),
        };
        if matches!(shape, Shape::Plain(Ty::Null)) {
            return quote!(None::<Vec<_>>);
        }
        if self.is_empty_list(arg) {
            return if nullable {
                quote!(Some(Vec::new()))
            } else {
                quote!(Vec::new())
            };
        }
        if shape.is_nullable() {
            let value = super::expr::tight(self.value(arg));
            return quote!(#value.map(|list| list.into_iter().map(|it| #lent).collect::<Vec<_>>()));
        }
        let pushed = self.for_each(arg, &mut |_, value| quote!({ let it = #value; list.push(#lent); }));
        let made = quote!({ let mut list = Vec::new(); #pushed list });
        if nullable { quote!(Some(#made)) } else { made }
    }

    /// A scalar as Rust takes it.
    fn lent(&mut self, value: TokenStream, ty: &types::Ty) -> TokenStream {
        match ty {
            types::Ty::Scalar(scalar) if is_text(*scalar) => {
                let scratch = self.scratch();
                quote!(#scratch.lend(#value))
            }
            _ => value,
        }
    }

    /// A result as values of the engine are.
    fn taken_back(&mut self, call: TokenStream, ty: &types::Ty, expr: &'s Expr) -> TokenStream {
        match ty {
            types::Ty::Nullable(inner) => {
                let taken = self.taken_back(quote!(it), inner, expr);
                self.mapped(call, &taken, &quote!(.map), &quote!(.transpose()?))
            }
            types::Ty::List(inner) => {
                let taken = self.taken_back(quote!(it), inner, expr);
                let collect = quote!(.collect::<Eval<Vec<_>>>()?);
                match taken.to_string().as_str() {
                    "it" => call,
                    text if text.contains('?') => self.mapped(call, &taken, &quote!(.into_iter().map), &collect),
                    _ => quote!(#call.into_iter().map(|it| #taken).collect::<Vec<_>>()),
                }
            }
            types::Ty::Scalar(scalar) if is_text(*scalar) => {
                let scratch = self.scratch();
                quote!(#scratch.keep(#call))
            }
            types::Ty::Scalar(Scalar::Float) => {
                let at = self.at(expr.span);
                self.ask(&quote!(ops::finite(#call, #at)))
            }
            _ => call,
        }
    }

    /// `call.map(|it| taken)`; what can fault in it is asked behind it.
    fn mapped(&self, call: TokenStream, taken: &TokenStream, map: &TokenStream, end: &TokenStream) -> TokenStream {
        match taken.to_string().as_str() {
            "it" => call,
            text if text.contains('?') => quote!(#call #map(|it| -> Eval<_> { Ok(#taken) }) #end),
            _ => quote!(#call #map(|it| #taken)),
        }
    }
}
