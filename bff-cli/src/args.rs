//! The command line, as `--help` tells it.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// One `.bff` file per front end, compiled into a type-checked gateway.
#[derive(Parser)]
#[command(name = "bff", version, propagate_version = true, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// How diagnostics are shown: drawn with their source, one JSON object a line, or `file:line:column: message`
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,

    /// Whether to use colours; `auto` does on a terminal unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

const EXAMPLES: &str = "\
Examples:
  bff new shop-bff             start a project that builds and serves at once
  bff check                    find what is wrong in all .bff files from here down
  bff check mobile.bff         the same for one file and what it imports
  bff fmt                      lay out all .bff files
  bff test                     run the tests that stand in the files
  bff explain E0301            what a code means, with examples
  bff plan mobile.bff home     what the route calls, and how long it takes at worst

Exit status: 0 all right, 1 mistakes in .bff files, 2 wrong usage or unreadable files";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Find what is wrong in .bff files
    #[command(after_help = "\
Examples:
  bff check                        all .bff files from here down
  bff check mobile.bff web.bff     these, with what they import
  bff check --format short         one line per diagnostic, as editors read them
  bff check --format json          one JSON object per line, with spans and fixes
  bff check --fix                  apply the fixes, show what changed, and check what is left
  bff check --fix --dry-run        only show what would change; status 1 if anything would")]
    Check {
        /// Apply the edits that diagnostics carry, as long as they change anything
        #[arg(long)]
        fix: bool,
        /// With `--fix`: show what would change, write nothing
        #[arg(long, requires = "fix")]
        dry_run: bool,
        /// Files, or folders to search; this folder if none is given
        #[arg(value_name = "FILE|FOLDER")]
        paths: Vec<PathBuf>,
    },

    /// Lay out .bff files: the one form, no options, comments stay
    #[command(after_help = "\
Examples:
  bff fmt                    all .bff files from here down, in place
  bff fmt --check            change nothing, show the differences, status 1 if there are any
  bff fmt - < home.bff       from standard input to standard output, for editors")]
    Fmt {
        /// Change nothing; show what would change and end with status 1 if anything would
        #[arg(long)]
        check: bool,
        /// Files, folders to search, or `-` for standard input; this folder if none is given
        #[arg(value_name = "FILE|FOLDER|-")]
        paths: Vec<PathBuf>,
    },

    /// Tell what a diagnostic means, with an example of what is wrong and what is right
    #[command(after_help = "\
Examples:
  bff explain E0301
  bff explain --list         all codes with their titles")]
    Explain {
        /// A code, as it stands in brackets behind `error`: E0301
        #[arg(required_unless_present = "list")]
        code: Option<String>,
        /// List all codes
        #[arg(long, conflicts_with = "code")]
        list: bool,
    },

    /// Print the Rust that a .bff file becomes
    #[command(after_help = "\
Examples:
  bff expand mobile.bff            the service and all its routes
  bff expand mobile.bff home       one route, by its name or as `GET /home`")]
    Expand {
        /// The file of a client
        file: PathBuf,
        /// One route: its name, its path, or `GET /path`
        route: Option<String>,
    },

    /// Show what a route calls, what waits for what, and how long it takes at worst
    #[command(after_help = "\
Examples:
  bff plan mobile.bff                          all routes
  bff plan mobile.bff home                     one route, by its name or as `GET /home`
  bff plan mobile.bff home --svg home.svg      also as a picture")]
    Plan {
        /// The file of a client
        file: PathBuf,
        /// One route: its name, its path, or `GET /path`
        route: Option<String>,
        /// Also draw the route into this file
        #[arg(long, value_name = "FILE", requires = "route")]
        svg: Option<PathBuf>,
    },

    /// Run the tests that stand in .bff files
    #[command(after_help = "\
Examples:
  bff test                         all tests of all .bff files from here down
  bff test mobile.bff              the tests of one file
  bff test --name recommender      those with this word in their name
  bff test --list                  name them, run nothing

A test says what the services behind answer, what is sent, and what is expected:
  test \"home survives an outage\" {
    mock users.get          => { id: \"u1\", name: \"Ada\" }
    mock recommender.forUser => fail timeout after 200ms
    send GET /mobile/home
    expect 200 { user: { name: \"Ada\" }, degraded: [\"recs\"], ... }
  }
The clock is paused: delays and timeouts take no real time. `cargo test` runs the same tests.

Exit status: 0 all passed, 1 a test failed or a file has mistakes, 2 wrong usage")]
    Test {
        /// Files, or folders to search; this folder if none is given
        #[arg(value_name = "FILE|FOLDER")]
        paths: Vec<PathBuf>,
        /// Only tests with this in their name, whatever its case
        #[arg(long, short, value_name = "TEXT")]
        name: Option<String>,
        /// Name the tests, run nothing
        #[arg(long)]
        list: bool,
        /// Build with optimisations
        #[arg(long)]
        release: bool,
    },

    /// Start a project that builds and serves at once
    #[command(after_help = "\
Example:
  bff new shop-bff
  cd shop-bff
  cargo run                  then: curl 'http://127.0.0.1:8080/hello?name=Ada'")]
    New {
        /// The folder to make; its last part is the name of the package
        #[arg(value_name = "NAME")]
        path: PathBuf,
    },

    /// Print a completion script for a shell
    #[command(after_help = "\
Examples:
  bff completions bash > ~/.local/share/bash-completion/completions/bff
  bff completions zsh > ~/.zfunc/_bff
  bff completions fish > ~/.config/fish/completions/bff.fish")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// How diagnostics are shown.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Drawn with their source, for people (standard error)
    Human,
    /// One JSON object per line (standard output)
    Json,
    /// `file:line:column: error[E0201]: message` (standard output)
    Short,
}

/// Whether to use colours.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
