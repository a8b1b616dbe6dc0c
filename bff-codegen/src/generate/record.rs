//! `record!`, `wire_enum!` and the rules of fields: lists that are printed as text, since prettyplease spaces out what stands in a macro.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::names::{Taken, ident, shout};
use super::text::{Item, docs, literal};
use super::world::World;
use crate::ir::expr::{Ty, ViewId};
use crate::ir::service::ViewOf;
use crate::model::types::{Constraint, EnumId, Scalar, UnionId};
use crate::source::Span;

/// An enum with its wire values.
pub(crate) fn wire_enum(world: &World<'_>, id: EnumId) -> Item {
    let declared = &world.service.enums[id.0 as usize];
    let names = &world.enums[id.0 as usize];
    let mut text = String::from("wire_enum! {\n");
    text.push_str(&docs(&declared.docs, 4));
    let _ = writeln!(text, "    pub {} {{", names.name);
    for (value, name) in declared.values.iter().zip(&names.values) {
        text.push_str(&docs(&value.docs, 8));
        let _ = writeln!(text, "        {name} = {},", literal(&value.wire));
    }
    let _ = write!(text, "    }}{}\n}}", if declared.open { " open" } else { "" });
    Item::text(text).from(world.origin(declared.span, format!("enum {}", declared.name)))
}

/// A union over the views of its variants.
fn wire_union(world: &World<'_>, id: ViewId, union: UnionId, comment: &str) -> Item {
    let declared = &world.service.unions[union.0 as usize];
    let (view, names) = (&world.service.views[id.0 as usize], &world.views[id.0 as usize]);
    let mut text = format!("wire_union! {{\n    /// {comment}\n");
    let _ = writeln!(text, "    pub {}<'a> on {} {{", names.name, literal(&declared.on));
    for (variant, name) in view.fields.iter().zip(&names.fields) {
        let ty = world.read_type(&variant.ty, false, &quote!('a));
        let _ = writeln!(text, "        {name}: {} = {},", type_text(&ty), literal(&variant.wire));
    }
    let _ = write!(text, "    }}{}\n}}", if declared.open { " open" } else { "" });
    Item::text(text).from(world.origin(declared.span, format!("union {}", declared.name)))
}

/// A record as it is read, and before it the rules of its fields. `names` are those of the file's statics.
pub(crate) fn record(
    world: &World<'_>,
    id: ViewId,
    comment: &str,
    statics: &mut Taken,
    span: Option<Span>,
) -> Vec<Item> {
    let view = &world.service.views[id.0 as usize];
    let names = &world.views[id.0 as usize];
    let life = quote!('a);
    let mut items = Vec::new();
    if let ViewOf::Union(union) = view.of {
        return vec![wire_union(world, id, union, comment)];
    }
    let mut text = format!("record! {{\n    /// {comment}\n    pub {}<'a> {{\n", names.name);
    for (field, accessor) in view.fields.iter().zip(&names.fields) {
        let ty = world.read_type(&field.ty, field.output_only, &life);
        let rule = field.constraint.as_ref().map(|constraint| {
            let name = statics.add(&format!("{}_{}", shout(&names.name), shout(&field.name)));
            items.push(rule_item(&name, constraint, &field.ty, statics));
            format!(" if {name}")
        });
        let _ = writeln!(
            text,
            "        {accessor}: {} = {}{},",
            type_text(&ty),
            literal(&field.wire),
            rule.unwrap_or_default()
        );
    }
    text.push_str("    }\n}");
    let item = Item::text(text);
    items.push(match span {
        Some(span) => item.from(world.origin(span, world.quote(span))),
        None => item,
    });
    items
}

/// `List<'a, Option<Id>>` without the blanks that tokens print with.
pub(crate) fn type_text(ty: &TokenStream) -> String {
    let spaced = ty.to_string();
    let mut text = String::new();
    for word in spaced.split(' ') {
        if text.ends_with(',') {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// The static of a constraint, with those of what lies in the value before it.
pub(crate) fn rule_item(name: &str, constraint: &Constraint, ty: &Ty, statics: &mut Taken) -> Item {
    let mut before = TokenStream::new();
    let rule = rule(constraint, ty, name, statics, &mut before);
    let name = ident(name);
    Item::tokens(quote!(#before static #name: Rule = #rule;))
}

fn rule(constraint: &Constraint, ty: &Ty, name: &str, statics: &mut Taken, before: &mut TokenStream) -> TokenStream {
    let mut rule = quote!(Rule::new());
    rule.extend(bounds(constraint, ty));
    if let Some(pattern) = &constraint.pattern {
        let name = ident(&statics.add(&format!("{name}_PATTERN")));
        before.extend(quote!(static #name: Pattern = Pattern::new(#pattern);));
        rule.extend(quote!(.pattern(&#name)));
    }
    let (key, element) = match bare(ty) {
        Ty::List(element) => (&Ty::Null, &**element),
        Ty::Map(key, value) => (&**key, &**value),
        _ => return rule,
    };
    for (inner, ty, method, suffix) in [
        (&constraint.each, element, "each", "EACH"),
        (&constraint.key, key, "key", "KEY"),
    ] {
        if let Some(inner) = inner {
            let inner_name = statics.add(&format!("{name}_{suffix}"));
            let inner = self::rule(inner, ty, &inner_name, statics, before);
            let (inner_name, method) = (ident(&inner_name), ident(method));
            before.extend(quote!(static #inner_name: Rule = #inner;));
            rule.extend(quote!(.#method(&#inner_name)));
        }
    }
    rule
}

/// `.min("1").max("20")` of a number, `.length(Some(1), None)` of all else.
fn bounds(constraint: &Constraint, ty: &Ty) -> TokenStream {
    if constraint.min.is_none() && constraint.max.is_none() {
        return TokenStream::new();
    }
    if matches!(bare(ty), Ty::Scalar(Scalar::Int | Scalar::Float | Scalar::Decimal)) {
        let bound = |bound: Option<rust_decimal::Decimal>| bound.map(|it| it.normalize().to_string());
        let (min, max) = (bound(constraint.min).into_iter(), bound(constraint.max).into_iter());
        return quote!(#(.min(#min))* #(.max(#max))*);
    }
    let count = |bound: Option<rust_decimal::Decimal>| match bound.map(|bound| u32::try_from(bound.trunc())) {
        Some(Ok(count)) => {
            let count = Literal::u32_unsuffixed(count);
            quote!(Some(#count))
        }
        _ => quote!(None),
    };
    let (least, most) = (count(constraint.min), count(constraint.max));
    quote!(.length(#least, #most))
}

fn bare(ty: &Ty) -> &Ty {
    match ty {
        Ty::Nullable(inner) | Ty::Maybe(inner) => bare(inner),
        ty => ty,
    }
}

/// What of a declared type a constraint is about: numbers, texts, lists and maps.
pub(crate) fn outline(ty: &crate::model::types::Ty) -> Ty {
    use crate::model::types::Ty as Declared;
    match ty {
        Declared::Scalar(scalar) => Ty::Scalar(*scalar),
        Declared::Enum(id) => Ty::Enum(*id),
        Declared::List(inner) => Ty::List(Box::new(outline(inner))),
        Declared::Map(key, value) => Ty::Map(Box::new(outline(key)), Box::new(outline(value))),
        Declared::Nullable(inner) => Ty::Nullable(Box::new(outline(inner))),
        Declared::Record(_) | Declared::Union(_) | Declared::Unknown => Ty::Null,
    }
}
