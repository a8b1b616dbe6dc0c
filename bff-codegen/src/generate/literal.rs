//! Literals of the language as Rust.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::expr::Ty;
use crate::model::types::Scalar;

/// `9.90` as `Decimal::new(990, 2)`.
pub(crate) fn decimal(digits: &str) -> TokenStream {
    let negative = digits.starts_with('-');
    let digits = digits.trim_start_matches('-');
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let (number, scale) = (format!("{whole}{places}"), Literal::usize_unsuffixed(places.len()));
    let minus = if negative { quote!(-) } else { TokenStream::new() };
    match number.parse::<i64>() {
        Ok(number) => {
            let number = Literal::i64_unsuffixed(number);
            quote!(Decimal::new(#minus #number, #scale))
        }
        Err(_) => {
            let number = Literal::i128_unsuffixed(number.parse().unwrap_or_default());
            quote!(Decimal::from_i128_with_scale(#minus #number, #scale))
        }
    }
}

pub(crate) fn int(value: i64) -> TokenStream {
    if value == i64::MIN {
        return quote!(i64::MIN);
    }
    let digits = Literal::i64_unsuffixed(value.abs());
    if value < 0 { quote!(-#digits) } else { quote!(#digits) }
}

pub(crate) fn float(digits: &str) -> TokenStream {
    let value: f64 = digits.parse().unwrap_or_default();
    let written = Literal::f64_unsuffixed(value.abs());
    if value.is_sign_negative() {
        quote!(-#written)
    } else {
        quote!(#written)
    }
}

/// A text, date or time that the compiler has checked.
pub(crate) fn text_literal(text: &str, ty: &Ty) -> TokenStream {
    match ty {
        Ty::Scalar(Scalar::Date) => quote!(Date::lit(#text)),
        Ty::Scalar(Scalar::DateTime) => quote!(DateTime::lit(#text)),
        Ty::Scalar(Scalar::Duration) => quote!(Span::lit(#text)),
        Ty::Nullable(inner) => {
            let inner = text_literal(text, inner);
            quote!(Some(#inner))
        }
        _ => str_literal(text),
    }
}

/// `Str::lit("plus")`, which is written as it stands; text that JSON escapes goes through the writer's escape.
pub(crate) fn str_literal(text: &str) -> TokenStream {
    let plain = text.chars().all(|c| c >= ' ' && c != '"' && c != '\\');
    if plain {
        quote!(Str::lit(#text))
    } else {
        quote!(Str::from(#text))
    }
}
