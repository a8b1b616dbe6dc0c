//! Every edit that a diagnostic carries: applied, it puts right what the diagnostic is about and breaks nothing.
//!
//! The examples are those of the specifications and of the pages of `docs/errors`; whoever gives a diagnostic an edit finds it here.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::collections::BTreeSet;
use std::path::Path;

use bff_codegen::compile;
use bff_codegen::diagnostic::{Diagnostic, Severity};
use bff_codegen::fix::fix;
use bff_codegen::source::{FileId, Sources};

/// The examples of a page: the files of each, the last one is compiled.
fn examples(text: &str) -> Vec<Vec<(String, String)>> {
    let (mut all, mut page, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for part in text.split("\n```").skip(1) {
        let Some((info, block)) = part.split_once('\n') else {
            continue;
        };
        if !info.starts_with("bff") || info.contains("fragment") {
            continue;
        }
        let name = info.split_whitespace().find_map(|word| word.strip_prefix("file="));
        let file = (name.unwrap_or("test.bff").to_owned(), format!("{block}\n"));
        match (info.contains(" page"), name) {
            (true, _) => page.push(file),
            (false, Some(_)) => open.push(file),
            (false, None) => {
                let files = page.iter().cloned().chain(std::mem::take(&mut open)).chain([file]);
                all.push(files.collect());
            }
        }
    }
    all
}

fn pages() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "../docs/errors",
        "tests/spec/check",
        "tests/spec/model",
        "tests/spec/syntax",
    ];
    let entries = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
    let paths = entries.map(|entry| entry.unwrap().path());
    let pages = paths.filter(|path| path.extension().is_some_and(|it| it == "md"));
    pages.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn unreadable(found: &[Diagnostic]) -> usize {
    found
        .iter()
        .filter(|it| it.severity == Severity::Error && it.code.starts_with("E01"))
        .count()
}

#[test]
fn edits_put_right_what_they_are_for_and_break_nothing() {
    let mut seen = BTreeSet::new();
    let mut refused = Vec::new();
    for example in pages().iter().flat_map(|page| examples(page)) {
        let mut sources = Sources::new();
        let ids: Vec<FileId> = example.iter().map(|(name, text)| sources.add(name, text)).collect();
        let entry = *ids.last().unwrap();
        let before = compile(&sources, entry).diagnostics;
        if before.iter().all(|it| it.fix.is_none()) {
            continue;
        }
        let fixed = fix(&sources, entry);
        assert!(unreadable(&fixed.left) <= unreadable(&before), "{example:?}");
        assert_eq!(
            fix(&fixed.sources, entry).changed.len(),
            0,
            "a second time changes more: {example:?}"
        );
        seen.extend(fixed.applied.iter().map(|it| it.code));
        for left in fixed.left.iter().filter(|it| it.fix.is_some()) {
            let text = &sources.file(entry).text;
            refused.push(format!("{} {} | {:?} in\n{text}", left.code, left.message, left.fix));
        }
    }
    assert!(refused.is_empty(), "edits that do not help:\n{}", refused.join("\n\n"));
    for code in [
        "E0201", "E0202", "E0203", "E0301", "E0302", "E0406", "E0409", "E0701", "E0702", "E0705", "E0710", "W0309",
    ] {
        assert!(seen.contains(code), "no example shows the edit of {code}");
    }
}

#[test]
fn a_name_of_another_file_is_added_to_the_import_or_imported() {
    let shop = "type Money { amount: Decimal }\ntype Order { id: ID }\n";
    let client = "client web { mount: /web, auth: none }\nroute POST /x { body: Order respond { a: body.id } }\n";
    let fixed = |text: &str| {
        let mut sources = Sources::new();
        let _ = sources.add("shared/shop.bff", shop);
        let entry = sources.add("web/web.bff", text);
        let fixed = fix(&sources, entry);
        assert!(
            fixed.left.iter().all(|it| it.severity == Severity::Warning),
            "{:?}",
            fixed.left
        );
        fixed.sources.file(entry).text.clone()
    };
    let with = fixed(&format!("import {{ Money }} from \"../shared/shop.bff\"\n{client}"));
    assert!(with.starts_with("import { Money, Order } from"), "{with}");
}
