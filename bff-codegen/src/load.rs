//! Reads the files of a compilation: the entry, what it imports, and their neighbours, which only serve suggestions.
//!
//! Together with `build_script.rs` the only place of the compiler that touches files.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span, join};

/// Neighbours above this number are not read: they only serve suggestions.
const NEIGHBOURS: usize = 100;
/// Nor are neighbours above this many bytes.
const NEIGHBOUR_SIZE: u64 = 1_000_000;

/// What some editors write before the first character.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The files of a compilation.
#[derive(Debug)]
pub struct Loaded {
    /// The texts: the entry, its imports, their neighbours.
    pub sources: Sources,
    /// The entry.
    pub entry: FileId,
    /// The entry and its imports, as read: what a build has to watch.
    pub files: Vec<PathBuf>,
}

/// Why there is nothing to compile.
#[derive(Debug)]
pub enum LoadError {
    /// The entry cannot be read.
    Io {
        /// The entry.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file is not text; its diagnostic (`E0100`) is shown like any other.
    NotText {
        /// The files, the broken bytes replaced.
        sources: Sources,
        /// What is wrong.
        diagnostics: Vec<Diagnostic>,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Io { path, error } if error.kind() == io::ErrorKind::NotFound => {
                write!(f, "there is no file `{}`", path.display())
            }
            LoadError::Io { path, .. } if path.is_dir() => {
                write!(f, "`{}` is a folder, not a `.bff` file", path.display())
            }
            LoadError::Io { path, error } => write!(f, "cannot read `{}`: {error}", path.display()),
            LoadError::NotText { diagnostics, .. } => {
                write!(f, "{}", diagnostics.first().map_or("", |found| found.message.as_str()))
            }
        }
    }
}

impl std::error::Error for LoadError {}

/// Reads `entry` and what belongs to it. Names of files are relative to where the process runs, as `entry` is.
///
/// An import that does not exist is no error here: the compiler says so at its place.
pub fn load(entry: &Path) -> Result<Loaded, LoadError> {
    let mut sources = Sources::new();
    let mut broken = Vec::new();
    let name = name_of(entry);
    let bytes = fs::read(entry).map_err(|error| LoadError::Io {
        path: entry.to_owned(),
        error,
    })?;
    let id = add(&mut sources, &name, bytes, &mut broken);
    let mut files = vec![entry.to_owned()];
    let mut open = vec![id];
    while let Some(file) = open.pop() {
        for wanted in imports(&sources, file) {
            let path = PathBuf::from(&wanted);
            if sources.find(&wanted).is_none()
                && path.is_file()
                && let Ok(bytes) = fs::read(&path)
            {
                open.push(add(&mut sources, &wanted, bytes, &mut broken));
                files.push(path);
            }
        }
    }
    if !broken.is_empty() {
        return Err(LoadError::NotText {
            sources,
            diagnostics: broken,
        });
    }
    neighbours(&mut sources);
    Ok(Loaded {
        sources,
        entry: id,
        files,
    })
}

/// The name of a path as people are shown it: with `/`, without `./` and `a/..`.
pub fn name_of(path: &Path) -> String {
    let name = path.to_string_lossy();
    let name = if cfg!(windows) {
        name.replace('\\', "/")
    } else {
        name.into_owned()
    };
    if name.starts_with('/') {
        return name;
    }
    join("", &name)
}

/// Adds a file as read. A byte order mark is no part of the text; bytes that are not UTF-8 are replaced and reported
/// (`E0100`).
pub fn add(sources: &mut Sources, name: &str, mut bytes: Vec<u8>, broken: &mut Vec<Diagnostic>) -> FileId {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    match String::from_utf8(bytes) {
        Ok(text) => sources.add(name, text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            // Up to the first broken byte the texts are the same; there the replacement has three bytes.
            let end = (at + '\u{fffd}'.len_utf8()).min(text.len());
            let id = sources.add(name, text);
            let span = Span::new(id, at, end);
            broken.push(
                Diagnostic::error("E0100", span, format!("`{name}` is not UTF-8 text"))
                    .at("this byte is no part of a character")
                    .help("save the file as UTF-8"),
            );
            id
        }
    }
}

