//! The one call in a `build.rs`: compiles a `.bff` file into the folder of the build, and tells cargo and the editor what is wrong with it.
//!
//! Together with [`crate::load`] the only place of the compiler that touches files.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity, render};
use crate::generate::{self, Generated};
use crate::load::{self, LoadError, Loaded};
use crate::source::Sources;

/// Compiles `entry`, a path beside `Cargo.toml`, into `OUT_DIR`, where `include_bff!` finds it.
///
/// Cargo is told which files to watch. Mistakes in them are shown as they are by `bff check`, the build stops, and the file that
/// `include_bff!` takes says where the first one is. Nothing is ever half-written, and what has not changed is not touched.
///
/// ```no_run
/// bff_codegen::build_script::compile("mobile.bff"); // all of a build.rs
/// ```
///
/// # Panics
/// Outside of a build script, and where the folder of the build cannot be written.
#[expect(
    clippy::panic,
    reason = "a build script has no other way to say that it cannot do its work"
)]
pub fn compile(entry: &str) {
    let Some(out) = std::env::var_os("OUT_DIR") else {
        panic!("`compile` is called from a build.rs, where cargo sets OUT_DIR; elsewhere use the command `bff`");
    };
    if let Err(error) = run(Path::new(entry), Path::new(&out), &mut io::stdout().lock()) {
        panic!(
            "the generated code of `{entry}` could not be written to {}: {error}",
            Path::new(&out).display()
        );
    }
}

/// Compiles `entry` into `out`; what cargo shall know goes to `cargo`, one instruction a line.
fn run(entry: &Path, out: &Path, cargo: &mut dyn Write) -> io::Result<()> {
    let Loaded {
        sources,
        entry: id,
        files,
    } = match load::load(entry) {
        Ok(loaded) => loaded,
        Err(error) => return not_loaded(entry, out, error, cargo),
    };
    for file in files {
        writeln!(cargo, "cargo::rerun-if-changed={}", file.display())?;
    }
    let outcome = crate::compile(&sources, id);
    tell(&sources, &outcome.diagnostics, cargo)?;
    match outcome.service {
        Some(service) => write_all(out, &generate::service(&service, &sources)),
        None if outcome.has_errors() => write_error(entry, out, &sources, &outcome.diagnostics),
        None => {
            let message = format!(
                "{} declares no client, so there is nothing to build: add `client name {{ … }}`",
                entry.display()
            );
            writeln!(cargo, "cargo::error={message}")?;
            write_compile_error(entry, out, &message)
        }
    }
}

fn not_loaded(entry: &Path, out: &Path, error: LoadError, cargo: &mut dyn Write) -> io::Result<()> {
    writeln!(cargo, "cargo::rerun-if-changed={}", entry.display())?;
    match error {
        LoadError::NotText { sources, diagnostics } => {
            tell(&sources, &diagnostics, cargo)?;
            write_error(entry, out, &sources, &diagnostics)
        }
        error @ LoadError::Io { .. } => {
            writeln!(cargo, "cargo::error={error}")?;
            write_compile_error(entry, out, &error.to_string())
        }
    }
}

/// Shows diagnostics the way cargo shows those of a build script: line by line, without a backtrace or a dump. The script ends well,
/// cargo itself then stops the build.
fn tell(sources: &Sources, diagnostics: &[Diagnostic], cargo: &mut dyn Write) -> io::Result<()> {
    for diagnostic in diagnostics {
        let word = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        for line in render::render_one(sources, diagnostic, false).lines() {
            writeln!(cargo, "cargo::{word}={line}")?;
        }
    }
    Ok(())
}

/// Puts the first error where the generated code would be: an editor then shows it at `include_bff!`.
fn write_error(entry: &Path, out: &Path, sources: &Sources, diagnostics: &[Diagnostic]) -> io::Result<()> {
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let short: Vec<String> = errors
        .map(|found| {
            let file = sources.file(found.span().file);
            let (line, column) = file.line_column(found.span().start as usize);
            format!(
                "{}:{line}:{column}: error[{}]: {}",
                file.name, found.code, found.message
            )
        })
        .collect();
    write_compile_error(entry, out, &short.join("\n"))
}

fn write_compile_error(entry: &Path, out: &Path, message: &str) -> io::Result<()> {
    // The file may be too broken to be parsed; its client is still most likely what follows the word.
    let text = fs::read_to_string(entry).unwrap_or_default();
    let declared = text
        .lines()
        .find_map(|line| line.strip_prefix("client ")?.split_whitespace().next());
    let stem = entry.file_stem().unwrap_or_default().to_string_lossy();
    let name = generate::module_name(declared.unwrap_or(&stem));
    let text = format!("compile_error!({});\n", proc_macro2::Literal::string(message));
    write_changed(&out.join(format!("{name}.rs")), text.as_bytes())
}

