//! What the files declare: names, types, upstreams, the client and its routes, resolved but not yet type-checked.
//!
//! [`files::load`] parses, [`scope::collect`] finds the names, [`resolve()`] fills the tables of [`types`] in text order.

pub mod client;
pub mod codes;
pub mod constraint;
pub mod contract;
pub mod effects;
pub mod extern_fn;
pub mod files;
pub mod headers;
mod inputs;
pub mod locale;
pub mod notes;
mod op;
pub(crate) mod path;
pub mod proxy;
pub mod resolve;
pub mod route;
pub mod scope;
mod stream;
pub mod types;
pub mod union;
pub mod upstream;
pub mod zone;

use crate::diagnostic::{Diagnostic, Sink};
use crate::settings::{Policies, Reader, Scope as Place, not_served};
use crate::source::{FileId, Sources};
use crate::syntax::ast::{self, DeclKind, Name, Spec};
use files::Files;
use resolve::Resolver;
use std::collections::HashMap;
use types::{Fragment, FragmentId, Meaning, Model, Ty, UpstreamId};

/// Resolves every declaration of the files. Mistakes go to the sink; what is broken is left out or `Unknown`.
pub fn resolve(sources: &Sources, files: &Files, sink: &mut Sink) -> Model {
    let (scopes, places) = scope::collect(sources, files, sink);
    let model = Model {
        client: None,
        auth_refused: false,
        records: Vec::new(),
        enums: Vec::new(),
        unions: Vec::new(),
        upstreams: Vec::new(),
        ops: Vec::new(),
        fragments: Vec::new(),
        externs: Vec::new(),
        routes: Vec::new(),
        tests: Vec::new(),
        scopes,
    };
    let mut resolver = Resolver {
        sources,
        files,
        places: &places,
        sink,
        model,
        records: HashMap::new(),
        open: Vec::new(),
        circles: Vec::new(),
    };
    resolver.enums();
    resolver.unions();
    resolver.declarations();
    resolver.hidden_discriminators();
    resolver.share_meanings();
    resolver.routes();
    resolver.model
}

impl<'a> Resolver<'a> {
    /// Gives a declared name its meaning in its own file.
    fn mean(&mut self, file: FileId, name: &Name, meaning: Meaning) {
        if let Some(entry) = self
            .model
            .scopes
            .get_mut(&file)
            .and_then(|scope| scope.names.get_mut(&name.text))
            && entry.1 == name.span
        {
            entry.0 = meaning;
        }
    }

    /// Enums first: types refer to them by their meaning.
    fn enums(&mut self) {
        let files = self.files;
        for (file, spec) in &files.specs {
            for decl in &spec.decls {
                if let DeclKind::Enum(def) = &decl.kind {
                    let id = self.enum_def(def, &decl.docs);
                    self.mean(*file, &def.name, Meaning::Enum(id));
                }
            }
        }
    }

    fn declarations(&mut self) {
        let files = self.files;
        for (file, spec) in &files.specs {
            for (at, decl) in spec.decls.iter().enumerate() {
                self.declaration(*file, at, decl, spec);
            }
        }
    }

