//! What of an answer is not what is expected, as lines: `-` expected, `+` actual.

use serde_json::Value;

use super::table::Want;

/// An expected value, its JSON read.
enum Wanted {
    Scalar(Value),
    Object(Vec<(String, Wanted)>, bool),
    List(Vec<Wanted>, bool),
}

/// A comparison of an answer with what is expected.
#[derive(Debug, Default)]
pub(super) struct Diff {
    lines: String,
    /// The first place that differs, `` `recommended[0].badge` ``.
    pub(super) first: Option<String>,
}

impl Diff {
    /// Compares; without differences nothing is `first`.
    pub(super) fn of(want: &Want, got: &Value) -> Self {
        let mut diff = Self::default();
        let spot = Spot {
            path: String::new(),
            key: String::new(),
            end: "",
            depth: 0,
        };
        diff.value(&Wanted::of(want), got, &spot);
        diff
    }

    /// The lines, every one with its mark.
    pub(super) fn lines(&self) -> &str {
        &self.lines
    }

    fn line(&mut self, mark: char, depth: usize, text: &str) {
        self.lines.push(mark);
        self.lines.push_str(&"  ".repeat(depth));
        self.lines.push(' ');
        self.lines.push_str(text);
        self.lines.push('\n');
    }

    fn differs(&mut self, path: &str) {
        self.first.get_or_insert_with(|| match path {
            "" => "the body".to_owned(),
            path => format!("`{path}`"),
        });
    }

    fn value(&mut self, want: &Wanted, got: &Value, spot: &Spot) {
        match (want, got) {
            (Wanted::Object(members, open), Value::Object(given)) => {
                self.line(' ', spot.depth, &format!("{}{{", spot.key));
                for (name, want) in members {
                    self.part(want, given.get(name), &spot.member(name));
                }
                for (name, got) in given
                    .iter()
                    .filter(|(name, _)| !members.iter().any(|(own, _)| own == *name))
                {
                    self.surplus(got, &spot.member(name), *open);
                }
                self.close(*open, '}', spot);
            }
            (Wanted::List(items, open), Value::Array(given)) => {
                self.line(' ', spot.depth, &format!("{}[", spot.key));
                for (at, want) in items.iter().enumerate() {
                    self.part(want, given.get(at), &spot.element(at));
                }
                for (at, got) in given.iter().enumerate().skip(items.len()) {
                    self.surplus(got, &spot.element(at), *open);
                }
                self.close(*open, ']', spot);
            }
            (Wanted::Scalar(want), got) if same(want, got) => self.whole(' ', got, spot),
            _ => {
                self.differs(&spot.path);
                self.whole('-', &want.value(), spot);
                self.whole('+', got, spot);
            }
        }
    }

    fn part(&mut self, want: &Wanted, got: Option<&Value>, spot: &Spot) {
        match got {
            Some(got) => self.value(want, got, spot),
            None => {
                self.differs(&spot.path);
                self.whole('-', &want.value(), spot);
            }
        }
    }

    fn surplus(&mut self, got: &Value, spot: &Spot, open: bool) {
        if !open {
            self.differs(&spot.path);
            self.whole('+', got, spot);
        }
    }

    fn close(&mut self, open: bool, bracket: char, spot: &Spot) {
        if open {
            self.line(' ', spot.depth + 1, "...");
        }
        self.line(' ', spot.depth, &format!("{bracket}{}", spot.end));
    }

    fn whole(&mut self, mark: char, value: &Value, spot: &Spot) {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        let text = format!("{}{text}{}", spot.key, spot.end);
        for line in text.lines() {
            self.line(mark, spot.depth, line);
        }
    }
}

/// Where a value stands in the answer.
struct Spot {
    path: String,
    /// Its key as it is written before it.
    key: String,
    /// What is written behind it.
    end: &'static str,
    depth: usize,
}

