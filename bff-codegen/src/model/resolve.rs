//! Types as written become types of the tables: aliases are followed, generic records instantiated, constraints read.

use super::files::Files;
use super::scope::{self, Places};
use super::types::{Constraint, Enum, EnumId, EnumValue, Field, Meaning, Model, Record, RecordId, Scalar, Ty};
use crate::diagnostic::{Diagnostic, Sink};
use crate::settings::not_served;
use crate::source::{FileId, Sources};
use crate::syntax::ast::{self, DeclKind, TypeBody, TypeKind};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A type with what constrains it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Resolved {
    /// The type.
    pub ty: Ty,
    /// On the value and what lies in it.
    pub constraint: Option<Constraint>,
}

impl Resolved {
    /// A type without a constraint.
    pub fn plain(ty: Ty) -> Self {
        Resolved { ty, constraint: None }
    }
}

/// The state of resolution.
pub struct Resolver<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// Their trees.
    pub files: &'a Files,
    /// Where names are declared.
    pub places: &'a Places,
    /// Where mistakes go.
    pub sink: &'a mut Sink,
    /// What is filled.
    pub model: Model,
    /// Records by declaration and arguments.
    pub records: HashMap<(FileId, usize, Vec<Resolved>), RecordId>,
    /// Aliases being followed, to find circles.
    pub open: Vec<(FileId, usize)>,
    /// Aliases whose circle has been reported.
    pub circles: Vec<(FileId, usize)>,
}

/// What a type name stands for while a generic record is instantiated.
pub type Arguments<'p> = [(&'p str, Resolved)];

/// The deepest instantiation of generic records in each other.
const MAX_INSTANCE: usize = 16;

impl<'a> Resolver<'a> {
    /// The type that is written, as seen from `file`.
    pub fn ty(&mut self, file: FileId, ty: &ast::Type, arguments: &Arguments<'_>) -> Resolved {
        let mut resolved = match &ty.kind {
            TypeKind::Error => Resolved::plain(Ty::Unknown),
            TypeKind::List(inner) => {
                let written = inner;
                let inner = self.ty(file, inner, arguments);
                if self.is_lone_stream(&inner.ty, written.span, "a list") {
                    return Resolved::plain(Ty::Unknown);
                }
                Resolved {
                    ty: Ty::List(Box::new(inner.ty)),
                    constraint: Constraint::around(None, inner.constraint),
                }
            }
            TypeKind::Named {
                scope: Some(scope),
                name,
                ..
            } => {
                let what = format!("{}.{}", scope.text, name.text);
                self.sink.push(not_served(scope.span.to(name.span), &what));
                Resolved::plain(Ty::Unknown)
            }
            TypeKind::Named {
                scope: None,
                name,
                args,
            } => self.named(file, name, args, arguments),
        };
        if let Some(written) = &ty.constraint {
            let own = super::constraint::read(&resolved.ty, ty, written, self.sink);
            resolved.constraint = super::constraint::both(own, resolved.constraint, written, self.sink);
        }
        if ty.nullable && self.is_lone_stream(&resolved.ty, ty.span, "what may be null") {
            return Resolved::plain(Ty::Unknown);
        }
        if ty.nullable && !matches!(resolved.ty, Ty::Nullable(_) | Ty::Unknown) {
            resolved.ty = Ty::Nullable(Box::new(resolved.ty));
        }
        resolved
    }

    /// The type of a name with its arguments.
    pub(super) fn named(
        &mut self,
        file: FileId,
        name: &ast::Name,
        args: &[ast::Type],
        arguments: &Arguments<'_>,
    ) -> Resolved {
        if let Some((_, given)) = arguments.iter().find(|(it, _)| *it == name.text) {
            return given.clone();
        }
        if let Some(scalar) = scalar(&name.text) {
            if !args.is_empty() && scalar == Scalar::Stream {
                self.sink.push(not_served(name.span, "Stream<T>"));
                return Resolved::plain(Ty::Unknown);
            }
            if !args.is_empty() {
                self.sink.push(takes_no_arguments(name));
            }
            if matches!(scalar, Scalar::Locale) {
                self.sink.push(not_served(name.span, &name.text));
                return Resolved::plain(Ty::Unknown);
            }
            return Resolved::plain(Ty::Scalar(scalar));
        }
        if name.text == "Map" {
            return self.map(file, name, args, arguments);
        }
        let Some(place) = self
            .places
            .get(&file)
            .and_then(|places| places.get(&name.text))
            .copied()
        else {
            if !matches!(self.model.scope(file).names.get(&name.text), Some((Meaning::Broken, _))) {
                let fits = |it| {
                    matches!(
                        it,
                        Meaning::Record(_) | Meaning::TypeDef | Meaning::Enum(_) | Meaning::Union(_)
                    )
                };
                let scope = self.model.scope(file);
                let found = scope::unknown(scope, &name.text, name.span, ("type", "types"), fits, scope::TYPES);
                self.sink.push(found);
            }
            return Resolved::plain(Ty::Unknown);
        };
        self.declared(file, name, args, place, arguments)
    }

