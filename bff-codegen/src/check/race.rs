//! `race(a.x(…), b.y(…), stagger: 40ms)` (E0412): several operations with the same answer, of which the first good one counts.

use super::Checker;
use super::asked::Asked;
use super::narrow::Facts;
use super::types::declared_name;
use crate::diagnostic::Diagnostic;
use crate::ir::service::Request;
use crate::model::types::{OpId, Ty};
use crate::settings::value;
use crate::syntax::ast;

impl Checker<'_> {
    /// What races with the first; true if one of them may give null.
    pub(super) fn rivals(
        &mut self,
        call: &ast::Call,
        racers: &[ast::Invoke],
        first: &Asked,
        facts: &Facts,
        from_path: &mut bool,
    ) -> (Vec<Request>, bool) {
        let mut rivals = Vec::new();
        let mut null = !racers.is_empty() && !first.request.required_args.is_empty();
        for racer in racers {
            let Some(op) = self.operation(racer) else { continue };
            if !self.only_reads(op, racer, "a race") {
                continue;
            }
            let (invoked, settings) = self.knowing(facts.clone(), |cx| {
                let invoked = cx.invoke(op, racer);
                (invoked, cx.call_settings(racer, &call.name.text))
            });
            *from_path |= invoked.from_path;
            self.idle_settings(&settings, false, true);
            let Some(asked) = self.asked(invoked.request, racer, &settings, None) else {
                continue;
            };
            if present(&asked) != present(first) {
                self.other_answer(first.request.op, op, (first, &asked), racer);
                continue;
            }
            null |= asked.result.may_be_null();
            self.demand.unify_types(&asked.result, &first.result);
            rivals.push(asked.request);
        }
        (rivals, null)
    }

    /// E0412: racers that give different things.
    fn other_answer(&mut self, first: OpId, op: OpId, (wanted, given): (&Asked, &Asked), racer: &ast::Invoke) {
        let name = |asked: &Asked| {
            let declared = asked.declared.as_ref();
            declared.map_or("nothing".to_owned(), |ty| {
                format!("`{}`", declared_name(self.model, ty))
            })
        };
        let text = format!("this one gives {}, the first of the race {}", name(given), name(wanted));
        let (first, own) = (&self.model.ops[first.0 as usize], &self.model.ops[op.0 as usize]);
        let error = Diagnostic::error("E0412", racer.span, text)
            .because(first.span, format!("`{}` gives {}", first.name, name(wanted)))
            .because(own.span, format!("`{}` gives {}", own.name, name(given)));
        self.sink
            .push(error.help("race operations with the same answer; others stand in an `else`"));
    }

    /// E0412: a race for each element of a list.
    pub(super) fn looped_race(&mut self, call: &ast::Call, each: &ast::Loop) {
        let span = each.var.span.to(each.list.span);
        let mut error = Diagnostic::error("E0412", span, "a race has no `for`");
        if let ast::CallTarget::Race { span, .. } = &call.target {
            error = error.because(*span, "several operations race here");
        }
        self.sink
            .push(error.help("call one of them for each element, the other in an `else`"));
    }

    /// How long each racer is waited for before the next begins, milliseconds.
    pub(super) fn stagger(&mut self, call: &ast::Call) -> u64 {
        let ast::CallTarget::Race {
            stagger: Some(stagger), ..
        } = &call.target
        else {
            return 0;
        };
        let millis = value::duration(&stagger.text).filter(|_| stagger.kind == ast::ScalarKind::Duration);
        millis.unwrap_or_else(|| {
            let error = Diagnostic::error("E0205", stagger.span, "`stagger` takes a duration");
            self.sink.push(error.help("`stagger: 40ms`"));
            0
        })
    }
}

/// What a racer gives, without null.
fn present(asked: &Asked) -> Option<&Ty> {
    asked.declared.as_ref().map(super::batch::present)
}
