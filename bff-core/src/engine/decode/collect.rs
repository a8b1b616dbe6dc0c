//! All problems of a body at once: the mode for request inputs, and the second look that finds the path of an error.

use super::{Decoder, Fail, Malformed, Misfit, Stop};
use crate::engine::plan::{Field, Kind, Plan};
use crate::engine::rule::Rule;
use crate::engine::word;
use std::fmt;

/// The most problems that are told of one body.
const MAX_PROBLEMS: usize = 100;

/// What kind of problem a value has, which decides between 400 and 422.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemCode {
    /// It cannot be read as its type: 400.
    Unreadable,
    /// It is not there and must be: 400.
    Missing,
    /// It is read, but a constraint does not hold: 422.
    Constraint,
}

/// One thing that is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: `items[0].status`. Empty for the whole.
    pub path: String,
    /// What kind of problem.
    pub code: ProblemCode,
    /// A sentence for whoever sent it, without its data.
    pub message: String,
}

impl Problem {
    /// The problem that a body as a whole has.
    pub(in crate::engine) fn of_document(fail: Fail) -> Self {
        let (code, message) = fail.explain();
        Problem {
            path: String::new(),
            code,
            message,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// A step of a JSON path.
#[derive(Debug, Clone, Copy)]
enum Step {
    Field(&'static str),
    Element(usize),
    /// A value of a map. Its key is data, which messages do not repeat.
    Entry,
}

/// The state of a decoder at the start of a value.
#[derive(Clone, Copy)]
struct Mark {
    pos: usize,
    depth: u32,
    stack: usize,
    open: usize,
}

/// The state of a decoder that collects.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) problems: Vec<Problem>,
    /// The problems of the fields of each open record, so that a repeated key replaces those of its first value.
    open: Vec<Vec<(usize, Vec<Problem>)>>,
    path: Vec<Step>,
}

impl Collected {
    fn report(&mut self, fail: Fail) {
        if self.problems.len() < MAX_PROBLEMS {
            let (code, message) = fail.explain();
            // What is wrong with a union is wrong with its discriminator.
            let on = match fail {
                Fail::Value(Misfit::NoTag(plan) | Misfit::Tag(plan)) => Some(Step::Field(plan.on)),
                _ => None,
            };
            self.path.extend(on);
            let path = self.render_path();
            self.path.truncate(self.path.len() - usize::from(on.is_some()));
            self.problems.push(Problem { path, code, message });
        }
    }

    fn render_path(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            match step {
                Step::Field(name) if text.is_empty() => text.push_str(name),
                Step::Field(name) => {
                    text.push('.');
                    text.push_str(name);
                }
                Step::Entry => text.push_str("[*]"),
                Step::Element(index) => text.push_str(&format!("[{index}]")),
            }
        }
        text
    }
}

impl Decoder<'_> {
    /// Decodes the root; what does not fit there is reported like a field.
    pub(super) fn root(&mut self, (kind, rule): super::Form) -> Result<u64, Stop> {
        match self.collected.is_some() {
            true => self.tolerant(kind, rule),
            false => self.checked(kind, rule),
        }
    }

    /// Decodes a field. Its problems wait until the record ends.
    pub(super) fn collect_member(&mut self, field: &'static Field, index: usize) -> Result<u64, Stop> {
        let before = self.with(|it| {
            it.path.push(Step::Field(field.name));
            std::mem::take(&mut it.problems)
        });
        let outcome = self.tolerant(&field.kind, field.rule);
        self.with(|it| {
            it.path.pop();
            let own = std::mem::replace(&mut it.problems, before.unwrap_or_default());
            if let Some(fields) = it.open.last_mut() {
                fields.retain(|(other, _)| *other != index);
                fields.push((index, own));
            }
        });
        outcome
    }

    /// Opens the list of problems of a record.
    pub(super) fn collect_record(&mut self) {
        self.with(|it| it.open.push(Vec::new()));
    }

    /// Hands on the problems of the fields of a record that ends, and reports those that it lacks.
    pub(super) fn collect_missing(&mut self, plan: &'static Plan, base: usize) -> Result<(), Stop> {
        let mut fields = self.with(|it| it.open.pop()).flatten().unwrap_or_default();
        for (index, field) in plan.fields.iter().enumerate() {
            let missing = self.stack[base + index] == word::ABSENT && !field.kind.is_nullable();
            let own = fields
                .iter_mut()
                .find(|(other, _)| *other == index)
                .map(|(_, own)| std::mem::take(own));
            self.with(|it| match own {
                Some(mut own) => {
                    own.truncate(MAX_PROBLEMS.saturating_sub(it.problems.len()));
                    it.problems.append(&mut own);
                }
                None if missing => {
                    it.path.push(Step::Field(field.name));
                    it.report(Fail::Value(Misfit::Missing));
                    it.path.pop();
                }
                None => {}
            });
        }
        Ok(())
    }

    /// Decodes an element of a list onto the stack.
    pub(super) fn collect_element(
        &mut self,
        kind: &'static Kind,
        rule: Option<&'static Rule>,
        index: usize,
    ) -> Result<(), Stop> {
        self.collect_step(Step::Element(index), kind, rule)
    }

    /// Decodes an entry of a map onto the stack: its key, which has been read, and its value.
    pub(super) fn collect_entry(
        &mut self,
        (word, key, of_keys): (u64, &'static Kind, Option<&'static Rule>),
        kind: &'static Kind,
        rule: Option<&'static Rule>,
    ) -> Result<(), Stop> {
        self.with(|it| it.path.push(Step::Entry));
        if let Err(stop) = self.map_key(word, key, of_keys) {
            let fail = self.fail(stop);
            if let Fail::Malformed(..) = fail {
                return Err(stop);
            }
            self.with(|it| it.report(fail));
            self.push_word(word)?;
        }
        self.with(|it| it.path.pop());
        self.collect_step(Step::Entry, kind, rule)
    }

    fn collect_step(&mut self, step: Step, kind: &'static Kind, rule: Option<&'static Rule>) -> Result<(), Stop> {
        self.with(|it| it.path.push(step));
        let mark = self.mark();
        if let Err(stop) = self.element(kind, rule) {
            self.recover(stop, mark)?;
            self.push_absent(kind.stride())?;
        }
        self.with(|it| it.path.pop());
        Ok(())
    }

    /// Decodes a value; one that does not fit is reported and skipped.
    fn tolerant(&mut self, kind: &'static Kind, rule: Option<&'static Rule>) -> Result<u64, Stop> {
        let mark = self.mark();
        match self.checked(kind, rule) {
            Ok(word) => Ok(word),
            Err(stop) => {
                self.recover(stop, mark)?;
                Ok(word::NULL)
            }
        }
    }

    /// Reports a value that breaks a rule, when all problems are wanted.
    pub(super) fn collect_broken_rule(&mut self, stop: Stop) -> bool {
        let fail = self.fail(stop);
        self.with(|it| it.report(fail)).is_some()
    }

    /// Remembers where a value begins.
    fn mark(&mut self) -> Mark {
        self.scan.peek();
        let open = self.collected.as_ref().map_or(0, |it| it.open.len());
        Mark {
            pos: self.scan.pos,
            depth: self.depth,
            stack: self.stack.len(),
            open,
        }
    }

    /// Goes back to the start of a value that did not fit, and over it. Malformed text cannot be skipped.
    fn recover(&mut self, stop: Stop, mark: Mark) -> Result<(), Stop> {
        let fail = self.fail(stop);
        if let Fail::Malformed(..) = fail {
            return Err(stop);
        }
        self.with(|it| {
            it.report(fail);
            it.open.truncate(mark.open);
        });
        self.stack.truncate(mark.stack);
        self.scan.pos = mark.pos;
        self.depth = mark.depth;
        self.scan.skip(&mut self.keys, self.depth, false)
    }

    fn with<R>(&mut self, work: impl FnOnce(&mut Collected) -> R) -> Option<R> {
        self.collected.as_deref_mut().map(work)
    }
}

impl Fail {
    fn explain(self) -> (ProblemCode, String) {
        match self {
            Fail::Malformed(what, at) => (ProblemCode::Unreadable, what.explain(at)),
            Fail::Value(Misfit::Missing) => (ProblemCode::Missing, "missing".to_owned()),
            Fail::Value(Misfit::Surrogate) => (
                ProblemCode::Unreadable,
                "a string escapes half of a surrogate pair".to_owned(),
            ),
            Fail::Value(Misfit::Rule(rule, unit)) => (ProblemCode::Constraint, rule.explain(unit)),
            Fail::Value(Misfit::NoTag(_)) => (ProblemCode::Missing, "missing".to_owned()),
            Fail::Value(Misfit::Tag(plan)) => {
                let known: Vec<&str> = plan.variants.iter().map(|(tag, _)| *tag).collect();
                (ProblemCode::Unreadable, one_of(&known))
            }
            Fail::Value(Misfit::Kind(kind)) => (ProblemCode::Unreadable, expectation(kind.inner())),
        }
    }
}

/// `expected one of "a", "b"`: names are cut after ten.
fn expectation(kind: &Kind) -> String {
    let Kind::Enum(names) = kind else {
        return format!("expected {}", kind.describe());
    };
    one_of(names.values)
}

fn one_of(names: &[&str]) -> String {
    let listed: Vec<String> = names.iter().take(10).map(|name| format!("{name:?}")).collect();
    let rest = if names.len() > 10 { ", …" } else { "" };
    format!("expected one of {}{rest}", listed.join(", "))
}

impl Malformed {
    fn explain(self, at: usize) -> String {
        let what = match self {
            Malformed::End => "the JSON text ends too early",
            Malformed::Value => "not JSON: expected a value",
            Malformed::Key => "not JSON: expected a key in double quotes",
            Malformed::Colon => "not JSON: expected `:`",
            Malformed::Separator => "not JSON: expected `,` or the end of the array or object",
            Malformed::Number => "not JSON: expected a digit",
            Malformed::Control => "not JSON: a control character in a string",
            Malformed::Escape => "not JSON: unknown escape in a string",
            Malformed::Depth => "the JSON text nests more than 127 deep",
            Malformed::Trailing => "not JSON: text after the value",
            Malformed::NotUtf8 => "the text is not UTF-8",
            Malformed::TooLong => return format!("the body is longer than {at} bytes"),
            Malformed::Surrogate | Malformed::Misfit => "a value that cannot be read",
            Malformed::TooManyValues => return "the body has too many values".to_owned(),
        };
        format!("{what} (byte {at})")
    }
}
