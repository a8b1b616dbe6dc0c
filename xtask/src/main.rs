//! The two commands of the README: `cargo demo` and `cargo verify`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to its user"
)]

mod demo;
mod style;
mod verify;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo demo [-- --once]     start the shop and the three example BFFs
       cargo verify [-- STEP ...] check everything that a change must pass

`cargo demo -- --help` and `cargo verify -- --help` say more.
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    // `cargo demo -- --once` hands the dashes on, as the alias already has its own.
    let rest: Vec<String> = arguments.filter(|argument| argument != "--").collect();
    match command.as_deref() {
        Some("demo") => demo::main(&rest),
        Some("verify") => verify::main(&rest),
        Some("--help" | "-h") => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// The cargo that runs us, so that both use the same toolchain.
fn cargo() -> std::process::Command {
    std::process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
