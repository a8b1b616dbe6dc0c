//! Products of 40 fields, search over them, and categories.

use std::sync::LazyLock;

use http::StatusCode;
use serde_json::{Value, json};

use super::random::Random;
use super::words::{ADJECTIVES, BRANDS, CATEGORIES, COLOURS, COUNTRIES, MATERIALS, NOUNS};
use super::{PRODUCTS, decimal, index, moment, money, page};
use crate::endpoints::Reply;
use crate::request::Ask;

static ALL: LazyLock<Vec<Value>> = LazyLock::new(|| (1..=PRODUCTS).map(make).collect());

/// Makes the products now.
pub(super) fn prepare() {
    LazyLock::force(&ALL);
}

/// One product by id.
pub(super) fn by_id(id: &str) -> Option<&'static Value> {
    index(id, "p", PRODUCTS).and_then(|at| ALL.get(at))
}

/// What a product costs, in cents. The other modules compute with it.
pub(super) fn price_cents(number: u64) -> i64 {
    let mut random = Random::of("price", number);
    random.signed(4, 400) * 100 - 10
}

/// The seller of a product.
pub(super) fn seller(number: u64) -> String {
    format!("s{}", 1 + number % super::ORGS)
}

/// What a product is called.
pub(super) fn title(number: u64) -> String {
    let mut random = Random::of("title", number);
    format!("{} {}", random.pick(ADJECTIVES), random.pick(NOUNS))
}

/// `GET /v2/products/{id}`.
#[must_use]
pub fn product(ask: &Ask) -> Reply {
    Reply::found(by_id(ask.id()).cloned(), "product")
}

/// `GET /v2/products?id=`: those that exist, in the order asked for.
#[must_use]
pub fn products(ask: &Ask) -> Reply {
    Reply::ok(ask.list("id").into_iter().filter_map(by_id).cloned().collect())
}

/// `GET /v2/search`: every word of `q` must be in the title, the brand or the category.
#[must_use]
pub fn search(ask: &Ask) -> Reply {
    let words: Vec<String> = ask
        .get("q")
        .unwrap_or("")
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let most: Option<f64> = ask.get("maxPrice").and_then(|text| text.parse().ok());
    let mut found: Vec<&Value> = ALL
        .iter()
        .filter(|product| words.iter().all(|word| text_of(product).contains(word.as_str())))
        .filter(|product| ask.get("category").is_none_or(|wanted| product["category"] == wanted))
        .filter(|product| most.is_none_or(|most| price_of(product) <= most))
        .filter(|product| ask.get("inStock") != Some("true") || product["stock"] != 0)
        .collect();
    match ask.get("sort").unwrap_or("relevance") {
        "relevance" => {}
        "price" => found.sort_by(|a, b| price_of(a).total_cmp(&price_of(b))),
        "-price" => found.sort_by(|a, b| price_of(b).total_cmp(&price_of(a))),
        "newest" => found.sort_by(|a, b| b["createdAt"].as_str().cmp(&a["createdAt"].as_str())),
        _ => {
            return Reply::refuse(
                StatusCode::BAD_REQUEST,
                "sort is one of relevance, price, -price, newest",
            );
        }
    }
    match page(&found, ask.get("page"), ask.number("limit", 20, 100)) {
        Ok(page) => Reply::ok(page),
        Err(reason) => Reply::refuse(StatusCode::BAD_REQUEST, reason),
    }
}

/// `GET /v2/categories`.
#[must_use]
pub fn categories(_: &Ask) -> Reply {
    let category = |(place, name): (usize, &&str)| {
        let products = ALL.iter().filter(|product| product["category"] == **name).count();
        json!({ "id": format!("c{}", place + 1), "slug": name, "name": capital(name), "products": products, "parent": null })
    };
    Reply::ok(CATEGORIES.iter().enumerate().map(category).collect())
}

fn capital(word: &str) -> String {
    let mut text = word.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn text_of(product: &Value) -> String {
    ["title", "brand", "category"]
        .map(|field| product[field].as_str().unwrap_or("").to_lowercase())
        .join(" ")
}

fn price_of(product: &Value) -> f64 {
    product["price"]["amount"]
        .as_str()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0.0)
}

