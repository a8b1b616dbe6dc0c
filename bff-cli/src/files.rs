//! Finds the `.bff` files that the arguments of a command name, writes them, and shows what changes in them.

use std::fs;
use std::path::{Path, PathBuf};

use anstyle::AnsiColor;
use bff_codegen::diagnostic::suggest;
use similar::{ChangeTag, TextDiff};

use crate::Failure;
use crate::terminal::{bold, colored};

/// Folders that hold no source of the project.
const SKIPPED: [&str; 2] = ["target", "node_modules"];

/// The files that are named, and the `.bff` files in the folders that are named, each once and in order. Without
/// arguments, those from this folder down. It is an error if a path does not exist or a folder has none.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            walk(path, &mut found);
            if found.len() == before {
                return Err(none_in(path));
            }
        } else if path.exists() {
            found.push(path.clone());
        } else {
            return Err(missing(path));
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
    Ok(found)
}

/// The files of a folder and the folders in it, by name. Links to folders are not followed: they may go round.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        let is_folder = entry.file_type().is_ok_and(|it| it.is_dir());
        if is_folder && !name.starts_with('.') && !SKIPPED.contains(&name.as_ref()) {
            walk(&path, found);
        } else if !is_folder && path.extension().is_some_and(|it| it == "bff") && path.is_file() {
            found.push(path.strip_prefix("./").map_or(path.clone(), Path::to_owned));
        }
    }
}

fn none_in(path: &Path) -> Failure {
    let place = if path == Path::new(".") {
        "here or in the folders below".to_owned()
    } else {
        format!("in `{}`", path.display())
    };
    Failure::new(format!("there are no .bff files {place}"))
        .help("name a file, or start a project with `bff new shop-bff`")
}

/// Says that a path does not exist, and which one near it does.
pub(crate) fn missing(path: &Path) -> Failure {
    let failure = Failure::new(format!("there is no file `{}`", path.display()));
    let folder = path
        .parent()
        .filter(|it| !it.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let wanted = path
        .file_name()
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut files = Vec::new();
    walk(folder, &mut files);
    let shown: Vec<String> = files.iter().map(|it| it.display().to_string()).collect();
    let same = shown.iter().zip(&files).find(|(_, file)| {
        let name = file
            .file_name()
            .map(|it| it.to_string_lossy().into_owned())
            .unwrap_or_default();
        name == wanted
            || name.strip_suffix(".bff") == Some(&wanted)
            || suggest::closest(&wanted, [name.as_str()]).is_some()
    });
    let whole = path.to_string_lossy();
    match same
        .map(|(name, _)| name.as_str())
        .or_else(|| suggest::closest(&whole, shown.iter().map(String::as_str)))
    {
        Some(name) => failure.help(format!("did you mean `{name}`?")),
        None => failure,
    }
}

/// Writes a file in one step: whoever reads it meanwhile sees the old text or the new one, whatever happens.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::new(format!("cannot write `{}`: {error}", path.display()));
    // A link is followed, so that what it leads to is written and not the link replaced.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let half = place.with_extension(format!("{}.half", std::process::id()));
    let written = fs::write(&half, text).and_then(|()| match fs::metadata(&place) {
        Ok(old) => fs::set_permissions(&half, old.permissions()),
        Err(_) => Ok(()),
    });
    written.and_then(|()| fs::rename(&half, &place)).map_err(|error| {
        let _ = fs::remove_file(&half);
        failed(error)
    })
}

/// The lines that would change, with three around them.
pub(crate) fn difference(name: &str, how: &str, before: &str, after: &str) -> String {
    let mut out = bold(&format!("--- {name}\n+++ {name} ({how})\n"));
    let diff = TextDiff::from_lines(before, after);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        out += &colored(&format!("{}\n", hunk.header()), AnsiColor::Cyan);
        for change in hunk.iter_changes() {
            let line = change.to_string_lossy();
            let line = line.strip_suffix('\n').unwrap_or(&line);
            out += &match change.tag() {
                ChangeTag::Delete => colored(&format!("-{line}"), AnsiColor::Red),
                ChangeTag::Insert => colored(&format!("+{line}"), AnsiColor::Green),
                ChangeTag::Equal => format!(" {line}"),
            };
            out.push('\n');
        }
    }
    out
}
