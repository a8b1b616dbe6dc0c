//! What checking makes of a client: demand, views, arms, conversions, seen from outside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking, helpers too"
)]

use bff_codegen::check::Checked;
use bff_codegen::ir::service::Service;
use bff_codegen::source::Sources;

/// The service of a client `shop.bff` + `client.bff`.
fn service(shop: &str, client: &str) -> Checked<Service> {
    let mut sources = Sources::new();
    sources.add("shop.bff", shop);
    let entry = sources.add("client.bff", client);
    let outcome = bff_codegen::compile(&sources, entry);
    let messages: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|it| format!("{} {} {:?}", it.code, it.message, sources.text(it.span())))
        .collect();
    outcome.service.unwrap_or_else(|| panic!("{messages:#?}"))
}

/// The fields of each view of a record.
fn views(service: &Service, name: &str) -> Vec<Vec<String>> {
    let of = service.views.iter().filter(|view| view.name == name);
    of.map(|view| view.fields.iter().map(|field| field.name.clone()).collect())
        .collect()
}

#[test]
fn the_specification_that_is_served_becomes_a_service() {
    let page = include_str!("spec/check/serves.md");
    let mut blocks = page.split("```bff file=").skip(1).map(|block| {
        let body = block.split_once('\n').unwrap().1;
        body.split("```").next().unwrap()
    });
    let (shop, client) = (blocks.next().unwrap(), blocks.next().unwrap());
    let service = service(shop, client);
    assert_eq!(service.routes.len(), 3);
    assert_eq!(views(&service, "Points"), [["balance"]]);
    assert_eq!(views(&service, "Line"), [["sku", "qty"]]);
}
