//! Diagnostics are data until the last moment: a rule builds a [`Diagnostic`], a renderer shows it.

pub mod json;
pub mod render;
pub mod suggest;

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The build stops.
    Error,
    /// The build goes on.
    Warning,
}

/// A place with a short text; the primary one is underlined with `^`, others with `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said there; may be empty.
    pub text: String,
    /// Whether this is where the mistake is.
    pub primary: bool,
}

/// A replacement that an editor or `--fix` can apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// One thing that is wrong, said once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// `E0201`; has a page in `docs/errors`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence that names the user's thing.
    pub message: String,
    /// The places; the first primary one is the diagnostic's own.
    pub labels: Vec<Label>,
    /// Further facts, a line each.
    pub notes: Vec<String>,
    /// What to do, ready to paste.
    pub help: Option<String>,
    /// The help as an edit, where it is mechanical.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message.into())
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message.into())
    }

    fn new(code: &'static str, severity: Severity, span: Span, message: String) -> Self {
        let primary = Label {
            span,
            text: String::new(),
            primary: true,
        };
        Diagnostic {
            code,
            severity,
            message,
            labels: vec![primary],
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Puts a text at the primary place.
    #[must_use]
    pub fn at(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }

    /// Adds a second place that says why.
    #[must_use]
    pub fn because(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
            primary: false,
        });
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Gives the help as an edit.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            span,
            replacement: replacement.into(),
        });
        self
    }

    /// Suggests the name that was probably meant in place of `wanted`, which stands at `span`: as a help and as an edit. Else the
    /// help lists the names that exist, under what they are called in the plural.
    #[must_use]
    pub fn or_name(self, span: Span, wanted: &str, options: &[&str], plural: &str) -> Self {
        match (
            suggest::closest(wanted, options.iter().copied()),
            suggest::help(wanted, options, plural),
        ) {
            (Some(close), Some(help)) => self.help(help).fix(span, close),
            (None, Some(help)) => self.help(help),
            (_, None) => self,
        }
    }

    /// The diagnostic's own place.
    pub fn span(&self) -> Span {
        self.labels[0].span
    }
}

/// Where rules put what they find.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    list: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Takes a diagnostic if there is one.
    pub fn extend(&mut self, diagnostic: Option<Diagnostic>) {
        self.list.extend(diagnostic);
    }

    /// Whether an error was found.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|it| it.severity == Severity::Error)
    }

    /// All of them, by file and place, without repetitions.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|it| (it.span(), it.severity, it.code));
        self.list.dedup();
        self.list
    }
}
