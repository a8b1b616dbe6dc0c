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

/// Reads a text and checks what holds for every text: diagnostics lie in it, on character boundaries, and there are not too many.
fn survives(text: &str) -> Vec<Diagnostic> {
    let (_, diagnostics) = read(text);
    assert!(diagnostics.len() <= 51, "{} diagnostics", diagnostics.len());
    for diagnostic in &diagnostics {
        for label in &diagnostic.labels {
            assert!(
                text.get(label.span.range()).is_some(),
                "{:?} lies outside of the text",
                label.span
            );
        }
        if let Some(fix) = &diagnostic.fix {
            assert!(
                text.get(fix.span.range()).is_some(),
                "{:?} lies outside of the text",
                fix.span
            );
        }
    }
    diagnostics
}

#[test]
fn a_file_cut_off_anywhere_gives_diagnostics_and_no_panic() {
    for (name, text) in fixtures() {
        for cut in (0..text.len()).step_by(61).filter(|cut| text.is_char_boundary(*cut)) {
            let diagnostics = survives(&text[..cut]);
            assert!(
                diagnostics.len() < 8,
                "{name} cut at {cut} gives {} diagnostics",
                diagnostics.len()
            );
        }
    }
}

#[test]
fn a_file_without_one_of_its_bytes_gives_few_diagnostics_and_no_panic() {
    for (name, text) in fixtures() {
        for cut in (0..text.len() - 1)
            .step_by(59)
            .filter(|cut| text.is_char_boundary(*cut) && text.is_char_boundary(cut + 1))
        {
            let without = format!("{}{}", &text[..cut], &text[cut + 1..]);
            let diagnostics = survives(&without);
            assert!(
                diagnostics.len() < 7,
                "{name} without byte {cut} gives {} diagnostics",
                diagnostics.len()
            );
        }
    }
}

#[test]
fn deep_nesting_is_told_once() {
    for open in [
        "{", "(", "[", "a: {", "f(", "${", "\"${", "x ? (", "match (", "[(", "a{",
    ] {
        let text = format!("client a {{ x: {} }}", open.repeat(10_000));
        let diagnostics = survives(&text);
        let deep = diagnostics.iter().filter(|it| it.code == "E0118").count();
        assert!(deep <= 1, "{open}: {deep} times");
        assert!(
            !diagnostics.is_empty() && diagnostics.len() < 10,
            "{open}: {}",
            diagnostics.len()
        );
    }
}

#[test]
fn long_chains_do_not_exhaust_the_stack() {
    for link in [
        "!",
        "-",
        "a + ",
        "a ? b : ",
        "a.b.",
        "a ?? ",
        "a[0].",
        "x(1).",
        "a ? ",
        "not ",
        "a as b {c}.",
    ] {
        let text = format!("route GET /a {{ let x = {}a }}", link.repeat(20_000));
        assert!(!survives(&text).is_empty(), "{link} in a row is refused");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_gives_a_tree_and_diagnostics(text in "(?s).{0,300}") {
        survives(&text);
    }

    #[test]
    fn any_row_of_words_and_signs_gives_a_tree_and_diagnostics(
        parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..60)
    ) {
        survives(&parts.join(" "));
        survives(&parts.concat());
    }
}

const PARTS: &[&str] = &[
    "client", "mobile", "{", "}", "(", ")", "[", "]", ":", "=", ",", ".", "?.", "?", "??", "=>", "->", "route", "GET",
    "/a/{b}", "call", "respond", "let", "else", "on", "404", "when", "match", "\"t\"", "\"${", "}\"", "'x'", "`", "#",
    "/*", "*/", "//", "///", "\n", "@since", "type", "enum", "A", "...", "..", "5", "400ms", "ms", "and", "!", "-",
    "*", "|", "<", ">", "import", "from", "upstream", "op", "test", "send", "mock", "expect", "if", "\u{a0}", "é", "$",
    "${", ";", "\\", "\"", "null", "in", "as", "for", "union", "fragment", "extern",
];

#[test]
fn more_than_fifty_mistakes_are_not_shown() {
    let diagnostics = survives(&"# a comment\n".repeat(60));
    assert_eq!(diagnostics.len(), 51);
    assert_eq!(diagnostics.last().map(|it| it.code), Some("E0129"));
    let diagnostics = survives(&"type a { b }\n".repeat(400));
    assert!(diagnostics.iter().any(|it| it.code == "E0129"));
}

/// The shortest of three times that reading takes.
fn time(text: &str) -> std::time::Duration {
    let once = || {
        let start = std::time::Instant::now();
        read(text);
        start.elapsed()
    };
    once().min(once()).min(once())
}

#[test]
fn time_grows_with_the_length_and_no_faster() {
    let (_, shop) = fixtures().into_iter().find(|(name, _)| name == "shop.bff").unwrap();
    let nested = format!("fragment A on B {{ x: {}1{} }}\n", "(".repeat(60), ")".repeat(60));
    let pieces = [
        shop.as_str(),
        nested.as_str(),
        "client a { x: [\"a\", \"b\" }\n",
        "route GET /a { respond { a: b ? c ? d { e { f } } } }\n",
        "type A { a: = /* b\n",
        "x: \"${a \"${b\n",
        "{ ( [ ",
        "' ` # $ @ ; \n",
        "a a a a ",
    ];
    for piece in pieces {
        let once = piece.repeat(3_000 / piece.len() + 1);
        let (short, long) = (time(&once.repeat(2)), time(&once.repeat(12)));
        // Six times the text in at most sixteen times the time: a machine at work is not exact, but a square is 36.
        assert!(
            long < short * 16 + std::time::Duration::from_millis(50),
            "{piece:?}: {short:?}, then {long:?}"
        );
    }
}

#[test]
fn a_file_or_declaration_without_end_is_refused_at_once() {
    let long = format!(
        "client a {{ auth: none }}\nroute GET /x {{ respond {{ a: {}1 }} }}\n",
        "1 + ".repeat(30_000)
    );
    for (text, message) in [
        (long, "this declaration is too long"),
        ("// x\n".repeat(500_000), "this file is too long"),
    ] {
        let mut sources = Sources::new();
        let file = sources.add("a.bff", text);
        let mut sink = Sink::new();
        bff_codegen::syntax::parse(&sources, file, &mut sink);
        let found: Vec<String> = sink.finish().into_iter().map(|it| it.message).collect();
        assert_eq!(found, [message]);
    }
}
