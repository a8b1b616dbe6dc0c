//! What the engine costs without a network: the home screen of home.bff beside the same written by hand with serde, upstreams in
//! memory, one thread, both behind an axum router.
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bff_core::Gateway;
use bff_core::error::Failure;
use bff_core::upstream::{Custom, Inbound, Outbound, Transport};
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::{Result, home};

/// How many samples of how many requests.
const SAMPLES: usize = 15;
const REQUESTS: u32 = 2_000;

/// Checks that both give the same answer, then lets them take turns and prints the least time of each.
pub(crate) fn run() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let shop = Arc::new(Shop::new());
        let gateway = Gateway::builder(&home::SERVICE).transport(Transport::Dyn(Arc::clone(&shop) as Arc<dyn Custom>));
        let ours = home::router(gateway.build().map_err(|problems| format!("{problems:?}"))?);
        let hand = Router::new().route("/home/{user}", get(by_hand)).with_state(shop);
        let (first, second) = (answer(&ours).await?, answer(&hand).await?);
        let (read, other): (Value, Value) = (serde_json::from_slice(&first)?, serde_json::from_slice(&second)?);
        if read != other {
            return Err(format!("bff answers {read}, by hand it is {other}").into());
        }
        let mut least = [Duration::MAX; 2];
        for _ in 0..SAMPLES {
            for (least, router) in least.iter_mut().zip([&ours, &hand]) {
                let start = Instant::now();
                for _ in 0..REQUESTS {
                    answer(router).await?;
                }
                *least = (*least).min(start.elapsed() / REQUESTS);
            }
        }
        let micros = least.map(|time| time.as_secs_f64() * 1e6);
        println!("home screen in memory, least of {SAMPLES} samples of {REQUESTS} requests:");
        println!("  bff           {:>6.1} us", micros[0]);
        println!("  by hand       {:>6.1} us   ({:.2})", micros[1], micros[0] / micros[1]);
        Ok(())
    })
}

async fn answer(router: &Router) -> Result<Bytes> {
    let request = Request::get("/home/u-1?limit=10").body(Body::empty())?;
    let response = router.clone().oneshot(request).await?;
    if response.status() != StatusCode::OK {
        return Err(format!("answered {}", response.status()).into());
    }
    Ok(response.into_body().collect().await?.to_bytes())
}

/// The answers of all upstreams: 33 KB, most of it in products of 25 fields.
#[derive(Debug)]
struct Shop {
    user: Bytes,
    orders: Bytes,
    recs: Bytes,
    products: Bytes,
    points: Bytes,
}

impl Shop {
    fn new() -> Self {
        let pads = |count: usize, seed: usize| -> String {
            let mut text = String::new();
            for place in 0..count {
                // Writing into a string cannot fail.
                let _ = write!(text, ",\"detail_{place}\":\"a text with number {}\"", seed + place);
            }
            text
        };
        let list = |count: usize, each: &dyn Fn(usize) -> String| {
            let items: Vec<String> = (0..count).map(each).collect();
            format!("[{}]", items.join(","))
        };
        let order = |at: usize| {
            format!(
                "{{\"id\":\"o-{at}\",\"status\":\"paid\",\"total\":\"1{at}.90\",\"placedAt\":\"2026-03-0{}T09:30:00Z\"{}}}",
                at + 1,
                pads(20, at)
            )
        };
        let product = |at: usize| {
            format!(
                "{{\"id\":\"p-{at}\",\"title\":\"Lamp \\\"Sol\\\" {at}\"{},\"price\":{{\"amount\":{at}.50,\"currency\":\"EUR\"}},\"images\":[{{\"url\":\"https://images.example/{at}.png\"}}],\"stock\":{at}}}",
                pads(24, at)
            )
        };
        let user = format!(
            "{{\"id\":\"u-1\",\"givenName\":\"Ada\",\"familyName\":\"Lovelace\",\"loyaltyId\":\"m-7\",\"tier\":\"gold\"{}}}",
            pads(20, 0)
        );
        Self {
            user: user.into(),
            orders: format!("{{\"items\":{}}}", list(3, &order)).into(),
            recs: list(20, &|at| {
                format!(
                    "{{\"sku\":\"p-{at}\",\"score\":0.{}{}}}",
                    at * 37 % 90 + 10,
                    pads(2, at)
                )
            })
            .into(),
            products: list(20, &product).into(),
            points: "{\"balance\":1250,\"since\":\"2020-01-01\"}".into(),
        }
    }

    fn get(&self, target: &str) -> Bytes {
        let body = match target.split(['/', '?']).nth(1) {
            Some("users") => &self.user,
            Some("orders") => &self.orders,
            Some("recs") => &self.recs,
            Some("products") => &self.products,
            _ => &self.points,
        };
        body.clone()
    }
}

impl Custom for Shop {
    fn send(
        &self,
        _: &'static str,
        request: Outbound,
    ) -> futures_util::future::BoxFuture<'static, std::result::Result<Inbound, Failure>> {
        let body = self.get(&request.target);
        Box::pin(async move {
            Ok(Inbound {
                status: 200,
                headers: http::HeaderMap::new(),
                body,
            })
        })
    }
}

