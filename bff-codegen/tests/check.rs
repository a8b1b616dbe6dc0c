//! What checking makes of a client: demand, views, arms, conversions, seen from outside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking, helpers too"
)]

use bff_codegen::check::Checked;
use bff_codegen::ir::service::{CallArm, Service};
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

/// A client of `routes` routes over one shop, each with calls, fallbacks and shapes.
fn large(routes: usize) -> String {
    let shop = r#"
client large { mount: /large, auth: none, max_calls: 100 }
type Money { amount: Decimal, currency: String }
type User { id: ID, name: String, boss: ID?, tier: Tier }
type Order { id: ID, total: Money, lines: [Line] }
type Line { sku: ID, qty: Int }
enum Tier { BASIC = "basic", GOLD = "gold" }
upstream shop {
  base: "http://shop.test"
  op user(id: ID): User = GET /users/{id}
  op orders(of: ID, limit: Int?): [Order] = GET /orders
}
fragment Card on Order { id, total { amount, currency }, count: .lines.count() }
"#;
    let route = |n: usize| {
        format!(
            r#"
route GET /r{n}/{{id}} {{
  query {{ limit: Int(1..20) = 10 }}
  call me = shop.user(id: path.id)
  call boss = shop.user(id: me.boss) when me.boss != null else null
  call recent = shop.orders(of: me.id, limit: query.limit) {{ timeout: 200ms }} on 404 => [] else null
  call more = shop.orders(of: path.id) else [{{ id: "1", total: {{ amount: 1, currency: "EUR" }}, lines: [] }}]
  let label = "${{me.name}} ({n})"
  respond {{
    me {{ id, name, label: label, level: match (.tier) {{ GOLD => "plus", BASIC => "basic" }} }}
    boss: boss?.name ?? "nobody"
    recent: recent {{ ...Card, skus: .lines[].sku, lines {{ sku, many: .qty > 1 }} }}
    more: more {{ ...Card }}
    degraded: partial
  }}
}}"#
        )
    };
    shop.to_owned() + &(0..routes).map(route).collect::<String>()
}

#[test]
fn equal_views_of_many_routes_are_one() {
    let service = service("", &large(100));
    assert_eq!(service.routes.len(), 100);
    // `recent` reads two fields of its lines, `more` only counts them.
    let lines: Vec<Vec<String>> = vec![vec!["sku".into(), "qty".into()], Vec::new()];
    assert_eq!(views(&service, "Line"), lines);
    assert_eq!(views(&service, "Order").len(), 2);
}

#[test]
fn a_fallback_may_leave_out_what_nothing_reads() {
    let service = service("", &large(1));
    let more = service.routes[0].calls.iter().find(|call| call.name == "more").unwrap();
    let CallArm::Json(text, _) = &more.or[0] else {
        panic!("{:?}", more.or);
    };
    assert_eq!(text, r#"[{"id":"1","total":{"amount":1,"currency":"EUR"},"lines":[]}]"#);
}

#[test]
fn whatever_the_bytes_there_is_an_answer() {
    let text = large(1);
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    // Words of the file in other places: what parses but means nothing reaches the checker.
    let words: Vec<&str> = text.split_inclusive([' ', '\n', '.', '(', ')', ',']).collect();
    for _ in 0..60 {
        let mut mixed = words.clone();
        for _ in 0..=random(4) {
            let (to, from) = (random(words.len()), random(words.len()));
            mixed[to] = words[from];
        }
        let mut sources = Sources::new();
        let entry = sources.add("client.bff", mixed.concat());
        let outcome = bff_codegen::compile(&sources, entry);
        assert_eq!(outcome.service.is_some(), !outcome.has_errors());
    }
}
