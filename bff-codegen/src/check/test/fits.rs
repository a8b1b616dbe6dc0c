//! Whether a constant of a test is a value of a declared type as it is on the wire (E0701, E0708).

use super::super::Checker;
use super::super::constant::{broken, canonical};
use super::super::demand::Node;
use super::super::types::declared_name;
use super::super::value::Value;
use super::json::{Json, JsonKind, Member};
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::ExprKind;
use crate::model::types::{Constraint, EnumId, Field, RecordId, Scalar, Ty, UnionId};
use crate::source::Span;

/// Which fields of a record have to be there.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// All that may not be absent: of a body.
    All,
    /// Those that are read of these records: of an answer.
    Read(Vec<Node>),
}

/// What is said about a value that does not fit: the code and what the value is.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    pub code: &'static str,
    pub what: &'a str,
}

impl Checker<'_> {
    /// Reports what in `json` is no value of `ty`.
    pub(super) fn test_fits(&mut self, json: &Json, ty: &Ty, wanted: &Wanted, about: About<'_>) {
        match (&json.kind, ty) {
            (JsonKind::Unknown, _) | (_, Ty::Unknown) | (JsonKind::Null, Ty::Nullable(_)) => {}
            (_, Ty::Nullable(inner)) => self.test_fits(json, inner, wanted, about),
            (JsonKind::List(items, _), Ty::List(inner)) => {
                items.iter().for_each(|item| self.test_fits(item, inner, wanted, about));
            }
            (JsonKind::Object(members, _), Ty::Map(_, inner)) => {
                members
                    .iter()
                    .for_each(|it| self.test_fits(&it.value, inner, wanted, about));
            }
            (JsonKind::Object(members, _), Ty::Record(id)) => self.test_record(json, members, *id, wanted, about),
            (JsonKind::Object(members, _), Ty::Union(id)) => self.test_union(json, members, *id, wanted, about),
            (_, Ty::Scalar(scalar)) if is_scalar(&json.kind, *scalar) => {}
            (JsonKind::Text(text), Ty::Enum(id)) => self.test_enum(json, text, *id, about),
            _ => {
                let text = format!("{} does not fit: this is {}", about.what, json.noun());
                let text = format!("{text}, `{}` is wanted", declared_name(self.model, ty));
                let mut found = Diagnostic::error(about.code, json.span, text);
                if let Some(help) = written_as(&json.kind, ty) {
                    found = found.help(help);
                }
                self.sink.push(found);
            }
        }
    }

    fn test_enum(&mut self, json: &Json, text: &str, id: EnumId, about: About<'_>) {
        let declared = &self.model.enums[id.0 as usize];
        if declared.open || declared.values.iter().any(|it| it.wire == text) {
            return;
        }
        let message = format!(
            "{} does not fit: `{}` has no value `\"{text}\"`",
            about.what, declared.name
        );
        let found = Diagnostic::error(about.code, json.span, message)
            .because(declared.span, format!("`{}` is declared here", declared.name));
        let named = declared.values.iter().find(|it| it.name == text);
        let wires: Vec<&str> = declared.values.iter().map(|it| it.wire.as_str()).collect();
        let near = named.map(|it| it.wire.as_str());
        let near = near.or_else(|| suggest::closest(text, wires.iter().copied()));
        self.sink.push(match near {
            Some(near) => found
                .help(format!("on the wire it is `\"{near}\"`"))
                .fix(json.span, format!("{near:?}")),
            None => found.help(format!("values on the wire: {}", suggest::list(wires))),
        });
    }

    /// An object of a union: its discriminator says which record it has to be.
    fn test_union(&mut self, json: &Json, members: &[Member], id: UnionId, wanted: &Wanted, about: About<'_>) {
        let declared = &self.model.unions[id.0 as usize];
        let (what, on) = (about.what, &declared.on);
        let because = |found: Diagnostic| found.because(declared.span, format!("`{}` is declared here", declared.name));
        let tags: Vec<&str> = declared.variants.iter().map(|it| it.wire.as_str()).collect();
        let Some(tag) = members.iter().find(|it| it.key == *on) else {
            let text = format!(
                "{what} does not fit `{}`: nothing says which of its variants it is",
                declared.name
            );
            let found = because(Diagnostic::error(about.code, json.span, text));
            let tag = tags.first().copied().unwrap_or_default();
            self.sink.push(found.help(format!("add `{}: {tag:?}`", key(on))));
            return;
        };
        let JsonKind::Text(text) = &tag.value.kind else {
            let text = format!("{what} does not fit: `{on}` is the text that says which variant it is");
            let found = because(Diagnostic::error(about.code, tag.value.span, text));
            self.sink.push(found.help(format!("one of {}", suggest::list(tags))));
            return;
        };
        match declared.variants.iter().position(|it| it.wire == *text) {
            Some(index) => {
                let record = declared.variants[index].record;
                let is_field = self.model.records[record.0 as usize]
                    .fields
                    .iter()
                    .any(|it| it.wire == *on);
                let rest: Vec<Member> = members.iter().filter(|it| is_field || it.key != *on).cloned().collect();
                let below = match wanted {
                    Wanted::All => Wanted::All,
                    Wanted::Read(nodes) => {
                        let children = nodes.iter().filter_map(|node| self.demand.child(*node, index as u32));
                        Wanted::Read(children.collect())
                    }
                };
                self.test_record(json, &rest, record, &below, about);
            }
            None if declared.open => {}
            None => {
                let message = format!("{what} does not fit: no variant of `{}` is `{text:?}`", declared.name);
                let found = because(Diagnostic::error(about.code, tag.value.span, message));
                self.sink.push(match suggest::closest(text, tags.iter().copied()) {
                    Some(near) => found
                        .help(format!("did you mean `{near:?}`?"))
                        .fix(tag.value.span, format!("{near:?}")),
                    None => found.help(format!("its tags: {}", suggest::list(tags))),
                });
            }
        }
    }

    fn test_record(&mut self, json: &Json, members: &[Member], id: RecordId, wanted: &Wanted, about: About<'_>) {
        let declared = &self.model.records[id.0 as usize];
        let mut unknown = Vec::new();
        for member in members {
            let Some((index, field)) = declared.fields.iter().enumerate().find(|(_, it)| it.wire == member.key) else {
                unknown.push(member);
                continue;
            };
            if matches!(member.value.kind, JsonKind::Null) && field.may_be_null() {
                continue;
            }
            let below = match wanted {
                Wanted::All => Wanted::All,
                Wanted::Read(nodes) => {
                    let children = nodes.iter().filter_map(|node| self.demand.child(*node, index as u32));
                    Wanted::Read(children.collect())
                }
            };
            self.test_fits(&member.value, &field.ty, &below, about);
            self.test_constraint(&member.value, field, about);
        }
        let absent = |field: &&(u32, &Field, Option<Span>)| !members.iter().any(|it| it.key == field.1.wire);
        let missing: Vec<_> = self.wanted_fields(id, wanted);
        let missing: Vec<_> = missing.iter().filter(absent).collect();
        if !unknown.is_empty() || !missing.is_empty() {
            let found = self.misfit(json, &unknown, &missing, id, about);
            self.sink.push(found);
        }
    }

    fn misfit(
        &self,
        json: &Json,
        unknown: &[&Member],
        missing: &[&(u32, &Field, Option<Span>)],
        id: RecordId,
        about: About<'_>,
    ) -> Diagnostic {
        let declared = &self.model.records[id.0 as usize];
        let names = |names: Vec<&str>| suggest::list(names);
        let mut parts = Vec::new();
        if !unknown.is_empty() {
            parts.push(format!(
                "unknown {}",
                names(unknown.iter().map(|it| it.key.as_str()).collect())
            ));
        }
        if !missing.is_empty() {
            parts.push(format!(
                "missing {}",
                names(missing.iter().map(|it| it.1.wire.as_str()).collect())
            ));
        }
        let text = format!("{} does not fit `{}`: {}", about.what, declared.name, parts.join(", "));
        let place = unknown.first().map_or(json.span, |it| it.span);
        let mut found = Diagnostic::error(about.code, place, text)
            .because(declared.span, format!("{} is checked against this", about.what));
        if let Some((_, field, Some(reader))) = missing.first() {
            found = found.because(*reader, format!("`{}` is read here", field.name));
        }
        let options = declared.fields.iter().map(|it| it.wire.as_str());
        let near = unknown.first().and_then(|it| suggest::closest(&it.key, options));
        let renamed = unknown
            .first()
            .and_then(|it| declared.field(&it.key))
            .map(|it| &it.1.wire);
        match (near, renamed) {
            (_, Some(wire)) => found.help(format!("on the wire it is `{wire}`")).fix(place, key(wire)),
            (Some(near), None) => found.help(format!("did you mean `{near}`?")).fix(place, key(near)),
            (None, None) if !missing.is_empty() => {
                let pasted = missing
                    .iter()
                    .map(|it| format!("{}: {}", key(&it.1.wire), self.example(&it.1.ty, &[])));
                found.help(format!("add `{}`", pasted.collect::<Vec<_>>().join(", ")))
            }
            (None, None) => {
                let names: Vec<&str> = declared.fields.iter().map(|it| it.wire.as_str()).collect();
                found.help(format!("fields here: {}", suggest::list(names)))
            }
        }
    }

    /// The fields that have to be there, and where each is read.
    fn wanted_fields(&self, id: RecordId, wanted: &Wanted) -> Vec<(u32, &Field, Option<Span>)> {
        let declared = &self.model.records[id.0 as usize];
        let fields = (0..).zip(&declared.fields);
        let fields = fields.filter(|(_, field)| !field.may_be_null() && field.default.is_none());
        let read = |(index, field)| match wanted {
            Wanted::All => Some((index, field, None)),
            Wanted::Read(nodes) => {
                let mut readers = nodes.iter().filter_map(|node| self.demand.reader(*node, index));
                let first = readers.next()?;
                Some((index, field, first.or_else(|| readers.flatten().next())))
            }
        };
        fields.filter_map(read).collect()
    }

    fn test_constraint(&mut self, json: &Json, field: &Field, about: About<'_>) {
        self.test_keeps(json, field.constraint.as_ref(), field, about);
    }

    fn test_keeps(&mut self, json: &Json, constraint: Option<&Constraint>, field: &Field, about: About<'_>) {
        let Some(constraint) = constraint else { return };
        match (&json.kind, constraint.each.as_deref()) {
            (JsonKind::List(items, _), each @ Some(_)) => {
                items.iter().for_each(|item| self.test_keeps(item, each, field, about));
            }
            (JsonKind::Object(members, _), each @ Some(_)) => {
                members
                    .iter()
                    .for_each(|it| self.test_keeps(&it.value, each, field, about));
            }
            _ => {}
        }
        let Some(problem) = breaks(json, constraint) else {
            return;
        };
        let text = format!("{} does not keep to the constraint of `{}`", about.what, field.name);
        let found = Diagnostic::error(about.code, json.span, text).at(problem);
        self.sink
            .push(found.because(field.ty_span, "the constraint is declared here"));
    }

    /// A value of a type that could stand in a mock, with what is read of records.
    pub(super) fn example(&self, ty: &Ty, nodes: &[Node]) -> String {
        match ty {
            Ty::Nullable(inner) => self.example(inner, nodes),
            Ty::List(inner) => format!("[{}]", self.example(inner, nodes)),
            Ty::Map(_, inner) => format!("{{ key: {} }}", self.example(inner, nodes)),
            Ty::Enum(id) => self.model.enums[id.0 as usize]
                .values
                .first()
                .map_or_else(|| "\"…\"".to_owned(), |it| format!("{:?}", it.wire)),
            Ty::Scalar(scalar) => example_scalar(*scalar).to_owned(),
            Ty::Record(id) if nodes.len() < 16 => {
                let fields = self.wanted_fields(*id, &Wanted::Read(nodes.to_vec()));
                let fields = fields.iter().map(|(index, field, _)| {
                    let children = nodes.iter().filter_map(|node| self.demand.child(*node, *index));
                    let children: Vec<Node> = children.collect();
                    format!("{}: {}", key(&field.wire), self.example(&field.ty, &children))
                });
                match fields.collect::<Vec<_>>() {
                    fields if fields.is_empty() => "{ }".to_owned(),
                    fields => format!("{{ {} }}", fields.join(", ")),
                }
            }
            Ty::Union(id) => {
                let declared = &self.model.unions[id.0 as usize];
                let tag = declared.variants.first().map_or("…", |it| it.wire.as_str());
                format!("{{ {}: {tag:?}, … }}", key(&declared.on))
            }
            Ty::Record(_) | Ty::Unknown => "{ }".to_owned(),
        }
    }
}

