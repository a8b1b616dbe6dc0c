//! The checked service as Rust: one file for the service, one for each route.
//!
//! What is declared is written as tables, what is computed as short typed functions; see `bff-core` for what they are written against.

mod choice;
mod contract;
mod convert;
mod effects;
mod entry;
mod expr;
mod extern_fn;
mod function;
mod held;
mod invoke;
mod list;
mod literal;
mod liveness;
mod locale;
mod map;
mod names;
mod output;
mod param;
mod record;
mod route;
mod row;
mod select;
mod service;
mod shape;
mod spec_test;
mod states;
mod text;
mod view;
mod world;

#[cfg(test)]
mod tests;

pub(crate) use service::parse_millis;
pub use text::MapEntry;

use crate::ir::service::Service;
use crate::source::Sources;

/// The Rust of a service.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// Relative path (`mobile.rs`, `mobile/home.rs`) and text, the service's own file first.
    pub files: Vec<(String, String)>,
    /// For each file, which of its lines come from which line of the `.bff` files.
    pub maps: Vec<Vec<MapEntry>>,
}

/// Writes a service as Rust. `entry` is the name of its `.bff` file as a comment shows it.
pub fn service(service: &Service, sources: &Sources) -> Generated {
    let mut world = world::World::new(service, sources);
    let client = names::snake(&service.client.name);
    let entry = sources.file(service.client.span.file).name.clone();
    let entry = entry.rsplit('/').next().unwrap_or(&entry).to_owned();
    let mut generated = Generated::default();
    let mut add = |path: String, items: &[text::Item]| {
        let (text, map) = text::file(&entry, items);
        generated.files.push((path, text));
        generated.maps.push(map);
    };
    let operations = service::operations(&mut world);
    // The service's own file comes last, when it is known what the routes want of it.
    for (at, module) in world.routes.iter().enumerate() {
        add(format!("{client}/{module}.rs"), &route::items(&world, at));
    }
    add(format!("{client}.rs"), &service::items(&world, operations));
    generated.files.rotate_right(1);
    generated.maps.rotate_right(1);
    let tests = spec_test::items(&world);
    if !tests.is_empty() {
        let (text, map) = text::file(&entry, &tests);
        generated.files.push((tests_file(&client), text));
        generated.maps.push(map);
    }
    generated
}

/// The file of a client's tests.
pub(crate) fn tests_file(client: &str) -> String {
    format!("{client}_tests.rs")
}

/// Where a test stands in the crate that includes the client, `mobile_tests::home_survives`.
pub fn test_path(service: &Service, test: &crate::ir::test::Test) -> String {
    let (client, function) = (names::snake(&service.client.name), names::snake(&test.function));
    format!("{client}_tests::{function}")
}

/// The module and file of a client with this name.
pub(crate) fn module_name(client: &str) -> String {
    names::snake(client)
}
