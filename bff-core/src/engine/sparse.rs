//! `sparse: query`: which fields of an answer a request wants, by `?fields=top.product,period`.

use std::borrow::Cow;

use super::head::{form_decode, query_pairs};
use crate::error::{InputCode, InputProblem};

/// The deepest that a field may be named: `a.b.c.d`.
const MAX_DEPTH: usize = 4;
/// The query parameter.
const PARAMETER: &str = "fields";
/// How many unknown fields are told of, so that an answer does not grow with what was sent.
const MAX_PROBLEMS: usize = 8;

/// The fields that a request may name, as a tree in the order of a walk from the top: each field is followed by those
/// below it. A field's position is its number in [`Frame::wants`](super::Frame::wants).
#[derive(Debug)]
pub struct Sparse {
    /// The fields.
    pub fields: &'static [SparseField],
}

/// A field of an answer.
#[derive(Debug, Clone, Copy)]
pub struct SparseField {
    /// Its key in the answer.
    pub name: &'static str,
    /// How many fields stand below it.
    pub below: u16,
}

/// The fields that one request wants: all, or a bit for each.
#[derive(Debug, Default)]
pub(crate) struct Selection(Option<Box<[u64]>>);

impl Selection {
    /// Whether field `number` is written.
    #[inline]
    pub(crate) fn wants(&self, number: u16) -> bool {
        let bit = |words: &[u64]| {
            words
                .get(usize::from(number / 64))
                .is_some_and(|word| word >> (number % 64) & 1 == 1)
        };
        self.0.as_deref().is_none_or(bit)
    }
}

impl Sparse {
    /// Reads `fields` of a query: names with commas between them, as often as the client likes. All fields where nothing is named.
    pub(crate) fn select(&self, query: &str) -> Result<Selection, Vec<InputProblem>> {
        let mut words: Option<Box<[u64]>> = None;
        let mut problems = Vec::new();
        let named = query_pairs(query).filter(|(name, _)| is_parameter(name));
        for (_, value) in named {
            let Some(value) = decoded(value) else {
                problems.push(problem(
                    "",
                    InputCode::Unreadable,
                    "`fields` is not readable text".to_owned(),
                ));
                continue;
            };
            for path in value.split(',').map(str::trim).filter(|path| !path.is_empty()) {
                if problems.len() == MAX_PROBLEMS {
                    return Err(problems);
                }
                let words = words.get_or_insert_with(|| vec![0; self.fields.len().div_ceil(64)].into());
                if let Err(message) = self.mark(path, words) {
                    problems.push(problem(path, InputCode::Unknown, message));
                }
            }
        }
        if problems.is_empty() {
            Ok(Selection(words))
        } else {
            Err(problems)
        }
    }

    /// Sets the bits of a field, of those above it and of those below it.
    fn mark(&self, path: &str, words: &mut [u64]) -> Result<(), String> {
        let mut level = 0..self.fields.len();
        let mut found = level.clone();
        for (depth, name) in path.split('.').enumerate() {
            if depth == MAX_DEPTH {
                return Err(format!("a field is named by at most {MAX_DEPTH} names"));
            }
            let Some(at) = self.find(level.clone(), name) else {
                return Err(self.unknown(level, name));
            };
            set(words, at..at + 1);
            let below = at + 1..at + 1 + usize::from(self.fields[at].below);
            found = below.clone();
            level = below;
        }
        set(words, found);
        Ok(())
    }

    /// The field of this name directly in a level.
    fn find(&self, level: std::ops::Range<usize>, name: &str) -> Option<usize> {
        self.siblings(level).find(|at| self.fields[*at].name == name)
    }

    fn siblings(&self, level: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
        let next = move |at: &usize| Some(at + 1 + usize::from(self.fields.get(*at)?.below));
        std::iter::successors(Some(level.start), next).take_while(move |at| *at < level.end)
    }

    fn unknown(&self, level: std::ops::Range<usize>, name: &str) -> String {
        let name = shown(name);
        let names = || self.siblings(level.clone()).map(|at| self.fields[at].name);
        let close = names().map(|known| (distance(known, name), known)).min();
        match close {
            Some((distance, known)) if distance <= name.len().max(known.len()) / 3 + 1 && distance < known.len() => {
                format!("there is no field `{name}`; did you mean `{known}`?")
            }
            Some(_) => {
                let list: Vec<&str> = names().take(MAX_PROBLEMS).collect();
                let more = if names().count() > MAX_PROBLEMS { ", …" } else { "" };
                format!("there is no field `{name}`; fields here: {}{more}", list.join(", "))
            }
            None => format!("there is no field `{name}`: nothing can be chosen below here"),
        }
    }
}

/// `fields`, however it is escaped.
fn is_parameter(name: &str) -> bool {
    name == PARAMETER || name.contains(['%', '+']) && form_decode(name).as_deref() == Some(PARAMETER)
}

fn decoded(value: &str) -> Option<Cow<'_, str>> {
    if value.contains(['%', '+']) {
        form_decode(value).map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(value))
    }
}

fn set(words: &mut [u64], range: std::ops::Range<usize>) {
    for at in range {
        words[at / 64] |= 1 << (at % 64);
    }
}

