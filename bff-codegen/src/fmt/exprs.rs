//! Expressions, shapes and arguments.

use super::align::Kind;
use super::cursor::{Cursor, Entries, Style};
use super::doc::{Doc, concat, group, indent};
use crate::syntax::ast::{
    Arg, Args, BinaryOp, Block, Entry, EntryKind, Expr, ExprKind, MatchArm, Note, Path, Pattern, PatternKind, Range,
    Setting, Shape, Star, UnaryOp,
};

pub(super) const BRACES: [&str; 2] = ["{", "}"];
const PARENS: [&str; 2] = ["(", ")"];
const SQUARES: [&str; 2] = ["[", "]"];

/// One text among documents.
pub(super) const BLANK: Doc<'static> = Doc::Text(" ");

/// An expression.
pub(super) fn expr<'a>(c: &mut Cursor<'a>, e: &Expr) -> Doc<'a> {
    match &e.kind {
        ExprKind::Const(_) | ExprKind::Scalar(_) | ExprKind::Str(_) | ExprKind::Name(_) | ExprKind::Open => {
            c.token(e.span)
        }
        ExprKind::Error => {
            c.lost = true;
            c.token(e.span)
        }
        ExprKind::Range(it) => range(c, it),
        ExprKind::Path(it) => path(c, it),
        ExprKind::List(items) => {
            let entries = Entries {
                hug: items.first().is_some_and(has_brackets),
                ..Entries::of(items.len())
            };
            c.brackets(SQUARES, Style::List, entries, |c, at| expr(c, &items[at]))
        }
        ExprKind::Shape(it) => shape(c, it),
        ExprKind::Subject(key) => concat([c.word("."), c.token(key.span)]),
        ExprKind::Match { value, arms } => matching(c, value, arms),
        ExprKind::Call(it) => concat([c.word("call"), BLANK, super::routes::invoke(c, it)]),
        ExprKind::Fail { status, code, body } => {
            let mut docs = vec![c.word("fail"), BLANK, expr(c, status)];
            if let Some(code) = code {
                docs.extend([BLANK, c.token(code.span)]);
            }
            if let Some(body) = body {
                docs.extend([BLANK, shape(c, body)]);
            }
            concat(docs)
        }
        ExprKind::Get { .. }
        | ExprKind::Each(_)
        | ExprKind::Index { .. }
        | ExprKind::Apply { .. }
        | ExprKind::Over { .. }
        | ExprKind::As { .. } => chain(c, e),
        ExprKind::Unary { op, operand } => unary(c, *op, operand),
        ExprKind::Binary { .. } => binary(c, e),
        ExprKind::Ternary { .. } => ternary(c, e),
        ExprKind::Paren(inner) => parens(c, inner),
    }
}

/// `(e)`.
pub(super) fn parens<'a>(c: &mut Cursor<'a>, e: &Expr) -> Doc<'a> {
    let hug = has_brackets(e);
    let entries = Entries { hug, ..Entries::of(1) };
    c.brackets(PARENS, Style::List, entries, |c, _| expr(c, e))
}

/// Whether an expression ends with a group of its own, so that a list of it alone needs no further step inwards.
fn has_brackets(e: &Expr) -> bool {
    matches!(
        e.kind,
        ExprKind::List(_) | ExprKind::Shape(_) | ExprKind::Match { .. } | ExprKind::Over { .. }
    )
}

pub(super) fn range<'a>(c: &mut Cursor<'a>, it: &Range) -> Doc<'a> {
    let start = it.start.as_ref().map(|scalar| c.token(scalar.span));
    let dots = c.word("..");
    let end = it.end.as_ref().map(|scalar| c.token(scalar.span));
    concat([start, Some(dots), end].into_iter().flatten().collect::<Vec<_>>())
}

pub(super) fn path<'a>(c: &mut Cursor<'a>, it: &Path) -> Doc<'a> {
    match c.token(it.span) {
        Doc::Concat(mut docs) => {
            if let Some(last) = docs.last_mut()
                && let Doc::Text(text) = *last
            {
                *last = Doc::Path(text);
            }
            Doc::Concat(docs)
        }
        doc => doc,
    }
}

