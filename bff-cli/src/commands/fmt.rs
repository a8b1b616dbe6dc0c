//! `bff fmt`: the one layout.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use bff_codegen::diagnostic::Diagnostic;
use bff_codegen::load::name_of;
use bff_codegen::source::Sources;

use crate::terminal::Terminal;
use crate::{Ending, Failure, files};
use files::{difference, write};

/// Lays out files in place, or only says what would change; `-` is standard input.
pub(crate) fn run(paths: &[PathBuf], check: bool, terminal: &mut Terminal) -> Result<Ending, Failure> {
    if paths.iter().any(|path| path == Path::new("-")) {
        if paths.len() > 1 {
            return Err(Failure::new(
                "`-` stands for standard input and cannot be given with other files",
            ));
        }
        return standard_input(check, terminal);
    }
    let mut ending = Ending::Fine;
    let paths = files::find(paths)?;
    let mut differ = 0;
    for path in &paths {
        let bytes =
            fs::read(path).map_err(|error| Failure::new(format!("cannot read `{}`: {error}", path.display())))?;
        let name = name_of(path);
        let Some(before) = read_text(&name, bytes, terminal)? else {
            ending = Ending::Mistakes;
            continue;
        };
        let Some(after) = layout(&name, &before, terminal) else {
            ending = Ending::Mistakes;
            continue;
        };
        if before == after {
            continue;
        }
        if check {
            terminal.print(&difference(&name, "formatted", &before, &after));
            differ += 1;
            ending = Ending::Mistakes;
        } else {
            write(path, &after)?;
            terminal.say(&format!("formatted {name}\n"));
        }
    }
    if differ > 0 {
        terminal.say(&format!("`bff fmt` would change {differ} of {}\n", count(paths.len())));
    }
    Ok(ending)
}

fn count(files: usize) -> String {
    if files == 1 {
        "1 file".to_owned()
    } else {
        format!("{files} files")
    }
}

fn standard_input(check: bool, terminal: &mut Terminal) -> Result<Ending, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
    let name = "<stdin>";
    let Some(before) = read_text(name, bytes, terminal)? else {
        return Ok(Ending::Mistakes);
    };
    let Some(after) = layout(name, &before, terminal) else {
        return Ok(Ending::Mistakes);
    };
    if !check {
        terminal.print(&after);
        return Ok(Ending::Fine);
    }
    if before != after {
        terminal.print(&difference(name, "formatted", &before, &after));
        return Ok(Ending::Mistakes);
    }
    Ok(Ending::Fine)
}

/// The text of a file; bytes that are none are reported.
fn read_text(name: &str, bytes: Vec<u8>, terminal: &mut Terminal) -> Result<Option<String>, Failure> {
    let mut sources = Sources::new();
    let mut broken = Vec::new();
    let id = bff_codegen::load::add(&mut sources, name, bytes, &mut broken);
    if broken.is_empty() {
        return Ok(Some(sources.file(id).text.clone()));
    }
    terminal.diagnostics(name, &sources, &broken);
    Ok(None)
}

/// The text laid out, or its mistakes told.
fn layout(name: &str, text: &str, terminal: &mut Terminal) -> Option<String> {
    match bff_codegen::fmt::format(name, text) {
        Ok(after) => Some(after),
        Err(found) => {
            tell(name, text, &found, terminal);
            None
        }
    }
}

fn tell(name: &str, text: &str, found: &[Diagnostic], terminal: &mut Terminal) {
    let mut sources = Sources::new();
    sources.add(name, text);
    terminal.diagnostics(name, &sources, found);
}