/// A key as it is written: in quotes unless it is a name.
fn key(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { name.to_owned() } else { format!("{name:?}") }
}

fn example_scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Int => "1",
        Scalar::Float => "1.5",
        Scalar::Boolean => "true",
        Scalar::Decimal => "\"9.90\"",
        Scalar::Url => "\"https://example.com/\"",
        Scalar::Uuid => "\"00000000-0000-4000-8000-000000000000\"",
        Scalar::Date => "\"2024-01-31\"",
        Scalar::DateTime => "\"2024-01-31T09:00:00Z\"",
        Scalar::Duration => "\"PT1S\"",
        Scalar::Zone => "\"Europe/Berlin\"",
        Scalar::Locale => "\"en\"",
        Scalar::Json => "{ }",
        Scalar::String | Scalar::Id | Scalar::Bytes | Scalar::Stream => "\"…\"",
    }
}

/// Whether a constant is a value of a scalar on the wire.
fn is_scalar(json: &JsonKind, scalar: Scalar) -> bool {
    let is_whole = |text: &str| text.parse::<i64>().is_ok();
    match (json, scalar) {
        (_, Scalar::Json) => true,
        (JsonKind::Bool(_), Scalar::Boolean) => true,
        (JsonKind::Number(text), Scalar::Int | Scalar::Id) => is_whole(text),
        (JsonKind::Number(_), Scalar::Float | Scalar::Decimal) => true,
        (JsonKind::Text(text), Scalar::Decimal) => text.parse::<rust_decimal::Decimal>().is_ok(),
        (JsonKind::Text(text), Scalar::Date) => text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10,
        (JsonKind::Text(text), Scalar::DateTime) => text.parse::<jiff::Timestamp>().is_ok(),
        (JsonKind::Text(text), Scalar::Duration) => text.starts_with(['P', '-', '+']),
        (JsonKind::Text(_), Scalar::Bytes | Scalar::Stream) => true,
        (JsonKind::Text(text), scalar) => canonical(text, scalar).is_some(),
        _ => false,
    }
}