/// The files that a text names behind `from`. Too many are found (`from "wire_name"`), none is missed, also where the
/// text cannot be parsed.
fn imports(sources: &Sources, file: FileId) -> Vec<String> {
    let file = sources.file(file);
    let mut found = Vec::new();
    for (at, word) in file.text.match_indices("from") {
        let rest = file.text[at + word.len()..].trim_start();
        if let Some(path) = rest.strip_prefix('"').and_then(|rest| rest.split(['"', '\n']).next())
            && !path.is_empty()
        {
            found.push(join(&file.name, path));
        }
    }
    found
}

/// Adds the other `.bff` files of the folders that are involved, in the order of their names.
fn neighbours(sources: &mut Sources) {
    let mut folders: Vec<PathBuf> = Vec::new();
    for (_, file) in sources.iter() {
        let folder = Path::new(&file.name).parent().unwrap_or(Path::new("")).to_owned();
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    let mut paths = Vec::new();
    for folder in folders {
        let shown = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &folder
        };
        let Ok(entries) = fs::read_dir(shown) else { continue };
        let names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
        let names = names.filter(|name| Path::new(name).extension().is_some_and(|it| it == "bff"));
        paths.extend(names.map(|name| folder.join(name)).take(NEIGHBOURS));
    }
    paths.sort();
    for path in paths.into_iter().take(NEIGHBOURS) {
        let small = fs::metadata(&path).is_ok_and(|it| it.is_file() && it.len() <= NEIGHBOUR_SIZE);
        let name = name_of(&path);
        if small
            && sources.find(&name).is_none()
            && let Ok(text) = fs::read_to_string(&path)
        {
            sources.add(name, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that is gone after the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
            let path = std::env::temp_dir().join(format!("bff-load-{name}-{}", std::process::id()));
            for (name, bytes) in files {
                let file = path.join(name);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, bytes).unwrap();
            }
            Folder(path)
        }

        fn names(&self, loaded: &Loaded) -> Vec<String> {
            let root = self.0.to_string_lossy().into_owned() + "/";
            loaded
                .sources
                .iter()
                .map(|(_, file)| file.name.replace(&root, ""))
                .collect()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn imports_are_followed_and_neighbours_come_last() {
        let files: [(&str, &[u8]); 5] = [
            (
                "a/main.bff",
                b"import { x } from \"../b/x.bff\"\ntype T { f: String from \"wire\" }",
            ),
            ("a/other.bff", b""),
            ("a/notes.txt", b""),
            ("b/x.bff", b"import { y } from \"./deep/y.bff\""),
            ("b/deep/y.bff", b"import { x } from \"../x.bff\""),
        ];
        let folder = Folder::new("imports", &files);
        let loaded = load(&folder.0.join("a/main.bff")).unwrap();
        assert_eq!(
            folder.names(&loaded),
            ["a/main.bff", "b/x.bff", "b/deep/y.bff", "a/other.bff"]
        );
        assert_eq!(loaded.files.len(), 3);
    }

    #[test]
    fn what_is_not_text_is_a_diagnostic_at_its_byte() {
        let folder = Folder::new("text", &[("a.bff", b"ok\n\xffrest")]);
        let Err(LoadError::NotText { sources, diagnostics }) = load(&folder.0.join("a.bff")) else {
            panic!()
        };
        let span = diagnostics[0].span();
        assert_eq!(sources.file(span.file).line_column(span.start as usize), (2, 1));
        assert_eq!(sources.text(span), "\u{fffd}");
    }

    #[test]
    fn a_byte_order_mark_is_not_seen() {
        let folder = Folder::new("mark", &[("a.bff", b"\xef\xbb\xbftype A = B")]);
        let loaded = load(&folder.0.join("a.bff")).unwrap();
        assert_eq!(loaded.sources.file(loaded.entry).text, "type A = B");
    }

    #[test]
    fn a_missing_entry_is_an_error_and_a_missing_import_is_not() {
        let folder = Folder::new("missing", &[("a.bff", b"import { x } from \"./no.bff\"")]);
        assert!(load(&folder.0.join("a.bff")).is_ok());
        let error = load(&folder.0.join("b.bff")).unwrap_err();
        assert!(error.to_string().starts_with("there is no file `"), "{error}");
        let error = load(&folder.0).unwrap_err();
        assert!(error.to_string().ends_with("is a folder, not a `.bff` file"), "{error}");
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(name_of(Path::new("./a/../b.bff")), "b.bff");
        assert_eq!(name_of(Path::new("../b.bff")), "../b.bff");
    }
}
