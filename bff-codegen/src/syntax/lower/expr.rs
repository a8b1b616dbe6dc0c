//! Expressions and shapes.

use super::{Kids, Lower};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{
    Arg, Args, BinaryOp, Const, Entry, EntryKind, Expr, ExprKind, MatchArm, Name, Note, Pattern, PatternKind, Shape,
    Star, StrPiece, UnaryOp,
};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

/// Operands and the operators between them, before precedence is settled.
struct Flat {
    operands: std::vec::IntoIter<Expr>,
    operators: std::iter::Peekable<std::vec::IntoIter<(BinaryOp, Span)>>,
}

impl Lower<'_> {
    pub(super) fn expr(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(&pair);
        let operators = pair
            .clone()
            .into_inner()
            .filter(|it| it.as_rule() == Rule::infix)
            .count();
        self.nested(operators + 1, span, |lower| lower.operators(pair))
    }

    /// Runs `build` with the tree `levels` deeper; too deep, the expression is an error that was reported.
    fn nested(&mut self, levels: usize, span: Span, build: impl FnOnce(&mut Self) -> Option<Expr>) -> Option<Expr> {
        if !self.deeper(levels, span) {
            return Some(Expr {
                span,
                kind: ExprKind::Error,
            });
        }
        self.depth += levels;
        let built = build(self);
        self.depth -= levels;
        built
    }

    fn operators(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let mut kids = Kids::of(pair);
        let mut operands = vec![self.operand(&mut kids)?];
        let mut operators = Vec::new();
        while let Some(infix) = kids.take(Rule::infix) {
            operators.push((binary_op(infix.as_str()), self.span(&infix)));
            operands.push(self.operand(&mut kids)?);
        }
        let mut flat = Flat {
            operands: operands.into_iter(),
            operators: operators.into_iter().peekable(),
        };
        let value = self.climb(&mut flat, 0)?;
        let Some(then) = kids.take(Rule::expr) else {
            return Some(value);
        };
        let then = self.expr(then)?;
        let other = self.expr(kids.any()?)?;
        Some(Expr {
            span: value.span.to(other.span),
            kind: ExprKind::Ternary {
                condition: Box::new(value),
                then: Box::new(then),
                other: Box::new(other),
            },
        })
    }

    /// Builds the tree of all operators that bind at least as tightly as `least`; equal ones from the left.
    fn climb(&mut self, flat: &mut Flat, least: u8) -> Option<Expr> {
        let mut left = flat.operands.next()?;
        while let Some((op, op_span)) = flat.operators.next_if(|(op, _)| precedence(*op) >= least) {
            let right = self.climb(flat, precedence(op) + 1)?;
            if precedence(op) == COMPARISON {
                self.refuse_chain(&left, op_span);
            }
            left = Expr {
                span: left.span.to(right.span),
                kind: ExprKind::Binary {
                    op,
                    op_span,
                    left: Box::new(left),
                    right: Box::new(right),
                },
            };
        }
        Some(left)
    }

    /// `a < b < c` means nothing here.
    fn refuse_chain(&mut self, left: &Expr, op_span: Span) {
        if let ExprKind::Binary { op, op_span: first, .. } = &left.kind
            && precedence(*op) == COMPARISON
        {
            self.sink.push(
                Diagnostic::error("E0126", op_span, "comparisons do not chain")
                    .at("a second comparison of the same value")
                    .because(*first, "the first one is here")
                    .help("compare twice: `a < b && b < c`"),
            );
        }
    }

    fn operand(&mut self, kids: &mut Kids<'_>) -> Option<Expr> {
        let mut prefixes = Vec::new();
        while let Some(prefix) = kids.take(Rule::prefix) {
            let op = if prefix.as_str() == "!" {
                UnaryOp::Not
            } else {
                UnaryOp::Minus
            };
            prefixes.push((op, self.span(&prefix)));
        }
        let pair = kids.any()?;
        let span = self.span(&pair);
        self.nested(prefixes.len(), span, |lower| {
            let mut value = match pair.as_rule() {
                Rule::failx => lower.fail(pair)?,
                Rule::callx => Expr {
                    span,
                    kind: ExprKind::Call(Box::new(lower.invoke(Kids::of(pair).any()?)?)),
                },
                _ => lower.postfix(pair)?,
            };
            for (op, op_span) in prefixes.into_iter().rev() {
                value = Expr {
                    span: op_span.to(value.span),
                    kind: ExprKind::Unary {
                        op,
                        operand: Box::new(value),
                    },
                };
            }
            Some(value)
        })
    }

    fn fail(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        let status = kids.any()?;
        let kind = match status.as_rule() {
            Rule::status => ExprKind::Scalar(self.scalar(&status)),
            _ => ExprKind::Name(status.as_str().to_owned()),
        };
        let status = Expr {
            span: self.span(&status),
            kind,
        };
        let code = kids.take(Rule::lit).map(|code| self.text(&code));
        let body = match kids.any() {
            Some(shape) => Some(Box::new(self.shape(shape)?)),
            None => None,
        };
        Some(Expr {
            span,
            kind: ExprKind::Fail {
                status: Box::new(status),
                code,
                body,
            },
        })
    }

    pub(super) fn postfix(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(&pair);
        let steps = pair.clone().into_inner().count();
        self.nested(steps - 1, span, |lower| {
            let mut kids = Kids::of(pair);
            let mut value = lower.primary(kids.any()?)?;
            while let Some(step) = kids.any() {
                value = lower.step(value, step)?;
            }
            Some(value)
        })
    }

    fn step(&mut self, base: Expr, step: Pair<'_, Rule>) -> Option<Expr> {
        let span = base.span.to(self.span(&step));
        let base = Box::new(base);
        let kind = match step.as_rule() {
            Rule::get => {
                let mut kids = Kids::of(step);
                let null_safe = kids.take(Rule::SAFE_DOT).is_some();
                let key = self.key(kids.any()?)?;
                ExprKind::Get { base, null_safe, key }
            }
            Rule::each => ExprKind::Each(base),
            Rule::index => ExprKind::Index {
                base,
                index: Box::new(self.expr(Kids::of(step).any()?)?),
            },
            Rule::args => ExprKind::Apply {
                base,
                args: self.args(step)?,
            },
            Rule::shape => ExprKind::Over {
                base,
                shape: self.shape(step)?,
            },
            _ => ExprKind::As {
                base,
                name: self.name(&Kids::of(step).any()?),
            },
        };
        Some(Expr { span, kind })
    }

    fn primary(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::matching => self.matching(pair)?,
            Rule::paren => ExprKind::Paren(Box::new(self.expr(Kids::of(pair).any()?)?)),
            Rule::range => ExprKind::Range(self.range(pair)),
            Rule::str => ExprKind::Str(self.pieces(pair)?),
            Rule::path => ExprKind::Path(self.path(pair)),
            Rule::list => {
                let mut list = Vec::new();
                for element in pair.into_inner() {
                    list.push(match element.as_rule() {
                        Rule::OPEN => Expr {
                            span: self.span(&element),
                            kind: ExprKind::Open,
                        },
                        _ => self.expr(element)?,
                    });
                }
                ExprKind::List(list)
            }
            Rule::shape => ExprKind::Shape(self.shape(pair)?),
            Rule::subject => ExprKind::Subject(self.key(Kids::of(pair).any()?)?),
            Rule::constant => ExprKind::Const(constant(pair.as_str())),
            Rule::name => match self.foreign_constant(pair.as_str(), span) {
                Some(constant) => ExprKind::Const(constant),
                None => ExprKind::Name(pair.as_str().to_owned()),
            },
            Rule::hole => ExprKind::Error,
            _ => ExprKind::Scalar(self.scalar(&pair)),
        };
        Some(Expr { span, kind })
    }

    /// The pieces of a string; neighbouring characters and escapes are one text.
    fn pieces(&mut self, pair: Pair<'_, Rule>) -> Option<Vec<StrPiece>> {
        let mut pieces: Vec<StrPiece> = Vec::new();
        for part in pair.into_inner() {
            if part.as_rule() == Rule::interp {
                pieces.push(StrPiece::Interp(self.expr(Kids::of(part).any()?)?));
                continue;
            }
            let span = self.span(&part);
            let text = self.unescape(part.as_str(), part.as_span().start());
            match pieces.last_mut() {
                Some(StrPiece::Text(before, place)) => {
                    before.push_str(&text);
                    *place = place.to(span);
                }
                _ => pieces.push(StrPiece::Text(text, span)),
            }
        }
        Some(pieces)
    }

    fn matching(&mut self, pair: Pair<'_, Rule>) -> Option<ExprKind> {
        let mut kids = Kids::of(pair);
        let value = Box::new(self.expr(kids.any()?)?);
        let mut arms = Vec::new();
        while let Some(arm) = kids.any() {
            arms.push(self.match_arm(arm)?);
        }
        Some(ExprKind::Match { value, arms })
    }

    fn match_arm(&mut self, pair: Pair<'_, Rule>) -> Option<MatchArm> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        let mut patterns = Vec::new();
        while let Some(pattern) = kids.take(Rule::pat) {
            patterns.push(self.pattern(pattern)?);
        }
        Some(MatchArm {
            patterns,
            value: self.expr(kids.any()?)?,
            span,
        })
    }

    fn pattern(&mut self, pair: Pair<'_, Rule>) -> Option<Pattern> {
        let span = self.span(&pair);
        let inner = Kids::of(pair).any()?;
        let kind = match inner.as_rule() {
            Rule::wild => PatternKind::Wild,
            Rule::constant => PatternKind::Const(constant(inner.as_str())),
            Rule::lit => PatternKind::Text(self.text(&inner)),
            Rule::patname => {
                let mut kids = Kids::of(inner);
                PatternKind::Name {
                    name: self.name(&kids.any()?),
                    alias: kids.any().map(|alias| self.name(&alias)),
                }
            }
            _ => PatternKind::Scalar(self.scalar(&inner)),
        };
        Some(Pattern { span, kind })
    }

    pub(super) fn args(&mut self, pair: Pair<'_, Rule>) -> Option<Args> {
        let span = self.span(&pair);
        let mut list = Vec::new();
        for arg in pair.into_inner() {
            let mut kids = Kids::of(arg);
            let (mut name, mut optional) = (None, false);
            if let Some(argname) = kids.take(Rule::argname) {
                let mut parts = Kids::of(argname);
                name = Some(self.name(&parts.any()?));
                optional = parts.any().is_some();
            }
            list.push(Arg {
                name,
                optional,
                value: self.expr(kids.any()?)?,
                order: kids.any().map(|order| self.name(&order)),
            });
        }
        Some(Args { list, span })
    }

    pub(super) fn shape(&mut self, pair: Pair<'_, Rule>) -> Option<Shape> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        let star = match kids.take(Rule::star) {
            Some(star) => Some(self.star(star)?),
            None => None,
        };
        let mut entries = Vec::new();
        while let Some(entry) = kids.any() {
            entries.push(self.entry(entry)?);
        }
        let entries = self.told_beside(entries);
        Some(Shape { star, entries, span })
    }

    fn star(&mut self, pair: Pair<'_, Rule>) -> Option<Star> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        kids.take(Rule::STAR);
        let mut except = Vec::new();
        while let Some(key) = kids.any() {
            except.push(self.key(key)?);
        }
        Some(Star { except, span })
    }

    fn entry(&mut self, pair: Pair<'_, Rule>) -> Option<Entry> {
        let end = pair.as_span().end();
        let mut kids = Kids::of(pair);
        let docs = self.docs(&mut kids);
        let what = kids.any()?;
        let start = what.as_span().start();
        let (kind, guard) = self.entry_kind(what)?;
        let mut notes = Vec::new();
        while let Some(note) = kids.any() {
            notes.extend(self.note(note));
        }
        Some(Entry {
            docs,
            kind,
            guard,
            notes,
            span: self.span_at(start, end),
        })
    }

    fn entry_kind(&mut self, pair: Pair<'_, Rule>) -> Option<(EntryKind, Option<Expr>)> {
        let rule = pair.as_rule();
        let mut kids = Kids::of(pair);
        if rule == Rule::spread {
            let value = match kids.any() {
                Some(source) => Some(self.postfix(Kids::of(source).any()?)?),
                None => None,
            };
            return Some((EntryKind::Spread(value), None));
        }
        let key = self.key(kids.any()?)?;
        let kind = if rule == Rule::value {
            EntryKind::Value {
                key,
                value: self.expr(kids.any()?)?,
            }
        } else {
            let alias = match kids.take(Rule::alias) {
                Some(alias) => Some(self.name(&Kids::of(alias).any()?)),
                None => None,
            };
            let shape = match kids.take(Rule::shape) {
                Some(shape) => Some(self.shape(shape)?),
                None => None,
            };
            EntryKind::Pick { key, alias, shape }
        };
        Some((kind, self.guard(&mut kids)))
    }

    /// Takes `when c`.
    pub(super) fn guard(&mut self, kids: &mut Kids<'_>) -> Option<Expr> {
        let guard = kids.take(Rule::guard)?;
        self.expr(Kids::of(guard).any()?)
    }

    pub(super) fn note(&mut self, pair: Pair<'_, Rule>) -> Option<Note> {
        let span = self.span(&pair);
        let (start, end) = (pair.as_span().start(), pair.as_span().end());
        let mut kids = Kids::of(pair);
        let name: Name = self.name(&kids.any()?);
        if !self.is_note(&name, start, end) {
            return None;
        }
        let arg = match kids.any() {
            Some(arg) => {
                let span = self.span(&arg);
                let kind = match arg.as_rule() {
                    Rule::lit => {
                        let text = self.text(&arg);
                        let inside = arg.as_span();
                        let place = self.span_at(inside.start() + 1, inside.end() - 1);
                        ExprKind::Str(vec![StrPiece::Text(text.text, place)])
                    }
                    Rule::ident => ExprKind::Name(arg.as_str().to_owned()),
                    _ => ExprKind::Scalar(self.scalar(&arg)),
                };
                Some(Expr { span, kind })
            }
            None => None,
        };
        Some(Note { name, arg, span })
    }
}

