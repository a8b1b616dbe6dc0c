//! What all generated files agree on: the Rust names of enums, views, upstreams and operations, and where each view stands.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::function::Audience;
use super::names::{Taken, camel, ident, shout, snake};
use super::text::Origin;
use crate::ir::expr::{Ty, ViewId};
use crate::ir::service::{Service, ViewField, ViewOf};
use crate::ir::walk;
use crate::model::types::{EnumId, OpId, Scalar};
use crate::source::{Sources, Span};

/// The service with the names that its Rust has.
pub(crate) struct World<'s> {
    pub(crate) service: &'s Service,
    pub(crate) sources: &'s Sources,
    pub(crate) enums: Vec<EnumNames>,
    pub(crate) views: Vec<ViewNames>,
    /// Modules, by `UpstreamId`.
    pub(crate) upstreams: Vec<String>,
    pub(crate) ops: Vec<OpNames>,
    /// The versions with which some output begins or ends, ascending.
    pub(crate) marks: Vec<crate::model::contract::Version>,
    /// The module of the functions of Rust.
    pub(crate) functions: String,
    /// Modules, by index of the route.
    pub(crate) routes: Vec<String>,
    /// Enums that something reads or names.
    pub(crate) used_enums: BTreeSet<u32>,
    /// The functions that write whole views, as far as they are called: view, for whom, and whether it is written.
    writers: RefCell<BTreeMap<(u32, Audience), bool>>,
}

/// An enum and its values.
pub(crate) struct EnumNames {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
}

/// A view, its accessors, and the only route that reads it, if it is only one.
pub(crate) struct ViewNames {
    pub(crate) name: String,
    pub(crate) fields: Vec<String>,
    pub(crate) route: Option<usize>,
    pub(crate) used: bool,
}

/// The function of an operation and its table row.
pub(crate) struct OpNames {
    pub(crate) function: String,
    pub(crate) row: String,
    /// Whether the function can fault, so that its callers ask `?`.
    pub(crate) fallible: bool,
    /// Whether it takes the request of the client, before its arguments.
    pub(crate) reads_request: bool,
}

impl<'s> World<'s> {
    /// Names everything. Enums and routes come first, since people read them most; then views; numbers tell equal names apart.
    pub(crate) fn new(service: &'s Service, sources: &'s Sources) -> Self {
        let mut types = Taken::default();
        let enums = enum_names(service, &mut types);
        let mut modules = Taken::default();
        super::names::TAKEN_MODULES
            .iter()
            .for_each(|name| drop(modules.add(name)));
        if service.client.versioning.known().is_some() {
            modules.add(super::contract::MODULE);
        }
        let routes = service
            .routes
            .iter()
            .map(|route| modules.add(&snake(&route.name)))
            .collect::<Vec<_>>();
        let upstream = |upstream: &crate::model::types::Upstream| {
            let name = snake(&upstream.name);
            if modules.free(&name) {
                modules.add(&name)
            } else {
                modules.add(&format!("{name}_upstream"))
            }
        };
        let upstreams = service.upstreams.iter().map(upstream).collect();
        let (views, used_enums) = view_names(service, &routes, &mut types);
        let writers = RefCell::default();
        World {
            service,
            sources,
            enums,
            views,
            upstreams,
            marks: super::contract::marks(service),
            ops: op_names(service),
            functions: modules.add("functions"),
            routes,
            used_enums,
            writers,
        }
    }

