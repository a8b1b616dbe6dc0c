//! Texts: `"…"` with `${…}` inside, and those that are not closed.

use super::{Kind, Scan, opener_of, sign};
use crate::diagnostic::Diagnostic;
use crate::syntax::report::{Found, HOLE, MAX_NESTING};

/// Where a stretch of text ends.
enum End {
    Quote(usize),
    Interpolation(usize),
    Line(usize),
}

impl Scan<'_> {
    /// A text from its opening quote.
    pub(super) fn text_token(&mut self) {
        let start = self.at;
        if self.rest().starts_with("\"\"\"") && self.documentation_text() {
            return;
        }
        if self.is_lone_quote() {
            return self.lone_quote();
        }
        match self.text_end(start + 1) {
            End::Quote(end) => self.push(Kind::Text, start, end),
            End::Interpolation(end) => self.interpolation(Kind::TextOpen, start, end),
            End::Line(end) => self.unclosed_text(start, end),
        }
    }

    /// A text goes on behind `}`.
    pub(super) fn text_goes_on(&mut self) {
        let start = self.at;
        let Some((_, dollar, _)) = self.open.pop() else {
            return;
        };
        match self.text_end(start + 1) {
            End::Quote(end) => self.push(Kind::TextClose, start, end),
            End::Interpolation(end) => self.interpolation(Kind::TextMid, start, end),
            End::Line(end) => {
                let end = self.trimmed(end).max(start + 1);
                self.push(Kind::TextClose, start, end);
                let span = self.span(start, end);
                let because = self.span(dollar, start + 1);
                self.found.push(
                    Found::said(
                        Diagnostic::error("E0106", span, "this text is not closed on its line")
                            .at("the closing `\"` is missing")
                            .because(because, "the text goes on behind this")
                            .help("end it with `\"`")
                            .fix(self.span(end, end), "\""),
                    )
                    .edit(end, end, "\""),
                );
            }
        }
    }

    fn interpolation(&mut self, kind: Kind, start: usize, end: usize) {
        if self.open.len() >= MAX_NESTING {
            self.too_deep.push(start);
            let span = self.span(start, end);
            self.found.push(Found::said(crate::syntax::report::too_deep(span)));
            self.at = end;
            return;
        }
        self.open.push((b'$', end - 2, self.tokens.len()));
        self.push(kind, start, end);
    }

    fn text_end(&self, from: usize) -> End {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => return End::Quote(at + 1),
                b'\n' => return End::Line(at),
                b'$' if bytes.get(at + 1) == Some(&b'{') => return End::Interpolation(at + 2),
                b'\\' if bytes.get(at + 1).is_some_and(|it| *it != b'\n') => at += 2,
                _ => at += 1,
            }
        }
        End::Line(at.min(bytes.len()))
    }

    /// A text that ends at `line_end` at the latest.
    pub(super) fn unclosed_text(&mut self, start: usize, line_end: usize) {
        // The quote of a text around an unclosed `${` looks like the start of another text.
        if self.open.iter().any(|(open, ..)| *open == b'$') {
            self.at = line_end;
            return;
        }
        let end = self.trimmed(line_end).max(start + 1);
        let span = self.span(start, end);
        self.push(Kind::Text, start, end);
        self.found.push(
            Found::said(
                Diagnostic::error("E0106", span, "this text is not closed on its line")
                    .at("the closing `\"` is missing")
                    .help(format!("end it with `\"`: `{}\"`", self.text[start..end].trim_end()))
                    .fix(self.span(end, end), "\""),
            )
            .edit(end, end, "\""),
        );
    }

    /// The end of an unclosed text on this line: without the comma and the brackets that close what the line opened.
    fn trimmed(&self, line_end: usize) -> usize {
        let text = &self.text[..line_end];
        let open: Vec<u8> = (self.open.iter().rev().take_while(|(_, at, _)| *at >= self.line_start))
            .map(|(open, ..)| *open)
            .collect();
        let kept = text.trim_end_matches([' ', '\t', '\r', ',', '}', ')', ']']);
        let tail: Vec<(usize, u8)> = text
            .bytes()
            .enumerate()
            .skip(kept.len())
            .filter(|(_, it)| b"})]".contains(it))
            .collect();
        let fits = |count: &usize| {
            let closing = &tail[tail.len() - count..];
            *count <= open.len()
                && closing
                    .iter()
                    .zip(&open)
                    .all(|((_, close), open)| opener_of(*close) == *open)
        };
        let count = (0..=tail.len().min(open.len())).rev().find(fits).unwrap_or(0);
        let end = if count == 0 {
            line_end
        } else {
            tail[tail.len() - count].0
        };
        text[..end].trim_end_matches([' ', '\t', '\r', ',']).len()
    }

    /// At the end of a line: a `${` that is still open there makes its text unreadable.
    pub(super) fn line_end(&mut self) {
        let Some(outermost) = self.open.iter().position(|(open, ..)| *open == b'$') else {
            return;
        };
        let (_, dollar, token) = self.open[outermost];
        self.open.truncate(outermost);
        let first = self.text_start(token);
        let end = self.trimmed(self.at).max(dollar + 2);
        let opening = self.tokens[first];
        self.tokens.truncate(first);
        self.line_empty = opening.first;
        let (start, at) = (opening.start as usize, self.at);
        self.push(Kind::Text, start, end);
        self.rescan_closers(end, at);
        self.at = at;
        let span = self.span(dollar, dollar + 2);
        self.found.retain(|found| found.at < start || found.at >= at);
        self.found.push(
            Found::said(
                Diagnostic::error("E0106", span, "this `${` is not closed")
                    .at("what is put into a text ends with `}` on the same line")
                    .help("close it: `\"… ${value} …\"`"),
            )
            .edit(start, end, HOLE),
        );
    }

    /// The token that a text with interpolations begins with.
    fn text_start(&self, mut token: usize) -> usize {
        while token > 0 && self.tokens[token].kind != Kind::TextOpen {
            token -= 1;
        }
        token
    }

    /// Gives the brackets back that stand behind an unreadable text.
    fn rescan_closers(&mut self, from: usize, to: usize) {
        for at in from..to {
            let text = &self.text.as_bytes()[at..=at];
            match text {
                b"}" | b")" | b"]" => {
                    let opener = opener_of(text[0]);
                    if self.open.last().is_some_and(|(open, ..)| *open == opener) {
                        self.open.pop();
                    }
                    self.push(sign(&self.text[at..=at]), at, at + 1);
                }
                b"," => self.push(sign(","), at, at + 1),
                _ => {}
            }
        }
    }
}
