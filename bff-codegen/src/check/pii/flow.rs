//! How personal data flows through the typed expressions of a route: [`Tracker::flow`] says what of it is in a value, [`Tracker::sink`]
//! what is sent to the caller.

use super::super::demand::{Demand, Node};
use crate::ir::expr::{Arm, Expr, ExprKind, LocalId, Method, NameRef, Record, Select, Ty};
use crate::ir::service::{Call, CallArm, How, Let, ViewOf};
use crate::model::types::{Model, RecordId, Scalar, Ty as Declared};
use crate::source::Span;
use std::collections::{BTreeSet, HashMap};

/// A field that holds personal data, and where it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub record: RecordId,
    pub field: u32,
    pub read: Span,
}

/// The personal data in a value. Lists, maps and null are transparent: their flow is that of what is in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    /// All of it is personal data.
    own: Option<Source>,
    /// The keys of a map are.
    keys: Option<Source>,
    /// What is in its fields beyond what their types say.
    fields: Vec<(String, Flow)>,
}

impl Flow {
    fn of(own: Option<Source>) -> Self {
        Flow { own, ..Flow::default() }
    }

    fn join(mut self, other: Flow) -> Flow {
        self.own = self.own.or(other.own);
        self.keys = self.keys.or(other.keys);
        for (name, flow) in other.fields {
            match self.fields.iter().position(|(known, _)| *known == name) {
                Some(at) => {
                    let (_, known) = &mut self.fields[at];
                    *known = std::mem::take(known).join(flow);
                }
                None => self.fields.push((name, flow)),
            }
        }
        self
    }

    /// The first personal data that is anywhere in it.
    fn any(&self) -> Option<Source> {
        let inside = || self.fields.iter().find_map(|(_, flow)| flow.any());
        self.own.or(self.keys).or_else(inside)
    }
}

/// Where a value goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sink {
    Response,
    Header,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// As what was read or made.
    Part,
    /// As a record with all its fields.
    Whole,
    /// As a record of a union with all its fields.
    Union,
}

pub(super) struct Tracker<'c> {
    model: &'c Model,
    demand: &'c Demand,
    calls: &'c [Call],
    lets: &'c [Let],
    locals: HashMap<LocalId, Flow>,
    /// The flows of `let`s and of calls (what their arms bring), once known.
    known: HashMap<NameRef, Flow>,
    /// What leaves: the field, where, and through which door.
    pub leaks: Vec<(Source, Span, Sink, Written)>,
}

impl<'c> Tracker<'c> {
    /// Nothing found yet in these calls and `let`s.
    pub(super) fn new(model: &'c Model, demand: &'c Demand, calls: &'c [Call], lets: &'c [Let]) -> Self {
        Tracker {
            model,
            demand,
            calls,
            lets,
            locals: HashMap::new(),
            known: HashMap::new(),
            leaks: Vec::new(),
        }
    }

    /// What leaves by writing a value out: each part where it stands.
    pub(super) fn sink(&mut self, expr: &Expr, sink: Sink) {
        match &expr.kind {
            ExprKind::Record(record) => self.sink_record(record, sink),
            ExprKind::List(items) => items.iter().for_each(|item| self.sink(item, sink)),
            ExprKind::Lift { base, local, body }
            | ExprKind::Bind { base, local, body }
            | ExprKind::Each {
                list: base,
                local,
                body,
                ..
            } => {
                self.bind(*local, base);
                self.sink(body, sink);
            }
            ExprKind::EachValue { map, local, body } => {
                let keys = self.bind(*local, map).keys;
                self.leak(keys, expr.span, sink, Written::Part);
                self.sink(body, sink);
            }
            ExprKind::Ternary { condition, then, other } => {
                self.flow(condition);
                self.sink(then, sink);
                self.sink(other, sink);
            }
            ExprKind::Match { value, arms } => {
                self.arms(value, arms);
                arms.iter().for_each(|arm| self.sink(&arm.value, sink));
            }
            ExprKind::Coalesce { left, right } => {
                self.sink(left, sink);
                self.sink(right, sink);
            }
            ExprKind::Convert(inner) | ExprKind::Known { value: inner, .. } => self.sink(inner, sink),
            _ => {
                let flow = self.flow(expr);
                self.leak(flow.any(), expr.span, sink, Written::Part);
                let whole = self.in_parts(expr);
                let written = if self.is_union(&expr.ty) {
                    Written::Union
                } else {
                    Written::Whole
                };
                self.leak(whole, expr.span, sink, written);
            }
        }
    }