    fn declaration(&mut self, file: FileId, at: usize, decl: &'a ast::Decl, spec: &'a Spec) {
        match &decl.kind {
            DeclKind::Type(def) => {
                // A generic type is read once with unknown arguments, so that its mistakes are found although nobody uses it.
                let given = vec![resolve::Resolved::plain(Ty::Unknown); def.params.len()];
                let resolved = self.type_def((file, at), def, &decl.docs, given, &def.name);
                let meaning = match (resolved.ty, def.params.is_empty()) {
                    (Ty::Record(id), true) if matches!(def.body, ast::TypeBody::Record { .. }) => Meaning::Record(id),
                    _ => Meaning::TypeDef,
                };
                self.mean(file, &def.name, meaning);
            }
            DeclKind::Fragment(def) => {
                let on = self.ty(file, &def.on, &[]).ty;
                let (name, span) = (def.name.text.clone(), def.name.span);
                self.model.fragments.push(Fragment {
                    name,
                    span,
                    on,
                    shape: def.shape.clone(),
                });
                let id = FragmentId(self.model.fragments.len() as u32 - 1);
                self.mean(file, &def.name, Meaning::Fragment(id));
            }
            DeclKind::Upstream(def) => {
                if let Some(upstream) = self.upstream(file, def, &decl.docs, spec) {
                    self.model.upstreams.push(upstream);
                    let id = UpstreamId(self.model.upstreams.len() as u32 - 1);
                    self.mean(file, &def.name, Meaning::Upstream(id));
                }
            }
            DeclKind::Policy(def) => {
                self.reader(file, |reader| {
                    for setting in &def.block.settings {
                        if let ast::Setting::Entry { key, .. } = setting {
                            reader.served(key, Place::Policy);
                        }
                    }
                });
                self.mean(file, &def.name, Meaning::Policy);
            }
            DeclKind::Client(def) => {
                if let Some(first) = &self.model.client {
                    let found = Diagnostic::error("E0216", def.name.span, "a file has one client")
                        .because(first.span, "this one");
                    self.sink
                        .push(found.help("give the second front end a file of its own and import what both need"));
                    return;
                }
                let client = self.client(file, def, &decl.docs, spec);
                self.model.auth_refused |= client.auth.is_some_and(|it| it.refused);
                self.model.client = Some(client);
                self.mean(file, &def.name, Meaning::Client);
            }
            DeclKind::Binding(def) => {
                let word = match def.kind {
                    ast::BindingKind::Auth => "auth",
                    ast::BindingKind::Limit => "limit",
                    ast::BindingKind::Plan => "plan",
                };
                self.sink
                    .push(not_served(def.name.span, &format!("{word} {}", def.name.text)));
                self.mean(file, &def.name, Meaning::Binding);
            }
            DeclKind::Union(def) => self.variants(file, def),
            DeclKind::ExternFn(def) => {
                let function = self.extern_fn(file, def);
                self.model.externs.push(function);
                let id = types::ExternId(self.model.externs.len() as u32 - 1);
                self.mean(file, &def.name, Meaning::Function(id));
            }
            DeclKind::Filter(def) => {
                self.sink
                    .push(not_served(def.name.span, &format!("extern filter {}", def.name.text)));
                self.mean(file, &def.name, Meaning::Extern);
            }
            DeclKind::Test(def) => self.test(file, def),
            DeclKind::Enum(_) => {}  // See `enums`: types refer to them.
            DeclKind::Route(_) => {} // See `routes`: they need all types and the client.
        }
    }

    /// A test belongs to the client of its file.
    fn test(&mut self, file: FileId, def: &ast::Test) {
        let is_client = |decl: &ast::Decl| matches!(decl.kind, DeclKind::Client(_));
        if self
            .files
            .spec(file)
            .is_some_and(|spec| spec.decls.iter().any(is_client))
        {
            self.model.tests.push(def.clone());
            return;
        }
        let found = Diagnostic::error(
            "E0216",
            def.name.span,
            "this file has a test, but no client that it belongs to",
        );
        self.sink
            .push(found.help("put the test into the file of the client whose routes it sends to"));
    }

    /// An imported name means what it means where it is declared.
    fn share_meanings(&mut self) {
        for (file, places) in self.places {
            for (name, (to, index)) in places.iter().filter(|(_, (to, _))| to != file) {
                let declared = self
                    .files
                    .spec(*to)
                    .and_then(|spec| files::declared(&spec.decls[*index]));
                let meaning = declared
                    .and_then(|it| self.model.scope(*to).names.get(&it.text))
                    .map(|(meaning, _)| *meaning);
                if let (Some(meaning), Some(scope)) = (meaning, self.model.scopes.get_mut(file))
                    && let Some(entry) = scope.names.get_mut(name)
                {
                    entry.0 = meaning;
                }
            }
        }
    }

