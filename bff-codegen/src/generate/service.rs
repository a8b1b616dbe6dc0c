//! The service's own file: its table, enums, upstreams with their operations, and the views that several routes read.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::function::{Around, Function};
use super::names::{Taken, ident, snake};
use super::output::Place;
use super::param::{param_shape, param_type};
use super::record;
use super::shape::Shape;
use super::text::Item;
use super::world::World;
use crate::ir::expr::{Expr, ExprKind, LocalId, Ty, ViewId};
use crate::ir::service::{OpRequest, PathPart};
use crate::model::types::{EnumId, ErrorFormat, OpId, Scalar, Setting, UpstreamId};

/// The items of the service's file. Routes are modules that include their own file.
pub(crate) fn items(world: &World<'_>, operations: Vec<Item>) -> Vec<Item> {
    let mut items = vec![Item::text("use bff_core::prelude::*;"), table(world), router()];
    items.extend(super::locale::locales(world));
    items.extend(super::contract::versions(world));
    items.extend(request_functions(world));
    items.extend(world.used_enums.iter().map(|at| record::wire_enum(world, EnumId(*at))));
    let mut statics = Taken::default();
    for (at, names) in world.views.iter().enumerate() {
        if names.used && names.route.is_none() {
            let comment = format!("What is read of `{}`.", world.service.views[at].name);
            items.extend(record::record(world, ViewId(at as u32), &comment, &mut statics, None));
        }
    }
    items.extend(super::extern_fn::module(world));
    items.extend(operations);
    for (module, route) in world.routes.iter().zip(&world.service.routes) {
        let file = format!("{}/{module}.rs", snake(&world.service.client.name));
        let origin = world.origin(route.span, format!("route {}", world.quote(route.span)));
        let include = Item::text(format!("use super::*;\ninclude!({file:?});"));
        items.push(Item::module(format!("pub mod {module}"), vec![include]).from(origin));
    }
    items.extend(writers(world, None));
    items
}

