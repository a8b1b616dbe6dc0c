//! Tagged unions: records that a field of theirs tells apart.

use super::resolve::Resolver;
use super::types::{Meaning, RecordId, Ty, UnionId};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, DeclKind};

/// A tagged union: one of several records, told apart by a field.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The wire name of the field that tells them apart.
    pub on: String,
    /// Its variants in text order.
    pub variants: Vec<Variant>,
    /// Ends with `...`.
    pub open: bool,
}

impl Union {
    /// The variant called `name`.
    pub fn variant(&self, name: &str) -> Option<(usize, &Variant)> {
        self.variants
            .iter()
            .enumerate()
            .find(|(_, variant)| variant.name == name)
    }
}

/// A variant of a tagged union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The name of its type.
    pub name: String,
    /// What the discriminator says.
    pub wire: String,
    /// Where it stands.
    pub span: Span,
    /// Its record.
    pub record: RecordId,
}

impl<'a> Resolver<'a> {
    /// Names all unions before anything refers to them; what they may be is read with the other declarations.
    pub(super) fn unions(&mut self) {
        let files = self.files;
        for (file, spec) in &files.specs {
            for decl in &spec.decls {
                let DeclKind::Union(def) = &decl.kind else { continue };
                let id = UnionId(self.model.unions.len() as u32);
                self.model.unions.push(Union {
                    name: def.name.text.clone(),
                    span: def.name.span,
                    docs: decl.docs.clone(),
                    on: def.on.text.clone(),
                    variants: Vec::new(),
                    open: def.variants.open,
                });
                self.mean(*file, &def.name, Meaning::Union(id));
            }
        }
    }

    /// The variants of a union: each a record of its own under a tag of its own.
    pub(super) fn variants(&mut self, file: FileId, def: &ast::UnionDef) {
        let mut list: Vec<Variant> = Vec::new();
        for written in &def.variants.list {
            let (name, span) = (&written.name.text, written.name.span);
            let wire = written.wire.as_ref().map_or(name, |it| &it.text);
            let record = match self.named(file, &written.name, &[], &[]).ty {
                Ty::Record(id) => id,
                Ty::Unknown => continue,
                other => {
                    let text = format!(
                        "`{}` is no record, and a union is one of several records",
                        self.model.spell(&other)
                    );
                    let error =
                        Diagnostic::error("E0316", span, text).because(def.name.span, "a variant of this union");
                    self.sink
                        .push(error.help(format!("put it into one: `type {name}Value {{ value: {name} }}`")));
                    continue;
                }
            };
            if let Some(first) = list.iter().find(|it| it.name == *name || it.wire == *wire) {
                let text = match first.name == *name {
                    true => format!("`{name}` stands twice in the union `{}`", def.name.text),
                    false => format!("two variants of `{}` are `\"{wire}\"` on the wire", def.name.text),
                };
                let found = Diagnostic::error("E0211", span, text).because(first.span, "first here");
                self.sink
                    .push(found.help("remove one of them, or give each a tag of its own"));
                continue;
            }
            list.push(Variant {
                name: name.clone(),
                wire: wire.clone(),
                span,
                record,
            });
        }
        if let Some((Meaning::Union(id), _)) = self.model.scope(file).names.get(&def.name.text) {
            let id = *id;
            self.model.unions[id.0 as usize].variants = list;
        }
    }

    /// Fields that would be written where the discriminator of a union is: once all types are read.
    pub(super) fn hidden_discriminators(&mut self) {
        for union in &self.model.unions {
            for variant in &union.variants {
                let RecordId(record) = variant.record;
                let record = &self.model.records[record as usize];
                let Some((_, field)) = record.field(&union.on).filter(|(_, field)| field.wire != union.on) else {
                    continue;
                };
                let text = format!(
                    "`{}` of `{}` hides what tells `{}` apart",
                    field.name, record.name, union.name
                );
                let error = Diagnostic::error("E0316", field.span, text)
                    .because(union.span, format!("its records are told apart by `{}`", union.on));
                self.sink
                    .push(error.help("give the field another name; `from \"…\"` keeps its name on the wire"));
            }
        }
    }
}
