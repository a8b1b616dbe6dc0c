//! The rules of the house as tests: what may depend on what, what every file and every code owes its reader.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking, helpers too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The longest a file may be without a reason at its top.
const LONG: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Files below a folder with an ending, as (path from the root, text).
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | ".git" | "golden" | "fixtures") {
                    open.push(path);
                }
            } else if name.ends_with(ending) {
                let relative = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((relative, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The text of a file without its tests and comments: what the rules about code look at.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn complain(rule: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn the_compiler_is_pure_and_light() {
    let manifest = std::fs::read_to_string(root().join("bff-codegen/Cargo.toml")).unwrap();
    for heavy in ["tokio", "axum", "hyper", "reqwest", "bff-core", "futures"] {
        let dependencies = manifest
            .split("[dependencies]")
            .nth(1)
            .unwrap()
            .split("[dev-dependencies]")
            .next()
            .unwrap();
        assert!(!dependencies.contains(heavy), "bff-codegen must not depend on {heavy}");
    }
    let shells = ["bff-codegen/src/build_script.rs", "bff-codegen/src/load.rs"];
    let found = files("bff-codegen/src", ".rs")
        .into_iter()
        .filter(|(path, _)| !shells.contains(&path.as_str()));
    let io = [
        "std::fs",
        "std::env::",
        "std::process",
        "std::net::Tcp",
        "println!",
        "eprintln!",
    ];
    let found = found.filter_map(|(path, text)| {
        let text = code(&text);
        io.iter()
            .find(|word| text.contains(**word))
            .map(|word| format!("{path}: {word}"))
    });
    complain(
        "only build_script.rs and load.rs of the compiler do IO",
        found.collect(),
    );
}

#[test]
fn the_runtime_knows_nothing_of_the_compiler() {
    let manifest = std::fs::read_to_string(root().join("bff-core/Cargo.toml")).unwrap();
    assert!(
        !manifest
            .split("[dev-dependencies]")
            .next()
            .unwrap()
            .contains("bff-codegen")
    );
    let found = files("bff-core/src", ".rs")
        .into_iter()
        .filter(|(_, text)| code(text).contains("bff_codegen"));
    complain(
        "bff-core must not name bff_codegen",
        found.map(|(path, _)| path).collect(),
    );
}

#[test]
fn only_syntax_knows_the_parser() {
    let found = files("bff-codegen/src", ".rs").into_iter().filter(|(path, text)| {
        let text = code(text);
        !path.starts_with("bff-codegen/src/syntax/") && (text.contains("pest::") || text.contains("grammar::"))
    });
    complain(
        "only syntax/ names pest and its rules",
        found.map(|(path, _)| path).collect(),
    );
}

#[test]
fn only_the_stack_orders_layers() {
    let found = files("bff-core/src", ".rs").into_iter().filter(|(path, text)| {
        let text = code(text);
        !path.ends_with("src/stack.rs") && (text.contains(".layer(") || text.contains("ServiceBuilder"))
    });
    complain("only stack.rs orders layers", found.map(|(path, _)| path).collect());
}

/// Which folder of a crate may name which others (`use crate::x`), as in ARCHITECTURE.md, section "Arrows".
const ARROWS: &[(&str, &[&str])] = &[
    ("bff-codegen/src/source.rs", &[]),
    ("bff-codegen/src/diagnostic", &["source"]),
    ("bff-codegen/src/syntax", &["source", "diagnostic"]),
    ("bff-codegen/src/fmt", &["source", "diagnostic", "syntax"]),
    ("bff-codegen/src/settings", &["source", "diagnostic", "syntax", "model"]),
    ("bff-codegen/src/model", &["source", "diagnostic", "syntax", "settings"]),
    ("bff-codegen/src/ir", &["source", "model"]),
    (
        "bff-codegen/src/check",
        &["source", "diagnostic", "syntax", "settings", "model", "ir"],
    ),
    ("bff-codegen/src/plan", &["source", "model", "ir", "check", "generate"]),
    (
        "bff-codegen/src/generate",
        &["source", "diagnostic", "model", "ir", "check"],
    ),
    ("bff-core/src/engine/value", &["engine"]),
    ("bff-core/src/engine/decode", &["engine"]),
];

#[test]
fn modules_follow_the_arrows() {
    let mut found = Vec::new();
    for (folder, allowed) in ARROWS {
        let own = folder.rsplit('/').next().unwrap().trim_end_matches(".rs");
        let parent = folder.trim_end_matches(own).trim_end_matches(".rs");
        let list = files(parent.trim_end_matches('/'), ".rs");
        for (path, text) in list.into_iter().filter(|(path, _)| path.starts_with(folder)) {
            for line in code(&text).lines().filter(|line| line.contains("crate::")) {
                for part in line.split("crate::").skip(1) {
                    let target: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if !target.is_empty() && target != own && !allowed.contains(&target.as_str()) {
                        found.push(format!("{path}: crate::{target}"));
                    }
                }
            }
        }
    }
    complain("imports go along the arrows of ARCHITECTURE.md", found);
}

#[test]
fn every_file_says_what_it_is_and_stays_readable() {
    let mut found = Vec::new();
    for folder in [
        "bff-core/src",
        "bff-codegen/src",
        "bff-cli/src",
        "bff-macros/src",
        "xtask/src",
        "tests",
        "examples",
        "bench",
    ] {
        for (path, text) in files(folder, ".rs") {
            let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
            if !first.starts_with("//!") {
                found.push(format!("{path}: opens without `//!`"));
            }
            let reason = text.lines().take(15).any(|line| line.starts_with("//! Long because"));
            if text.lines().count() > LONG && !reason {
                found.push(format!(
                    "{path}: {} lines without a `//! Long because …` at its top",
                    text.lines().count()
                ));
            }
        }
    }
    complain(
        "every file opens with what it is, and is at most 500 lines or says why",
        found,
    );
}

/// Codes that the compiler gives, with the files that name them.
fn codes() -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    for (path, text) in files("bff-codegen/src", ".rs") {
        let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
        for part in text.split('"').filter(|part| is_code(part)) {
            codes.insert(part.to_owned(), path.clone());
        }
    }
    codes
}

fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix(['E', 'W']);
    digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|it| it.is_ascii_digit()))
}