    /// What is looked at goes on as the record of the variant that an arm names.
    fn arms(&mut self, value: &Expr, arms: &[Arm]) {
        let flow = self.flow(value);
        let bound = arms.iter().filter_map(|arm| arm.bind);
        self.locals.extend(bound.map(|local| (local, flow.clone())));
    }

    fn leak(&mut self, source: Option<Source>, span: Span, sink: Sink, written: Written) {
        self.leaks.extend(source.map(|source| (source, span, sink, written)));
    }

    fn sink_record(&mut self, record: &Record, sink: Sink) {
        for entry in &record.entries {
            for (local, source) in &entry.bind {
                self.bind(*local, source);
            }
            entry.when.iter().for_each(|when| drop(self.flow(when)));
            self.sink(&entry.value, sink);
        }
    }

    /// Gives a local the flow of its value.
    fn bind(&mut self, local: LocalId, value: &Expr) -> Flow {
        let flow = self.flow(value);
        let inside = Flow {
            keys: None,
            ..flow.clone()
        };
        self.locals.insert(local, inside);
        flow
    }

    /// The arguments and conditions of a call: only what fails in them leaves.
    pub(super) fn call(&mut self, call: &Call) {
        crate::ir::walk::call_roots(call, &mut |part| drop(self.flow(part)));
        for arm in call.on.iter().map(|(_, arm)| arm).chain(&call.or) {
            match arm {
                CallArm::Fail { body: Some(body), .. } => self.sink_record(body, Sink::Response),
                CallArm::Call(request, ..) => request.args.iter().flatten().for_each(|arg| drop(self.flow(arg))),
                _ => {}
            }
        }
    }

    /// The personal data that a `let` or the arms of a call bring under its name.
    pub(super) fn name(&mut self, name: NameRef) -> Flow {
        if let Some(known) = self.known.get(&name) {
            return known.clone();
        }
        let (calls, lets) = (self.calls, self.lets);
        let flow = match name {
            NameRef::Input(_) => Flow::default(),
            NameRef::Turn(at) => self.element(at),
            NameRef::Let(at) => lets.get(at as usize).map(|it| self.flow(&it.value)).unwrap_or_default(),
            NameRef::Call(at) => {
                let arms = calls.get(at as usize).into_iter();
                let arms = arms.flat_map(|call| call.on.iter().map(|(_, arm)| arm).chain(&call.or));
                let values = arms.filter_map(|arm| {
                    if let CallArm::Compute(value) = arm {
                        Some(value)
                    } else {
                        None
                    }
                });
                let flow = values.fold(Flow::default(), |flow, value| flow.join(self.flow(value)));
                // The keys of a per-item call are the keys of its map.
                match calls.get(at as usize).map(|call| &call.how) {
                    Some(How::Each(each)) => Flow {
                        keys: self.all_of(&each.keys).own,
                        ..flow
                    },
                    _ => flow,
                }
            }
        };
        self.known.insert(name, flow.clone());
        flow
    }

    /// The element of a per-item call is what its list holds.
    fn element(&mut self, turn: u32) -> Flow {
        let each = self.calls.iter().find_map(|call| match &call.how {
            How::Each(each) if each.item == turn => Some(each),
            _ => None,
        });
        let list = each.map(|each| each.items.as_ref().unwrap_or(&each.keys));
        list.map(|list| self.flow(list)).unwrap_or_default()
    }

