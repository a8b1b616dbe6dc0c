//! From a file's text to its tree: one declaration after the other, by the grammar; where the grammar refuses, with the mistakes told
//! and put right as far as that goes.

use super::ast::{Name, Spec};
use super::balance::balance;
use super::body::body;
use super::damage::damage;
use super::grammar::{Grammar, Rule};
use super::lower::Lower;
use super::patch::{Edit, Patched};
use super::region::{Region, regions};
use super::repair::repair;
use super::report::{Found, MAX_FOUND, in_order};
use super::scan::{Kind, Scan, Token};
use super::walk::walk;
use crate::diagnostic::{Diagnostic, Sink};
use crate::source::{FileId, Span};
use pest::Parser;
use pest::error::InputLocation;

/// Reads a file.
pub(super) fn read(file: FileId, text: &str, sink: &mut Sink) -> Spec {
    if text.len() > MAX_FILE {
        sink.push(too_long(file, text));
        return Spec::default();
    }
    let scan = Scan::new(file, text);
    let regions = regions(text, &scan.tokens);
    let mut reader = Reader {
        file,
        text,
        scan: &scan,
        sink,
        spec: Spec::default(),
        told: 0,
    };
    for (at, region) in regions.iter().enumerate() {
        let start = if at == 0 {
            0
        } else {
            scan.tokens[region.first].start as usize
        };
        let next = regions.get(at + 1).map(|next| scan.tokens[next.first].start as usize);
        reader.region(*region, start, next.unwrap_or(text.len()));
    }
    if regions.is_empty() {
        reader.tell(scan.found.clone());
    }
    if scan.end < text.len() && reader.told <= MAX_FOUND {
        reader.more(Span::new(file, scan.end, scan.end));
    }
    reader.spec
}

/// The most bytes of a file: some four thousand routes. What is longer was not written by people, and reading must end soon.
const MAX_FILE: usize = 2 << 20;

/// The most tokens of a declaration.
const MAX_TOKENS: usize = 50_000;

fn too_long(file: FileId, text: &str) -> Diagnostic {
    let end = text.chars().next().map_or(0, char::len_utf8);
    Diagnostic::error("E0118", Span::new(file, 0, end), "this file is too long")
        .note(format!("it has {} bytes, {MAX_FILE} are read", text.len()))
        .help("move declarations into files of their own and import them")
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    scan: &'a Scan<'a>,
    sink: &'a mut Sink,
    spec: Spec,
    told: usize,
}

