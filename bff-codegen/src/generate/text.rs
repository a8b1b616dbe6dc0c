//! From tokens to text: each item by itself through prettyplease, its banner in front, `record!` lists by a printer of their own.
//!
//! Per item, because prettyplease drops comments, and because the map from generated lines to `.bff` lines falls out of it.

use std::fmt::Write as _;

use proc_macro2::TokenStream;

/// Where an item comes from: shown in its banner, `mobile.bff:24  call me`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// File, as [`crate::source::File::name`] has it.
    pub(crate) file: String,
    /// Line, from 1.
    pub(crate) line: u32,
    /// What it is, in a few words of the source.
    pub(crate) what: String,
}

/// One item of a generated file.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    origin: Option<Origin>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Tokens(TokenStream),
    Text(String),
    Module { head: String, items: Vec<Item> },
}

impl Item {
    /// An item made of tokens.
    pub(crate) fn tokens(tokens: TokenStream) -> Self {
        Item {
            origin: None,
            content: Content::Tokens(tokens),
        }
    }

    /// An item that is text already (macros with lists, which prettyplease spaces out).
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Item {
            origin: None,
            content: Content::Text(text.into()),
        }
    }

    /// A module, `head` being all before its brace.
    pub(crate) fn module(head: impl Into<String>, items: Vec<Item>) -> Self {
        Item {
            origin: None,
            content: Content::Module {
                head: head.into(),
                items,
            },
        }
    }

    /// The same under a banner.
    #[must_use]
    pub(crate) fn from(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }
}

/// A line of a generated file and the line of the source that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapEntry {
    /// First line of the item in the generated file, from 1.
    pub line: u32,
    /// File of the source.
    pub file: String,
    /// Line in it, from 1.
    pub source_line: u32,
}

/// The text of a generated file and its line map.
pub(crate) fn file(entry: &str, items: &[Item]) -> (String, Vec<MapEntry>) {
    let mut printer = Printer::default();
    printer.lines(&format!("// Generated from {entry} by bff-codegen. Edits are lost."), 0);
    printer.items(items, 0);
    (printer.text, printer.map)
}

#[derive(Default)]
struct Printer {
    text: String,
    map: Vec<MapEntry>,
    written: u32,
}

impl Printer {
    fn items(&mut self, items: &[Item], depth: usize) {
        for (at, item) in items.iter().enumerate() {
            let tight = at == 0 && depth > 0;
            if (item.origin.is_some() || matches!(item.content, Content::Module { .. })) && !tight {
                self.text.push('\n');
                self.written += 1;
            }
            if let Some(origin) = &item.origin {
                let banner = format!("// {}:{}  {}", origin.file, origin.line, origin.what.replace('\n', " "));
                self.lines(&banner, depth);
                self.map.push(MapEntry {
                    line: self.written + 1,
                    file: origin.file.clone(),
                    source_line: origin.line,
                });
            }
            match &item.content {
                Content::Tokens(tokens) => self.lines(&pretty(tokens, item.origin.as_ref()), depth),
                Content::Text(text) => self.lines(text, depth),
                Content::Module { head, items } => {
                    self.lines(&format!("{head} {{"), depth);
                    self.items(items, depth + 1);
                    self.lines("}", depth);
                }
            }
        }
    }

    fn lines(&mut self, text: &str, depth: usize) {
        for line in text.lines() {
            self.written += 1;
            if line.is_empty() {
                self.text.push('\n');
            } else {
                let _ = writeln!(self.text, "{:indent$}{line}", "", indent = depth * 4);
            }
        }
    }
}

/// Formats the tokens of one item. Tokens that are no item are a mistake of the generator, which is shown with all there is to find it.
#[expect(clippy::panic, reason = "a mistake of the generator, not of its input")]
fn pretty(tokens: &TokenStream, origin: Option<&Origin>) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("bff-codegen wrote what is no Rust ({error}) for {origin:?}:\n{tokens}"),
    }
}

/// `text` as the lines of a doc comment.
pub(crate) fn docs(lines: &[String], indent: usize) -> String {
    lines.iter().fold(String::new(), |mut out, line| {
        let line = line.trim();
        let space = if line.is_empty() { "" } else { " " };
        let _ = writeln!(out, "{:indent$}///{space}{line}", "");
        out
    })
}

/// A Rust string literal.
pub(crate) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
