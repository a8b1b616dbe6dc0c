//! The steps of `cargo verify`, in the order in which they run.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Outcome, Step, tools};

pub(super) const STEPS: &[Step] = &[
    Step {
        name: "tools",
        about: "what the tests need",
        run: tools::install,
    },
    Step {
        name: "fmt",
        about: "one format",
        run: || cargo(&["fmt", "--all", "--check"]),
    },
    Step {
        name: "clippy",
        about: "no warnings in any target",
        run: clippy,
    },
    Step {
        name: "test",
        about: "every test of the workspace",
        run: || cargo(&["test", "--workspace"]),
    },
    Step {
        name: "docs",
        about: "the documentation builds without warnings",
        run: docs,
    },
    Step {
        name: "package",
        about: "what is published builds from its package alone",
        run: package,
    },
    Step {
        name: "demo",
        about: "the demo plays its own requests",
        run: || cargo(&["demo", "--once", "--free-ports"]),
    },
    Step {
        name: "deny",
        about: "licences, bans and sources of dependencies",
        run: deny,
    },
];

/// The crates that are published, each below those that it needs.
const PUBLISHED: &[&str] = &["bff-macros", "bff-core", "bff-codegen", "bff-cli"];

fn clippy() -> Outcome {
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn docs() -> Outcome {
    run(crate::cargo()
        .args(["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings"))
}

/// Packages what is published, together, so that none needs another one from a registry, and builds each package
/// alone. Nothing is downloaded, as everything is here by now. In a target folder of its own: cargo takes a package of one
/// version for the same for ever, so what an earlier run has built of ours is removed there, and only there.
fn package() -> Outcome {
    let Some(target) = target_folder().map(|target| PathBuf::from(target).join("verify-package")) else {
        return Outcome::Failed("`cargo metadata` does not tell the target folder".to_owned());
    };
    let mut command = crate::cargo();
    command.args(["package", "--allow-dirty", "--offline"]);
    for name in PUBLISHED {
        command.args(["-p", name]);
    }
    forget_unpacked();
    forget_built(&target);
    run(command
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_PROFILE_DEV_DEBUG", "false"))
}

fn forget_built(target: &Path) {
    for built in std::fs::read_dir(target.join("debug/.fingerprint"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = built.file_name();
        if PUBLISHED.iter().any(|ours| name.to_string_lossy().starts_with(ours)) {
            // Where there is none, there is nothing to forget.
            let _ = std::fs::remove_dir_all(built.path());
        }
    }
}

/// Cargo unpacks each package of an earlier run only once for its version, and would build what it was then.
fn forget_unpacked() {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let Some(home) = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo"))) else {
        return;
    };
    for registry in ["src", "cache"].map(|part| home.join("registry").join(part)) {
        for registry in std::fs::read_dir(registry).into_iter().flatten().flatten() {
            for name in PUBLISHED {
                let unpacked = registry.path().join(format!("{name}-{}", env!("CARGO_PKG_VERSION")));
                // Where there is none, there is nothing to forget.
                let _ = std::fs::remove_dir_all(&unpacked);
                let _ = std::fs::remove_file(format!("{}.crate", unpacked.display()));
            }
        }
    }
}

fn target_folder() -> Option<String> {
    let output = crate::cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    Some(metadata["target_directory"].as_str()?.to_owned())
}

fn deny() -> Outcome {
    if !tools::succeeds(&["cargo", "deny", "--version"]) {
        return Outcome::Skipped("cargo-deny is not installed (`cargo install --locked cargo-deny`)".to_owned());
    }
    cargo(&["deny", "check", "licenses", "bans", "sources"])
}

/// The changed and unknown files of the tree with their differences; nothing where there is no git.
pub(super) fn tree_state() -> Option<String> {
    let read = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(arguments)
            .output()
            .ok()
            .filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    Some(read(&["status", "--porcelain"])? + &read(&["diff", "HEAD"])?)
}

/// Whether the tree is as it was before the tests: goldens that a test rewrites belong into the commit.
pub(super) fn tree_unchanged(before: Option<&str>) -> Outcome {
    match (before, tree_state()) {
        (Some(before), Some(after)) if before == after => Outcome::Passed,
        (Some(_), Some(_)) => Outcome::Failed("a step changed files of the tree; `git status` shows them".to_owned()),
        _ => Outcome::Skipped("this is no git checkout".to_owned()),
    }
}

fn cargo(arguments: &[&str]) -> Outcome {
    run(crate::cargo().args(arguments))
}

fn run(command: &mut Command) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Outcome::Passed,
        Ok(status) => Outcome::Failed(status.to_string()),
        Err(cause) => Outcome::Failed(format!("could not be started: {cause}")),
    }
}