fn make(number: u64) -> Value {
    let mut random = Random::of("product", number);
    let mut product = shown(&mut random, number);
    if let (Some(product), Value::Object(inner)) = (product.as_object_mut(), hidden(&mut random, number)) {
        product.extend(inner);
    }
    product
}

/// What a shopper sees of a product.
fn shown(r: &mut Random, number: u64) -> Value {
    let (title, price) = (title(number), price_cents(number));
    let images = 1 + r.range(0, 3);
    json!({
        "id": format!("p{number}"),
        "sku": format!("p{number}"),
        "title": title,
        "subtitle": r.sentence(5),
        "description": r.sentence(40),
        "brand": r.pick(BRANDS),
        "category": r.pick(CATEGORIES),
        "tags": [r.pick(COLOURS), r.pick(MATERIALS)],
        "price": money(price),
        "listPrice": if r.chance(30) { money(price + price / 5) } else { Value::Null },
        "images": (1..=images).map(|at| json!({
            "url": format!("https://img.shop.example/p/{number}/{at}.webp"), "width": 1200, "height": 900, "alt": title,
        })).collect::<Vec<_>>(),
        "stock": if r.chance(12) { 0 } else { r.range(1, 400) },
        "availability": r.pick(&["in_stock", "in_stock", "backorder", "preorder"]),
        "rating": if r.chance(15) { Value::Null } else { json!(r.range(25, 50) as f64 / 10.0) },
        "reviewCount": r.range(0, 900),
        "colour": r.pick(COLOURS),
        "material": r.pick(MATERIALS),
        "dimensions": { "widthMm": r.range(50, 2000), "heightMm": r.range(50, 2000), "depthMm": r.range(50, 900) },
        "weightGrams": r.range(100, 40_000),
        "deliveryDays": r.range(1, 14),
        "seller": { "id": seller(number), "name": super::accounts::org_name(1 + number % super::ORGS) },
        "createdAt": moment(r.signed(0, 400_000)),
        "updatedAt": moment(r.signed(400_000, 520_000)),
    })
}

/// What no shopper should see.
fn hidden(r: &mut Random, number: u64) -> Value {
    let price = price_cents(number);
    json!({
        "cost": money(price * r.signed(45, 70) / 100),
        "marginPercent": decimal(r.signed(2_000, 5_500)),
        "supplier": { "id": format!("sup{}", r.range(1, 40)), "contact": format!("supply{}@shop.example", r.range(1, 40)) },
        "purchasePriceHistory": (0..4).map(|_| decimal(price * r.signed(40, 70) / 100)).collect::<Vec<_>>(),
        "warehouse": r.pick(&["BER1", "HAM2", "LYS1", "MAD3"]),
        "shelf": r.hex(6),
        "gtin": r.range(1_000_000_000_000, 9_999_999_999_999).to_string(),
        "hsCode": r.range(100_000, 999_999).to_string(),
        "originCountry": r.pick(COUNTRIES),
        "taxClass": "standard",
        "returnRate": decimal(r.signed(0, 2_500)),
        "searchBoost": decimal(r.signed(50, 200)),
        "seo": { "title": title(number), "slug": format!("product-{number}"), "keywords": [r.pick(COLOURS), r.pick(NOUNS)] },
        "experiments": { "price": r.pick(&["a", "b"]) },
        "erpId": r.range(10_000_000, 99_999_999),
        "revision": r.range(1, 60),
        "internalNote": r.sentence(12),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_has_forty_fields() {
        assert_eq!(ALL[0].as_object().map(serde_json::Map::len), Some(40));
    }

    #[test]
    fn the_shop_has_what_the_screens_must_cope_with() {
        assert!(ALL.iter().any(|product| product["stock"] == 0), "something is sold out");
        assert!(
            ALL.iter().any(|product| product["rating"].is_null()),
            "something has no rating"
        );
        assert!(
            ALL.iter().any(|product| product["listPrice"].is_object()),
            "something is reduced"
        );
    }
}
