//! `record!`, `wire_enum!` and the rules of fields: lists that are printed as text, since prettyplease spaces out what stands in a macro.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::names::{Taken, ident, shout};
use super::text::{Item, docs, literal};
use super::world::World;
use crate::ir::expr::{Ty, ViewId};
use crate::ir::service::ViewField;
use crate::model::types::{Constraint, EnumId, Scalar};
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
    let mut text = format!("record! {{\n    /// {comment}\n    pub {}<'a> {{\n", names.name);
    for (field, accessor) in view.fields.iter().zip(&names.fields) {
        let ty = world.read_type(&field.ty, field.output_only, &life);
        let rule = rule(field).map(|rule| {
            let name = statics.add(&format!("{}_{}", shout(&names.name), shout(&field.name)));
            items.push(rule_item(&name, &rule, statics));
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

/// What must hold for a field beyond its type.
struct FieldRule<'s> {
    own: Option<&'s Constraint>,
    each: Option<&'s Constraint>,
    ty: &'s Ty,
}

fn rule(field: &ViewField) -> Option<FieldRule<'_>> {
    let (own, each) = (field.constraint.as_ref(), field.element_constraint.as_ref());
    (own.is_some() || each.is_some()).then_some(FieldRule {
        own,
        each,
        ty: &field.ty,
    })
}

fn rule_item(name: &str, rule: &FieldRule<'_>, statics: &mut Taken) -> Item {
    let mut before = TokenStream::new();
    let mut value = quote!(Rule::new());
    if let Some(own) = rule.own {
        value.extend(constraint(own, rule.ty, name, statics, &mut before));
    }
    if let Some(each) = rule.each {
        let element = innermost(rule.ty);
        let each_name = statics.add(&format!("{name}_EACH"));
        let each = constraint(each, element, &each_name, statics, &mut before);
        let mut each = quote!(Rule::new() #each);
        // The rule of the elements of `[[T]]` lies two lists deep.
        for level in 1..depth(rule.ty) {
            let (inner, nested) = (ident(&format!("{each_name}_{level}")), each);
            before.extend(quote!(static #inner: Rule = #nested;));
            each = quote!(Rule::new().each(&#inner));
        }
        let each_name = ident(&each_name);
        before.extend(quote!(static #each_name: Rule = #each;));
        value.extend(quote!(.each(&#each_name)));
    }
    let name = ident(name);
    Item::tokens(quote!(#before static #name: Rule = #value;))
}

fn constraint(
    constraint: &Constraint,
    ty: &Ty,
    name: &str,
    statics: &mut Taken,
    before: &mut TokenStream,
) -> TokenStream {
    let mut rule = TokenStream::new();
    let counted = !matches!(bare(ty), Ty::Scalar(Scalar::Int | Scalar::Float | Scalar::Decimal));
    if counted {
        if constraint.min.is_some() || constraint.max.is_some() {
            let count = |bound: Option<rust_decimal::Decimal>| match bound.map(|bound| u32::try_from(bound.trunc())) {
                Some(Ok(count)) => {
                    let count = Literal::u32_unsuffixed(count);
                    quote!(Some(#count))
                }
                _ => quote!(None),
            };
            let (least, most) = (count(constraint.min), count(constraint.max));
            rule.extend(quote!(.length(#least, #most)));
        }
    } else {
        if let Some(min) = constraint.min {
            let bound = min.normalize().to_string();
            rule.extend(quote!(.min(#bound)));
        }
        if let Some(max) = constraint.max {
            let bound = max.normalize().to_string();
            rule.extend(quote!(.max(#bound)));
        }
    }
    if let Some(pattern) = &constraint.pattern {
        let name = ident(&statics.add(&format!("{name}_PATTERN")));
        before.extend(quote!(static #name: Pattern = Pattern::new(#pattern);));
        rule.extend(quote!(.pattern(&#name)));
    }
    rule
}

fn bare(ty: &Ty) -> &Ty {
    match ty {
        Ty::Nullable(inner) => bare(inner),
        ty => ty,
    }
}

fn innermost(ty: &Ty) -> &Ty {
    match bare(ty) {
        Ty::List(inner) => innermost(inner),
        ty => ty,
    }
}

fn depth(ty: &Ty) -> usize {
    match bare(ty) {
        Ty::List(inner) => 1 + depth(inner),
        _ => 0,
    }
}
