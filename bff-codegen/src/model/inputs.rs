//! What a route declares to take: `query`, `header`, `cookie` and `path` blocks as records, and the body.

use super::resolve::Resolver;
use super::types::{Field, Record, RecordId, Ty};
use super::upstream::{is_query, is_scalar};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, InputKind, ItemKind};
use std::collections::HashMap;

impl<'a> Resolver<'a> {
    /// The declared input blocks, as records.
    pub(super) fn inputs(&mut self, file: FileId, route: &ast::Route) -> HashMap<InputKind, (RecordId, Span)> {
        let mut all: HashMap<InputKind, (RecordId, Span)> = HashMap::new();
        for item in &route.items {
            let ItemKind::Inputs(inputs) = &item.kind else { continue };
            let word = word(inputs.kind);
            if let Some((_, first)) = all.get(&inputs.kind) {
                let found = Diagnostic::error("E0206", item.span, format!("this route has two `{word}` blocks"));
                self.sink
                    .push(found.because(*first, "the first").help("put the fields into one"));
                continue;
            }
            let mut fields = self.fields(file, &inputs.fields, &[], &format!("`{word}`"));
            for (field, written) in fields.iter_mut().zip(inputs.fields.iter()) {
                if inputs.kind == InputKind::Header && written.from.is_none() {
                    field.wire = field.name.replace('_', "-");
                }
                if inputs.kind == InputKind::Header {
                    field.wire = field.wire.to_ascii_lowercase();
                }
            }
            fields.iter().for_each(|field| self.check_input(field, inputs.kind));
            let id = self.record(
                &format!("{}{}", word[..1].to_uppercase(), &word[1..]),
                item.span,
                fields,
            );
            all.insert(inputs.kind, (id, item.span));
        }
        all
    }

    pub(super) fn record(&mut self, name: &str, span: Span, fields: Vec<Field>) -> RecordId {
        self.model.records.push(Record {
            name: name.to_owned(),
            span,
            docs: Vec::new(),
            fields,
        });
        RecordId(self.model.records.len() as u32 - 1)
    }

    pub(super) fn check_input(&mut self, field: &Field, kind: InputKind) {
        let word = word(kind);
        let fits = match kind {
            InputKind::Query | InputKind::Header => is_query(&field.ty),
            InputKind::Cookie => match &field.ty {
                Ty::Nullable(inner) => is_scalar(inner),
                other => is_scalar(other),
            },
            InputKind::Path => is_scalar(&field.ty),
        };
        if !fits {
            let spelt = self.model.spell(&field.ty);
            let found = Diagnostic::error("E0217", field.ty_span, format!("a `{word}` input cannot be `{spelt}`"));
            let help = match kind {
                InputKind::Query | InputKind::Header => {
                    "use a scalar, an enum or a list of them; records come in `body:`"
                }
                InputKind::Cookie => "use a scalar or an enum",
                InputKind::Path => "a path parameter is a scalar or an enum that is always there",
            };
            self.sink.push(found.help(help));
        }
        if kind == InputKind::Path && (field.optional || field.default.is_some()) && fits {
            let found = Diagnostic::error(
                "E0217",
                field.span,
                format!("the path parameter `{}` is always there", field.name),
            );
            self.sink.push(found.help(format!(
                "`{}: {}`, without `?` and default",
                field.name,
                self.model.spell(&field.ty)
            )));
        }
        if let (true, Some(default)) = (field.optional, &field.default) {
            let found = Diagnostic::error(
                "E0217",
                default.span,
                format!("`{}` has a default and is never absent", field.name),
            );
            self.sink.push(found.help(format!(
                "leave out the `?`, or the default: `{}: {} = …`",
                field.name,
                self.model.spell(&field.ty)
            )));
        }
    }

    pub(super) fn body(&mut self, file: FileId, route: &ast::Route) -> Option<Field> {
        let mut bodies = route.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Body(ty) => Some((ty, item.span)),
            _ => None,
        });
        let (ty, span) = bodies.next()?;
        for (_, second) in bodies {
            let found = Diagnostic::error("E0206", second, "this route has two bodies").because(span, "the first");
            self.sink.push(found.help("keep one `body:`"));
        }
        if matches!(route.method.text.as_str(), "GET" | "HEAD") {
            let found = Diagnostic::error("E0218", span, format!("a {} request has no body", route.method.text));
            self.sink
                .push(found.help("take it from `query { … }`, or use `route POST`"));
            return None;
        }
        let resolved = self.ty(file, ty, &[]);
        Some(Field {
            name: "body".to_owned(),
            wire: "body".to_owned(),
            span,
            ty_span: ty.span,
            ty: resolved.ty,
            optional: false,
            constraint: resolved.constraint,
            default: None,
            docs: Vec::new(),
            notes: Vec::new(),
        })
    }
}

fn word(kind: InputKind) -> &'static str {
    match kind {
        InputKind::Query => "query",
        InputKind::Header => "header",
        InputKind::Cookie => "cookie",
        InputKind::Path => "path",
    }
}
