//! A quote that has no partner on its line: which one it is, and whether a text begins or ends at it.

use super::{Kind, Scan};
use crate::diagnostic::Diagnostic;
use crate::syntax::report::Found;

/// On a line with more quotes than this nobody guesses.
const MAX_QUOTES: usize = 32;

impl Scan<'_> {
    /// Whether the quote at hand is the one without a partner.
    pub(super) fn is_lone_quote(&mut self) -> bool {
        if self.lone_of != Some(self.line_start) {
            self.lone_of = Some(self.line_start);
            let line = self.text[self.line_start..].split('\n').next().unwrap_or("");
            self.lone = lone_quote(line).map(|at| at + self.line_start);
        }
        self.lone == Some(self.at)
    }

    /// Tells of the lone quote, and reads a text that begins or ends at it.
    pub(super) fn lone_quote(&mut self) {
        let at = self.at;
        let before = self.text[self.line_start..at].chars().next_back();
        if before.is_none_or(|c| c.is_whitespace() || "([{:,=>".contains(c)) {
            self.unclosed_text(at, self.lone_text_end(at));
        } else {
            self.unopened_text(at);
        }
    }

    /// Where a text that begins at a lone quote ends: where the line goes on as code.
    fn lone_text_end(&self, at: usize) -> usize {
        let line = self.text[at + 1..].split('\n').next().unwrap_or("");
        at + 1 + text_length(line)
    }

    fn unopened_text(&mut self, at: usize) {
        let start = self.text_begin(at);
        let end = at + 1;
        while let Some(token) = self.tokens.last()
            && token.start as usize >= start
        {
            self.line_empty = token.first;
            self.tokens.pop();
        }
        let kept = self.tokens.len();
        self.open.retain(|(_, _, token)| *token < kept);
        self.push(Kind::Text, start, end);
        let (span, here) = (self.span(start, end), self.span(start, start));
        self.found.retain(|found| found.at < start);
        self.found.push(
            Found::said(
                Diagnostic::error("E0106", span, "this text has no opening quote")
                    .at("the `\"` before it is missing")
                    .help(format!("`\"{}`", &self.text[start..end]))
                    .fix(here, "\""),
            )
            .edit(start, start, "\""),
        );
    }

    /// Where a text begins that ends at a quote: behind the sign before it.
    fn text_begin(&self, at: usize) -> usize {
        let line = &self.text[self.line_start..at];
        let opens = |(index, c): &(usize, char)| {
            let next = line[index + c.len_utf8()..].chars().next();
            "([".contains(*c) || ":,={>?".contains(*c) && next.is_none_or(char::is_whitespace)
        };
        let sign = line
            .char_indices()
            .rev()
            .find(opens)
            .map(|(index, c)| index + c.len_utf8());
        let test = line.starts_with("test ").then_some("test ".len());
        let from = line.rfind(" from ").map(|index| index + " from ".len());
        // Without a sign before it the text is what hangs together.
        let blank = line.trim_end().char_indices().rev().find(|(_, c)| c.is_whitespace());
        let word = blank.map_or(0, |(index, c)| index + c.len_utf8());
        let begin = test.max(sign).max(from).unwrap_or(word);
        let spaces = line[begin..].len() - line[begin..].trim_start().len();
        self.line_start + begin + spaces
    }
}

/// What a text hardly has in it.
const CODE: [&str; 9] = [" {", " =>", " : ", " ? ", " @", " ...", " when ", " else ", " from "];

/// How much of a line that goes on behind an opening quote is text: the rest, but for what is plainly code again.
fn text_length(line: &str) -> usize {
    let mut inside = 0_usize;
    for (at, c) in line.char_indices() {
        let rest = &line[at..];
        let code = match c {
            '{' | '(' | '[' => {
                inside += 1;
                false
            }
            '}' | ')' | ']' if inside > 0 => {
                inside -= 1;
                false
            }
            '}' | ')' | ']' | '"' => true,
            ',' => continues_as_code(rest[1..].trim_start()),
            ' ' => CODE.iter().any(|it| rest.starts_with(it)),
            _ => false,
        };
        if code && inside == 0 {
            return at;
        }
    }
    line.trim_end().len()
}

/// Whether an entry or element begins here, or nothing.
fn continues_as_code(rest: &str) -> bool {
    let name = super::word(rest);
    let behind = rest[name..].trim_start();
    rest.is_empty()
        || rest.starts_with(['"', '{', '[', '.', '/'])
        || name > 0 && behind.starts_with([':', '=', '(', '?'])
}

/// The quote of a line that has no partner, if their number is odd: the one without which the texts look most like texts.
fn lone_quote(line: &str) -> Option<usize> {
    let quotes = quotes(line)?;
    if quotes.len() % 2 == 0 {
        return None;
    }
    (0..quotes.len())
        .step_by(2)
        .min_by_key(|lone| odd_texts(line, &quotes, *lone))
        .map(|lone| quotes[lone])
}

/// The quotes of a line outside of comments.
fn quotes(line: &str) -> Option<Vec<usize>> {
    let bytes = line.as_bytes();
    let (mut quotes, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' if quotes.len() > MAX_QUOTES => return None,
            b'"' => quotes.push(at),
            b'/' if quotes.len() % 2 == 0 && line[at..].starts_with("//") => break,
            _ => {}
        }
        at += 1;
    }
    Some(quotes)
}

/// How many texts look like what stands between texts, if one quote is left out.
fn odd_texts(line: &str, quotes: &[usize], lone: usize) -> usize {
    let paired: Vec<usize> = quotes
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != lone)
        .map(|(_, quote)| *quote)
        .collect();
    let odd = |pair: &[usize]| {
        let text = &line[pair[0] + 1..pair[1]];
        text.starts_with([' ', ',', ')', ']', '}', ':']) || text.ends_with([' ', '(', '[', '{'])
    };
    paired.chunks_exact(2).filter(|pair| odd(pair)).count()
}
