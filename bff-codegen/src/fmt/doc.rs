//! A small pretty printer: a document of texts, possible line breaks and groups, laid out within 120 columns.
//!
//! A group stands on one line if it was not broken and fits, up to the next place where the line may break. This
//! decision looks at nothing that an earlier layout left behind, so that laying out twice gives the same.

use super::align::{Entry, Kind, Mark};

/// Columns of a line.
pub(super) const WIDTH: usize = 120;
/// Columns of one step inwards.
const STEP: usize = 2;

/// A document. Texts are pieces of the source or of the language.
#[derive(Debug)]
pub(super) enum Doc<'a> {
    /// Words without a line break (but for templates that contain one), and never split.
    Text(&'a str),
    /// A path, which reads on into most characters: what follows directly gets a blank.
    Path(&'a str),
    /// A blank, or a line break if the group is broken.
    Line,
    /// Nothing, or a line break if the group is broken.
    Soft,
    /// A line break.
    Hard,
    /// An empty line before the next line break.
    Blank,
    /// One text if the group is broken, another if not.
    Either { broken: &'static str, flat: &'static str },
    /// Further in.
    Indent(Box<Doc<'a>>),
    /// Broken as a whole or not at all; `broken` if it has to be. A group in brackets is where a line breaks first.
    Group {
        broken: bool,
        brackets: bool,
        doc: Box<Doc<'a>>,
    },
    /// One after another.
    Concat(Vec<Doc<'a>>),
    /// A comment at the end of the line before.
    Trailing(&'a str),
    /// A comment on its own line.
    Own(&'a str),
    /// Where neighbouring lines may be aligned.
    Tab(Kind),
    /// One line of a block; `glued` if it directly follows the one before.
    Entry { block: u32, glued: bool, doc: Box<Doc<'a>> },
}

/// Makes a list of documents one.
pub(super) fn concat<'a>(docs: impl Into<Vec<Doc<'a>>>) -> Doc<'a> {
    Doc::Concat(docs.into())
}

/// A group that is broken if it has to be or does not fit.
pub(super) fn group(broken: bool, doc: Doc<'_>) -> Doc<'_> {
    let doc = Box::new(doc);
    Doc::Group {
        broken,
        brackets: false,
        doc,
    }
}

/// A group in brackets.
pub(super) fn brackets(broken: bool, doc: Doc<'_>) -> Doc<'_> {
    let doc = Box::new(doc);
    Doc::Group {
        broken,
        brackets: true,
        doc,
    }
}

/// A document further in.
pub(super) fn indent(doc: Doc<'_>) -> Doc<'_> {
    Doc::Indent(Box::new(doc))
}

impl Doc<'_> {
    /// Breaks every group around a line break that has to be; says whether there is one.
    pub(super) fn propagate(&mut self) -> bool {
        match self {
            Doc::Hard | Doc::Trailing(_) | Doc::Own(_) => true,
            Doc::Text(text) => text.contains('\n'),
            Doc::Indent(doc) | Doc::Entry { doc, .. } => doc.propagate(),
            Doc::Group { broken, doc, .. } => {
                *broken |= doc.propagate();
                *broken
            }
            Doc::Concat(docs) => docs.iter_mut().fold(false, |any, doc| doc.propagate() | any),
            _ => false,
        }
    }
}

/// A part of the document that is still to be laid out.
#[derive(Clone, Copy)]
enum Task<'d, 'a> {
    Doc {
        doc: &'d Doc<'a>,
        indent: usize,
        flat: bool,
    },
    /// The entry of this number ends here.
    EndEntry(usize),
}

/// Lines, and the entries among them.
#[derive(Default)]
pub(super) struct Layout {
    /// The lines, without line ends.
    pub(super) lines: Vec<String>,
    /// The entries in text order.
    pub(super) entries: Vec<Entry>,
    line: String,
    /// Characters of `line`.
    column: usize,
    /// The line is still empty and gets this indentation with its first text.
    indent: usize,
    /// A comment was written: nothing else may follow on this line.
    closed: bool,
    blank: bool,
    after_path: bool,
    open: Vec<usize>,
    /// Where the next text starts, it may be moved.
    tab: Option<Kind>,
}

/// Lays a document out.
pub(super) fn layout(doc: &Doc<'_>) -> Layout {
    let mut layout = Layout::default();
    let mut tasks = vec![Task::Doc {
        doc,
        indent: 0,
        flat: false,
    }];
    while let Some(task) = tasks.pop() {
        match task {
            Task::Doc { doc, indent, flat } => layout.step(doc, indent, flat, &mut tasks),
            Task::EndEntry(entry) => {
                layout.entries[entry].end = layout.lines.len();
                layout.open.pop();
            }
        }
    }
    if !layout.line.is_empty() {
        layout.newline(0);
    }
    layout
}

impl Layout {
    fn step<'d, 'a>(&mut self, doc: &'d Doc<'a>, indent: usize, flat: bool, tasks: &mut Vec<Task<'d, 'a>>) {
        match doc {
            Doc::Text(text) => self.text(text, indent),
            Doc::Path(text) => {
                self.text(text, indent);
                self.after_path = true;
            }
            Doc::Line if flat => self.text(" ", indent),
            Doc::Soft if flat => {}
            Doc::Blank if flat => {}
            Doc::Line | Doc::Soft | Doc::Hard => self.newline(indent),
            Doc::Blank => self.blank = true,
            Doc::Either { broken, flat: text } => self.text(if flat { text } else { broken }, indent),
            Doc::Indent(doc) => tasks.push(Task::Doc {
                doc,
                indent: indent + STEP,
                flat,
            }),
            Doc::Group { broken, doc, .. } => {
                let flat = flat || !broken && self.fits(doc, tasks);
                tasks.push(Task::Doc { doc, indent, flat });
            }
            Doc::Concat(docs) => tasks.extend(docs.iter().rev().map(|doc| Task::Doc { doc, indent, flat })),
            Doc::Trailing(text) => self.trailing(text, indent),
            Doc::Own(text) => {
                if !self.line.is_empty() {
                    self.newline(indent);
                }
                self.text(text, indent);
                self.closed = true;
            }
            Doc::Tab(_) if flat || self.closed || self.line.is_empty() => {}
            Doc::Tab(kind) => self.tab = Some(*kind),
            Doc::Entry { doc, .. } if flat => tasks.push(Task::Doc { doc, indent, flat }),
            Doc::Entry { block, glued, doc } => {
                tasks.push(Task::EndEntry(self.entries.len()));
                tasks.push(Task::Doc { doc, indent, flat });
                self.open.push(self.entries.len());
                self.entries.push(Entry::new(*block, *glued, self.lines.len()));
            }
        }
    }

    fn text(&mut self, text: &str, indent: usize) {
        if self.closed {
            self.newline(indent + STEP);
        }
        let text = if self.line.is_empty() {
            text.trim_start_matches(' ')
        } else {
            text
        };
        if text.is_empty() {
            return;
        }
        if self.line.is_empty() {
            self.line = " ".repeat(self.indent);
            self.column = self.indent;
        } else if self.after_path && !text.starts_with([' ', ',']) {
            self.line.push(' ');
        }
        self.after_path = false;
        if let (Some(kind), Some(entry)) = (self.tab.take(), self.open.last()) {
            let mark = Mark {
                kind,
                line: self.lines.len(),
                at: self.line.len(),
            };
            self.entries[*entry].marks.push(mark);
        }
        self.line.push_str(text);
        self.column += text.chars().count();
    }

    fn trailing(&mut self, text: &str, indent: usize) {
        self.tab = None;
        if !self.line.is_empty() && !self.closed {
            self.line.truncate(self.line.trim_end_matches(' ').len());
            self.line.push(' ');
        }
        self.text(text, indent);
        self.closed = true;
    }

    fn newline(&mut self, indent: usize) {
        self.tab = None;
        let mut line = std::mem::take(&mut self.line);
        line.truncate(line.trim_end_matches(' ').len());
        if !line.is_empty() {
            self.lines.push(line);
        }
        if std::mem::take(&mut self.blank) && self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
        self.indent = indent;
        self.column = indent;
        self.closed = false;
        self.after_path = false;
    }

    /// Whether `doc` fits on the line, with what follows it up to the next place where the line may break.
    fn fits(&self, doc: &Doc<'_>, tasks: &[Task<'_, '_>]) -> bool {
        let mut room = WIDTH.saturating_sub(self.column);
        let mut stack = vec![doc];
        while let Some(doc) = stack.pop() {
            let width = match doc {
                Doc::Text(text) | Doc::Path(text) => text.chars().count(),
                Doc::Either { flat, .. } => flat.len(),
                Doc::Line => 1,
                Doc::Hard | Doc::Trailing(_) | Doc::Own(_) => return false,
                Doc::Indent(doc) | Doc::Group { doc, .. } | Doc::Entry { doc, .. } => {
                    stack.push(doc);
                    0
                }
                Doc::Concat(docs) => {
                    stack.extend(docs.iter().rev());
                    0
                }
                Doc::Soft | Doc::Blank | Doc::Tab(_) => 0,
            };
            match room.checked_sub(width) {
                Some(left) => room = left,
                None => return false,
            }
        }
        rest_fits(room, tasks)
    }
}

/// Whether what follows fits up to the next place where the line may break.
fn rest_fits(mut room: usize, tasks: &[Task<'_, '_>]) -> bool {
    for task in tasks.iter().rev() {
        let Task::Doc { doc, flat, .. } = task else { continue };
        let mut stack = vec![(*doc, *flat)];
        while let Some((doc, flat)) = stack.pop() {
            let width = match doc {
                Doc::Text(text) | Doc::Path(text) => text.chars().count(),
                Doc::Either { flat: text, .. } if flat => text.len(),
                Doc::Either { broken, .. } => broken.len(),
                Doc::Line if flat => 1,
                Doc::Soft if flat => 0,
                Doc::Line | Doc::Soft | Doc::Hard | Doc::Trailing(_) | Doc::Own(_) => return true,
                // Only brackets are a good place for a break: of two groups on a line the last one gives way.
                Doc::Group { doc, brackets, .. } => {
                    stack.push((doc, !brackets));
                    0
                }
                Doc::Indent(doc) | Doc::Entry { doc, .. } => {
                    stack.push((doc, flat));
                    0
                }
                Doc::Concat(docs) => {
                    stack.extend(docs.iter().rev().map(|doc| (doc, flat)));
                    0
                }
                Doc::Blank | Doc::Tab(_) => 0,
            };
            match room.checked_sub(width) {
                Some(left) => room = left,
                None => return false,
            }
        }
    }
    true
}
