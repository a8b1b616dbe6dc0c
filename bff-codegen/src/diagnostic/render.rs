//! Diagnostics for people, drawn the way rustc draws its own, and the one-line form for logs and editors.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};

use super::{Diagnostic, Fix, Label, Severity};
use crate::source::{File, FileId, Sources, Span};

/// Lines of context that a window into a file keeps around the outermost labels.
const CONTEXT: usize = 3;

/// A window above this many bytes is named and not drawn: only a file that nobody wrote by hand has such lines, and
/// drawing takes time in proportion.
const DRAWN: usize = 500_000;

/// Characters of a text above which it is cut: it may quote the source, which may be anything.
const TEXT: usize = 500;

/// A text that is not too long to be read.
fn bounded(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Draws all diagnostics, an empty line after each. `color` asks for terminal colours.
pub fn render(sources: &Sources, diagnostics: &[Diagnostic], color: bool) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| render_one(sources, diagnostic, color) + "\n\n")
        .collect()
}

/// Draws one diagnostic, without a line end after it.
pub fn render_one(sources: &Sources, diagnostic: &Diagnostic, color: bool) -> String {
    let mut groups = vec![main_group(sources, diagnostic)];
    if let Some(help) = &diagnostic.help {
        groups.push(help_group(sources, help, diagnostic.fix.as_ref()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&groups)
}

/// `mobile.bff:36:19: error[E0301]: message`, one line each.
pub fn short(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let file = sources.file(diagnostic.span().file);
        let (line, column) = file.line_column(diagnostic.span().start as usize);
        let severity = diagnostic.severity.word();
        let message = one_line(&bounded(&diagnostic.message));
        out += &format!(
            "{}:{line}:{column}: {severity}[{}]: {message}\n",
            file.name, diagnostic.code
        );
    }
    out
}

/// The closing line: ``could not compile `mobile.bff` due to 3 errors; 1 warning emitted``, and nothing where
/// nothing was found.
pub fn summary(name: &str, diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|it| it.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    match (errors, warnings) {
        (0, 0) => None,
        (0, _) => Some(format!("`{name}`: {} emitted", count(warnings, "warning"))),
        (_, 0) => Some(format!("could not compile `{name}` due to {}", count(errors, "error"))),
        _ => Some(format!(
            "could not compile `{name}` due to {}; {} emitted",
            count(errors, "error"),
            count(warnings, "warning")
        )),
    }
}

/// [`summary`] as a line of the report, with its severity and colour.
pub fn summary_line(name: &str, diagnostics: &[Diagnostic], color: bool) -> Option<String> {
    let text = summary(name, diagnostics)?;
    let failed = diagnostics.iter().any(|it| it.severity == Severity::Error);
    let level = if failed { Level::ERROR } else { Level::WARNING };
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    Some(renderer.render(&[Group::with_title(level.primary_title(text))]))
}

fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// Line breaks would end the one line, control characters would rule the terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn main_group<'a>(sources: &'a Sources, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(bounded(&diagnostic.message))
        .id(diagnostic.code)
        .elements(files_of(&diagnostic.labels).map(|file| snippet(sources, file, &diagnostic.labels)));
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(bounded(note)));
    }
    group
}

/// The help as a line of its own. Where the edit is not already in its words, it is shown in its place.
fn help_group<'a>(sources: &'a Sources, help: &'a str, fix: Option<&'a Fix>) -> Group<'a> {
    let title = Level::HELP.secondary_title(bounded(help));
    match fix {
        Some(fix) if !help.contains(fix.replacement.trim()) => {
            let file = sources.file(fix.span.file);
            let window = Window::around(file, [fix.span]);
            if window.bytes.len().max(fix.replacement.len()) > DRAWN {
                return Group::with_title(title);
            }
            let patch = Patch::new(window.relative(fix.span), fix.replacement.as_str());
            title.element(window.snippet(file).patch(patch))
        }
        _ => Group::with_title(title),
    }
}

/// The files of the labels, each once, the diagnostic's own first.
fn files_of(labels: &[Label]) -> impl Iterator<Item = FileId> {
    let mut files: Vec<FileId> = Vec::new();
    for label in labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files.into_iter()
}