    /// Runs `read` with the policies that `file` sees.
    fn reader<R>(&mut self, file: FileId, read: impl FnOnce(&mut Reader<'_, 'a>) -> R) -> R {
        let files = self.files;
        let mut policies = Policies::new();
        for (name, (at, index)) in self.places.get(&file).into_iter().flatten() {
            let decl = files.spec(*at).map(|spec| &spec.decls[*index].kind);
            if let Some(DeclKind::Policy(policy)) = decl {
                policies.insert(name, policy);
            }
        }
        // What has no place of declaration is a name of a broken declaration or of a file that is missing.
        let places = self.places.get(&file);
        let names = self
            .model
            .scopes
            .get(&file)
            .into_iter()
            .flat_map(|scope| scope.names.keys());
        let lost: Vec<&str> = names
            .filter(|name| !places.is_some_and(|places| places.contains_key(*name)))
            .map(String::as_str)
            .collect();
        read(&mut Reader {
            sources: self.sources,
            policies: &policies,
            lost: &lost,
            sink: self.sink,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve_text(files: &[(&str, &str)]) -> (Model, Vec<String>) {
        let mut sources = Sources::new();
        for (name, text) in files {
            sources.add(*name, *text);
        }
        let mut sink = Sink::new();
        let entry = sources.find(files[0].0).unwrap();
        let files = files::load(&sources, entry, &mut sink);
        let model = super::resolve(&sources, &files, &mut sink);
        let show = |it: &Diagnostic| {
            let (line, column) = sources.file(it.span().file).line_column(it.span().start as usize);
            let help = it.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
            format!(
                "{}:{line}:{column} {} {}{help}",
                sources.file(it.span().file).name,
                it.code,
                it.message
            )
        };
        (model, sink.finish().iter().map(show).collect())
    }

    const SHOP: &str = r#"
type Money { amount: Decimal, currency: String("^[A-Z]{3}$") }
type Page<T> { items: [T], next: String? from "next_cursor" }
type Order { id: ID, total: Money, status: OrderStatus, parent?: Order }
enum OrderStatus { PLACED = "placed", PAID = "paid", ... }
upstream orders {
  base: env.ORDERS_URL ?? "http://127.0.0.1:9101", timeout: 400ms
  op list(customer: ID, limit: Int?): Page<Order> = GET /orders
  op find(ids: [ID], trace: String): [Order] = POST /find { safe: true, header: { "x-trace": trace } }
}
"#;

    #[test]
    fn a_client_with_imports_resolves_without_complaint() {
        let entry = r#"
import { orders, OrderStatus } from "./shop.bff"
client mobile { mount: /mobile, listen: env.MOBILE_ADDR ?? "0.0.0.0:8081", auth: none, deadline: 1200ms, nulls: omit }
route GET /orders/{id} { query { limit: Int(1..20) = 10 } call a = orders.list(customer: path.id) respond a }
route GET /o/{n: Int}.json { header { platform?: String } respond { n: path.n } }
"#;
        let (model, found) = resolve_text(&[("mobile.bff", entry), ("shop.bff", SHOP)]);
        assert_eq!(found, Vec::<String>::new());
        let page = model
            .records
            .iter()
            .find(|it| it.name == "Page<Order>")
            .expect("the instance");
        assert_eq!(page.fields[1].wire, "next_cursor");
        assert_eq!(
            model.ops[0].binding,
            [types::ParamPlace::Query, types::ParamPlace::Query]
        );
        assert_eq!(
            model.ops[1].binding,
            [types::ParamPlace::BodyField, types::ParamPlace::Override]
        );
        assert_eq!(model.routes[1].path.segments[1].len(), 2);
        assert_eq!(model.routes[0].name, "orders_id");
    }

    #[test]
    fn each_mistake_is_said_once_where_it_stands() {
        let entry = r#"
import { ordrs, OrderStatus } from "./shop.bff"
client mobile { mont: /mobile, deadline: 500, limit: x }
type A { a: Moeny, b: Order, a: Int("x") }
route GET /x/{id}/{id} { respond { id: path.id } }
route GET /y { respond {} }
route GET /y { respond {} }
"#;
        let (_, found) = resolve_text(&[("mobile.bff", entry), ("shop.bff", SHOP)]);
        let expected = [
            "mobile.bff:2:10 E0201 `./shop.bff` declares no `ordrs` | did you mean `orders`?",
            "mobile.bff:3:17 E0203 unknown setting `mont` of a client | did you mean `mount`?",
            "mobile.bff:3:42 E0205 `deadline` takes a duration, and a duration has a unit | `deadline: 500ms`",
            "mobile.bff:3:47 E0901 `limit` is not supported yet",
            "mobile.bff:4:13 E0201 no type is called `Moeny` | did you mean `Money`? It is declared in shop.bff but not imported: add it to the import",
            "mobile.bff:4:23 E0201 no type is called `Order` | it is declared in shop.bff but not imported: add `Order` to the import",
            "mobile.bff:4:30 E0211 `a` stands twice in the type `A` | rename one of them; `from \"…\"` keeps its name on the wire",
            "mobile.bff:4:37 E0210 only text takes a pattern | leave it out, or use `String` instead of `Int`",
            "mobile.bff:5:11 E0501 this route has no authentication | set `auth:` on the client or the route; public routes say `auth: none`",
            "mobile.bff:5:20 E0211 `{id}` stands twice in this path | rename one of them",
            "mobile.bff:7:7 E0213 `GET /y` is answered by a route above | give the upper one a `when (…)`, or put the one without `when` last; names of parameters make no difference",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn import_circles_and_missing_files_are_named() {
        let (_, found) = resolve_text(&[
            (
                "a.bff",
                "import { B } from \"./b.bff\"\nimport { C } from \"./nowhere.bff\"\nclient a { auth: none }",
            ),
            ("b.bff", "import { A } from \"./c.bff\"\ntype B { x: Int }"),
            ("c.bff", "import { B } from \"./b.bff\"\ntype A { b: B }"),
        ]);
        assert_eq!(
            found,
            [
                "a.bff:2:19 E0208 there is no file `./nowhere.bff`",
                "c.bff:1:19 E0208 these files import each other: b.bff -> c.bff -> b.bff | move what both need into a third file that imports neither",
            ]
        );
    }
}