impl Reader<'_> {
    /// Reads the declaration that the bytes `start..end` are.
    fn region(&mut self, region: Region, start: usize, end: usize) {
        if region.end - region.head > MAX_TOKENS {
            let token = self.scan.tokens[region.head];
            let span = Span::new(self.file, token.start as usize, token.end as usize);
            self.tell(vec![Found::said(
                Diagnostic::error("E0118", span, "this declaration is too long")
                    .at(format!("it has more than {MAX_TOKENS} words and signs"))
                    .help("give parts of it declarations of their own"),
            )]);
            return self.lose(region);
        }
        let within = |at: usize| start <= at && at < end;
        let whole = self.scan.end == self.text.len() || end <= self.scan.end;
        let readable = whole && !self.scan.too_deep.iter().any(|at| within(*at));
        if readable && self.grammar(start, end, &[]) {
            return;
        }
        let mut found: Vec<Found> = self.scan.found.iter().filter(|it| within(it.at)).cloned().collect();
        if readable && self.told <= MAX_FOUND {
            self.mend(region, start, end, found);
        } else {
            if self.told <= MAX_FOUND {
                found.truncate(MAX_FOUND);
                self.tell(found);
            }
            self.lose(region);
        }
    }

    /// Tells what is wrong with a declaration, and reads what is right in it.
    fn mend(&mut self, region: Region, start: usize, end: usize, mut found: Vec<Found>) {
        let mut tokens: Vec<Token> = self.scan.tokens[region.first..region.end].to_vec();
        let head = region.head - region.first;
        found.extend(body(self.file, self.text, &mut tokens, head));
        found.extend(self.brackets(&mut tokens, head, start, end, &found));
        if found.is_empty() || !self.grammar(start, end, &found) {
            found.extend(walk(self.file, self.text, tokens));
            self.absorb(&mut found);
            if found.is_empty() {
                found.push(self.unexplained(start, end));
            }
            if !self.grammar(start, end, &found) {
                self.lose(region);
            }
        }
        found.sort_by_key(|it| it.at);
        one_for_brackets(&mut found);
        self.spec.damaged.extend(damage(self.file, self.scan, region, &found));
        self.tell(found);
    }

    /// Puts brackets right that do not belong together. What indentation says comes first if the declaration reads then; otherwise one
    /// bracket is looked for that makes it read further.
    fn brackets(&self, tokens: &mut Vec<Token>, head: usize, start: usize, end: usize, found: &[Found]) -> Vec<Found> {
        let edits: Vec<Edit> = found.iter().flat_map(|it| it.edits.iter().cloned()).collect();
        let reaches = |more: &[Edit]| {
            let all = in_order(edits.iter().chain(more).cloned().collect());
            let patched = Patched::new(self.text, start, end, &all);
            match Grammar::parse(Rule::unit, &patched.text) {
                Ok(_) => usize::MAX,
                Err(error) => patched.original(place(&error)),
            }
        };
        let (balanced, mut unbalanced) = balance(self.file, self.text, tokens, head);
        let more: Vec<Edit> = unbalanced.iter().flat_map(|it| it.edits.iter().cloned()).collect();
        if !unbalanced.is_empty()
            && (unbalanced.len() > 1 || reaches(&more) != usize::MAX)
            && let Some(found) = repair(self.file, self.text, tokens, head, &reaches)
        {
            let (balanced, rest) = balance(self.file, self.text, tokens, head);
            unbalanced = vec![found];
            unbalanced.extend(rest);
            *tokens = balanced;
            return unbalanced;
        }
        *tokens = balanced;
        unbalanced
    }

    /// Reads a declaration by the grammar, with the edits of what was found; says whether it could.
    fn grammar(&mut self, start: usize, end: usize, found: &[Found]) -> bool {
        let edits = in_order(found.iter().flat_map(|it| it.edits.iter().cloned()).collect());
        let patched = Patched::new(self.text, start, end, &edits);
        if !edits.is_empty() && patched.text.trim().is_empty() {
            return true;
        }
        let Ok(mut pairs) = Grammar::parse(Rule::unit, &patched.text) else {
            return false;
        };
        let mut sink = Sink::new();
        let mut lower = Lower::new(self.file, self.text, &patched, &mut sink);
        if let Some(unit) = pairs.next() {
            lower.unit(unit, &mut self.spec);
        }
        self.tell(sink.finish().into_iter().map(Found::said).collect());
        true
    }

    /// Leaves out what one mistake causes beside another: the token behind a meaningless character has no place of its own, and what
    /// stands in a part that is refused as a whole is refused with it.
    fn absorb(&self, found: &mut Vec<Found>) {
        let behind = |it: &Found| {
            let end = it.diagnostic.span().end;
            let next = self.scan.tokens.partition_point(|token| token.start < end);
            self.scan.tokens.get(next).map(|token| token.start as usize)
        };
        let meaningless = |it: &&Found| {
            let semicolon = it.diagnostic.code == "E0112" && &self.text[it.diagnostic.span().range()] == ";";
            it.diagnostic.code == "E0124" || semicolon
        };
        let causes: Vec<usize> = found.iter().filter(meaningless).filter_map(behind).collect();
        let wholes: Vec<Span> = (found
            .iter()
            .filter(|it| matches!(it.diagnostic.code, "E0131" | "E0128")))
        .map(|it| it.diagnostic.span())
        .collect();
        let texts: Vec<usize> = found
            .iter()
            .filter(|it| it.diagnostic.code == "E0106")
            .map(|it| it.at)
            .collect();
        let caused = |it: &Found| {
            let follows = matches!(it.diagnostic.code, "E0104" | "E0110" | "E0115") && causes.contains(&it.at);
            let unclosed = matches!(it.diagnostic.code, "E0104" | "E0115") && texts.contains(&it.at);
            let part = matches!(it.diagnostic.code, "E0108" | "E0119")
                && wholes.iter().any(|whole| whole.range().contains(&it.at));
            follows || unclosed || part
        };
        let (dropped, mut kept): (Vec<Found>, Vec<Found>) = found.drain(..).partition(caused);
        if let Some(first) = kept.first_mut() {
            first.edits.extend(dropped.into_iter().flat_map(|it| it.edits));
        }
        *found = kept;
    }

    /// What only the grammar knows.
    fn unexplained(&self, start: usize, end: usize) -> Found {
        let at = match Grammar::parse(Rule::unit, &self.text[start..end]) {
            Err(error) => start + place(&error),
            Ok(_) => start,
        };
        let token = self.scan.tokens.iter().find(|it| it.end as usize > at);
        let span = token.map_or((at, at), |it| (it.start as usize, it.end as usize));
        let name = self
            .text
            .get(span.0..span.1)
            .filter(|it| !it.is_empty() && it.len() < 40);
        let message = name.map_or("this cannot be read".to_owned(), |name| {
            format!("`{name}` cannot stand here")
        });
        Found::said(Diagnostic::error("E0104", Span::new(self.file, span.0, span.1), message).at("not expected here"))
    }

    fn tell(&mut self, mut found: Vec<Found>) {
        found.sort_by_key(|it| it.at);
        for found in found {
            self.told += 1;
            if self.told <= MAX_FOUND {
                self.sink.push(found.diagnostic);
            } else if self.told == MAX_FOUND + 1 {
                self.more(found.diagnostic.span());
            }
        }
    }

    /// Says that not everything was said.
    fn more(&mut self, span: Span) {
        self.sink.push(
            Diagnostic::error("E0129", span, "there are more mistakes from here on")
                .at(format!("{MAX_FOUND} are shown of each file"))
                .help("put those right first"),
        );
    }

    /// Remembers the name of a declaration that could not be read.
    fn lose(&mut self, region: Region) {
        let named = self.scan.tokens[region.head..region.end].get(1);
        if let Some(token) = named.filter(|it| it.kind == Kind::Word) {
            let span = Span::new(self.file, token.start as usize, token.end as usize);
            self.spec.lost.push(Name {
                text: self.text[span.range()].to_owned(),
                span,
            });
        }
    }
}

