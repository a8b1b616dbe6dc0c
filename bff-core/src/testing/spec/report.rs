//! Why a test failed, as text: the place in the `.bff` file and what was different there.

use std::fmt::{self, Write as _};

use super::table::Place;

/// Why a test failed. Shown by `Debug`, which is what the test harness prints of an error.
#[derive(Default)]
pub struct Report {
    text: String,
    errors: usize,
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}", self.text.trim_end())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim_end())
    }
}

impl std::error::Error for Report {}

impl Report {
    /// Whether something is wrong.
    pub(super) fn is_failed(&self) -> bool {
        self.errors > 0
    }

    /// Something that is wrong at a place.
    pub(super) fn error(&mut self, message: &str, at: &Place, label: &str) {
        self.errors += 1;
        self.draw("error", message, at, label);
    }

    /// Something to know at a place.
    pub(super) fn warning(&mut self, message: &str, at: &Place, label: &str) {
        self.draw("warning", message, at, label);
    }

    fn draw(&mut self, level: &str, message: &str, at: &Place, label: &str) {
        let number = at.line.to_string();
        let gutter = " ".repeat(number.len());
        let before = at.text.chars().take(at.column.saturating_sub(1) as usize);
        let indent: String = before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let mark = "^".repeat(at.width.max(1) as usize);
        let label = if label.is_empty() {
            String::new()
        } else {
            format!(" {label}")
        };
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let _ = writeln!(
            self.text,
            "{level}: {message}\n{gutter}--> {}:{}:{}\n{gutter} |\n{number} | {}\n{gutter} | {indent}{mark}{label}",
            at.file, at.line, at.column, at.text
        );
    }

    /// A line under what was drawn last.
    pub(super) fn help(&mut self, text: &str) {
        let _ = writeln!(self.text, "help: {text}");
    }

    /// A fact under what was drawn last.
    pub(super) fn note(&mut self, text: &str) {
        let _ = writeln!(self.text, "note: {text}");
    }

    /// Lines as they are.
    pub(super) fn lines(&mut self, text: &str) {
        self.text.push_str(text);
        if !text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_drawn_under_its_line() {
        let at = Place {
            file: "mobile.bff",
            line: 62,
            column: 3,
            width: 10,
            text: "  expect 200 { a: 1 }",
        };
        let mut report = Report::default();
        assert!(!report.is_failed());
        report.error("the answer is another", &at, "`a` differs");
        report.help("look at it");
        assert!(report.is_failed());
        let drawn = "error: the answer is another\n  --> mobile.bff:62:3\n   |\n62 |   expect 200 { a: 1 }\n   |   ^^^^^^^^^^ `a` differs\nhelp: look at it";
        assert_eq!(report.to_string(), drawn);
    }
}
