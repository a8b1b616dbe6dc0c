//! Walks along the source while the tree is printed: every token is taken from the source in its order, and what lies
//! between two tokens (comments, line breaks) goes where it was. Nothing can be lost without being noticed.

use super::doc::{Doc, brackets, concat, indent};
use crate::source::Span;

/// A comment between two tokens. Documentation is one as well.
#[derive(Clone, Copy, Debug)]
struct Comment<'a> {
    text: &'a str,
    /// Nothing but blanks before it on its line.
    own: bool,
    /// An empty line before it.
    blank: bool,
}

/// What lies between two tokens.
#[derive(Debug, Default)]
pub(super) struct Gap<'a> {
    comments: Vec<Comment<'a>>,
    /// There is a line break in it.
    pub(super) newline: bool,
    /// There is an empty line before the token that follows.
    blank: bool,
    /// Where the next token starts.
    end: usize,
}

impl<'a> Gap<'a> {
    /// The comments with a line break or blank before and after them: `line`, or a break where comments ask for it.
    pub(super) fn around_line(&self, line: Doc<'a>) -> Doc<'a> {
        let mut docs = Vec::new();
        let mut rest = self.comments.as_slice();
        if let [first, more @ ..] = rest
            && !first.own
        {
            docs.push(Doc::Trailing(first.text));
            rest = more;
        }
        docs.push(line);
        for comment in rest {
            docs.extend([Doc::Own(comment.text), Doc::Hard]);
        }
        concat(docs)
    }

    fn inline(&self) -> Doc<'a> {
        let docs = self.comments.iter().map(|comment| match comment.own {
            true => Doc::Own(comment.text),
            false => Doc::Trailing(comment.text),
        });
        concat(docs.collect::<Vec<_>>())
    }

    fn is_plain(&self) -> bool {
        self.comments.is_empty()
    }
}

/// What stands between the brackets of a group, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `{ a, b }`, broken without commas.
    Braces,
    /// `{ a b }`: no commas at all.
    Steps,
    /// `(a, b)` and `[a, b]`: always with commas.
    List,
}

/// The place in the source up to which everything is printed.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    blocks: u32,
    /// Commas stay between the entries of broken braces.
    pub(super) commas: bool,
    /// The tree and the text do not agree: what was printed is of no use.
    pub(super) lost: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, commas: bool) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Cursor {
            text,
            at,
            blocks: 0,
            commas,
            lost: false,
        }
    }

    /// A token of the tree, with the comments before it.
    pub(super) fn token(&mut self, span: Span) -> Doc<'a> {
        let gap = self.gap();
        concat([gap.inline(), self.take(span.start as usize, span.end as usize)])
    }

    /// A token that the tree has no place for, with the comments before it.
    pub(super) fn word(&mut self, word: &'static str) -> Doc<'a> {
        let gap = self.gap();
        if !self.text[gap.end..].starts_with(word) {
            self.lost = true;
            return Doc::Text(word);
        }
        concat([gap.inline(), self.take(gap.end, gap.end + word.len())])
    }

    /// Takes the comments before the next token.
    pub(super) fn gap(&mut self) -> Gap<'a> {
        let gap = self.peek();
        self.at = gap.end;
        gap
    }

    /// Takes the comments before the next token, for a line that may break there.
    pub(super) fn line(&mut self, line: Doc<'a>) -> Doc<'a> {
        self.gap().around_line(line)
    }

    fn take(&mut self, start: usize, end: usize) -> Doc<'a> {
        let text = self.text.get(start..end);
        self.lost |= self.at != start || text.is_none();
        self.at = end;
        text.map_or(Doc::Text(""), Doc::Text)
    }

    /// Reads over blanks, commas and comments.
    fn peek(&self) -> Gap<'a> {
        let mut gap = Gap {
            end: self.at,
            ..Gap::default()
        };
        let mut breaks = 0;
        loop {
            let rest = &self.text[gap.end..];
            let Some(next) = rest.bytes().next() else { break };
            match next {
                b'\n' => breaks += 1,
                b' ' | b'\t' | b'\r' | b',' => {}
                b'/' if rest.starts_with("//") => {
                    let line = rest.split('\n').next().unwrap_or(rest);
                    let doc = line.starts_with("///") && !line.starts_with("////");
                    let own = breaks > 0 || doc || gap.end == 0 || !gap.comments.is_empty();
                    gap.comments.push(Comment {
                        text: line.trim_end(),
                        own,
                        blank: breaks > 1,
                    });
                    gap.newline |= breaks > 0;
                    gap.end += line.len();
                    breaks = 0;
                    continue;
                }
                _ => break,
            }
            gap.end += 1;
        }
        gap.newline |= breaks > 0;
        gap.blank = breaks > 1;
        gap
    }

    /// A group in brackets. `print` prints the entry of a number, whose first token is the next one; `keep` says
    /// whether a comma has to stay before it. A sole entry with brackets of its own stays between these (`hug`).
    pub(super) fn brackets(
        &mut self,
        [open, close]: [&'static str; 2],
        style: Style,
        entries: Entries<'_>,
        print: impl FnMut(&mut Self, usize) -> Doc<'a>,
    ) -> Doc<'a> {
        let head = self.word(open);
        let lines = self.lines(style, &entries, print);
        let tail = self.word(close);
        lines.finish(head, tail, entries.hug && entries.count == 1)
    }

    /// The declarations of a file: lines without brackets around them.
    pub(super) fn file(&mut self, count: usize, print: impl FnMut(&mut Self, usize) -> Doc<'a>) -> Doc<'a> {
        let lines = self.lines(Style::Steps, &Entries::of(count), print);
        self.lost |= self.at != self.text.len();
        concat(lines.docs)
    }

    fn lines(
        &mut self,
        style: Style,
        entries: &Entries<'_>,
        mut print: impl FnMut(&mut Self, usize) -> Doc<'a>,
    ) -> Lines<'a> {
        self.blocks += 1;
        let mut lines = Lines::new(self.blocks, style);
        for number in 0..entries.count {
            if number > 0 {
                lines.comma(self.commas || (entries.keep)(number));
            }
            let gap = self.gap();
            lines.gap(&gap, number > 0);
            lines.entry(print(self, number), number > 0);
        }
        lines.last(&self.gap());
        lines
    }
}

