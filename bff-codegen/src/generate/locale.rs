//! The words of the client's locales, and what is written with them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::function::Function;
use super::literal::str_literal;
use super::text::Item;
use super::world::World;
use crate::ir::expr::{Expr, Ty};
use crate::model::locale::{self, Piece};
use crate::model::types::Scalar;

/// `LOCALES`: those that the client declares.
pub(crate) fn locales(world: &World<'_>) -> Option<Item> {
    let declared = &world.service.client.locales;
    let (_, span) = declared.first()?;
    let rows = declared.iter().filter_map(|(tag, _)| row(tag));
    let written = quote!(pub static LOCALES: &[text::Locale] = &[#(#rows),*];);
    Some(Item::tokens(written).from(world.origin(*span, "locales")))
}

fn row(tag: &str) -> Option<TokenStream> {
    let known = locale::known(tag)?;
    let names = locale::NAMES.iter().map(|pattern| {
        let names = known.property(pattern).split('|');
        quote!((#pattern, &[#(#names),*]))
    });
    let mut number = known.property("number").split('|');
    let mut next = || number.next().unwrap_or_default();
    let zero = next().chars().next().unwrap_or('0');
    let (decimal, group) = (next(), next());
    let mut count = || Literal::usize_unsuffixed(next().parse().unwrap_or(3));
    let (primary, secondary, least) = (count(), count(), count());
    let money = known.property("money").split('|');
    let symbols = known.property("symbols").split('|').filter_map(|pair| {
        let (code, symbol) = pair.split_once(' ')?;
        Some(quote!((#code, #symbol)))
    });
    Some(quote! {
        text::Locale {
            tag: #tag,
            names: &[#(#names),*],
            number: text::Marks {
                zero: #zero,
                decimal: #decimal,
                group: #group,
                sizes: (#primary, #secondary),
                least: #least,
            },
            money: [#(#money),*],
            symbols: &[#(#symbols),*],
        }
    })
}

impl<'s> Function<'s, '_> {
    /// `at.format("d MMM", …)`
    pub(crate) fn formatted(
        &mut self,
        value: &'s Expr,
        pieces: &[Piece],
        locale: &'s Expr,
        zone: Option<&'s Expr>,
    ) -> TokenStream {
        let pieces = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => quote!(text::Piece::Text(#text)),
            Piece::Field(letter, count) => {
                let count = Literal::u8_unsuffixed(*count);
                quote!(text::Piece::Field(#letter, #count))
            }
        });
        let pieces = quote!(&[#(#pieces),*]);
        let of_day = value.ty == Ty::Scalar(Scalar::Date);
        let (value, locale) = (self.value(value), self.value(locale));
        let zone = match zone {
            Some(zone) => self.value(zone),
            None => str_literal(&self.world.service.client.timezone),
        };
        let scratch = self.scratch();
        match of_day {
            true => quote!(#scratch.date(#value, #pieces, LOCALES, #locale)),
            false => quote!(#scratch.date_time(#value, #pieces, LOCALES, #locale, #zone)),
        }
    }

    /// `m.money(locale)`
    pub(crate) fn money(&mut self, amount: &'s Expr, currency: &'s Expr, locale: &'s Expr) -> TokenStream {
        let (amount, currency, locale) = (self.value(amount), self.value(currency), self.value(locale));
        let scratch = self.scratch();
        quote!(#scratch.money(#amount, #currency, LOCALES, #locale))
    }
}
