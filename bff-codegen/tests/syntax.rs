//! Parsing from outside: every example of the language parses, and nothing that is fed in does harm.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, helpers too")]

use bff_codegen::diagnostic::{Diagnostic, Sink};
use bff_codegen::source::Sources;
use bff_codegen::syntax::{ast, parse};

fn read(text: &str) -> (ast::Spec, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let file = sources.add("test.bff", text);
    let mut sink = Sink::new();
    let spec = parse(&sources, file, &mut sink);
    (spec, sink.finish())
}

fn fixtures() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let mut list = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "bff") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            list.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(list.len() >= 11, "the fixtures are missing");
    list
}

#[test]
fn every_example_of_the_language_parses_without_diagnostics() {
    for (name, text) in fixtures() {
        let (spec, diagnostics) = read(&text);
        assert!(diagnostics.is_empty(), "{name}: {diagnostics:#?}");
        assert!(!spec.decls.is_empty(), "{name} has declarations");
    }
}
