//! Types, fields, enums, unions and fragments.

use super::{Kids, Lower};
use crate::syntax::ast::{
    Constraint, EnumDef, Field, Fragment, Range, Type, TypeBody, TypeDef, TypeKind, UnionDef, Variant, Variants,
};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lower<'_> {
    pub(super) fn typedef(&mut self, kids: &mut Kids<'_>) -> Option<TypeDef> {
        let name = self.capital_name(&kids.any()?, "the name of a type");
        let params = kids.take(Rule::generics).map_or(Vec::new(), |generics| {
            generics.into_inner().map(|param| self.name(&param)).collect()
        });
        let body = kids.any()?;
        let body = if body.as_rule() == Rule::fields {
            let span = self.span(&body);
            TypeBody::Record {
                fields: self.fields(body),
                span,
            }
        } else {
            TypeBody::Alias(self.ty(body)?)
        };
        Some(TypeDef { name, params, body })
    }

    pub(super) fn enumdef(&mut self, kids: &mut Kids<'_>) -> Option<EnumDef> {
        Some(EnumDef {
            name: self.capital_name(&kids.any()?, "the name of an enum"),
            variants: self.variants(kids.any()?),
        })
    }

    pub(super) fn uniondef(&mut self, kids: &mut Kids<'_>) -> Option<UnionDef> {
        Some(UnionDef {
            name: self.capital_name(&kids.any()?, "the name of a union"),
            on: self.text(&kids.any()?),
            variants: self.variants(kids.any()?),
        })
    }

    fn variants(&mut self, pair: Pair<'_, Rule>) -> Variants {
        let span = self.span(&pair);
        let mut open = false;
        let mut list = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::OPEN => open = true,
                _ => list.extend(self.variant(part)),
            }
        }
        Variants { list, open, span }
    }

    fn variant(&mut self, pair: Pair<'_, Rule>) -> Option<Variant> {
        let mut kids = Kids::of(pair);
        Some(Variant {
            docs: self.docs(&mut kids),
            name: self.capital_name(&kids.any()?, "the name of a value"),
            wire: kids.any().map(|wire| self.text(&wire)),
        })
    }

    pub(super) fn fragment(&mut self, kids: &mut Kids<'_>) -> Option<Fragment> {
        Some(Fragment {
            name: self.capital_name(&kids.any()?, "the name of a fragment"),
            on: self.ty(kids.any()?)?,
            shape: self.shape(kids.any()?)?,
        })
    }

    /// The fields of a record, an input block or a parameter list.
    pub(super) fn fields(&mut self, pair: Pair<'_, Rule>) -> Vec<Field> {
        pair.into_inner().filter_map(|field| self.field(field)).collect()
    }

    pub(super) fn field(&mut self, pair: Pair<'_, Rule>) -> Option<Field> {
        let end = pair.as_span().end();
        let mut kids = Kids::of(pair);
        let docs = self.docs(&mut kids);
        let name = kids.any()?;
        let start = name.as_span().start();
        let optional = kids.take(Rule::OPT).is_some();
        let ty = self.ty(kids.any()?)?;
        let default = match kids.take(Rule::expr) {
            Some(expr) => self.expr(expr),
            None => None,
        };
        let from = match kids.take(Rule::wire) {
            Some(wire) => Kids::of(wire).any().map(|lit| self.text(&lit)),
            None => None,
        };
        let mut notes = Vec::new();
        while let Some(note) = kids.take(Rule::note) {
            notes.extend(self.note(note));
        }
        Some(Field {
            docs,
            name: self.name(&name),
            optional,
            ty,
            default,
            from,
            notes,
            span: self.span_at(start, end),
        })
    }

    pub(super) fn ty(&mut self, pair: Pair<'_, Rule>) -> Option<Type> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        let base = kids.any()?;
        let kind = match base.as_rule() {
            Rule::hole => TypeKind::Error,
            Rule::listtype => TypeKind::List(Box::new(self.ty(Kids::of(base).any()?)?)),
            _ => self.named(base)?,
        };
        Some(Type {
            kind,
            constraint: kids
                .take(Rule::constraint)
                .map(|constraint| self.constraint(constraint)),
            nullable: kids.take(Rule::OPT).is_some(),
            span,
        })
    }

    fn named(&mut self, pair: Pair<'_, Rule>) -> Option<TypeKind> {
        let mut kids = Kids::of(pair);
        let first = self.name(&kids.any()?);
        let (scope, name) = match kids.take(Rule::ident) {
            Some(name) => (Some(first), self.name(&name)),
            None => (None, first),
        };
        let args = kids.take(Rule::targs).map_or(Vec::new(), |args| {
            args.into_inner().filter_map(|arg| self.ty(arg)).collect()
        });
        Some(TypeKind::Named { scope, name, args })
    }

    fn constraint(&mut self, pair: Pair<'_, Rule>) -> Constraint {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        Constraint {
            range: kids.take(Rule::range).map(|range| self.range(range)),
            pattern: kids.take(Rule::lit).map(|lit| self.text(&lit)),
            span,
        }
    }

    pub(super) fn range(&mut self, pair: Pair<'_, Rule>) -> Range {
        let span = self.span(&pair);
        let (mut start, mut end, mut after_dots) = (None, None, false);
        for part in pair.into_inner() {
            if part.as_rule() == Rule::dots {
                after_dots = true;
            } else if after_dots {
                end = Some(self.scalar(&part));
            } else {
                start = Some(self.scalar(&part));
            }
        }
        Range { start, end, span }
    }
}
