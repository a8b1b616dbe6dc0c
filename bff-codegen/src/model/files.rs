//! Which files belong to a compilation: the entry, what it imports, and what only serves suggestions.

use crate::diagnostic::{Diagnostic, Sink, suggest};
use crate::settings::with_help;
use crate::source::{FileId, Sources, join};
use crate::syntax::{
    self,
    ast::{Decl, DeclKind, Import, Name, Spec},
};
use std::collections::BTreeMap;

/// The parsed files of a compilation.
#[derive(Debug, Default)]
pub struct Files {
    /// The entry first, then each imported file once.
    pub specs: Vec<(FileId, Spec)>,
    /// Names declared in files that are not part of the compilation: name -> file name.
    pub elsewhere: BTreeMap<String, String>,
}

impl Files {
    /// The tree of a file of the compilation.
    pub fn spec(&self, file: FileId) -> Option<&Spec> {
        self.specs.iter().find(|(id, _)| *id == file).map(|(_, spec)| spec)
    }
}

/// The name that a declaration declares; routes and tests have none.
pub fn declared(decl: &Decl) -> Option<&Name> {
    match &decl.kind {
        DeclKind::Client(it) => Some(&it.name),
        DeclKind::Policy(it) => Some(&it.name),
        DeclKind::Binding(it) => Some(&it.name),
        DeclKind::Upstream(it) => Some(&it.name),
        DeclKind::Type(it) => Some(&it.name),
        DeclKind::Enum(it) => Some(&it.name),
        DeclKind::Union(it) => Some(&it.name),
        DeclKind::Fragment(it) => Some(&it.name),
        DeclKind::ExternFn(it) => Some(&it.name),
        DeclKind::Filter(it) => Some(&it.name),
        DeclKind::Route(_) | DeclKind::Test(_) => None,
    }
}

/// Parses the entry and, through its imports, everything it needs.
pub fn load(sources: &Sources, entry: FileId, sink: &mut Sink) -> Files {
    let mut files = Files::default();
    visit(sources, entry, &mut Vec::new(), &mut files, sink);
    for (id, file) in sources
        .iter()
        .filter(|(id, _)| files.spec(*id).is_none())
        .collect::<Vec<_>>()
    {
        let spec = syntax::parse(sources, id, &mut Sink::new());
        for name in spec.decls.iter().filter_map(declared) {
            files
                .elsewhere
                .entry(name.text.clone())
                .or_insert_with(|| file.name.clone());
        }
    }
    files
}

/// The file that an import names, if there is one.
pub fn target(sources: &Sources, importing: FileId, import: &Import) -> Option<FileId> {
    sources.find(&join(&sources.file(importing).name, &import.from.text))
}

fn visit(sources: &Sources, file: FileId, open: &mut Vec<FileId>, files: &mut Files, sink: &mut Sink) {
    let spec = syntax::parse(sources, file, sink);
    let imports = spec.imports.clone();
    files.specs.push((file, spec));
    open.push(file);
    for import in &imports {
        match target(sources, file, import) {
            None => sink.push(missing(sources, file, import)),
            Some(to) if open.contains(&to) => sink.push(circle(sources, open, to, import)),
            Some(to) if files.spec(to).is_some() => {}
            Some(to) => visit(sources, to, open, files, sink),
        }
        if let Some(spec) = target(sources, file, import).and_then(|to| files.spec(to)) {
            check_importable(import, spec, open, target(sources, file, import), sink);
        }
    }
    open.pop();
}

/// Only a file without client, routes and tests is imported.
fn check_importable(import: &Import, spec: &Spec, open: &[FileId], to: Option<FileId>, sink: &mut Sink) {
    if to.is_some_and(|to| open.contains(&to)) {
        return; // The circle was said.
    }
    let own = spec.decls.iter().find_map(|decl| match &decl.kind {
        DeclKind::Client(client) => Some((client.name.span, "a client")),
        DeclKind::Route(route) => Some((route.path.span, "routes")),
        DeclKind::Test(test) => Some((test.name.span, "tests")),
        _ => None,
    });
    if let Some((span, what)) = own {
        let text = format!("`{}` has {what} and cannot be imported", import.from.text);
        let found = Diagnostic::error("E0208", import.from.span, text).because(span, "of that file alone");
        sink.push(found.help("move what both need into a file of its own and import that one"));
    }
}

fn missing(sources: &Sources, file: FileId, import: &Import) -> Diagnostic {
    let wanted = join(&sources.file(file).name, &import.from.text);
    let found = Diagnostic::error(
        "E0208",
        import.from.span,
        format!("there is no file `{}`", import.from.text),
    )
    .note("paths are relative to the file that imports");
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let same = sources
        .iter()
        .find(|(id, it)| *id != file && last(&it.name) == last(&wanted));
    let help = match same {
        Some((_, other)) => Some(format!("there is a `{}`", other.name)),
        None => suggest::did_you_mean(&wanted, sources.iter().map(|(_, it)| it.name.as_str())),
    };
    with_help(found, help)
}

fn circle(sources: &Sources, open: &[FileId], to: FileId, import: &Import) -> Diagnostic {
    let from = open.iter().position(|id| *id == to).unwrap_or(0);
    let mut names: Vec<&str> = open[from..].iter().map(|id| sources.file(*id).name.as_str()).collect();
    names.push(&sources.file(to).name);
    let text = match names.len() {
        2 => format!("`{}` imports itself", names[0]),
        _ => format!("these files import each other: {}", names.join(" -> ")),
    };
    Diagnostic::error("E0208", import.from.span, text)
        .help("move what both need into a third file that imports neither")
}
