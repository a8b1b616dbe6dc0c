//! Runs the Markdown specifications: every `bff` block of `tests/spec`, `docs/language` and `docs/errors` is compiled and must give
//! exactly the diagnostics of the `diagnostics` block behind it, or none. `UPDATE=1 cargo test --test spec` rewrites those blocks.
//!
//! Info words of a block: `file=name.bff` (blocks with names that follow each other are one case, the last is the one compiled),
//! `page` (a file of every case below it), `fragment` (only parsed). In `tests/spec/syntax` and on the pages `E01xx` everything is only parsed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking, helpers too"
)]

use bff_codegen::diagnostic::{Diagnostic, Sink, render};
use bff_codegen::source::{FileId, Sources};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The name of a block that does not say its own.
const DEFAULT_NAME: &str = "test.bff";

/// A fenced block: its info line, its text, and the lines of its fences (from 0).
struct Block {
    info: String,
    text: String,
    open: usize,
    close: usize,
}

/// Files that are compiled together, and what is expected.
struct Case {
    files: Vec<(String, String)>,
    parse_only: bool,
    last: usize,
    expected: Option<Block>,
}

#[test]
fn specifications_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = Vec::new();
    for folder in ["tests/spec", "../docs/language", "../docs/errors"] {
        collect(&root.join(folder), &mut pages);
    }
    pages.sort();
    assert!(!pages.is_empty(), "no specifications found");
    let mut failures = String::new();
    for page in &pages {
        failures += &run_page(root, page);
    }
    assert!(failures.is_empty(), "{failures}\nUPDATE=1 accepts what is given now");
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|it| it == "md") {
            pages.push(path);
        }
    }
}

/// Runs all cases of a page; gives what differs.
fn run_page(root: &Path, page: &Path) -> String {
    let text = std::fs::read_to_string(page).unwrap();
    let name = page.strip_prefix(root).unwrap_or(page).display().to_string();
    let only_syntax = name.contains("spec/syntax/")
        || page
            .file_name()
            .is_some_and(|it| ["E01", "W01"].iter().any(|code| it.to_string_lossy().starts_with(code)));
    let mut failures = String::new();
    let mut edits = Vec::new();
    for case in cases(blocks(&text)) {
        let given = run_case(&case, only_syntax);
        let expected = case.expected.as_ref().map_or("", |it| it.text.as_str());
        if given == expected {
            continue;
        }
        let diff = similar::TextDiff::from_lines(expected, &given);
        writeln!(
            failures,
            "\n{name}:{}\n{}",
            case.last + 1,
            diff.unified_diff().header("expected", "given")
        )
        .unwrap();
        let lines = case
            .expected
            .as_ref()
            .map_or((case.last + 1, case.last + 1), |it| (it.open, it.close + 1));
        edits.push((lines, given));
    }
    if edits.is_empty() || std::env::var_os("UPDATE").is_none() {
        return failures;
    }
    std::fs::write(page, updated(&text, &edits)).unwrap();
    String::new()
}

fn updated(text: &str, edits: &[((usize, usize), String)]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    let mut from = 0;
    for ((start, end), given) in edits {
        for line in &lines[from..*start] {
            writeln!(out, "{line}").unwrap();
        }
        if !given.is_empty() {
            write!(out, "```diagnostics\n{given}```\n").unwrap();
        }
        from = *end;
    }
    for line in &lines[from..] {
        writeln!(out, "{line}").unwrap();
    }
    out
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Block {
                    info: info.trim().to_owned(),
                    text: String::new(),
                    open: at,
                    close: at,
                });
            }
            (Some(block), Some("")) => {
                block.close = at;
                blocks.extend(open.take());
            }
            (Some(block), _) => {
                block.text += line;
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

fn cases(blocks: Vec<Block>) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut joins = false;
    let mut page: Vec<(String, String)> = Vec::new();
    for block in blocks {
        let mut words = block.info.split_whitespace();
        match words.next() {
            Some("bff") => {
                let words: Vec<&str> = words.collect();
                let file = words.iter().find_map(|it| it.strip_prefix("file="));
                let parse_only = words.contains(&"fragment");
                let entry = (file.unwrap_or(DEFAULT_NAME).to_owned(), block.text);
                if words.contains(&"page") {
                    page.push(entry);
                    joins = false;
                    continue;
                }
                match cases.last_mut() {
                    Some(case) if joins && file.is_some() => {
                        case.files.push(entry);
                        case.last = block.close;
                    }
                    _ => cases.push(Case {
                        files: page.iter().cloned().chain([entry]).collect(),
                        parse_only,
                        last: block.close,
                        expected: None,
                    }),
                }
                joins = file.is_some();
            }
            Some("diagnostics") => {
                let case = cases
                    .last_mut()
                    .unwrap_or_else(|| panic!("a diagnostics block without a case"));
                case.expected = Some(block);
                joins = false;
            }
            _ => joins = false,
        }
    }
    cases
}

/// What the compiler says about a case: a line for each diagnostic, and its help.
fn run_case(case: &Case, only_syntax: bool) -> String {
    let mut sources = Sources::new();
    let files: Vec<FileId> = case
        .files
        .iter()
        .map(|(name, text)| sources.add(name.as_str(), text.as_str()))
        .collect();
    let diagnostics = if only_syntax || case.parse_only {
        parse(&sources, &files)
    } else {
        compile(&sources, &files)
    };
    let mut out = String::new();
    for diagnostic in &diagnostics {
        out += &render::short(&sources, std::slice::from_ref(diagnostic));
        if let Some(help) = &diagnostic.help {
            writeln!(out, "help: {help}").unwrap();
        }
    }
    out
}

fn parse(sources: &Sources, files: &[FileId]) -> Vec<Diagnostic> {
    let mut sink = Sink::new();
    for file in files {
        bff_codegen::syntax::parse(sources, *file, &mut sink);
    }
    sink.finish()
}

/// The whole compiler, with the last file as the one that is compiled.
fn compile(sources: &Sources, files: &[FileId]) -> Vec<Diagnostic> {
    match files.last() {
        Some(entry) => bff_codegen::compile(sources, *entry).diagnostics,
        None => Vec::new(),
    }
}
