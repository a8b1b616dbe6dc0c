//! The entries of a record: versions and the choice of fields first, then what it binds, then its `when`, then its value.

use proc_macro2::TokenStream;
use quote::quote;

use super::function::Function;
use super::output::Place;
use crate::ir::expr::{Entry, Expr, Record};

impl<'s> Function<'s, '_> {
    /// Writes a record.
    pub(crate) fn write_record(&mut self, record: &'s Record) -> TokenStream {
        let entries: Vec<_> = record.entries.iter().map(|entry| self.write_entry(entry)).collect();
        quote!(o.object(); #(#entries)* o.end_object();)
    }

    fn write_entry(&mut self, entry: &'s Entry) -> TokenStream {
        // Versions and the choice of fields come first: what they leave out is not even read.
        let parts = entry.when.iter().flat_map(Expr::conjuncts);
        let (gates, rest): (Vec<_>, Vec<_>) = parts.partition(|part| part.is_gate());
        let rest = if gates.is_empty() {
            entry.when.iter().collect()
        } else {
            rest
        };
        let written = self.with_bindings(&entry.bind, &mut |this| {
            let omit = entry.omit_null || this.omits_nulls();
            this.write_when(&rest, &entry.value, Place::Key { key: &entry.key, omit })
        });
        if gates.is_empty() {
            return written;
        }
        let gates = gates.into_iter().map(|gate| self.value(gate));
        quote!(if #(#gates)&&* { #written })
    }

    /// Writes a value where all conditions hold.
    fn write_when(&mut self, conditions: &[&'s Expr], value: &'s Expr, place: Place<'_>) -> TokenStream {
        let Some((first, rest)) = conditions.split_first() else {
            return self.write(value, place);
        };
        let (condition, value) = self.narrowed(first, |this| this.write_when(rest, value, place));
        quote!(if #condition { #value })
    }
}
