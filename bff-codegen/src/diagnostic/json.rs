//! Diagnostics for tools: one JSON object per diagnostic and line.

use serde::Serialize;

use super::{Diagnostic, Fix, Label, Severity};
use crate::source::{Sources, Span};

/// One line of JSON per diagnostic. Lines and columns count from 1, columns in characters; `start` and `end` are bytes.
pub fn render(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        out += &line(sources, diagnostic);
        out.push('\n');
    }
    out
}

fn line(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let object = Object {
        code: diagnostic.code,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        place: Place::of(sources, diagnostic.span()),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| LabelObject::of(sources, label))
            .collect(),
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
        fix: diagnostic.fix.as_ref().map(|fix| FixObject::of(sources, fix)),
    };
    serde_json::to_string(&object).unwrap_or_default()
}

#[derive(Serialize)]
struct Object<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<LabelObject<'a>>,
    notes: &'a [String],
    help: Option<&'a str>,
    fix: Option<FixObject<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: u32,
    end: u32,
}

impl<'a> Place<'a> {
    fn of(sources: &'a Sources, span: Span) -> Self {
        let file = sources.file(span.file);
        let (line, column) = file.line_column(span.start as usize);
        let (end_line, end_column) = file.line_column(span.end as usize);
        Place {
            file: &file.name,
            line,
            column,
            end_line,
            end_column,
            start: span.start,
            end: span.end,
        }
    }
}

#[derive(Serialize)]
struct LabelObject<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
    primary: bool,
}

impl<'a> LabelObject<'a> {
    fn of(sources: &'a Sources, label: &'a Label) -> Self {
        LabelObject {
            place: Place::of(sources, label.span),
            text: &label.text,
            primary: label.primary,
        }
    }
}

#[derive(Serialize)]
struct FixObject<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    replacement: &'a str,
}

impl<'a> FixObject<'a> {
    fn of(sources: &'a Sources, fix: &'a Fix) -> Self {
        FixObject {
            place: Place::of(sources, fix.span),
            replacement: &fix.replacement,
        }
    }
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_there_and_a_line_break_in_a_text_does_not_end_the_line() {
        let mut sources = Sources::new();
        let file = sources.add("a.bff", "ä = 1\nb\n");
        let diagnostic = Diagnostic::error("E0201", Span::new(file, 3, 8), "a\n\"b\"")
            .at("here")
            .note("n")
            .help("h")
            .fix(Span::new(file, 3, 4), ":");
        let text = render(&sources, &[diagnostic.clone(), diagnostic]);
        assert_eq!(text.lines().count(), 2);
        let value: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        assert_eq!(value["code"], "E0201");
        assert_eq!(value["severity"], "error");
        assert_eq!(value["message"], "a\n\"b\"");
        assert_eq!((&value["line"], &value["column"]), (&1.into(), &3.into()));
        assert_eq!((&value["end_line"], &value["end_column"]), (&2.into(), &2.into()));
        assert_eq!(value["labels"][0]["text"], "here");
        assert_eq!(value["notes"][0], "n");
        assert_eq!(value["fix"]["replacement"], ":");
    }
}
