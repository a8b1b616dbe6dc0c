//! Demand: which fields of each record are read.
//!
//! Every record that comes from a document is a node; reading a field makes it a child. Where one value may stand for
//! another (a join, a fallback, an argument) their nodes become one. At the end equal nodes are one view.

use super::types::{T, Why};
use crate::ir;
use crate::ir::service::ViewOf;
use crate::model::types::{Field, Model, RecordId, Ty, UnionId};
use crate::model::union::{Union, Variant};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// A record in the demand graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Node(pub u32);

#[derive(Debug)]
struct Data {
    /// Itself, or the node that it became one with.
    parent: u32,
    /// How many nodes it stands for: the smaller joins the larger, so that ways to the root stay short.
    size: u32,
    of: ViewOf,
    /// Read fields by index; of a union all variants.
    fields: BTreeMap<u32, Read>,
}

/// A field that is read.
#[derive(Clone, Copy, Debug)]
struct Read {
    /// The node of the record in its type, if there is one.
    child: Option<Node>,
    /// Where it is read first; none where a whole record is.
    at: Option<Span>,
}

/// The graph of one service.
#[derive(Debug, Default)]
pub(super) struct Demand {
    nodes: Vec<Data>,
    /// The records of each union.
    unions: Vec<Vec<RecordId>>,
    whole: HashMap<ViewOf, Node>,
    /// Fields (by record and index) that something computes with, anywhere.
    computed: HashSet<(RecordId, u32)>,
    /// Fields that are read and of a type that is not served yet.
    unserved: BTreeSet<(RecordId, u32)>,
}

impl Demand {
    /// The graph of a service with these types.
    pub(super) fn new(model: &Model) -> Self {
        let records = |union: &Union| union.variants.iter().map(|variant| variant.record).collect();
        Demand {
            unions: model.unions.iter().map(records).collect(),
            ..Demand::default()
        }
    }

    /// A record or union of which nothing is read yet.
    fn node(&mut self, of: ViewOf) -> Node {
        let id = Node(self.nodes.len() as u32);
        self.nodes.push(Data {
            parent: id.0,
            size: 1,
            of,
            fields: BTreeMap::new(),
        });
        if let ViewOf::Union(union) = of {
            for (index, record) in self.unions[union.0 as usize].clone().into_iter().enumerate() {
                let child = Some(self.node(ViewOf::Record(record)));
                let read = Read { child, at: None };
                self.nodes[id.0 as usize].fields.insert(index as u32, read);
            }
        }
        id
    }

    /// What a node is of.
    pub(super) fn of(&self, node: Node) -> ViewOf {
        self.nodes[self.find(node).0 as usize].of
    }

    /// The record type of a node of a record.
    pub(super) fn record(&self, node: Node) -> RecordId {
        match self.of(node) {
            ViewOf::Record(id) => id,
            // The type of a value tells records from unions, so that no such node is asked.
            ViewOf::Union(id) => self.unions[id.0 as usize].first().copied().unwrap_or(RecordId(0)),
        }
    }

    /// The union type of a node of a union.
    pub(super) fn union(&self, node: Node) -> UnionId {
        match self.of(node) {
            ViewOf::Union(id) => id,
            ViewOf::Record(_) => UnionId(0),
        }
    }

    /// The node that stands for this one.
    pub(super) fn find(&self, node: Node) -> Node {
        let mut at = node.0;
        while self.nodes[at as usize].parent != at {
            at = self.nodes[at as usize].parent;
        }
        Node(at)
    }

    /// The type of a declared type, of which nothing is read yet.
    pub(super) fn ty(&mut self, ty: &Ty) -> T {
        match ty {
            Ty::Unknown => T::Unknown,
            Ty::Scalar(scalar) => T::Scalar(*scalar),
            Ty::Enum(id) => T::Enum(*id),
            Ty::Record(id) => T::Record(self.node(ViewOf::Record(*id))),
            Ty::Union(id) => T::Union(self.node(ViewOf::Union(*id))),
            Ty::List(inner) => T::List(Box::new(self.ty(inner))),
            Ty::Map(key, inner) => T::Map(Box::new(self.ty(key)), Box::new(self.ty(inner))),
            Ty::Nullable(inner) => self.ty(inner).or_null(None),
        }
    }

    /// The type of a declared type with all its fields.
    pub(super) fn whole_ty(&mut self, model: &Model, ty: &Ty) -> T {
        let ty = self.ty(ty);
        self.whole(model, &ty);
        ty
    }

