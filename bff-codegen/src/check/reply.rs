//! `respond 200 … when c headers { … }`: tried in text order, the last has no `when`.

use super::Checker;
use super::env::Named;
use crate::diagnostic::Diagnostic;
use crate::ir::service::Reply;
use crate::source::Span;
use crate::syntax::ast::{self, ItemKind};

impl Checker<'_> {
    /// Checks one `respond`. Below it its `when` is false.
    pub(super) fn respond(&mut self, respond: &ast::Respond, span: Span) {
        if let Some(last) = self.replies.last().filter(|reply| reply.when.is_none()) {
            self.sink.push(
                Diagnostic::error("E0408", span, "this `respond` is never reached")
                    .because(last.span, "always answers: it has no `when`")
                    .help("give the upper one a `when`, or remove one of them"),
            );
        }
        let answered = self.answered.clone();
        let when = (respond.guard.as_ref()).map(|guard| self.knowing(answered.clone(), |cx| cx.condition(guard)));
        let own = when.as_ref().map(|when| self.facts(&when.expr, true));
        let facts = answered.into_iter().chain(own.into_iter().flatten()).collect();
        self.env.names.insert("partial".to_owned(), Named::Partial);
        let (body, headers) = self.knowing(facts, |cx| {
            let body = respond.body.as_ref().map(|body| {
                let without = cx.without_odd_status(respond, body);
                let value = cx.infer(without.as_ref().unwrap_or(body), None);
                cx.demand.whole(cx.model, &value.ty);
                value.expr
            });
            let headers = respond
                .headers
                .as_ref()
                .map(|block| cx.header_block(block))
                .unwrap_or_default();
            (body, headers)
        });
        self.env.names.remove("partial");
        if let Some(when) = &when {
            // Only for the answers below: a call starts by what it reads, not by what has been answered.
            let facts = self.facts(&when.expr, false);
            self.answered.extend(facts);
        }
        let status = self.reply_status(respond, body.is_some());
        self.replies.push(Reply {
            span,
            status,
            when: when.map(|when| when.expr),
            headers,
            body,
        });
    }

    /// `respond 99 { … }` reads as a shape over a number. Gives the body alone and says what was meant.
    fn without_odd_status(&mut self, respond: &ast::Respond, body: &ast::Expr) -> Option<ast::Expr> {
        let ast::ExprKind::Over { base, shape } = &body.kind else {
            return None;
        };
        let ast::ExprKind::Scalar(number) = &base.kind else {
            return None;
        };
        if respond.status.is_some() {
            return None;
        }
        let message = format!("`{}` is no status", number.text);
        self.sink.push(
            Diagnostic::error("E0408", number.span, message).help("a status has three digits: `respond 200 { … }`"),
        );
        let span = shape.span;
        let kind = ast::ExprKind::Shape(shape.clone());
        Some(ast::Expr { span, kind })
    }

    fn reply_status(&mut self, respond: &ast::Respond, has_body: bool) -> u16 {
        let Some(written) = &respond.status else {
            return if has_body { 200 } else { 204 };
        };
        let number = written.text.parse::<u16>().unwrap_or(0);
        let error = match number {
            204 | 205 | 304 if has_body => Diagnostic::error(
                "E0408",
                written.span,
                format!("an answer with status {number} has no body"),
            )
            .help("leave out the body, or the status"),
            200..=599 => return number,
            _ => Diagnostic::error(
                "E0408",
                written.span,
                format!("`{}` is no status that a route answers with", written.text),
            )
            .help("a status from 200 to 599"),
        };
        self.sink.push(error);
        200
    }

    /// A route answers, and its last `respond` always.
    pub(super) fn replies_end(&mut self, route: &ast::Route, span: Span) {
        let mut responds = route.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Respond(respond) => Some(respond),
            _ => None,
        });
        let Some(last) = responds.next_back() else {
            let proxies = route.items.iter().any(
                |item| matches!(&item.kind, ItemKind::Setting(ast::Setting::Entry { key, .. }) if key.text == "proxy"),
            );
            if !proxies {
                self.sink.push(
                    Diagnostic::error("E0408", span, "this route never answers")
                        .help("add `respond { … }`, or `respond 204` for an empty answer"),
                );
            }
            return;
        };
        if let Some(guard) = &last.guard {
            self.sink.push(
                Diagnostic::error(
                    "E0408",
                    guard.span,
                    "the last `respond` has a `when`: where it does not hold, nothing answers",
                )
                .help("add a last `respond` without one, e.g. `respond 404`"),
            );
        }
    }
}
