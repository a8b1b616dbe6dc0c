//! `sparse: query`: every field of an answer gets a number, and a condition that the request wants it. Records that lie in a document
//! are written out field by field where something in them may be chosen.

use super::super::Checker;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Entry, Expr, ExprKind, LocalId, Method, NameRef, Record, Select, Ty};
use crate::ir::service::{Let, Route, Service, SparseField, View, ViewOf};
use crate::ir::walk;
use crate::model::types::{self, Scalar};
use crate::source::Span;

/// The deepest that a field may be named.
const MAX_DEPTH: usize = 4;

impl Checker<'_> {
    /// E0606 where the route reads the query parameter that chooses fields.
    pub(in crate::check) fn sparse_query(&mut self, route: &types::Route) {
        let (Some(sparse), Some(query)) = (route.promises.sparse, &route.query) else {
            return;
        };
        let record = &self.model.records[query.record.0 as usize];
        if let Some(field) = record.fields.iter().find(|field| field.wire == "fields") {
            let found = Diagnostic::error(
                "E0606",
                field.span,
                "`fields` is the parameter that chooses fields of the answer",
            );
            let found = found.because(sparse, "said here");
            self.sink
                .push(found.help("give the input another name, or remove `sparse: query`"));
        }
    }

    /// Numbers the fields of all sparse routes. False if one has nothing to choose from.
    pub(in crate::check) fn sparse_routes(&mut self, service: &mut Service) -> bool {
        let mut fine = true;
        let Service { routes, views, .. } = service;
        for (route, declared) in routes.iter_mut().zip(&self.model.routes) {
            let Some(span) = declared.promises.sparse else { continue };
            number(route, views);
            if route.sparse.is_empty() {
                let found = Diagnostic::error(
                    "E0606",
                    span,
                    "there is nothing to choose: no answer of this route has fields",
                );
                self.sink
                    .push(found.because(route.span, "this route").help("remove `sparse: query`"));
                fine = false;
            }
        }
        fine
    }
}

/// A field of an answer and those below it.
#[derive(Default)]
struct Tree {
    name: String,
    /// Its number while the tree grows, which is in the order of appearance.
    id: u16,
    below: Vec<Tree>,
}

fn number(route: &mut Route, views: &[View]) {
    let mut next_local = 0;
    walk::route(route, &mut |expr| {
        next_local = next_local.max(expr.kind.bound().map_or(0, |local| local.0 + 1));
        match &expr.kind {
            ExprKind::Record(record) => {
                for (local, _) in record.entries.iter().flat_map(|entry| &entry.bind) {
                    next_local = next_local.max(local.0 + 1);
                }
            }
            ExprKind::Match { arms, .. } => {
                for local in arms.iter().filter_map(|arm| arm.bind) {
                    next_local = next_local.max(local.0 + 1);
                }
            }
            _ => {}
        }
    });
    let mut numbering = Numbering {
        views,
        lets: &route.lets,
        next_local,
        next_id: 0,
    };
    let mut root = Tree::default();
    for reply in route.replies.iter_mut().filter(|reply| reply.status < 400) {
        if let Some(body) = &mut reply.body {
            numbering.value(body, &mut root, 0);
        }
    }
    let mut numbers = vec![0; usize::from(numbering.next_id)];
    let mut fields = Vec::new();
    flatten(&root.below, &mut fields, &mut numbers);
    for body in route.replies.iter_mut().filter_map(|reply| reply.body.as_mut()) {
        body.walk_mut(&mut |expr| {
            if let ExprKind::Wants(id) = &mut expr.kind {
                *id = numbers[usize::from(*id)];
            }
        });
    }
    route.sparse = fields;
}

/// The tree from the top down, each field before those below it.
fn flatten(level: &[Tree], fields: &mut Vec<SparseField>, numbers: &mut [u16]) {
    for tree in level {
        let at = fields.len();
        numbers[usize::from(tree.id)] = at as u16;
        fields.push(SparseField {
            name: tree.name.clone(),
            below: 0,
        });
        flatten(&tree.below, fields, numbers);
        fields[at].below = (fields.len() - at - 1) as u16;
    }
}

struct Numbering<'r> {
    views: &'r [View],
    lets: &'r [Let],
    next_local: u32,
    next_id: u16,
}