    /// Reads a field: its type, nullable where it may be absent.
    pub(super) fn field(&mut self, model: &Model, node: Node, index: u32, at: Span) -> T {
        let node = self.find(node);
        let record = &model.records[self.record(node).0 as usize];
        let field = &record.fields[index as usize];
        let known = self.nodes[node.0 as usize].fields.get(&index).copied();
        let child = match known {
            Some(read) => read.child,
            None => {
                let child = leaf(&field.ty).map(|of| self.node(of));
                let record = self.record(node);
                self.note_unserved(record, index, &field.ty);
                self.nodes[node.0 as usize]
                    .fields
                    .insert(index, Read { child, at: Some(at) });
                child
            }
        };
        let ty = put_node(&field.ty, child);
        if field.may_be_null() {
            ty.or_null(None).because(why_field(field, &record.name))
        } else {
            ty
        }
    }

    /// Reads all of a value: it is written out, or handed on.
    pub(super) fn whole(&mut self, model: &Model, ty: &T) {
        match ty {
            T::Record(node) | T::Union(node) => {
                let whole = self.whole_node(model, self.of(*node));
                self.unify(*node, whole);
            }
            T::List(inner) | T::Map(_, inner) | T::Nullable(inner, _) => self.whole(model, inner),
            T::OneOf(list) => list.iter().for_each(|ty| self.whole(model, ty)),
            T::Computed(fields) => fields.iter().for_each(|field| self.whole(model, &field.ty)),
            _ => {}
        }
    }

    /// The node of a record with all its fields, or of a union with all its records, to the end.
    fn whole_node(&mut self, model: &Model, of: ViewOf) -> Node {
        if let Some(node) = self.whole.get(&of) {
            return *node;
        }
        let node = self.node(of);
        self.whole.insert(of, node);
        let parts: Vec<Option<ViewOf>> = match of {
            ViewOf::Record(record) => {
                let fields = &model.records[record.0 as usize].fields;
                for (index, field) in fields.iter().enumerate() {
                    self.note_unserved(record, index as u32, &field.ty);
                }
                fields.iter().map(|field| leaf(&field.ty)).collect()
            }
            ViewOf::Union(union) => {
                let records = self.unions[union.0 as usize].iter();
                records.map(|record| Some(ViewOf::Record(*record))).collect()
            }
        };
        for (index, part) in parts.into_iter().enumerate() {
            let child = part.map(|of| self.whole_node(model, of));
            let root = self.find(node);
            let before = self.nodes[root.0 as usize]
                .fields
                .insert(index as u32, Read { child, at: None });
            if let (
                Some(Read {
                    child: Some(before), ..
                }),
                Some(child),
            ) = (before, child)
            {
                self.unify(before, child);
            }
        }
        node
    }

    fn note_unserved(&mut self, record: RecordId, index: u32, ty: &Ty) {
        if !is_served(ty) {
            self.unserved.insert((record, index));
        }
    }

