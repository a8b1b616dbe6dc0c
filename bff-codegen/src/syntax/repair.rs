//! One bracket too much or too little: each place where it could stand is tried, and the grammar says at which one the declaration reads.

use super::patch::Edit;
use super::region::{Bracket, bracket};
use super::report::Found;
use super::scan::{Kind, Token, opener_of, sign};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// The most bytes that the tries on one declaration may read.
const MAX_WORK: usize = 3_000_000;

/// How far a declaration reads with some edits: a place in the file, the largest number if to its end.
pub(super) type Score<'a> = &'a dyn Fn(&[Edit]) -> usize;

/// A change that is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Try {
    /// Put the bracket in before this token.
    Insert(usize),
    /// Leave this token out.
    Remove(usize),
}

struct Repair<'a> {
    file: FileId,
    text: &'a str,
    tokens: &'a [Token],
    /// The kind of bracket, by its opening one.
    open: u8,
    /// Whether the closing one is missing.
    unclosed: bool,
}

/// Looks for the one bracket that is missing or too much; puts the tokens right.
pub(super) fn repair(
    file: FileId,
    text: &str,
    tokens: &mut Vec<Token>,
    head: usize,
    score: Score<'_>,
) -> Option<Found> {
    let (open, unclosed) = off_by_one(tokens)?;
    let repair = Repair {
        file,
        text,
        tokens,
        open,
        unclosed,
    };
    let tries = repair.tries();
    let length = tokens.last().map_or(0, |it| it.end as usize) - tokens.first().map_or(0, |it| it.start as usize);
    let affordable = MAX_WORK / length.max(1);
    let before = score(&[]);
    let mut best: Option<(usize, Try)> = None;
    for attempt in tries.into_iter().take(affordable) {
        let reached = score(&[repair.edit(attempt)]);
        if reached == usize::MAX {
            best = Some((reached, attempt));
            break;
        }
        if reached > before && reached > repair.line_end(attempt) && best.is_none_or(|(most, _)| reached > most) {
            best = Some((reached, attempt));
        }
    }
    let (_, attempt) = best?;
    let found = repair.found(attempt, head);
    match attempt {
        Try::Remove(at) => {
            tokens.remove(at);
        }
        Try::Insert(at) => {
            let token = repair.inserted(at);
            tokens.insert(at, token);
        }
    }
    Some(found)
}

/// The kind of bracket of which one is missing, and whether it is the closing one.
fn off_by_one(tokens: &[Token]) -> Option<(u8, bool)> {
    let mut counts = [0_isize; 3];
    for token in tokens {
        if let Kind::Sign([letter, b' ', b' ']) = token.kind {
            for (count, pair) in counts.iter_mut().zip([b"{}", b"()", b"[]"]) {
                *count += isize::from(letter == pair[0]) - isize::from(letter == pair[1]);
            }
        }
    }
    let wrong: Vec<usize> = (0..3).filter(|at| counts[*at] != 0).collect();
    let [kind] = wrong.as_slice() else { return None };
    (counts[*kind].abs() == 1).then_some((b"{(["[*kind], counts[*kind] > 0))
}

