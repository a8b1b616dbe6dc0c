//! The cases of the W3C conformance suite, by behaviour.
use super::*;
use crate::entropy::SeededEntropy;

const TRACE: &str = "12345678901234567890123456789012";
const PARENT: &str = "1234567890123456";

fn open(lines: &[(&str, &str)]) -> Trace {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(
            HeaderName::try_from(*name).unwrap(),
            HeaderValue::from_str(value).unwrap(),
        );
    }
    Trace::open(&headers, &SeededEntropy::new(3))
}

fn parent(value: &str) -> Trace {
    open(&[("traceparent", value)])
}

fn continues(trace: &Trace) -> bool {
    format!("{:032x}", trace.trace_id) == TRACE
}

fn state(lines: &[&str]) -> Option<String> {
    let parent = format!("00-{TRACE}-{PARENT}-00");
    let mut all = vec![("traceparent", parent.as_str())];
    all.extend(lines.iter().map(|line| ("tracestate", *line)));
    open(&all)
        .state_header()
        .map(|value| value.to_str().unwrap().to_owned())
}

#[test]
fn valid_parents_are_continued() {
    for value in [
        format!("00-{TRACE}-{PARENT}-01"),
        format!(" 00-{TRACE}-{PARENT}-01\t"),
        format!("cc-{TRACE}-{PARENT}-01"),
        format!("cc-{TRACE}-{PARENT}-01-what-the-future-will-be-like"),
        format!("00-{TRACE}-{PARENT}-ff"),
    ] {
        let trace = parent(&value);
        assert!(continues(&trace), "{value}");
        assert!(trace.is_sampled(), "{value}");
        assert_eq!(trace.parent_id, Some(0x1234_5678_9012_3456), "{value}");
        assert_ne!(Some(trace.span_id), trace.parent_id, "{value}");
    }
}

#[test]
fn invalid_parents_begin_a_new_trace() {
    let zeros = "0".repeat(32);
    for value in [
        String::new(),
        "00".into(),
        format!("00-{TRACE}-{PARENT}-01-what-the-future-will-be-like"),
        format!("00-{TRACE}-{PARENT}-01."),
        format!("cc-{TRACE}-{PARENT}-01.what-the-future-will-be-like"),
        format!("ff-{TRACE}-{PARENT}-01"),
        format!(".0-{TRACE}-{PARENT}-01"),
        format!("0.-{TRACE}-{PARENT}-01"),
        format!("000-{TRACE}-{PARENT}-01"),
        format!("0-{TRACE}-{PARENT}-01"),
        format!("00-{zeros}-{PARENT}-01"),
        format!("00-.{}-{PARENT}-01", &TRACE[1..]),
        format!("00-{}.-{PARENT}-01", &TRACE[1..]),
        format!("00-A{}-{PARENT}-01", &TRACE[1..]),
        format!("00-{TRACE}0-{PARENT}-01"),
        format!("00-{}-{PARENT}-01", &TRACE[1..]),
        format!("00-{TRACE}-{}-01", &zeros[..16]),
        format!("00-{TRACE}-.{}-01", &PARENT[1..]),
        format!("00-{TRACE}-{PARENT}0-01"),
        format!("00-{TRACE}-{}-01", &PARENT[1..]),
        format!("00-{TRACE}-{PARENT}-.0"),
        format!("00-{TRACE}-{PARENT}-0."),
        format!("00-{TRACE}-{PARENT}-001"),
        format!("00-{TRACE}-{PARENT}-1"),
        format!("00-{TRACE}-{PARENT}-0A"),
        format!("00-{TRACE}-{PARENT}-+1"),
        format!("00_{TRACE}_{PARENT}_01"),
    ] {
        let trace = parent(&value);
        assert!(!continues(&trace), "{value}");
        assert_ne!(trace.trace_id, 0x1234_5678_9012_3456_7890_1234_5678_9011, "{value}");
        assert_eq!(trace.parent_id, None, "{value}");
    }
}

#[test]
fn two_parents_begin_a_new_trace() {
    let (one, two) = (
        format!("00-{TRACE}-{PARENT}-01"),
        format!("00-{TRACE}-6543210987654321-01"),
    );
    assert!(!continues(&open(&[("traceparent", &one), ("traceparent", &two)])));
    assert!(!continues(&open(&[("traceparent", &one), ("traceparent", &one)])));
}

