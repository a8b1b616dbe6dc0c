//! Routes: their patterns, declared inputs and settings, and which of them answers what (section 7.2 of the language).

use super::client::{bindings, read_headers};
use super::contract::Promises;
use super::proxy::HandedOn;
use super::resolve::Resolver;
use super::types::{Inputs, Piece, Route, RoutePath};
use crate::diagnostic::Diagnostic;
use crate::settings::{
    Scope, accept, auth, deadline, deprecate, idempotency, not_served, proxy, rewrite, sparse, value, version,
};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, DeclKind, EntryKind, Expr, ExprKind, InputKind, ItemKind, Spec};
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
            if !decided && self.model.client.as_ref().is_some_and(|client| client.auth.is_none()) {
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
        if matches!(method, "SSE" | "WS" | "GRAPHQL") {
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
        let mut promises = Promises::default();
        let (decided, deadline, headers, checks, idempotency, handed_on, accept) = self.reader(file, |reader| {
            let entries = reader.entries(settings, Scope::Route);
            let value = |name: &str| entries.get(name).map(|entry| entry.value);
            let decided = value("auth").map(|it| auth::read(reader, it, &bindings));
            let deadline = value("deadline").and_then(|it| deadline::read(reader, it).map(|read| (read, it.span)));
            let headers = read_headers(reader, value("headers"), Scope::Route);
            let checks = value("check").map(|it| checks(reader, it)).unwrap_or_default();
            let idempotency = value("idempotency").and_then(|it| idempotency::read(reader, it));
            promises = Promises {
                unversioned: value("version").and_then(|it| version::read_none(reader, it)),
                sparse: value("sparse").and_then(|it| sparse::read(reader, it)),
                deprecation: (entries.get("deprecate")).and_then(|it| deprecate::read(reader, it.key.span, it.value)),
            };
            let handed_on = HandedOn {
                proxy: value("proxy").map(|it| (proxy::read(reader, it), it.span)),
                rewrite: value("rewrite").map(|it| (rewrite::read(reader, it), it.span)),
            };
            let accept = entries
                .get("accept")
                .map(|entry| (accept::read(reader, entry.value), entry.key.span));
            (decided, deadline, headers, checks, idempotency, handed_on, accept)
        });
        let proxies = handed_on.proxy.is_some();
        let proxy = self.proxy(file, handed_on, &path);
        let accept = self.accepted(accept, body.as_ref(), proxies);
        self.model.auth_refused |= decided.is_some_and(|it| it.refused);
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
            accept,
            proxy,
            headers,
            idempotency,
            promises,
            checks,
            ast: route.clone(),
        });
        decided.is_some()
    }

    /// Routes of one method and one pattern have a `when`, all but the last.
    fn collisions(&mut self) {
        let routes = &self.model.routes;
        let mut last = HashMap::new();
        for route in routes {
            let Some(before) = last.insert((&route.method, shape(&route.path)), route) else {
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