impl Numbering<'_> {
    /// Puts conditions on the fields of a value that is written out at this place of the tree.
    fn value(&mut self, expr: &mut Expr, tree: &mut Tree, depth: usize) {
        if depth == MAX_DEPTH {
            return;
        }
        match &mut expr.kind {
            ExprKind::Record(record) => self.record(record, tree, depth),
            ExprKind::List(items) => items.iter_mut().for_each(|item| self.value(item, tree, depth)),
            ExprKind::Lift { body, .. }
            | ExprKind::Bind { body, .. }
            | ExprKind::Each {
                body, flatten: false, ..
            }
            | ExprKind::EachValue { body, .. } => self.value(body, tree, depth),
            ExprKind::Ternary { then, other, .. } => {
                self.value(then, tree, depth);
                self.value(other, tree, depth);
            }
            ExprKind::Match { arms, .. } => arms.iter_mut().for_each(|arm| self.value(&mut arm.value, tree, depth)),
            ExprKind::Coalesce { left, right } => {
                self.value(left, tree, depth);
                self.value(right, tree, depth);
            }
            ExprKind::Convert(inner) if !is_json(&expr.ty) => self.value(inner, tree, depth),
            _ => {
                if let Some(written) = self.written_out(expr) {
                    *expr = written;
                    self.value(expr, tree, depth);
                }
                return;
            }
        }
        computed(&mut expr.ty);
    }

    fn record(&mut self, record: &mut Record, tree: &mut Tree, depth: usize) {
        for entry in &mut record.entries {
            let at = match tree.below.iter().position(|known| known.name == entry.key) {
                Some(at) => at,
                None => {
                    tree.below.push(Tree {
                        name: entry.key.clone(),
                        id: self.next_id,
                        below: Vec::new(),
                    });
                    self.next_id += 1;
                    tree.below.len() - 1
                }
            };
            let child = &mut tree.below[at];
            self.value(&mut entry.value, child, depth + 1);
            let wants = Expr {
                ty: Ty::Scalar(Scalar::Boolean),
                span: entry.span,
                kind: ExprKind::Wants(child.id),
            };
            entry.when = Some(match entry.when.take() {
                Some(when) => wants.and(when),
                None => wants,
            });
        }
    }

    /// A value with its records as records that are written here; none where it has none, or none whose fields are known.
    fn written_out(&mut self, expr: &Expr) -> Option<Expr> {
        let fields = self.fields_of(expr)?;
        Some(self.around(expr.clone(), &fields))
    }

    /// Goes below null, lists and maps to the record.
    fn around(&mut self, base: Expr, fields: &[Shown]) -> Expr {
        let (ty, span) = (base.ty.clone(), base.span);
        let local = LocalId(self.next_local);
        self.next_local += 1;
        let inner = |ty: &Ty| Expr {
            ty: ty.clone(),
            span,
            kind: ExprKind::Local(local),
        };
        let base = Box::new(base);
        let kind = match &ty {
            Ty::Nullable(of) => ExprKind::Lift {
                base,
                local,
                body: Box::new(self.around(inner(of), fields)),
            },
            Ty::List(of) => ExprKind::Each {
                list: base,
                local,
                body: Box::new(self.around(inner(of), fields)),
                flatten: false,
            },
            Ty::Map(_, of) => ExprKind::EachValue {
                map: base,
                local,
                body: Box::new(self.around(inner(of), fields)),
            },
            ty => {
                let record = record_of(&inner(ty), fields, span);
                ExprKind::Bind {
                    base,
                    local,
                    body: Box::new(Expr {
                        ty: Ty::Computed,
                        span,
                        kind: ExprKind::Record(record),
                    }),
                }
            }
        };
        let mut ty = ty;
        computed(&mut ty);
        Expr { ty, span, kind }
    }

    /// The fields of the record in a value.
    fn fields_of(&self, expr: &Expr) -> Option<Vec<Shown>> {
        if let Some(view) = view_of(&expr.ty) {
            let view = &self.views[view];
            if matches!(view.of, ViewOf::Union(_)) {
                return None;
            }
            let shown = view.fields.iter().map(|field| Shown {
                key: field.name.clone(),
                ty: field.ty.clone(),
                omit_null: field.optional,
            });
            return Some(shown.collect());
        }
        has_computed(&expr.ty).then(|| self.made_of(expr)).flatten()
    }

    /// The entries of the one record that a computed value is made of.
    fn made_of(&self, expr: &Expr) -> Option<Vec<Shown>> {
        match &expr.kind {
            ExprKind::Record(record) => {
                let shown = record.entries.iter().map(|entry| {
                    let ty = entry.value.ty.clone();
                    Shown {
                        key: entry.key.clone(),
                        ty: if entry.when.is_some() && !ty.is_nullable() {
                            Ty::Nullable(Box::new(ty))
                        } else {
                            ty
                        },
                        omit_null: entry.omit_null || entry.when.is_some(),
                    }
                });
                Some(shown.collect())
            }
            ExprKind::Lift { body, .. }
            | ExprKind::Bind { body, .. }
            | ExprKind::Each { body, .. }
            | ExprKind::EachValue { body, .. } => self.made_of(body),
            ExprKind::Known { value: inner, .. } | ExprKind::Convert(inner) => self.made_of(inner),
            ExprKind::Select {
                select: Select::Filter | Select::Sort | Select::Unique | Select::Index,
                list: base,
                ..
            }
            | ExprKind::Method {
                method: Method::First | Method::Last | Method::Take | Method::Skip | Method::Pick,
                base,
                ..
            }
            | ExprKind::ListIndex { list: base, .. }
            | ExprKind::MapIndex { map: base, .. } => self.made_of(base),
            ExprKind::Name(NameRef::Let(at)) => self.made_of(&self.lets[*at as usize].value),
            _ => None,
        }
    }
}

/// A field as it is written out.
struct Shown {
    key: String,
    ty: Ty,
    omit_null: bool,
}

fn record_of(base: &Expr, fields: &[Shown], span: Span) -> Record {
    let entry = |(at, shown): (usize, &Shown)| Entry {
        key: shown.key.clone(),
        value: Expr {
            ty: shown.ty.clone(),
            span,
            kind: ExprKind::Field {
                base: Box::new(base.clone()),
                field: at as u32,
            },
        },
        when: None,
        omit_null: shown.omit_null,
        bind: Vec::new(),
        docs: Vec::new(),
        span,
    };
    Record {
        entries: fields.iter().enumerate().map(entry).collect(),
    }
}

fn view_of(ty: &Ty) -> Option<usize> {
    match ty {
        Ty::View(view) => Some(view.0 as usize),
        Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) => view_of(inner),
        _ => None,
    }
}

fn has_computed(ty: &Ty) -> bool {
    match ty {
        Ty::Computed => true,
        Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) => has_computed(inner),
        _ => false,
    }
}

/// The type of a value whose records are written here.
fn computed(ty: &mut Ty) {
    match ty {
        Ty::View(_) => *ty = Ty::Computed,
        Ty::List(inner) | Ty::Map(_, inner) | Ty::Nullable(inner) => computed(inner),
        _ => {}
    }
}

fn is_json(ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_json(inner),
        ty => *ty == Ty::Scalar(Scalar::Json),
    }
}