#[test]
fn other_spellings_of_the_name_are_other_headers() {
    let value = format!("00-{TRACE}-{PARENT}-01");
    assert!(continues(&open(&[("TraceParent", &value)])));
    assert!(!continues(&open(&[("trace-parent", &value)])));
    assert!(!continues(&open(&[("trace.parent", &value)])));
}

#[test]
fn a_sent_parent_names_the_trace_the_new_span_and_the_flags() {
    let mut headers = HeaderMap::new();
    let span = parent(&format!("00-{TRACE}-{PARENT}-ff")).inject(&mut headers, &SeededEntropy::new(9));
    let sent = headers[TRACEPARENT].to_str().unwrap();
    assert_eq!(sent, format!("00-{TRACE}-{span:016x}-03"));
    assert_ne!(format!("{span:016x}"), PARENT);
}

#[test]
fn a_new_trace_is_marked_random_and_not_sampled() {
    let trace = open(&[]);
    assert!(!trace.is_sampled());
    assert!(
        trace
            .parent_header(1)
            .to_str()
            .unwrap()
            .ends_with("-0000000000000001-02")
    );
}

#[test]
fn state_is_dropped_with_an_invalid_or_missing_parent() {
    assert_eq!(open(&[("tracestate", "foo=1")]).state_header(), None);
    assert_eq!(
        open(&[("traceparent", "00-nonsense"), ("tracestate", "foo=1")]).state_header(),
        None
    );
}

#[test]
fn state_lines_are_joined_in_order() {
    assert_eq!(state(&["foo=1,bar=2"]).unwrap(), "foo=1,bar=2");
    assert_eq!(
        state(&["foo=1,bar=2", "rojo=1,congo=2", "baz=3"]).unwrap(),
        "foo=1,bar=2,rojo=1,congo=2,baz=3"
    );
    assert_eq!(state(&["foo=1", ""]).unwrap(), "foo=1");
    assert_eq!(state(&["", "foo=1"]).unwrap(), "foo=1");
    assert_eq!(state(&["foo=1 \t , \t bar=2, \t baz=3"]).unwrap(), "foo=1,bar=2,baz=3");
    assert_eq!(state(&[""]), None);
}

#[test]
fn state_of_every_allowed_character_and_length_is_kept() {
    let key = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";
    let value: String = (0x20..=0x7e_u8)
        .map(char::from)
        .filter(|c| !",= ".contains(*c))
        .chain("x x".chars())
        .collect();
    for line in [
        format!("{key}={value}"),
        format!("{key}@a-z0-9_-*/={value}"),
        format!("{}=1", "z".repeat(256)),
        format!("{}@{}=1", "t".repeat(241), "v".repeat(14)),
        format!("0tenant@9system={}", "v".repeat(256)),
        (0..32).map(|n| format!("k{n}=1")).collect::<Vec<_>>().join(","),
    ] {
        assert_eq!(state(&[&line]).as_deref(), Some(line.as_str()));
    }
}

#[test]
fn state_that_breaks_the_grammar_is_dropped_and_the_trace_kept() {
    let long = |count: usize, letter: &str| letter.repeat(count);
    for line in [
        "foo =1".to_owned(),
        "FOO=1".into(),
        "foo.bar=1".into(),
        "_foo=1".into(),
        "foo@=1,bar=2".into(),
        "@foo=1,bar=2".into(),
        "foo@@bar=1,bar=2".into(),
        "foo@bar@baz=1,bar=2".into(),
        "foo=bar=baz".into(),
        "foo=,bar=3".into(),
        "foo".into(),
        "foo=1,foo=2".into(),
        format!("{}=1", long(257, "z")),
        format!("{}@v=1", long(242, "t")),
        format!("t@{}=1", long(15, "v")),
        format!("foo={}", long(257, "v")),
        (0..33).map(|n| format!("k{n}=1")).collect::<Vec<_>>().join(","),
    ] {
        assert_eq!(state(&[&line]), None, "{line}");
    }
}
