//! What the tests need beyond cargo, and how it is installed where it can be. Later issues add their servers here.

use std::process::{Command, Stdio};

use super::Outcome;

/// One thing that must be there.
struct Tool {
    name: &'static str,
    why: &'static str,
    /// A command that succeeds when it is there.
    probe: &'static [&'static str],
    /// A command that installs it; an empty one means that the user must.
    install: &'static [&'static str],
}

const TOOLS: &[Tool] = &[
    Tool {
        name: "rustfmt",
        why: "the format check",
        probe: &["cargo", "fmt", "--version"],
        install: &["rustup", "component", "add", "rustfmt"],
    },
    Tool {
        name: "clippy",
        why: "the lints",
        probe: &["cargo", "clippy", "--version"],
        install: &["rustup", "component", "add", "clippy"],
    },
    Tool {
        name: "git",
        why: "the check that tests leave the tree alone",
        probe: &["git", "--version"],
        install: &[],
    },
];

/// Installs what is missing. Fails with the names of what cannot be installed here.
pub(super) fn install() -> Outcome {
    let mut missing = Vec::new();
    for tool in TOOLS {
        if succeeds(tool.probe) {
            println!("  {} is there ({})", tool.name, tool.why);
        } else if tool.install.is_empty() || !succeeds(tool.install) || !succeeds(tool.probe) {
            missing.push(format!("{} (for {})", tool.name, tool.why));
        } else {
            println!("  {} installed ({})", tool.name, tool.why);
        }
    }
    if missing.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Failed(format!("missing: {}", missing.join(", ")))
    }
}

/// Whether a command is there and succeeds; what it says is not shown.
pub(super) fn succeeds(command: &[&str]) -> bool {
    let Some((program, arguments)) = command.split_first() else {
        return false;
    };
    let mut command = if *program == "cargo" {
        crate::cargo()
    } else {
        Command::new(program)
    };
    command
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
