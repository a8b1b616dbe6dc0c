//! The client of a file: its settings with their defaults.

use super::contract::Versioning;
use super::resolve::Resolver;
use super::types::{Client, ErrorFormat, Headers, Nulls, Setting};
use crate::settings::{
    self, Scope, auth, deadline, decimals, errors, headers, listen, locales, max_calls, mount, nulls, timezone,
};
use crate::settings::{stability, version};
use crate::source::FileId;
use crate::syntax::ast::{self, BindingKind, DeclKind, Spec};

impl<'a> Resolver<'a> {
    /// Reads the client.
    pub fn client(&mut self, file: FileId, def: &'a ast::Client, docs: &[String], spec: &'a Spec) -> Client {
        let bindings = bindings(spec);
        self.reader(file, |reader| {
            let entries = reader.entries(&def.block.settings, Scope::Client);
            let value = |name: &str| entries.get(name).map(|entry| entry.value);
            Client {
                name: def.name.text.clone(),
                span: def.name.span,
                docs: docs.to_vec(),
                mount: value("mount")
                    .and_then(|it| mount::read(reader, it))
                    .unwrap_or_else(|| "/".to_owned()),
                listen: value("listen")
                    .and_then(|it| listen::read(reader, it))
                    .unwrap_or_else(|| Setting::Value(listen::DEFAULT.to_owned())),
                deadline: value("deadline")
                    .and_then(|it| deadline::read(reader, it))
                    .unwrap_or(Setting::Value(deadline::DEFAULT)),
                nulls: value("nulls")
                    .and_then(|it| nulls::read(reader, it))
                    .unwrap_or(Nulls::Keep),
                decimals_as_numbers: value("decimals")
                    .and_then(|it| decimals::read(reader, it))
                    .unwrap_or(false),
                errors: value("errors")
                    .and_then(|it| errors::read(reader, it))
                    .unwrap_or(ErrorFormat::Problem),
                headers: read_headers(reader, value("headers"), Scope::Client),
                auth: value("auth").map(|it| auth::read(reader, it, &bindings)),
                locales: value("locales")
                    .and_then(|it| locales::read(reader, it))
                    .unwrap_or_default(),
                timezone: value("timezone")
                    .and_then(|it| timezone::read(reader, it))
                    .unwrap_or_else(|| timezone::DEFAULT.to_owned()),
                versioning: value("version").map_or(Versioning::None, |it| version::read(reader, it)),
                stable: value("stability").and_then(|it| stability::read(reader, it)),
                max_calls: value("max_calls")
                    .and_then(|it| max_calls::read(reader, it))
                    .unwrap_or(max_calls::DEFAULT),
            }
        })
    }
}

/// `headers:` of a block, if it has them.
pub fn read_headers(reader: &mut settings::Reader<'_, '_>, expr: Option<&ast::Expr>, scope: Scope) -> Headers {
    expr.and_then(|it| headers::read(reader, it, scope)).unwrap_or_default()
}

/// The names that `auth x = …` declares in a file.
pub fn bindings(spec: &Spec) -> Vec<&str> {
    let auth = spec.decls.iter().filter_map(|decl| match &decl.kind {
        DeclKind::Binding(it) if it.kind == BindingKind::Auth => Some(it.name.text.as_str()),
        _ => None,
    });
    auth.collect()
}
