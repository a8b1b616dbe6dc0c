//! From pest's pairs to the syntax tree, one file per part of the grammar.
//!
//! What the grammar promises is taken with `?`: a part that is missing against its promise leaves its declaration out, nothing panics.

mod beside;
mod decl;
mod expr;
mod literal;
mod names;
mod route;
mod test;
mod types;

use super::MAX_DEPTH;
use super::ast::{Key, Name, Scalar, ScalarKind, Spec, Text};
use super::grammar::Rule;
use super::patch::Patched;
use crate::diagnostic::{Diagnostic, Sink};
use crate::source::{FileId, Span};
use pest::iterators::{Pair, Pairs};

/// What lowering knows while it walks: which file, how positions of the parsed text map to the file's, and where diagnostics go.
pub(super) struct Lower<'a> {
    file: FileId,
    file_text: &'a str,
    patched: &'a Patched<'a>,
    sink: &'a mut Sink,
    depth: usize,
    too_deep: bool,
}

impl<'a> Lower<'a> {
    /// A lowering of one parsed text.
    pub(super) fn new(file: FileId, file_text: &'a str, patched: &'a Patched<'a>, sink: &'a mut Sink) -> Self {
        Lower {
            file,
            file_text,
            patched,
            sink,
            depth: 0,
            too_deep: false,
        }
    }

    /// Adds the one declaration or import of a parsed unit to `spec`.
    pub(super) fn unit(&mut self, unit: Pair<'_, Rule>, spec: &mut Spec) {
        for pair in unit.into_inner() {
            match pair.as_rule() {
                Rule::import => spec.imports.extend(self.import(pair)),
                Rule::EOI => {}
                _ => spec.decls.extend(self.decl(pair)),
            }
        }
    }

    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        self.span_at(span.start(), span.end())
    }

    fn span_at(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.patched.original(start), self.patched.original(end))
    }

    fn name(&self, pair: &Pair<'_, Rule>) -> Name {
        Name {
            text: pair.as_str().to_owned(),
            span: self.span(pair),
        }
    }

    fn text(&mut self, pair: &Pair<'_, Rule>) -> Text {
        let span = pair.as_span();
        Text {
            text: self.unescape(pair.as_str(), span.start()),
            span: self.span(pair),
        }
    }

    fn key(&mut self, pair: Pair<'_, Rule>) -> Option<Key> {
        let inner = pair.into_inner().next()?;
        let quoted = inner.as_rule() == Rule::lit;
        let Text { text, span } = if quoted {
            self.text(&inner)
        } else {
            let Name { text, span } = self.name(&inner);
            Text { text, span }
        };
        Some(Key { text, quoted, span })
    }

    fn scalar(&self, pair: &Pair<'_, Rule>) -> Scalar {
        let text = pair.as_str();
        let kind = match pair.as_rule() {
            Rule::date => ScalarKind::Date,
            Rule::rate => ScalarKind::Rate,
            Rule::class => ScalarKind::StatusClass,
            Rule::status if text.ends_with("xx") => ScalarKind::StatusClass,
            Rule::amount if text.ends_with('%') => ScalarKind::Percent,
            Rule::amount if text.ends_with('B') => ScalarKind::Size,
            Rule::amount => ScalarKind::Duration,
            _ => ScalarKind::Number,
        };
        Scalar {
            kind,
            text: text.to_owned(),
            span: self.span(pair),
        }
    }

    /// Takes the `///` lines in front of a declaration, field, operation, value or entry.
    fn docs(&self, kids: &mut Kids<'_>) -> Vec<String> {
        let mut docs = Vec::new();
        while let Some(doc) = kids.take(Rule::doc) {
            let line = doc.as_str().trim_start_matches("///");
            docs.push(line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned());
        }
        docs
    }

    /// Whether the tree may grow by `more` levels here; says once that it may not.
    fn deeper(&mut self, more: usize, span: Span) -> bool {
        if self.depth + more <= MAX_DEPTH {
            return true;
        }
        if !self.too_deep {
            self.too_deep = true;
            self.sink.push(
                Diagnostic::error("E0118", span, "this expression is too long")
                    .at(format!("more than {MAX_DEPTH} steps deep"))
                    .help("give parts of it names of their own: `let part = …`"),
            );
        }
        false
    }
}

/// The children of a pair without the words of the language.
struct Kids<'i> {
    pairs: Pairs<'i, Rule>,
}

impl<'i> Kids<'i> {
    fn of(pair: Pair<'i, Rule>) -> Self {
        Kids {
            pairs: pair.into_inner(),
        }
    }

    /// The next child without taking it.
    fn peek(&mut self) -> Option<Rule> {
        while self.pairs.peek().is_some_and(|pair| is_word(pair.as_rule())) {
            self.pairs.next();
        }
        self.pairs.peek().map(|pair| pair.as_rule())
    }

    /// Takes the next child.
    fn any(&mut self) -> Option<Pair<'i, Rule>> {
        self.peek()?;
        self.pairs.next()
    }

    /// Takes the next child if it is of this rule.
    fn take(&mut self, rule: Rule) -> Option<Pair<'i, Rule>> {
        if self.peek()? == rule { self.pairs.next() } else { None }
    }
}

fn is_word(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::ALLOW
            | Rule::AFTER
            | Rule::AS
            | Rule::BODY
            | Rule::CALL
            | Rule::CALLS
            | Rule::CLIENT
            | Rule::DELIVER
            | Rule::DIV
            | Rule::DOT
            | Rule::ELSE
            | Rule::ENUM
            | Rule::EXCEPT
            | Rule::EXPECT
            | Rule::EXTERN
            | Rule::FAIL
            | Rule::FILTER
            | Rule::FN
            | Rule::FOR
            | Rule::FRAGMENT
            | Rule::FROM
            | Rule::HEADER
            | Rule::HEADERS
            | Rule::IMPORT
            | Rule::IN
            | Rule::KEY
            | Rule::LET
            | Rule::MATCH
            | Rule::MOCK
            | Rule::ON
            | Rule::OP
            | Rule::POLICY
            | Rule::QM
            | Rule::RACE
            | Rule::RESPOND
            | Rule::ROUTE
            | Rule::SEND
            | Rule::STAGGER
            | Rule::TEST
            | Rule::TYPE
            | Rule::UNDO
            | Rule::UNION
            | Rule::UPSTREAM
            | Rule::WHEN
    )
}
