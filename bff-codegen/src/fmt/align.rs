//! Columns: neighbouring lines of one block align their `=`, their values after `name:`, their arrows and notes.

use super::doc::{Layout, WIDTH};

/// What is aligned. Kinds are treated in this order, which is the order in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The name after `call`, `let`, `auth` and its like.
    Name,
    /// The value after `name:`.
    Value,
    /// `on` in `extern filter`.
    Phase,
    /// The `=` of a statement, whose further lines do not matter.
    StatementEquals,
    /// The `=` of a field or an enum value.
    Equals,
    /// `=>`
    Arrow,
    /// `from`, `when` and notes.
    Tail,
}

const KINDS: [Kind; 7] = [
    Kind::Name,
    Kind::Value,
    Kind::Phase,
    Kind::StatementEquals,
    Kind::Equals,
    Kind::Arrow,
    Kind::Tail,
];

/// A place in a line that may move to the right.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    pub(super) line: usize,
    /// Byte of the line.
    pub(super) at: usize,
}

/// One line or more of a block.
#[derive(Debug)]
pub(super) struct Entry {
    block: u32,
    /// Directly follows the entry before.
    glued: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) marks: Vec<Mark>,
}

impl Entry {
    pub(super) fn new(block: u32, glued: bool, start: usize) -> Self {
        Entry {
            block,
            glued,
            start,
            end: start,
            marks: Vec::new(),
        }
    }

    /// The mark of a kind, if the entry takes part in an alignment by it. An entry of several lines does so only with
    /// the head of a statement.
    fn mark(&self, kind: Kind) -> Option<&Mark> {
        let whole = self.start == self.end || matches!(kind, Kind::Name | Kind::StatementEquals);
        self.marks
            .iter()
            .find(|mark| whole && mark.kind == kind && mark.line == self.start)
    }
}

/// Aligns the lines of a layout.
pub(super) fn align(layout: &mut Layout) {
    let mut order: Vec<usize> = (0..layout.entries.len()).collect();
    order.sort_by_key(|at| layout.entries[*at].block);
    for kind in KINDS {
        let mut run: Vec<usize> = Vec::new();
        for &at in &order {
            let entry = &layout.entries[at];
            let joins = run
                .last()
                .is_some_and(|last| layout.entries[*last].block == entry.block && entry.glued);
            let marked = entry.mark(kind).is_some();
            if !(joins && marked) {
                align_run(layout, kind, &run);
                run.clear();
            }
            if marked {
                run.push(at);
            }
        }
        align_run(layout, kind, &run);
    }
}

/// Moves the marks of neighbours to one column. A line that would get too long stays as it is and parts the others.
fn align_run(layout: &mut Layout, kind: Kind, run: &[usize]) {
    let Layout { lines, entries, .. } = layout;
    let column = |entry: &Entry| {
        entry.mark(kind).map_or(0, |mark| {
            lines[mark.line].get(..mark.at).map_or(0, |head| head.chars().count())
        })
    };
    let columns: Vec<usize> = run.iter().map(|at| column(&entries[*at])).collect();
    let target = columns.iter().copied().max().unwrap_or(0);
    let too_long = run.iter().zip(&columns).position(|(at, column)| {
        let width = lines[entries[*at].start].chars().count();
        target > *column && width + target - column > WIDTH
    });
    if let Some(at) = too_long {
        align_run(layout, kind, &run[..at]);
        align_run(layout, kind, &run[at + 1..]);
        return;
    }
    for (at, column) in run.iter().zip(columns) {
        let entry = &mut entries[*at];
        let Some((line, place)) = entry.mark(kind).map(|mark| (mark.line, mark.at)) else {
            continue;
        };
        lines[line].insert_str(place, &" ".repeat(target - column));
        for mark in entry
            .marks
            .iter_mut()
            .filter(|mark| mark.line == line && mark.at >= place)
        {
            mark.at += target - column;
        }
    }
}