impl Repair<'_> {
    fn written(&self) -> &'static str {
        match (self.open, self.unclosed) {
            (b'{', true) => "}",
            (b'{', false) => "{",
            (b'(', true) => ")",
            (b'(', false) => "(",
            (_, true) => "]",
            (_, false) => "[",
        }
    }

    /// Where a token would be put in: behind the one before.
    fn place(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.tokens[before].end as usize)
    }

    fn edit(&self, attempt: Try) -> Edit {
        match attempt {
            Try::Insert(at) => Edit::new(self.place(at), self.place(at), self.written()),
            Try::Remove(at) => Edit::new(self.tokens[at].start as usize, self.tokens[at].end as usize, " "),
        }
    }

    fn line_end(&self, attempt: Try) -> usize {
        let at = match attempt {
            Try::Insert(at) => self.place(at),
            Try::Remove(at) => self.tokens[at].end as usize,
        };
        at + self.text[at..].find('\n').unwrap_or(self.text.len() - at)
    }

    fn inserted(&self, at: usize) -> Token {
        let place = self.place(at) as u32;
        Token {
            kind: sign(self.written()),
            start: place,
            end: place,
            indent: at.checked_sub(1).map_or(0, |before| self.tokens[before].indent),
            first: false,
        }
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|it| it.kind == sign(text))
    }

    fn word(&self, at: usize) -> &str {
        match self.tokens.get(at) {
            Some(token) if token.kind == Kind::Word => &self.text[token.start as usize..token.end as usize],
            _ => "",
        }
    }

    /// What is tried, the likeliest first.
    fn tries(&self) -> Vec<Try> {
        if self.unclosed {
            self.closings()
        } else {
            self.openings()
        }
    }

    /// A closing bracket goes where a line, a group or what belongs to a call ends.
    fn closings(&self) -> Vec<Try> {
        let ends = |at: &usize| {
            let at = *at;
            self.tokens
                .get(at)
                .is_none_or(|it| it.first || bracket(it.kind) == Bracket::Close)
                || self.is(at, "{")
                || self.is(at, ",")
                || self.is(at, "=")
                || self.is(at, ".")
                || matches!(
                    self.word(at),
                    "else" | "on" | "for" | "when" | "undo" | "respond" | "call" | "let" | "headers" | "as" | "from"
                )
        };
        let tries = (1..=self.tokens.len()).filter(ends).map(Try::Insert);
        let others = (1..=self.tokens.len()).filter(|at| !ends(at)).map(Try::Insert);
        let openers = (0..self.tokens.len()).filter(|at| self.opens(*at)).map(Try::Remove);
        match self.open {
            b'{' => tries.rev().chain(openers).collect(),
            _ => tries.chain(others).chain(openers).collect(),
        }
    }

    fn opens(&self, at: usize) -> bool {
        matches!(self.tokens[at].kind, Kind::Sign([letter, b' ', b' ']) if letter == self.open)
    }

    fn openings(&self) -> Vec<Try> {
        let closers: Vec<usize> = self
            .lines()
            .into_iter()
            .flat_map(|(start, end)| self.loose_closers(start, end))
            .collect();
        let gaps = self.gaps(&closers);
        let joined = gaps.iter().copied().filter(|at| self.joins(*at));
        let mut tries: Vec<Try> = self
            .indented_bodies()
            .into_iter()
            .chain(joined)
            .map(Try::Insert)
            .collect();
        tries.extend(closers.iter().copied().map(Try::Remove));
        tries.extend(gaps.iter().copied().map(Try::Insert));
        tries.extend(
            (0..self.tokens.len())
                .rev()
                .filter(|at| self.closes(*at) && !closers.contains(at))
                .map(Try::Remove),
        );
        tries.extend(self.lines().into_iter().rev().map(|(_, end)| Try::Insert(end)));
        tries
    }

    fn closes(&self, at: usize) -> bool {
        matches!(self.tokens[at].kind, Kind::Sign([letter, b' ', b' ']) if bracket(self.tokens[at].kind) == Bracket::Close && opener_of(letter) == self.open)
    }

    /// The lines of the declaration, as ranges of tokens.
    fn lines(&self) -> Vec<(usize, usize)> {
        let mut starts: Vec<usize> = (0..self.tokens.len())
            .filter(|at| *at == 0 || self.tokens[*at].first)
            .collect();
        starts.push(self.tokens.len());
        starts.windows(2).map(|pair| (pair[0], pair[1])).collect()
    }

    /// Closing brackets that close nothing on their line and do not begin it.
    fn loose_closers(&self, start: usize, end: usize) -> Vec<usize> {
        let (mut depth, mut leading, mut loose) = (0_usize, true, Vec::new());
        for at in start..end {
            let token = self.tokens[at];
            if token.kind == sign(std::str::from_utf8(&[self.open]).unwrap_or("{")) {
                depth += 1;
            } else if self.closes(at) {
                if depth == 0 && !leading {
                    loose.push(at);
                }
                depth = depth.saturating_sub(1);
            }
            leading &= bracket(token.kind) == Bracket::Close;
        }
        loose
    }

    /// Places on the lines of loose closing brackets, from right to left, where something stands between the two.
    fn gaps(&self, closers: &[usize]) -> Vec<usize> {
        let mut gaps = Vec::new();
        for closer in closers {
            let start = (0..=*closer).rev().find(|at| self.tokens[*at].first).unwrap_or(0);
            gaps.extend(
                (start + 1..*closer)
                    .rev()
                    .filter(|at| !self.is(*at, ",") && bracket(self.tokens[*at].kind) != Bracket::Close),
            );
            // A call without arguments.
            let before = self.tokens[closer - 1].kind;
            let empty = [sign(":"), sign("=>"), sign(","), sign("(")].contains(&before);
            if self.open == b'(' && before == Kind::Word || self.open == b'[' && empty {
                gaps.push(*closer);
            }
        }
        gaps
    }

    /// Whether two operands meet before a token, with nothing between them.
    fn joins(&self, at: usize) -> bool {
        let before = self.tokens[at - 1].kind;
        let ends = before == Kind::Word || before == sign(")") || before == sign("]");
        ends && matches!(self.tokens[at].kind, Kind::Word | Kind::Text)
            && !matches!(self.word(at - 1), "call" | "let" | "respond")
    }

    /// Behind lines that are followed by deeper ones and a closing brace in their own column.
    fn indented_bodies(&self) -> Vec<usize> {
        if self.open != b'{' {
            return Vec::new();
        }
        let lines = self.lines();
        let indent = |line: &(usize, usize)| self.tokens[line.0].indent;
        let mut bodies = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let opens = bracket(self.tokens[line.1 - 1].kind) == Bracket::Open;
            let deeper = lines.get(at + 1).is_some_and(|next| indent(next) > indent(line));
            let back = lines[at + 1..].iter().find(|next| indent(next) <= indent(line));
            if !opens && deeper && back.is_some_and(|next| indent(next) == indent(line) && self.closes(next.0)) {
                bodies.push(line.1);
            }
        }
        bodies
    }

    fn found(&self, attempt: Try, head: usize) -> Found {
        let diagnostic = match attempt {
            Try::Remove(at) => self.too_much(at),
            Try::Insert(at) if self.unclosed => self.not_closed(at),
            Try::Insert(at) => self.not_opened(at, head),
        };
        let edit = self.edit(attempt);
        let fix = if matches!(attempt, Try::Remove(_)) {
            String::new()
        } else {
            edit.text.to_string()
        };
        let span = Span::new(self.file, edit.start, edit.end);
        Found::said(diagnostic.fix(span, fix)).edit(edit.start, edit.end, edit.text)
    }

    fn span(&self, at: usize) -> Span {
        let token = self.tokens[at];
        Span::new(self.file, token.start as usize, token.end as usize)
    }

    fn too_much(&self, at: usize) -> Diagnostic {
        let written = &self.text[self.span(at).range()];
        if self.opens(at) {
            return Diagnostic::error("E0105", self.span(at), format!("this `{written}` is too much"))
                .at("nothing that belongs into it follows")
                .help("remove it");
        }
        Diagnostic::error("E0105", self.span(at), format!("this `{written}` closes nothing"))
            .at(format!("no `{}` is open here", self.open as char))
            .help("remove it")
    }

    fn not_closed(&self, at: usize) -> Diagnostic {
        let written = self.written();
        let here = Span::new(self.file, self.place(at), self.place(at));
        let opening = self.opening(at);
        super::balance::not_closed(self.file, self.text, self.tokens, opening, here, written)
    }

    /// The bracket that one put in before `at` would close.
    fn opening(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for before in (0..at).rev() {
            match bracket(self.tokens[before].kind) {
                Bracket::Close => depth += 1,
                Bracket::Open if depth == 0 => return before,
                Bracket::Open => depth -= 1,
                Bracket::None => {}
            }
        }
        0
    }

    fn not_opened(&self, at: usize, head: usize) -> Diagnostic {
        let at = at.min(self.tokens.len() - 1);
        let written = self.written();
        let name: String = self.text[self.span(at).range()].chars().take(30).collect();
        let word = self.word(head);
        if self.open == b'{' && (head..at).all(|it| bracket(self.tokens[it].kind) == Bracket::None) {
            return super::body::needs_body(word, self.span(at))
                .because(self.span(head).to(self.span(at - 1)), format!("this {word}"));
        }
        let closing = self.closing(at);
        let diagnostic = Diagnostic::error(
            "E0105",
            self.span(at),
            format!("a `{written}` is missing before `{name}`"),
        )
        .at(format!("`{written}` belongs before this"))
        .help(format!("`{written}{name}`"));
        match closing {
            Some(closing) => diagnostic.because(self.span(closing), "this would close it"),
            None => diagnostic,
        }
    }

    /// The bracket that would close one put in before `at`.
    fn closing(&self, at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for after in at..self.tokens.len() {
            match bracket(self.tokens[after].kind) {
                Bracket::Open => depth += 1,
                Bracket::Close if depth == 0 => return Some(after),
                Bracket::Close => depth -= 1,
                Bracket::None => {}
            }
        }
        None
    }
}
