//! Tests: what is sent, what backends answer, what is expected.

use super::{Kids, Lower};
use crate::syntax::ast::{Step, Test, Text};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lower<'_> {
    pub(super) fn test(&mut self, kids: &mut Kids<'_>) -> Option<Test> {
        let name = self.text(&kids.any()?);
        let mut steps = Vec::new();
        while let Some(step) = kids.any() {
            steps.extend(match step.as_rule() {
                Rule::send => self.send(step),
                Rule::mock => self.mock(step),
                _ => self.expect(step),
            });
        }
        Some(Test { name, steps })
    }

    fn send(&mut self, pair: Pair<'_, Rule>) -> Option<Step> {
        let span = self.span(&pair);
        let (mut claims, mut body, mut headers) = (None, None, None);
        let (mut method, mut target) = (None, None);
        let mut of_body = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::METHOD => method = Some(self.name(&part)),
                Rule::target => {
                    target = Some(Text {
                        text: part.as_str().to_owned(),
                        span: self.span(&part),
                    });
                }
                Rule::BODY => of_body = true,
                Rule::expr if of_body => body = self.expr(part),
                Rule::expr => claims = self.expr(part),
                Rule::block => headers = self.block(part),
                _ => {}
            }
        }
        Some(Step::Send {
            method: method?,
            target: target?,
            claims,
            body,
            headers,
            span,
        })
    }

    fn mock(&mut self, pair: Pair<'_, Rule>) -> Option<Step> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        Some(Step::Mock {
            upstream: self.name(&kids.any()?),
            op: self.name(&kids.any()?),
            args: kids.take(Rule::args).and_then(|args| self.args(args)),
            reply: self.expr(kids.any()?)?,
            after: kids.any().map(|after| self.scalar(&after)),
            span,
        })
    }

    fn expect(&mut self, pair: Pair<'_, Rule>) -> Option<Step> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        let first = kids.any()?;
        match first.as_rule() {
            Rule::header => {
                let mut kids = Kids::of(first);
                Some(Step::ExpectHeader {
                    name: self.text(&kids.any()?),
                    value: self.expr(kids.any()?)?,
                    span,
                })
            }
            Rule::calls => {
                let mut kids = Kids::of(first);
                Some(Step::ExpectCalls {
                    upstream: self.name(&kids.any()?),
                    op: self.name(&kids.any()?),
                    count: self.scalar(&kids.any()?),
                    span,
                })
            }
            _ => Some(Step::ExpectStatus {
                status: self.scalar(&first),
                body: kids.any().and_then(|body| self.expr(body)),
                span,
            }),
        }
    }
}
