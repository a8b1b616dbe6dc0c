//! The `bff` command: checks, tests, formats, explains, plans and starts `.bff` projects.
//!
//! Exit status: 0 all right, 1 mistakes in `.bff` files (or files that `fmt --check` would change), 2 wrong usage or
//! files that cannot be read or written.

mod args;
mod commands;
mod files;
mod terminal;

use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;
use terminal::Terminal;

/// Parsing makes many small things that live briefly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended, if nothing kept it from its work.
enum Ending {
    /// All right.
    Fine,
    /// There are mistakes in the user's files; they have been told.
    Mistakes,
}

/// What kept a command from its work: one line, and what to do about it.
struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Failure {
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut terminal = Terminal::new(args.color, args.format);
    let ending = match args.command {
        Command::Check { fix, dry_run, paths } => match fix {
            true => commands::fix::run(&paths, dry_run, &mut terminal),
            false => commands::check::run(&paths, &mut terminal),
        },
        Command::Fmt { check, paths } => commands::fmt::run(&paths, check, &mut terminal),
        Command::Explain { code, list } => commands::explain::run(code.as_deref(), list, &mut terminal),
        Command::Expand { file, route } => commands::expand::run(&file, route.as_deref(), &mut terminal),
        Command::Plan { file, route, svg } => {
            commands::plan::run(&file, route.as_deref(), svg.as_deref(), &mut terminal)
        }
        Command::Test {
            paths,
            name,
            list,
            release,
        } => {
            let options = commands::test::Options {
                filter: name,
                list,
                release,
            };
            commands::test::run(&paths, &options, &mut terminal)
        }
        Command::New { path } => commands::new::run(&path, &mut terminal),
        Command::Completions { shell } => commands::completions::run(shell, &mut terminal),
    };
    match ending {
        Ok(Ending::Fine) => ExitCode::SUCCESS,
        Ok(Ending::Mistakes) => ExitCode::from(1),
        Err(failure) => {
            terminal.failure(&failure);
            ExitCode::from(2)
        }
    }
}
