//! The layout of `bff fmt`: each `fmt/NAME.bff` becomes `fmt/NAME.formatted.bff` (`UPDATE=1` rewrites these), however
//! its white space is mangled and wherever comments stand.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking, helpers too"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use bff_codegen::diagnostic::{Severity, Sink};
use bff_codegen::fmt::format;
use bff_codegen::source::Sources;
use proptest::prelude::*;
use regex::Regex;

/// A pattern that is read once.
macro_rules! regex {
    ($pattern:expr) => {{
        static PATTERN: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).unwrap());
        &*PATTERN
    }};
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fmt");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| !path.to_string_lossy().ends_with(".formatted.bff"))
        .collect();
    files.sort();
    assert!(files.len() > 5);
    files
}

fn texts() -> Vec<String> {
    fixtures()
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

fn formatted(text: &str) -> String {
    format("a.bff", text).unwrap_or_else(|found| {
        let mut sources = Sources::new();
        sources.add("a.bff", text);
        panic!("{}", bff_codegen::diagnostic::render::render(&sources, &found, false))
    })
}

/// What a text says: its tree without places.
fn meaning(text: &str) -> String {
    let mut sources = Sources::new();
    let file = sources.add("a.bff", text);
    let mut sink = Sink::new();
    let spec = bff_codegen::syntax::parse(&sources, file, &mut sink);
    let errors: Vec<_> = sink
        .finish()
        .into_iter()
        .filter(|it| it.severity == Severity::Error)
        .collect();
    assert!(
        errors.is_empty(),
        "{}",
        bff_codegen::diagnostic::render::render(&sources, &errors, false)
    );
    let place = regex!(r"\d+:\d+\.\.\d+");
    place.replace_all(&format!("{spec:?}"), "").into_owned()
}

/// Everything but white space and commas: no layout may change it, and no comment may change its place in it.
fn content(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect()
}

/// Comments in text order, and whether each has a line of its own, which documentation always gets.
/// A comma alone before one counts for nothing.
fn comments(text: &str) -> Vec<(bool, String)> {
    let masks = masks(text).into_iter().map(|range| {
        (
            text[..range.0].rsplit('\n').next().unwrap_or(""),
            &text[range.0..range.1],
        )
    });
    masks
        .filter(|(_, mask)| mask.starts_with("//"))
        .map(|(before, mask)| {
            (
                before.chars().all(|c| c.is_whitespace() || c == ',') || mask.starts_with("///"),
                mask.trim_end().to_owned(),
            )
        })
        .collect()
}

/// Texts, comments and paths, which stay as they are.
fn masks(text: &str) -> Vec<(usize, usize)> {
    const MASK: &str = concat!(
        r#"//[^\n]*|"(?:\\.|\$\{[^}]*\}|[^"\\\n])*""#,
        r#"|[A-Z]/\S*|/[^\s/][^\s]*"#
    );
    let pattern = regex!(MASK);
    pattern
        .find_iter(text)
        .map(|found| (found.start(), found.end()))
        .collect()
}

/// The places where white space may stand: ranges of white space, and the empty ones beside brackets.
fn gaps(text: &str) -> Vec<(usize, usize)> {
    let masks = masks(text);
    let free = |at: usize| !masks.iter().any(|(start, end)| *start < at && at < *end);
    let pattern = regex!(r"\s+|\[\]|[(){}\[\]]");
    let mut gaps = Vec::new();
    for found in pattern
        .find_iter(text)
        .filter(|found| free(found.start()) && free(found.end()))
    {
        match found.as_str() {
            "[]" => {}
            space if space.trim().is_empty() => gaps.push((found.start(), found.end())),
            _ => gaps.extend([(found.start(), found.start()), (found.end(), found.end())]),
        }
    }
    gaps.sort_unstable();
    gaps.dedup();
    // An empty place beside white space is no place of its own, nor is one inside a path or between `{` of one.
    let touches = |(start, end): (usize, usize)| {
        start == end && text[..start].ends_with(char::is_whitespace) | text[start..].starts_with(char::is_whitespace)
    };
    gaps.retain(|gap| !touches(*gap) && !masks.iter().any(|(start, end)| *start < gap.1 && gap.0 < *end));
    gaps
}

/// The text with its gaps replaced. A comment's line end stays.
fn with_gaps(text: &str, mut filler: impl FnMut(usize) -> String) -> String {
    let comment_ends: Vec<usize> = masks(text)
        .into_iter()
        .filter(|(start, _)| text[*start..].starts_with("//"))
        .map(|(_, end)| end)
        .collect();
    let mut out = String::new();
    let mut at = 0;
    for (number, (start, end)) in gaps(text).into_iter().enumerate() {
        out += &text[at..start];
        out += if comment_ends.contains(&start) { "\n" } else { "" };
        out += &filler(number);
        at = end;
    }
    out + &text[at..]
}

/// Where two texts part, with what stands around it.
fn difference(one: &str, other: &str) -> Option<(String, String)> {
    let at = one.chars().zip(other.chars()).position(|(one, other)| one != other);
    let at = at.or((one.len() != other.len()).then(|| one.chars().count().min(other.chars().count())))?;
    let around = |text: &str| text.chars().skip(at.saturating_sub(100)).take(200).collect();
    Some((around(one), around(other)))
}

#[test]
fn every_fixture_gets_its_layout() {
    for path in fixtures() {
        let text = fs::read_to_string(&path).unwrap();
        let got = formatted(&text);
        let target = path.with_extension("formatted.bff");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&target, &got).unwrap();
        }
        let expected = fs::read_to_string(&target).unwrap_or_default();
        assert!(
            got == expected,
            "{}:\n{}",
            path.display(),
            similar::TextDiff::from_lines(&expected, &got).unified_diff()
        );
    }
}

