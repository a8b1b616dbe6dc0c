//! Writing what is held in a variable where it is, without copying it.

use proc_macro2::TokenStream;
use quote::quote;

use super::function::Function;
use super::list::Element;
use super::output::{Place, key_of, null, some_or};
use super::shape::Shape;

impl<'s> Function<'s, '_> {
    /// Writes a value that is held as `shape` says: where it is, if it is by reference.
    pub(crate) fn write_held(&mut self, value: &Element, shape: &Shape, place: Place<'_>) -> TokenStream {
        let held = &value.tokens;
        match shape {
            _ if !value.by_ref => self.write_shape(held.clone(), shape, place),
            Shape::Vec(element) => {
                let key = key_of(place);
                let (rows, owned) = match element.is_owned() {
                    true => (quote!(#held.iter()), true),
                    false => (quote!(#held.iter().cloned()), false),
                };
                let written = self.looped(&rows, owned, &mut |this, it| this.write_held(&it, element, Place::Item));
                quote!(#key o.array(); #written o.end_array();)
            }
            Shape::Tuple(members) => {
                let members = self.write_members(held, members);
                let key = key_of(place);
                quote!(#key o.object(); #members o.end_object();)
            }
            Shape::Index(_, inner) => {
                let key = key_of(place);
                let written = self.write_index(value, inner);
                quote!(#key #written)
            }
            Shape::Option(inner) if !matches!(place, Place::Key { omit: false, .. }) => {
                let depth = self.depth;
                let name = self.fresh();
                let there = self.write_held(&Element::place(quote!(#name)), inner, place);
                self.depth = depth;
                some_or(&quote!(&#held), &quote!(#name), &there, &null(place))
            }
            Shape::Option(_) => {
                let key = key_of(place);
                let written = self.write_held(value, shape, Place::Item);
                quote!(#key #written)
            }
            Shape::Plain(_) => self.write_shape(held.clone(), shape, place),
        }
    }
}
