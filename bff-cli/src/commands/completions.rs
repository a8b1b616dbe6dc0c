//! `bff completions`: scripts that complete the command line.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Args;
use crate::terminal::Terminal;
use crate::{Ending, Failure};

/// Prints the script of a shell.
pub(crate) fn run(shell: Shell, terminal: &mut Terminal) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "bff", &mut script);
    terminal.print(&String::from_utf8_lossy(&script));
    Ok(Ending::Fine)
}
