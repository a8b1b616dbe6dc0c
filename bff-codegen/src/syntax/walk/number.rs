//! Numbers and their units.

use super::words;
use super::{Walk, Walked};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::scan::{Kind, scalar};

impl Walk<'_> {
    pub(super) fn is_status(&self, ahead: usize) -> bool {
        let text = self.text_at(self.pos + ahead);
        self.kind(ahead) == Kind::Number
            && text.len() == 3
            && (text.ends_with("xx") || text.bytes().all(|it| it.is_ascii_digit()))
    }

    /// A number, its unit, and a range that it begins.
    pub(super) fn number(&mut self) -> Walked {
        self.scalar();
        if self.is("..") {
            self.bump();
            if self.kind(0) == Kind::Number {
                self.scalar();
            }
        }
        Ok(())
    }

    pub(super) fn scalar(&mut self) {
        let text = self.text_at(self.pos);
        let span = self.span(self.pos);
        if scalar(text) != Some(text.len()) {
            self.bad_number(text, span);
        } else if let Some(unit) = self.unit_apart(text) {
            let whole = self.span_of(self.pos, self.pos + 1);
            let right = format!("{text}{unit}");
            let diagnostic = Diagnostic::error("E0102", whole, "a number and its unit are written together")
                .at("a space stands between them")
                .help(format!("`{right}`"));
            self.tell_fix(diagnostic, whole, right);
            self.bump();
        } else if self.thousands() {
            let whole = self.span_of(self.pos, self.pos + 2);
            let right = format!("{text}_000");
            let diagnostic = Diagnostic::error("E0125", whole, "a number has no commas")
                .at("a comma ends it")
                .help(format!("`{right}`"));
            self.tell_fix(diagnostic, whole, right);
            self.pos += 2;
        }
        self.bump();
    }

    /// Whether `,000` follows: a comma between thousands.
    fn thousands(&self) -> bool {
        self.next_is(1, ",") && self.adjacent(1) && self.adjacent(2) && self.text_at(self.pos + 2) == "000"
    }

    /// The unit that stands behind a number and a space.
    fn unit_apart(&self, number: &str) -> Option<&'static str> {
        if !number.bytes().all(|it| it.is_ascii_digit() || it == b'.' || it == b'_')
            || !self.same_line(1)
            || self.next_is(2, ":")
        {
            return None;
        }
        if self.next_is(1, "%") && !(self.begins_operand(2) && self.same_line(2)) {
            return Some("%");
        }
        words::unit(self.word(1))
    }

    fn bad_number(&mut self, text: &str, span: Span) {
        let digits = text
            .bytes()
            .take_while(|it| it.is_ascii_digit() || matches!(it, b'.' | b'_'))
            .count();
        let (number, unit) = text.split_at(digits);
        if let Some(right) = words::unit(unit) {
            let right = format!("{number}{right}");
            let diagnostic = Diagnostic::error("E0102", span, format!("`{unit}` is no unit"))
                .at("units are `ms` `s` `m` `h` `d`, `KB` `MB` `GB` and `%`")
                .help(format!("`{right}`"));
            return self.tell_fix(diagnostic, span, right);
        }
        let short: String = text.chars().take(30).collect();
        let mut diagnostic = Diagnostic::error("E0125", span, format!("`{short}` is no number"));
        diagnostic = if unit.is_empty() || unit.starts_with('_') || number.matches('.').count() > 1 {
            diagnostic
                .at("expected digits")
                .help("numbers are written `5`, `-1.5` or `10_000`, a text stands in quotes")
        } else {
            diagnostic
                .at("units are `ms` `s` `m` `h` `d`, `KB` `MB` `GB` and `%`")
                .help("a name begins with a letter, a text stands in quotes")
        };
        let edit = self.edit(span, "0");
        self.tell(diagnostic, vec![edit]);
    }
}
