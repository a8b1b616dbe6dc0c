//! One route's file: its records, its table with one row per guard, call and reply, and the small functions that the rows run.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::function::{Function, RouteNames, input_name};
use super::names::{Taken, camel, ident, shout};
use super::record;
use super::row::RowFunction;
use super::service::optional_duration;
use super::text::Item;
use super::world::World;
use crate::ir::expr::{Input, NameRef, Ty, ViewId};
use crate::ir::service::{Route, TargetPart};
use crate::model::types::{self, Constraint, Op, Scalar, UpstreamId};
use crate::source::Span;

/// The items of a route's file, written one after another.
pub(crate) struct Writer<'s, 'w> {
    pub(crate) world: &'w World<'s>,
    pub(crate) names: RouteNames<'s>,
    pub(crate) route: &'s Route,
    pub(crate) functions: Taken,
    /// Constants of names, by name.
    pub(crate) vars: Taken,
    /// The constants of turns, by index.
    pub(crate) turn_names: Vec<String>,
    /// The functions of rows.
    pub(crate) items: Vec<Item>,
    /// Whether the rows at hand run when every `allow` and `check` has held, so that they need not wait for one.
    pub(crate) behind_guards: bool,
}

/// What the tables of a route are called.
const RESERVED: [&str; 9] = [
    "ROUTE",
    "CALLS",
    "GUARDS",
    "REPLIES",
    "OUTPUTS",
    "SERVICE",
    "LOCALES",
    "SPARSE",
    "DEPRECATION",
];

/// The items of route number `at`.
pub(crate) fn items(world: &World<'_>, at: usize) -> Vec<Item> {
    let route = &world.service.routes[at];
    let mut functions = Taken::default();
    functions.add("respond");
    let mut vars = Taken::default();
    RESERVED.iter().for_each(|name| drop(vars.add(name)));
    let mut writer = Writer {
        world,
        names: RouteNames::new(route),
        route,
        functions: Taken::default(),
        vars,
        turn_names: Vec::new(),
        items: Vec::new(),
        behind_guards: false,
    };
    writer.lets();
    let mut items = writer.records(at);
    let vars = writer.constants();
    let table = writer.table();
    items.push(vars);
    items.extend(table);
    items.extend(writer.let_functions());
    items.append(&mut writer.items);
    items.extend(super::service::writers(world, Some(at)));
    items
}

impl<'s, 'w> Writer<'s, 'w> {
    pub(crate) fn function(&self) -> Function<'s, '_> {
        Function::of_route(self.world, &self.names)
    }

    /// The views that only this route reads: inputs first, then in the order of the calls.
    fn records(&mut self, at: usize) -> Vec<Item> {
        let mut items = Vec::new();
        for (id, names) in self.world.views.iter().enumerate() {
            if !names.used || names.route != Some(at) {
                continue;
            }
            let id = ViewId(id as u32);
            let view = &self.world.service.views[id.0 as usize];
            let input = self.route.inputs.iter().find(|input| input.ty == Ty::View(id));
            let comment = match input {
                Some(input) if input.kind != Input::Body => format!("The {} inputs.", input_name(input.kind)),
                _ => format!("What `{}` reads of `{}`.", self.names.route.name, view.name),
            };
            items.extend(record::record(self.world, id, &comment, &mut self.vars, None));
        }
        items
    }

