//! `cargo verify`: installs what the tests need, then checks format, lints, tests, docs, the tree and the packages.
//!
//! Every step runs even if an earlier one failed, so that one run tells everything. All steps but the packages share one target folder
//! and one set of features, so that nothing is built twice.

mod steps;
mod tools;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::style::{bold, dim, green, red, yellow};

const USAGE: &str = "\
Checks everything that a change must pass, and says at the end what was skipped and why.

Usage: cargo verify [-- STEP ...]

Without steps all of them run, in this order:
";

/// How a step ended.
pub(crate) enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

/// One part of the verification.
pub(crate) struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Outcome,
}

/// Runs the steps that the arguments name, or all.
pub(crate) fn main(arguments: &[String]) -> ExitCode {
    if arguments
        .iter()
        .any(|argument| argument == "--help" || argument == "-h")
    {
        print!(
            "{USAGE}{}",
            steps::STEPS
                .iter()
                .map(|step| format!("  {:<9} {}\n", step.name, step.about))
                .collect::<String>()
        );
        return ExitCode::SUCCESS;
    }
    if let Some(unknown) = arguments
        .iter()
        .find(|name| !steps::STEPS.iter().any(|step| step.name == **name))
    {
        eprintln!("error: no step is called `{unknown}`; `cargo verify -- --help` lists them");
        return ExitCode::from(2);
    }
    let wanted: Vec<&Step> = steps::STEPS
        .iter()
        .filter(|step| arguments.is_empty() || arguments.iter().any(|name| name == step.name))
        .collect();
    let started = Instant::now();
    let before = steps::tree_state();
    let mut results = Vec::new();
    for (at, step) in wanted.iter().enumerate() {
        println!(
            "\n{}",
            bold(format!("[{}/{}] {}: {}", at + 1, wanted.len(), step.name, step.about))
        );
        let begun = Instant::now();
        let outcome = (step.run)();
        println!("{}", mark(&outcome, begun.elapsed()));
        results.push((step.name, outcome, begun.elapsed()));
    }
    if arguments.is_empty() {
        let outcome = steps::tree_unchanged(before.as_deref());
        results.push(("tree", outcome, Duration::ZERO));
    }
    summary(&results, started.elapsed())
}

fn mark(outcome: &Outcome, took: Duration) -> String {
    match outcome {
        Outcome::Passed => format!("{} {}", green("passed"), dim(seconds(took))),
        Outcome::Failed(reason) => format!("{} {reason} {}", red("failed"), dim(seconds(took))),
        Outcome::Skipped(reason) => format!("{} {reason}", yellow("skipped")),
    }
}

fn summary(results: &[(&str, Outcome, Duration)], took: Duration) -> ExitCode {
    println!("\n{} {}", bold("Summary"), dim(seconds(took)));
    for (name, outcome, took) in results {
        println!("  {name:<9} {}", mark(outcome, *took));
    }
    let failed = results
        .iter()
        .filter(|(_, outcome, _)| matches!(outcome, Outcome::Failed(_)))
        .count();
    if failed == 0 {
        println!("{}", green("Everything that ran passed."));
        return ExitCode::SUCCESS;
    }
    println!("{}", red(format!("{failed} of {} failed.", results.len())));
    ExitCode::FAILURE
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}
