//! Records and lists as JSON: written in place into `Out`, never made first.

use proc_macro2::TokenStream;
use quote::quote;

use super::expr::{tight, used};
use super::function::{Audience, Function};
use super::shape::{Member, Shape};
use crate::ir::expr::{Expr, ExprKind, NameRef, Ty, ViewId};
use crate::model::types::Nulls;

/// Where a value goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'k> {
    /// An element of a list, or the whole.
    Item,
    /// Under a key; `omit`: left out when null.
    Key { key: &'k str, omit: bool },
}

impl<'s, 'w> Function<'s, 'w> {
    /// Writes a value as an element of a list or as the whole.
    pub(crate) fn write_item(&mut self, expr: &'s Expr) -> TokenStream {
        self.write(expr, Place::Item)
    }

    /// Whether a null field is left out for this reader.
    pub(crate) fn omits_nulls(&self) -> bool {
        self.audience == Audience::Client && self.world.service.client.nulls == Nulls::Omit
    }

    /// Writes a value.
    pub(crate) fn write(&mut self, expr: &'s Expr, place: Place<'_>) -> TokenStream {
        if let Place::Key { key, omit: true } = place
            && let Some((value, shape)) = self.three_states(expr)
        {
            return self.write_three_states(value, &shape, key);
        }
        if let Place::Key { key, omit: true } = place
            && !self.omits_nulls()
            && let Some(states) = self.converted_states(expr)
        {
            let there = self.write(expr, Place::Key { key, omit: false });
            return quote!(if !#states.is_absent() { #there });
        }
        match &expr.kind {
            ExprKind::Template(pieces) => {
                let pieces = self.template(pieces);
                match place {
                    Place::Item => quote!(o.template(#pieces);),
                    Place::Key { key, .. } => quote!(o.text(#key, #pieces);),
                }
            }
            ExprKind::Fail { .. } => {
                let value = self.value(expr);
                quote!(#value;)
            }
            ExprKind::Null => null(place),
            // An answer that is not read is null to whoever writes it.
            ExprKind::Name(NameRef::Call(_)) if matches!(expr.ty, Ty::Null) => null(place),
            ExprKind::Convert(inner) if is_json(&expr.ty) => self.write(inner, place),
            ExprKind::Partial => {
                self.frame = true;
                match place {
                    Place::Key { key, .. } => quote!(o.names(#key, frame.degraded());),
                    Place::Item => quote!(o.value(frame.degraded().map(Str::from).collect::<Vec<_>>());),
                }
            }
            ExprKind::Record(record) => {
                let key = key_of(place);
                let record = self.write_record(record);
                quote!(#key #record)
            }
            ExprKind::List(_) => self.write_list(expr, place),
            _ if super::list::is_streamed(expr) => self.write_list(expr, place),
            ExprKind::EachValue { map, local, body } => {
                let key = key_of(place);
                let values = self.write_each_value(map, *local, body);
                quote!(#key #values)
            }
            _ if !self.shape(expr).has_tuple() && !self.is_written_in_parts(expr) => {
                let shape = self.shape(expr);
                if let (Shape::Vec(element), ExprKind::Name(_) | ExprKind::Local(_)) = (&shape, &expr.kind) {
                    let list = self.place(expr);
                    if !shape.has_view() {
                        return put(&quote!(&#list), place, false);
                    }
                    if !element.is_owned() {
                        return self.write_shape(list, &shape, place);
                    }
                }
                let value = self.value(expr);
                self.write_shape(value, &shape, place)
            }
            _ => match place {
                // Where the key is written in any case it is written once.
                Place::Key { key, omit }
                    if !matches!(expr.kind, ExprKind::Name(_)) && (!omit || !self.shape(expr).is_nullable()) =>
                {
                    let written = self.write_parts(expr, Place::Item);
                    quote!(o.key(#key); #written)
                }
                _ => self.write_parts(expr, place),
            },
        }
    }

    /// Whether an expression chooses between values that are better written where they are chosen.
    fn is_written_in_parts(&mut self, expr: &'s Expr) -> bool {
        match &expr.kind {
            ExprKind::Lift { body, .. } | ExprKind::Bind { body, .. } => self.is_composite(body),
            ExprKind::Coalesce { right, .. } => self.is_composite(expr) && !is_empty_list(right),
            ExprKind::Ternary { .. } | ExprKind::Match { .. } => self.is_composite(expr),
            ExprKind::Convert(inner) => self.is_composite(inner) && super::convert::is_free(&inner.ty, &expr.ty),
            _ => false,
        }
    }

    fn is_composite(&mut self, expr: &'s Expr) -> bool {
        matches!(
            self.shape(expr).inner(),
            Shape::Tuple(_) | Shape::Vec(_) | Shape::Plain(Ty::View(_) | Ty::List(_) | Ty::Map(..) | Ty::Computed)
        )
    }

    /// Writes a value that is chosen or computed from parts, each part where it is.
    fn write_parts(&mut self, expr: &'s Expr, place: Place<'_>) -> TokenStream {
        match &expr.kind {
            ExprKind::Bind { base, local, body } => self.bind(base, *local, |this| this.write(body, place)),
            ExprKind::Lift { base, local, body } => {
                self.write_there(base, *local, place, |this| this.write(body, place), |_| null(place))
            }
            ExprKind::Known { value, after } => {
                self.wait_for(after);
                self.write(value, place)
            }
            ExprKind::Convert(inner) => self.write(inner, place),
            ExprKind::Ternary { condition, then, other } => {
                let (condition, then) = self.narrowed(condition, |this| this.write(then, place));
                let other = self.write(other, place);
                if other.is_empty() {
                    quote!(if #condition { #then })
                } else {
                    quote!(if #condition { #then } else { #other })
                }
            }
            ExprKind::Match { value, arms } => self.choose(value, arms, &mut |this, arm| {
                let written = this.write(arm, place);
                quote!({ #written })
            }),
            ExprKind::Coalesce { left, right } => self.write_coalesce(left, right, place),
            _ => {
                let shape = self.shape(expr);
                let value = match self.held(expr) {
                    Some(held) if shape.is_owned() => super::list::Element::place(held),
                    _ => super::list::Element::value(self.value(expr)),
                };
                self.write_held(&value, &shape, place)
            }
        }
    }

    /// `match base { Some(local) => there, None => absent }`.
    fn write_there(
        &mut self,
        base: &'s Expr,
        local: crate::ir::expr::LocalId,
        place: Place<'_>,
        there: impl FnOnce(&mut Self) -> TokenStream,
        absent: impl FnOnce(&mut Self) -> TokenStream,
    ) -> TokenStream {
        let shape = self.shape(base);
        if !shape.is_nullable() {
            return self.bind(base, local, there);
        }
        let value = self.value(base);
        let absent = absent(self);
        let _ = place;
        self.bound(local, shape.inner(), |this, name| {
            let there = there(this);
            let name = used(name, &there);
            some_or(&value, &name, &there, &absent)
        })
    }

    /// `left ?? right`: where `left` is null, `right` is written in its place.
    fn write_coalesce(&mut self, left: &'s Expr, right: &'s Expr, place: Place<'_>) -> TokenStream {
        let shape = self.shape(left);
        if !shape.is_nullable() {
            return self.write(left, place);
        }
        match &left.kind {
            ExprKind::Lift { base, local, body } => self.write_there(
                base,
                *local,
                place,
                |this| this.write_coalesce(body, right, place),
                |this| this.write(right, place),
            ),
            ExprKind::Ternary { condition, then, other } => {
                let condition = self.value(condition);
                let (then, other) = (
                    self.write_coalesce(then, right, place),
                    self.write_coalesce(other, right, place),
                );
                quote!(if #condition { #then } else { #other })
            }
            ExprKind::Null => self.write(right, place),
            ExprKind::Convert(inner) if shape.has_tuple() => self.write_coalesce(inner, right, place),
            _ => {
                let value = self.value(left);
                let absent = self.write(right, place);
                let depth = self.depth;
                let name = self.fresh();
                let there = self.write_shape(quote!(#name), &shape.inner(), place);
                self.depth = depth;
                let name = used(&name, &there);
                some_or(&value, &name, &there, &absent)
            }
        }
    }

    fn write_list(&mut self, list: &'s Expr, place: Place<'_>) -> TokenStream {
        let key = key_of(place);
        let elements = self.write_elements(list);
        quote!(#key o.array(); #elements o.end_array();)
    }

    /// The elements of a list, without its brackets.
    fn write_elements(&mut self, list: &'s Expr) -> TokenStream {
        match &list.kind {
            ExprKind::List(elements) => elements.iter().map(|element| self.write_item(element)).collect(),
            ExprKind::Each {
                list: inner,
                local,
                body,
                flatten: false,
            } => self.for_local(inner, *local, &mut |this| this.write_item(body)),
            _ => {
                let element = self.shape(list).element();
                self.walk(list, &mut |this, value| this.write_held(&value, &element, Place::Item))
            }
        }
    }

    /// Writes a value that is held as `shape` says.
    pub(crate) fn write_shape(&mut self, value: TokenStream, shape: &Shape, place: Place<'_>) -> TokenStream {
        match shape {
            Shape::Plain(ty) if !holds_view(ty) => put(&value, place, shape.is_nullable()),
            Shape::Plain(Ty::View(view)) => self.write_view(value, *view, place),
            Shape::Plain(Ty::List(_)) | Shape::Vec(_) => {
                let element = shape.clone().element();
                let key = key_of(place);
                let each = self.each_of(|this, name| this.write_shape(name, &element, Place::Item));
                let (name, body) = each;
                // A list that is a parameter is a slice.
                let value = match shape {
                    Shape::Vec(element) if !element.is_owned() => {
                        let value = tight(value);
                        quote!(#value.iter().copied())
                    }
                    _ => value,
                };
                quote!(#key o.array(); for #name in #value { #body } o.end_array();)
            }
            Shape::Plain(Ty::Map(..)) => {
                let element = shape.clone().element();
                let key = key_of(place);
                let (name, body) = self.each_of(|this, name| this.write_shape(name, &element, Place::Item));
                quote!(#key o.object(); for (key, #name) in #value { o.key_of(key); #body } o.end_object();)
            }
            Shape::Tuple(_) if !super::expr::is_name(&value) => {
                let depth = self.depth;
                let name = self.fresh();
                let written = self.write_shape(quote!(#name), shape, place);
                self.depth = depth;
                quote!({ let #name = #value; #written })
            }
            Shape::Tuple(members) => {
                let members = self.write_members(&value, members);
                let key = key_of(place);
                quote!(#key o.object(); #members o.end_object();)
            }
            Shape::Index(_, inner) => {
                let key = key_of(place);
                let written = self.write_index(&super::list::Element::value(tight(value)), inner);
                quote!(#key #written)
            }
            shape => {
                if let Place::Key { key, omit: false } = place {
                    let written = self.write_shape(value, shape, Place::Item);
                    return quote!(o.key(#key); #written);
                }
                let inner = shape.clone().inner();
                let (name, there) = self.each_of(|this, name| this.write_shape(name, &inner, place));
                some_or(&value, &name, &there, &null(place))
            }
        }
    }

    pub(crate) fn each_of(
        &mut self,
        write: impl FnOnce(&mut Self, TokenStream) -> TokenStream,
    ) -> (TokenStream, TokenStream) {
        let depth = self.depth;
        let name = self.fresh();
        let body = write(self, quote!(#name));
        self.depth = depth;
        (used(&name, &body), body)
    }

    pub(super) fn write_members(&mut self, value: &TokenStream, members: &[Member]) -> TokenStream {
        let omits = self.omits_nulls();
        let mut written = TokenStream::new();
        for (at, member) in members.iter().enumerate() {
            let at = proc_macro2::Literal::usize_unsuffixed(at);
            let value = tight(value.clone());
            let by_ref = member.shape.is_owned();
            let place = Place::Key {
                key: &member.key,
                omit: member.omit || omits,
            };
            let tokens = quote!(#value.#at);
            written.extend(self.write_held(&super::list::Element { tokens, by_ref }, &member.shape, place));
        }
        written
    }

    /// A record as it lies in a document: the fields that are read, by a function of the view's own.
    fn write_view(&mut self, value: TokenStream, view: ViewId, place: Place<'_>) -> TokenStream {
        let key = key_of(place);
        let writer = self.world.writer(view, self.audience);
        quote!(#key #writer(o, #value);)
    }
}

/// `o.put(..)`, or `o.some(..)` where null is left out.
fn put(value: &TokenStream, place: Place<'_>, nullable: bool) -> TokenStream {
    match place {
        Place::Item => quote!(o.value(#value);),
        Place::Key { key, omit: true } if nullable => quote!(o.some(#key, #value);),
        Place::Key { key, .. } => quote!(o.put(#key, #value);),
    }
}

pub(super) fn null(place: Place<'_>) -> TokenStream {
    match place {
        Place::Item => quote!(o.null();),
        Place::Key { omit: true, .. } => TokenStream::new(),
        Place::Key { key, .. } => quote!(o.key(#key); o.null();),
    }
}

pub(super) fn key_of(place: Place<'_>) -> TokenStream {
    match place {
        Place::Item => TokenStream::new(),
        Place::Key { key, .. } => quote!(o.key(#key);),
    }
}

pub(super) fn some_or(
    value: &TokenStream,
    name: &TokenStream,
    there: &TokenStream,
    absent: &TokenStream,
) -> TokenStream {
    if absent.is_empty() {
        quote!(if let Some(#name) = #value { #there })
    } else {
        quote!(match #value { Some(#name) => { #there } None => { #absent } })
    }
}

/// Whether writing a value of this type takes more than one call.
pub(crate) fn holds_view(ty: &Ty) -> bool {
    crate::ir::walk::names_a_view(ty)
}

fn is_json(ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_json(inner),
        ty => *ty == Ty::Scalar(crate::model::types::Scalar::Json),
    }
}

fn is_empty_list(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::List(elements) if elements.is_empty())
}
