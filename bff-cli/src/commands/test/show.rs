//! The results of tests as people read them.

use std::collections::BTreeSet;
use std::time::Duration;

use anstyle::AnsiColor;

use super::Test;
use crate::terminal::{Terminal, bold, colored};

/// What has been shown so far.
#[derive(Default)]
pub(super) struct Shown {
    passed: usize,
    failed: usize,
    /// What to say about tests, after all of them: the name, and the text.
    reports: Vec<(String, String)>,
}

/// The output of one `cargo test` as it is read.
pub(super) struct Output<'s> {
    shown: &'s mut Shown,
    tests: &'s [Test],
    ended: BTreeSet<usize>,
    /// The test whose output is being read.
    reading: Option<(usize, String)>,
}

impl Shown {
    /// Tests of a file follow.
    pub(super) fn file(&mut self, name: &str, terminal: &mut Terminal) {
        terminal.print(&format!("{}\n", bold(name)));
    }

    pub(super) fn suite<'s>(&'s mut self, tests: &'s [Test]) -> Output<'s> {
        Output {
            shown: self,
            tests,
            ended: BTreeSet::new(),
            reading: None,
        }
    }

    /// The last lines; gives how many failed.
    pub(super) fn summary(&self, time: Duration, terminal: &mut Terminal) -> usize {
        for (name, text) in &self.reports {
            terminal.print(&format!("\n{}\n{}\n", bold(&format!("test \"{name}\"")), painted(text)));
        }
        let seconds = time.as_secs_f64();
        let passed = colored(&format!("{} passed", self.passed), AnsiColor::Green);
        let failed = match self.failed {
            0 => "0 failed".to_owned(),
            count => colored(&format!("{count} failed"), AnsiColor::Red),
        };
        terminal.print(&format!("\n{passed}, {failed} ({seconds:.1} s)\n"));
        self.failed
    }
}

impl Output<'_> {
    /// Takes a line of the test harness.
    pub(super) fn line(&mut self, line: &str, terminal: &mut Terminal) {
        if let Some(name) = line
            .strip_prefix("---- ")
            .and_then(|it| it.strip_suffix(" stdout ----"))
        {
            self.flush();
            self.reading = self.position(name).map(|at| (at, String::new()));
        } else if matches!(line, "successes:" | "failures:") || line.starts_with("test result: ") {
            self.flush();
        } else if let Some((_, text)) = &mut self.reading {
            text.push_str(line);
            text.push('\n');
        } else if let Some((name, result)) = line.strip_prefix("test ").and_then(|it| it.rsplit_once(" ... ")) {
            self.result(name, result, terminal);
        }
    }

    fn result(&mut self, name: &str, result: &str, terminal: &mut Terminal) {
        let Some(at) = self.position(name) else { return };
        if !self.ended.insert(at) {
            return;
        }
        let name = &self.tests[at].name;
        match result {
            "ok" => {
                self.shown.passed += 1;
                terminal.print(&format!("  {} {name}\n", colored("ok  ", AnsiColor::Green)));
            }
            _ => {
                self.shown.failed += 1;
                terminal.print(&format!("  {} {name}\n", colored("FAIL", AnsiColor::Red)));
            }
        }
    }

    /// The test of a path in Rust.
    fn position(&self, path: &str) -> Option<usize> {
        let path = path.split(" - ").next().unwrap_or(path);
        let is_end = |test: &Test| {
            path.strip_suffix(test.function.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
        };
        self.tests.iter().position(is_end)
    }

    fn flush(&mut self) {
        if let Some((at, text)) = self.reading.take() {
            let text = text.trim().trim_start_matches("Error:").trim().to_owned();
            if !text.is_empty() {
                self.shown.reports.push((self.tests[at].name.clone(), text));
            }
        }
    }

    /// No more lines follow. What was not run has failed.
    pub(super) fn end(mut self, success: bool, terminal: &mut Terminal) {
        self.flush();
        if !success && self.ended.is_empty() {
            self.shown.failed += self.tests.len();
            let what = "the package does not build, so nothing was run; what cargo says above tells why\n";
            return terminal.print(&format!("  {} {what}", colored("FAIL", AnsiColor::Red)));
        }
        for (at, test) in self.tests.iter().enumerate().filter(|(at, _)| !self.ended.contains(at)) {
            let _ = at;
            self.shown.failed += 1;
            terminal.print(&format!("  {} {}\n", colored("FAIL", AnsiColor::Red), test.name));
            let text = "error: it was not run\nhelp: the package includes the file with `bff_core::include_bff!(\"client\")`, in a \
                        program or library whose tests are run";
            self.shown.reports.push((test.name.clone(), text.to_owned()));
        }
    }
}

/// A report with its words and lines in colours.
fn painted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let color = match line {
            line if line.starts_with("error:") => Some(AnsiColor::BrightRed),
            line if line.starts_with("warning:") => Some(AnsiColor::BrightYellow),
            line if line.starts_with("help:") || line.starts_with("note:") => Some(AnsiColor::BrightCyan),
            line if line.starts_with("- ") => Some(AnsiColor::Red),
            line if line.starts_with("+ ") => Some(AnsiColor::Green),
            _ => None,
        };
        match (color, line.split_once(':')) {
            (Some(color @ (AnsiColor::Red | AnsiColor::Green)), _) => out += &colored(line, color),
            (Some(color), Some((word, rest))) => out += &format!("{}:{rest}", colored(word, color)),
            _ => out += line,
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_known_by_the_end_of_its_path() {
        let test = |function: &str| Test {
            name: function.to_owned(),
            function: function.to_owned(),
        };
        let tests = [test("mobile_tests::home"), test("mobile_tests::home_fails")];
        let mut shown = Shown::default();
        let output = shown.suite(&tests);
        assert_eq!(output.position("mobile_tests::home"), Some(0));
        assert_eq!(output.position("bff::mobile_tests::home_fails"), Some(1));
        assert_eq!(output.position("other_mobile_tests::home"), None);
        assert_eq!(output.position("mobile_tests::homes"), None);
    }
}