    /// `const ME: Var<User<'static>> = Var::call(0);`
    fn constants(&mut self) -> Item {
        let life = quote!('static);
        let mut tokens = TokenStream::new();
        for input in &self.route.inputs {
            let name = ident(&shout(input_name(input.kind)));
            let ty = self.world.read_type(&input.ty, false, &life);
            let kind = ident(&camel(input_name(input.kind)));
            let kind = if kind == "BodyRecord" { ident("Body") } else { kind };
            tokens.extend(quote!(const #name: Var<#ty> = Var::input(InputKind::#kind);));
            self.vars.add(&name.to_string());
        }
        let mut slots = Vec::new();
        for (at, call) in self.route.calls.iter().enumerate() {
            let name = ident(&self.var_name(NameRef::Call(at as u32)));
            let ty = self.call_type(call, &life, false);
            let at = Literal::usize_unsuffixed(at);
            tokens.extend(quote!(const #name: Var<#ty> = Var::call(#at);));
            slots.push(quote!(#name.slot()));
        }
        tokens.extend(self.turns());
        tokens.extend(quote!(const _: () = in_order(&[#(#slots),*], &CALLS);));
        Item::tokens(tokens)
    }

    /// `ME`; inputs are called as what they are.
    pub(crate) fn var_name(&self, name: NameRef) -> String {
        match name {
            NameRef::Call(at) => {
                let shouted = self.names.calls[at as usize].trim_end_matches('_').to_ascii_uppercase();
                if RESERVED.contains(&shouted.as_str()) {
                    format!("{shouted}_CALL")
                } else {
                    shouted
                }
            }
            NameRef::Input(input) => shout(input_name(input)),
            NameRef::Let(at) => shout(&self.names.lets[at as usize].variable),
            NameRef::Turn(at) => self.turn_names[at as usize].clone(),
        }
    }

    fn table(&mut self) -> Vec<Item> {
        let route = self.route;
        let guards: Vec<_> = route
            .guards
            .iter()
            .enumerate()
            .map(|(at, guard)| self.guard(at, guard))
            .collect();
        let calls: Vec<_> = route.calls.iter().map(|call| self.call(call)).collect();
        let outputs = self.outputs();
        let replies: Vec<_> = route
            .replies
            .iter()
            .enumerate()
            .map(|(at, reply)| self.reply(at, reply))
            .collect();
        let (name, at, path) = (&route.name, self.world.at(route.span), &route.path.text);
        let verb = ident(&camel(&route.method.to_ascii_lowercase()));
        let when = self.route_when();
        let deadline = optional_duration(self.world, route.deadline.as_ref());
        let headers = self.headers();
        let idempotency = super::effects::idempotency(self.world, route);
        let inputs = self.inputs();
        let proxy = self.proxy();
        let contract = self.contract();
        let table = quote! {
            pub static ROUTE: Route = Route {
                name: #name,
                at: #at,
                verb: Verb::#verb,
                path: #path,
                when: #when,
                deadline: #deadline,
                headers: #headers,
                inputs: #inputs,
                proxy: #proxy,
                idempotency: #idempotency,
                guards: &GUARDS,
                calls: &CALLS,
                outputs: &OUTPUTS,
                replies: &REPLIES,
                contract: #contract,
            };
        };
        let origin = self
            .world
            .origin(route.span, format!("route {}", self.world.quote(route.span)));
        let mut doc = TokenStream::new();
        for line in &route.docs {
            let line = format!(" {}", line.trim());
            doc.extend(quote!(#[doc = #line]));
        }
        vec![
            Item::tokens(quote!(#doc #table)).from(origin),
            Item::tokens(rows("GUARDS", "Guard", &guards)),
            Item::tokens(rows("CALLS", "Call", &calls)),
            Item::tokens(rows("OUTPUTS", "Output", &outputs)),
            Item::tokens(rows("REPLIES", "Reply", &replies)),
        ]
    }

    fn route_when(&mut self) -> TokenStream {
        let Some(when) = &self.route.when else {
            return quote!(None);
        };
        let mut function = Function::of_service(self.world, super::function::Around::Request);
        let value = function.value(when);
        let prologue = function.prologue(true);
        let written = quote!(fn when(request: RequestView<'_>) -> Eval<bool> { #prologue Ok(#value) });
        self.functions.add("when");
        let origin = self
            .world
            .origin(when.span, format!("when ({})", self.world.quote(when.span)));
        self.items.push(Item::tokens(written).from(origin));
        quote!(Some(when))
    }

    /// `headers: { set, remove }` of the route itself.
    fn headers(&mut self) -> TokenStream {
        let (set, remove) = (&self.route.set, &self.route.remove);
        let Some((_, first)) = set.first() else {
            return if remove.is_empty() {
                quote!(RouteHeaders::NONE)
            } else {
                quote!(RouteHeaders { set: None, remove: &[#(#remove),*] })
            };
        };
        self.functions.add("set_headers");
        let written = super::service::header_function(self.world, set, "set_headers");
        let origin = self.world.origin(first.span, "set headers");
        self.items.push(Item::tokens(written).from(origin));
        quote!(RouteHeaders { set: Some(set_headers), remove: &[#(#remove),*] })
    }

    fn inputs(&mut self) -> TokenStream {
        let life = quote!('static);
        let mut fields = TokenStream::new();
        for input in &self.route.inputs {
            let field = ident(input_name(input.kind));
            let ty = self.world.read_type(&input.ty, false, &life);
            let kind = quote!(&<#ty as Read<'static>>::KIND);
            if input.ty == Ty::Scalar(Scalar::Stream) {
                let accept = &self.route.accept;
                let max = octets(input.constraint.as_ref());
                fields.extend(quote!(stream: Some(StreamInput { max: #max, accept: &[#(#accept),*] }),));
            } else if input.kind == Input::Body {
                let optional = input.ty.is_nullable();
                let rule = match &input.constraint {
                    Some(constraint) => {
                        let name = self.vars.add("BODY_RULE");
                        self.items
                            .push(record::rule_item(&name, constraint, &input.ty, &mut self.vars));
                        let name = ident(&name);
                        quote!(Some(&#name))
                    }
                    None => quote!(None),
                };
                fields.extend(quote!(#field: Some(BodyInput { kind: #kind, optional: #optional, rule: #rule }),));
            } else {
                let defaults = input.defaults.iter().map(|(at, json)| {
                    let at = Literal::u32_unsuffixed(*at);
                    quote!((#at, #json))
                });
                fields.extend(quote!(#field: Some(Input { kind: #kind, defaults: &[#(#defaults),*] }),));
            }
        }
        if fields.is_empty() {
            quote!(Inputs::NONE)
        } else {
            quote!(Inputs { #fields ..Inputs::NONE })
        }
    }

    /// `proxy:` with the path that it sends.
    fn proxy(&mut self) -> TokenStream {
        let Some(proxy) = &self.route.proxy else {
            return quote!(None);
        };
        let (at, upstream) = (
            self.world.at(proxy.span),
            ident(&self.world.upstreams[proxy.upstream.0 as usize]),
        );
        let target = match &proxy.target {
            Some(parts) => {
                let target = self.target(parts, proxy.span);
                quote!(Some(#target))
            }
            None => quote!(None),
        };
        quote!(Some(Proxy { at: #at, upstream: &#upstream::UPSTREAM, target: #target }))
    }

    fn target(&mut self, parts: &'s [TargetPart], span: Span) -> TokenStream {
        let mut function = self.function();
        let mut path = quote!(q);
        for part in parts {
            match part {
                TargetPart::Literal(text) => path.extend(quote!(.path(#text))),
                TargetPart::Rest => path.extend(quote!(.rest())),
                TargetPart::Value(value) => {
                    let value = function.value(value);
                    path.extend(quote!(.segment(#value)));
                }
            }
        }
        let row = RowFunction::finish(function, quote!(q: &mut Request), quote!(#path;), quote!(()));
        self.add("target", "send", row, span)
    }

    /// Finds out what every `let` needs, in text order, so that later ones know of earlier ones.
    fn lets(&mut self) {
        for (at, declared) in self.route.lets.iter().enumerate() {
            let mut function = self.function();
            let _ = function.value(&declared.value);
            let _ = function.prologue(false);
            let (params, frame) = (function.params(), function.frame);
            let after = function.after();
            let (scratch, fallible) = (function.scratch, function.fallible);
            let made = &mut self.names.lets[at];
            (made.params, made.after) = (params, after);
            (made.frame, made.scratch, made.fallible) = (frame, scratch, fallible);
        }
        // Only the functions that are written from now on count.
        self.names.lets.iter().for_each(|made| made.used.set(false));
    }

    /// The functions of the `let`s that some row reads as a value; what is only written out is written where it is read.
    fn let_functions(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        // From the last to the first: a `let` is read by what stands below it.
        for (at, made) in self.route.lets.iter().enumerate().rev() {
            if !self.names.lets[at].used.get() {
                continue;
            }
            let mut function = self.function();
            let shape = function.shape(&made.value);
            let value = function.value(&made.value);
            let prologue = function.prologue(false);
            let value = if self.names.lets[at].fallible {
                value
            } else {
                super::expr::unbraced(value)
            };
            let (names, life) = (&self.names.lets[at], quote!('a));
            let ty = shape.rust(self.world, &life);
            let mut params = Vec::new();
            if names.scratch {
                params.push(quote!(scratch: &'a Scratch));
            }
            if names.frame {
                params.push(quote!(frame: &'a Frame));
            }
            params.extend(names.params.iter().map(|param| {
                let (variable, ty) = (self.names.variable(*param), self.param_type(*param, &life));
                quote!(#variable: #ty)
            }));
            let name = ident(&names.function);
            let life = lifetime_of(&ty, &params);
            let written = if names.fallible {
                quote!(fn #name #life(#(#params),*) -> Eval<#ty> { #prologue Ok(#value) })
            } else {
                quote!(fn #name #life(#(#params),*) -> #ty { #prologue #value })
            };
            items.push(Item::tokens(written).from(self.world.origin(made.span, self.world.quote(made.span))));
        }
        items.reverse();
        items
    }

    /// What each part of the answers needs: a part with a `when` over the request alone is a row of its own.
    fn outputs(&mut self) -> Vec<TokenStream> {
        let parts = super::liveness::outputs(self.route);
        let mut rows = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            let when = if part.conditions.is_empty() && part.wants.is_empty() {
                quote!(None)
            } else {
                let mut function = self.function();
                let mut tests: Vec<_> = function.wants_any(&part.wants).into_iter().collect();
                tests.extend(part.conditions.iter().map(|condition| function.tight(condition)));
                let row = RowFunction::finish(function, TokenStream::new(), quote!(#(#tests)&&*), quote!(bool));
                let span = part
                    .conditions
                    .first()
                    .map_or(self.route.span, |condition| condition.span);
                let gate = self.add(&format!("live_{}", number + 1), "when", row, span);
                quote!(Some(#gate))
            };
            let needs = part.needs.iter().map(|call| {
                let var = ident(&self.var_name(NameRef::Call(*call)));
                quote!(#var.slot())
            });
            rows.push(quote!(Output { when: #when, needs: needs(&[#(#needs),*]) }));
        }
        rows
    }
}

fn lifetime_of(result: &TokenStream, params: &[TokenStream]) -> TokenStream {
    let all = quote!(#result #(#params)*).to_string();
    if all.contains("'a") {
        quote!(<'a>)
    } else {
        TokenStream::new()
    }
}

/// Whether some route hands its requests on to this upstream.
pub(crate) fn is_proxied(world: &World<'_>, id: UpstreamId) -> bool {
    let mut proxies = world.service.routes.iter().filter_map(|route| route.proxy.as_ref());
    proxies.any(|proxy| proxy.upstream == id)
}

/// `Some(StreamAnswer { max: None })` for an operation that answers with a stream.
pub(crate) fn stream_answer(op: &Op) -> TokenStream {
    if op.result != Some(types::Ty::Scalar(Scalar::Stream)) {
        return quote!(None);
    }
    let max = octets(op.result_constraint.as_ref());
    quote!(Some(StreamAnswer { max: #max }))
}

/// `Some(5242880)`: the bound of a stream in octets.
fn octets(constraint: Option<&Constraint>) -> TokenStream {
    let max = constraint.and_then(|it| it.max).and_then(|max| u64::try_from(max).ok());
    match max.map(Literal::u64_unsuffixed) {
        Some(max) => quote!(Some(#max)),
        None => quote!(None),
    }
}

fn rows(name: &str, ty: &str, rows: &[TokenStream]) -> TokenStream {
    let (name, ty, count) = (ident(name), ident(ty), Literal::usize_unsuffixed(rows.len()));
    quote!(static #name: [#ty; #count] = [#(#rows),*];)
}
