//! The BFF of the apps: what `mobile.bff` says, a hand-written route beside it, and a tower layer around both.

use std::process::ExitCode;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::util::MapResponseLayer;

bff_core::include_bff!("mobile");

#[cfg(test)]
mod tests;

fn main() -> ExitCode {
    bff_core::serve(&mobile::SERVICE).router(extend).run()
}

/// Adds what the language does not say. The generated router is an ordinary one: it merges, nests and takes layers.
fn extend(generated: Router) -> Router {
    Router::new()
        .route("/mobile/about", get(about))
        .merge(generated)
        .layer(MapResponseLayer::new(with_build))
}

/// A route of our own. A literal path wins over what the generated router serves below its mount.
async fn about() -> impl IntoResponse {
    let about = concat!(
        r#"{"name":"mobile-bff","version":""#,
        env!("CARGO_PKG_VERSION"),
        r#""}"#
    );
    ([(header::CONTENT_TYPE, "application/json")], about)
}

/// Names the build in every response, also in those of generated routes and in errors.
fn with_build(mut response: Response) -> Response {
    let build = HeaderValue::from_static(env!("CARGO_PKG_VERSION"));
    response.headers_mut().insert(HeaderName::from_static("x-build"), build);
    response
}
