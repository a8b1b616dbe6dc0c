//! What serde_json makes of a body under a plan, and a reading of our documents to compare with it.

use crate::engine::decimal;
use crate::engine::doc::Doc;
use crate::engine::plan::Kind;
use crate::engine::value::{Read, Str, unknown_tag, variant};
use crate::engine::word;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;

/// A value as both sides read it.
#[derive(Debug, PartialEq)]
pub(super) enum Tree {
    Null,
    Text(String),
    Int(i64),
    Float(u64),
    Bool(bool),
    Raw(String),
    List(Vec<Tree>),
    Rec(Vec<Tree>),
    Map(Vec<(String, Tree)>),
    Variant(usize, Box<Tree>),
}

/// Reads a body with serde_json alone.
pub(super) fn reference(body: &[u8], kind: &Kind) -> Option<Tree> {
    let text = std::str::from_utf8(body).ok()?;
    if text.is_empty() {
        return match kind {
            Kind::Null(_) => Some(Tree::Null),
            Kind::Json => Some(Tree::Raw("null".to_owned())),
            _ => None,
        };
    }
    expected(text, kind)
}

fn expected(text: &str, kind: &Kind) -> Option<Tree> {
    fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Option<T> {
        serde_json::from_str(text).ok()
    }
    let trimmed = text.trim_matches([' ', '\n', '\r', '\t']);
    match kind {
        Kind::Null(inner) if trimmed != "null" => expected(text, inner),
        Kind::Null(_) => Some(Tree::Null),
        Kind::Str => read(text).map(Tree::Text),
        // serde_json takes this one for a float.
        Kind::Int if trimmed == "-0" => Some(Tree::Int(0)),
        Kind::Int => read(text).map(Tree::Int),
        // serde_json reads the nearest float only with a feature of its own, and numbers past the range not at all.
        Kind::Float => {
            read::<f64>(text)?;
            trimmed.parse().ok().map(|value: f64| Tree::Float(value.to_bits()))
        }
        Kind::Bool => read(text).map(Tree::Bool),
        Kind::Id if trimmed.starts_with('"') => read(text).map(Tree::Text),
        Kind::Id => {
            read::<&RawValue>(text).filter(|it| it.get().bytes().all(|it| it == b'-' || it.is_ascii_digit()))?;
            Some(Tree::Text(trimmed.to_owned()))
        }
        Kind::Decimal => {
            let number = match trimmed.strip_prefix('"') {
                Some(_) => read::<&str>(text)?,
                None => read::<&RawValue>(text)?.get(),
            };
            decimal::parse(number).map(|value| Tree::Text(value.to_string()))
        }
        Kind::Enum(names) => read::<String>(text)
            .filter(|it| names.values.contains(&it.as_str()))
            .map(Tree::Text),
        Kind::Json => {
            has_text(text, 0)?;
            read::<&RawValue>(text).map(|raw| Tree::Raw(raw.get().to_owned()))
        }
        Kind::List(inner) => {
            let items: Vec<&RawValue> = read(text)?;
            items
                .into_iter()
                .map(|item| expected(item.get(), inner))
                .collect::<Option<_>>()
                .map(Tree::List)
        }
        Kind::Rec(plan) => {
            let values: HashMap<String, &RawValue> = read(text)?;
            let field = |field: &crate::engine::plan::Field| match values.get(field.name) {
                Some(value) => expected(value.get(), &field.kind),
                None => field.kind.is_nullable().then_some(Tree::Null),
            };
            plan().fields.iter().map(field).collect::<Option<_>>().map(Tree::Rec)
        }
        Kind::Union(plan) => {
            let plan = plan();
            let entries: Entries<'_> = read(text)?;
            let (_, tag) = entries.0.iter().find(|(key, _)| key == plan.on)?;
            let tag: String = read(tag.get())?;
            match plan.variants.iter().position(|(name, _)| *name == tag) {
                Some(index) => {
                    let record = expected(text, &plan.variants[index].1)?;
                    Some(Tree::Variant(index, Box::new(record)))
                }
                None => plan
                    .open
                    .then(|| Tree::Variant(plan.variants.len(), Box::new(Tree::Text(tag)))),
            }
        }
        Kind::Map(kind, inner) => {
            let entries: Entries<'_> = read(text)?;
            let mut map: Vec<(String, Tree)> = Vec::new();
            for (key, value) in entries.0 {
                let fits = match kind {
                    Kind::Int => key.parse::<i64>().is_ok_and(|number| number.to_string() == key),
                    Kind::Enum(names) => names.values.contains(&key.as_str()),
                    _ => true,
                };
                fits.then_some(())?;
                let value = expected(value.get(), inner)?;
                match map.iter_mut().find(|(other, _)| *other == key) {
                    Some((_, place)) => *place = value,
                    None => map.push((key, value)),
                }
            }
            Some(Tree::Map(map))
        }
        _ => None,
    }
}