    /// Fields that are read and of a type that is not served yet.
    pub(super) fn unserved(&self) -> impl Iterator<Item = (RecordId, u32)> + '_ {
        self.unserved.iter().copied()
    }

    /// Makes two nodes of one type one; what is read of either is read of both.
    pub(super) fn unify(&mut self, a: Node, b: Node) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b || self.nodes[a.0 as usize].of != self.nodes[b.0 as usize].of {
            return;
        }
        let (a, b) = if self.nodes[a.0 as usize].size < self.nodes[b.0 as usize].size {
            (b, a)
        } else {
            (a, b)
        };
        self.nodes[a.0 as usize].size += self.nodes[b.0 as usize].size;
        self.nodes[b.0 as usize].parent = a.0;
        let moved = std::mem::take(&mut self.nodes[b.0 as usize].fields);
        for (index, read) in moved {
            let root = self.find(a);
            let there = self.nodes[root.0 as usize].fields.entry(index).or_insert(read);
            there.at = there.at.or(read.at);
            if let (Some(there), Some(child)) = (there.child, read.child) {
                self.unify(there, child);
            }
        }
    }

    /// Makes the nodes of two types of one form one.
    pub(super) fn unify_types(&mut self, a: &T, b: &T) {
        match (a, b) {
            (T::Record(a), T::Record(b)) | (T::Union(a), T::Union(b)) => self.unify(*a, *b),
            (T::List(a), T::List(b)) | (T::Map(_, a), T::Map(_, b)) => self.unify_types(a, b),
            (T::Nullable(a, _), b) => self.unify_types(a, b),
            (a, T::Nullable(b, _)) => self.unify_types(a, b),
            _ => {}
        }
    }

    /// Remembers that a field is more than written out.
    pub(super) fn computes(&mut self, node: Node, field: u32) {
        let record = self.record(node);
        self.computed.insert((record, field));
    }

    /// The fields that are read, by index.
    pub(super) fn fields(&self, node: Node) -> impl Iterator<Item = (u32, Option<Node>)> + '_ {
        let node = self.find(node);
        self.nodes[node.0 as usize]
            .fields
            .iter()
            .map(|(index, read)| (*index, read.child))
    }

    /// The node of the record in a field, if the field is read.
    pub(super) fn child(&self, node: Node, index: u32) -> Option<Node> {
        let node = self.find(node);
        self.nodes[node.0 as usize]
            .fields
            .get(&index)
            .and_then(|read| read.child)
    }

    /// Whether a field is read, and where first, if at a place of its own.
    pub(super) fn reader(&self, node: Node, index: u32) -> Option<Option<Span>> {
        let node = self.find(node);
        self.nodes[node.0 as usize].fields.get(&index).map(|read| read.at)
    }

    /// Closes the graph: equal nodes (record, fields, and those of the fields) get one view.
    /// `seen` are the nodes that the service mentions; what nobody can reach from them is left out.
    pub(super) fn close(&self, model: &Model, seen: &HashSet<u32>) -> Views {
        let reachable = self.reachable(seen);
        let classes = self.classes(&reachable);
        let mut views: Vec<ir::service::View> = Vec::new();
        let mut of_class: HashMap<u32, ir::expr::ViewId> = HashMap::new();
        for root in &reachable {
            of_class.entry(classes[root]).or_insert_with(|| {
                let of = self.nodes[*root as usize].of;
                let name = match of {
                    ViewOf::Record(id) => &model.records[id.0 as usize].name,
                    ViewOf::Union(id) => &model.unions[id.0 as usize].name,
                };
                views.push(ir::service::View {
                    of,
                    name: name.clone(),
                    fields: Vec::new(),
                });
                ir::expr::ViewId(views.len() as u32 - 1)
            });
        }
        for root in &reachable {
            let view = of_class[&classes[root]];
            if views[view.0 as usize].fields.is_empty() {
                views[view.0 as usize].fields = self.view_fields(model, Node(*root), &classes, &of_class);
            }
        }
        let of_node = |node: &u32| (*node, of_class[&classes[&self.find(Node(*node)).0]]);
        let positions = |node: &u32| (*node, self.fields(Node(*node)).map(|(index, _)| index).collect());
        let of_node = seen.iter().map(of_node).collect();
        let positions = seen.iter().map(positions).collect();
        Views {
            views,
            of_node,
            positions,
        }
    }

    fn view_fields(
        &self,
        model: &Model,
        node: Node,
        classes: &HashMap<u32, u32>,
        of_class: &HashMap<u32, ir::expr::ViewId>,
    ) -> Vec<ir::service::ViewField> {
        let view_of = |child: Option<Node>| child.map(|child| of_class[&classes[&self.find(child).0]]);
        let record = match self.nodes[node.0 as usize].of {
            ViewOf::Record(record) => record,
            ViewOf::Union(union) => {
                let variants = model.unions[union.0 as usize].variants.iter().zip(self.fields(node));
                let field_of = |(variant, (_, child)): (&Variant, (u32, Option<Node>))| ir::service::ViewField {
                    name: variant.name.clone(),
                    wire: variant.wire.clone(),
                    ty: view_of(child).map_or(ir::expr::Ty::Null, ir::expr::Ty::View),
                    optional: false,
                    output_only: false,
                    constraint: None,
                };
                return variants.map(field_of).collect();
            }
        };
        let declared = &model.records[record.0 as usize];
        let field_of = |(index, child): (u32, Option<Node>)| {
            let field: &Field = &declared.fields[index as usize];
            let view = view_of(child);
            ir::service::ViewField {
                name: field.name.clone(),
                wire: field.wire.clone(),
                ty: view_ty(&field.ty, view, field.optional),
                optional: field.optional,
                output_only: !self.computed.contains(&(record, index)),
                constraint: field.constraint.clone(),
            }
        };
        self.fields(node).map(field_of).collect()
    }

    /// The nodes that stand for the seen ones, and for all in their fields.
    fn reachable(&self, seen: &HashSet<u32>) -> BTreeSet<u32> {
        let mut reachable = BTreeSet::new();
        let mut open: Vec<Node> = seen.iter().map(|node| Node(*node)).collect();
        while let Some(node) = open.pop() {
            let root = self.find(node);
            if reachable.insert(root.0) {
                open.extend(self.fields(root).filter_map(|(_, child)| child));
            }
        }
        reachable
    }

    /// A class for each root: the coarsest division in which equal classes have equal records, fields and classes of fields.
    fn classes(&self, roots: &BTreeSet<u32>) -> HashMap<u32, u32> {
        let mut classes: HashMap<u32, u32> = roots.iter().map(|root| (*root, 0)).collect();
        let mut count = 0;
        loop {
            type Signature = (u32, ViewOf, Vec<(u32, Option<u32>)>);
            let mut seen: HashMap<Signature, u32> = HashMap::new();
            let mut next = HashMap::with_capacity(classes.len());
            for root in roots {
                let fields = self
                    .fields(Node(*root))
                    .map(|(index, child)| (index, child.map(|it| classes[&self.find(it).0])));
                let signature = (classes[root], self.nodes[*root as usize].of, fields.collect());
                let fresh = seen.len() as u32;
                next.insert(*root, *seen.entry(signature).or_insert(fresh));
            }
            classes = next;
            if seen.len() == count {
                return classes;
            }
            count = seen.len();
        }
    }
}

