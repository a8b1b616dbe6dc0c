//! Maps: those of documents, and those that `index` and `group` make. Both give the value under a key and go through their entries.

use proc_macro2::TokenStream;
use quote::quote;

use super::expr::flatten;
use super::function::Function;
use super::list::{Element, Visit};
use super::output::Place;
use super::shape::Shape;
use crate::ir::expr::{Expr, LocalId};

impl<'s, 'w> Function<'s, 'w> {
    /// `map[key]`
    pub(crate) fn map_index(&mut self, map: &'s Expr, key: &'s Expr) -> TokenStream {
        let shape = self.shape(map);
        let nested = shape.clone().element().is_nullable();
        let place = self.place(map);
        match shape {
            Shape::Index(..) => {
                let key = self.value(key);
                flatten(quote!(#place.get(#key).cloned()), nested)
            }
            _ => {
                let key = self.map_key(key);
                flatten(quote!(#place.get(#key)), nested)
            }
        }
    }

    /// `map.pick(keys)`: for each key that is there its value.
    pub(super) fn picked(&mut self, map: &'s Expr, keys: &'s Expr, visit: Visit<'_, 's, 'w>) -> TokenStream {
        let shape = self.shape(map);
        let value = shape.clone().element();
        let nullable = self.shape(keys).element().is_nullable();
        let depth = self.depth;
        let (mut before, mut place) = (TokenStream::new(), self.place(map));
        if !matches!((&shape, self.held(map)), (Shape::Index(..), Some(_))) {
            // A map of a document is looked through from its start for each key: many keys want a table.
            let name = self.fresh();
            before = match shape {
                Shape::Index(..) => quote!(let #name = #place;),
                _ => quote!(let #name = list::Index::of(list::entries(#place));),
            };
            place = quote!(#name);
        }
        let (owned, get) = match value.is_owned() {
            true => (true, quote!(get)),
            false => (false, quote!(copied)),
        };
        let walked = self.for_each(keys, &mut |this, key| {
            let depth = this.depth;
            let (name, found) = (this.fresh(), this.fresh());
            let body = visit(
                this,
                Element {
                    tokens: quote!(#found),
                    by_ref: owned,
                },
            );
            this.depth = depth;
            match nullable {
                true => quote!(if let Some(#name) = #key && let Some(#found) = #place.#get(#name) { #body }),
                false => quote!(if let Some(#found) = #place.#get(#key) { #body }),
            }
        });
        self.depth = depth;
        match before.is_empty() {
            true => walked,
            false => quote!({ #before #walked }),
        }
    }

    /// `map.entries()`
    pub(super) fn entries(&mut self, map: &'s Expr, visit: Visit<'_, 's, 'w>) -> TokenStream {
        match (self.shape(map), self.held(map)) {
            (Shape::Index(..), Some(place)) => self.looped(&quote!(#place.entries()), true, visit),
            (Shape::Index(..), None) => {
                let map = self.tight(map);
                self.looped(&quote!(#map.into_entries()), false, visit)
            }
            _ => {
                let map = self.value(map);
                let depth = self.depth;
                let (key, value) = (self.fresh(), self.fresh());
                let body = visit(self, Element::value(quote!((#key, #value))));
                self.depth = depth;
                quote!(for (#key, #value) in list::entries(#map) { #body })
            }
        }
    }

    /// Loops over the entries of a map with `local` bound to the value; the sink gets the key, of a map of a document as it stands there
    /// unless it is `typed`.
    fn for_value(
        &mut self,
        map: &'s Expr,
        local: LocalId,
        typed: bool,
        body: &mut dyn FnMut(&mut Self, TokenStream) -> TokenStream,
    ) -> TokenStream {
        let value = self.shape(map).element();
        if matches!(self.shape(map), Shape::Index(..)) {
            return self.entries(map, &mut |this, entry| {
                let entry = &entry.tokens;
                let at = Element::place(quote!(#entry.1));
                this.with_element(&at, local, &value, &mut |this| body(this, quote!(#entry.0)))
            });
        }
        let map = self.value(map);
        let map = if typed { quote!(list::entries(#map)) } else { map };
        let depth = self.depth;
        let (key, name) = (self.fresh(), self.fresh());
        let at = Element::value(quote!(#name));
        let written = self.with_element(&at, local, &value, &mut |this| body(this, quote!(#key)));
        self.depth = depth;
        let name = super::expr::used(&name, &written);
        quote!(for (#key, #name) in #map { #written })
    }

    /// A map with the values of another one put into another form.
    pub(crate) fn each_value(&mut self, map: &'s Expr, local: LocalId, body: &'s Expr) -> TokenStream {
        let put = self.for_value(map, local, true, &mut |this, key| {
            let value = this.value(body);
            quote!(table.set(#key, #value);)
        });
        quote!({ let mut table = list::Index::new(); #put table })
    }

    /// The same, written out.
    pub(crate) fn write_each_value(&mut self, map: &'s Expr, local: LocalId, body: &'s Expr) -> TokenStream {
        let written = self.for_value(map, local, false, &mut |this, key| {
            let value = this.write(body, Place::Item);
            quote!(o.key_text(&#key); #value)
        });
        quote!(o.object(); #written o.end_object();)
    }

    /// A map that is held, written out.
    pub(crate) fn write_index(&mut self, map: &Element, value: &Shape) -> TokenStream {
        let rows = &map.tokens;
        let depth = self.depth;
        let name = self.fresh();
        let member = match value.is_owned() {
            true => Element::place(quote!(#name.1)),
            false => Element::value(quote!(#name.1)),
        };
        let written = self.write_held(&member, value, Place::Item);
        self.depth = depth;
        quote!(o.object(); for #name in #rows.entries() { o.key_text(&#name.0); #written } o.end_object();)
    }
}
