//! The files of one compilation: their text, their lines, and spans into them.
//!
//! Pure: whoever calls the compiler reads the files ([`Sources::add`]) and says which one is the entry.

use std::fmt;

/// Which file of [`Sources`] a span lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file; `start <= end`, both on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `start..end` in `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Span {
            file,
            start: start as u32,
            end: end as u32,
        }
    }

    /// From the start of this span to the end of `other`, which stands in the same file.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether `other` begins in this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.start < self.end
    }

    /// The bytes as a range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file.0, self.start, self.end)
    }
}

/// One file: its name as shown to people (relative, with `/`), its text, and where its lines begin.
#[derive(Clone, Debug)]
pub struct File {
    /// The name, relative to where the compiler was started.
    pub name: String,
    /// The text.
    pub text: String,
    lines: Vec<u32>,
}

impl File {
    /// Line and column of a byte offset, both from 1; the column counts characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start as usize <= offset).max(1) - 1;
        let start = self.lines[line] as usize;
        let end = offset.min(self.text.len());
        let column = self.text.get(start..end).map_or(0, |text| text.chars().count());
        (line + 1, column + 1)
    }
}

/// All files that a compilation may look at: the entry, what it imports, and neighbours that only serve suggestions.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<File>,
}

impl Sources {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file under its name, or finds the one that has it already.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let name = name.into();
        if let Some(id) = self.find(&name) {
            return id;
        }
        let text = text.into();
        let lines = lines_of(&text);
        self.files.push(File { name, text, lines });
        FileId(self.files.len() as u32 - 1)
    }

    /// Gives a file of this set another text.
    pub fn replace(&mut self, id: FileId, text: String) {
        let file = &mut self.files[id.0 as usize];
        file.lines = lines_of(&text);
        file.text = text;
    }

    /// The file called `name`.
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.files
            .iter()
            .position(|file| file.name == name)
            .map(|at| FileId(at as u32))
    }

    /// The file of an id that this set gave out.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or("")
    }

    /// Line of a span's start, from 1.
    pub fn line(&self, span: Span) -> u32 {
        self.file(span.file).line_column(span.start as usize).0 as u32
    }

    /// All files with their ids, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.files
            .iter()
            .enumerate()
            .map(|(at, file)| (FileId(at as u32), file))
    }
}

/// The relative path by which the file `from` names the file `to`, as [`join`] reads it.
pub fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let folders = from.len() - 1;
    let same = from[..folders]
        .iter()
        .zip(&to[..to.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let up = "../".repeat(folders - same);
    let down = to[same..].join("/");
    if up.is_empty() {
        format!("./{down}")
    } else {
        format!("{up}{down}")
    }
}

/// Where lines begin.
fn lines_of(text: &str) -> Vec<u32> {
    let starts = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
    std::iter::once(0).chain(starts).collect()
}

/// The name of the file that `from` names by the relative path `path`: `a/b.bff` and `../c.bff` give `c.bff`.
pub fn join(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if path.starts_with('/') {
        return path.to_owned();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_relative_to_the_importing_file() {
        assert_eq!(join("mobile.bff", "./shared/shop.bff"), "shared/shop.bff");
        assert_eq!(
            join("examples/mobile/mobile.bff", "../shared/shop.bff"),
            "examples/shared/shop.bff"
        );
        assert_eq!(join("mobile.bff", "../shop.bff"), "../shop.bff");
        assert_eq!(join("../a/b.bff", "../c.bff"), "../c.bff");
        assert_eq!(join("/abs/a.bff", "b.bff"), "/abs/b.bff");
    }

    #[test]
    fn a_relative_path_leads_back_to_its_file() {
        for (from, to, path) in [
            ("mobile.bff", "shop.bff", "./shop.bff"),
            (
                "examples/mobile-bff/mobile.bff",
                "examples/shared/shop.bff",
                "../shared/shop.bff",
            ),
            ("a/b.bff", "a/c/d.bff", "./c/d.bff"),
            ("/x/a/b.bff", "/x/c.bff", "../c.bff"),
        ] {
            assert_eq!(relative(from, to), path);
            assert_eq!(join(from, path), to);
        }
    }

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::new();
        let id = sources.add("a.bff", "é: ü\nb");
        assert_eq!(sources.file(id).line_column(4), (1, 4));
        assert_eq!(sources.file(id).line_column(7), (2, 1));
    }
}
