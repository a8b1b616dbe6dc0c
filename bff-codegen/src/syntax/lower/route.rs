//! Routes: inputs, calls, answers.

use super::{Kids, Lower};
use crate::syntax::ast::{
    Call, CallTarget, Catch, CatchKind, Deliver, InputKind, Inputs, Invoke, Item, ItemKind, Loop, Respond, Route,
};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lower<'_> {
    pub(super) fn route(&mut self, kids: &mut Kids<'_>) -> Option<Route> {
        let method = self.name(&kids.any()?);
        let path = self.path(kids.any()?);
        let guard = match kids.take(Rule::expr) {
            Some(guard) => self.expr(guard),
            None => None,
        };
        let block = kids.any()?;
        let block_span = self.span(&block);
        let items = block.into_inner().filter_map(|item| self.item(item)).collect();
        Some(Route {
            method,
            path,
            guard,
            items,
            block_span,
        })
    }

    fn item(&mut self, pair: Pair<'_, Rule>) -> Option<Item> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::setting => ItemKind::Setting(self.setting(pair)?),
            Rule::inputs => ItemKind::Inputs(self.inputs(pair)?),
            Rule::body => ItemKind::Body(self.ty(Kids::of(pair).any()?)?),
            Rule::call => ItemKind::Call(Box::new(self.call(pair)?)),
            Rule::respond => ItemKind::Respond(self.respond(pair)?),
            rule => {
                let mut kids = Kids::of(pair);
                match rule {
                    Rule::allow => ItemKind::Allow {
                        condition: self.expr(kids.any()?)?,
                        status: kids.any().map(|status| self.scalar(&status)),
                    },
                    Rule::letdef => ItemKind::Let {
                        name: self.snake_name(&kids.any()?, "the name of a value"),
                        value: self.expr(kids.any()?)?,
                    },
                    _ => ItemKind::Deliver(Deliver {
                        name: self.snake_name(&kids.any()?, "the name of what is delivered"),
                        shape: self.shape(kids.any()?)?,
                        block: self.block(kids.any()?)?,
                        guard: self.guard(&mut kids),
                    }),
                }
            }
        };
        Some(Item { span, kind })
    }

    fn inputs(&mut self, pair: Pair<'_, Rule>) -> Option<Inputs> {
        let mut kids = Kids::of(pair);
        let kind = match kids.any()?.as_str() {
            "query" => InputKind::Query,
            "header" => InputKind::Header,
            "cookie" => InputKind::Cookie,
            _ => InputKind::Path,
        };
        let fields = kids.pairs.filter_map(|field| self.field(field)).collect();
        Some(Inputs { kind, fields })
    }

    fn call(&mut self, pair: Pair<'_, Rule>) -> Option<Call> {
        let mut kids = Kids::of(pair);
        let name = self.snake_name(&kids.any()?, "the name of a call");
        let target = kids.any()?;
        let target = match target.as_rule() {
            Rule::race => self.race(target),
            _ => CallTarget::One(self.invoke(target)?),
        };
        let each = kids.take(Rule::foreach).and_then(|each| self.each(each));
        let guard = self.guard(&mut kids);
        let mut on = Vec::new();
        while let Some(catch) = kids.take(Rule::catch) {
            on.extend(self.catch(catch));
        }
        let mut or = Vec::new();
        while let Some(arm) = kids.take(Rule::orelse) {
            or.push(self.expr(Kids::of(arm).any()?)?);
        }
        let undo = match kids.take(Rule::undo) {
            Some(undo) => self.invoke(Kids::of(undo).any()?),
            None => None,
        };
        Some(Call {
            name,
            target,
            each,
            guard,
            on,
            or,
            undo,
        })
    }

    fn race(&mut self, pair: Pair<'_, Rule>) -> CallTarget {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        let mut racers = Vec::new();
        while let Some(invoke) = kids.take(Rule::invoke) {
            racers.extend(self.invoke(invoke));
        }
        CallTarget::Race {
            racers,
            stagger: kids.any().map(|stagger| self.scalar(&stagger)),
            span,
        }
    }

    pub(super) fn invoke(&mut self, pair: Pair<'_, Rule>) -> Option<Invoke> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        Some(Invoke {
            upstream: self.name(&kids.any()?),
            op: self.name(&kids.any()?),
            args: self.args(kids.any()?)?,
            block: kids.any().and_then(|block| self.block(block)),
            span,
        })
    }

    fn each(&mut self, pair: Pair<'_, Rule>) -> Option<Loop> {
        let mut kids = Kids::of(pair);
        let var = self.snake_name(&kids.any()?, "the name of an element");
        let list = self.expr(kids.any()?)?;
        let key = match kids.take(Rule::loopkey) {
            Some(key) => self.expr(Kids::of(key).any()?),
            None => None,
        };
        Some(Loop { var, list, key })
    }

    fn catch(&mut self, pair: Pair<'_, Rule>) -> Option<Catch> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        let mut kinds = Vec::new();
        loop {
            let kind = kids.any()?;
            kinds.push(match kind.as_rule() {
                Rule::status => CatchKind::Status(self.name(&kind)),
                Rule::ident => CatchKind::Word(self.name(&kind)),
                Rule::lit => CatchKind::Code(self.text(&kind)),
                _ => {
                    let arm = self.expr(kind)?;
                    return Some(Catch { kinds, arm, span });
                }
            });
        }
    }

    fn respond(&mut self, pair: Pair<'_, Rule>) -> Option<Respond> {
        let mut kids = Kids::of(pair);
        let status = kids.take(Rule::status).map(|status| self.scalar(&status));
        let body = match kids.take(Rule::expr) {
            Some(body) => self.expr(body),
            None => None,
        };
        Some(Respond {
            status,
            body,
            guard: self.guard(&mut kids),
            headers: kids.take(Rule::block).and_then(|block| self.block(block)),
        })
    }
}
