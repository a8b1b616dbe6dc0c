//! Colours for the terminal; none when the output is a file or `NO_COLOR` is set.

use std::fmt::Display;
use std::io::IsTerminal;
use std::sync::LazyLock;

static COLOURED: LazyLock<bool> = LazyLock::new(|| {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && std::io::stdout().is_terminal()
});

/// Headings and names.
pub(crate) fn bold(text: impl Display) -> String {
    paint("1", text)
}

/// What went well.
pub(crate) fn green(text: impl Display) -> String {
    paint("32", text)
}

/// What went wrong.
pub(crate) fn red(text: impl Display) -> String {
    paint("31", text)
}

/// What was left out.
pub(crate) fn yellow(text: impl Display) -> String {
    paint("33", text)
}

/// What may be read later.
pub(crate) fn dim(text: impl Display) -> String {
    paint("2", text)
}

/// What can be pasted.
pub(crate) fn cyan(text: impl Display) -> String {
    paint("36", text)
}

fn paint(code: &str, text: impl Display) -> String {
    if *COLOURED {
        format!("\x1b[{code}m{text}\x1b[0m")
    } else {
        text.to_string()
    }
}