    /// The personal data in a value, apart from what the types of its records say.
    pub(super) fn flow(&mut self, expr: &Expr) -> Flow {
        match &expr.kind {
            ExprKind::Name(name) => self.name(*name),
            ExprKind::Local(local) => self.locals.get(local).cloned().unwrap_or_default(),
            ExprKind::Field { base, field } => self.field(base, *field, expr.span),
            ExprKind::Record(record) => self.record(record),
            ExprKind::List(items) => items
                .iter()
                .fold(Flow::default(), |flow, item| flow.join(self.flow(item))),
            ExprKind::Lift { base, local, body }
            | ExprKind::Bind { base, local, body }
            | ExprKind::Each {
                list: base,
                local,
                body,
                ..
            } => {
                self.bind(*local, base);
                self.flow(body)
            }
            ExprKind::EachValue { map, local, body } => {
                let keys = self.bind(*local, map).keys;
                Flow {
                    keys,
                    ..self.flow(body)
                }
            }
            ExprKind::Ternary { condition, then, other } => {
                self.flow(condition);
                self.flow(then).join(self.flow(other))
            }
            ExprKind::Match { value, arms } => {
                self.arms(value, arms);
                arms.iter()
                    .fold(Flow::default(), |flow, arm| flow.join(self.flow(&arm.value)))
            }
            ExprKind::Coalesce { left, right } => self.flow(left).join(self.flow(right)),
            ExprKind::Known { value: inner, .. } => self.flow(inner),
            ExprKind::Convert(inner) => match expr.ty {
                Ty::Scalar(Scalar::Json) => self.all_of(inner),
                _ => self.flow(inner),
            },
            ExprKind::MapIndex { map, key } => {
                self.flow(key);
                Flow {
                    keys: None,
                    ..self.flow(map)
                }
            }
            ExprKind::ListIndex { list, index } => {
                self.flow(index);
                self.flow(list)
            }
            ExprKind::Select {
                select,
                list,
                local,
                by,
            } => {
                let list = self.bind(*local, list);
                let by = by.iter().fold(None, |found, by| found.or(self.all_of(&by.value).own));
                selected(*select, list, by)
            }
            ExprKind::Method { method, base, args } => self.method(*method, base, args),
            ExprKind::Fail { body, .. } => {
                body.iter().for_each(|body| self.sink_record(body, Sink::Response));
                Flow::default()
            }
            ExprKind::Compare { .. }
            | ExprKind::In { .. }
            | ExprKind::IsNull(_)
            | ExprKind::Not(_)
            | ExprKind::And(..)
            | ExprKind::Or(..) => {
                self.parts(expr);
                Flow::default()
            }
            // Text and numbers made of it, and whatever else is computed with it.
            _ => Flow::of(self.parts(expr)),
        }
    }

    /// The first personal data in the parts of an expression.
    fn parts(&mut self, expr: &Expr) -> Option<Source> {
        let mut parts = Vec::new();
        crate::ir::walk::parts(expr, &mut |part| parts.push(part));
        let found = parts.into_iter().map(|part| self.all_of(part).own);
        found.fold(None, Option::or)
    }

    /// A value as one thing: it is personal data if any of it is.
    fn all_of(&mut self, expr: &Expr) -> Flow {
        let own = self.flow(expr).any();
        Flow::of(own.or_else(|| self.in_parts(expr)))
    }

    /// The first personal data in the types of the records that a value is put together from.
    fn in_parts(&self, expr: &Expr) -> Option<Source> {
        match &expr.kind {
            ExprKind::Record(record) => record.entries.iter().find_map(|entry| self.in_parts(&entry.value)),
            ExprKind::List(items) => items.iter().find_map(|item| self.in_parts(item)),
            ExprKind::Lift { body, .. }
            | ExprKind::Bind { body, .. }
            | ExprKind::Each { body, .. }
            | ExprKind::EachValue { body, .. } => self.in_parts(body),
            ExprKind::Ternary { then, other, .. } => self.in_parts(then).or_else(|| self.in_parts(other)),
            ExprKind::Match { arms, .. } => arms.iter().find_map(|arm| self.in_parts(&arm.value)),
            ExprKind::Coalesce { left, right } => self.in_parts(left).or_else(|| self.in_parts(right)),
            ExprKind::Convert(inner) | ExprKind::Known { value: inner, .. } => self.in_parts(inner),
            ExprKind::Name(NameRef::Let(at)) => self.lets.get(*at as usize).and_then(|it| self.in_parts(&it.value)),
            _ => self.in_type(&expr.ty, expr.span),
        }
    }