/// Writes the files of a service and the map of their lines; removes those of routes that are no more.
fn write_all(out: &Path, generated: &Generated) -> io::Result<()> {
    let mut kept = BTreeSet::new();
    let mut lines = String::new();
    for ((name, text), map) in generated.files.iter().zip(&generated.maps) {
        let path = out.join(name);
        write_changed(&path, text.as_bytes())?;
        kept.insert(path);
        for entry in map {
            lines.push_str(&format!("{name}:{} {}:{}\n", entry.line, entry.file, entry.source_line));
        }
    }
    let Some((service, _)) = generated.files.first() else {
        return Ok(());
    };
    write_changed(&out.join(service).with_extension("map"), lines.as_bytes())?;
    let tests = out.join(generate::tests_file(service.trim_end_matches(".rs")));
    if !kept.contains(&tests) && tests.exists() {
        fs::remove_file(tests)?;
    }
    let Ok(entries) = fs::read_dir(out.join(service).with_extension("")) else {
        return Ok(());
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.extension() == Some(OsStr::new("rs")) && !kept.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Writes a file unless it has these bytes already: under another name first, so that nobody ever sees half of it.
fn write_changed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let half = path.with_extension(format!("{}.half", std::process::id()));
    fs::write(&half, bytes)?;
    fs::rename(&half, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A folder that is gone after the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("bff-build-{name}-{}", std::process::id()));
            fs::create_dir_all(path.join("out")).unwrap();
            Folder(path)
        }

        fn write(&self, text: &str) {
            fs::write(self.0.join("mobile.bff"), text).unwrap();
        }

        fn run(&self) -> String {
            let mut told = Vec::new();
            run(&self.0.join("mobile.bff"), &self.0.join("out"), &mut told).unwrap();
            String::from_utf8(told).unwrap()
        }

        fn out(&self) -> Vec<String> {
            let mut found = Vec::new();
            let mut open = vec![self.0.join("out")];
            while let Some(folder) = open.pop() {
                for entry in fs::read_dir(folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.is_dir() {
                        open.push(path);
                    } else {
                        found.push(path.strip_prefix(self.0.join("out")).unwrap().display().to_string());
                    }
                }
            }
            found.sort();
            found
        }

        fn read(&self, name: &str) -> String {
            fs::read_to_string(self.0.join("out").join(name)).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const TWO: &str =
        "client mobile { auth: none }\nroute GET /a { respond { x: 1 } }\nroute GET /b { respond { x: 2 } }\n";
    const ONE: &str = "client mobile { auth: none }\nroute GET /a { respond { x: 1 } }\n";

    #[test]
    fn files_are_written_only_when_they_change_and_go_when_their_route_goes() {
        let folder = Folder::new("change");
        folder.write(TWO);
        let told = folder.run();
        assert!(
            told.contains("cargo::rerun-if-changed=") && told.contains("mobile.bff\n"),
            "{told}"
        );
        assert!(!told.contains("error"), "{told}");
        assert_eq!(folder.out(), ["mobile.map", "mobile.rs", "mobile/a.rs", "mobile/b.rs"]);
        let written = fs::metadata(folder.0.join("out/mobile/a.rs"))
            .unwrap()
            .modified()
            .unwrap();
        folder.write(ONE);
        folder.run();
        assert_eq!(folder.out(), ["mobile.map", "mobile.rs", "mobile/a.rs"]);
        let kept = fs::metadata(folder.0.join("out/mobile/a.rs"))
            .unwrap()
            .modified()
            .unwrap();
        assert_eq!(written, kept);
    }

    #[test]
    fn mistakes_are_shown_line_by_line_and_left_for_the_editor() {
        let folder = Folder::new("mistake");
        folder.write("client mobile { auth: none }\nroute GET /a { respond { x: query.y } }\n");
        let told = folder.run();
        let shown: Vec<&str> = told.lines().filter(|line| line.starts_with("cargo::error=")).collect();
        assert!(
            shown.len() > 3 && shown[0].starts_with("cargo::error=error[E"),
            "{told}"
        );
        assert!(shown.iter().any(|line| line.contains("mobile.bff:2:")), "{told}");
        let left = folder.read("mobile.rs");
        assert!(
            left.starts_with("compile_error!(\"") && left.contains("mobile.bff:2:"),
            "{left}"
        );
        folder.write(ONE);
        assert!(!folder.run().contains("cargo::error"));
        assert!(folder.read("mobile.rs").contains("SERVICE"));
    }

    #[test]
    fn a_missing_file_and_a_file_without_a_client_are_said_so() {
        let folder = Folder::new("nothing");
        let told = folder.run();
        assert!(told.contains("cargo::error=there is no file `"), "{told}");
        folder.write("type A { x: Int }");
        let told = folder.run();
        assert!(told.contains("declares no client"), "{told}");
        assert!(folder.read("mobile.rs").starts_with("compile_error!"));
    }
}
