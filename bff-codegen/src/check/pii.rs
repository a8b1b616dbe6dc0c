//! Personal data (E0502): a value of a field marked `@pii`, and what is made of it, does not leave the service unless it is masked or
//! hashed. Comparing and counting give away too little to matter.
//!
//! Runs over the typed expressions of a route: [`Tracker::flow`] says what personal data is in a value, [`Tracker::sink`] looks at what
//! is sent to the caller. Upstreams may be sent what they know anyway.

use super::Checker;
use super::demand::{Demand, Node};
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind, LocalId, Method, NameRef, Record, Select, Ty};
use crate::ir::service::{Call, CallArm, Let};
use crate::model::types::{Model, RecordId, Scalar, Ty as Declared};
use crate::source::Span;
use std::collections::{BTreeSet, HashMap};

/// A field that holds personal data, and where it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Source {
    record: RecordId,
    field: u32,
    read: Span,
}

/// The personal data in a value. Lists, maps and null are transparent: their flow is that of what is in them.
#[derive(Clone, Debug, Default)]
struct Flow {
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
enum Sink {
    Response,
    Header,
}

struct Tracker<'c> {
    model: &'c Model,
    demand: &'c Demand,
    calls: &'c [Call],
    lets: &'c [Let],
    locals: HashMap<LocalId, Flow>,
    /// The flows of `let`s and of calls (what their arms bring), once known.
    known: HashMap<NameRef, Flow>,
    /// What leaves: the field, where, and through which door.
    leaks: Vec<(Source, Span, Sink, bool)>,
}

impl Checker<'_> {
    /// Reports personal data that the route at hand would give away.
    pub(super) fn personal_data(&mut self) {
        if !self
            .model
            .records
            .iter()
            .flat_map(|it| &it.fields)
            .any(|it| it.pii().is_some())
        {
            return;
        }
        let mut tracker = Tracker {
            model: self.model,
            demand: &self.demand,
            calls: &self.calls,
            lets: &self.lets,
            locals: HashMap::new(),
            known: HashMap::new(),
            leaks: Vec::new(),
        };
        for guard in &self.guards {
            tracker.flow(&guard.condition);
        }
        for at in 0..self.lets.len() as u32 {
            tracker.name(NameRef::Let(at));
        }
        for (at, call) in self.calls.iter().enumerate() {
            tracker.call(call);
            tracker.name(NameRef::Call(at as u32));
        }
        for reply in &self.replies {
            reply.when.iter().for_each(|when| drop(tracker.flow(when)));
            reply
                .headers
                .iter()
                .for_each(|(_, value)| tracker.sink(value, Sink::Header));
            reply.body.iter().for_each(|body| tracker.sink(body, Sink::Response));
        }
        for (source, span, sink, whole) in tracker.leaks {
            // What a fragment shows leaves once, however many routes use it.
            if self.notes.told.insert((span, source.record, source.field)) {
                let found = self.leak(source, span, sink, whole);
                self.sink.push(found);
            }
        }
    }

    fn leak(&self, source: Source, span: Span, sink: Sink, whole: bool) -> Diagnostic {
        let record = &self.model.records[source.record.0 as usize];
        let field = &record.fields[source.field as usize];
        let name = format!("{}.{}", record.name, field.name);
        let door = match sink {
            Sink::Response => "the response",
            Sink::Header => "a header of the response",
        };
        let message = format!("personal data (`@pii` on `{name}`) would reach {door}");
        let mut found = Diagnostic::error("E0502", span, message);
        if !whole && !overlaps(source.read, span) {
            found = found.because(source.read, "read here");
        }
        found = found.because(field.pii().unwrap_or(field.span), format!("`{name}` is personal data"));
        let text = self.sources.text(span);
        if whole && text.starts_with('*') {
            return found.help("leave it out of `*` by `except (…)`, and pick what of it may be seen");
        }
        if whole {
            return found
                .at("written whole")
                .help(format!("pick what may be seen: `{text} {{ … }}`"));
        }
        found.help(self.leak_help(field, text))
    }

    /// What to write instead, where the value is a text that is read here.
    fn leak_help(&self, field: &crate::model::types::Field, text: &str) -> String {
        let is_text = |ty: &Declared| match ty {
            Declared::Nullable(inner) => matches!(**inner, Declared::Scalar(Scalar::String)),
            ty => *ty == Declared::Scalar(Scalar::String),
        };
        if matches!(&field.ty, Declared::List(inner) if is_text(inner)) {
            return format!(
                "mask it where it is read: `.{}[].mask({})`",
                field.name,
                mask_for(&field.name)
            );
        }
        let mask = mask_for(&field.name);
        let picked = text == field.name;
        match (is_text(&field.ty), picked) {
            (true, _) if text.starts_with('*') => {
                let name = &field.name;
                format!("leave it out and mask it: `* except ({name}), {name}: .{name}.mask({mask})`")
            }
            (true, true) => format!("mask it: `{text}: .{text}.mask({mask})`"),
            (true, false) if text.ends_with(&format!(".{}", field.name)) => format!("mask it: `{text}.mask({mask})`"),
            (true, false) => format!("mask it where it is read: `.{}.mask({mask})`", field.name),
            (false, _) => "leave it out, or show a comparison: `>`, `==`, `!= null`".to_owned(),
        }
    }
}

