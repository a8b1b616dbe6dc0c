//! `bff new`: a project that builds and serves at once.

use std::fs;
use std::path::{Path, PathBuf};

use anstyle::AnsiColor;

use crate::terminal::{Terminal, colored};
use crate::{Ending, Failure};

/// The files of a project: where they stand, what they say. `{…}` is filled in.
const TEMPLATE: [(&str, &str); 6] = [
    ("Cargo.toml", include_str!("../../template/Cargo.toml.txt")),
    ("build.rs", include_str!("../../template/build.rs.txt")),
    ("src/main.rs", include_str!("../../template/main.rs.txt")),
    ("{client}.bff", include_str!("../../template/client.bff.txt")),
    ("README.md", include_str!("../../template/README.md.txt")),
    (".gitignore", include_str!("../../template/gitignore.txt")),
];

/// Words of Rust and of the language, and packages of Rust itself, that a package or a client cannot be called.
const TAKEN: &[&str] = &[
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "call",
    "const",
    "continue",
    "core",
    "crate",
    "deliver",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "fail",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "headers",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "main",
    "match",
    "mod",
    "move",
    "mut",
    "null",
    "on",
    "override",
    "priv",
    "pub",
    "ref",
    "respond",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "undo",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "when",
    "where",
    "while",
    "yield",
    "alloc",
    "proc_macro",
    "bff_core",
    "bff_codegen",
    "bff_macros",
    // The built-in names of the language, which no declaration may take.
    "auth",
    "request",
    "query",
    "path",
    "header",
    "cookie",
    "body",
    "version",
    "error",
    "partial",
    "it",
    "env",
    "greetings",
];

/// Makes the project.
pub(crate) fn run(path: &Path, terminal: &mut Terminal) -> Result<Ending, Failure> {
    let name = path
        .file_name()
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default();
    let client = client_name(&name)?;
    if path.exists() {
        return Err(Failure::new(format!("`{}` already exists", path.display()))
            .help("choose another name; nothing was changed"));
    }
    let fill = |text: &str| {
        text.replace("{package}", &name)
            .replace("{client}", &client)
            .replace("{bff_core}", &dependency("bff-core"))
            .replace("{bff_codegen}", &dependency("bff-codegen"))
    };
    for (file, text) in TEMPLATE {
        let mut text = fill(text);
        if file == "Cargo.toml" && inside_workspace(path) {
            text += "\n# A project of its own, not a member of the workspace around it.\n[workspace]\n";
        }
        write(&path.join(fill(file)), &text)?;
    }
    terminal.say(&format!(
        "{} {} with {client}.bff\n\n  cd {}\n  cargo run\n  curl 'http://127.0.0.1:8080/hello?name=Ada'\n",
        colored("created", AnsiColor::Green),
        path.display(),
        path.display()
    ));
    Ok(Ending::Fine)
}

/// The package's name as a client is called, if it can be a name at all.
fn client_name(package: &str) -> Result<String, Failure> {
    let failure = |why: &str| {
        Err(
            Failure::new(format!("`{package}` cannot be the name of a project: {why}"))
                .help("letters, digits, `-` and `_`, a letter first: `shop-bff`"),
        )
    };
    if !package.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return failure("it does not start with a letter");
    }
    if let Some(wrong) = package
        .chars()
        .find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
    {
        return failure(&format!("`{wrong}` is not allowed in one"));
    }
    let client = package.replace('-', "_").to_ascii_lowercase();
    if TAKEN.contains(&client.as_str()) {
        return failure("the word has a meaning of its own");
    }
    Ok(client)
}

/// The dependency on one of our crates: the checkout that this command was built from, if it is still there, else
/// the published version.
fn dependency(name: &str) -> String {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    match fs::canonicalize(&checkout) {
        Ok(folder) if folder.join("Cargo.toml").is_file() => format!("{{ path = {:?} }}", folder.display().to_string()),
        _ => format!("{:?}", env!("CARGO_PKG_VERSION")),
    }
}

/// Whether a folder above is a workspace: cargo would take the project for a member and refuse it.
fn inside_workspace(path: &Path) -> bool {
    let parent = path
        .parent()
        .filter(|it| !it.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let parent = existing(parent).and_then(|it| fs::canonicalize(it).ok());
    let manifests = parent
        .iter()
        .flat_map(|it| it.ancestors())
        .map(|folder| folder.join("Cargo.toml"));
    manifests
        .filter_map(|manifest| fs::read_to_string(manifest).ok())
        .any(|text| text.contains("[workspace]"))
}

/// The closest folder above that exists.
fn existing(folder: &Path) -> Option<PathBuf> {
    let here = Path::new(".");
    let found = folder.ancestors().find(|it| it.is_dir() || it.as_os_str().is_empty())?;
    Some(if found.as_os_str().is_empty() { here } else { found }.to_owned())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| Failure::new(format!("cannot write `{}`: {error}", path.display())))
}
