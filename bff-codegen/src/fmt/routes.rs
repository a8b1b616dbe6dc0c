//! Routes, calls and tests.

use super::align::Kind;
use super::cursor::{Cursor, Entries, Style};
use super::decls::{field, ty};
use super::doc::{Doc, concat, group, indent};
use super::exprs::{BLANK, BRACES, args, block, expr, parens, path, setting, shape};
use crate::syntax::ast::{
    Call, CallTarget, Catch, CatchKind, Deliver, Expr, InputKind, Inputs, Invoke, Item, ItemKind, Respond, Route, Step,
    Test,
};

/// `route GET /path when (…) { items }`.
pub(super) fn route<'a>(c: &mut Cursor<'a>, it: &Route) -> Doc<'a> {
    let mut docs = vec![
        c.word("route"),
        BLANK,
        c.token(it.method.span),
        BLANK,
        path(c, &it.path),
        BLANK,
    ];
    if let Some(guard) = &it.guard {
        docs.extend([c.word("when"), BLANK, parens(c, guard), BLANK]);
    }
    // `respond` without a body would take the block of inputs for one.
    let keep = |at: usize| {
        matches!(&it.items[at - 1].kind, ItemKind::Respond(respond) if respond.headers.is_none() && respond.guard.is_none())
            && matches!(it.items[at].kind, ItemKind::Inputs(_))
    };
    let entries = Entries {
        keep: &keep,
        ..Entries::of(it.items.len())
    };
    docs.push(c.brackets(BRACES, Style::Braces, entries, |c, at| item(c, &it.items[at])));
    concat(docs)
}

fn item<'a>(c: &mut Cursor<'a>, it: &Item) -> Doc<'a> {
    match &it.kind {
        ItemKind::Inputs(it) => inputs(c, it),
        ItemKind::Body(it) => concat([c.word("body"), c.word(":"), BLANK, Doc::Tab(Kind::Value), ty(c, it)]),
        ItemKind::Allow { condition, status } => {
            let mut docs = vec![
                c.word("allow"),
                c.word(":"),
                BLANK,
                Doc::Tab(Kind::Value),
                expr(c, condition),
            ];
            if let Some(status) = status {
                docs.extend([BLANK, c.word("else"), BLANK, c.token(status.span)]);
            }
            concat(docs)
        }
        ItemKind::Call(it) => call(c, it),
        ItemKind::Let { name, value } => {
            let docs = [c.word("let"), BLANK, Doc::Tab(Kind::Name), c.token(name.span), BLANK];
            concat([concat(docs), equals(c), expr(c, value)])
        }
        ItemKind::Respond(it) => respond(c, it),
        ItemKind::Deliver(it) => deliver(c, it),
        ItemKind::Setting(it) => setting(c, it),
    }
}

/// `= ` of a statement.
pub(super) fn equals<'a>(c: &mut Cursor<'a>) -> Doc<'a> {
    concat([Doc::Tab(Kind::StatementEquals), c.word("="), BLANK])
}

fn inputs<'a>(c: &mut Cursor<'a>, it: &Inputs) -> Doc<'a> {
    let word = match it.kind {
        InputKind::Query => "query",
        InputKind::Header => "header",
        InputKind::Cookie => "cookie",
        InputKind::Path => "path",
    };
    let head = c.word(word);
    let fields = c.brackets(BRACES, Style::Braces, Entries::of(it.fields.len()), |c, at| {
        field(c, &it.fields[at])
    });
    concat([head, BLANK, fields])
}

/// A call with its arms: all on one line, or each on its own below it.
fn call<'a>(c: &mut Cursor<'a>, it: &Call) -> Doc<'a> {
    let name = [
        c.word("call"),
        BLANK,
        Doc::Tab(Kind::Name),
        c.token(it.name.span),
        BLANK,
        equals(c),
    ];
    let target = head(c, it);
    let mut arms = Clauses::default();
    for catch in &it.on {
        arms.push(c, |c| self::catch(c, catch));
    }
    for value in &it.or {
        arms.push(c, |c| concat([c.word("else"), BLANK, expr(c, value)]));
    }
    if let Some(undo) = &it.undo {
        arms.push(c, |c| concat([c.word("undo"), BLANK, invoke(c, undo)]));
    }
    concat([concat(name), arms.after(target)])
}

/// What is called, how often and when.
fn head<'a>(c: &mut Cursor<'a>, it: &Call) -> Doc<'a> {
    let target = match &it.target {
        CallTarget::One(it) => invoke(c, it),
        CallTarget::Race { racers, stagger, .. } => {
            let word = c.word("race");
            let entries = Entries::of(racers.len() + usize::from(stagger.is_some()));
            let list = c.brackets(["(", ")"], Style::List, entries, |c, at| {
                match (racers.get(at), stagger) {
                    (None, Some(stagger)) => concat([c.word("stagger"), c.word(":"), BLANK, c.token(stagger.span)]),
                    (Some(racer), _) => invoke(c, racer),
                    (None, None) => BLANK,
                }
            });
            concat([word, list])
        }
    };
    let mut clauses = Clauses::default();
    if let Some(each) = &it.each {
        clauses.push(c, |c| {
            let head = [
                c.word("for"),
                BLANK,
                c.token(each.var.span),
                BLANK,
                c.word("in"),
                BLANK,
                expr(c, &each.list),
            ];
            let key = each
                .key
                .as_ref()
                .map(|key| concat([BLANK, c.word("key"), BLANK, expr(c, key)]));
            concat(head.into_iter().chain(key).collect::<Vec<_>>())
        });
    }
    if let Some(guard) = &it.guard {
        clauses.push(c, |c| concat([c.word("when"), BLANK, expr(c, guard)]));
    }
    clauses.after(target)
}