/// Codes that stand in a `diagnostics` block of a specification or manual page.
fn tested() -> BTreeSet<String> {
    let mut tested = BTreeSet::new();
    for folder in ["bff-codegen/tests/spec", "docs/language", "docs/errors"] {
        for (_, text) in files(folder, ".md") {
            for block in text.split("```diagnostics").skip(1) {
                let block = block.split("```").next().unwrap();
                let words = block.split(|c: char| !c.is_ascii_alphanumeric());
                tested.extend(words.filter(|word| is_code(word)).map(str::to_owned));
            }
        }
    }
    tested
}

/// Codes that a block of text cannot show (a file that is no text, more mistakes than a page holds): unit tests have them.
const SHOWN_ELSEWHERE: &[&str] = &["E0100", "E0129"];

#[test]
fn every_code_has_a_page_and_a_test() {
    let tested = tested();
    let mut found = Vec::new();
    for (code, path) in codes() {
        if !root().join(format!("docs/errors/{code}.md")).exists() {
            found.push(format!("{code} ({path}) has no page in docs/errors"));
        }
        if !tested.contains(&code) && !SHOWN_ELSEWHERE.contains(&code.as_str()) {
            found.push(format!("{code} ({path}) is in no diagnostics block"));
        }
    }
    complain("every code has a page and a test", found);
}

#[test]
fn every_page_of_a_code_belongs_to_one() {
    let codes = codes();
    let pages = files("docs/errors", ".md").into_iter();
    let names = pages.map(|(path, _)| path.rsplit('/').next().unwrap().trim_end_matches(".md").to_owned());
    complain(
        "a page in docs/errors without its code",
        names.filter(|name| !codes.contains_key(name)).collect(),
    );
}

#[test]
fn every_served_setting_has_a_page_and_a_test_and_reaches_the_service() {
    let manual: String = files("docs/language", ".md")
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let specs: String = ["bff-codegen/tests/spec", "docs/errors", "tests/scenarios"]
        .iter()
        .flat_map(|it| files(it, ".md"))
        .map(|(_, text)| text)
        .collect();
    let golden: String = std::fs::read_dir(root().join("bff-codegen/tests/golden"))
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "bff"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let mut found = Vec::new();
    // `max_calls` is a promise of the compiler: a service that is built has kept it.
    for def in bff_codegen::settings::table().filter(|def| def.served) {
        let key = format!("{}:", def.name);
        if !manual.contains(&format!("`{}", def.name)) {
            found.push(format!("`{}` is on no page of docs/language", def.name));
        }
        if !specs.contains(&key) {
            found.push(format!("`{}` is in no specification or scenario", def.name));
        }
        if !golden.contains(&key) && def.name != "max_calls" {
            found.push(format!(
                "`{}` is in no golden, so nothing shows that it reaches the service",
                def.name
            ));
        }
    }
    complain("every served setting has a page, a test and an effect", found);
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    let mut found = Vec::new();
    let words = [
        concat!("/", "work/"),
        concat!("/", "root/"),
        concat!("/", "home/"),
        concat!("crates", ".io/"),
        concat!("registry", ".npm"),
    ];
    for folder in [
        "bff-core",
        "bff-codegen",
        "bff-cli",
        "bff-macros",
        "xtask",
        "tests",
        "examples",
        "docs",
        "bench",
        ".ci",
    ] {
        for ending in [".rs", ".md", ".toml", ".bff", "run"] {
            for (path, text) in files(folder, ending) {
                for word in words.iter().filter(|word| text.contains(**word)) {
                    // Paths of a client's routes look like paths of a machine: `/home/…` is one only outside of examples.
                    if *word != concat!("/", "home/") || ending == ".toml" {
                        found.push(format!("{path}: {word}"));
                    }
                }
            }
        }
    }
    complain("no path of a machine and no host of a registry", found);
}

#[test]
fn links_of_the_manual_lead_somewhere() {
    let mut found = Vec::new();
    let mut pages = files("docs", ".md");
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "STYLE.md",
        "CHANGELOG.md",
    ] {
        if let Ok(text) = std::fs::read_to_string(root().join(name)) {
            pages.push((name.to_owned(), text));
        }
    }
    for (path, text) in &pages {
        let folder = root().join(path).parent().unwrap().to_owned();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap();
            if file.rsplit('/').next().is_some_and(|name| {
                [".md", ".svg", ".rs", ".bff", ".toml"]
                    .iter()
                    .any(|it| name.ends_with(it))
            }) && !target.contains("://")
                && !folder.join(file).exists()
            {
                found.push(format!("{path}: {target}"));
            }
        }
    }
    complain("links lead to files that exist", found);
}