fn constant(text: &str) -> Const {
    match text {
        "true" => Const::True,
        "false" => Const::False,
        _ => Const::Null,
    }
}

fn binary_op(text: &str) -> BinaryOp {
    match text {
        "||" => BinaryOp::Or,
        "&&" => BinaryOp::And,
        "==" => BinaryOp::Eq,
        "!=" => BinaryOp::Ne,
        "<=" => BinaryOp::Le,
        ">=" => BinaryOp::Ge,
        "<" => BinaryOp::Lt,
        ">" => BinaryOp::Gt,
        "??" => BinaryOp::Coalesce,
        "+" => BinaryOp::Add,
        "-" => BinaryOp::Sub,
        "*" => BinaryOp::Mul,
        "/" => BinaryOp::Div,
        _ => BinaryOp::In,
    }
}

/// The precedence of comparisons, which do not chain.
const COMPARISON: u8 = 2;

fn precedence(op: BinaryOp) -> u8 {
    match op {
        BinaryOp::Or => 0,
        BinaryOp::And => 1,
        BinaryOp::Eq | BinaryOp::Ne | BinaryOp::Le | BinaryOp::Ge | BinaryOp::Lt | BinaryOp::Gt | BinaryOp::In => {
            COMPARISON
        }
        BinaryOp::Coalesce => 3,
        BinaryOp::Add | BinaryOp::Sub => 4,
        BinaryOp::Mul | BinaryOp::Div => 5,
    }
}
