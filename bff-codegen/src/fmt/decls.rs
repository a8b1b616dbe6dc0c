//! Files, declarations, fields and types.

use super::align::Kind;
use super::cursor::{Cursor, Entries, Style};
use super::doc::{Doc, concat};
use super::exprs::{BLANK, BRACES, block, expr, notes, path, range, setting, shape};
use super::routes::{equals, route, test};
use crate::syntax::ast::{
    Binding, BindingKind, Constraint, Decl, DeclKind, ExternFn, Field, Filter, Import, ImportName, Name, Op, Spec,
    Text, Type, TypeBody, TypeDef, TypeKind, Upstream, UpstreamItem, Variants,
};

/// A whole file.
pub(super) fn spec<'a>(c: &mut Cursor<'a>, it: &Spec) -> Doc<'a> {
    let imports = it.imports.len();
    c.file(imports + it.decls.len(), |c, at| match it.imports.get(at) {
        Some(import) => self::import(c, import),
        None => decl(c, &it.decls[at - imports]),
    })
}

fn import<'a>(c: &mut Cursor<'a>, it: &Import) -> Doc<'a> {
    let word = c.word("import");
    let entries = Entries::of(it.names.len());
    let names = c.brackets(BRACES, Style::Braces, entries, |c, at| import_name(c, &it.names[at]));
    concat([word, BLANK, names, BLANK, c.word("from"), BLANK, c.token(it.from.span)])
}

fn import_name<'a>(c: &mut Cursor<'a>, it: &ImportName) -> Doc<'a> {
    let name = c.token(it.name.span);
    match &it.alias {
        Some(alias) => concat([name, BLANK, c.word("as"), BLANK, c.token(alias.span)]),
        None => name,
    }
}

fn decl<'a>(c: &mut Cursor<'a>, it: &Decl) -> Doc<'a> {
    match &it.kind {
        DeclKind::Client(it) => concat([named(c, "client", &it.name), BLANK, block(c, &it.block)]),
        DeclKind::Policy(it) => concat([named(c, "policy", &it.name), BLANK, block(c, &it.block)]),
        DeclKind::Binding(it) => binding(c, it),
        DeclKind::Upstream(it) => upstream(c, it),
        DeclKind::Type(it) => type_def(c, it),
        DeclKind::Enum(it) => concat([named(c, "enum", &it.name), BLANK, variants(c, &it.variants)]),
        DeclKind::Union(it) => {
            let head = [
                named(c, "union", &it.name),
                BLANK,
                c.word("on"),
                BLANK,
                c.token(it.on.span),
                BLANK,
            ];
            concat([concat(head), variants(c, &it.variants)])
        }
        DeclKind::Fragment(it) => {
            let head = [
                named(c, "fragment", &it.name),
                BLANK,
                c.word("on"),
                BLANK,
                ty(c, &it.on),
                BLANK,
            ];
            concat([concat(head), shape(c, &it.shape)])
        }
        DeclKind::ExternFn(it) => extern_fn(c, it),
        DeclKind::Filter(it) => filter(c, it),
        DeclKind::Route(it) => route(c, it),
        DeclKind::Test(it) => test(c, it),
    }
}

fn named<'a>(c: &mut Cursor<'a>, word: &'static str, name: &Name) -> Doc<'a> {
    concat([c.word(word), BLANK, c.token(name.span)])
}

fn binding<'a>(c: &mut Cursor<'a>, it: &Binding) -> Doc<'a> {
    let word = match it.kind {
        BindingKind::Auth => "auth",
        BindingKind::Limit => "limit",
        BindingKind::Plan => "plan",
    };
    let head = [c.word(word), BLANK, Doc::Tab(Kind::Name), c.token(it.name.span), BLANK];
    concat([concat(head), equals(c), expr(c, &it.value)])
}

fn upstream<'a>(c: &mut Cursor<'a>, it: &Upstream) -> Doc<'a> {
    let mut docs = vec![named(c, "upstream", &it.name), BLANK];
    if let Some(from) = &it.from {
        docs.extend([
            c.word("from"),
            BLANK,
            c.token(from.kind.span),
            BLANK,
            c.token(from.file.span),
            BLANK,
        ]);
    }
    docs.push(c.brackets(
        BRACES,
        Style::Braces,
        Entries::of(it.items.len()),
        |c, at| match &it.items[at] {
            UpstreamItem::Op(it) => op(c, it),
            UpstreamItem::Setting(it) => setting(c, it),
        },
    ));
    concat(docs)
}

fn op<'a>(c: &mut Cursor<'a>, it: &Op) -> Doc<'a> {
    let mut docs = vec![named(c, "op", &it.name)];
    if let Some(list) = &it.params {
        docs.push(params(c, list));
    }
    if let Some(result) = &it.result {
        docs.extend([c.word(":"), BLANK, ty(c, result)]);
    }
    if let Some(request) = &it.request {
        docs.extend([
            BLANK,
            c.word("="),
            BLANK,
            c.token(request.method.span),
            BLANK,
            path(c, &request.path),
        ]);
    }
    if let Some(settings) = &it.block {
        docs.extend([BLANK, block(c, settings)]);
    }
    concat(docs)
}

fn params<'a>(c: &mut Cursor<'a>, list: &[Field]) -> Doc<'a> {
    c.brackets(["(", ")"], Style::List, Entries::of(list.len()), |c, at| {
        field(c, &list[at])
    })
}

