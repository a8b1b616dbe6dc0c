//! Puts the pages of `docs/errors` into the command, for `bff explain`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // `pages` is a link, which a checkout on Windows may not have.
    let folder = [Path::new("pages"), Path::new("../docs/errors")];
    let folder = folder.into_iter().find(|it| it.is_dir()).unwrap_or(folder[0]);
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut pages: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    pages.retain(|page| page.extension().is_some_and(|it| it == "md") && is_code(page));
    pages.sort();
    let mut table = String::from("/// All pages, by code.\nstatic PAGES: &[Page] = &[\n");
    for page in &pages {
        println!("cargo::rerun-if-changed={}", page.display());
        let code = page.file_stem().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(page)?;
        let _ = writeln!(table, "    Page {{ code: {code:?}, text: {text:?} }},");
    }
    table.push_str("];\n");
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("pages.rs"), table)
}

/// `E0301.md`, `W0610.md`.
fn is_code(page: &Path) -> bool {
    let name = page.file_stem().unwrap_or_default().to_string_lossy();
    name.len() == 5 && name.starts_with(['E', 'W']) && name[1..].bytes().all(|byte| byte.is_ascii_digit())
}
