//! The gateway as most teams write it: axum, reqwest, `serde_json::Value`. No limits, no log, no trace, no error document.
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Router, response::Response};
use serde_json::{Value, json};

use crate::Result;

struct Shop {
    client: reqwest::Client,
    base: String,
}

impl Shop {
    async fn get(&self, path: &str) -> Result<Value, StatusCode> {
        let response = self
            .client
            .get(format!("{}{path}", self.base))
            .send()
            .await
            .and_then(reqwest::Response::error_for_status);
        let body = response
            .map_err(|_| StatusCode::BAD_GATEWAY)?
            .bytes()
            .await
            .map_err(|_| StatusCode::BAD_GATEWAY)?;
        serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_GATEWAY)
    }
}

/// Serves until it is killed, on one thread like the others.
pub(crate) fn serve(address: &str, upstream: &str) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let shop = Arc::new(Shop {
            client: reqwest::Client::new(),
            base: upstream.to_owned(),
        });
        let router = Router::new()
            .route("/bench/profiles/{id}", get(profile))
            .route("/bench/screens/{id}", get(screen))
            .with_state(shop);
        Ok(axum::serve(tokio::net::TcpListener::bind(address).await?, router).await?)
    })
}

async fn profile(State(shop): State<Arc<Shop>>, Path(id): Path<String>) -> Result<Response, StatusCode> {
    let profile = shop.get(&format!("/profiles/{id}")).await?;
    Ok(answer(&json!({
        "id": profile["id"], "name": profile["displayName"], "email": profile["email"], "city": profile["city"],
        "country": profile["country"], "points": profile["points"], "verified": profile["verified"],
        "since": profile["createdAt"],
    })))
}

async fn screen(State(shop): State<Arc<Shop>>, Path(id): Path<String>) -> Result<Response, StatusCode> {
    let (user, profile, orders) = (
        format!("/users/{id}"),
        format!("/profiles/{id}"),
        format!("/orders?customer={id}"),
    );
    let (user, profile, orders) = tokio::try_join!(shop.get(&user), shop.get(&profile), shop.get(&orders))?;
    let items = orders["items"].as_array().ok_or(StatusCode::BAD_GATEWAY)?;
    let items: Vec<Value> = items
        .iter()
        .map(|order| json!({ "id": order["id"], "total": order["total"] }))
        .collect();
    Ok(answer(&json!({
        "user": { "id": user["id"], "name": user["name"], "tier": user["tier"] },
        "city": profile["city"], "orders": items, "count": orders["total"],
    })))
}

fn answer(body: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
