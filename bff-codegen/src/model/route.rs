//! Routes: their patterns, declared inputs and settings, and which of them answers what (section 7.2 of the language).

use super::client::{bindings, read_headers};
use super::resolve::Resolver;
use super::types::{Field, Inputs, Piece, Record, RecordId, Route, RoutePath, Scalar, Ty};
use super::upstream::{is_query, is_scalar};
use crate::diagnostic::Diagnostic;
use crate::settings::{Scope, auth, deadline, not_served, value};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, DeclKind, EntryKind, Expr, ExprKind, InputKind, ItemKind, PathPiece, Spec};
use std::collections::{HashMap, HashSet};

impl<'a> Resolver<'a> {
    /// Reads all routes of the entry and sees that each request has one answer.
    pub fn routes(&mut self) {
        let files = self.files;
        let Some((file, spec)) = files.specs.first() else {
            return;
        };
        let mut names = HashSet::new();
        let mut without_auth = Vec::new();
        for decl in &spec.decls {
            let DeclKind::Route(route) = &decl.kind else { continue };
            let decided = self.route(*file, route, &decl.docs, spec, &mut names);
            if !decided
                && self
                    .model
                    .client
                    .as_ref()
                    .is_some_and(|client| client.auth_none.is_none())
            {
                without_auth.push(route.path.span);
            }
        }
        if let (None, Some(route)) = (&self.model.client, self.model.routes.first()) {
            let found = Diagnostic::error(
                "E0216",
                route.span,
                "this file has a route, but no client that it belongs to",
            );
            self.sink
                .push(found.help("add `client web { mount: /web, auth: none }` above"));
        }
        self.missing_auth(&without_auth);
        self.collisions();
    }

    fn missing_auth(&mut self, routes: &[Span]) {
        let Some((first, others)) = routes.split_first() else {
            return;
        };
        let mut found = Diagnostic::error("E0501", *first, "this route has no authentication");
        for other in others {
            found = found.because(*other, "nor has this one");
        }
        self.sink
            .push(found.help("set `auth:` on the client or the route; public routes say `auth: none`"));
    }