fn matching<'a>(c: &mut Cursor<'a>, value: &Expr, arms: &[MatchArm]) -> Doc<'a> {
    let mut docs = vec![c.word("match"), BLANK];
    docs.extend([parens(c, value), BLANK]);

    // `a => x -1 => y` would be a subtraction, `fail 404 "b" =>` a code.
    let keep = |at: usize| match arms[at].patterns.first().map(|pattern| &pattern.kind) {
        Some(PatternKind::Scalar(scalar)) => scalar.text.starts_with('-'),
        Some(PatternKind::Text(_)) => ends_with_fail(&arms[at - 1].value),
        _ => false,
    };
    let entries = Entries {
        keep: &keep,
        ..Entries::of(arms.len())
    };
    docs.push(c.brackets(BRACES, Style::Braces, entries, |c, at| arm(c, &arms[at])));
    concat(docs)
}

fn arm<'a>(c: &mut Cursor<'a>, it: &MatchArm) -> Doc<'a> {
    let mut docs = Vec::new();
    for (number, pattern) in it.patterns.iter().enumerate() {
        if number > 0 {
            docs.extend([c.line(Doc::Line), c.word("|"), BLANK]);
        }
        docs.push(self::pattern(c, pattern));
    }
    let patterns = group(false, indent(concat(docs)));
    concat([
        patterns,
        BLANK,
        Doc::Tab(Kind::Arrow),
        c.word("=>"),
        BLANK,
        expr(c, &it.value),
    ])
}

fn pattern<'a>(c: &mut Cursor<'a>, it: &Pattern) -> Doc<'a> {
    match &it.kind {
        PatternKind::Name { name, alias: None } => c.token(name.span),
        PatternKind::Name {
            name,
            alias: Some(alias),
        } => concat([c.token(name.span), BLANK, c.word("as"), BLANK, c.token(alias.span)]),
        _ => c.token(it.span),
    }
}

/// Whether the last thing printed is a `fail` that a text could belong to.
fn ends_with_fail(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Fail { code, body, .. } => code.is_none() && body.is_none(),
        ExprKind::Binary { right, .. } => ends_with_fail(right),
        ExprKind::Ternary { other, .. } => ends_with_fail(other),
        ExprKind::Unary { operand, .. } => ends_with_fail(operand),
        _ => false,
    }
}

fn unary<'a>(c: &mut Cursor<'a>, op: UnaryOp, operand: &Expr) -> Doc<'a> {
    let sign = c.word(match op {
        UnaryOp::Not => "!",
        UnaryOp::Minus => "-",
    });
    concat([sign, expr(c, operand)])
}

/// Operators of one strength are one group with a line each.
fn binary<'a>(c: &mut Cursor<'a>, e: &Expr) -> Doc<'a> {
    let mut rest = Vec::new();
    let mut first = e;
    let mut strength = None;
    while let ExprKind::Binary {
        op,
        op_span,
        left,
        right,
    } = &first.kind
        && strength.is_none_or(|it| it == strength_of(*op))
    {
        strength = Some(strength_of(*op));
        rest.push((*op_span, right));
        first = left;
    }
    let mut docs = Vec::new();
    let head = expr(c, first);
    for (op, right) in rest.into_iter().rev() {
        docs.extend([c.line(Doc::Line), c.token(op), BLANK, expr(c, right)]);
    }
    group(false, concat([head, indent(concat(docs))]))
}

fn strength_of(op: BinaryOp) -> u8 {
    match op {
        BinaryOp::Or => 0,
        BinaryOp::And => 1,
        BinaryOp::Eq | BinaryOp::Ne | BinaryOp::Le | BinaryOp::Ge | BinaryOp::Lt | BinaryOp::Gt | BinaryOp::In => 2,
        BinaryOp::Coalesce => 3,
        BinaryOp::Add | BinaryOp::Sub => 4,
        BinaryOp::Mul | BinaryOp::Div => 5,
    }
}

/// `a ? b : c ? d : e` is one group.
fn ternary<'a>(c: &mut Cursor<'a>, e: &Expr) -> Doc<'a> {
    let mut docs = Vec::new();
    let mut head = None;
    let mut next = e;
    while let ExprKind::Ternary { condition, then, other } = &next.kind {
        let condition = expr(c, condition);
        match head {
            None => head = Some(condition),
            Some(_) => docs.push(condition),
        }
        docs.extend([c.line(Doc::Line), c.word("?"), BLANK, expr(c, then)]);
        docs.extend([c.line(Doc::Line), c.word(":"), BLANK]);
        next = other;
    }
    docs.push(expr(c, next));
    group(false, concat([head.unwrap_or(BLANK), indent(concat(docs))]))
}

