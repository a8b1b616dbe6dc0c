//! `deprecate:` of a route: the route that takes its place exists and can be reached from here.

use super::super::Checker;
use crate::diagnostic::{Diagnostic, suggest};
use crate::model::types::{Piece, Route};

impl Checker<'_> {
    /// E0607 where `use` names no route, or one that the parameters of this path do not lead to.
    pub(in crate::check) fn successor(&mut self, route: &Route) {
        let Some((path, span)) = route.promises.deprecation.as_ref().and_then(|it| it.successor.as_ref()) else {
            return;
        };
        let model = self.model;
        let Some(successor) = model.routes.iter().find(|other| other.path.text == *path) else {
            let paths: Vec<&str> = model.routes.iter().map(|it| it.path.text.as_str()).collect();
            let found = Diagnostic::error("E0607", *span, format!("no route of this client is called `{path}`"));
            let help = suggest::help(path, &paths, "routes");
            self.sink.push(crate::settings::with_help(found, help));
            return;
        };
        if successor.path.text == route.path.text && successor.method == route.method {
            let found = Diagnostic::error("E0607", *span, "a route cannot take its own place");
            self.sink.push(found.help("name another route, or leave `use` out"));
            return;
        }
        if successor
            .path
            .segments
            .iter()
            .flatten()
            .any(|piece| *piece == Piece::Rest)
        {
            let found = Diagnostic::error("E0607", *span, "a route with `*` cannot be linked to");
            self.sink.push(
                found
                    .because(successor.span, "it is declared here")
                    .help("leave `use` out"),
            );
            return;
        }
        let names = |route: &Route| -> Vec<String> {
            let record = route
                .path_inputs
                .as_ref()
                .map(|it| &model.records[it.record.0 as usize]);
            let fields = record.into_iter().flat_map(|record| &record.fields);
            fields.map(|field| field.wire.clone()).collect()
        };
        let own = names(route);
        for name in names(successor).iter().filter(|name| !own.contains(name)) {
            let text = format!("the way to `{path}` needs `{name}`, and this path has none");
            let found = Diagnostic::error("E0607", *span, text).because(route.span, "this path");
            self.sink
                .push(found.help(format!("call a parameter of this path `{name}`, or leave `use` out")));
        }
    }
}