/// The mask that a field of this name probably wants.
fn mask_for(name: &str) -> &'static str {
    let name = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["mail"]) {
        "EMAIL"
    } else if has(&["phone", "mobile", "tel"]) {
        "PHONE"
    } else if has(&["card", "iban"]) {
        "CARD"
    } else if has(&["name"]) {
        "NAME"
    } else {
        "ALL"
    }
}

fn overlaps(a: Span, b: Span) -> bool {
    a.file == b.file && a.start < b.end && b.start < a.end
}

impl Tracker<'_> {
    /// What leaves by writing a value out: each part where it stands.
    fn sink(&mut self, expr: &Expr, sink: Sink) {
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
                self.leak(keys, expr.span, sink, false);
                self.sink(body, sink);
            }
            ExprKind::Ternary { condition, then, other } => {
                self.flow(condition);
                self.sink(then, sink);
                self.sink(other, sink);
            }
            ExprKind::Match { value, arms } => {
                self.flow(value);
                arms.iter().for_each(|arm| self.sink(&arm.value, sink));
            }
            ExprKind::Coalesce { left, right } => {
                self.sink(left, sink);
                self.sink(right, sink);
            }
            ExprKind::Convert(inner) | ExprKind::Known(inner) => self.sink(inner, sink),
            _ => {
                let flow = self.flow(expr);
                self.leak(flow.any(), expr.span, sink, false);
                let whole = self.in_parts(expr);
                self.leak(whole, expr.span, sink, true);
            }
        }
    }

    fn leak(&mut self, source: Option<Source>, span: Span, sink: Sink, whole: bool) {
        self.leaks.extend(source.map(|source| (source, span, sink, whole)));
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
    fn call(&mut self, call: &Call) {
        let own = call.request.args.iter().flatten().chain(&call.when);
        own.for_each(|part| drop(self.flow(part)));
        for arm in call.on.iter().map(|(_, arm)| arm).chain(&call.or) {
            match arm {
                CallArm::Fail { body: Some(body), .. } => self.sink_record(body, Sink::Response),
                CallArm::Call(request, ..) => request.args.iter().flatten().for_each(|arg| drop(self.flow(arg))),
                _ => {}
            }
        }
    }

    /// The personal data that a `let` or the arms of a call bring under its name.
    fn name(&mut self, name: NameRef) -> Flow {
        if let Some(known) = self.known.get(&name) {
            return known.clone();
        }
        let (calls, lets) = (self.calls, self.lets);
        let flow = match name {
            NameRef::Input(_) => Flow::default(),
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
                values.fold(Flow::default(), |flow, value| flow.join(self.flow(value)))
            }
        };
        self.known.insert(name, flow.clone());
        flow
    }

    /// The personal data in a value, apart from what the types of its records say.
    fn flow(&mut self, expr: &Expr) -> Flow {
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
                self.flow(value);
                arms.iter()
                    .fold(Flow::default(), |flow, arm| flow.join(self.flow(&arm.value)))
            }
            ExprKind::Coalesce { left, right } => self.flow(left).join(self.flow(right)),
            ExprKind::Known(inner) => self.flow(inner),
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
            ExprKind::Convert(inner) | ExprKind::Known(inner) => self.in_parts(inner),
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
            Method::Count | Method::Sha256 => Flow::default(),
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

    /// The first personal data among the fields that a value of this type has when it is written whole.
    fn in_type(&self, ty: &Ty, read: Span) -> Option<Source> {
        match ty {
            Ty::View(view) => self.in_record(self.demand.record(Node(view.0)), read, &mut BTreeSet::new()),
            Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) => self.in_type(inner, read),
            _ => None,
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
        fields.iter().find_map(|field| {
            let inner = record_of(&field.ty)?;
            self.in_record(inner, read, seen)
        })
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

fn record_of(ty: &Declared) -> Option<RecordId> {
    match ty {
        Declared::Record(id) => Some(*id),
        Declared::List(inner) | Declared::Map(_, inner) | Declared::Nullable(inner) => record_of(inner),
        _ => None,
    }
}