    /// `Map<K, V>`: its keys are texts that can be told apart.
    fn map(&mut self, file: FileId, name: &ast::Name, args: &[ast::Type], arguments: &Arguments<'_>) -> Resolved {
        let [key, value] = args else {
            self.sink.push(
                Diagnostic::error(
                    "E0214",
                    name.span,
                    format!("`Map` takes 2 arguments, {} given", args.len()),
                )
                .help("its form is `Map<K, V>`, e.g. `Map<String, Int>`"),
            );
            return Resolved::plain(Ty::Unknown);
        };
        let (written, value_span) = (key, value.span);
        let (key, value) = (self.ty(file, key, arguments), self.ty(file, value, arguments));
        if self.is_lone_stream(&value.ty, value_span, "a map") {
            return Resolved::plain(Ty::Unknown);
        }
        if !is_key(&key.ty) {
            let text = format!("`{}` is no key of a map", self.model.spell(&key.ty));
            self.sink.push(
                Diagnostic::error("E0315", written.span, text)
                    .help("a key is `String`, `ID`, `Int`, `Uuid`, `Date` or an enum"),
            );
            return Resolved::plain(Ty::Unknown);
        }
        Resolved {
            ty: Ty::Map(Box::new(key.ty), Box::new(value.ty)),
            constraint: Constraint::around(key.constraint, value.constraint),
        }
    }

    fn declared(
        &mut self,
        file: FileId,
        name: &ast::Name,
        args: &[ast::Type],
        (at, index): (FileId, usize),
        arguments: &Arguments<'_>,
    ) -> Resolved {
        let files = self.files;
        let Some(decl) = files.spec(at).and_then(|spec| spec.decls.get(index)) else {
            return Resolved::plain(Ty::Unknown);
        };
        match &decl.kind {
            DeclKind::Enum(_) => match self.model.scope(at).names.get(&declared_name(decl)) {
                Some((Meaning::Enum(id), _)) => Resolved::plain(Ty::Enum(*id)),
                _ => Resolved::plain(Ty::Unknown),
            },
            DeclKind::Union(_) => match self.model.scope(at).names.get(&declared_name(decl)) {
                Some((Meaning::Union(id), _)) => Resolved::plain(Ty::Union(*id)),
                _ => Resolved::plain(Ty::Unknown),
            },
            DeclKind::Type(def) => {
                if def.params.len() != args.len() {
                    self.sink.push(wrong_arguments(name, def, args.len()));
                    return Resolved::plain(Ty::Unknown);
                }
                let given: Vec<Resolved> = args.iter().map(|arg| self.ty(file, arg, arguments)).collect();
                self.type_def((at, index), def, &decl.docs, given, name)
            }
            _ => {
                let fits = |it| {
                    matches!(
                        it,
                        Meaning::Record(_) | Meaning::TypeDef | Meaning::Enum(_) | Meaning::Union(_)
                    )
                };
                let scope = self.model.scope(file);
                let found = scope::unknown(scope, &name.text, name.span, ("type", "types"), fits, scope::TYPES);
                self.sink.push(found);
                Resolved::plain(Ty::Unknown)
            }
        }
    }