fn type_def<'a>(c: &mut Cursor<'a>, it: &TypeDef) -> Doc<'a> {
    let mut docs = vec![c.word("type"), BLANK];
    if matches!(it.body, TypeBody::Alias(_)) {
        docs.push(Doc::Tab(Kind::Name));
    }
    docs.push(c.token(it.name.span));
    if !it.params.is_empty() {
        docs.push(c.word("<"));
        for (number, name) in it.params.iter().enumerate() {
            docs.extend((number > 0).then_some(Doc::Text(", ")));
            docs.push(c.token(name.span));
        }
        docs.push(c.word(">"));
    }
    docs.push(BLANK);
    match &it.body {
        TypeBody::Alias(alias) => docs.extend([equals(c), ty(c, alias)]),
        TypeBody::Record { fields, .. } => {
            docs.push(c.brackets(BRACES, Style::Braces, Entries::of(fields.len()), |c, at| {
                field(c, &fields[at])
            }));
        }
    }
    concat(docs)
}

fn variants<'a>(c: &mut Cursor<'a>, it: &Variants) -> Doc<'a> {
    let entries = Entries::of(it.list.len() + usize::from(it.open));
    c.brackets(BRACES, Style::Braces, entries, |c, at| match it.list.get(at) {
        Some(variant) => {
            let name = c.token(variant.name.span);
            match &variant.wire {
                Some(wire) => concat([name, BLANK, assign(c), c.token(wire.span)]),
                None => name,
            }
        }
        None => c.word("..."),
    })
}

/// `= ` of a field or an enum value.
fn assign<'a>(c: &mut Cursor<'a>) -> Doc<'a> {
    concat([Doc::Tab(Kind::Equals), c.word("="), BLANK])
}

fn extern_fn<'a>(c: &mut Cursor<'a>, it: &ExternFn) -> Doc<'a> {
    let head = [
        c.word("extern"),
        BLANK,
        c.word("fn"),
        BLANK,
        c.token(it.name.span),
        params(c, &it.params),
    ];
    let tail = [
        c.word(":"),
        BLANK,
        ty(c, &it.result),
        BLANK,
        c.word("="),
        BLANK,
        c.token(it.path.span),
    ];
    concat([concat(head), concat(tail)])
}

fn filter<'a>(c: &mut Cursor<'a>, it: &Filter) -> Doc<'a> {
    let head = [
        c.word("extern"),
        BLANK,
        c.word("filter"),
        BLANK,
        c.token(it.name.span),
        BLANK,
    ];
    let phase = [
        Doc::Tab(Kind::Phase),
        c.word("on"),
        BLANK,
        c.token(it.phase.span),
        BLANK,
        equals(c),
    ];
    let wasm = if it.wasm {
        concat([c.word("wasm"), BLANK])
    } else {
        concat([])
    };
    concat([concat(head), concat(phase), wasm, c.token(it.path.span)])
}

/// A field of a record, an input or a parameter.
pub(super) fn field<'a>(c: &mut Cursor<'a>, it: &Field) -> Doc<'a> {
    let mut docs = vec![c.token(it.name.span)];
    if it.optional {
        docs.push(c.word("?"));
    }
    docs.extend([c.word(":"), BLANK, Doc::Tab(Kind::Value), ty(c, &it.ty)]);
    if let Some(default) = &it.default {
        docs.extend([BLANK, assign(c), expr(c, default)]);
    }
    docs.push(tail(c, it.from.as_ref(), &it.notes));
    concat(docs)
}

fn tail<'a>(c: &mut Cursor<'a>, from: Option<&Text>, list: &[crate::syntax::ast::Note]) -> Doc<'a> {
    let mut docs = Vec::new();
    if from.is_some() || !list.is_empty() {
        docs.extend([BLANK, Doc::Tab(Kind::Tail)]);
    }
    if let Some(from) = from {
        docs.extend([c.word("from"), BLANK, c.token(from.span)]);
        docs.extend((!list.is_empty()).then_some(BLANK));
    }
    docs.push(notes(c, list));
    concat(docs)
}

/// A type as written.
pub(super) fn ty<'a>(c: &mut Cursor<'a>, it: &Type) -> Doc<'a> {
    let mut docs = Vec::new();
    match &it.kind {
        TypeKind::Error => c.lost = true,
        TypeKind::List(inner) => docs.extend([c.word("["), ty(c, inner), c.word("]")]),
        TypeKind::Named { scope, name, args } => {
            if let Some(scope) = scope {
                docs.extend([c.token(scope.span), c.word(".")]);
            }
            docs.push(c.token(name.span));
            if !args.is_empty() {
                docs.push(c.word("<"));
                for (number, arg) in args.iter().enumerate() {
                    docs.extend((number > 0).then_some(Doc::Text(", ")));
                    docs.push(ty(c, arg));
                }
                docs.push(c.word(">"));
            }
        }
    }
    if let Some(it) = &it.constraint {
        docs.push(constraint(c, it));
    }
    if it.nullable {
        docs.push(c.word("?"));
    }
    concat(docs)
}

fn constraint<'a>(c: &mut Cursor<'a>, it: &Constraint) -> Doc<'a> {
    let mut docs = vec![c.word("(")];
    docs.extend(it.range.as_ref().map(|it| range(c, it)));
    if let Some(pattern) = &it.pattern {
        docs.extend(it.range.is_some().then_some(Doc::Text(", ")));
        docs.push(c.token(pattern.span));
    }
    docs.push(c.word(")"));
    concat(docs)
}