impl Spot {
    fn member(&self, name: &str) -> Self {
        let path = match self.path.as_str() {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        Self {
            path,
            key: format!("{}: ", Value::from(name)),
            end: ",",
            depth: self.depth + 1,
        }
    }

    fn element(&self, at: usize) -> Self {
        Self {
            path: format!("{}[{at}]", self.path),
            key: String::new(),
            end: ",",
            depth: self.depth + 1,
        }
    }
}

impl Wanted {
    fn of(want: &Want) -> Self {
        match want {
            // The compiler has written it; were it no JSON, it would equal nothing.
            Want::Json(text) => Self::exact(serde_json::from_str(text).unwrap_or_else(|_| Value::from(*text))),
            Want::Object(members, open) => {
                let members = members.iter().map(|(name, want)| ((*name).to_owned(), Self::of(want)));
                Self::Object(members.collect(), *open)
            }
            Want::List(items, open) => Self::List(items.iter().map(Self::of).collect(), *open),
        }
    }

    fn exact(value: Value) -> Self {
        match value {
            Value::Object(members) => {
                let members = members.into_iter().map(|(name, value)| (name, Self::exact(value)));
                Self::Object(members.collect(), false)
            }
            Value::Array(items) => Self::List(items.into_iter().map(Self::exact).collect(), false),
            scalar => Self::Scalar(scalar),
        }
    }

    /// What is expected at least, to be shown.
    fn value(&self) -> Value {
        match self {
            Self::Scalar(value) => value.clone(),
            Self::Object(members, _) => members
                .iter()
                .map(|(name, want)| (name.clone(), want.value()))
                .collect(),
            Self::List(items, _) => items.iter().map(Self::value).collect(),
        }
    }
}

/// Whether two scalars are the same JSON: `1`, `1.0` and `1e0` are one number.
fn same(want: &Value, got: &Value) -> bool {
    match (want, got) {
        (Value::Number(want), Value::Number(got)) => want == got || want.as_f64() == got.as_f64(),
        (want, got) => want == got,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn first(want: &Want, got: &Value) -> Option<String> {
        Diff::of(want, got).first
    }

    #[test]
    fn an_exact_value_allows_nothing_beside_it() {
        let want = Want::Json(r#"{"a":1,"b":[1,2]}"#);
        assert_eq!(first(&want, &json!({"b": [1, 2], "a": 1.0})), None);
        assert_eq!(first(&want, &json!({"a": 1, "b": [1, 2], "c": null})).unwrap(), "`c`");
        assert_eq!(first(&want, &json!({"a": 1, "b": [1, 2, 3]})).unwrap(), "`b[2]`");
        assert_eq!(first(&want, &json!({"a": 1})).unwrap(), "`b`");
        assert_eq!(first(&want, &json!({"a": 1, "b": [2, 1]})).unwrap(), "`b[0]`");
        assert_eq!(first(&Want::Json("null"), &json!([])).unwrap(), "the body");
    }

    #[test]
    fn dots_allow_more_but_not_less() {
        const INNER: Want = Want::Object(&[("id", Want::Json("\"p1\""))], true);
        let want = Want::Object(&[("list", Want::List(&[INNER], true))], true);
        assert_eq!(first(&want, &json!({"list": [{"id": "p1", "x": 1}, 2], "y": 1})), None);
        assert_eq!(first(&want, &json!({"list": [], "y": 1})).unwrap(), "`list[0]`");
        assert_eq!(first(&want, &json!({"list": [{"id": "p2"}]})).unwrap(), "`list[0].id`");
        assert_eq!(first(&want, &json!({"list": {"id": "p1"}})).unwrap(), "`list`");
    }

    #[test]
    fn null_and_absent_are_two_things() {
        let want = Want::Json(r#"{"a":null}"#);
        assert_eq!(first(&want, &json!({})).unwrap(), "`a`");
        assert_eq!(first(&want, &json!({"a": null})), None);
    }

    #[test]
    fn the_lines_show_both_sides_where_they_differ() {
        let want = Want::Object(&[("id", Want::Json("\"p1\"")), ("n", Want::Json("2"))], true);
        let diff = Diff::of(&want, &json!({"id": "p1", "n": 3, "m": 4}));
        assert_eq!(
            diff.lines(),
            "  {\n    \"id\": \"p1\",\n-   \"n\": 2,\n+   \"n\": 3,\n    ...\n  }\n"
        );
    }
}
