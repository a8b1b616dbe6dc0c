//! Tests in the spec: mocks against the declared types, sends against the routes, expectations against what they can answer.
//!
//! They are checked behind the routes, when it is known what each reads of the answers it gets.

mod expect;
mod fits;
mod given;
mod json;
mod mock;
mod send;

pub(super) use given::given;

use super::Checker;
use super::demand::Node;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::Ty as IrTy;
use crate::ir::service::Route;
use crate::ir::test::Test;
use crate::model::types::{OpId, Ty};
use crate::source::Span;
use crate::syntax::ast;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A test while it is checked.
struct Testing<'r> {
    routes: &'r [Route],
    /// The routes that its sends reach, by index.
    reached: BTreeSet<usize>,
    /// Those that the latest `send` reaches; none if it reaches none on purpose or by mistake.
    latest: Vec<usize>,
    /// A `send` above; further sends of the mistake are not reported again.
    sent: bool,
    /// Something in it was wrong already.
    broken: bool,
}

impl Checker<'_> {
    /// Checks all tests over the routes of their client.
    pub(super) fn tests(&mut self, routes: &[Route]) -> Vec<Test> {
        let model = self.model;
        let mut names: HashMap<&str, Span> = HashMap::new();
        let mut functions = BTreeSet::new();
        let mut tests = Vec::with_capacity(model.tests.len());
        for test in &model.tests {
            if let Some(first) = names.insert(&test.name.text, test.name.span) {
                let text = format!("two tests are called \"{}\"", test.name.text);
                let found = Diagnostic::error("E0709", test.name.span, text).because(first, "the other one");
                self.sink.push(found.help("say what each of them shows"));
            }
            tests.push(self.test(test, routes, function_name(&test.name.text, &mut functions)));
        }
        tests
    }

    fn test(&mut self, test: &ast::Test, routes: &[Route], function: String) -> Test {
        let sends = |step: &&ast::Step| matches!(step, ast::Step::Send { .. });
        let mut testing = Testing {
            routes,
            reached: BTreeSet::new(),
            latest: Vec::new(),
            sent: false,
            broken: false,
        };
        // Mocks stand above the sends that they are for.
        let mut reached = Vec::new();
        for (at, step) in test.steps.iter().enumerate().filter(|(_, step)| sends(step)) {
            let expected = test.steps[at + 1..].iter().take_while(|step| !sends(step));
            let expected: Vec<u16> = expected.filter_map(expected_status).collect();
            let found = self.answering(step, &expected, routes);
            testing.broken |= found.is_none();
            let found = found.unwrap_or_default();
            testing.reached.extend(&found);
            reached.push(found);
        }
        let mut reached = reached.into_iter();
        let mut steps = Vec::with_capacity(test.steps.len());
        for (at, step) in test.steps.iter().enumerate() {
            let next = test.steps[at + 1..].iter().take_while(|step| !sends(step));
            let checked = match step {
                ast::Step::Send { .. } => {
                    testing.latest = reached.next().unwrap_or_default();
                    testing.sent = true;
                    let expected: Vec<u16> = next.filter_map(expected_status).collect();
                    self.test_send(step, &expected, &testing)
                }
                ast::Step::Mock { .. } => self.test_mock(step, &testing),
                _ => self.test_expect(step, &testing),
            };
            steps.extend(checked);
        }
        self.expects_something(test);
        Test {
            name: test.name.text.clone(),
            function,
            span: test.name.span,
            hints: self.hints(&testing),
            steps,
        }
    }

    /// E0707 for a test that cannot fail.
    fn expects_something(&mut self, test: &ast::Test) {
        let is_send = |step: &ast::Step| matches!(step, ast::Step::Send { .. });
        let is_expect = |step: &ast::Step| !matches!(step, ast::Step::Send { .. } | ast::Step::Mock { .. });
        let (message, help) = if !test.steps.iter().any(is_send) {
            (
                "this test sends nothing",
                "add e.g. `send GET /home` and what is expected",
            )
        } else if !test.steps.iter().any(is_expect) {
            (
                "this test expects nothing, so it cannot fail",
                "add e.g. `expect 200` behind the `send`",
            )
        } else {
            return;
        };
        self.sink
            .push(Diagnostic::error("E0707", test.name.span, message).help(help));
    }

    /// For each operation that the routes of the test call, a mock that can be pasted.
    fn hints(&self, testing: &Testing<'_>) -> Vec<(OpId, String)> {
        let mut hints = BTreeMap::new();
        for (op, _) in testing.calls() {
            hints
                .entry(op)
                .or_insert_with(|| match &self.model.ops[op.0 as usize].result {
                    Some(ty) => self.example(ty, &self.read_of(op, testing)),
                    None => "null".to_owned(),
                });
        }
        hints.into_iter().collect()
    }

    /// What the routes under test read of the answers of an operation.
    fn read_of(&self, op: OpId, testing: &Testing<'_>) -> Vec<Node> {
        let Some(record) = self.model.ops[op.0 as usize].result.as_ref().and_then(leaf) else {
            return Vec::new();
        };
        let calls = testing.calls().into_iter().filter(|(called, _)| *called == op);
        let nodes = calls
            .filter_map(|(_, ty)| node_of(ty))
            .filter(|node| self.demand.record(*node) == record);
        nodes.collect()
    }
}

impl<'r> Testing<'r> {
    /// The operations that the routes under test may call, with the type of the answer as it is read.
    fn calls(&self) -> Vec<(OpId, &'r IrTy)> {
        let mut calls = Vec::new();
        for call in self.reached.iter().flat_map(|at| &self.routes[*at].calls) {
            calls.extend(call.asked().map(|op| (op, &call.ty)));
            // What an `undo` is answered is read by nobody.
            calls.extend(call.undo.iter().map(|undo| (undo.request.op, &IrTy::Null)));
        }
        calls
    }
}

/// The record at the end of a declared type.
fn leaf(ty: &Ty) -> Option<crate::model::types::RecordId> {
    match ty {
        Ty::Record(id) => Some(*id),
        Ty::List(inner) | Ty::Nullable(inner) | Ty::Map(_, inner) => leaf(inner),
        _ => None,
    }
}

/// The node of the record at the end of a type that is read.
fn node_of(ty: &IrTy) -> Option<Node> {
    match ty {
        IrTy::View(view) => Some(Node(view.0)),
        IrTy::List(inner) | IrTy::Nullable(inner) | IrTy::Map(_, inner) => node_of(inner),
        _ => None,
    }
}

fn expected_status(step: &ast::Step) -> Option<u16> {
    match step {
        ast::Step::ExpectStatus { status, .. } => status.text.parse().ok(),
        _ => None,
    }
}

/// `home survives a recommender outage` -> `home_survives_a_recommender_outage`.
fn function_name(text: &str, taken: &mut BTreeSet<String>) -> String {
    let words = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut name = words.collect::<Vec<_>>().join("_").to_ascii_lowercase();
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        name = format!("test_{name}").trim_end_matches('_').to_owned();
    }
    let mut unique = name.clone();
    let mut count = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{name}_{count}");
        count += 1;
    }
    unique
}
