//! Inputs: what a request brings, read as the route declares it. Text becomes JSON and is decoded by the same plans as
//! everything else; all problems are found in one go.

use bytes::Bytes;
use http::{HeaderMap, header};
use percent_encoding::percent_decode_str;

use super::decode::{Limits, Problem, ProblemCode};
use super::doc::Doc;
use super::fault::Eval;
use super::frame::Slots;
use super::head::{Head, cookies, form_decode, query_pairs};
use super::out::Out;
use super::plan::{Field, Kind, Plan};
use super::put::Put;
use super::scratch::Scratch;
use super::table::{BodyInput, Input, Inputs};
use super::value::RawJson;
use super::var::InputKind;
use crate::error::{Error, ErrorView, InputCode, InputProblem};

/// The values that were sent for one field: none, one, or several where it may be a list. `None` inside is a text that
/// cannot be read at all.
type Sent = Vec<Option<String>>;

/// Reads all inputs but the body into the slots.
pub(crate) fn read_head(inputs: &Inputs, head: &Head, path: &[(&str, &str)], slots: &mut Slots) -> Vec<InputProblem> {
    let mut problems = Vec::new();
    let mut block = |kind, input: &Option<Input>, sent: &dyn Fn(&Field) -> Sent| {
        if let Some(input) = input {
            let (doc, found) = read_block(input, sent);
            problems.extend(found.into_iter().map(|problem| input_problem(kind, problem)));
            if let Some(doc) = doc {
                slots.fill_input(kind, doc);
            }
        }
    };
    block(InputKind::Path, &inputs.path, &|field| sent_in_path(path, field.name));
    block(InputKind::Query, &inputs.query, &|field| {
        sent_in_query(head.uri.query().unwrap_or_default(), field.name)
    });
    block(InputKind::Header, &inputs.header, &|field| {
        sent_in_headers(&head.headers, field)
    });
    block(InputKind::Cookie, &inputs.cookie, &|field| {
        cookies(&head.headers)
            .filter(|(other, _)| *other == field.name)
            .map(|(_, value)| Some(value.to_owned()))
            .take(1)
            .collect()
    });
    problems
}

fn sent_in_path(path: &[(&str, &str)], name: &str) -> Sent {
    let found = path.iter().filter(|(other, _)| *other == name);
    found
        .map(|(_, value)| percent_decode_str(value).decode_utf8().ok().map(Into::into))
        .collect()
}

fn sent_in_query(query: &str, name: &str) -> Sent {
    let found = query_pairs(query).filter(|(other, _)| *other == name || form_decode(other).as_deref() == Some(name));
    found.map(|(_, value)| form_decode(value)).collect()
}

/// Lines of one header are one list with commas (RFC 9110, section 5.3), whoever joined them on the way.
fn sent_in_headers(headers: &HeaderMap, field: &Field) -> Sent {
    let lines = headers.get_all(field.name).iter();
    let lines: Option<Vec<&str>> = lines.map(|line| std::str::from_utf8(line.as_bytes()).ok()).collect();
    match lines {
        None => vec![None],
        Some(lines) if lines.is_empty() => Vec::new(),
        Some(lines) if is_list(field.kind.inner()) => lines
            .iter()
            .flat_map(|line| line.split(','))
            .map(|part| Some(part.trim().to_owned()))
            .collect(),
        Some(lines) => vec![Some(lines.join(", "))],
    }
}

fn read_block(input: &Input, sent: &dyn Fn(&Field) -> Sent) -> (Option<Doc>, Vec<Problem>) {
    let Kind::Rec(plan) = input.kind else {
        return (Some(Doc::null()), Vec::new());
    };
    Doc::decode_input(block_json(plan(), input.defaults, sent), input.kind, Limits::DEFAULT)
}

/// The record as JSON text. What cannot be read as its field wants it becomes a value that the decoder refuses.
fn block_json(plan: &'static Plan, defaults: &[(usize, &'static str)], sent: &dyn Fn(&Field) -> Sent) -> Vec<u8> {
    let mut json = Vec::with_capacity(128);
    json.push(b'{');
    for (index, field) in plan.fields.iter().enumerate() {
        let values = sent(field);
        let default = defaults.iter().find(|(of, _)| *of == index);
        if values.is_empty() && default.is_none() && !is_list(&field.kind) {
            continue;
        }
        if json.len() > 1 {
            json.push(b',');
        }
        push_string(field.name, &mut json);
        json.push(b':');
        match default.filter(|_| values.is_empty()) {
            Some((_, default)) => json.extend_from_slice(default.as_bytes()),
            None => push_values(field, &values, &mut json),
        }
    }
    json.push(b'}');
    json
}

fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::List(_))
}

fn push_values(field: &Field, values: &Sent, json: &mut Vec<u8>) {
    match (field.kind.inner(), values.as_slice()) {
        (Kind::List(element), values) => {
            json.push(b'[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    json.push(b',');
                }
                push_value(element, value.as_deref(), json);
            }
            json.push(b']');
        }
        (kind, [value]) => push_value(kind, value.as_deref(), json),
        // Several values for one: which of them was meant cannot be told.
        (_, _) => json.extend_from_slice(b"[]"),
    }
}

fn push_value(kind: &Kind, value: Option<&str>, json: &mut Vec<u8>) {
    match (kind.inner(), value) {
        (_, None) => json.extend_from_slice(b"[]"),
        (Kind::Int | Kind::Float | Kind::Decimal, Some(text)) if is_number(text) => {
            json.extend_from_slice(text.as_bytes())
        }
        (Kind::Bool, Some(text @ ("true" | "false"))) => json.extend_from_slice(text.as_bytes()),
        (_, Some(text)) => push_string(text, json),
    }
}

/// A number as JSON writes it (RFC 8259, section 6).
fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits(rest);
    let (fraction, rest) = rest.strip_prefix('.').map_or((None, rest), |rest| {
        let (digits, rest) = digits(rest);
        (Some(digits), rest)
    });
    let exponent = rest
        .strip_prefix(['e', 'E'])
        .map(|rest| digits(rest.strip_prefix(['+', '-']).unwrap_or(rest)));
    let whole_fits = !whole.is_empty() && (whole == "0" || !whole.starts_with('0'));
    let exponent_fits = exponent.map_or(rest.is_empty(), |(digits, rest)| !digits.is_empty() && rest.is_empty());
    whole_fits && fraction.is_none_or(|digits| !digits.is_empty()) && exponent_fits
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn push_string(text: &str, json: &mut Vec<u8>) {
    json.push(b'"');
    for octet in text.bytes() {
        match octet {
            b'"' | b'\\' => json.extend_from_slice(&[b'\\', octet]),
            0..0x20 => json.extend_from_slice(format!("\\u{octet:04x}").as_bytes()),
            _ => json.push(octet),
        }
    }
    json.push(b'"');
}

/// Checks the type of a body before it is read.
pub(crate) fn admit_body(headers: &HeaderMap, is_empty: bool) -> Result<(), Error> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    match types.next().filter(|_| types.next().is_none()) {
        Some(content_type) if crate::upstream::is_json(content_type.as_bytes()) => {}
        None if is_empty && !headers.contains_key(header::CONTENT_TYPE) => return Ok(()),
        _ => return Err(not_json()),
    }
    let coded = headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if coded { Err(not_json()) } else { Ok(()) }
}

fn not_json() -> Error {
    Error::UnsupportedMediaType {
        accept: &["application/json"],
    }
}

/// Reads the body into its slot.
pub(crate) fn read_body(input: &BodyInput, body: &Bytes, slots: &mut Slots) -> Vec<InputProblem> {
    if body.is_empty() {
        if input.optional {
            return Vec::new();
        }
        let message = "the body is missing".into();
        let place = Some(InputKind::Body.name());
        return vec![InputProblem {
            place,
            field: String::new(),
            code: InputCode::Missing,
            message,
        }];
    }
    let (doc, problems) = Doc::decode_input_by(body.to_vec(), (input.kind, input.rule), Limits::DEFAULT);
    if let Some(doc) = doc {
        slots.fill_input(InputKind::Body, doc);
    }
    let problems = problems.into_iter();
    problems
        .map(|problem| input_problem(InputKind::Body, problem))
        .collect()
}

