//! Calls that make more than one request: for each element of a list, through a batch, in a race, from page to page.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::names::{ident, shout};
use super::route::Writer;
use super::service::duration_setting;
use super::text::Item;
use crate::ir::expr::{Expr, ExprKind, Ty};
use crate::ir::service::{Batch, Call, Collect, Each, How, Request, Step, TurnKind};
use crate::source::Span;

impl<'s> Writer<'s, '_> {
    /// `const SKU: Var<Id<'static>> = Var::item();`
    pub(crate) fn turns(&mut self) -> TokenStream {
        let mut tokens = TokenStream::new();
        for (at, turn) in self.route.turns.iter().enumerate() {
            let variable = &self.names.turns[at];
            let name = self.vars.add(&shout(variable.trim_end_matches('_')));
            let (constant, ty) = (ident(&name), self.world.read_type(&turn.ty, false, &quote!('static)));
            let made = match turn.kind {
                TurnKind::Item => quote!(item),
                TurnKind::Keys => quote!(keys),
                TurnKind::Cursor => quote!(cursor),
            };
            tokens.extend(quote!(const #constant: Var<#ty> = Var::#made();));
            self.turn_names.push(name);
        }
        tokens
    }

    /// `Invoke::new(&op, send!(..)).timeout(..)`; `owner` names its tables, `wanted` its function.
    pub(crate) fn invoke(&mut self, owner: &str, wanted: &str, request: &'s Request, span: Span) -> TokenStream {
        let op = self.world.op_row(request.op);
        let mut row = match &request.batch {
            Some(batch) => {
                let batch = self.batch(owner, batch, span);
                quote!(Invoke::batched(&#op, &#batch))
            }
            None => {
                let send = self.send(wanted, request, span);
                quote!(Invoke::new(&#op, #send))
            }
        };
        if let Some(timeout) = &request.timeout {
            let timeout = duration_setting(self.world, timeout);
            row.extend(quote!(.timeout(#timeout)));
        }
        if let Some(hedge) = &request.hedge {
            let hedge = duration_setting(self.world, hedge);
            row.extend(quote!(.hedge(#hedge)));
        }
        if let Some(collect) = &request.collect {
            let collect = self.collect(owner, collect, span);
            row.extend(quote!(.collect(&#collect)));
        }
        if request.alone {
            row.extend(quote!(.alone()));
        }
        row
    }

    /// `.each(&GOODS_EACH)`, `.race(&PLACE_RIVALS, ..)`.
    pub(crate) fn how(&mut self, owner: &str, call: &'s Call) -> TokenStream {
        match &call.how {
            How::One => TokenStream::new(),
            How::Each(each) => {
                let each = self.each(owner, each, call.span);
                quote!(.each(&#each))
            }
            How::Race(rivals, stagger) => {
                let mut rows = Vec::new();
                for (at, rival) in rivals.iter().enumerate() {
                    let name = format!("{owner}_rival_{}", at + 1);
                    rows.push(self.invoke(&name, &format!("call_{name}"), rival, call.span));
                }
                let (count, stagger) = (Literal::usize_unsuffixed(rows.len()), Literal::u64_unsuffixed(*stagger));
                let name = self.table_name(owner, "rivals");
                self.items
                    .push(Item::tokens(quote!(static #name: [Invoke; #count] = [#(#rows),*];)));
                quote!(.race(&#name, Duration::from_millis(#stagger)))
            }
        }
    }

    fn each(&mut self, owner: &str, each: &'s Each, span: Span) -> Ident {
        let keys = self.listing(&format!("{owner}_keys"), &each.keys, span);
        let items = match &each.items {
            Some(items) => {
                let items = self.listing(&format!("{owner}_items"), items, span);
                quote!(Some(#items))
            }
            None => quote!(None),
        };
        let (max, concurrency) = (
            Literal::u64_unsuffixed(each.max),
            Literal::u64_unsuffixed(each.concurrency),
        );
        let truncate = each.truncate;
        let table =
            quote!(Each { keys: #keys, items: #items, max: #max, truncate: #truncate, concurrency: #concurrency });
        self.table_of(owner, "each", quote!(Each), table)
    }

    /// A list that a function writes for our own decoder, and the kind that reads it back.
    fn listing(&mut self, wanted: &str, list: &'s Expr, span: Span) -> TokenStream {
        let write = self.body_over(wanted, span, true, |function| function.write_item(list));
        let kind = self.kind(&list.ty);
        quote!(Listing { write: #write, kind: #kind })
    }

    fn kind(&self, ty: &Ty) -> TokenStream {
        let ty = self.world.read_type(ty, false, &quote!('static));
        quote!(&<#ty as Read<'static>>::KIND)
    }

    fn batch(&mut self, owner: &str, batch: &'s Batch, span: Span) -> Ident {
        let op = self.world.op_row(batch.request.op);
        let send = self.send(&format!("{owner}_batch"), &batch.request, span);
        let value = match &batch.value {
            Some(value) => {
                let wanted = format!("{owner}_value");
                let body = self.body_over(&wanted, span, true, |function| function.write_item(value));
                quote!(Some(#body))
            }
            None => quote!(None),
        };
        let (keys, answer) = (self.kind(&batch.keys), self.kind(&batch.answer));
        let by = match &batch.by.kind {
            ExprKind::Field { field, .. } => Literal::u32_unsuffixed(*field),
            _ => Literal::u32_unsuffixed(0),
        };
        let max = Literal::u64_unsuffixed(batch.max);
        let table = quote! {
            Batch { op: &#op, args: #send, keys: #keys, value: #value, answer: #answer, by: #by, max: #max }
        };
        self.table_of(owner, "batch", quote!(Batch), table)
    }

    fn collect(&mut self, owner: &str, collect: &'s Collect, span: Span) -> Ident {
        let next = self.send(&format!("{owner}_next"), &collect.next, span);
        let function = ident(&self.functions.add(&format!("{owner}_page")));
        let cursor = Ty::Nullable(Box::new(collect.cursor_ty.clone()));
        let cursor = self.world.read_type(&cursor, false, &quote!('static));
        let cursor = quote!(<#cursor as Read<'static>>::KIND);
        let (plan, items, way) = page(collect, &cursor);
        self.items.push(Item::tokens(quote! {
            fn #function() -> &'static Plan { static PLAN: Plan = #plan; &PLAN }
        }));
        let mut kind = quote!(Kind::Rec(#function));
        if collect.nullable {
            kind = quote!(Kind::Null(&#kind));
        }
        let (most, truncate) = (Literal::u64_unsuffixed(collect.most), collect.truncate);
        let table = quote! {
            Collect { next: #next, page: &#kind, items: &[#(#items),*], cursor: &[#(#way),*], most: #most, truncate: #truncate }
        };
        self.table_of(owner, "pages", quote!(Collect), table)
    }

    fn table_of(&mut self, owner: &str, what: &str, ty: TokenStream, table: TokenStream) -> Ident {
        let name = self.table_name(owner, what);
        self.items.push(Item::tokens(quote!(static #name: #ty = #table;)));
        name
    }

    fn table_name(&mut self, owner: &str, what: &str) -> Ident {
        let name = format!("{}_{}", owner.trim_end_matches('_'), what);
        ident(&self.vars.add(&name.to_ascii_uppercase()))
    }
}

/// Whether a request has nothing to it but its arguments and a timeout.
pub(crate) fn is_plain(request: &Request) -> bool {
    request.hedge.is_none() && !request.alone && request.batch.is_none() && request.collect.is_none()
}

/// The plan of a page with nothing in it but the ways to the items and to the cursor, and these ways as positions.
fn page(collect: &Collect, cursor: &TokenStream) -> (TokenStream, Vec<Literal>, Vec<Literal>) {
    let (mut fields, mut to_items, mut to_cursor) = (Vec::new(), Vec::new(), Vec::new());
    let (own, other) = (&collect.items[..], &collect.cursor[..]);
    match (own, other) {
        // Both begin with the same field: one record further in holds the rest.
        ([first, inside @ ..], [same, further @ ..])
            if first.wire == same.wire && !inside.is_empty() && !further.is_empty() =>
        {
            let inner = Collect {
                items: inside.to_vec(),
                cursor: further.to_vec(),
                ..collect.clone()
            };
            let (plan, own, other) = page(&inner, cursor);
            fields.push(field(first, inner_record(&plan), first.nullable || same.nullable));
            to_items = [vec![Literal::usize_unsuffixed(0)], own].concat();
            to_cursor = [vec![Literal::usize_unsuffixed(0)], other].concat();
        }
        _ => {
            let items = quote!(Kind::List(&Kind::Json));
            let list_may_be_null = own.last().is_some_and(|step| step.nullable);
            let ways = [
                (own, items, list_may_be_null, &mut to_items),
                (other, cursor.clone(), false, &mut to_cursor),
            ];
            for (at, (way, kind, nullable, positions)) in ways.into_iter().enumerate() {
                fields.push(way_field(way, kind, nullable));
                positions.push(Literal::usize_unsuffixed(at));
                positions.extend(way.iter().skip(1).map(|_| Literal::usize_unsuffixed(0)));
            }
        }
    }
    let name = &collect.page;
    (quote!(Plan::new(#name, &[#(#fields),*])), to_items, to_cursor)
}

/// The field at the beginning of a way, with the rest of it inside.
fn way_field(way: &[Step], end: TokenStream, nullable: bool) -> TokenStream {
    match way {
        [] => TokenStream::new(),
        [last] => field(last, end, nullable),
        [first, rest @ ..] => {
            let inside = way_field(rest, end, nullable);
            let wire = &first.wire;
            let inner = inner_record(&quote!(Plan::new(#wire, &[#inside])));
            field(first, inner, first.nullable)
        }
    }
}

fn inner_record(plan: &TokenStream) -> TokenStream {
    quote!(Kind::Rec(|| { static INNER: Plan = #plan; &INNER }))
}

fn field(step: &Step, kind: TokenStream, nullable: bool) -> TokenStream {
    let wire = &step.wire;
    if nullable {
        quote!(Field::new(#wire, Kind::Null(&#kind)))
    } else {
        quote!(Field::new(#wire, #kind))
    }
}
