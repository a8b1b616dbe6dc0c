//! Conversions between types that fit, and the methods of scalars and lists.

use proc_macro2::TokenStream;
use quote::quote;

use super::expr::{flatten, out, tight};
use super::function::{Audience, Function};
use super::names::ident;
use super::shape::{Shape, convert_shape};
use crate::ir::expr::{Expr, ExprKind, Method, Ty};
use crate::model::types::{EnumId, Scalar};

impl<'s> Function<'s, '_> {
    /// A value converted to the type of `expr`.
    pub(crate) fn convert(&mut self, inner: &'s Expr, expr: &'s Expr) -> TokenStream {
        let from = self.shape(inner);
        if self.is_written_again(&from, &expr.ty) {
            return self.written_again(inner, &expr.ty);
        }
        if let (Ty::List(to), false) = (&expr.ty, from.clone().element() == Shape::Plain(Ty::Never)) {
            let kept = convert_shape(from.clone().element(), to).is_like(&from.clone().element());
            return if kept { self.value(inner) } else { self.collect(expr) };
        }
        let value = self.value(inner);
        self.convert_value(value, &from, &expr.ty, expr)
    }

    /// Whether a value must be written as JSON and read again to become one of type `to`.
    pub(crate) fn is_written_again(&self, from: &Shape, to: &Ty) -> bool {
        match to {
            Ty::Nullable(to) => self.is_written_again(&from.clone().inner(), to),
            Ty::Scalar(Scalar::Json) => {
                *from != Shape::Plain(Ty::Scalar(Scalar::Json)) && *from != Shape::Plain(Ty::Null)
            }
            // Maps are not walked: one of other values is written, and read as what is wanted.
            Ty::Map(..) => from.is_map() && !from.is_like(&Shape::Plain(to.clone())),
            to => crate::ir::walk::names_a_view(to) && from.has_tuple(),
        }
    }

    /// `{ a: 1 }` where a record of a declared type is wanted: written, and read with the type's own plan.
    pub(crate) fn written_again(&mut self, value: &'s Expr, to: &Ty) -> TokenStream {
        let audience = std::mem::replace(&mut self.audience, Audience::Wire);
        let written = self.write_item(value);
        self.audience = audience;
        let (scratch, at) = (self.scratch(), self.at(value.span));
        let out = out(&written);
        if *to == Ty::Scalar(Scalar::Json) {
            return self.ask(&quote!(#scratch.json(#out).at(#at)));
        }
        let ty = self.world.read_type(to, false, &quote!('static));
        self.ask(&quote!(#scratch.decode::<#ty>(#out, #at)))
    }

    /// A value of shape `from` as one of type `to`; lists are converted where they are walked.
    pub(crate) fn convert_value(&mut self, value: TokenStream, from: &Shape, to: &Ty, expr: &'s Expr) -> TokenStream {
        match (from, to) {
            (Shape::Plain(Ty::Never | Ty::Null), _) => value,
            (Shape::Plain(from), to) if from == to => value,
            (from, Ty::Nullable(to)) => {
                let nullable = from.is_nullable();
                let from = from.clone().inner();
                if nullable {
                    self.convert_there(value, &from, to, expr)
                } else {
                    let value = self.convert_value(value, &from, to, expr);
                    quote!(Some(#value))
                }
            }
            (Shape::Plain(Ty::Scalar(from)), Ty::Scalar(to)) => self.convert_scalar(value, *from, *to, expr),
            (Shape::Plain(Ty::Enum(_)), Ty::Scalar(_)) => {
                quote!(Str::from(#value))
            }
            (Shape::Plain(Ty::Enum(from)), Ty::Enum(to)) => self.convert_enum(&value, *from, *to),
            _ => value,
        }
    }

    /// The same inside an `Option`.
    fn convert_there(&mut self, value: TokenStream, from: &Shape, to: &Ty, expr: &'s Expr) -> TokenStream {
        let depth = self.depth;
        let name = self.fresh();
        let (changed, faults) = self.watch(|this| this.convert_value(quote!(#name), from, to, expr));
        self.depth = depth;
        if name == changed.to_string() {
            value
        } else if faults {
            quote!(match #value { Some(#name) => Some(#changed), None => None })
        } else {
            let value = tight(value);
            quote!(#value.map(|#name| #changed))
        }
    }

    fn convert_scalar(&mut self, value: TokenStream, from: Scalar, to: Scalar, expr: &'s Expr) -> TokenStream {
        match (from, to) {
            (Scalar::Int, Scalar::Decimal) => quote!(Decimal::from(#value)),
            (Scalar::Int, Scalar::Float) => {
                let value = tight(value);
                quote!(#value as f64)
            }
            (Scalar::Int, Scalar::Id | Scalar::String) => {
                let (scratch, at) = (self.scratch(), self.at(expr.span));
                self.ask(&quote!(#scratch.text(t![#value], #at)))
            }
            _ => value,
        }
    }

    fn convert_enum(&mut self, value: &TokenStream, from: EnumId, to: EnumId) -> TokenStream {
        if from == to {
            return value.clone();
        }
        let enums = &self.world.service.enums;
        let (source, target) = (&enums[from.0 as usize], &enums[to.0 as usize]);
        let mut rows: Vec<TokenStream> = Vec::new();
        for (at, known) in source.values.iter().enumerate() {
            let Some(same) = target.values.iter().position(|value| value.wire == known.wire) else {
                continue;
            };
            let (a, b) = (self.enum_value(from, at as u32), self.enum_value(to, same as u32));
            rows.push(quote!(#a => #b,));
        }
        if source.open {
            let (a, b) = (
                ident(&self.world.enums[from.0 as usize].name),
                ident(&self.world.enums[to.0 as usize].name),
            );
            rows.push(quote!(#a::Other(text) => #b::Other(text),));
        }
        quote!(match #value { #(#rows)* })
    }

    /// A method's value.
    pub(crate) fn method(
        &mut self,
        method: Method,
        base: &'s Expr,
        args: &'s [Option<Expr>],
        expr: &'s Expr,
    ) -> TokenStream {
        match method {
            Method::First | Method::Last => self.first_or_last(base, method == Method::First),
            Method::Count => self.count(base),
            Method::Join => self.join(base, args),
            Method::Take | Method::Skip | Method::Pick | Method::Entries => self.collect(expr),
            // They have kinds of expressions of their own.
            Method::Format | Method::Money => TokenStream::new(),
            Method::Mask(mask) => {
                let (scratch, value) = (self.scratch(), self.value(base));
                let mask = ident(&format!("{mask:?}"));
                quote!(#scratch.mask(#value, text::Mask::#mask))
            }
            Method::Int | Method::Decimal | Method::Float => self.number(method, base, expr),
            Method::Round | Method::Floor | Method::Ceil | Method::Mod => self.rounded(method, base, args, expr),
            Method::Upper | Method::Lower | Method::Trim | Method::Split | Method::Replace | Method::Sha256 => {
                let name = ident(&format!("{method:?}").to_ascii_lowercase());
                let mut values = vec![self.value(base)];
                values.extend(args.iter().flatten().map(|arg| self.value(arg)));
                let scratch = self.scratch();
                quote!(#scratch.#name(#(#values),*))
            }
        }
    }

    /// `int`, `decimal`, `float`: from text they may be null, from numbers they may be out of range.
    fn number(&mut self, method: Method, base: &'s Expr, expr: &'s Expr) -> TokenStream {
        let name = format!("{method:?}").to_ascii_lowercase();
        let value = self.value(base);
        let from = match &base.ty {
            Ty::Scalar(scalar) => *scalar,
            _ => Scalar::String,
        };
        let same = matches!(
            (method, from),
            (Method::Int, Scalar::Int) | (Method::Decimal, Scalar::Decimal) | (Method::Float, Scalar::Float)
        );
        match from {
            _ if same => value,
            Scalar::Int if method == Method::Decimal => quote!(Decimal::from(#value)),
            Scalar::Int | Scalar::Decimal | Scalar::Float => {
                let (kernel, at) = (ident(&format!("to_{name}")), self.at(expr.span));
                self.ask(&quote!(ops::#kernel(#value, #at)))
            }
            _ => {
                let kernel = ident(&format!("read_{name}"));
                quote!(ops::#kernel(#value))
            }
        }
    }

    fn rounded(&mut self, method: Method, base: &'s Expr, args: &'s [Option<Expr>], expr: &'s Expr) -> TokenStream {
        let at = self.at(expr.span);
        let value = self.value(base);
        let given = args.first().and_then(Option::as_ref).map(|arg| self.value(arg));
        let kernel = match method {
            Method::Round => {
                let digits = given.unwrap_or_else(|| quote!(0));
                quote!(ops::round(#value, #digits, #at))
            }
            Method::Mod => {
                let by = given.unwrap_or_else(|| quote!(1));
                quote!(ops::modulo(#value, #by, #at))
            }
            Method::Floor => quote!(ops::floor(#value, #at)),
            _ => quote!(ops::ceil(#value, #at)),
        };
        let rounded = self.ask(&kernel);
        let to_int = expr.ty == Ty::Scalar(Scalar::Int) && base.ty != Ty::Scalar(Scalar::Int);
        if to_int {
            self.ask(&quote!(ops::to_int(#rounded, #at)))
        } else {
            rounded
        }
    }

    fn first_or_last(&mut self, base: &'s Expr, first: bool) -> TokenStream {
        let element = self.shape(base).element();
        let nested = element.is_nullable();
        let name = ident(if first { "first" } else { "last" });
        if let (Shape::Vec(_), Some(list)) = (self.shape(base), self.held(base)) {
            return flatten(quote!(#list.#name().cloned()), nested);
        }
        if matches!(self.shape(base), Shape::Plain(_)) {
            let base = self.tight(base);
            return flatten(quote!(#base.#name()), nested);
        }
        let some = |value: TokenStream| if nested { value } else { quote!(Some(#value)) };
        if first {
            let label = self.label();
            let found = self.for_each(base, &mut |_, value| {
                let value = some(value);
                quote!(break #label #value;)
            });
            return quote!(#label: { #found None });
        }
        let found = self.for_each(base, &mut |_, value| {
            let value = some(value);
            quote!(last = #value;)
        });
        quote!({ let mut last = None; #found last })
    }

    fn count(&mut self, base: &'s Expr) -> TokenStream {
        match (&base.kind, self.shape(base)) {
            (
                ExprKind::Each {
                    list, flatten: false, ..
                },
                _,
            ) => self.count(list),
            (_, Shape::Plain(Ty::List(element))) if *element == Ty::Never => quote!(0),
            (_, Shape::Plain(_)) => {
                let base = self.tight(base);
                quote!(#base.count())
            }
            (_, Shape::Index(..)) => {
                let map = self.place(base);
                quote!(#map.count())
            }
            _ if self.held(base).is_some() => {
                let list = self.place(base);
                quote!((#list.len() as i64))
            }
            _ => {
                let counted = self.for_each(base, &mut |_, _| quote!(count += 1;));
                quote!({ let mut count = 0; #counted count })
            }
        }
    }

    /// The operand of a conversion that changes nothing in Rust.
    fn unconverted(&mut self, expr: &'s Expr) -> &'s Expr {
        match &expr.kind {
            ExprKind::Convert(inner) if self.shape(inner).is_like(&self.shape(expr)) => self.unconverted(inner),
            _ => expr,
        }
    }

    fn join(&mut self, base: &'s Expr, args: &'s [Option<Expr>]) -> TokenStream {
        let between = match args.first().and_then(Option::as_ref) {
            Some(arg) => self.value(arg),
            None => quote!(Str::lit("")),
        };
        let base = self.unconverted(base);
        if let (Some(parts), Shape::Vec(_)) = (self.held(base), self.shape(base)) {
            let scratch = self.scratch();
            return quote!(#scratch.join(#between, &#parts[..]));
        }
        let pushed = self.for_each(base, &mut |_, value| quote!(parts.push(#value);));
        let scratch = self.scratch();
        let joined = quote!(#scratch.join(#between, &parts));
        quote!({ let mut parts = Vec::new(); #pushed #joined })
    }
}

/// Whether a conversion changes nothing of what is written: to null or not, to `Json`, to a record that it already is.
pub(crate) fn is_free(from: &Ty, to: &Ty) -> bool {
    match (from, to) {
        (from, Ty::Nullable(to)) => is_free(from, to),
        (Ty::Nullable(from), to) => is_free(from, to),
        (Ty::List(from), Ty::List(to)) | (Ty::Map(_, from), Ty::Map(_, to)) => is_free(from, to),
        (_, Ty::Scalar(crate::model::types::Scalar::Json)) => true,
        (Ty::Computed | Ty::View(_), Ty::Computed | Ty::View(_)) | (Ty::Never | Ty::Null, _) => true,
        (from, to) => from == to,
    }
}
