//! One function being written: what it reads, what its locals are called, and whether it can fault.

use std::cell::Cell;
use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::names::{Taken, ident, snake};
use super::shape::{Shape, Shapes};
use super::world::World;
use crate::ir::expr::{Expr, ExprKind, Input, LocalId, NameRef};
use crate::ir::service::Route;
use crate::source::Span;

/// Where `request` and `error` come from in a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Around {
    /// A row of a route: from the frame.
    Frame,
    /// What is decided before a route is: `request` is a parameter.
    Request,
    /// The error document: `error` is a parameter and leads to `request`.
    Error,
}

/// For whom JSON is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Audience {
    /// The client: names of the language, `nulls:` as the client says.
    Client,
    /// An upstream, or our own decoder: names of the wire, null as it is.
    Wire,
}

/// The names of a route and what its `let`s turned out to need.
pub(crate) struct RouteNames<'s> {
    pub(crate) route: &'s Route,
    /// Variables of calls and lets, by index.
    pub(crate) calls: Vec<String>,
    pub(crate) lets: Vec<LetFunction>,
    /// Variables of turns, by index.
    pub(crate) turns: Vec<String>,
    inputs: HashMap<Input, String>,
}

/// A `let` as a function.
#[derive(Clone, Debug)]
pub(crate) struct LetFunction {
    pub(crate) variable: String,
    pub(crate) function: String,
    /// The calls and inputs that it reads, in the order of its parameters.
    pub(crate) params: Vec<NameRef>,
    /// The calls that it waits for besides.
    pub(crate) after: Vec<NameRef>,
    pub(crate) frame: bool,
    pub(crate) scratch: bool,
    pub(crate) fallible: bool,
    /// Some function calls it.
    pub(crate) used: Cell<bool>,
}

impl<'s> RouteNames<'s> {
    /// Names variables so that none hides another or what the functions use themselves.
    pub(crate) fn new(route: &'s Route) -> Self {
        let mut taken = Taken::values();
        let inputs = [Input::Query, Input::Path, Input::Header, Input::Cookie, Input::Body];
        let inputs = inputs
            .into_iter()
            .map(|input| (input, taken.add(input_name(input))))
            .collect();
        let calls = route.calls.iter().map(|call| taken.add(&snake(&call.name))).collect();
        let named = |made: &crate::ir::service::Let| {
            let variable = taken.add(&snake(&made.name));
            let function = format!("let_{variable}");
            LetFunction {
                variable,
                function,
                params: Vec::new(),
                after: Vec::new(),
                frame: false,
                scratch: false,
                fallible: false,
                used: Cell::new(false),
            }
        };
        let lets = route.lets.iter().map(named).collect();
        let turns = route.turns.iter().map(|turn| taken.add(&snake(&turn.name))).collect();
        RouteNames {
            route,
            calls,
            lets,
            turns,
            inputs,
        }
    }

    /// The variable that holds a name.
    pub(crate) fn variable(&self, name: NameRef) -> Ident {
        ident(match name {
            NameRef::Call(at) => &self.calls[at as usize],
            NameRef::Let(at) => &self.lets[at as usize].variable,
            NameRef::Input(input) => &self.inputs[&input],
            NameRef::Turn(at) => &self.turns[at as usize],
        })
    }
}

/// `query`, `path`, …
pub(crate) fn input_name(input: Input) -> &'static str {
    match input {
        Input::Query => "query",
        Input::Header => "header",
        Input::Cookie => "cookie",
        Input::Path => "path",
        Input::Body => "body",
    }
}

/// A function while its body is written.
pub(crate) struct Function<'s, 'w> {
    pub(crate) world: &'w World<'s>,
    pub(crate) names: Option<&'w RouteNames<'s>>,
    pub(crate) around: Around,
    pub(crate) audience: Audience,
    pub(crate) shapes: Shapes<'s>,
    /// What each local is written as.
    pub(crate) locals: HashMap<LocalId, TokenStream>,
    /// How many locals are in scope, for their names.
    pub(crate) depth: usize,
    /// Calls, inputs and lets that are read.
    pub(crate) reads: Vec<NameRef>,
    /// What conditions read that have shown what it relies on.
    after: Vec<NameRef>,
    pub(crate) frame: bool,
    pub(crate) scratch: bool,
    pub(crate) fallible: bool,
    /// Nullable places, as they are written, that are known to be there, and the names of their values.
    pub(crate) there: Vec<(String, Ident)>,
    there_uses: Vec<String>,
    labels: usize,
    /// How many loops around keep something under a name of their own.
    pub(crate) keeps: usize,
}

impl<'s, 'w> Function<'s, 'w> {
    /// A function of a route's row.
    pub(crate) fn of_route(world: &'w World<'s>, names: &'w RouteNames<'s>) -> Self {
        let mut made = Self::of_service(world, Around::Frame);
        made.shapes.route = Some(names.route);
        made.names = Some(names);
        made
    }