/// A value and what is applied to it. Three and more methods have a line each if they do not fit on one.
fn chain<'a>(c: &mut Cursor<'a>, e: &Expr) -> Doc<'a> {
    let mut links = Vec::new();
    let mut base = e;
    while let Some(inner) = inner_of(base) {
        links.push(base);
        base = inner;
    }
    links.reverse();
    let is_method = |at: usize| {
        matches!(links[at].kind, ExprKind::Get { .. })
            && links
                .get(at + 1)
                .is_some_and(|next| matches!(next.kind, ExprKind::Apply { .. }))
    };
    let methods = (0..links.len()).filter(|at| is_method(*at)).count();
    let last = links
        .iter()
        .rposition(|link| matches!(link.kind, ExprKind::Apply { .. }))
        .map_or(0, |at| at + 1);
    let head = expr(c, base);
    let mut inside = Vec::new();
    for (at, link) in links[..last].iter().enumerate() {
        if methods > 2 && is_method(at) {
            inside.push(c.line(Doc::Soft));
        }
        inside.push(self::link(c, link));
    }
    let inside = if methods > 2 {
        indent(concat(inside))
    } else {
        concat(inside)
    };
    let mut docs = vec![group(false, concat([head, inside]))];
    docs.extend(links[last..].iter().map(|link| self::link(c, link)));
    concat(docs)
}

fn inner_of(e: &Expr) -> Option<&Expr> {
    match &e.kind {
        ExprKind::Get { base, .. }
        | ExprKind::Each(base)
        | ExprKind::Index { base, .. }
        | ExprKind::Apply { base, .. }
        | ExprKind::Over { base, .. }
        | ExprKind::As { base, .. } => Some(base),
        _ => None,
    }
}

fn link<'a>(c: &mut Cursor<'a>, e: &Expr) -> Doc<'a> {
    match &e.kind {
        ExprKind::Get { null_safe, key, .. } => {
            concat([c.word(if *null_safe { "?." } else { "." }), c.token(key.span)])
        }
        ExprKind::Each(_) => c.word("[]"),
        ExprKind::Index { index, .. } => concat([c.word("["), expr(c, index), c.word("]")]),
        ExprKind::Apply { args, .. } => self::args(c, args),
        ExprKind::Over { shape, .. } => concat([BLANK, self::shape(c, shape)]),
        ExprKind::As { name, .. } => concat([BLANK, c.word("as"), BLANK, c.token(name.span)]),
        _ => BLANK,
    }
}

/// `(a: x, b?: y)`.
pub(super) fn args<'a>(c: &mut Cursor<'a>, it: &Args) -> Doc<'a> {
    let hug = it
        .list
        .first()
        .is_some_and(|arg| arg.order.is_none() && has_brackets(&arg.value));
    let entries = Entries {
        hug,
        ..Entries::of(it.list.len())
    };
    c.brackets(PARENS, Style::List, entries, |c, at| arg(c, &it.list[at]))
}

fn arg<'a>(c: &mut Cursor<'a>, it: &Arg) -> Doc<'a> {
    let mut docs = Vec::new();
    if let Some(name) = &it.name {
        docs.push(c.token(name.span));
        if it.optional {
            docs.push(c.word("?"));
        }
        docs.extend([c.word(":"), BLANK]);
    }
    docs.push(expr(c, &it.value));
    if let Some(order) = &it.order {
        docs.extend([BLANK, c.token(order.span)]);
    }
    concat(docs)
}

/// `{ a: 1, ...policy }`.
pub(super) fn block<'a>(c: &mut Cursor<'a>, it: &Block) -> Doc<'a> {
    let keep = |at: usize| match (&it.settings[at - 1], &it.settings[at]) {
        (Setting::Entry { value, .. }, Setting::Entry { key, .. }) => key.quoted && ends_with_fail(value),
        _ => false,
    };
    let entries = Entries {
        keep: &keep,
        ..Entries::of(it.settings.len())
    };
    c.brackets(BRACES, Style::Braces, entries, |c, at| setting(c, &it.settings[at]))
}