/// What a client sent, as far as a message repeats it.
fn shown(name: &str) -> &str {
    match name.char_indices().nth(40) {
        Some((cut, _)) => &name[..cut],
        None => name,
    }
}

fn problem(field: &str, code: InputCode, message: String) -> InputProblem {
    let field = if field.is_empty() {
        PARAMETER.to_owned()
    } else {
        format!("{PARAMETER}.{}", shown(field))
    };
    InputProblem {
        place: Some("query"),
        field,
        code,
        message: message.into(),
    }
}

/// How many letters have to be changed, added or dropped to make one name of the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), &b.as_bytes()[..b.len().min(64)]);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, right) in b.iter().enumerate() {
            let changed = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn field(name: &'static str, below: u16) -> SparseField {
        SparseField { name, below }
    }

    /// `{ period { from, to }, top { product { id, title, image { url } }, units }, margin }`
    const FIELDS: &[SparseField] = &[
        field("period", 2),
        field("from", 0),
        field("to", 0),
        field("top", 6),
        field("product", 4),
        field("id", 0),
        field("title", 0),
        field("image", 1),
        field("url", 0),
        field("units", 0),
        field("margin", 0),
    ];

    fn wanted(query: &str) -> Result<Vec<&'static str>, Vec<String>> {
        let found = Sparse { fields: FIELDS }.select(query);
        let selection = found.map_err(|problems| {
            problems
                .into_iter()
                .map(|it| it.message.into_owned())
                .collect::<Vec<_>>()
        })?;
        let numbers = (0..FIELDS.len()).filter(|at| selection.wants(*at as u16));
        Ok(numbers.map(|at| FIELDS[at].name).collect())
    }

    #[test]
    fn nothing_named_is_everything() {
        for query in ["", "x=1", "fields=", "fields", "fields=,", "Fields=margin"] {
            assert_eq!(wanted(query).unwrap().len(), FIELDS.len(), "{query}");
        }
    }

    #[test]
    fn a_field_brings_those_above_and_below() {
        assert_eq!(wanted("fields=margin").unwrap(), ["margin"]);
        assert_eq!(wanted("fields=period").unwrap(), ["period", "from", "to"]);
        assert_eq!(
            wanted("fields=top.product.image").unwrap(),
            ["top", "product", "image", "url"]
        );
        assert_eq!(
            wanted("fields=top.product.image.url,margin").unwrap(),
            ["top", "product", "image", "url", "margin"]
        );
        assert_eq!(
            wanted("fields=top.units&a=b&fields=period.to").unwrap(),
            ["period", "to", "top", "units"]
        );
        assert_eq!(
            wanted("f%69elds=top%2Eunits%2C+margin").unwrap(),
            ["top", "units", "margin"]
        );
    }

    #[test]
    fn an_unknown_field_is_told_with_what_was_meant() {
        assert_eq!(
            wanted("fields=topp").unwrap_err(),
            ["there is no field `topp`; did you mean `top`?"]
        );
        assert_eq!(
            wanted("fields=top.titel").unwrap_err(),
            ["there is no field `titel`; fields here: product, units"]
        );
        assert_eq!(
            wanted("fields=top.product.titel").unwrap_err(),
            ["there is no field `titel`; did you mean `title`?"]
        );
        assert_eq!(
            wanted("fields=margin.x").unwrap_err(),
            ["there is no field `x`: nothing can be chosen below here"]
        );
        assert_eq!(
            wanted("fields=top.product.image.url.x").unwrap_err(),
            ["a field is named by at most 4 names"]
        );
        assert_eq!(wanted("fields=a..b").unwrap_err().len(), 1);
        assert_eq!(wanted("fields=%ff").unwrap_err(), ["`fields` is not readable text"]);
    }

    #[test]
    fn what_is_told_does_not_grow_with_what_was_sent() {
        let query = format!("fields={}", "nonsense,".repeat(5_000));
        assert_eq!(wanted(&query).unwrap_err().len(), MAX_PROBLEMS);
        let long = wanted(&format!("fields={}", "é".repeat(5_000))).unwrap_err();
        assert!(long[0].len() < 200, "{long:?}");
    }

    #[test]
    fn more_than_64_fields_have_a_bit_each() {
        let names: Vec<&'static str> = (0..200)
            .map(|at| &*Box::leak(format!("f{at}").into_boxed_str()))
            .collect();
        let fields: Vec<SparseField> = names.iter().map(|name| field(name, 0)).collect();
        let sparse = Sparse {
            fields: Box::leak(fields.into_boxed_slice()),
        };
        let selection = sparse.select("fields=f0,f63,f64,f199").unwrap();
        let wanted: Vec<u16> = (0..200).filter(|at| selection.wants(*at)).collect();
        assert_eq!(wanted, [0, 63, 64, 199]);
        assert!(!selection.wants(200), "there is no such field");
    }

    #[test]
    fn the_distance_of_names_counts_changes() {
        for (a, b, expected) in [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("same", "same", 0)] {
            assert_eq!(distance(a, b), expected);
            assert_eq!(distance(b, a), expected);
        }
    }
}