    fn field(&mut self, base: &Expr, field: u32, span: Span) -> Flow {
        let flow = self.flow(base);
        let named = |flow: &Flow, name: &str| {
            let found = flow.fields.iter().find(|(known, _)| known == name);
            found.map(|(_, flow)| flow.clone())
        };
        let mut inside = match &base.ty {
            Ty::View(view) => {
                let record = self.demand.record(Node(view.0));
                let declared = &self.model.records[record.0 as usize].fields[field as usize];
                let mut inside = named(&flow, &declared.name)
                    .or_else(|| named(&flow, &declared.wire))
                    .unwrap_or_default();
                if declared.pii().is_some() {
                    let read = span;
                    inside.own = Some(Source { record, field, read });
                }
                inside
            }
            _ => flow
                .fields
                .get(field as usize)
                .map(|(_, flow)| flow.clone())
                .unwrap_or_default(),
        };
        inside.own = inside.own.or(flow.own);
        inside
    }

    fn record(&mut self, record: &Record) -> Flow {
        let mut fields = Vec::with_capacity(record.entries.len());
        for entry in &record.entries {
            for (local, source) in &entry.bind {
                self.bind(*local, source);
            }
            entry.when.iter().for_each(|when| drop(self.flow(when)));
            let flow = self.flow(&entry.value);
            fields.push((entry.key.clone(), flow));
        }
        Flow {
            fields,
            ..Flow::default()
        }
    }

    fn method(&mut self, method: Method, base: &Expr, args: &[Option<Expr>]) -> Flow {
        let flow = self.flow(base);
        let own = self.all_of(base).own;
        let given = args
            .iter()
            .flatten()
            .fold(None, |found: Option<Source>, arg| found.or(self.all_of(arg).own));
        match method {
            Method::Count | Method::Sha256 | Method::Mask(_) => Flow::default(),
            Method::First | Method::Last | Method::Take | Method::Skip | Method::Pick => flow,
            Method::Entries => Flow {
                fields: vec![
                    ("key".to_owned(), Flow::of(flow.keys)),
                    ("value".to_owned(), Flow { keys: None, ..flow }),
                ],
                ..Flow::default()
            },
            _ => Flow::of(own.or(given)),
        }
    }

    fn is_union(&self, ty: &Ty) -> bool {
        match ty {
            Ty::View(view) => matches!(self.demand.of(Node(view.0)), ViewOf::Union(_)),
            Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) => self.is_union(inner),
            _ => false,
        }
    }

    /// The first personal data among the fields that a value of this type has when it is written whole.
    fn in_type(&self, ty: &Ty, read: Span) -> Option<Source> {
        match ty {
            Ty::View(view) => self.in_view(self.demand.of(Node(view.0)), read, &mut BTreeSet::new()),
            Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) => self.in_type(inner, read),
            _ => None,
        }
    }

    fn in_view(&self, of: ViewOf, read: Span, seen: &mut BTreeSet<RecordId>) -> Option<Source> {
        match of {
            ViewOf::Record(record) => self.in_record(record, read, seen),
            ViewOf::Union(union) => {
                let mut variants = self.model.unions[union.0 as usize].variants.iter();
                variants.find_map(|variant| self.in_record(variant.record, read, seen))
            }
        }
    }

    fn in_record(&self, record: RecordId, read: Span, seen: &mut BTreeSet<RecordId>) -> Option<Source> {
        if !seen.insert(record) {
            return None;
        }
        let fields = &self.model.records[record.0 as usize].fields;
        let marked = fields.iter().position(|field| field.pii().is_some());
        if let Some(field) = marked {
            let field = field as u32;
            return Some(Source { record, field, read });
        }
        fields
            .iter()
            .find_map(|field| self.in_view(view_of(&field.ty)?, read, seen))
    }
}

/// What an element method leaves of the personal data in its list (`by`: in what it looks at).
fn selected(select: Select, list: Flow, by: Option<Source>) -> Flow {
    match select {
        Select::Filter | Select::Sort | Select::Unique => list,
        Select::Any | Select::All => Flow::default(),
        Select::Index | Select::Group => Flow { keys: by, ..list },
        Select::Min | Select::Max | Select::Sum | Select::Avg => Flow::of(by),
    }
}

fn view_of(ty: &Declared) -> Option<ViewOf> {
    match ty {
        Declared::Record(id) => Some(ViewOf::Record(*id)),
        Declared::Union(id) => Some(ViewOf::Union(*id)),
        Declared::List(inner) | Declared::Map(_, inner) | Declared::Nullable(inner) => view_of(inner),
        _ => None,
    }
}
