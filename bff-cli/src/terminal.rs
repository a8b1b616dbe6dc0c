//! What goes to standard output and standard error, with colours where they are wanted.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use bff_codegen::diagnostic::{Diagnostic, json, render};
use bff_codegen::source::Sources;

use crate::Failure;
use crate::args::{Color, Format};

/// The two streams of the process. That nobody listens any more (`bff explain --list | head -1`) is no mistake.
pub(crate) struct Terminal {
    format: Format,
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
}

impl Terminal {
    pub(crate) fn new(color: Color, format: Format) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Terminal {
            format,
            out: AutoStream::new(io::stdout(), choice),
            err: AutoStream::new(io::stderr(), choice),
        }
    }

    /// What was asked for, to standard output.
    pub(crate) fn print(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes());
        let _ = self.out.flush();
    }

    /// What the command has to say beside it, to standard error.
    pub(crate) fn say(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }

    /// Whether people read along.
    pub(crate) fn is_human(&self) -> bool {
        self.format == Format::Human
    }

    /// Shows diagnostics in the format that was asked for, and counts them if people read it.
    pub(crate) fn diagnostics(&mut self, name: &str, sources: &Sources, found: &[Diagnostic]) {
        match self.format {
            Format::Json => self.print(&json::render(sources, found)),
            Format::Short => self.print(&render::short(sources, found)),
            Format::Human => {
                // Colours are taken out again where they are not wanted.
                self.say(&render::render(sources, found, true));
                if let Some(line) = render::summary_line(name, found, true) {
                    self.say(&format!("{line}\n\n"));
                }
            }
        }
    }

    /// Says why nothing was done.
    pub(crate) fn failure(&mut self, failure: &Failure) {
        let message = &failure.message;
        self.say(&format!("{}error{}: {message}\n", RED.render(), RED.render_reset()));
        if let Some(help) = &failure.help {
            self.say(&format!("{}help{}: {help}\n", CYAN.render(), CYAN.render_reset()));
        }
    }
}

const BOLD: anstyle::Style = anstyle::Style::new().bold();
const RED: anstyle::Style = BOLD.fg_color(Some(anstyle::Color::Ansi(anstyle::AnsiColor::BrightRed)));
const CYAN: anstyle::Style = BOLD.fg_color(Some(anstyle::Color::Ansi(anstyle::AnsiColor::BrightCyan)));

/// A text in bold.
pub(crate) fn bold(text: &str) -> String {
    format!("{}{text}{}", BOLD.render(), BOLD.render_reset())
}

/// A text in a colour.
pub(crate) fn colored(text: &str, color: anstyle::AnsiColor) -> String {
    let style = anstyle::Style::new().fg_color(Some(anstyle::Color::Ansi(color)));
    format!("{}{text}{}", style.render(), style.render_reset())
}