/// The closed graph.
#[derive(Debug)]
pub(super) struct Views {
    /// The views.
    pub views: Vec<ir::service::View>,
    /// The view of each node.
    of_node: HashMap<u32, ir::expr::ViewId>,
    /// The declared indexes of the fields of each node, in order.
    positions: HashMap<u32, Vec<u32>>,
}

impl Views {
    /// The view of a node, as it stands in the types of expressions.
    pub(super) fn view(&self, node: u32) -> ir::expr::ViewId {
        self.of_node[&node]
    }

    /// Where a declared field stands in the view of a node.
    pub(super) fn position(&self, node: u32, declared: u32) -> u32 {
        self.positions[&node].partition_point(|index| *index < declared) as u32
    }
}

impl T {
    /// Puts a reason where null has none yet.
    pub(super) fn because(self, why: Option<Why>) -> T {
        match self {
            T::Nullable(inner, None) => T::Nullable(inner, why.map(Rc::new)),
            other => other,
        }
    }
}

fn why_field(field: &Field, record: &str) -> Option<Why> {
    let text = if field.optional {
        format!("`{}` of `{record}` may be absent", field.name)
    } else {
        format!("`{}` of `{record}` may be null", field.name)
    };
    Some(Why {
        span: if field.optional { field.span } else { field.ty_span },
        text,
    })
}

/// Whether values of a type can be decoded and written already.
pub(super) fn is_served(ty: &Ty) -> bool {
    match ty {
        Ty::List(inner) | Ty::Nullable(inner) | Ty::Map(_, inner) => is_served(inner),
        _ => true,
    }
}

/// The record or union in a type, if there is one.
fn leaf(ty: &Ty) -> Option<ViewOf> {
    match ty {
        Ty::Record(id) => Some(ViewOf::Record(*id)),
        Ty::Union(id) => Some(ViewOf::Union(*id)),
        Ty::List(inner) | Ty::Nullable(inner) | Ty::Map(_, inner) => leaf(inner),
        _ => None,
    }
}

fn put_node(ty: &Ty, node: Option<Node>) -> T {
    match (ty, node) {
        (Ty::Record(_), Some(node)) => T::Record(node),
        (Ty::Union(_), Some(node)) => T::Union(node),
        (Ty::List(inner), _) => T::List(Box::new(put_node(inner, node))),
        (Ty::Map(key, inner), _) => T::Map(Box::new(put_node(key, None)), Box::new(put_node(inner, node))),
        (Ty::Nullable(inner), _) => put_node(inner, node).or_null(None),
        (Ty::Scalar(scalar), _) => T::Scalar(*scalar),
        (Ty::Enum(id), _) => T::Enum(*id),
        _ => T::Unknown,
    }
}

fn view_ty(ty: &Ty, view: Option<ir::expr::ViewId>, optional: bool) -> ir::expr::Ty {
    use ir::expr::Ty as I;
    let inner = match (ty, view) {
        (Ty::Record(_) | Ty::Union(_), Some(view)) => I::View(view),
        (Ty::List(inner), _) => I::List(Box::new(view_ty(inner, view, false))),
        (Ty::Map(key, inner), _) => I::Map(
            Box::new(view_ty(key, None, false)),
            Box::new(view_ty(inner, view, false)),
        ),
        (Ty::Nullable(inner), _) if optional => return I::Maybe(Box::new(view_ty(inner, view, false))),
        (Ty::Nullable(inner), _) => return I::Nullable(Box::new(view_ty(inner, view, false))),
        (Ty::Scalar(scalar), _) => I::Scalar(*scalar),
        (Ty::Enum(id), _) => I::Enum(*id),
        _ => I::Null,
    };
    if optional { I::Nullable(Box::new(inner)) } else { inner }
}