/// One bracket too much or too little moves all that follows out of its place: that is said once.
fn one_for_brackets(found: &mut Vec<Found>) {
    let mut bracket = false;
    found.retain(|it| {
        let code = it.diagnostic.code;
        let moved = code == "E0122" || code == "E0105" && it.diagnostic.message.ends_with("closes nothing");
        let caused = bracket && moved;
        bracket |= code == "E0105";
        !caused
    });
}

fn place(error: &pest::error::Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

#[cfg(test)]
mod tests {
    use super::{Grammar, Rule, read};
    use crate::diagnostic::{Diagnostic, Severity, Sink};
    use crate::source::FileId;
    use pest::Parser;

    fn errors(text: &str) -> Vec<Diagnostic> {
        let mut sink = Sink::new();
        read(FileId(0), text, &mut sink);
        sink.finish()
            .into_iter()
            .filter(|it| it.severity == Severity::Error)
            .collect()
    }

    /// What the grammar reads and the tree refuses: escapes, names, notes, chains, paths of other routers.
    const LATER: [&str; 7] = ["E0107", "E0113", "E0114", "E0117", "E0118", "E0120", "E0126"];

    fn agrees(text: &str) {
        let grammar = Grammar::parse(Rule::spec, text).is_ok();
        let told = errors(text);
        let told = told.iter().filter(|it| !LATER.contains(&it.code) || !grammar).count();
        assert_eq!(grammar, told == 0, "the grammar and the reports differ over:\n{text}");
    }

    #[test]
    fn what_the_grammar_reads_as_a_whole_is_what_is_read_piece_by_piece() {
        let text = include_str!("../../tests/fixtures/shop.bff");
        agrees(text);
        for (at, c) in text.char_indices().step_by(13) {
            agrees(&text[..at]);
            agrees(&format!("{}{}", &text[..at], &text[at + c.len_utf8()..]));
        }
    }

    #[test]
    fn declarations_need_no_lines_of_their_own() {
        agrees(
            "type A { id: ID } type B = A enum C { X } plan p = { rate: 5/s } auth u = jwt { a: 1 } test \"t\" { expect 200 }",
        );
        agrees("route GET / { respond { type: 1, route: 2, test \"a\" { b } } }");
    }
}
