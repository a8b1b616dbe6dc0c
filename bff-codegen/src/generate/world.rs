//! What all generated files agree on: the Rust names of enums, views, upstreams and operations, and where each view stands.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::names::{Taken, camel, ident, shout, snake};
use super::text::Origin;
use crate::ir::expr::{Ty, ViewId};
use crate::ir::service::{Route, Service};
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
    /// Modules, by index of the route.
    pub(crate) routes: Vec<String>,
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
}

impl<'s> World<'s> {
    /// Names everything. Enums and routes come first, since people read them most; then views; numbers tell equal names apart.
    pub(crate) fn new(service: &'s Service, sources: &'s Sources) -> Self {
        let mut types = Taken::default();
        let enums = enum_names(service, &mut types);
        let mut modules = Taken::default();
        let upstreams = service
            .upstreams
            .iter()
            .map(|upstream| modules.add(&snake(&upstream.name)))
            .collect();
        let routes = service
            .routes
            .iter()
            .map(|route| modules.add(&snake(&route.name)))
            .collect::<Vec<_>>();
        let views = view_names(service, &routes, &mut types);
        World {
            service,
            sources,
            enums,
            views,
            upstreams,
            ops: op_names(service),
            routes,
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

    /// The first line of what stands at `span`, with its blanks made one.
    pub(crate) fn quote(&self, span: Span) -> String {
        let words: Vec<&str> = self.sources.text(span).split_whitespace().collect();
        let text = words.join(" ");
        match text.char_indices().nth(110) {
            Some((cut, _)) => format!("{} …", &text[..cut]),
            None => text,
        }
    }

    fn file(&self, span: Span) -> String {
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
            Scalar::Duration => quote!(Duration),
            Scalar::Json => quote!(RawJson<#life>),
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
            Ty::Map(inner) => {
                let inner = self.read_type(inner, raw, life);
                return quote!(Map<#life, #inner>);
            }
            Ty::Nullable(inner) => {
                let inner = self.read_type(inner, raw, life);
                return quote!(Option<#inner>);
            }
        };
        if raw && is_parsed(ty) {
            quote!(Raw<#life, #plain>)
        } else {
            plain
        }
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
        }
    };
    service.ops.iter().map(named).collect()
}

fn view_names(service: &Service, routes: &[String], types: &mut Taken) -> Vec<ViewNames> {
    let mut users: Vec<BTreeSet<Option<usize>>> = vec![BTreeSet::new(); service.views.len()];
    for request in service.requests.iter().flatten() {
        request.params.iter().for_each(|ty| mark(service, ty, None, &mut users));
    }
    for (at, route) in service.routes.iter().enumerate() {
        for ty in route_types(route) {
            mark(service, &ty, Some(at), &mut users);
        }
    }
    let mut named = Vec::new();
    for (view, users) in service.views.iter().zip(users) {
        let route = match users.iter().collect::<Vec<_>>()[..] {
            [Some(only)] => Some(*only),
            _ => None,
        };
        let plain = camel(&view.name);
        let name = match route {
            Some(only) if !types.free(&plain) => types.add_type(&format!("{plain}In{}", camel(&routes[only]))),
            _ => types.add_type(&plain),
        };
        let mut accessors = Taken::default();
        let fields = view
            .fields
            .iter()
            .map(|field| accessors.add(&snake(&field.name)))
            .collect();
        named.push(ViewNames {
            name,
            fields,
            route,
            used: !users.is_empty(),
        });
    }
    named
}

/// The types that a route reads from documents: inputs, answers, and what its expressions convert to.
fn route_types(route: &Route) -> Vec<Ty> {
    let mut types: Vec<Ty> = route.inputs.iter().map(|input| input.ty.clone()).collect();
    types.extend(route.calls.iter().map(|call| call.ty.clone()));
    crate::ir::walk::route(route, &mut |expr| {
        if crate::ir::walk::names_a_view(&expr.ty) {
            types.push(expr.ty.clone());
        }
    });
    types
}

fn mark(service: &Service, ty: &Ty, user: Option<usize>, users: &mut [BTreeSet<Option<usize>>]) {
    match ty {
        Ty::View(ViewId(at)) if users[*at as usize].insert(user) => {
            for field in &service.views[*at as usize].fields {
                mark(service, &field.ty, user, users);
            }
        }
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => mark(service, inner, user, users),
        _ => {}
    }
}