#[test]
fn the_meaning_the_content_and_the_comments_stay() {
    for text in texts() {
        let got = formatted(&text);
        assert_eq!(meaning(&text), meaning(&got));
        assert_eq!(content(&text), content(&got));
        assert_eq!(comments(&text), comments(&got));
        assert_eq!(formatted(&got), got);
    }
}

#[test]
fn lines_stay_within_120_columns_where_they_can_be_broken() {
    for text in texts() {
        for line in formatted(&text).lines() {
            let fits = line.chars().count() <= 120 || line.contains("//") || line.contains("let n = ");
            assert!(fits, "{line}");
        }
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_of_windows_are_read() {
    for text in texts() {
        assert_eq!(formatted(&text.replace('\n', "\r\n")), formatted(&text));
    }
}

#[test]
fn nothing_is_nothing() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted(" \n\n\t"), "");
    assert_eq!(formatted("\n\n// alone"), "// alone\n");
}

#[test]
fn deep_nesting_and_long_chains_are_laid_out() {
    let nested = |open: &str, close: &str| format!("auth a = {}b{}", open.repeat(60), close.repeat(60));
    let texts = [
        nested("[", "]"),
        nested("{ x: ", " }"),
        nested("(", ")"),
        nested("f(x: ", ")"),
        nested("{ x: [", "] }")
            .replace(&"{ x: [".repeat(60), &"{ x: [".repeat(30))
            .replace(&"] }".repeat(60), &"] }".repeat(30)),
        format!("auth a = b{}", " + c".repeat(200)),
        format!("auth a = b{}", ".c".repeat(200)),
        format!("auth a = b{}", ".c(d)".repeat(100)),
        format!("auth a = {}d", "b ? c : ".repeat(100)),
        format!("auth a = {}b", "!".repeat(200)),
    ];
    for text in texts {
        let got = formatted(&text);
        assert_eq!(content(&text), content(&got));
        assert_eq!(formatted(&got), got);
    }
}

#[test]
fn what_cannot_be_read_is_reported_and_not_touched() {
    assert!(format("a.bff", "route GET {").is_err());
}

#[test]
fn everything_on_one_line_reads_the_same() {
    for text in texts().iter().filter(|text| !text.contains("//")) {
        let line = with_gaps(&formatted(text), |_| " ".to_owned());
        let got = formatted(&line);
        assert_eq!(meaning(&line), meaning(&got));
        assert_eq!(content(text), content(&got));
        assert_eq!(formatted(&got), got, "{line}");
    }
}

#[test]
fn every_token_on_a_line_of_its_own_reads_the_same() {
    for text in texts() {
        let lines = with_gaps(&formatted(&text), |_| "\n\n\n".to_owned());
        let got = formatted(&lines);
        assert_eq!(meaning(&lines), meaning(&got));
        assert_eq!(content(&text), content(&got));
        assert_eq!(formatted(&got), got);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn comments_survive_anywhere(which in 0usize..100, fill in proptest::collection::vec(0u8..40, 1..400)) {
        let texts = texts();
        let text = formatted(&texts[which % texts.len()]);
        let mangled = with_gaps(&text, |gap| match fill[gap % fill.len()] {
            0 => format!(" // c{gap}\n"),
            1 => format!("\n// c{gap}\n"),
            2 => format!(" //c{gap}  \n\n  // d{gap}\n\n"),
            3..10 => "\n".to_owned(),
            10..12 => "\n\n\n\t".to_owned(),
            _ => " ".to_owned(),
        });
        let got = formatted(&mangled);
        let again = formatted(&got);
        let broken = [
            difference(&content(&mangled), &content(&got)),
            difference(&format!("{:?}", comments(&mangled)), &format!("{:?}", comments(&got))),
            difference(&meaning(&mangled), &meaning(&got)),
            difference(&got, &again),
        ];
        prop_assert!(broken == [None, None, None, None], "{broken:#?}");
    }

    #[test]
    fn every_width_settles_at_once(lengths in proptest::collection::vec(1usize..30, 20..60), joined: bool) {
        let wide = texts().into_iter().find(|text| text.contains("rather.long")).unwrap();
        let wide = if joined { with_gaps(&wide, |_| " ".to_owned()) } else { wide };
        let words = regex!(r"\b(value|long|rather|query|first|TYPE|VALUE|id|items)\b");
        let mut number = 0;
        let text = words.replace_all(&wide, |found: &regex::Captures<'_>| {
            number += 1;
            found[0][..1].repeat(lengths[number % lengths.len()])
        });
        let got = formatted(&text);
        prop_assert_eq!(difference(&content(&text), &content(&got)), None);
        prop_assert_eq!(difference(&got, &formatted(&got)), None);
    }
}
