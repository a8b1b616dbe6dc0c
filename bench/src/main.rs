//! Measures a bff gateway beside a hand-written one and a plain proxy: CPU time per request, the same answers, one run.
//!
//! `cargo run --release -p bff-bench` does everything on loopback; README.md has results and says what is measured.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to its user"
)]
mod building;
mod contender;
mod hand;
mod home_screen;
mod load;
mod measure;
mod nginx;
mod payload;
mod upstream;

bff_core::include_bff!("bench");
bff_core::include_bff!("home");

use std::process::ExitCode;

/// What can go wrong in a benchmark: nothing is handled, everything is shown.
type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        // The contenders are processes of their own, so that their CPU time can be told apart.
        ["ours"] => bff_core::serve(&bench::SERVICE).run(),
        ["hand", address, upstream] => report(hand::serve(address, upstream)),
        [] => report(measure::run(measure::Effort::FULL)),
        ["--quick"] => report(measure::run(measure::Effort::QUICK)),
        ["home"] => report(home_screen::run()),
        ["build"] => report(building::run(&[10, 100, 500])),
        ["build", ref sizes @ ..] => report(
            sizes
                .iter()
                .map(|it| Ok(it.parse()?))
                .collect::<Result<Vec<_>>>()
                .and_then(|it| building::run(&it)),
        ),
        _ => {
            eprintln!("usage: cargo run --release -p bff-bench [-- --quick | -- home | -- build [ROUTES…]]");
            ExitCode::from(2)
        }
    }
}

fn report(result: Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