fn snippet<'a>(sources: &'a Sources, id: FileId, labels: &'a [Label]) -> Element<'a> {
    let file = sources.file(id);
    let here = || labels.iter().filter(|label| label.span.file == id);
    let window = Window::around(file, here().map(|label| label.span));
    if window.bytes.len() > DRAWN {
        let first = here().map(|label| label.span.start as usize).next().unwrap_or(0);
        let (line, column) = file.line_column(first);
        return Origin::path(file.name.as_str()).line(line).char_column(column).into();
    }
    let snippet: Snippet<'a, Annotation<'a>> = window.snippet(file).annotations(here().map(|label| {
        let kind = if label.primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let annotation = kind.span(window.relative(label.span));
        if label.text.is_empty() {
            annotation
        } else {
            annotation.label(bounded(&label.text))
        }
    }));
    snippet.into()
}

/// The part of a file that is drawn: whole lines. Without it every diagnostic would cost a walk through the whole file.
struct Window {
    bytes: Range<usize>,
    first_line: usize,
    /// Where the spans of the window begin and end, on character boundaries.
    boundary: Vec<usize>,
}

impl Window {
    fn around(file: &File, spans: impl IntoIterator<Item = Span>) -> Window {
        let text = file.text.as_str();
        let (mut from, mut to) = (text.len(), 0);
        let mut boundary = Vec::new();
        for span in spans {
            let range = clamp(text, span);
            from = from.min(range.start);
            to = to.max(range.end);
            boundary.extend([range.start, range.end]);
        }
        let start = back_lines(text, from.min(to), CONTEXT);
        let end = forward_lines(text, to, CONTEXT);
        Window {
            bytes: start..end,
            first_line: file.line_column(start).0,
            boundary,
        }
    }

    /// The span inside the window.
    fn relative(&self, span: Span) -> Range<usize> {
        let at = |offset: u32| {
            let offset = offset as usize;
            let known = self.boundary.iter().copied().filter(|it| *it <= offset).max();
            known
                .unwrap_or(self.bytes.start)
                .clamp(self.bytes.start, self.bytes.end)
                - self.bytes.start
        };
        let start = at(span.start);
        start..at(span.end).max(start)
    }

    fn snippet<'a, T: Clone>(&self, file: &'a File) -> Snippet<'a, T> {
        Snippet::source(&file.text[self.bytes.clone()])
            .line_start(self.first_line)
            .path(file.name.as_str())
    }
}

