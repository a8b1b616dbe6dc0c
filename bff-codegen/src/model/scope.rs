//! What the names of each file mean, and what is said about a name that means nothing.

use super::files::{Files, declared, target};
use super::types::{Meaning, Model, Scope};
use crate::diagnostic::{Diagnostic, Sink, suggest};
use crate::source::{FileId, Sources, Span, relative};
use crate::syntax::ast::{DeclKind, ImportName, Name, Spec};
use std::collections::HashMap;

/// Names that the language itself uses; no declaration, call, `let` or `as` may take them.
pub const BUILT_IN: &[&str] = &[
    "auth", "body", "cookie", "env", "error", "header", "it", "partial", "path", "query", "request", "version",
];

/// Names of built-in types, with what they are to the resolver.
pub const TYPES: &[&str] = &[
    "String", "Int", "Float", "Decimal", "Boolean", "ID", "Uuid", "Url", "Date", "DateTime", "Duration", "Zone",
    "Locale", "Json", "Bytes", "Stream", "Map",
];

/// Where a name of a file is declared: the file and the position in its list of declarations.
pub type Place = (FileId, usize);

/// For each file, what its names stand for.
pub type Places = HashMap<FileId, HashMap<String, Place>>;

/// Collects the names of all files. Meanings are [`Meaning::Broken`] until the declarations are resolved.
pub fn collect(sources: &Sources, files: &Files, sink: &mut Sink) -> (HashMap<FileId, Scope>, Places) {
    let mut scopes = HashMap::new();
    let mut places = Places::new();
    for (file, spec) in &files.specs {
        let mut scope = Scope {
            elsewhere: files.elsewhere.clone(),
            import_at: Some(import_place(sources, *file, spec)),
            ..Scope::default()
        };
        let mut here = HashMap::new();
        for name in &spec.lost {
            scope.names.insert(name.text.clone(), (Meaning::Broken, name.span));
        }
        for import in &spec.imports {
            let to = target(sources, *file, import);
            if let (Some(to), Some(last)) = (to, import.names.last()) {
                let end = last.alias.as_ref().unwrap_or(&last.name).span.end as usize;
                let name = sources.file(to).name.clone();
                scope.imports.insert(name, Span::new(*file, end, end));
            }
            let Some((to, imported)) = to.and_then(|to| files.spec(to).map(|spec| (to, spec))) else {
                // The missing file was said; its names are taken for granted.
                for it in &import.names {
                    let name = it.alias.as_ref().unwrap_or(&it.name);
                    scope.names.insert(name.text.clone(), (Meaning::Broken, name.span));
                }
                continue;
            };
            for it in &import.names {
                let name = it.alias.as_ref().unwrap_or(&it.name);
                let place = imported
                    .decls
                    .iter()
                    .position(|decl| declared(decl).is_some_and(|d| d.text == it.name.text));
                match place {
                    Some(at) if declare(&mut scope, name, sink) => {
                        here.insert(name.text.clone(), (to, at));
                    }
                    Some(_) => {}
                    None => {
                        if !imported.lost.iter().any(|lost| lost.text == it.name.text) {
                            sink.push(not_declared(it, &import.from.text, imported));
                        }
                        scope
                            .names
                            .entry(name.text.clone())
                            .or_insert((Meaning::Broken, name.span));
                    }
                }
            }
        }
        for (at, decl) in spec.decls.iter().enumerate() {
            if let Some(name) = declared(decl)
                && declare(&mut scope, name, sink)
            {
                here.insert(name.text.clone(), (*file, at));
            }
        }
        for (other, other_spec) in files.specs.iter().filter(|(other, _)| other != file) {
            for name in other_spec
                .decls
                .iter()
                .filter(|decl| !matches!(decl.kind, DeclKind::Client(_)))
                .filter_map(declared)
            {
                scope
                    .elsewhere
                    .insert(name.text.clone(), sources.file(*other).name.clone());
            }
        }
        scopes.insert(*file, scope);
        places.insert(*file, here);
    }
    (scopes, places)
}

/// Behind the last import, else at the beginning.
fn import_place(sources: &Sources, file: FileId, spec: &Spec) -> (Span, String) {
    let end = spec.imports.iter().map(|it| it.span.end as usize).max().unwrap_or(0);
    (Span::new(file, end, end), sources.file(file).name.clone())
}

impl Scope {
    /// Says of a name that another file declares that it is not imported, and adds it to the import.
    pub fn not_imported(&self, found: Diagnostic, name: &str) -> Option<Diagnostic> {
        let file = self.elsewhere.get(name)?;
        let found = found.help(format!(
            "it is declared in {file} but not imported: add `{name}` to the import"
        ));
        Some(match (self.imports.get(file), &self.import_at) {
            (Some(end), _) => found.fix(*end, format!(", {name}")),
            (None, Some((place, own))) => {
                let line = format!("import {{ {name} }} from \"{}\"", relative(own, file));
                match place.start {
                    0 => found.fix(*place, format!("{line}\n\n")),
                    _ => found.fix(*place, format!("\n{line}")),
                }
            }
            (None, None) => found,
        })
    }
}

