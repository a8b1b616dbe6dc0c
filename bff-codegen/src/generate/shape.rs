//! The Rust representation of a value: what lies in a document keeps the type it has there, what is computed becomes tuples and vectors.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::world::World;
use crate::ir::expr::{By, Expr, ExprKind, LocalId, Method, NameRef, Select, Ty};
use crate::ir::service::Route;
use crate::model::types::Scalar;

/// How a value is held in Rust.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// As its type says: scalars, enums, views, and lists and maps that lie in a document. All are `Copy`.
    Plain(Ty),
    /// A list that is computed: a `Vec`.
    Vec(Box<Shape>),
    /// A record that is computed: a tuple.
    Tuple(Vec<Member>),
    /// A map that is computed, by its keys and values: a `list::Index`.
    Index(Box<Shape>, Box<Shape>),
    /// A computed value or null: an `Option`.
    Option(Box<Shape>),
}

/// A member of a computed record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) shape: Shape,
    /// Left out, not written as null, when it is null.
    pub(crate) omit: bool,
}

impl Shape {
    /// The value without its null.
    pub(crate) fn inner(self) -> Shape {
        match self {
            Shape::Plain(Ty::Nullable(inner) | Ty::Maybe(inner)) => Shape::Plain(*inner),
            Shape::Option(inner) => *inner,
            other => other,
        }
    }

    /// The value or null; null is not nested.
    pub(crate) fn nullable(self) -> Shape {
        match self {
            Shape::Plain(Ty::Never) => Shape::Plain(Ty::Null),
            Shape::Plain(ty) if ty.is_nullable() => Shape::Plain(ty),
            Shape::Plain(ty) => Shape::Plain(Ty::Nullable(Box::new(ty))),
            Shape::Option(inner) => Shape::Option(inner),
            other => Shape::Option(Box::new(other)),
        }
    }

    /// An element of a list, or a value of a map.
    pub(crate) fn element(self) -> Shape {
        match self.inner() {
            Shape::Plain(Ty::List(inner) | Ty::Map(_, inner)) => Shape::Plain(*inner),
            Shape::Vec(inner) | Shape::Index(_, inner) => *inner,
            _ => Shape::Plain(Ty::Never),
        }
    }

    /// Whether it can be null.
    pub(crate) fn is_nullable(&self) -> bool {
        match self {
            Shape::Plain(ty) => ty.is_nullable(),
            Shape::Option(_) => true,
            _ => false,
        }
    }

    /// An entry of a map.
    pub(crate) fn entry(key: Shape, value: Shape) -> Shape {
        let member = |key: &str, shape: Shape| Member {
            key: key.to_owned(),
            shape,
            omit: false,
        };
        Shape::Tuple(vec![member("key", key), member("value", value)])
    }

    /// The keys of a map.
    pub(crate) fn key(self) -> Shape {
        match self.inner() {
            Shape::Plain(Ty::Map(key, _)) => Shape::Plain(*key),
            Shape::Index(key, _) => *key,
            _ => Shape::Plain(Ty::Never),
        }
    }

    /// Whether it is more than a word or two: it is walked and read where it is held, and cloned to be had.
    pub(crate) fn is_owned(&self) -> bool {
        match self {
            Shape::Plain(_) => false,
            Shape::Vec(_) | Shape::Index(..) | Shape::Tuple(_) => true,
            Shape::Option(inner) => inner.is_owned(),
        }
    }

    /// Whether it is a computed list of what is computed itself.
    pub(crate) fn is_nested(&self) -> bool {
        match self {
            Shape::Option(inner) => inner.is_nested(),
            Shape::Vec(inner) => !matches!(**inner, Shape::Plain(_)),
            _ => false,
        }
    }

    /// Whether a record is in it that is computed: such values are written in place, not made first.
    pub(crate) fn has_tuple(&self) -> bool {
        match self {
            Shape::Plain(_) => false,
            Shape::Vec(inner) | Shape::Option(inner) | Shape::Index(_, inner) => inner.has_tuple(),
            Shape::Tuple(_) => true,
        }
    }