    /// A declared type with its arguments put in.
    pub fn type_def(
        &mut self,
        place: (FileId, usize),
        def: &'a ast::TypeDef,
        docs: &[String],
        given: Vec<Resolved>,
        used: &ast::Name,
    ) -> Resolved {
        let arguments: Vec<(&str, Resolved)> = def
            .params
            .iter()
            .map(|it| it.text.as_str())
            .zip(given.iter().cloned())
            .collect();
        match &def.body {
            TypeBody::Alias(ty) => {
                if let Some(first) = self.open.iter().position(|it| *it == place) {
                    // One circle is one mistake, wherever it is entered.
                    if self.open[first..].iter().any(|it| self.circles.contains(it)) {
                        return Resolved::plain(Ty::Unknown);
                    }
                    self.circles.extend_from_slice(&self.open[first..]);
                    let text = format!("the type `{}` is only another name for itself", def.name.text);
                    self.sink
                        .push(Diagnostic::error("E0219", def.name.span, text).help("give it a type of its own"));
                    return Resolved::plain(Ty::Unknown);
                }
                self.open.push(place);
                let resolved = self.ty(place.0, ty, &arguments);
                self.open.pop();
                resolved
            }
            TypeBody::Record { fields, .. } => {
                let key = (place.0, place.1, given.clone());
                if let Some(id) = self.records.get(&key) {
                    return Resolved::plain(Ty::Record(*id));
                }
                if given.iter().map(|given| self.depth(&given.ty, 0)).max().unwrap_or(0) > MAX_INSTANCE {
                    let text = format!("`{}` is made of ever larger forms of itself", def.name.text);
                    self.sink
                        .push(Diagnostic::error("E0219", used.span, text).help("use a type that ends"));
                    return Resolved::plain(Ty::Unknown);
                }
                let id = RecordId(self.model.records.len() as u32);
                self.records.insert(key, id);
                let name = match given.is_empty() {
                    true => def.name.text.clone(),
                    false => {
                        let given: Vec<String> = given.iter().map(|given| self.model.spell(&given.ty)).collect();
                        format!("{}<{}>", def.name.text, given.join(", "))
                    }
                };
                let record = Record {
                    name,
                    span: def.name.span,
                    docs: docs.to_vec(),
                    fields: Vec::new(),
                };
                self.model.records.push(record);
                let mut fields = self.fields(place.0, fields, &arguments, &format!("the type `{}`", def.name.text));
                self.no_streams(&mut fields, &def.name.text);
                for field in fields.iter().filter(|field| field.default.is_some()) {
                    let span = field.default.as_ref().map_or(field.span, |it| it.span);
                    self.sink.push(not_served(span, "a default in a type"));
                }
                self.model.records[id.0 as usize].fields = fields;
                Resolved::plain(Ty::Record(id))
            }
        }
    }

    /// Fields of a type, parameters, or inputs; `owner` is whose they are, in messages.
    pub fn fields(
        &mut self,
        file: FileId,
        fields: &[ast::Field],
        arguments: &Arguments<'_>,
        owner: &str,
    ) -> Vec<Field> {
        let mut list: Vec<Field> = Vec::new();
        for field in fields {
            let resolved = self.ty(file, &field.ty, arguments);
            let wire = field.from.as_ref().map_or(&field.name.text, |from| &from.text).clone();
            self.field_notes(&field.notes);
            if let Some(first) = list.iter().find(|other| other.name == field.name.text) {
                let text = format!("`{}` stands twice in {owner}", field.name.text);
                let found = Diagnostic::error("E0211", field.name.span, text).because(first.span, "first here");
                self.sink
                    .push(found.help("rename one of them; `from \"…\"` keeps its name on the wire"));
                continue;
            }
            if let Some(first) = list.iter().find(|other| other.wire == wire) {
                let span = field.from.as_ref().map_or(field.name.span, |from| from.span);
                let text = format!("two fields of {owner} are called `{wire}` on the wire");
                self.sink.push(
                    Diagnostic::error("E0211", span, text)
                        .because(first.span, "the other one")
                        .help("each needs a name of its own"),
                );
                continue;
            }
            list.push(Field {
                name: field.name.text.clone(),
                wire,
                span: field.name.span,
                ty_span: field.ty.span,
                ty: resolved.ty,
                optional: field.optional,
                constraint: resolved.constraint,
                default: field.default.clone(),
                docs: field.docs.clone(),
                notes: field.notes.clone(),
            });
        }
        list
    }

    /// The values of an enum.
    pub fn enum_def(&mut self, def: &ast::EnumDef, docs: &[String]) -> EnumId {
        let mut values: Vec<EnumValue> = Vec::new();
        for variant in &def.variants.list {
            let wire = variant.wire.as_ref().map_or(&variant.name.text, |it| &it.text).clone();
            if let Some(first) = values.iter().find(|it| it.name == variant.name.text || it.wire == wire) {
                let text = match first.name == variant.name.text {
                    true => format!("`{}` stands twice in the enum `{}`", variant.name.text, def.name.text),
                    false => format!("two values of `{}` are `\"{wire}\"` on the wire", def.name.text),
                };
                let found = Diagnostic::error("E0211", variant.name.span, text).because(first.span, "first here");
                self.sink.push(found.help("remove or rename one of them"));
                continue;
            }
            let docs = variant.docs.clone();
            values.push(EnumValue {
                name: variant.name.text.clone(),
                wire,
                span: variant.name.span,
                docs,
            });
        }
        let (name, span) = (def.name.text.clone(), def.name.span);
        self.model.enums.push(Enum {
            name,
            span,
            docs: docs.to_vec(),
            values,
            open: def.variants.open,
        });
        EnumId(self.model.enums.len() as u32 - 1)
    }

