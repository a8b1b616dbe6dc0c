//! Upstreams in memory: answers by target, each after a delay, and a record of what was sent when.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use bff_core::Gateway;
use bff_core::error::{Failure, FailureKind};
use bff_core::upstream::{Custom, Inbound, Outbound, Transport};
use futures_util::future::BoxFuture;
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt as _;
use tokio::time::Instant;
use tower::ServiceExt as _;

pub const ADA: &str = r#"{"id":"u1","givenName":"Ada","familyName":"L","loyaltyId":null,"tier":"gold","x":[1,{}]}"#;
pub const BEA: &str = r#"{"id":"u1","givenName":"Bea","familyName":"\u00e9\"","loyaltyId":"l9","tier":"basic"}"#;
pub const TWO: &str = r#"{"items":[{"id":7,"total":1e3},{"id":"b","total":"0.10"}]}"#;
pub const RECS: &str = r#"[{"sku":"p1"},{"sku":"p2"}]"#;

pub fn mobile_router(shop: &Upstreams) -> axum::Router {
    crate::mobile::router(shop.gateway())
}

/// What happens to a request.
#[derive(Clone)]
pub enum Mock {
    Answer(u16, &'static str),
    Fail(FailureKind),
    Never,
}

#[derive(Clone)]
pub struct Upstreams(Arc<State>);

struct State {
    begin: Instant,
    mocks: HashMap<&'static str, (u64, Mock)>,
    sent: Mutex<Vec<(u64, Outbound)>>,
    dropped: Mutex<Vec<(u64, String)>>,
}

impl Upstreams {
    /// Targets, delays in milliseconds, and what then happens.
    pub fn new(mocks: &[(&'static str, u64, Mock)]) -> Self {
        let mocks = mocks
            .iter()
            .map(|(target, delay, mock)| (*target, (*delay, mock.clone())))
            .collect();
        Self(Arc::new(State {
            begin: Instant::now(),
            mocks,
            sent: Mutex::default(),
            dropped: Mutex::default(),
        }))
    }

    /// What was sent: milliseconds and target, in order.
    pub fn sent(&self) -> Vec<(u64, String)> {
        self.0
            .sent
            .lock()
            .unwrap()
            .iter()
            .map(|(at, sent)| (*at, sent.target.clone()))
            .collect()
    }

    pub fn requests(&self) -> Vec<Outbound> {
        self.0
            .sent
            .lock()
            .unwrap()
            .iter()
            .map(|(_, sent)| sent.clone())
            .collect()
    }

    /// What was dropped before it was answered.
    pub fn dropped(&self) -> Vec<(u64, String)> {
        self.0.dropped.lock().unwrap().clone()
    }

    pub fn gateway(&self) -> Gateway {
        Gateway::builder(&crate::mobile::SERVICE)
            .transport(Transport::Dyn(Arc::new(self.clone())))
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

struct OnDrop {
    state: Arc<State>,
    target: Option<String>,
}

impl Drop for OnDrop {
    fn drop(&mut self) {
        if let Some(target) = self.target.take() {
            self.state.dropped.lock().unwrap().push((self.state.now(), target));
        }
    }
}

impl State {
    fn now(&self) -> u64 {
        self.begin.elapsed().as_millis() as u64
    }
}

impl Custom for Upstreams {
    fn send(&self, _upstream: &'static str, request: Outbound) -> BoxFuture<'static, Result<Inbound, Failure>> {
        let state = Arc::clone(&self.0);
        Box::pin(async move {
            state.sent.lock().unwrap().push((state.now(), request.clone()));
            let mut guard = OnDrop {
                state: Arc::clone(&state),
                target: Some(request.target.clone()),
            };
            let (delay, mock) = state
                .mocks
                .get(&*request.target)
                .cloned()
                .unwrap_or((0, Mock::Answer(404, "{}")));
            if delay > 0 {
                tokio::time::sleep(Duration::from_millis(delay)).await;
            }
            let outcome = match mock {
                Mock::Answer(status, body) => Ok(Inbound {
                    status,
                    headers: HeaderMap::new(),
                    body: body.into(),
                }),
                Mock::Fail(kind) => Err(Failure::new(kind, "mocked")),
                Mock::Never => std::future::pending().await,
            };
            guard.target = None;
            outcome
        })
    }
}