    /// `At("mobile.bff", 24)`.
    pub(crate) fn at(&self, span: Span) -> TokenStream {
        let (file, line) = (
            self.file(span),
            proc_macro2::Literal::u32_unsuffixed(self.sources.line(span)),
        );
        quote!(At(#file, #line))
    }

    /// The banner of what stands at `span`.
    pub(crate) fn origin(&self, span: Span, what: impl Into<String>) -> Origin {
        Origin {
            file: self.file(span),
            line: self.sources.line(span),
            what: what.into(),
        }
    }

    /// The function that writes a view whole, which is thereby needed.
    pub(crate) fn writer(&self, view: ViewId, audience: Audience) -> proc_macro2::Ident {
        self.writers.borrow_mut().entry((view.0, audience)).or_insert(false);
        let what = match audience {
            Audience::Client => "put",
            Audience::Wire => "send",
        };
        ident(&format!("{what}_{}", snake(&self.views[view.0 as usize].name)))
    }

    /// A view of this home (a route, or the service's file) whose writing function is needed and not there yet.
    pub(crate) fn next_writer(&self, home: Option<usize>) -> Option<(ViewId, Audience)> {
        let mut writers = self.writers.borrow_mut();
        let wanted = |((view, _), written): &(&(u32, Audience), &mut bool)| {
            !**written && self.views[*view as usize].route == home
        };
        let (key, written) = writers.iter_mut().find(wanted)?;
        *written = true;
        Some((ViewId(key.0), key.1))
    }

    /// The first line of what stands at `span`, with its blanks made one.
    pub(crate) fn quote(&self, span: Span) -> String {
        let first = self.sources.text(span).lines().next().unwrap_or("");
        let words: Vec<&str> = first.split_whitespace().collect();
        let text = words.join(" ");
        match text.char_indices().nth(110) {
            Some((cut, _)) => format!("{} …", &text[..cut]),
            None => text,
        }
    }

    /// The file of a place, without its folders.
    pub(crate) fn file(&self, span: Span) -> String {
        let name = &self.sources.file(span.file).name;
        name.rsplit('/').next().unwrap_or(name).to_owned()
    }

    /// The Rust type of a scalar as a value.
    fn scalar(scalar: Scalar, life: &TokenStream) -> TokenStream {
        match scalar {
            Scalar::Int => quote!(i64),
            Scalar::Float => quote!(f64),
            Scalar::Boolean => quote!(bool),
            Scalar::Decimal => quote!(Decimal),
            Scalar::Date => quote!(Date),
            Scalar::DateTime => quote!(DateTime),
            Scalar::Duration => quote!(Span),
            Scalar::Json => quote!(RawJson<#life>),
            Scalar::Stream => quote!(Stream),
            _ => quote!(Str<#life>),
        }
    }

    /// The Rust type of an enum.
    pub(crate) fn enum_type(&self, id: EnumId, life: &TokenStream) -> TokenStream {
        let name = ident(&self.enums[id.0 as usize].name);
        let open = self.service.enums[id.0 as usize].open;
        if open { quote!(#name<#life>) } else { quote!(#name) }
    }

    /// The Rust type of a value: of an accessor, a parameter, a variable.
    pub(crate) fn value_type(&self, ty: &Ty, life: &TokenStream) -> TokenStream {
        match ty {
            Ty::Scalar(scalar) => Self::scalar(*scalar, life),
            Ty::Nullable(inner) => {
                let inner = self.value_type(inner, life);
                quote!(Option<#inner>)
            }
            Ty::Maybe(inner) => {
                let inner = self.value_type(inner, life);
                quote!(Maybe<#inner>)
            }
            _ => self.read_type(ty, false, life),
        }
    }

    /// The Rust type of what is read from a document. Kinds of text are told apart there, though all read as text; with `raw` the
    /// scalars that would be parsed are only moved: checked, and copied as they came.
    pub(crate) fn read_type(&self, ty: &Ty, raw: bool, life: &TokenStream) -> TokenStream {
        let plain = match ty {
            // Of what is read for its presence alone, and of a computed record, which has no name (`Shape::rust`).
            Ty::Never | Ty::Null | Ty::Computed => quote!(()),
            Ty::Scalar(Scalar::Id) => quote!(Id<#life>),
            Ty::Scalar(Scalar::Uuid) => quote!(Uuid<#life>),
            Ty::Scalar(Scalar::Url) => quote!(Url<#life>),
            Ty::Scalar(Scalar::Bytes) => quote!(Bytes<#life>),
            Ty::Scalar(Scalar::Zone) => quote!(Zone<#life>),
            Ty::Scalar(scalar) => Self::scalar(*scalar, life),
            Ty::Enum(id) => self.enum_type(*id, life),
            Ty::View(id) => {
                let name = ident(&self.views[id.0 as usize].name);
                quote!(#name<#life>)
            }
            Ty::List(inner) => {
                let inner = self.read_type(inner, raw, life);
                return quote!(List<#life, #inner>);
            }
            Ty::Map(key, inner) => {
                let inner = self.read_type(inner, raw, life);
                if **key == Ty::Scalar(Scalar::String) {
                    return quote!(Map<#life, #inner>);
                }
                let key = self.read_type(key, false, life);
                return quote!(Map<#life, #inner, #key>);
            }
            Ty::Nullable(inner) => {
                let inner = self.read_type(inner, raw, life);
                return quote!(Option<#inner>);
            }
            Ty::Maybe(inner) => {
                let inner = self.read_type(inner, raw, life);
                return quote!(Maybe<#inner>);
            }
        };
        if raw && is_parsed(ty) {
            quote!(Raw<#life, #plain>)
        } else {
            plain
        }
    }

    /// `Payload::Shipped`, the variant of a union by its number.
    pub(crate) fn variant(&self, union: ViewId, index: u32) -> TokenStream {
        let names = &self.views[union.0 as usize];
        let (name, variant) = (ident(&names.name), ident(&names.fields[index as usize]));
        quote!(#name::#variant)
    }

    /// `users::GET_USER`.
    pub(crate) fn op_row(&self, op: OpId) -> TokenStream {
        let (module, row) = (self.op_module(op), ident(&self.ops[op.0 as usize].row));
        quote!(#module::#row)
    }

    /// `users::get_user`.
    pub(crate) fn op_function(&self, op: OpId) -> TokenStream {
        let (module, function) = (self.op_module(op), ident(&self.ops[op.0 as usize].function));
        quote!(#module::#function)
    }

    fn op_module(&self, op: OpId) -> proc_macro2::Ident {
        ident(&self.upstreams[self.service.ops[op.0 as usize].upstream.0 as usize])
    }
}

/// Whether reading a value of this type takes more than pointing at it.
fn is_parsed(ty: &Ty) -> bool {
    use Scalar::{Date, DateTime, Decimal, Duration, Float, Int};
    matches!(
        ty,
        Ty::Scalar(Int | Float | Decimal | Date | DateTime | Duration) | Ty::Enum(_)
    )
}

fn enum_names(service: &Service, types: &mut Taken) -> Vec<EnumNames> {
    let named = |declared: &crate::model::types::Enum, types: &mut Taken| {
        let mut values = Taken::default();
        if declared.open {
            values.add_type("Other");
        }
        EnumNames {
            name: types.add_type(&camel(&declared.name)),
            values: declared
                .values
                .iter()
                .map(|value| values.add_type(&camel(&value.name)))
                .collect(),
        }
    };
    service.enums.iter().map(|declared| named(declared, types)).collect()
}

fn op_names(service: &Service) -> Vec<OpNames> {
    let mut taken: Vec<(Taken, Taken)> = service.upstreams.iter().map(|_| Default::default()).collect();
    for (_, rows) in &mut taken {
        rows.add("UPSTREAM");
    }
    let named = |op: &crate::model::types::Op| {
        let (functions, rows) = &mut taken[op.upstream.0 as usize];
        OpNames {
            function: functions.add(&snake(&op.name)),
            row: rows.add(&shout(&op.name)),
            fallible: false,
            reads_request: false,
        }
    };
    service.ops.iter().map(named).collect()
}

/// Who reads what: views by the routes that do (`None`: operations and the service), and enums.
#[derive(Default)]
struct Readers {
    views: Vec<BTreeSet<Option<usize>>>,
    enums: BTreeSet<u32>,
}

impl Readers {
    fn mark(&mut self, service: &Service, ty: &Ty, user: Option<usize>) {
        match ty {
            Ty::View(ViewId(at)) if self.views[*at as usize].insert(user) => {
                for field in &service.views[*at as usize].fields {
                    self.mark(service, &field.ty, user);
                }
            }
            Ty::Enum(id) => {
                self.enums.insert(id.0);
            }
            Ty::List(inner) | Ty::Nullable(inner) | Ty::Maybe(inner) => self.mark(service, inner, user),
            Ty::Map(key, inner) => {
                self.mark(service, key, user);
                self.mark(service, inner, user);
            }
            _ => {}
        }
    }

    fn all(service: &Service) -> Self {
        let mut readers = Readers {
            views: vec![BTreeSet::new(); service.views.len()],
            enums: BTreeSet::new(),
        };
        for request in service.requests.iter().flatten() {
            request.params.iter().for_each(|ty| readers.mark(service, ty, None));
            let values = request
                .query
                .iter()
                .chain(&request.header)
                .map(|(_, value)| value)
                .chain(&request.body)
                .chain(&request.bytes);
            for value in values {
                walk::all(value, &mut |expr| readers.mark(service, &expr.ty, None));
            }
        }
        let rules = service
            .send
            .iter()
            .chain(&service.set)
            .chain(service.upstream_send.iter().flatten());
        for (_, value) in rules {
            walk::all(value, &mut |expr| readers.mark(service, &expr.ty, None));
        }
        for (at, route) in service.routes.iter().enumerate() {
            let declared = route
                .inputs
                .iter()
                .map(|input| &input.ty)
                .chain(route.calls.iter().map(|call| &call.ty));
            declared.for_each(|ty| readers.mark(service, ty, Some(at)));
            walk::route(route, &mut |expr| readers.mark(service, &expr.ty, Some(at)));
        }
        readers
    }
}

/// A record is a value in Rust, too, and must not be called as the constant of a call is: `T` beside a call `t`.
fn view_name(name: &str) -> String {
    let plain = camel(name);
    if plain.contains(|c: char| c.is_ascii_lowercase()) {
        plain
    } else {
        format!("{plain}View")
    }
}

fn view_names(service: &Service, routes: &[String], types: &mut Taken) -> (Vec<ViewNames>, BTreeSet<u32>) {
    let readers = Readers::all(service);
    let mut named = Vec::new();
    for (view, users) in service.views.iter().zip(readers.views) {
        let route = match users.iter().collect::<Vec<_>>()[..] {
            [Some(only)] => Some(*only),
            _ => None,
        };
        let plain = view_name(&view.name);
        let name = match route {
            _ if users.is_empty() => plain,
            Some(only) if !types.free(&plain) => types.add_type(&format!("{plain}In{}", camel(&routes[only]))),
            _ => types.add_type(&plain),
        };
        let mut accessors = Taken::default();
        if let ViewOf::Union(_) = view.of {
            accessors.add_type("Other");
        }
        let mut accessor = |field: &ViewField| match view.of {
            ViewOf::Record(_) => accessors.add(&snake(&field.name)),
            ViewOf::Union(_) => accessors.add_type(&camel(&field.name)),
        };
        let fields = view.fields.iter().map(&mut accessor).collect();
        named.push(ViewNames {
            name,
            fields,
            route,
            used: !users.is_empty(),
        });
    }
    (named, readers.enums)
}