    fn depth(&self, ty: &Ty, level: usize) -> usize {
        match ty {
            Ty::List(inner) | Ty::Nullable(inner) | Ty::Map(_, inner) => self.depth(inner, level + 1),
            Ty::Record(id) => level + self.model.records[id.0 as usize].name.matches('<').count(),
            _ => level,
        }
    }
}

impl Model {
    /// A type as it is written.
    pub fn spell(&self, ty: &Ty) -> String {
        match ty {
            Ty::Unknown => "?".to_owned(),
            Ty::Scalar(scalar) => spell_scalar(*scalar).to_owned(),
            Ty::Enum(id) => self.enums[id.0 as usize].name.clone(),
            Ty::Record(id) => self.records[id.0 as usize].name.clone(),
            Ty::Union(id) => self.unions[id.0 as usize].name.clone(),
            Ty::List(inner) => format!("[{}]", self.spell(inner)),
            Ty::Map(key, value) => format!("Map<{}, {}>", self.spell(key), self.spell(value)),
            Ty::Nullable(inner) => format!("{}?", self.spell(inner)),
        }
    }
}

impl Constraint {
    /// The constraint of a list or map, from those of its keys and elements.
    fn around(key: Option<Constraint>, each: Option<Constraint>) -> Option<Constraint> {
        (key.is_some() || each.is_some()).then(|| Constraint {
            key: key.map(Box::new),
            each: each.map(Box::new),
            ..Constraint::default()
        })
    }
}

/// Whether values of a type can be keys of a map.
fn is_key(ty: &Ty) -> bool {
    use Scalar::{Date, Id, Int, String, Uuid};
    matches!(
        ty,
        Ty::Unknown | Ty::Enum(_) | Ty::Scalar(String | Id | Int | Uuid | Date)
    )
}

/// The scalar of a name.
pub fn scalar(name: &str) -> Option<Scalar> {
    ALL.iter().copied().find(|it| spell_scalar(*it) == name)
}

const ALL: &[Scalar] = &[
    Scalar::String,
    Scalar::Int,
    Scalar::Float,
    Scalar::Decimal,
    Scalar::Boolean,
    Scalar::Id,
    Scalar::Uuid,
    Scalar::Url,
    Scalar::Date,
    Scalar::DateTime,
    Scalar::Duration,
    Scalar::Zone,
    Scalar::Locale,
    Scalar::Json,
    Scalar::Bytes,
    Scalar::Stream,
];

/// The name of a scalar.
pub fn spell_scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "String",
        Scalar::Int => "Int",
        Scalar::Float => "Float",
        Scalar::Decimal => "Decimal",
        Scalar::Boolean => "Boolean",
        Scalar::Id => "ID",
        Scalar::Uuid => "Uuid",
        Scalar::Url => "Url",
        Scalar::Date => "Date",
        Scalar::DateTime => "DateTime",
        Scalar::Duration => "Duration",
        Scalar::Zone => "Zone",
        Scalar::Locale => "Locale",
        Scalar::Json => "Json",
        Scalar::Bytes => "Bytes",
        Scalar::Stream => "Stream",
    }
}

/// A bound of a constraint as a number.
pub fn number(text: &str) -> Option<Decimal> {
    text.replace('_', "").parse().ok()
}

fn declared_name(decl: &ast::Decl) -> String {
    super::files::declared(decl).map_or_else(String::new, |name| name.text.clone())
}

fn takes_no_arguments(name: &ast::Name) -> Diagnostic {
    Diagnostic::error("E0214", name.span, format!("`{}` takes no arguments", name.text))
        .help(format!("`{}`", name.text))
}

fn wrong_arguments(name: &ast::Name, def: &ast::TypeDef, given: usize) -> Diagnostic {
    let wanted: Vec<&str> = def.params.iter().map(|it| it.text.as_str()).collect();
    let text = match wanted.len() {
        0 => format!("`{}` takes no arguments", name.text),
        count => format!(
            "`{}` takes {count} argument{}, {given} given",
            name.text,
            if count == 1 { "" } else { "s" }
        ),
    };
    let form = match wanted.is_empty() {
        true => name.text.clone(),
        false => format!("{}<{}>", name.text, wanted.join(", ")),
    };
    Diagnostic::error("E0214", name.span, text)
        .because(def.name.span, "declared here")
        .help(format!("its form is `{form}`"))
}
