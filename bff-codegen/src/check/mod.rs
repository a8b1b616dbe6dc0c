//! Checking: names, types, null, demand, and the rules of routes; the typed service comes out.
//!
//! [`all`] is the table of contents: one call per rule or area, each in a file of its own with its diagnostics.

#![allow(
    clippy::result_large_err,
    reason = "a value that does not fit is given back whole; no path here is hot"
)]

mod args;
mod arms;
mod asked;
mod batch;
mod call;
mod choice;
pub mod codes;
mod constant;
mod deadline;
mod demand;
mod document;
mod each;
mod effects;
mod env;
mod expr;
mod finish;
mod fits;
mod fragments;
mod headers;
mod inputs;
mod join;
mod limits;
mod live;
mod narrow;
mod notes;
mod op;
mod order;
mod pages;
mod pii;
mod proxy;
mod race;
mod reply;
mod route;
mod settings;
mod stream;
mod test;
mod types;
mod value;

use crate::diagnostic::Sink;
use crate::ir;
use crate::ir::service::{Call, Guard, Let, Reply, Turn};
use crate::model::files::Files;
use crate::model::types::Model;
use crate::source::{Sources, Span};
use crate::syntax::ast::{DeclKind, Policy};
use demand::Demand;
use env::Env;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What has been checked: only [`all`] makes one, so what takes it need not doubt it.
#[derive(Clone, Debug)]
pub struct Checked<T>(T);

impl<T> std::ops::Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// What checking works on: the declarations, the growing demand graph, and what the expression at hand can see.
struct Checker<'a> {
    model: &'a Model,
    sources: &'a Sources,
    sink: &'a mut Sink,
    demand: Demand,
    env: Env,
    next_local: u32,
    /// Fragments with mistakes of their own: silent where they are used.
    broken_fragments: HashSet<u32>,
    /// Fragments whose circle has been reported.
    circles: HashSet<u32>,
    /// Names that could not be given a value; reported already.
    broken_names: BTreeSet<String>,
    /// Operations that a route calls.
    called: BTreeSet<u32>,
    /// The `batch` and the `pages` of operations, where they hold.
    batched: BTreeMap<u32, batch::Batched>,
    paged: BTreeMap<u32, pages::Paged>,
    /// Functions of Rust that something calls.
    functions: BTreeSet<u32>,
    /// The policies of all files.
    policies: Vec<(String, &'a Policy)>,
    /// The route at hand: its method and place, who reads whom in it, and what has been made of it so far.
    route_method: (String, Span),
    /// Whether the route takes idempotency keys, and then whether it requires one.
    keys: Option<bool>,
    order: order::Order,
    guards: Vec<Guard>,
    calls: Vec<Call>,
    turns: Vec<Turn>,
    lets: Vec<Let>,
    replies: Vec<Reply>,
    /// What the conditions of the answers so far say about the ones below.
    answered: narrow::Facts,
    pending: Vec<arms::Pending>,
    notes: notes::State,
    /// Where the timeouts of calls are written, in the order of the calls.
    timeouts: Vec<deadline::Written>,
}

/// Checks a resolved file. None if anything is wrong, or there is no client: then there is nothing to generate.
pub fn all(model: &Model, files: &Files, sources: &Sources, sink: &mut Sink) -> Option<Checked<ir::service::Service>> {
    let mut cx = Checker {
        model,
        sources,
        sink,
        demand: Demand::new(model),
        env: Env::default(),
        next_local: 0,
        broken_fragments: HashSet::new(),
        circles: HashSet::new(),
        broken_names: BTreeSet::new(),
        called: BTreeSet::new(),
        batched: BTreeMap::new(),
        paged: BTreeMap::new(),
        functions: BTreeSet::new(),
        policies: policies(files),
        route_method: (String::new(), Span::new(crate::source::FileId(0), 0, 0)),
        keys: None,
        order: order::Order::default(),
        guards: Vec::new(),
        calls: Vec::new(),
        turns: Vec::new(),
        lets: Vec::new(),
        replies: Vec::new(),
        answered: narrow::Facts::new(),
        pending: Vec::new(),
        notes: notes::State::default(),
        timeouts: Vec::new(),
    };
    cx.lost_names(files);
    cx.fragments();
    let requests = cx.operations();
    cx.batches();
    cx.all_pages();
    let upstream_send = cx.upstream_headers();
    let client = model.client.as_ref().map(|client| cx.client(client));
    let routes: Vec<ir::service::Route> = model.routes.iter().map(|route| cx.route(route)).collect();
    let tests = cx.tests(&routes);
    cx.unserved_types();
    let parts = finish::Parts {
        client: client?,
        requests,
        upstream_send,
        routes,
        tests,
    };
    cx.finish(parts).map(Checked)
}

/// The policies of all files by name; which of them a block sees, its file says.
fn policies(files: &Files) -> Vec<(String, &Policy)> {
    let decls = files.specs.iter().flat_map(|(_, spec)| &spec.decls);
    let policies = decls.filter_map(|decl| match &decl.kind {
        DeclKind::Policy(policy) => Some((policy.name.text.clone(), policy)),
        _ => None,
    });
    policies.collect()
}

impl Checker<'_> {
    /// Names that the parser could not read the declaration of: nobody complains that they are missing.
    fn lost_names(&mut self, files: &Files) {
        let lost = files.specs.iter().flat_map(|(_, spec)| &spec.lost);
        self.broken_names.extend(lost.map(|name| name.text.clone()));
    }
}
