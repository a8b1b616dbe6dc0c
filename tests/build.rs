//! Compiles the service of every scenario and lists them for the runner.

use std::fmt::Write as _;
use std::path::Path;

#[path = "src/lib.rs"]
#[allow(dead_code, unreachable_pub, missing_docs)]
mod scenario;

#[allow(clippy::panic, reason = "a build script reports by failing")]
fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    println!("cargo::rerun-if-changed=scenarios");
    println!("cargo::rerun-if-changed=src/lib.rs");
    let mut pages: Vec<_> = std::fs::read_dir(&root)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    pages.sort();
    let mut list = String::new();
    for page in pages
        .iter()
        .filter(|page| page.extension().is_some_and(|it| it == "md"))
    {
        let stem = page
            .file_stem()
            .map(|it| it.to_string_lossy().into_owned())
            .unwrap_or_default();
        let text = std::fs::read_to_string(page).unwrap_or_default();
        let spec = scenario::spec(&text).unwrap_or_else(|| panic!("{stem}.md has no bff block"));
        let name = format!("{stem}.bff");
        let mut sources = bff_codegen::source::Sources::new();
        let entry = sources.add(name, spec);
        let outcome = bff_codegen::compile(&sources, entry);
        let Some(service) = &outcome.service else {
            for line in bff_codegen::diagnostic::render::render(&sources, &outcome.diagnostics, false).lines() {
                println!("cargo::error={line}");
            }
            continue;
        };
        for (path, text) in bff_codegen::generate::service(service, &sources).files {
            let path = Path::new(&out).join(path);
            let _ = path.parent().map(std::fs::create_dir_all);
            if std::fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
                std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            }
        }
        let _ = writeln!(list, "bff_core::include_bff!(\"{stem}\");");
    }
    let names = pages
        .iter()
        .filter_map(|page| page.file_stem())
        .map(|it| it.to_string_lossy());
    let rows: Vec<String> = names
        .map(|name| format!("(\"{name}\", &{name}::SERVICE, {name}::router)"))
        .collect();
    let _ = writeln!(
        list,
        "pub(crate) static SCENARIOS: &[super::Scenario] = &[{}];",
        rows.join(", ")
    );
    std::fs::write(Path::new(&out).join("scenarios.rs"), list).unwrap_or_else(|error| panic!("{error}"));
}