    /// Whether it is a map, wherever that lies.
    pub(crate) fn is_map(&self) -> bool {
        matches!(self, Shape::Plain(Ty::Map(..)) | Shape::Index(..))
    }

    /// Whether a record that lies in a document is in it.
    pub(crate) fn has_view(&self) -> bool {
        match self {
            Shape::Plain(ty) => crate::ir::walk::names_a_view(ty),
            Shape::Vec(inner) | Shape::Option(inner) | Shape::Index(_, inner) => inner.has_view(),
            Shape::Tuple(members) => members.iter().any(|member| member.shape.has_view()),
        }
    }

    /// Whether both are the same in Rust: the kinds of text are.
    pub(crate) fn is_like(&self, other: &Shape) -> bool {
        match (self, other) {
            (Shape::Plain(a), Shape::Plain(b)) => are_alike(a, b),
            (Shape::Vec(a), Shape::Vec(b)) | (Shape::Option(a), Shape::Option(b)) => a.is_like(b),
            (a, b) => a == b,
        }
    }

    /// The shape that both fit.
    pub(crate) fn join(self, other: Shape) -> Shape {
        match (self, other) {
            (Shape::Plain(Ty::Never), shape) | (shape, Shape::Plain(Ty::Never)) => shape,
            (Shape::Plain(Ty::Null), shape) | (shape, Shape::Plain(Ty::Null)) => shape.nullable(),
            (a, b) if a.is_nullable() || b.is_nullable() => a.inner().join(b.inner()).nullable(),
            (Shape::Plain(a), Shape::Plain(b)) => Shape::Plain(join_types(a, b)),
            (a @ (Shape::Vec(_) | Shape::Plain(Ty::List(_))), b) => Shape::Vec(Box::new(a.element().join(b.element()))),
            (Shape::Tuple(a), Shape::Tuple(b)) if a.len() == b.len() => {
                let pairs = a.into_iter().zip(b);
                let join = |(a, b): (Member, Member)| Member {
                    shape: a.shape.join(b.shape),
                    ..a
                };
                Shape::Tuple(pairs.map(join).collect())
            }
            (a, _) => a,
        }
    }

