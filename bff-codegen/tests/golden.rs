//! Goldens: the Rust of each `golden/*.bff` with a client, committed beside it, so that a change of the generator shows what users get.
//! `UPDATE=1 cargo test -p bff-codegen --test golden` rewrites them. That they compile and answer is tested by `bff-tests`.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bff_codegen::diagnostic::render;
use bff_codegen::{compile, generate, load, plan};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn specs() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut specs: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|it| it == "bff"))
        .collect();
    specs.sort();
    specs
}

/// What the files under this name shall contain: the generated ones and the plans of the routes.
fn generated(spec: &Path) -> Vec<(PathBuf, String)> {
    let loaded = load::load(spec).unwrap();
    let outcome = compile(&loaded.sources, loaded.entry);
    let shown = render::render(&loaded.sources, &outcome.diagnostics, false);
    assert!(shown.is_empty(), "{shown}");
    let Some(service) = outcome.service else {
        return Vec::new();
    };
    let files = generate::service(&service, &loaded.sources).files;
    let mut wanted: Vec<(PathBuf, String)> = files
        .into_iter()
        .map(|(name, text)| (folder().join(name), text))
        .collect();
    let plans: Vec<String> = plan::all(&service, &loaded.sources)
        .iter()
        .map(plan::text::render)
        .collect();
    let plans = plans.join("\n").replace(&format!("{}/", folder().display()), "");
    wanted.push((spec.with_extension("plan.txt"), plans));
    wanted
}

#[test]
fn generated_code_and_plans_are_the_committed_ones() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut known = BTreeSet::new();
    let mut differ = Vec::new();
    for spec in specs() {
        for (path, text) in generated(&spec) {
            if fs::read_to_string(&path).unwrap_or_default() != text {
                differ.push(path.display().to_string());
                if update {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(&path, text).unwrap();
                }
            }
            known.insert(path);
        }
    }
    for path in files_below(&folder()) {
        if path.extension().is_some_and(|it| it == "rs") && !known.contains(&path) {
            differ.push(format!("{} is made by nothing", path.display()));
            if update {
                fs::remove_file(path).unwrap();
            }
        }
    }
    assert!(update || differ.is_empty(), "UPDATE=1 rewrites:\n{}", differ.join("\n"));
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    for spec in specs() {
        assert_eq!(generated(&spec), generated(&spec));
    }
}
