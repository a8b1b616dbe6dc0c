//! What other languages write differently, as far as single tokens show it: quotes, comments, signs, characters.

use super::{Kind, Scan, parameter, sign, word};
use crate::diagnostic::Diagnostic;
use crate::syntax::patch::Edit;
use crate::syntax::report::{Found, MAX_NESTING};

impl Scan<'_> {
    /// A character that begins something only elsewhere.
    pub(super) fn habit(&mut self) {
        match self.peek(0) {
            b'#' => self.hash_comment(),
            b'$' => self.dollar(),
            b'\'' | b'`' => self.other_quotes(),
            _ => self.strange(),
        }
    }

    fn hash_comment(&mut self) {
        self.foreign_comment("`#` means nothing here");
    }

    /// `/ …` where nothing can be divided.
    pub(super) fn half_comment(&mut self) {
        self.foreign_comment("there is only one `/`");
    }

    /// Whether a `/` with a space behind it begins a sentence, or stands where nothing could be divided.
    pub(super) fn is_half_comment(&self) -> bool {
        let nothing = |it: &super::Token| self.line_empty || it.kind == sign("}") || it.kind == sign("{");
        is_prose(&self.rest()[1..]) || self.tokens.last().is_none_or(nothing)
    }

    /// A comment up to the end of its line that begins with one wrong character.
    fn foreign_comment(&mut self, why: &str) {
        let start = self.at;
        let line = self.rest().split('\n').next().unwrap_or("");
        let end = start + line.trim_end().len();
        let comment = line[1..].trim_start_matches('#').trim();
        let span = self.span(start, start + 1);
        self.found.push(
            Found::said(
                Diagnostic::error("E0109", span, "a comment begins with `//`")
                    .at(why)
                    .help(format!("`// {comment}`"))
                    .fix(span, "//"),
            )
            .edit(start, end, " "),
        );
        self.at = end;
    }

    /// `/* … */`, where a path cannot stand; says whether it was one.
    pub(super) fn block_comment(&mut self) -> bool {
        let start = self.at;
        let inside = &self.text[start + 2..];
        if self.path_may_begin() && !is_comment(inside) {
            return false;
        }
        // Behind the last `*/` none is looked for, so that a file of `/*` is read once.
        let close = if start < self.last_block_end {
            inside.find("*/")
        } else {
            None
        };
        let end = close.map_or(start + 2 + inside.find('\n').unwrap_or(inside.len()), |at| {
            start + at + 4
        });
        let comment = &self.text[start..end];
        let docs = comment.starts_with("/**") && comment.len() > 4;
        let content = comment.trim_matches(['/', '*']);
        let first = content
            .lines()
            .map(|line| line.trim().trim_start_matches('*').trim())
            .find(|it| !it.is_empty());
        let span = self.span(start, start + 2);
        let slashes = if docs { "///" } else { "//" };
        let diagnostic = Diagnostic::error(
            "E0109",
            span,
            format!("a comment begins with `{slashes}` on every line"),
        )
        .at("`/*` begins no comment")
        .help(format!("`{slashes} {}`", first.unwrap_or("…")));
        let mut found = Found::said(diagnostic).edit(start, end, " ");
        if !comment.contains('\n') && close.is_some() && self.text[end..].trim_start_matches(' ').starts_with('\n') {
            let whole = self.span(start, end);
            found.diagnostic = found.diagnostic.fix(whole, format!("{slashes} {}", content.trim()));
        }
        self.found.push(found);
        self.skip_lines(end);
        true
    }

    /// Goes on at `end`, which may stand on another line.
    fn skip_lines(&mut self, end: usize) {
        if let Some(newline) = self.text[self.at..end].rfind('\n') {
            self.line_end();
            self.line_start = self.at + newline + 1;
            self.line_empty = true;
        }
        self.at = end;
    }

    /// `"""…"""`, documentation in GraphQL and Python.
    pub(super) fn documentation_text(&mut self) -> bool {
        let start = self.at;
        let Some(close) = self.text[start + 3..].find("\"\"\"") else {
            return false;
        };
        let end = start + close + 6;
        let content = self.text[start + 3..end - 3].trim().lines().next().unwrap_or("");
        let span = self.span(start, start + 3);
        self.found.push(
            Found::said(
                Diagnostic::error("E0109", span, "documentation stands behind `///`")
                    .at("`\"\"\"` begins no documentation")
                    .help(format!("`/// {}`", content.trim())),
            )
            .edit(start, end, " "),
        );
        self.skip_lines(end);
        true
    }

    fn other_quotes(&mut self) {
        let start = self.at;
        let quote = self.peek(0);
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while at < bytes.len() && bytes[at] != b'\n' && bytes[at] != quote {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        if bytes.get(at) != Some(&quote) {
            return self.strange();
        }
        let end = at + 1;
        let content = &self.text[start + 1..at];
        let escaped = format!("\\{}", quote as char);
        let text = format!(
            "\"{}\"",
            content
                .replace(&escaped, &(quote as char).to_string())
                .replace('"', "\\\"")
        );
        let span = self.span(start, end);
        self.push(Kind::Text, start, end);
        self.found.push(
            Found::said(
                Diagnostic::error("E0108", span, "a text stands in double quotes")
                    .at(format!("`{}` quotes nothing here", quote as char))
                    .help(format!("`{text}`"))
                    .fix(span, text.clone()),
            )
            .edit(start, end, text),
        );
    }

    /// `$name` and `${…}` outside of a text.
    fn dollar(&mut self) {
        let start = self.at;
        if self.peek(1) == b'{' {
            let span = self.span(start, start + 2);
            if self.open.len() >= MAX_NESTING {
                return self.nested_too_deep(start);
            }
            // Further ones inside are put right with the first.
            if let Some(&(_, outer, _)) = self.open.iter().find(|(open, ..)| *open == b'#')
                && let Some(found) = self.found.iter_mut().rfind(|found| found.at == outer)
            {
                found.edits.push(Edit::new(start, start + 2, "("));
                self.open.push((b'#', outer, self.tokens.len()));
                return self.push(sign("("), start, start + 2);
            }
            let inside = self.text[start + 2..].split(['}', '\n']).next().unwrap_or("").trim();
            self.found.push(
                Found::said(
                    Diagnostic::error("E0119", span, "`${…}` stands only inside a text")
                        .at("outside of quotes a value is written as it is")
                        .help(format!("`{inside}`, or in a text: `\"${{{inside}}}\"`")),
                )
                .edit(start, start + 2, "("),
            );
            self.open.push((b'#', start, self.tokens.len()));
            self.push(sign("("), start, start + 2);
            return;
        }
        let name = word(&self.text[start + 1..]);
        if name == 0 {
            return self.strange();
        }
        let end = start + 1 + name;
        let text = self.text[start + 1..end].to_owned();
        let span = self.span(start, end);
        self.push(Kind::Word, start, end);
        self.found.push(
            Found::said(
                Diagnostic::error("E0119", span, "a name is written without `$`")
                    .at("names carry no sign here")
                    .help(format!("`{text}`"))
                    .fix(span, text.clone()),
            )
            .edit(start, end, text),
        );
    }

    /// `${id}` in a path; says whether it was one.
    pub(super) fn dollar_parameter(&mut self, at: usize) -> bool {
        let length = parameter(&self.text[at + 1..]);
        if length == 0 {
            return false;
        }
        let span = self.span(at, at + 1 + length);
        let right = self.text[at + 1..at + 1 + length].to_owned();
        self.found.push(
            Found::said(
                Diagnostic::error("E0119", span, "a parameter of a path is written without `$`")
                    .at("`${…}` stands only inside a text")
                    .help(format!("`{right}`"))
                    .fix(span, right),
            )
            .edit(at, at + 1, ""),
        );
        true
    }

    pub(super) fn foreign_sign(&mut self, text: &str) {
        let (start, end) = (self.at, self.at + text.len());
        let right = match text {
            "===" => "==",
            "!==" => "!=",
            "&" => "&&",
            _ => return self.strange(),
        };
        let span = self.span(start, end);
        self.push(sign(right), start, end);
        self.found.push(
            Found::said(
                Diagnostic::error("E0111", span, format!("`{text}` is written `{right}` here"))
                    .at(if text == "&" {
                        "there are no bits here"
                    } else {
                        "values are compared with two signs"
                    })
                    .help(format!("`{right}`"))
                    .fix(span, right),
            )
            .edit(start, end, right),
        );
    }

    /// Characters that nothing begins with: one report for all that stand together.
    pub(super) fn strange(&mut self) {
        let start = self.at;
        let known = |c: char| {
            c.is_ascii_alphanumeric()
                || c.is_ascii_whitespace()
                || (c.is_ascii_punctuation() && !"'`#$\\^~".contains(c))
        };
        let rest = self.rest();
        let mut length = rest.find(known).unwrap_or(rest.len());
        if length == 0 {
            length = rest.chars().next().map_or(1, char::len_utf8);
        }
        let end = start + length;
        let text = &self.text[start..end];
        let span = self.span(start, end);
        if let Some(quoted) = self.curly_quotes(text) {
            return quoted;
        }
        if text.chars().all(char::is_alphanumeric) || self.joins_word(start) {
            return self.foreign_name(start);
        }
        let shown: String = text.chars().take(8).map(visible).collect();
        let diagnostic = if text
            .chars()
            .all(|c| c.is_whitespace() || "\u{feff}\u{200b}\u{200c}\u{200d}\u{2060}".contains(c))
        {
            Diagnostic::error("E0124", span, format!("an invisible character stands here: {shown}"))
                .at("only spaces, tabs and line ends are white space")
                .help("replace it by a space")
                .fix(span, if start == 0 { "" } else { " " })
        } else {
            Diagnostic::error("E0124", span, format!("`{shown}` means nothing here"))
                .at("no part of the language begins so")
                .help("remove it, or put it into a text: `\"…\"`")
        };
        self.found.push(Found::said(diagnostic).edit(start, end, " "));
        self.at = end;
    }

    fn joins_word(&self, start: usize) -> bool {
        self.tokens
            .last()
            .is_some_and(|it| it.kind == Kind::Word && it.end as usize == start)
            && self.rest().starts_with(char::is_alphanumeric)
    }

    /// A name with letters that names cannot have.
    fn foreign_name(&mut self, at: usize) {
        let mut start = at;
        if self.joins_word(at)
            && let Some(token) = self.tokens.pop()
        {
            start = token.start as usize;
            self.line_empty = token.first;
        }
        let rest = &self.text[start..];
        let length = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let end = start + length;
        let text: String = rest[..length]
            .chars()
            .map(|c| if c.is_ascii() { c } else { '_' })
            .collect();
        let span = self.span(start, end);
        self.push(Kind::Word, start, end);
        let name: String = self.text[start..end].chars().take(40).collect();
        self.found.push(
            Found::said(
                Diagnostic::error(
                    "E0124",
                    span,
                    format!("the name `{name}` has other letters than `a` to `z`"),
                )
                .at("names consist of `a` to `z`, `A` to `Z`, digits and `_`")
                .help(format!(
                    "write it so, or in quotes where it is a field of the answer: `\"{name}\"`"
                )),
            )
            .edit(start, end, text),
        );
    }

    /// Quotes as word processors make them.
    fn curly_quotes(&mut self, text: &str) -> Option<()> {
        let first = text.chars().next()?;
        if !"“”„«»‘’".contains(first) {
            return None;
        }
        let start = self.at;
        let line = self.rest().split('\n').next()?;
        let inside = &line[first.len_utf8()..];
        let close = inside.find(['“', '”', '»', '‘', '’'])?;
        let closing = inside[close..].chars().next()?;
        let end = start + first.len_utf8() + close + closing.len_utf8();
        let text = format!("\"{}\"", inside[..close].replace('"', "\\\""));
        let span = self.span(start, end);
        self.push(Kind::Text, start, end);
        self.found.push(
            Found::said(
                Diagnostic::error("E0108", span, "a text stands in straight double quotes")
                    .at(format!("`{first}` quotes nothing here"))
                    .help(format!("`{text}`"))
                    .fix(span, text.clone()),
            )
            .edit(start, end, text),
        );
        Some(())
    }
}

/// Whether `/*` where a path may stand is a comment: `/*` alone is a path.
fn is_comment(inside: &str) -> bool {
    let near = inside.char_indices().nth(NEAR).map_or(inside, |(at, _)| &inside[..at]);
    let spaced = inside.starts_with([' ', '\n', '\t', '*']);
    spaced && near.find("*/").is_some_and(|at| near[..at].ends_with([' ', '\n', '*']))
}

/// Whether the rest of a line reads like a sentence.
fn is_prose(rest: &str) -> bool {
    let line = rest.split('\n').next().unwrap_or("");
    let is_word = |it: &&str| it.chars().all(|c| c.is_alphabetic() || "',;.`-".contains(c));
    line.split_whitespace().take(3).filter(is_word).count() == 3
}

/// How many characters the end of a comment is looked for where a path could stand.
const NEAR: usize = 500;

/// A character as it can be shown in a message.
fn visible(c: char) -> String {
    if c.is_control() || c.is_whitespace() || "\u{feff}\u{200b}\u{200c}\u{200d}\u{2060}\u{fdd0}".contains(c) {
        format!("U+{:04X}", c as u32)
    } else {
        c.to_string()
    }
}