fn declare(scope: &mut Scope, name: &Name, sink: &mut Sink) -> bool {
    if let Some(found) = taken(scope, name) {
        sink.push(found);
        return false;
    }
    scope.names.insert(name.text.clone(), (Meaning::Broken, name.span));
    true
}

/// `E0204`, if a name belongs to a declaration of the file or to the language.
pub fn taken(scope: &Scope, name: &Name) -> Option<Diagnostic> {
    let text = &name.text;
    if let Some((meaning, span)) = scope.names.get(text) {
        let message = match meaning {
            Meaning::Broken => format!("the name `{text}` is taken"),
            other => format!("this name already belongs to {}", noun(*other)),
        };
        return Some(
            Diagnostic::error("E0204", name.span, message)
                .because(*span, format!("`{text}` is declared here"))
                .help("choose another name; names are never shadowed"),
        );
    }
    let kind = if TYPES.contains(&text.as_str()) {
        "is a type of the language"
    } else if BUILT_IN.contains(&text.as_str()) {
        "is a name of the language itself"
    } else {
        return None;
    };
    Some(
        Diagnostic::error("E0204", name.span, format!("`{text}` {kind}"))
            .help("choose another name; names are never shadowed"),
    )
}

/// What a meaning is called in a message.
pub fn noun(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Record(_) | Meaning::TypeDef => "a type",
        Meaning::Enum(_) => "an enum",
        Meaning::Union(_) => "a union",
        Meaning::Upstream(_) => "an upstream",
        Meaning::Fragment(_) => "a fragment",
        Meaning::Policy => "a policy",
        Meaning::Binding => "an `auth`, `limit` or `plan`",
        Meaning::Function(_) => "an extern function",
        Meaning::Extern => "an extern filter",
        Meaning::Client => "the client",
        Meaning::Broken => "another declaration",
    }
}

fn not_declared(it: &ImportName, from: &str, imported: &Spec) -> Diagnostic {
    let found = Diagnostic::error(
        "E0201",
        it.name.span,
        format!("`{from}` declares no `{}`", it.name.text),
    );
    let through = imported.imports.iter().find(|import| {
        import
            .names
            .iter()
            .any(|inner| inner.alias.as_ref().unwrap_or(&inner.name).text == it.name.text)
    });
    if let Some(import) = through {
        return found.help(format!(
            "it only imports `{}` itself, and importing brings nothing along: import it from `{}`",
            it.name.text, import.from.text
        ));
    }
    let names: Vec<&str> = imported
        .decls
        .iter()
        .filter_map(declared)
        .map(|name| name.text.as_str())
        .collect();
    found.or_name(it.name.span, &it.name.text, &names, "declared")
}

/// `E0201`: no declaration of the wanted kind has this name. `noun` is the singular (`upstream`), `plural` its plural; `fits` says
/// which meanings would do, `more` are further names that would (built-in types).
pub fn unknown(
    model_scope: &Scope,
    name: &str,
    span: Span,
    (noun_wanted, plural): (&str, &str),
    fits: impl Fn(Meaning) -> bool,
    more: &[&str],
) -> Diagnostic {
    if let Some((meaning, declared)) = model_scope.names.get(name) {
        return Diagnostic::error(
            "E0201",
            span,
            format!("`{name}` is {}, not {}", noun(*meaning), article(noun_wanted)),
        )
        .because(*declared, "declared here");
    }
    let found = Diagnostic::error("E0201", span, format!("no {noun_wanted} is called `{name}`"));
    if let Some(found) = model_scope.not_imported(found.clone(), name) {
        return found;
    }
    let here = model_scope
        .names
        .iter()
        .filter(|(_, (meaning, _))| fits(*meaning))
        .map(|(name, _)| name.as_str());
    let options: Vec<&str> = here.chain(more.iter().copied()).collect();
    if suggest::closest(name, options.iter().copied()).is_some() {
        return found.or_name(span, name, &options, plural);
    }
    if let Some(close) = suggest::closest(name, model_scope.elsewhere.keys().map(String::as_str)) {
        let file = &model_scope.elsewhere[close];
        return found
            .help(format!(
                "did you mean `{close}`? It is declared in {file} but not imported: add it to the import"
            ))
            .fix(span, close);
    }
    if noun_wanted == "type"
        && let Some(ours) = suggest::scalar(name)
    {
        return found.help(format!("did you mean `{ours}`?")).fix(span, ours);
    }
    found.or_name(span, name, &options, plural)
}

fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

impl Model {
    /// The names of a file.
    pub fn scope(&self, file: FileId) -> &Scope {
        static EMPTY: std::sync::OnceLock<Scope> = std::sync::OnceLock::new();
        self.scopes
            .get(&file)
            .unwrap_or_else(|| EMPTY.get_or_init(Scope::default))
    }
}
