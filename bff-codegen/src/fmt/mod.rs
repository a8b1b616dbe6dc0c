//! `bff fmt`: the one layout of a `.bff` file.
//!
//! Two spaces, 120 columns, no options. What stands on one line and fits stays there; a group that was broken or does
//! not fit has one entry per line. Every token is taken from the source in its order, comments stay where they were,
//! and the result is read again: it must mean the same, or the text is given back as it came.

mod align;
mod cursor;
mod decls;
mod doc;
mod exprs;
mod routes;
mod same;

use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::source::{FileId, Sources};
use crate::syntax::{ast::Spec, parse};
use cursor::Cursor;

/// Lays out the file `name` with this text. Fails with what is wrong where the text cannot be read.
pub fn format(name: &str, text: &str) -> Result<String, Vec<Diagnostic>> {
    let mut sources = Sources::new();
    let file = sources.add(name, text);
    format_file(&sources, file)
}

/// Lays out a file of a set.
pub fn format_file(sources: &Sources, file: FileId) -> Result<String, Vec<Diagnostic>> {
    let spec = read(sources, file)?;
    let text = sources.file(file).text.as_str();
    // A few entries cannot do without the comma before them. Should one have been overlooked, all commas stay.
    let formatted = [false, true].into_iter().find_map(|commas| {
        let formatted = print(&spec, text, commas)?;
        let mut again = Sources::new();
        let file = again.add(&sources.file(file).name, formatted.as_str());
        let same = read(&again, file).is_ok_and(|other| same::same(&spec, &other));
        same.then_some(formatted)
    });
    Ok(formatted.unwrap_or_else(|| text.to_owned()))
}

fn read(sources: &Sources, file: FileId) -> Result<Spec, Vec<Diagnostic>> {
    let mut sink = Sink::new();
    let spec = parse(sources, file, &mut sink);
    let found = sink.finish();
    if found.iter().any(|it| it.severity == Severity::Error) {
        return Err(found);
    }
    Ok(spec)
}

fn print(spec: &Spec, text: &str, commas: bool) -> Option<String> {
    let mut cursor = Cursor::new(text, commas);
    let mut doc = decls::spec(&mut cursor, spec);
    if cursor.lost {
        return None;
    }
    doc.propagate();
    let mut layout = doc::layout(&doc);
    align::align(&mut layout);
    let mut out = layout.lines.join("\n");
    if !out.is_empty() {
        out.push('\n');
    }
    Some(out)
}