/// What follows a head, on its line or below it.
#[derive(Default)]
struct Clauses<'a> {
    docs: Vec<Doc<'a>>,
    broken: bool,
}

impl<'a> Clauses<'a> {
    fn push(&mut self, c: &mut Cursor<'a>, print: impl FnOnce(&mut Cursor<'a>) -> Doc<'a>) {
        let gap = c.gap();
        self.broken |= gap.newline;
        self.docs.extend([gap.around_line(Doc::Line), print(c)]);
    }

    fn after(self, head: Doc<'a>) -> Doc<'a> {
        if self.docs.is_empty() {
            return head;
        }
        group(self.broken, concat([head, indent(concat(self.docs))]))
    }
}

fn catch<'a>(c: &mut Cursor<'a>, it: &Catch) -> Doc<'a> {
    let mut docs = vec![c.word("on"), BLANK];
    for (number, kind) in it.kinds.iter().enumerate() {
        if number > 0 {
            docs.push(Doc::Text(", "));
        }
        docs.push(c.token(match kind {
            CatchKind::Status(name) | CatchKind::Word(name) => name.span,
            CatchKind::Code(text) => text.span,
        }));
    }
    docs.extend([BLANK, c.word("=>"), BLANK, expr(c, &it.arm)]);
    concat(docs)
}

/// `upstream.op(args) { settings }`.
pub(super) fn invoke<'a>(c: &mut Cursor<'a>, it: &Invoke) -> Doc<'a> {
    let mut docs = vec![
        c.token(it.upstream.span),
        c.word("."),
        c.token(it.op.span),
        args(c, &it.args),
    ];
    if let Some(settings) = &it.block {
        docs.extend([BLANK, block(c, settings)]);
    }
    concat(docs)
}

fn respond<'a>(c: &mut Cursor<'a>, it: &Respond) -> Doc<'a> {
    let mut docs = vec![c.word("respond")];
    if let Some(status) = &it.status {
        docs.extend([BLANK, c.token(status.span)]);
    }
    if let Some(body) = &it.body {
        docs.extend([BLANK, expr(c, body)]);
    }
    docs.push(when(c, it.guard.as_ref()));
    if let Some(headers) = &it.headers {
        docs.extend([BLANK, c.word("headers"), BLANK, block(c, headers)]);
    }
    concat(docs)
}

fn deliver<'a>(c: &mut Cursor<'a>, it: &Deliver) -> Doc<'a> {
    let docs = [
        c.word("deliver"),
        BLANK,
        c.token(it.name.span),
        BLANK,
        shape(c, &it.shape),
        BLANK,
        block(c, &it.block),
    ];
    concat([concat(docs), when(c, it.guard.as_ref())])
}

fn when<'a>(c: &mut Cursor<'a>, guard: Option<&Expr>) -> Doc<'a> {
    concat(guard.map_or(Vec::new(), |guard| vec![BLANK, c.word("when"), BLANK, expr(c, guard)]))
}

/// `test "…" { … }`.
pub(super) fn test<'a>(c: &mut Cursor<'a>, it: &Test) -> Doc<'a> {
    let head = [c.word("test"), BLANK, c.token(it.name.span), BLANK];
    let steps = c.brackets(BRACES, Style::Steps, Entries::of(it.steps.len()), |c, at| {
        step(c, &it.steps[at])
    });
    concat([concat(head), steps])
}

fn step<'a>(c: &mut Cursor<'a>, it: &Step) -> Doc<'a> {
    match it {
        Step::Send {
            method,
            target,
            claims,
            body,
            headers,
            ..
        } => {
            let mut docs = vec![c.word("send"), BLANK, c.token(method.span), BLANK, c.token(target.span)];
            for (word, value) in [("as", claims), ("body", body)] {
                if let Some(value) = value {
                    docs.extend([BLANK, c.word(word), BLANK, expr(c, value)]);
                }
            }
            if let Some(headers) = headers {
                docs.extend([BLANK, c.word("headers"), BLANK, block(c, headers)]);
            }
            concat(docs)
        }
        Step::Mock {
            upstream,
            op,
            args: given,
            reply,
            after,
            ..
        } => {
            let mut docs = vec![
                c.word("mock"),
                BLANK,
                c.token(upstream.span),
                c.word("."),
                c.token(op.span),
            ];
            docs.extend(given.as_ref().map(|given| args(c, given)));
            docs.extend([BLANK, Doc::Tab(Kind::Arrow), c.word("=>"), BLANK, expr(c, reply)]);
            if let Some(after) = after {
                docs.extend([BLANK, c.word("after"), BLANK, c.token(after.span)]);
            }
            concat(docs)
        }
        Step::ExpectHeader { name, value, .. } => {
            let docs = [
                c.word("expect"),
                BLANK,
                c.word("header"),
                BLANK,
                c.token(name.span),
                BLANK,
            ];
            concat([concat(docs), c.word("=="), BLANK, expr(c, value)])
        }
        Step::ExpectCalls {
            upstream, op, count, ..
        } => {
            let docs = [c.word("expect"), BLANK, c.word("calls"), BLANK, c.token(upstream.span)];
            let more = [
                c.word("."),
                c.token(op.span),
                BLANK,
                c.word("=="),
                BLANK,
                c.token(count.span),
            ];
            concat([concat(docs), concat(more)])
        }
        Step::ExpectStatus { status, body, .. } => {
            let mut docs = vec![c.word("expect"), BLANK, c.token(status.span)];
            if let Some(body) = body {
                docs.extend([BLANK, expr(c, body)]);
            }
            concat(docs)
        }
    }
}
