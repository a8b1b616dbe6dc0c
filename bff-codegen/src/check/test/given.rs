//! What of a request the arguments of a mock decide: the entries that read no other argument.

use crate::ir::expr::{Expr, ExprKind, Record};
use crate::ir::service::{OpRequest, PathPart, Service};
use crate::ir::test::Step;

/// Fills in [`crate::ir::test::Mock::given`], when the requests of operations are settled.
pub(in crate::check) fn given(service: &mut Service) {
    let requests = &service.requests;
    let steps = service.tests.iter_mut().flat_map(|test| &mut test.steps);
    for step in steps {
        if let Step::Mock(mock) = step
            && !mock.args.is_empty()
            && let Some(Some(request)) = requests.get(mock.op.0 as usize)
        {
            let given: Vec<usize> = mock.args.iter().map(|(at, _)| *at).collect();
            mock.given = Some(decided(request, &given));
        }
    }
}

fn decided(request: &OpRequest, given: &[usize]) -> OpRequest {
    let count = request.params.len();
    let is_decided = |expr: &Expr| {
        let mut decided = true;
        expr.walk(&mut |it| {
            match it.kind {
                ExprKind::Local(local) => {
                    let at = local.0 as usize;
                    decided &= at >= count || given.contains(&at);
                }
                // A mock answers whoever asks.
                ExprKind::Request(_) => decided = false,
                _ => {}
            }
        });
        decided
    };
    let path = request.path.iter().map(|part| match part {
        PathPart::Value(value) if !is_decided(value) => PathPart::Literal("\0".to_owned()),
        part => part.clone(),
    });
    let entries = |list: &[(String, Expr)]| list.iter().filter(|(_, value)| is_decided(value)).cloned().collect();
    OpRequest {
        params: request.params.clone(),
        path: path.collect(),
        query: entries(&request.query),
        header: entries(&request.header),
        body: request.body.as_ref().and_then(|body| decided_body(body, &is_decided)),
        bytes: None,
        idempotent: None,
    }
}

/// The members of a body that are decided; a body that is no record is decided whole or not at all.
fn decided_body(body: &Expr, is_decided: &dyn Fn(&Expr) -> bool) -> Option<Expr> {
    let ExprKind::Record(record) = &body.kind else {
        return is_decided(body).then(|| body.clone());
    };
    let entries = record.entries.iter().filter(|entry| {
        let sources = entry.bind.iter().map(|(_, source)| source);
        entry.when.iter().chain(sources).chain([&entry.value]).all(is_decided)
    });
    let entries: Vec<_> = entries.cloned().collect();
    (!entries.is_empty()).then(|| Expr {
        kind: ExprKind::Record(Record { entries }),
        ..body.clone()
    })
}
