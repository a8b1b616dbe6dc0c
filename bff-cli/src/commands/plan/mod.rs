//! `bff plan`: what a route calls, what waits for what, how long it takes and how many requests it costs at worst.

mod svg;

use std::fs;
use std::path::Path;

use bff_codegen::diagnostic::suggest;
use bff_codegen::plan::{self, Plan};

use crate::commands::service;
use crate::terminal::Terminal;
use crate::{Ending, Failure};

/// Prints the plan of a route, or of all; also as a picture if a file for it is given.
pub(crate) fn run(
    path: &Path,
    route: Option<&str>,
    picture: Option<&Path>,
    terminal: &mut Terminal,
) -> Result<Ending, Failure> {
    let Some((sources, service)) = service(path, terminal)? else {
        return Ok(Ending::Mistakes);
    };
    let plans = match route {
        Some(wanted) => vec![
            plan::route(&service, &sources, wanted).ok_or_else(|| no_route(wanted, &plan::all(&service, &sources)))?,
        ],
        None => plan::all(&service, &sources),
    };
    let text: Vec<String> = plans.iter().map(plan::text::render).collect();
    terminal.print(&text.join("\n\n"));
    if let Some(file) = picture {
        let [plan] = plans.as_slice() else {
            return Err(
                Failure::new("a picture shows one route").help("name it: `bff plan mobile.bff home --svg home.svg`")
            );
        };
        fs::write(file, svg::draw(plan))
            .map_err(|error| Failure::new(format!("cannot write `{}`: {error}", file.display())))?;
    }
    Ok(Ending::Fine)
}

/// Says that there is no such route, and which there are.
pub(crate) fn no_route(wanted: &str, plans: &[Plan]) -> Failure {
    let failure = Failure::new(format!("there is no route `{wanted}`"));
    let names: Vec<&str> = plans
        .iter()
        .flat_map(|plan| [plan.name.as_str(), plan.route.as_str()])
        .collect();
    let help = suggest::did_you_mean(wanted, names).unwrap_or_else(|| {
        format!(
            "routes here: {}",
            suggest::list(plans.iter().map(|plan| plan.name.as_str()))
        )
    });
    failure.help(help)
}
