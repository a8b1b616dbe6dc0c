//! `bff explain`: the page of a code.

use bff_codegen::diagnostic::suggest;

use crate::terminal::{Terminal, bold};
use crate::{Ending, Failure};

/// A page of `docs/errors`.
struct Page {
    /// `E0301`
    code: &'static str,
    /// The page, in Markdown.
    text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// Prints the page of a code, or the list of all.
pub(crate) fn run(code: Option<&str>, list: bool, terminal: &mut Terminal) -> Result<Ending, Failure> {
    match code {
        Some(code) if !list => {
            let page = find(code)?;
            terminal.print(&readable(page.text));
        }
        _ => terminal.print(
            &PAGES
                .iter()
                .map(|page| format!("{}  {}\n", page.code, title(page)))
                .collect::<String>(),
        ),
    }
    Ok(Ending::Fine)
}

/// Whether a code has a page.
pub(crate) fn knows(code: &str) -> bool {
    PAGES.iter().any(|page| page.code == code)
}

/// What stands behind the code in the page's heading.
fn title(page: &Page) -> &'static str {
    let heading = page
        .text
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches('#')
        .trim();
    heading
        .strip_prefix(page.code)
        .unwrap_or(heading)
        .trim_start_matches([':', ' '])
}

/// `E0301`, also written `e301`, `301` or `error[E0301]`.
fn find(wanted: &str) -> Result<&'static Page, Failure> {
    let bare = wanted
        .rsplit('[')
        .next()
        .unwrap_or(wanted)
        .trim_end_matches(']')
        .to_ascii_uppercase();
    let digits = bare.trim_start_matches(['E', 'W']).trim_start_matches('0');
    let same = |page: &&Page| {
        let has_letter = bare.starts_with(['E', 'W']);
        (!has_letter || page.code.starts_with(&bare[..1])) && page.code[1..].trim_start_matches('0') == digits
    };
    if let Some(page) = PAGES.iter().find(same) {
        return Ok(page);
    }
    let near = nearest(&bare);
    let help = match near.as_slice() {
        [] => "all codes: `bff explain --list`".to_owned(),
        near => format!(
            "codes near it: {}. All: `bff explain --list`",
            suggest::list(near.iter().copied())
        ),
    };
    Err(Failure::new(format!("there is no code `{wanted}`")).help(help))
}

/// Codes of the same hundred, or one letter away.
fn nearest(wanted: &str) -> Vec<&'static str> {
    let codes = PAGES.iter().map(|page| page.code);
    codes
        .filter(|code| code.get(..3) == wanted.get(..3) || suggest::closest(wanted, [*code]).is_some())
        .take(8)
        .collect()
}

/// Markdown as it reads on a terminal: headings in bold, code moved in, no fences.
fn readable(text: &str) -> String {
    let mut out = String::new();
    let mut code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            code = !code;
        } else if code && !line.is_empty() {
            out += &format!("    {line}\n");
        } else if !code && line.starts_with('#') {
            out += &format!("{}\n", bold(line.trim_start_matches('#').trim()));
        } else {
            out += &format!("{line}\n");
        }
    }
    out
}