// === By hand ===

#[derive(Deserialize)]
struct Asked {
    limit: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User<'a> {
    id: &'a str,
    given_name: &'a str,
    family_name: &'a str,
    loyalty_id: Option<&'a str>,
    tier: &'a str,
}

#[derive(Deserialize)]
struct Orders<'a> {
    #[serde(borrow)]
    items: Vec<Order<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order<'a> {
    id: &'a str,
    status: &'a str,
    total: &'a str,
    placed_at: &'a str,
}

#[derive(Deserialize)]
struct Rec<'a> {
    sku: &'a str,
    score: f64,
}

#[derive(Deserialize)]
struct Product<'a> {
    id: &'a str,
    #[serde(borrow)]
    title: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    price: Price<'a>,
    images: Vec<Image<'a>>,
    stock: i64,
}

#[derive(Deserialize)]
struct Price<'a> {
    #[serde(borrow)]
    amount: &'a serde_json::value::RawValue,
    currency: &'a str,
}

#[derive(Deserialize)]
struct Image<'a> {
    url: &'a str,
}

#[derive(Deserialize)]
struct Points {
    balance: i64,
}

#[derive(Serialize)]
struct Screen<'a> {
    user: ShownUser<'a>,
    orders: Vec<ShownOrder<'a>>,
    spent: String,
    recommended: Vec<Recommended<'a>>,
    points: Option<i64>,
    degraded: Vec<&'a str>,
}

#[derive(Serialize)]
struct ShownUser<'a> {
    id: &'a str,
    name: String,
    level: &'a str,
}

#[derive(Serialize)]
struct ShownOrder<'a> {
    id: &'a str,
    status: &'a str,
    total: &'a str,
    placed: &'a str,
}

#[derive(Serialize)]
struct Recommended<'a> {
    sku: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<ShownProduct<'a>>,
}

#[derive(Serialize)]
struct ShownProduct<'a> {
    title: &'a str,
    price: ShownPrice<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<i64>,
}

#[derive(Serialize)]
struct ShownPrice<'a> {
    amount: &'a str,
    currency: &'a str,
}

async fn by_hand(State(shop): State<Arc<Shop>>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Response {
    match screen(&shop, &id, asked.limit).await {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

/// Two waves are the best that `join!` can say: orders and points wait for recommendations that they do not need.
async fn screen(shop: &Shop, id: &str, limit: usize) -> Result<Vec<u8>> {
    let (user, recs) = tokio::join!(fetch(shop, format!("/users/{id}")), fetch(shop, format!("/recs/{id}")));
    let me: User<'_> = serde_json::from_slice(&user)?;
    let recs: Vec<Rec<'_>> = serde_json::from_slice(&recs)?;
    let mut top: Vec<&Rec<'_>> = recs.iter().filter(|it| it.score >= 0.3).collect();
    top.sort_by(|a, b| b.score.total_cmp(&a.score));
    top.truncate(limit);
    let ids: Vec<&str> = top.iter().map(|it| it.sku).collect();
    let loyalty = me.loyalty_id.unwrap_or_default();
    let (orders, products, points) = tokio::join!(
        fetch(shop, format!("/orders?customer={}&limit=3", me.id)),
        fetch(shop, format!("/products?ids={}", ids.join(","))),
        fetch(shop, format!("/members/{loyalty}")),
    );
    let orders: Orders<'_> = serde_json::from_slice(&orders)?;
    let products: Vec<Product<'_>> = serde_json::from_slice(&products)?;
    let points: Points = serde_json::from_slice(&points)?;
    let goods: HashMap<&str, &Product<'_>> = products.iter().map(|it| (it.id, it)).collect();
    let mut spent = rust_decimal::Decimal::ZERO;
    for order in &orders.items {
        spent += order.total.parse::<rust_decimal::Decimal>()?;
    }
    let recommended = top.iter().map(|it| Recommended {
        sku: it.sku,
        product: goods.get(it.sku).map(|it| ShownProduct {
            title: &it.title,
            price: ShownPrice {
                amount: it.price.amount.get(),
                currency: it.price.currency,
            },
            image: it.images.first().map(|it| it.url),
            left: (it.stock < 5).then_some(it.stock),
        }),
    });
    Ok(serde_json::to_vec(&Screen {
        user: ShownUser {
            id: me.id,
            name: format!("{} {}", me.given_name, me.family_name),
            level: if matches!(me.tier, "gold" | "platinum") {
                "plus"
            } else {
                "basic"
            },
        },
        orders: (orders.items.iter())
            .map(|it| ShownOrder {
                id: it.id,
                status: it.status,
                total: it.total,
                placed: it.placed_at,
            })
            .collect(),
        spent: spent.to_string(),
        recommended: recommended.collect(),
        points: Some(points.balance),
        degraded: Vec::new(),
    })?)
}

async fn fetch(shop: &Shop, target: String) -> Bytes {
    shop.get(&target)
}