pub(super) fn setting<'a>(c: &mut Cursor<'a>, it: &Setting) -> Doc<'a> {
    match it {
        Setting::Spread { name, .. } => concat([c.word("..."), c.token(name.span)]),
        Setting::Entry { key, value } => concat([
            c.token(key.span),
            c.word(":"),
            BLANK,
            Doc::Tab(Kind::Value),
            expr(c, value),
        ]),
    }
}

/// `{ entries }`.
pub(super) fn shape<'a>(c: &mut Cursor<'a>, it: &Shape) -> Doc<'a> {
    let stars = usize::from(it.star.is_some());
    let keep = |at: usize| at > stars && must_stay_apart(&it.entries[at - stars - 1], &it.entries[at - stars]);
    let entries = Entries {
        keep: &keep,
        ..Entries::of(it.entries.len() + stars)
    };
    c.brackets(BRACES, Style::Braces, entries, |c, at| match &it.star {
        Some(star) if at == 0 => self::star(c, star),
        _ => entry(c, &it.entries[at - stars]),
    })
}

/// Without a comma, the second of these entries would go on with the expression of the first.
fn must_stay_apart(one: &Entry, next: &Entry) -> bool {
    if !one.notes.is_empty() {
        return false;
    }
    let last = match (&one.guard, &one.kind) {
        (Some(guard), _) => Some(guard),
        (None, EntryKind::Value { value, .. } | EntryKind::Spread(Some(value))) => Some(value),
        (None, _) => None,
    };
    match &next.kind {
        EntryKind::Pick { key, .. } if !key.quoted => matches!(key.text.as_str(), "in" | "as"),
        EntryKind::Pick { key, .. } | EntryKind::Value { key, .. } => key.quoted && last.is_some_and(ends_with_fail),
        EntryKind::Spread(_) => false,
    }
}

fn star<'a>(c: &mut Cursor<'a>, it: &Star) -> Doc<'a> {
    let mut docs = vec![c.word("*")];
    if !it.except.is_empty() {
        docs.extend([BLANK, c.word("except"), BLANK]);
        let entries = Entries::of(it.except.len());
        docs.push(c.brackets(PARENS, Style::List, entries, |c, at| c.token(it.except[at].span)));
    }
    concat(docs)
}

fn entry<'a>(c: &mut Cursor<'a>, it: &Entry) -> Doc<'a> {
    let mut docs = Vec::new();
    match &it.kind {
        EntryKind::Spread(value) => {
            docs.push(c.word("..."));
            docs.extend(value.as_ref().map(|value| expr(c, value)));
        }
        EntryKind::Value { key, value } => {
            docs.extend([
                c.token(key.span),
                c.word(":"),
                BLANK,
                Doc::Tab(Kind::Value),
                expr(c, value),
            ]);
        }
        EntryKind::Pick { key, alias, shape } => {
            docs.push(c.token(key.span));
            if let Some(alias) = alias {
                docs.extend([BLANK, c.word("as"), BLANK, c.token(alias.span)]);
            }
            if let Some(shape) = shape {
                docs.extend([BLANK, self::shape(c, shape)]);
            }
        }
    }
    if it.guard.is_some() || !it.notes.is_empty() {
        docs.extend([BLANK, Doc::Tab(Kind::Tail)]);
    }
    if let Some(guard) = &it.guard {
        docs.extend([c.word("when"), BLANK, expr(c, guard)]);
        if !it.notes.is_empty() {
            docs.push(BLANK);
        }
    }
    docs.push(notes(c, &it.notes));
    concat(docs)
}

/// Notes with a blank between them.
pub(super) fn notes<'a>(c: &mut Cursor<'a>, list: &[Note]) -> Doc<'a> {
    let mut docs = Vec::new();
    for (number, note) in list.iter().enumerate() {
        if number > 0 {
            docs.push(BLANK);
        }
        docs.extend([c.word("@"), c.token(note.name.span)]);
        if let Some(arg) = &note.arg {
            docs.extend([c.word("("), expr(c, arg), c.word(")")]);
        }
    }
    concat(docs)
}