/// How a value of another kind is written on the wire.
fn written_as(json: &JsonKind, ty: &Ty) -> Option<String> {
    Some(match (json, ty) {
        (JsonKind::Text(text), Ty::Scalar(Scalar::Int)) if text.parse::<i64>().is_ok() => format!("write `{text}`"),
        (JsonKind::Text(text), Ty::Scalar(Scalar::Float)) if text.parse::<f64>().is_ok() => format!("write `{text}`"),
        (JsonKind::Number(text), Ty::Scalar(Scalar::String)) => format!("write `\"{text}\"`"),
        (JsonKind::Text(_), Ty::Scalar(scalar)) => format!("on the wire it looks like `{}`", example_scalar(*scalar)),
        _ => return None,
    })
}

/// What a constant breaks of a constraint.
fn breaks(json: &Json, constraint: &Constraint) -> Option<String> {
    use super::super::types::T;
    let kind = match &json.kind {
        JsonKind::Text(text) => ExprKind::Text(text.clone()),
        JsonKind::Number(text) => match text.parse() {
            Ok(number) => ExprKind::Int(number),
            Err(_) => ExprKind::Decimal(text.clone()),
        },
        JsonKind::List(items, _) => {
            let item = |it: &Json| Value::new(T::Null, it.span, ExprKind::Null).expr;
            ExprKind::List(items.iter().map(item).collect())
        }
        _ => return None,
    };
    broken(&Value::new(T::Null, json.span, kind).expr, constraint)
}