    /// Reads one route; whether it decides about authentication itself.
    fn route(
        &mut self,
        file: FileId,
        route: &ast::Route,
        docs: &[String],
        spec: &Spec,
        names: &mut HashSet<String>,
    ) -> bool {
        let method = route.method.text.as_str();
        if matches!(method, "ANY" | "SSE" | "WS" | "GRAPHQL") {
            self.sink
                .push(not_served(route.method.span, &format!("route {method}")));
            return true;
        }
        let inputs = self.inputs(file, route);
        let (path, path_inputs) = self.route_path(file, route, inputs.get(&InputKind::Path).copied());
        let body = self.body(file, route);
        let bindings = bindings(spec);
        let settings = route.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Setting(setting) => Some(setting),
            _ => None,
        });
        let (decided, deadline, headers, checks) = self.reader(file, |reader| {
            let entries = reader.entries(settings, Scope::Route);
            let value = |name: &str| entries.get(name).map(|entry| entry.value);
            let decided = value("auth").and_then(|it| auth::read(reader, it, &bindings)).is_some();
            let deadline = value("deadline").and_then(|it| deadline::read(reader, it).map(|read| (read, it.span)));
            let headers = read_headers(reader, value("headers"), Scope::Route);
            let checks = value("check").map(|it| checks(reader, it)).unwrap_or_default();
            (decided, deadline, headers, checks)
        });
        let input = |kind| inputs.get(&kind).map(|(record, _)| Inputs { record: *record });
        self.model.routes.push(Route {
            name: unique(names, name_of(method, &path)),
            span: route.method.span.to(route.path.span),
            docs: docs.to_vec(),
            method: method.to_owned(),
            path,
            query: input(InputKind::Query),
            header: input(InputKind::Header),
            cookie: input(InputKind::Cookie),
            path_inputs,
            body,
            deadline,
            headers,
            checks,
            ast: route.clone(),
        });
        decided
    }

    /// The declared input blocks, as records.
    fn inputs(&mut self, file: FileId, route: &ast::Route) -> HashMap<InputKind, (RecordId, Span)> {
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

    fn record(&mut self, name: &str, span: Span, fields: Vec<Field>) -> RecordId {
        self.model.records.push(Record {
            name: name.to_owned(),
            span,
            docs: Vec::new(),
            fields,
        });
        RecordId(self.model.records.len() as u32 - 1)
    }

    fn check_input(&mut self, field: &Field, kind: InputKind) {
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

    /// The pattern of a route, and the record of its parameters.
    fn route_path(
        &mut self,
        file: FileId,
        route: &ast::Route,
        block: Option<(RecordId, Span)>,
    ) -> (RoutePath, Option<Inputs>) {
        let mut declared = match block {
            Some((id, _)) => std::mem::take(&mut self.model.records[id.0 as usize].fields),
            None => Vec::new(),
        };
        let mut fields: Vec<Field> = Vec::new();
        let mut segments = Vec::new();
        for segment in &route.path.segments {
            let mut pieces = Vec::new();
            for piece in segment {
                match piece {
                    PathPiece::Literal(text, span) => pieces.push(self.literal(text, *span, segment.len() == 1)),
                    PathPiece::Param { name, ty } => {
                        if let Some(first) = fields.iter().find(|field| field.name == name.text) {
                            let found = Diagnostic::error(
                                "E0211",
                                name.span,
                                format!("`{{{}}}` stands twice in this path", name.text),
                            );
                            self.sink
                                .push(found.because(first.span, "first here").help("rename one of them"));
                            continue;
                        }
                        if matches!(pieces.last(), Some(Piece::Param(_))) {
                            let found = Diagnostic::error(
                                "E0212",
                                name.span,
                                format!("nothing tells where `{{{}}}` begins", name.text),
                            );
                            self.sink
                                .push(found.help("put text between two parameters of a segment: `{lat},{lon}`"));
                        }
                        pieces.push(Piece::Param(fields.len()));
                        let block_field = declared
                            .iter()
                            .position(|field| field.name == name.text)
                            .map(|at| declared.remove(at));
                        fields.push(self.path_field(file, name, ty.as_ref(), block_field));
                    }
                }
            }
            segments.push(pieces);
        }
        for field in &declared {
            let text = format!("the path has no `{{{}}}`", field.name);
            let found = Diagnostic::error("E0212", field.span, text).because(route.path.span, "this path");
            self.sink
                .push(found.help(format!("add `{{{}}}` to the path, or remove it here", field.name)));
        }
        let path = RoutePath {
            text: route.path.text.clone(),
            segments,
        };
        if fields.is_empty() && block.is_none() {
            return (path, None);
        }
        let record = match block {
            Some((id, _)) => {
                self.model.records[id.0 as usize].fields = fields;
                id
            }
            None => self.record("Path", route.path.span, fields),
        };
        (path, Some(Inputs { record }))
    }

    fn path_field(&mut self, file: FileId, name: &ast::Name, ty: Option<&ast::Name>, block: Option<Field>) -> Field {
        if let Some(field) = block {
            if let Some(ty) = ty {
                let found = Diagnostic::error("E0212", ty.span, format!("`{}` has its type twice", name.text));
                self.sink.push(
                    found
                        .because(field.ty_span, "and here")
                        .help(format!("`{{{}}}` in the path", name.text)),
                );
            }
            return field;
        }
        let resolved = ty.map(|ty| {
            let kind = ast::TypeKind::Named {
                scope: None,
                name: ty.clone(),
                args: Vec::new(),
            };
            self.ty(
                file,
                &ast::Type {
                    kind,
                    constraint: None,
                    nullable: false,
                    span: ty.span,
                },
                &[],
            )
        });
        let ty_span = ty.map_or(name.span, |ty| ty.span);
        let (ty, constraint) = resolved.map_or((Ty::Scalar(Scalar::Id), None), |it| (it.ty, it.constraint));
        let field = Field {
            name: name.text.clone(),
            wire: name.text.clone(),
            span: name.span,
            ty_span,
            ty,
            optional: false,
            constraint,
            element_constraint: None,
            default: None,
            docs: Vec::new(),
            notes: Vec::new(),
        };
        self.check_input(&field, InputKind::Path);
        field
    }

    fn literal(&mut self, text: &str, span: Span, alone: bool) -> Piece {
        if text.contains('*') {
            if alone && text == "*" {
                self.sink.push(not_served(span, "a path that ends in `*`"));
            } else {
                let found = Diagnostic::error("E0212", span, "`*` stands alone and last in a path");
                self.sink
                    .push(found.help("`/static/*`, or a parameter: `/{name}.json`"));
            }
            return Piece::Rest;
        }
        if alone && matches!(text, "." | "..") {
            let found = Diagnostic::error(
                "E0212",
                span,
                "`.` and `..` name no segment: a request that has them is refused",
            );
            self.sink.push(found.help("remove the segment"));
        }
        Piece::Literal(decode(text))
    }

    fn body(&mut self, file: FileId, route: &ast::Route) -> Option<Field> {
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
            element_constraint: resolved.element,
            default: None,
            docs: Vec::new(),
            notes: Vec::new(),
        })
    }

    /// Routes of one method and one pattern have a `when`, all but the last.
    fn collisions(&mut self) {
        let routes = &self.model.routes;
        for (at, route) in routes.iter().enumerate() {
            let same = |other: &&Route| other.method == route.method && shape(&other.path) == shape(&route.path);
            let Some(before) = routes[..at].iter().rev().find(same) else {
                continue;
            };
            if before.ast.guard.is_some() {
                continue;
            }
            let text = format!("`{} {}` is answered by a route above", route.method, route.path.text);
            let found =
                Diagnostic::error("E0213", route.span, text).because(before.span, "this one takes every such request");
            let help = "give the upper one a `when (…)`, or put the one without `when` last; names of parameters make no difference";
            self.sink.push(found.help(help));
        }
    }
}

