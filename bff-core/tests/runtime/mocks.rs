//! The mocked shop behind the sample service, and answers read whole.

use axum::body::Body;
use bff_core::Gateway;
use bff_core::error::FailureKind;
use bff_core::testing::Mocks;
use bff_core::upstream::Outbound;
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

pub const ADA: &str = r#"{"id":"u1","givenName":"Ada","familyName":"L","loyaltyId":null,"tier":"gold","x":[1,{}]}"#;
pub const BEA: &str = r#"{"id":"u1","givenName":"Bea","familyName":"\u00e9\"","loyaltyId":"l9","tier":"basic"}"#;
pub const TWO: &str = r#"{"items":[{"id":7,"total":1e3},{"id":"b","total":"0.10"}]}"#;
pub const RECS: &str = r#"[{"sku":"p1"},{"sku":"p2"}]"#;

/// What happens to a request.
#[derive(Clone)]
pub enum Mock {
    Answer(u16, &'static str),
    Fail(FailureKind),
    Never,
}

#[derive(Clone)]
pub struct Upstreams(Mocks);

pub fn mobile_router(shop: &Upstreams) -> axum::Router {
    crate::mobile::router(shop.gateway())
}

impl Upstreams {
    /// Targets, delays in milliseconds, and what then happens.
    pub fn new(mocks: &[(&'static str, u64, Mock)]) -> Self {
        Self(Mocks::new(mocks.iter().map(|(target, delay, mock)| {
            let mock = match mock {
                Mock::Answer(status, body) => bff_core::testing::Mock::status(*status, *body),
                Mock::Fail(kind) => bff_core::testing::Mock::fail(*kind),
                Mock::Never => bff_core::testing::Mock::never(),
            };
            (*target, mock.after(*delay))
        })))
    }

    pub fn sent(&self) -> Vec<(u64, String)> {
        self.0.sent()
    }

    pub fn requests(&self) -> Vec<Outbound> {
        self.0.requests()
    }

    pub fn dropped(&self) -> Vec<(u64, String)> {
        self.0.dropped()
    }

    pub fn gateway(&self) -> Gateway {
        Gateway::builder(&crate::mobile::SERVICE)
            .transport(self.0.transport())
            .env(|name| (name == "USERS_URL").then(|| "http://users.internal".to_owned()))
            .build()
            .unwrap()
    }

    pub async fn ask(&self, request: Request<Body>) -> Answered {
        let response = crate::mobile::router(self.gateway()).oneshot(request).await.unwrap();
        Answered::read(response).await
    }

    pub async fn get(&self, target: &str) -> Answered {
        self.ask(Request::get(target).body(Body::empty()).unwrap()).await
    }
}

pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answered {
    pub async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}
