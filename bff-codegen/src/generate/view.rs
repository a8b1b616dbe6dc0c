//! Records and unions as they lie in documents, written whole.

use proc_macro2::TokenStream;
use quote::quote;

use super::function::{Audience, Function};
use super::names::ident;
use super::output::Place;
use super::shape::Shape;
use crate::ir::expr::{Ty, ViewId};
use crate::ir::service::{ViewField, ViewOf};

impl Function<'_, '_> {
    /// What a view holds under the names that the reader knows: the fields of a record, or which of its records a union is, and
    /// the fields of that.
    pub(crate) fn write_fields(&mut self, it: &TokenStream, view: ViewId) -> TokenStream {
        let world = self.world;
        let ViewOf::Union(union) = world.service.views[view.0 as usize].of else {
            let members = self.write_view_members(it, view);
            return quote!(o.object(); #members o.end_object(););
        };
        let declared = &world.service.unions[union.0 as usize];
        let on = &declared.on;
        let mut arms = TokenStream::new();
        for (index, variant) in world.service.views[view.0 as usize].fields.iter().enumerate() {
            let Ty::View(record) = variant.ty else { continue };
            let fields = &world.service.views[record.0 as usize].fields;
            // A field of that name holds the discriminator, too.
            let key = |field: &ViewField| match self.audience {
                Audience::Client => field.name == *on,
                Audience::Wire => field.wire == *on,
            };
            let tag = (!fields.iter().any(key)).then(|| {
                let tag = &variant.wire;
                quote!(o.put(#on, #tag);)
            });
            let (name, members) = self.each_of(|this, name| this.write_view_members(&name, record));
            let path = world.variant(view, index as u32);
            arms.extend(quote!(#path(#name) => { #tag #members }));
        }
        if declared.open {
            let name = ident(&world.views[view.0 as usize].name);
            arms.extend(quote!(#name::Other(tag) => { o.put(#on, tag); }));
        }
        quote!(o.object(); match #it { #arms } o.end_object();)
    }

    fn write_view_members(&mut self, record: &TokenStream, view: ViewId) -> TokenStream {
        let world = self.world;
        let mut written = TokenStream::new();
        let fields = &world.service.views[view.0 as usize].fields;
        for (field, accessor) in fields.iter().zip(&world.views[view.0 as usize].fields) {
            let accessor = ident(accessor);
            let (key, omit) = match self.audience {
                Audience::Client => (&field.name, field.optional || self.omits_nulls()),
                Audience::Wire => (&field.wire, field.optional),
            };
            let value = quote!(#record.#accessor());
            written.extend(match &field.ty {
                Ty::Maybe(inner) => self.write_three_states(value, &Shape::Plain((**inner).clone()), key),
                ty => self.write_shape(value, &Shape::Plain(ty.clone()), Place::Key { key, omit }),
            });
        }
        written
    }
}