/// The functions that write whole views of one file.
pub(crate) fn writers(world: &World<'_>, home: Option<usize>) -> Vec<Item> {
    let mut items = Vec::new();
    while let Some((view, audience)) = world.next_writer(home) {
        let mut function = Function::of_service(world, Around::Request);
        function.audience = audience;
        let _ = function.fresh();
        let fields = function.write_fields(&quote!(it), view);
        let name = world.writer(view, audience);
        let ty = world.value_type(&Ty::View(view), &quote!('_));
        items.push(Item::tokens(quote!(pub fn #name(o: &mut Out, it: #ty) { #fields })));
    }
    items
}

/// A module for each upstream with its operations. Also finds out which of these can fault, which their callers have to know.
pub(crate) fn operations(world: &mut World<'_>) -> Vec<Item> {
    let called = called_upstreams(world).into_iter().enumerate();
    called.map(|(index, id)| upstream(world, index, id)).collect()
}

fn router() -> Item {
    Item::tokens(quote! {
        /// The routes of the client: an ordinary router to serve, nest, merge and layer.
        pub fn router(gateway: Gateway) -> Router {
            gateway.router(&SERVICE)
        }
    })
}

fn table(world: &World<'_>) -> Item {
    let client = &world.service.client;
    let (name, at, mount) = (&client.name, world.at(client.span), &client.mount);
    let listen = text_setting(world, &client.listen);
    let deadline = duration_setting(world, &client.deadline);
    let errors = match client.errors {
        ErrorFormat::Problem => quote!(ErrorFormat::Problem),
        ErrorFormat::Shape(_) => quote!(ErrorFormat::Shape(errors)),
    };
    let numbers = client.decimals_as_numbers;
    let (headers, versions) = (client_headers(world), super::contract::service_field(world));
    let upstreams = called_upstreams(world)
        .into_iter()
        .map(|id| ident(&world.upstreams[id.0 as usize]));
    let routes = world.routes.iter().map(|module| ident(module));
    Item::tokens(quote! {
        pub static SERVICE: Service = Service {
            name: #name,
            at: #at,
            mount: #mount,
            listen: #listen,
            deadline: #deadline,
            errors: #errors,
            decimals_as_numbers: #numbers,
            headers: #headers,
            versions: #versions,
            upstreams: &[#(&#upstreams::UPSTREAM),*],
            routes: &[#(&#routes::ROUTE),*],
        };
    })
    .from(world.origin(client.span, format!("client {name}")))
}

fn client_headers(world: &World<'_>) -> TokenStream {
    let service = world.service;
    let headers = &service.client.headers;
    if headers.forward.is_empty() && service.send.is_empty() && service.set.is_empty() && headers.remove.is_empty() {
        return quote!(ClientHeaders::NONE);
    }
    let forward = headers.forward.iter().map(|(name, _)| name);
    let remove = headers.remove.iter().map(|(name, _)| name);
    let function = |rules: &[(String, Expr)], name: &str| {
        let name = ident(name);
        if rules.is_empty() {
            quote!(None)
        } else {
            quote!(Some(#name))
        }
    };
    let (send, set) = (
        function(&service.send, "send_headers"),
        function(&service.set, "set_headers"),
    );
    quote!(ClientHeaders { forward: &[#(#forward),*], send: #send, set: #set, remove: &[#(#remove),*] })
}

/// Functions over the request alone: the client's headers and its error document.
fn request_functions(world: &World<'_>) -> Vec<Item> {
    let service = world.service;
    let mut items = Vec::new();
    for (rules, name) in [(&service.send, "send_headers"), (&service.set, "set_headers")] {
        if let Some((_, first)) = rules.first() {
            let written = header_function(world, rules, name);
            items.push(Item::tokens(written).from(world.origin(first.span, name.replace('_', " "))));
        }
    }
    if let Some(shape) = &service.error_shape {
        let mut function = Function::of_service(world, Around::Error);
        let body = function.write_record(shape);
        let prologue = function.prologue(true);
        let written = quote! {
            fn errors(o: &mut Out, error: ErrorView<'_>) -> Eval {
                #prologue
                #body
                Ok(())
            }
        };
        items.push(Item::tokens(written).from(world.origin(service.client.span, "errors")));
    }
    items
}

/// `fn send_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval`.
pub(crate) fn header_function(world: &World<'_>, rules: &[(String, Expr)], name: &str) -> TokenStream {
    let name = ident(name);
    let mut function = Function::of_service(world, Around::Request);
    let set: TokenStream = rules
        .iter()
        .map(|(header, value)| function.set_header(header, value))
        .collect();
    let prologue = function.prologue(true);
    let request = super::expr::used(&ident("request"), &set);
    let request = if request.to_string() == "_" {
        quote!(_request)
    } else {
        request
    };
    quote! {
        fn #name(h: &mut HeaderOut<'_>, #request: RequestView<'_>) -> Eval {
            #prologue
            #set
            Ok(())
        }
    }
}

impl<'s> Function<'s, '_> {
    /// `h.set("x-client", t!["mobile"])?;`
    pub(crate) fn set_header(&mut self, header: &str, value: &'s Expr) -> TokenStream {
        let nullable = self.shape(value).is_nullable();
        let written = self.text_argument(value);
        let call = if nullable {
            quote!(h.set_opt(#header, #written))
        } else {
            quote!(h.set(#header, #written))
        };
        let call = self.ask(&call);
        quote!(#call;)
    }

    /// A value where text is taken: a template as such, so that its place chooses the escape.
    fn text_argument(&mut self, value: &'s Expr) -> TokenStream {
        match &value.kind {
            ExprKind::Template(pieces) => self.template(pieces),
            ExprKind::Text(text) if !matches!(value.ty, Ty::Nullable(_)) => quote!(t![#text]),
            _ => self.value(value),
        }
    }
}

/// The upstreams that some route calls: what nobody calls needs no address.
fn called_upstreams(world: &World<'_>) -> Vec<UpstreamId> {
    let called = |op: &OpId| world.service.requests.get(op.0 as usize).is_some_and(Option::is_some);
    let proxied = |id: UpstreamId| super::route::is_proxied(world, id);
    let ids = world
        .service
        .upstreams
        .iter()
        .enumerate()
        .map(|(at, upstream)| (UpstreamId(at as u32), upstream))
        .filter(|(id, upstream)| upstream.ops.iter().any(called) || proxied(*id));
    ids.map(|(id, _)| id).collect()
}

fn upstream(world: &mut World<'_>, index: usize, id: UpstreamId) -> Item {
    let service = world.service;
    let declared = &service.upstreams[id.0 as usize];
    let (index, name, at) = (
        Literal::usize_unsuffixed(index),
        &declared.name,
        world.at(declared.span),
    );
    let base = text_setting(world, &declared.base);
    let timeout = match &declared.timeout {
        Some(timeout) => duration_setting(world, timeout),
        None => duration_setting(world, &Setting::Value(1000)),
    };
    let rules = service.upstream_send.get(id.0 as usize).map_or(&[][..], Vec::as_slice);
    let send = if rules.is_empty() {
        quote!(None)
    } else {
        quote!(Some(send_headers))
    };
    let forward = declared.headers.forward.iter().map(|(name, _)| name);
    let mut items = vec![Item::text("use super::*;")];
    items.push(Item::tokens(quote! {
        pub static UPSTREAM: Upstream = Upstream {
            index: #index, name: #name, at: #at, base: #base, timeout: #timeout, forward: &[#(#forward),*], send: #send,
        };
    }));
    if !rules.is_empty() {
        items.push(Item::tokens(header_function(world, rules, "send_headers")));
    }
    for &op in &declared.ops {
        if let Some(Some(request)) = service.requests.get(op.0 as usize) {
            items.extend(operation(world, op, request));
        }
    }
    let module = format!("mod {}", world.upstreams[id.0 as usize]);
    Item::module(module, items).from(world.origin(declared.span, format!("upstream {name}")))
}

fn operation<'s>(world: &mut World<'s>, id: OpId, request: &'s OpRequest) -> Vec<Item> {
    let op = &world.service.ops[id.0 as usize];
    let upstream = &world.service.upstreams[op.upstream.0 as usize].name;
    let (name, at, path, safe) = (
        format!("{upstream}.{}", op.name),
        world.at(op.span),
        &op.path.text,
        op.safe,
    );
    let row = ident(&world.ops[id.0 as usize].row);
    let rule_name = format!("{row}_ANSWER");
    let rule = match (&op.result_constraint, &op.result) {
        // The bound of a stream is its own.
        (Some(constraint), Some(ty)) if *ty != crate::model::types::Ty::Scalar(Scalar::Stream) => {
            let item = record::rule_item(&rule_name, constraint, &record::outline(ty), &mut Taken::default());
            let name = ident(&rule_name);
            Some((item, quote!(Some(&#name))))
        }
        _ => None,
    };
    let (rule_item, rule) = rule.map_or((None, quote!(None)), |(item, rule)| (Some(item), rule));
    let method = ident(&op.method);
    let nullable = matches!(op.result, Some(crate::model::types::Ty::Nullable(_)));
    let reads_body = op.result.is_some();
    let timeout = optional_duration(world, op.timeout.as_ref());
    let stream = super::route::stream_answer(op);
    let forward = op.headers.forward.iter().map(|(name, _)| name);
    let table = Item::tokens(quote! {
        pub static #row: Op = Op {
            name: #name,
            at: #at,
            upstream: &UPSTREAM,
            method: Method::#method,
            path: #path,
            safe: #safe,
            reads_body: #reads_body,
            nullable: #nullable,
            stream: #stream,
            rule: #rule,
            timeout: #timeout,
            forward: &[#(#forward),*],
        };
    })
    .from(world.origin(op.span, format!("op {}", op.name)));
    let written = operation_function(world, id, request);
    let names = &mut world.ops[id.0 as usize];
    (names.fallible, names.reads_request) = (written.fallible, written.reads_request);
    rule_item
        .into_iter()
        .chain([table, Item::tokens(written.tokens)])
        .collect()
}

/// The function of an operation, and what its callers have to know of it.
struct OperationFunction {
    tokens: TokenStream,
    fallible: bool,
    reads_request: bool,
}

/// `fn get_user(q: &mut Request, id: Str<'_>) { q.path("/users/").segment(id); }`
fn operation_function<'s>(world: &World<'s>, id: OpId, request: &'s OpRequest) -> OperationFunction {
    let op = &world.service.ops[id.0 as usize];
    let mut function = Function::of_service(world, Around::Request).for_the_wire();
    let mut taken = Taken::values();
    let mut params = TokenStream::new();
    for (at, (field, ty)) in op.params.iter().zip(&request.params).enumerate() {
        let name = ident(&taken.add(&snake(&field.name)));
        let local = LocalId(at as u32);
        let rust = param_type(world, ty);
        function.locals.insert(local, quote!(#name));
        function.shapes.locals.insert(local, param_shape(ty));
        params.extend(quote!(, #name: #rust));
    }
    let body = function.request_body(request);
    let (prologue, fallible) = (function.prologue(true), function.fallible);
    let name = ident(&world.ops[id.0 as usize].function);
    let doc = format!(" `{}`", op_head(world, op));
    let (result, end) = if fallible {
        (quote!(-> Eval), quote!(Ok(())))
    } else {
        Default::default()
    };
    let reads_request = super::expr::used(&ident("request"), &quote!(#prologue #body)).to_string() != "_";
    if reads_request {
        params = quote!(, request: RequestView<'_> #params);
    }
    let tokens = quote! {
        #[doc = #doc]
        pub fn #name(q: &mut Request #params) #result { #prologue #body #end }
    };
    OperationFunction {
        tokens,
        fallible,
        reads_request,
    }
}

/// `op get_user(id: ID) = GET /users/{id}`
fn op_head(world: &World<'_>, op: &crate::model::types::Op) -> String {
    let param = |param: &crate::model::types::Field| {
        let mark = if param.optional { "?" } else { "" };
        let words: Vec<&str> = world.sources.text(param.ty_span).split_whitespace().collect();
        format!("{}{mark}: {}", param.name, words.join(" "))
    };
    let params: Vec<String> = op.params.iter().map(param).collect();
    format!("op {}({}) = {} {}", op.name, params.join(", "), op.method, op.path.text)
}

impl<'s> Function<'s, '_> {
    pub(crate) fn request_body(&mut self, request: &'s OpRequest) -> TokenStream {
        let mut path = quote!(q);
        for part in &request.path {
            match part {
                PathPart::Literal(text) => path.extend(quote!(.path(#text))),
                PathPart::Value(value) => {
                    let value = self.value(value);
                    path.extend(quote!(.segment(#value)));
                }
            }
        }
        let mut written = quote!(#path;);
        for (name, value) in &request.query {
            written.extend(self.request_entry("query", name, value));
        }
        for (name, value) in &request.header {
            written.extend(self.request_entry("header", &name.to_ascii_lowercase(), value));
        }
        if let Some((header, key)) = &request.idempotent {
            written.extend(self.request_entry("idempotent", header, key));
        }
        if let Some(body) = &request.body {
            written.extend(self.json_body(body));
        }
        if let Some(bytes) = &request.bytes {
            let nullable = self.shape(bytes).is_nullable();
            let bytes = self.value(bytes);
            written.extend(if nullable {
                quote!(q.bytes(#bytes);)
            } else {
                quote!(q.bytes(Some(#bytes));)
            });
        }
        written
    }

    /// `q.query("limit", limit);`: null is left out, lists repeat the key.
    pub(crate) fn request_entry(&mut self, place: &str, name: &str, value: &'s Expr) -> TokenStream {
        let shape = self.shape(value);
        let is_list = matches!(shape.clone().inner(), Shape::Vec(_) | Shape::Plain(Ty::List(_)));
        let written = match (is_list, shape.is_nullable()) {
            (true, false) => self.iterable(value),
            (true, true) => self.value(value),
            (false, _) => self.text_argument(value),
        };
        let elements = if matches!(shape.clone().inner(), Shape::Vec(_)) {
            quote!(list.iter().cloned())
        } else {
            quote!(list)
        };
        let (one, opt, each) = (
            ident(place),
            ident(&format!("{place}_opt")),
            ident(&format!("{place}_each")),
        );
        match (is_list, shape.is_nullable()) {
            (false, false) => quote!(q.#one(#name, #written);),
            (false, true) => quote!(q.#opt(#name, #written);),
            (true, false) => quote!(q.#each(#name, #written);),
            (true, true) => quote!(if let Some(list) = #written { q.#each(#name, #elements); }),
        }
    }

    fn json_body(&mut self, body: &'s Expr) -> TokenStream {
        if body.ty == Ty::Scalar(Scalar::Stream) {
            let stream = self.value(body);
            return quote!(q.stream(#stream););
        }
        let (written, faults) = self.watch(|this| this.write(body, Place::Item));
        if !faults {
            return quote!(q.body(|o| { #written }););
        }
        quote!(q.body(|o| {
            let mut write = || -> Eval { #written Ok(()) };
            if let Err(fault) = write() {
                o.fail(fault);
            }
        });)
    }
}

/// `Setting::Value(Duration::from_millis(1200))`.
pub(crate) fn duration_setting(world: &World<'_>, setting: &Setting<u64>) -> TokenStream {
    let duration = |millis: u64| {
        let millis = Literal::u64_unsuffixed(millis);
        quote!(Duration::from_millis(#millis))
    };
    match setting {
        Setting::Value(millis) => {
            let value = duration(*millis);
            quote!(Setting::Value(#value))
        }
        Setting::Env { name, default, span } => {
            let default = default.as_ref().and_then(|text| parse_millis(text)).map(duration);
            env(world, name, default, *span)
        }
    }
}

/// `Some(Setting::Value(..))`.
pub(crate) fn optional_duration(world: &World<'_>, setting: Option<&Setting<u64>>) -> TokenStream {
    match setting {
        Some(setting) => {
            let setting = duration_setting(world, setting);
            quote!(Some(#setting))
        }
        None => quote!(None),
    }
}

fn text_setting(world: &World<'_>, setting: &Setting<String>) -> TokenStream {
    match setting {
        Setting::Value(text) => quote!(Setting::Value(#text)),
        Setting::Env { name, default, span } => env(world, name, default.as_ref().map(|text| quote!(#text)), *span),
    }
}

fn env(world: &World<'_>, name: &str, default: Option<TokenStream>, span: crate::source::Span) -> TokenStream {
    let at = world.at(span);
    let default = match default {
        Some(default) => quote!(Some(#default)),
        None => quote!(None),
    };
    quote!(Setting::Env(Env { name: #name, default: #default, at: #at }))
}

/// `400ms`, `1.5s`, or plain milliseconds, as the compiler has checked it.
pub(crate) fn parse_millis(text: &str) -> Option<u64> {
    let units = [("ms", 1.0), ("s", 1e3), ("m", 60e3), ("h", 3_600e3), ("d", 86_400e3)];
    let scaled = units.iter().find_map(|(unit, millis)| {
        let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
        Some((number * millis) as u64)
    });
    scaled.or_else(|| text.parse().ok())
}