/// `check: { "message": condition }`.
fn checks(reader: &mut crate::settings::Reader<'_, '_>, expr: &Expr) -> Vec<(String, Expr)> {
    let ExprKind::Shape(shape) = &expr.kind else {
        reader.sink.push(value::wrong_value(
            "check",
            expr,
            "a group of messages with conditions",
            "{ \"from must not be after to\": query.from <= query.to }",
        ));
        return Vec::new();
    };
    let mut list = Vec::new();
    for entry in &shape.entries {
        match &entry.kind {
            EntryKind::Value { key, value } if entry.guard.is_none() => list.push((key.text.clone(), value.clone())),
            _ => {
                let found = Diagnostic::error("E0205", entry.span, "`check` takes `\"message\": condition` entries");
                reader
                    .sink
                    .push(found.help("`\"from must not be after to\": query.from <= query.to`"));
            }
        }
    }
    list
}

/// A pattern without the names of its parameters.
fn shape(path: &RoutePath) -> Vec<Vec<Option<&str>>> {
    path.segments
        .iter()
        .map(|segment| segment.iter().map(literal).collect())
        .collect()
}

fn literal(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Literal(text) => Some(text),
        Piece::Param(_) => None,
        Piece::Rest => Some("*"),
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

/// Unreserved characters (RFC 3986, section 2.3) are decoded, others stay as written.
fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let hex = text
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// `home`, `orders_id`, `post_orders`: from the path, and the method unless it is GET.
fn name_of(method: &str, path: &RoutePath) -> String {
    let mut words = Vec::new();
    if method != "GET" {
        words.push(method.to_ascii_lowercase());
    }
    // Parameters are named as in the text, so that `/orders/{id}` is `orders_id`.
    for word in path
        .text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        words.push(word.to_ascii_lowercase());
    }
    if words.is_empty() || path.text == "/" {
        words.push("root".to_owned());
    }
    let name = words.join("_");
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("route_{name}")
    } else {
        name
    }
}

fn unique(names: &mut HashSet<String>, name: String) -> String {
    let mut candidate = name.clone();
    let mut count = 2;
    while !names.insert(candidate.clone()) {
        candidate = format!("{name}_{count}");
        count += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreserved_characters_are_decoded_and_nothing_else() {
        assert_eq!(decode("a%2Db%2Fc%zz%4"), "a-b%2Fc%zz%4");
        assert_eq!(decode("caf%C3%A9"), "caf%C3%A9");
    }

    #[test]
    fn names_come_from_the_path() {
        let path = |text: &str| RoutePath {
            text: text.to_owned(),
            segments: Vec::new(),
        };
        assert_eq!(name_of("GET", &path("/home")), "home");
        assert_eq!(name_of("GET", &path("/orders/{id}.json")), "orders_id_json");
        assert_eq!(name_of("POST", &path("/orders")), "post_orders");
        assert_eq!(name_of("GET", &path("/")), "root");
        let mut names = HashSet::new();
        assert_eq!(unique(&mut names, "a".into()), "a");
        assert_eq!(unique(&mut names, "a".into()), "a_2");
    }
}