impl Put for InputProblem {
    /// `{ in, field, code, message }`; what is not known is left out.
    fn put(&self, out: &mut Out) {
        out.object();
        out.some("in", self.place);
        if !self.field.is_empty() {
            out.put("field", self.field.as_str());
        }
        out.put("code", self.code.name());
        out.put("message", &*self.message);
        out.end_object();
    }
}

impl ErrorView<'_> {
    /// `error.errors` as JSON, as the problem document has it; null where no input is wrong.
    ///
    /// # Errors
    /// None that what is written here could run into.
    pub fn errors_json<'s>(self, scratch: &'s Scratch) -> Eval<Option<RawJson<'s>>> {
        if self.errors.is_empty() {
            return Ok(None);
        }
        let mut out = Out::new();
        out.value(self.errors);
        scratch.json(out).map(Some)
    }
}

fn input_problem(kind: InputKind, problem: Problem) -> InputProblem {
    let code = match problem.code {
        ProblemCode::Missing => InputCode::Missing,
        ProblemCode::Unreadable => InputCode::Unreadable,
        ProblemCode::Constraint => InputCode::Invalid,
    };
    InputProblem {
        place: Some(kind.name()),
        field: problem.path,
        code,
        message: problem.message.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::value::{List, Read, Str};
    use http::HeaderValue;

    crate::record! { Inputs<'a> { id: Option<i64> = "id", names: List<'a, Str<'a>> = "names", on: Option<bool> = "on" } }

    fn read(sent: &[(&str, Option<&str>)]) -> Result<String, Vec<String>> {
        let input = Input {
            kind: &<Inputs<'_> as Read<'_>>::KIND,
            defaults: &[(0, "7")],
        };
        let values = |field: &Field| {
            let found = sent.iter().filter(|(name, _)| *name == field.name);
            found.map(|(_, value)| value.map(str::to_owned)).collect()
        };
        let (doc, found) = read_block(&input, &values);
        let Some(doc) = doc.filter(|_| found.is_empty()) else {
            let found = found.into_iter();
            return Err(found
                .map(|problem| format!("{} {:?}", problem.path, problem.code))
                .collect());
        };
        let inputs = doc.read::<Inputs<'_>>();
        let names: Vec<_> = inputs.names().iter().map(|name| name.to_text()).collect();
        Ok(format!("{:?} {names:?} {:?}", inputs.id(), inputs.on()))
    }

    #[test]
    fn text_is_read_by_the_kind_of_its_field() {
        assert_eq!(
            read(&[("id", Some("-5")), ("on", Some("true"))]).unwrap(),
            "Some(-5) [] Some(true)"
        );
        assert_eq!(read(&[]).unwrap(), "Some(7) [] None");
        assert_eq!(
            read(&[("names", Some("a\"\\\n")), ("names", Some("1"))]).unwrap(),
            r#"Some(7) ["a\"\\\n", "1"] None"#
        );
    }

    #[test]
    fn all_that_cannot_be_read_is_told() {
        let sent = [
            ("id", Some("x")),
            ("on", Some("1")),
            ("on", Some("1")),
            ("names", Some("a")),
            ("names", None),
        ];
        assert_eq!(
            read(&sent).unwrap_err(),
            ["id Unreadable", "names[1] Unreadable", "on Unreadable"]
        );
    }

    #[test]
    fn only_json_numbers_are_numbers() {
        for good in ["0", "-0", "10", "1.50", "1e3", "1E-3", "-1.5e+10"] {
            assert!(is_number(good), "{good}");
        }
        for bad in [
            "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1 ", " 1", "1_0", "NaN", "infinity", "1,2", "1]",
        ] {
            assert!(!is_number(bad), "{bad}");
        }
    }

    #[test]
    fn header_lines_are_one_list() {
        let mut headers = HeaderMap::new();
        headers.append("x", HeaderValue::from_static("a, b"));
        headers.append("x", HeaderValue::from_static("c"));
        let text = |sent: Sent| sent.into_iter().map(Option::unwrap).collect::<Vec<_>>();
        let (one, many) = (Field::new("x", Kind::Str), Field::new("x", Kind::List(&Kind::Str)));
        assert_eq!(text(sent_in_headers(&headers, &one)), ["a, b, c"]);
        assert_eq!(text(sent_in_headers(&headers, &many)), ["a", "b", "c"]);
    }
}