/// The span's bytes, inside the text and on character boundaries.
fn clamp(text: &str, span: Span) -> Range<usize> {
    let floor = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

/// The start of the line that lies `lines` above the one of `at`.
fn back_lines(text: &str, at: usize, lines: usize) -> usize {
    let starts = text[..at].rmatch_indices('\n').map(|(end, _)| end + 1);
    starts.chain(std::iter::once(0)).nth(lines).unwrap_or(0)
}

/// The end of the line that lies `lines` below the one of `at`.
fn forward_lines(text: &str, at: usize, lines: usize) -> usize {
    let ends = text[at..].match_indices('\n').map(|(end, _)| at + end);
    ends.chain(std::iter::once(text.len())).nth(lines).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(sources: &Sources, file: FileId, needle: &str) -> Span {
        let start = sources.file(file).text.find(needle).unwrap();
        Span::new(file, start, start + needle.len())
    }

    #[test]
    fn labels_notes_and_help_look_like_rustc() {
        let mut sources = Sources::new();
        let text = "route GET /home {\n  call recent = orders.list()\n    else null\n  respond { orders: recent.items { id } }\n}\n";
        let file = sources.add("mobile.bff", text);
        let diagnostic = Diagnostic::error("E0301", span(&sources, file, ".items"), "`recent` may be null here")
            .at("`.items` needs a value")
            .because(span(&sources, file, "null"), "null comes from this fallback")
            .note("a note")
            .help("write `recent?.items`");
        let expected = "\
error[E0301]: `recent` may be null here
 --> mobile.bff:4:27
  |
3 |     else null
  |          ---- null comes from this fallback
4 |   respond { orders: recent.items { id } }
  |                           ^^^^^^ `.items` needs a value
  |
  = note: a note
help: write `recent?.items`";
        let got = render_one(&sources, &diagnostic, false);
        let got: Vec<&str> = got.lines().map(str::trim_end).filter(|line| *line != "  |").collect();
        let expected: Vec<&str> = expected.lines().filter(|line| *line != "  |").collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn labels_in_two_files_name_both() {
        let mut sources = Sources::new();
        let one = sources.add("a.bff", "call a = catlog.x()\n");
        let two = sources.add("shop.bff", "\n\nupstream catalog {}\n");
        let diagnostic = Diagnostic::error("E0201", span(&sources, one, "catlog"), "no upstream is called `catlog`")
            .because(span(&sources, two, "catalog"), "declared here");
        let drawn = render_one(&sources, &diagnostic, false);
        assert!(drawn.contains("--> a.bff:1:10"), "{drawn}");
        assert!(drawn.contains("::: shop.bff:3:10"), "{drawn}");
    }

    #[test]
    fn an_edit_that_the_help_does_not_spell_out_is_shown() {
        let mut sources = Sources::new();
        let file = sources.add("a.bff", "call a = catlog.x()\n");
        let at = span(&sources, file, "catlog");
        let diagnostic = Diagnostic::error("E0201", at, "m")
            .help("there is one of a similar name")
            .fix(at, "catalog");
        assert!(render_one(&sources, &diagnostic, false).contains("catalog.x()"));
        assert!(!render_one(&sources, &diagnostic.help("did you mean `catalog`?"), false).contains("catalog.x()"));
    }

    #[test]
    fn odd_places_do_not_panic_and_keep_their_line() {
        let texts = [
            "",
            "\n",
            "a",
            "a\n",
            "ä\u{1F600}\tb\r\nc\r\n",
            "\r\n\r\n",
            "\u{0}\u{1b}[31m\n",
            "a\u{2028}b",
        ];
        for text in texts {
            let mut sources = Sources::new();
            let file = sources.add("a.bff", text);
            for start in 0..text.len() + 3 {
                for end in start..text.len() + 3 {
                    let diagnostic = Diagnostic::error("E0101", Span::new(file, start, end), "m").at("here");
                    for color in [false, true] {
                        assert!(
                            render_one(&sources, &diagnostic, color).contains("a.bff:"),
                            "{text:?} {start} {end}"
                        );
                    }
                    assert!(short(&sources, &[diagnostic]).ends_with(": error[E0101]: m\n"));
                }
            }
        }
    }

    #[test]
    fn a_place_far_down_keeps_its_line_number() {
        let mut sources = Sources::new();
        let file = sources.add("a.bff", "x\r\n".repeat(5000) + "wrong");
        let diagnostic = Diagnostic::error("E0101", span(&sources, file, "wrong"), "m");
        assert!(render_one(&sources, &diagnostic, false).contains("a.bff:5001:1"));
        assert_eq!(short(&sources, &[diagnostic]), "a.bff:5001:1: error[E0101]: m\n");
    }

    #[test]
    fn a_line_of_megabytes_is_named_and_not_drawn() {
        let mut sources = Sources::new();
        let file = sources.add("a.bff", "x {".repeat(1_000_000));
        let diagnostic = Diagnostic::error("E0101", Span::new(file, 300, 301), "m").at("here");
        assert_eq!(
            render_one(&sources, &diagnostic, false),
            "error[E0101]: m\n--> a.bff:1:301"
        );
    }

    #[test]
    fn the_summary_counts() {
        let at = Span::new(FileId(0), 0, 0);
        let (error, warning) = (Diagnostic::error("E0101", at, ""), Diagnostic::warning("W0309", at, ""));
        assert_eq!(summary("a", &[]), None);
        assert_eq!(
            summary("a", std::slice::from_ref(&warning)).unwrap(),
            "`a`: 1 warning emitted"
        );
        let all = [error.clone(), error, warning];
        assert_eq!(
            summary("a", &all).unwrap(),
            "could not compile `a` due to 2 errors; 1 warning emitted"
        );
    }
}
