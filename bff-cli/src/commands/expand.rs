//! `bff expand`: the Rust that a file becomes.

use std::path::Path;

use bff_codegen::{generate, plan};

use crate::commands::{plan::no_route, service};
use crate::terminal::{Terminal, bold};
use crate::{Ending, Failure};

/// Prints the generated files, or the one of a route.
pub(crate) fn run(path: &Path, route: Option<&str>, terminal: &mut Terminal) -> Result<Ending, Failure> {
    let Some((sources, service)) = service(path, terminal)? else {
        return Ok(Ending::Mistakes);
    };
    let generated = generate::service(&service, &sources);
    let Some(wanted) = route else {
        for (name, text) in &generated.files {
            terminal.print(&format!("{}\n{text}\n", bold(&format!("// {name}"))));
        }
        return Ok(Ending::Fine);
    };
    let plan = plan::route(&service, &sources, wanted);
    let found = plan.and_then(|plan| {
        let file = format!("/{}.rs", plan.name);
        generated.files.iter().find(|(name, _)| name.ends_with(&file))
    });
    let (_, text) = found.ok_or_else(|| no_route(wanted, &plan::all(&service, &sources)))?;
    terminal.print(text);
    Ok(Ending::Fine)
}