/// Whether every string of a value has a text, and the value nests no deeper than serde_json reads.
fn has_text(text: &str, depth: usize) -> Option<()> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    match raw.get().as_bytes().first()? {
        b'"' => serde_json::from_str::<String>(text).ok().map(drop),
        b'[' if depth < 127 => {
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            items.into_iter().try_for_each(|item| has_text(item.get(), depth + 1))
        }
        b'{' if depth < 127 => {
            let entries: Entries<'_> = serde_json::from_str(text).ok()?;
            entries
                .0
                .into_iter()
                .try_for_each(|(_, item)| has_text(item.get(), depth + 1))
        }
        b'[' | b'{' => None,
        _ => Some(()),
    }
}

/// The entries of an object in their order, repeated keys included.
struct Entries<'t>(Vec<(String, &'t RawValue)>);

impl<'de: 't, 't> Deserialize<'de> for Entries<'t> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

/// Reads a whole document.
pub(super) fn tree(doc: &Doc, kind: &Kind) -> Tree {
    read(doc, kind, doc.root())
}

fn read(doc: &Doc, kind: &Kind, word: u64) -> Tree {
    if word::is_null(word) && kind.is_nullable() {
        return Tree::Null;
    }
    let slot = |kind: &Kind, at: usize| match kind {
        Kind::Rec(_) => word::at(at, 1),
        _ => doc.word(at),
    };
    match kind {
        Kind::Null(inner) => read(doc, inner, word),
        Kind::Int => Tree::Int(i64::read(doc, word)),
        Kind::Float => Tree::Float(f64::read(doc, word).to_bits()),
        Kind::Bool => Tree::Bool(bool::read(doc, word)),
        Kind::Decimal => Tree::Text(rust_decimal::Decimal::read(doc, word).to_string()),
        Kind::Json => Tree::Raw(doc.piece(word).to_owned()),
        Kind::List(inner) => {
            let place = |index| word::index(word) + index * inner.stride();
            Tree::List(
                (0..word::count(word))
                    .map(|index| read(doc, inner, slot(inner, place(index))))
                    .collect(),
            )
        }
        Kind::Map(_, inner) => {
            let place = |index| word::index(word) + index * (1 + inner.stride());
            let entry = |index| {
                let key = Str::of(doc, doc.word(place(index))).to_text();
                (key, read(doc, inner, slot(inner, place(index) + 1)))
            };
            Tree::Map((0..word::count(word)).map(entry).collect())
        }
        Kind::Rec(plan) => {
            let fields = plan().fields.iter().enumerate();
            Tree::Rec(
                fields
                    .map(|(at, field)| read(doc, &field.kind, doc.word(word::index(word) + at)))
                    .collect(),
            )
        }
        Kind::Union(plan) => {
            let index = variant(word);
            let record = match plan().variants.get(index) {
                Some((_, kind)) => read(doc, kind, word),
                None => Tree::Text(unknown_tag(doc, word).to_text()),
            };
            Tree::Variant(index, Box::new(record))
        }
        _ => Tree::Text(Str::of(doc, word).to_text()),
    }
}
