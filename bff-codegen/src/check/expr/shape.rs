//! Shapes: `{ id, name: .displayName, a { x } }`, alone or over a value, which they lift over null and lists.

use super::super::Checker;
use super::super::env::Named;
use super::super::notes::{Noted, Range};
use super::super::types::{T, Written};
use super::super::value::Value;
use super::chain::Chain;
use super::literal::present;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Entry, Expr, ExprKind, LocalId, Record};
use crate::model::types::{RecordId, Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;
use std::rc::Rc;

/// The deepest that shapes may be nested.
const MAX_SHAPES: usize = 12;

/// A record as it is put together.
#[derive(Default)]
pub(in crate::check) struct Building {
    pub entries: Vec<Entry>,
    pub fields: Vec<Written>,
    /// The versions in which each is there.
    ranges: Vec<Range>,
}

impl Building {
    fn finish(self, span: Span) -> Value {
        let kind = ExprKind::Record(Record { entries: self.entries });
        Value::new(T::Computed(Rc::new(self.fields)), span, kind)
    }
}

impl Checker<'_> {
    /// A shape that stands alone: a record literal, or a shape over the subject around it.
    pub(in crate::check) fn shape(&mut self, shape: &ast::Shape, want: Option<&Ty>) -> Value {
        let wanted = match want.map(present) {
            Some(Ty::Record(id)) => Some(*id),
            _ => None,
        };
        let json = matches!(want.map(present), Some(Ty::Unknown));
        self.env.shapes += 1;
        let depth = std::mem::replace(&mut self.env.depth, 0);
        let value = if self.env.shapes == MAX_SHAPES + 1 {
            self.sink.push(
                Diagnostic::error("E0407", shape.span, "this shape is nested too deeply")
                    .help(format!("{MAX_SHAPES} levels are allowed")),
            );
            Value::unknown(shape.span)
        } else {
            let mut building = Building::default();
            self.put_entries(shape, wanted, json, &[], &mut building);
            building.finish(shape.span)
        };
        self.env.depth = depth;
        self.env.shapes -= 1;
        value
    }

    /// The entries of a shape, put after those that are there; `bind` are the locals that they read.
    pub(super) fn put_entries(
        &mut self,
        shape: &ast::Shape,
        wanted: Option<RecordId>,
        silent: bool,
        bind: &[(LocalId, Expr)],
        building: &mut Building,
    ) {
        if let Some(star) = &shape.star {
            self.star(star, bind, building);
        }
        for entry in &shape.entries {
            self.entry(entry, wanted, silent, bind, building);
        }
    }

    fn entry(
        &mut self,
        entry: &ast::Entry,
        wanted: Option<RecordId>,
        silent: bool,
        bind: &[(LocalId, Expr)],
        building: &mut Building,
    ) {
        let noted = self.entry_notes(entry);
        let around = self.env.range;
        self.env.range = around.and(noted.range);
        self.noted_entry(entry, noted, wanted, silent, bind, building);
        self.env.range = around;
    }

    fn noted_entry(
        &mut self,
        entry: &ast::Entry,
        noted: Noted,
        wanted: Option<RecordId>,
        silent: bool,
        bind: &[(LocalId, Expr)],
        building: &mut Building,
    ) {
        let when = entry.guard.as_ref().map(|guard| self.condition(guard));
        let facts = when
            .as_ref()
            .map(|when| self.facts(&when.expr, true))
            .unwrap_or_default();
        let when = gated(noted.gate, when);
        let value = self.knowing(facts, |cx| match &entry.kind {
            ast::EntryKind::Spread(source) => {
                cx.spread(source.as_ref(), entry, when.as_ref(), bind, building);
                None
            }
            ast::EntryKind::Value { key, value } => {
                let want = match wanted {
                    Some(id) => cx.model.records[id.0 as usize]
                        .field(&key.text)
                        .map(|(_, field)| field.ty.clone()),
                    None if silent => Some(Ty::Unknown),
                    None => None,
                };
                Some((key, cx.infer(value, want.as_ref())))
            }
            ast::EntryKind::Pick { key, alias, shape } => Some((key, cx.pick(key, alias.as_ref(), shape.as_ref()))),
        });
        let Some((key, value)) = value else {
            return;
        };
        // A refused note may be what tells this entry from another of the same key.
        if noted.refused && building.fields.iter().any(|field| field.key == key.text) {
            return;
        }
        let omit_null = self.is_optional_field(&value.expr);
        let put = Put {
            key: key.text.clone(),
            key_span: key.span,
            docs: entry.docs.clone(),
            span: entry.span,
            omit_null,
        };
        self.put(put, value, when.map(|it| it.expr), bind, building);
    }

    /// Adds an entry, unless its key is there already.
    pub(super) fn put(
        &mut self,
        put: Put,
        value: Value,
        when: Option<Expr>,
        bind: &[(LocalId, Expr)],
        building: &mut Building,
    ) {
        let range = self.env.range;
        let before = building.fields.iter().zip(&building.ranges);
        let mut before = before.filter(|(field, other)| field.key == put.key && other.meets(range));
        if let Some((before, _)) = before.next() {
            let help = if self.has_versions() {
                "rename one, or give disjoint `@since`/`@until` ranges"
            } else {
                "rename or remove one of them"
            };
            self.sink.push(
                Diagnostic::error("E0305", put.key_span, format!("`{}` is written twice", put.key))
                    .because(before.span, "first written here")
                    .help(help),
            );
            return;
        }
        building.ranges.push(range);
        building.fields.push(Written {
            key: put.key.clone(),
            ty: value.ty,
            optional: when.is_some() || put.omit_null,
            span: put.key_span,
        });
        building.entries.push(Entry {
            key: put.key,
            value: value.expr,
            when,
            omit_null: put.omit_null,
            bind: bind.to_vec(),
            docs: put.docs,
            span: put.span,
        });
    }

    /// Whether the expression is nothing but an optional field: its absence is kept.
    pub(in crate::check) fn is_optional_field(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Field { base, field } => match &base.ty {
                crate::ir::expr::Ty::View(view) => {
                    let record = self.demand.record(super::super::demand::Node(view.0));
                    let field = &self.model.records[record.0 as usize].fields[*field as usize];
                    field.optional && field.default.is_none()
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// `key`, `key { … }`, `key as x { … }`: of the subject, or of a binding where there is none.
    fn pick(&mut self, key: &ast::Key, alias: Option<&ast::Name>, shape: Option<&ast::Shape>) -> Value {
        let value = match self.env.subject.clone() {
            Some(subject) => {
                let before = Span {
                    end: key.span.start,
                    start: key.span.start,
                    ..key.span
                };
                let subject = self.renewed(subject, before);
                self.pick_field(subject, key)
            }
            None => self.name(&key.text, key.span, None),
        };
        match shape {
            Some(shape) => self.over(value, shape, alias, key.span.to(shape.span)),
            None => value,
        }
    }

    /// A picked field. A binding of that name is what was meant if the subject has no such field.
    fn pick_field(&mut self, subject: Value, key: &ast::Key) -> Value {
        if !subject.ty.is_unknown() && !self.has_field(&subject.ty, &key.text) {
            let bound = matches!(self.env.names.get(&key.text), Some(Named::Value(..) | Named::Partial));
            if bound && !key.quoted {
                let what = self.describe(&subject.ty);
                self.sink.push(
                    Diagnostic::error("E0202", key.span, format!("{what} has no field `{}`", key.text))
                        .help(format!(
                            "to write the binding of that name: `{}: {}`",
                            key.text, key.text
                        ))
                        .fix(key.span, format!("{}: {}", key.text, key.text)),
                );
                return Value::unknown(key.span);
            }
        }
        let chain = self.get(Chain::begin(subject), false, key, key.span);
        super::super::value::close(chain.layers, chain.at)
    }

    /// The shape over a value: over null gives null, over a list a list.
    pub(super) fn over(&mut self, value: Value, shape: &ast::Shape, alias: Option<&ast::Name>, span: Span) -> Value {
        match value.ty.clone() {
            T::Nullable(inner, why) => {
                self.lift(value.expr, *inner, why, &mut |cx, it| cx.over(it, shape, alias, span))
            }
            T::List(element) => self.each(value.expr, *element, &mut |cx, it| cx.over(it, shape, alias, span)),
            T::Map(key, inner) => {
                self.each_value(value.expr, *key, *inner, &mut |cx, it| cx.over(it, shape, alias, span))
            }
            T::Null => value,
            T::Record(_) | T::Union(_) | T::Computed(_) | T::OneOf(_) | T::Unknown | T::Never => {
                self.over_record(value, shape, alias, span)
            }
            other => {
                let what = self.describe(&other);
                self.sink.push(
                    Diagnostic::error(
                        "E0313",
                        value.expr.span,
                        format!("a shape picks from a record, this is {what}"),
                    )
                    .because(shape.span, "the shape"),
                );
                Value::unknown(span)
            }
        }
    }

    fn over_record(&mut self, value: Value, shape: &ast::Shape, alias: Option<&ast::Name>, span: Span) -> Value {
        let (subject, bound) = self.subject_of(value);
        let result = self.scoped(|cx| {
            if let Some(alias) = alias {
                cx.claim(&alias.text, alias.span);
                cx.env
                    .names
                    .insert(alias.text.clone(), Named::Value(subject.clone(), alias.span));
            }
            cx.with_subject(subject, |cx| cx.shape(shape, None))
        });
        let mut result = match bound {
            Some((local, base)) => {
                let body = Box::new(result.expr);
                Value::new(
                    result.ty,
                    span,
                    ExprKind::Bind {
                        base: Box::new(base),
                        local,
                        body,
                    },
                )
            }
            None => result,
        };
        result.expr.span = span;
        result
    }

    /// A value as a subject: places and computed records are read where they stand, others get a local.
    pub(in crate::check) fn subject_of(&mut self, value: Value) -> (Value, Option<(LocalId, Expr)>) {
        if self.place(&value.expr).is_some() && is_direct(&value.expr)
            || value.ty.is_computed()
            || value.ty.is_unknown()
        {
            return (value, None);
        }
        let local = self.fresh();
        if let Some(place) = self.place(&value.expr) {
            self.env.aliases.insert(local, place);
        }
        let subject = Value::new(value.ty.clone(), value.expr.span, ExprKind::Local(local));
        (subject, Some((local, value.expr)))
    }
}

/// The condition of an entry: what its notes say, and then its `when`.
fn gated(gate: Option<Expr>, when: Option<Value>) -> Option<Value> {
    match (gate, when) {
        (None, when) => when,
        (Some(gate), when) => {
            let expr = match when {
                Some(when) => gate.and(when.expr),
                None => gate,
            };
            let ty = T::Scalar(Scalar::Boolean);
            Some(Value { ty, expr })
        }
    }
}

/// What an entry is called and where it stands.
pub(super) struct Put {
    pub key: String,
    pub key_span: Span,
    pub docs: Vec<String>,
    pub span: Span,
    pub omit_null: bool,
}

/// A name, a local, or a field of one: reading it again costs nothing.
fn is_direct(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(_) | ExprKind::Local(_) => true,
        ExprKind::Field { base, .. } => is_direct(base),
        _ => false,
    }
}