    /// A function that belongs to no route.
    pub(crate) fn of_service(world: &'w World<'s>, around: Around) -> Self {
        Function {
            world,
            names: None,
            around,
            audience: Audience::Client,
            shapes: Shapes {
                route: None,
                locals: HashMap::new(),
            },
            locals: HashMap::new(),
            depth: 0,
            reads: Vec::new(),
            after: Vec::new(),
            frame: false,
            scratch: false,
            fallible: false,
            there: Vec::new(),
            there_uses: Vec::new(),
            labels: 0,
            keeps: 0,
        }
    }

    /// The same for an upstream's or our own decoder's eyes.
    #[must_use]
    pub(crate) fn for_the_wire(mut self) -> Self {
        self.audience = Audience::Wire;
        self
    }

    /// `At("mobile.bff", 24)`.
    pub(crate) fn at(&self, span: Span) -> TokenStream {
        self.world.at(span)
    }

    /// `call?`: the function can fault from now on.
    pub(crate) fn ask(&mut self, call: &TokenStream) -> TokenStream {
        self.fallible = true;
        quote!(#call?)
    }

    /// The arena of the function.
    pub(crate) fn scratch(&mut self) -> TokenStream {
        self.scratch = true;
        quote!(scratch)
    }

    /// `request` as this function gets it.
    pub(crate) fn request(&mut self) -> TokenStream {
        match self.around {
            Around::Frame => {
                self.frame = true;
                quote!(frame.request())
            }
            Around::Request => quote!(request),
            Around::Error => quote!(error.request()),
        }
    }

    /// `error` as this function gets it.
    pub(crate) fn error(&mut self) -> TokenStream {
        match self.around {
            Around::Frame => {
                self.frame = true;
                quote!(frame.error())
            }
            Around::Request | Around::Error => quote!(error),
        }
    }

    /// The variable of a name, which is thereby read.
    pub(crate) fn read(&mut self, name: NameRef) -> TokenStream {
        if !self.reads.contains(&name) {
            self.reads.push(name);
        }
        match (self.names, name) {
            // What can fail is computed where it is read: a field that is left out must not fail the route.
            (Some(names), NameRef::Let(at)) if names.lets[at as usize].fallible => {
                let call = self.let_call(&names.lets[at as usize], names);
                let variable = names.variable(name);
                self.fallible = true;
                quote!(#variable.get(|| #call)?)
            }
            (Some(names), name) => {
                let variable = names.variable(name);
                quote!(#variable)
            }
            (None, _) => quote!(()),
        }
    }

    /// Whether reading a name gives a reference: a `let` that can fail.
    pub(crate) fn is_once(&self, name: NameRef) -> bool {
        match (self.names, name) {
            (Some(names), NameRef::Let(at)) => names.lets[at as usize].fallible,
            _ => false,
        }
    }

    /// The shape of an expression here.
    pub(crate) fn shape(&mut self, expr: &'s Expr) -> Shape {
        self.shapes.of(expr)
    }

    /// A new name for a local, unlike all that are in scope.
    pub(crate) fn fresh(&mut self) -> Ident {
        self.depth += 1;
        if self.depth == 1 {
            ident("it")
        } else {
            ident(&format!("it_{}", self.depth))
        }
    }

    /// A label for a loop that ends early.
    pub(crate) fn label(&mut self) -> syn::Lifetime {
        self.labels += 1;
        let name = if self.labels == 1 {
            "'found".to_owned()
        } else {
            format!("'found_{}", self.labels)
        };
        syn::Lifetime::new(&name, proc_macro2::Span::call_site())
    }

    /// Writes something with `local` bound to a new name of shape `shape`.
    pub(crate) fn bound<R>(&mut self, local: LocalId, shape: Shape, then: impl FnOnce(&mut Self, &Ident) -> R) -> R {
        let depth = self.depth;
        let name = self.fresh();
        self.locals.insert(local, quote!(#name));
        self.shapes.locals.insert(local, shape);
        let written = then(self, &name);
        self.depth = depth;
        written
    }

    /// Writes what holds only where `condition` does. A condition `p != null` of a place becomes an `if let`, so that reading `p` there
    /// cannot fail. Gives the condition as it stands behind `if`.
    pub(crate) fn narrowed<R>(&mut self, condition: &'s Expr, then: impl FnOnce(&mut Self) -> R) -> (TokenStream, R) {
        match self.narrowing(condition, then) {
            (Some((name, place)), written) => (quote!(let Some(#name) = #place), written),
            (None, written) => (self.value(condition), written),
        }
    }

    /// The same; gives the name and the place, if the condition is such a one and what was written reads the value.
    pub(crate) fn narrowing<R>(
        &mut self,
        condition: &'s Expr,
        then: impl FnOnce(&mut Self) -> R,
    ) -> (Option<(Ident, TokenStream)>, R) {
        let ExprKind::Not(test) = &condition.kind else {
            return (None, then(self));
        };
        let ExprKind::IsNull(place) = &test.kind else {
            return (None, then(self));
        };
        if !is_place(place) || !self.shape(place).is_nullable() {
            return (None, then(self));
        }
        let (depth, known, uses) = (self.depth, self.there.len(), self.there_uses.len());
        let place = self.value(place);
        let name = self.fresh();
        self.there.push((place.to_string(), name.clone()));
        let written = then(self);
        let used = self.there_uses[uses..].contains(&name.to_string());
        self.there_uses.truncate(uses);
        self.there.truncate(known);
        self.depth = depth;
        (used.then_some((name, place)), written)
    }

    /// The name of a nullable place's value where it is known to be there.
    pub(crate) fn known_name(&mut self, place: &TokenStream) -> Option<Ident> {
        let written = place.to_string();
        let (_, name) = self.there.iter().rev().find(|(known, _)| *known == written)?;
        self.there_uses.push(name.to_string());
        Some(name.clone())
    }

    /// Notes what part `body` needs, apart from what the function needed before: whether it can fault.
    pub(crate) fn watch<R>(&mut self, body: impl FnOnce(&mut Self) -> R) -> (R, bool) {
        let before = std::mem::take(&mut self.fallible);
        let written = body(self);
        let faults = self.fallible;
        self.fallible |= before;
        (written, faults)
    }

    /// The calls and inputs that the function's parameters are: what it reads itself and what its `let`s do.
    pub(crate) fn params(&self) -> Vec<NameRef> {
        let mut params = Vec::new();
        for &read in &self.reads {
            let read = match (read, self.names) {
                (NameRef::Let(at), Some(names)) => names.lets[at as usize].params.clone(),
                (name, _) => vec![name],
            };
            params.extend(
                read.into_iter()
                    .filter(|name| !params.contains(name))
                    .collect::<Vec<_>>(),
            );
        }
        params.sort_by_key(|name| match name {
            NameRef::Input(input) => (0, *input as u32),
            NameRef::Call(at) | NameRef::Let(at) => (1, *at),
            NameRef::Turn(at) => (2, *at),
        });
        params
    }

    /// Notes what has to be there before what is written here may run.
    pub(crate) fn wait_for(&mut self, names: &[NameRef]) {
        self.after.extend(names);
    }

    /// The calls that it waits for and does not read.
    pub(crate) fn after(&self) -> Vec<NameRef> {
        let read = self.params();
        let mut after = Vec::new();
        let mut add = |name: NameRef| {
            if matches!(name, NameRef::Call(_)) && !read.contains(&name) && !after.contains(&name) {
                after.push(name);
            }
        };
        for name in self.reads.iter().chain(&self.after) {
            match (*name, self.names) {
                (NameRef::Let(at), Some(names)) => {
                    let made = &names.lets[at as usize];
                    made.params.iter().chain(&made.after).for_each(|name| add(*name));
                }
                (name, _) => add(name),
            }
        }
        after.sort();
        after
    }

    /// What stands above the body: the arena, and the `let`s that it reads; those that can fail are computed where they are read first.
    pub(crate) fn prologue(&mut self, arena: bool) -> TokenStream {
        let mut made = TokenStream::new();
        let lets: Vec<u32> = self
            .reads
            .iter()
            .filter_map(|name| if let NameRef::Let(at) = name { Some(*at) } else { None })
            .collect();
        if let Some(names) = self.names {
            for at in lets {
                let variable = ident(&names.lets[at as usize].variable);
                if names.lets[at as usize].fallible {
                    made.extend(quote!(let #variable = list::Once::new();));
                    continue;
                }
                let call = self.let_call(&names.lets[at as usize], names);
                made.extend(quote!(let #variable = #call;));
            }
        }
        if self.scratch && arena {
            made = quote!(let scratch = &Scratch::new(); #made);
        }
        made
    }

    fn let_call(&mut self, made: &LetFunction, names: &RouteNames<'s>) -> TokenStream {
        made.used.set(true);
        let function = ident(&made.function);
        let mut args = Vec::new();
        if made.scratch {
            args.push(self.scratch());
        }
        if made.frame {
            self.frame = true;
            args.push(quote!(frame));
        }
        args.extend(made.params.iter().map(|name| {
            let variable = names.variable(*name);
            quote!(#variable)
        }));
        let call = quote!(#function(#(#args),*));
        call
    }
}

/// Whether an expression is a field of a field of a name: reading it twice gives the same.
pub(crate) fn is_place(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(NameRef::Call(_) | NameRef::Input(_) | NameRef::Turn(_)) | ExprKind::Local(_) => true,
        ExprKind::Field { base, .. } | ExprKind::Known { value: base, .. } => is_place(base),
        _ => false,
    }
}