/// What [`Cursor::brackets`] has to know of its entries.
pub(super) struct Entries<'k> {
    /// How many.
    pub(super) count: usize,
    /// A sole entry has brackets of its own.
    pub(super) hug: bool,
    /// Whether the comma before an entry has to stay in broken braces.
    pub(super) keep: &'k dyn Fn(usize) -> bool,
}

impl Entries<'_> {
    /// Entries that need nothing.
    pub(super) fn of(count: usize) -> Self {
        Entries {
            count,
            hug: false,
            keep: &|_| false,
        }
    }
}

/// Entries and comments line by line, as they come.
struct Lines<'a> {
    block: u32,
    style: Style,
    docs: Vec<Doc<'a>>,
    broken: bool,
    commented: bool,
    /// The next entry directly follows one.
    glued: bool,
}

impl<'a> Lines<'a> {
    fn new(block: u32, style: Style) -> Self {
        Lines {
            block,
            style,
            docs: Vec::new(),
            broken: false,
            commented: false,
            glued: false,
        }
    }

    /// The comma after an entry. It comes before the comments there, which end the line.
    fn comma(&mut self, keep: bool) {
        self.docs.push(match self.style {
            Style::List => Doc::Text(","),
            Style::Braces if keep => Doc::Text(","),
            Style::Braces => Doc::Either { broken: "", flat: "," },
            Style::Steps => return,
        });
    }

    /// What lies before an entry; `follows` says whether there is one before it.
    fn gap(&mut self, gap: &Gap<'a>, follows: bool) {
        self.comments(gap, follows);
        self.glued = follows && !gap.blank && gap.comments.iter().all(|comment| !comment.own);
        if gap.blank && (follows || !gap.is_plain()) {
            self.docs.push(Doc::Blank);
        }
    }

    fn comments(&mut self, gap: &Gap<'a>, follows: bool) {
        self.broken |= gap.newline;
        self.commented |= !gap.is_plain();
        for (number, comment) in gap.comments.iter().enumerate() {
            if !comment.own {
                self.docs.push(Doc::Trailing(comment.text));
                continue;
            }
            if comment.blank && (follows || number > 0) {
                self.docs.push(Doc::Blank);
            }
            self.docs.extend([Doc::Line, Doc::Own(comment.text)]);
        }
    }

    fn entry(&mut self, doc: Doc<'a>, follows: bool) {
        // Two entries on one line have a blank between them in every style.
        let line = if follows { Doc::Line } else { self.edge() };
        let doc = Box::new(doc);
        self.docs.extend([
            line,
            Doc::Entry {
                block: self.block,
                glued: self.glued,
                doc,
            },
        ]);
    }

    /// The line break after the opening bracket and before the closing one.
    fn edge(&self) -> Doc<'a> {
        if self.style == Style::List {
            Doc::Soft
        } else {
            Doc::Line
        }
    }

    /// What lies after the last entry.
    fn last(&mut self, gap: &Gap<'a>) {
        let follows = !self.docs.is_empty();
        self.comments(gap, follows);
    }

    fn finish(self, head: Doc<'a>, tail: Doc<'a>, hug: bool) -> Doc<'a> {
        if self.docs.is_empty() {
            return concat([head, tail]);
        }
        if hug && !self.commented {
            let inner = self.docs.into_iter().filter(|doc| !matches!(doc, Doc::Soft));
            return concat([head, concat(inner.collect::<Vec<_>>()), tail]);
        }
        let edge = self.edge();
        brackets(self.broken, concat([head, indent(concat(self.docs)), edge, tail]))
    }
}
