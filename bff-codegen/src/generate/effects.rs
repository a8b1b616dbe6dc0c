//! What routes with effects have in their tables: how an effect is undone, and the keys of the route.

use proc_macro2::TokenStream;
use quote::quote;

use super::route::Writer;
use super::service::duration_setting;
use super::world::World;
use crate::ir::service::{Route, Undo};
use crate::source::Span;

impl<'s> Writer<'s, '_> {
    /// `Undo { invoke: Invoke::new(&payments::REFUND, send!(undo_charge; CHARGE)) }`
    pub(crate) fn undo(&mut self, variable: &str, undo: &'s Undo, span: Span) -> TokenStream {
        let op = self.world.op_row(undo.request.op);
        let send = self.send(&format!("undo_{variable}"), &undo.request, span);
        let timeout = undo.timeout.as_ref().map(|timeout| {
            let timeout = duration_setting(self.world, timeout);
            quote!(.timeout(#timeout))
        });
        quote!(Undo { invoke: Invoke::new(&#op, #send) #timeout })
    }
}

/// `idempotency:` of the route.
pub(crate) fn idempotency(world: &World<'_>, route: &Route) -> TokenStream {
    let Some(declared) = &route.idempotency else {
        return quote!(None);
    };
    let (header, required) = (&declared.header, declared.required);
    let ttl = duration_setting(world, &declared.ttl);
    quote!(Some(Idempotency { header: #header, ttl: #ttl, required: #required }))
}