    /// Its Rust type.
    pub(crate) fn rust(&self, world: &World<'_>, life: &TokenStream) -> TokenStream {
        match self {
            Shape::Plain(ty) => world.value_type(ty, life),
            Shape::Vec(inner) => {
                let inner = inner.rust(world, life);
                quote!(Vec<#inner>)
            }
            Shape::Option(inner) => {
                let inner = inner.rust(world, life);
                quote!(Option<#inner>)
            }
            Shape::Index(key, inner) => {
                let (key, inner) = (key.rust(world, life), inner.rust(world, life));
                quote!(list::Index<#life, #key, #inner>)
            }
            Shape::Tuple(members) => {
                let members = members.iter().map(|member| match &member.shape {
                    Shape::Plain(Ty::Null) => quote!(Option<()>),
                    shape => shape.rust(world, life),
                });
                quote!((#(#members,)*))
            }
        }
    }
}

fn are_alike(a: &Ty, b: &Ty) -> bool {
    use Scalar::{Bytes, Id, Locale, String, Url, Uuid, Zone};
    let is_text = |ty: &Ty| matches!(ty, Ty::Scalar(String | Id | Uuid | Url | Zone | Locale | Bytes));
    match (a, b) {
        (Ty::Nullable(a), Ty::Nullable(b)) | (Ty::List(a), Ty::List(b)) | (Ty::Map(_, a), Ty::Map(_, b)) => {
            are_alike(a, b)
        }
        (a, b) => a == b || is_text(a) && is_text(b),
    }
}

/// Types that are joined are equal but for the element of an empty list, which fits all.
fn join_types(a: Ty, b: Ty) -> Ty {
    match (a, b) {
        (Ty::List(a), Ty::List(b)) => Ty::List(Box::new(join_types(*a, *b))),
        (Ty::Never, other) | (other, Ty::Never) => other,
        (a, _) => a,
    }
}

/// What a function of Rust gives: its lists are `Vec`s.
fn collected(ty: &Ty) -> Shape {
    match ty {
        Ty::Nullable(inner) => collected(inner).nullable(),
        Ty::List(inner) => Shape::Vec(Box::new(collected(inner))),
        ty => Shape::Plain(ty.clone()),
    }
}

/// What is known of the names in scope while shapes are asked for.
pub(crate) struct Shapes<'s> {
    pub(crate) route: Option<&'s Route>,
    pub(crate) locals: HashMap<LocalId, Shape>,
}

impl<'s> Shapes<'s> {
    /// The shape of an expression. Locals that it binds itself are noted on the way.
    pub(crate) fn of(&mut self, expr: &'s Expr) -> Shape {
        match &expr.kind {
            ExprKind::Name(NameRef::Let(at)) => match self.route {
                Some(route) => self.of(&route.lets[*at as usize].value),
                None => Shape::Plain(expr.ty.clone()),
            },
            ExprKind::Local(local) => match self.locals.get(local).cloned().unwrap_or(Shape::Plain(expr.ty.clone())) {
                // Read as a value, absence is null.
                Shape::Plain(Ty::Maybe(inner)) => Shape::Plain(Ty::Nullable(inner)),
                shape => shape,
            },
            ExprKind::Field { base, field } => match self.of(base) {
                Shape::Tuple(members) => members[*field as usize].shape.clone(),
                _ => Shape::Plain(expr.ty.clone()),
            },
            ExprKind::Lift { base, local, body } => {
                let inner = self.of(base).inner();
                self.locals.insert(*local, inner);
                self.of(body).nullable()
            }
            ExprKind::Bind { base, local, body } => {
                let value = self.of(base);
                self.locals.insert(*local, value);
                self.of(body)
            }
            ExprKind::Each {
                list,
                local,
                body,
                flatten,
            } => {
                let element = self.of(list).element();
                self.locals.insert(*local, element);
                let body = self.of(body);
                Shape::Vec(Box::new(if *flatten { body.element() } else { body }))
            }
            ExprKind::EachValue { map, local, body } => {
                let map = self.of(map);
                self.locals.insert(*local, map.clone().element());
                Shape::Index(Box::new(map.key()), Box::new(self.of(body)))
            }
            ExprKind::Select {
                select,
                list,
                local,
                by,
            } => {
                let element = self.of(list).element();
                self.locals.insert(*local, element.clone());
                self.select(*select, element, by, &expr.ty)
            }
            ExprKind::Known { value, .. } => self.of(value).inner(),
            ExprKind::Coalesce { left, right } => self.of(left).inner().join(self.of(right)),
            ExprKind::Ternary { then, other, .. } => self.of(then).join(self.of(other)),
            ExprKind::Match { arms, .. } => arms
                .iter()
                .fold(Shape::Plain(Ty::Never), |joined, arm| joined.join(self.of(&arm.value))),
            ExprKind::Record(record) => Shape::Tuple(record.entries.iter().map(|entry| self.member(entry)).collect()),
            ExprKind::List(elements) if elements.is_empty() => Shape::Plain(Ty::List(Box::new(Ty::Never))),
            ExprKind::List(elements) => {
                let joined = elements
                    .iter()
                    .fold(Shape::Plain(Ty::Never), |joined, element| joined.join(self.of(element)));
                Shape::Vec(Box::new(joined))
            }
            ExprKind::Method { method, base, .. } => self.method(*method, base, &expr.ty),
            ExprKind::Extern { .. } => collected(&expr.ty),
            ExprKind::ListIndex { list, .. } => self.of(list).element().nullable(),
            ExprKind::MapIndex { map, .. } => self.of(map).element().nullable(),
            ExprKind::Convert(inner) => self.converted(inner, &expr.ty),
            ExprKind::Partial => Shape::Vec(Box::new(Shape::Plain(Ty::Scalar(Scalar::String)))),
            ExprKind::Error(_) if matches!(expr.ty, Ty::List(_) | Ty::Computed) => {
                Shape::Plain(Ty::Scalar(Scalar::Json))
            }
            _ => Shape::Plain(expr.ty.clone()),
        }
    }

    fn member(&mut self, entry: &'s crate::ir::expr::Entry) -> Member {
        for (local, source) in &entry.bind {
            let shape = self.of(source);
            self.locals.insert(*local, shape);
        }
        let shape = self.of(&entry.value);
        let shape = if entry.when.is_some() { shape.nullable() } else { shape };
        Member {
            key: entry.key.clone(),
            shape,
            omit: entry.omit_null || entry.when.is_some(),
        }
    }

    fn select(&mut self, select: Select, element: Shape, by: &'s [By], ty: &Ty) -> Shape {
        match (select, by) {
            (Select::Filter, _) => match ty {
                Ty::List(kept) if !kept.is_nullable() => Shape::Vec(Box::new(element.inner())),
                _ => Shape::Vec(Box::new(element)),
            },
            (Select::Sort | Select::Unique, _) => Shape::Vec(Box::new(element)),
            (Select::Index, [by]) => Shape::Index(Box::new(self.of(&by.value)), Box::new(element)),
            (Select::Group, [by]) => {
                let list = Shape::Vec(Box::new(element));
                Shape::Index(Box::new(self.of(&by.value)), Box::new(list))
            }
            _ => Shape::Plain(ty.clone()),
        }
    }

    fn method(&mut self, method: Method, base: &'s Expr, ty: &Ty) -> Shape {
        match method {
            Method::First | Method::Last => self.of(base).element().nullable(),
            Method::Take | Method::Skip | Method::Pick => Shape::Vec(Box::new(self.of(base).element())),
            Method::Entries => {
                let map = self.of(base);
                Shape::Vec(Box::new(Shape::entry(map.clone().key(), map.element())))
            }
            Method::Split => Shape::Vec(Box::new(Shape::Plain(Ty::Scalar(Scalar::String)))),
            _ => Shape::Plain(ty.clone()),
        }
    }

    /// A conversion keeps what it can: `T` to `T?` of anything, computed lists element by element; a computed record that becomes one of a
    /// declared type, or `Json`, is written and read again.
    fn converted(&mut self, inner: &'s Expr, to: &Ty) -> Shape {
        let from = self.of(inner);
        convert_shape(from, to)
    }
}

/// The shape of a value of shape `from` after its conversion to `to`.
pub(crate) fn convert_shape(from: Shape, to: &Ty) -> Shape {
    match (from, to) {
        (from, Ty::Nullable(to)) => convert_shape(from.inner(), to).nullable(),
        (from, Ty::Computed) => from,
        (Shape::Index(key, inner), Ty::Map(_, to)) if !crate::ir::walk::names_a_view(to) => {
            Shape::Index(key, Box::new(convert_shape(*inner, to)))
        }
        (from @ Shape::Index(..), Ty::Map(..)) => from,
        (Shape::Vec(inner), Ty::List(to)) if !crate::ir::walk::names_a_view(to) => {
            Shape::Vec(Box::new(convert_shape(*inner, to)))
        }
        (Shape::Plain(Ty::List(inner)), Ty::List(to))
            if *inner != **to && *inner != Ty::Never && !crate::ir::walk::names_a_view(to) =>
        {
            Shape::Vec(Box::new(Shape::Plain((**to).clone())))
        }
        (_, to) => Shape::Plain(to.clone()),
    }
}
