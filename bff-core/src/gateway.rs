//! A service that runs: its settings resolved, its routes ready, its upstreams reachable.

mod build;
mod endpoint;
mod idempotency;
mod proxy;
mod upload;
mod work;

pub use build::GatewayBuilder;

use std::fmt;
use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::Request;

use crate::engine::table::Service;
use crate::engine::{Decimals, Program};
use crate::route::Tree;
use crate::stack::{self, Caller, Endpoint, Inside, Shared};
use crate::store::IdempotencyStore;
use crate::upstream::{Counts, Remote};

/// What one service needs to answer requests: pools, settings, routes. Cheap to clone; every clone is the same gateway.
#[derive(Clone)]
pub struct Gateway {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    service: &'static Service,
    listen: String,
    tree: Arc<Tree>,
    programs: Arc<Vec<Arc<Program>>>,
    /// In the order of the service's upstreams.
    remotes: Vec<Arc<Remote>>,
    decimals: Decimals,
    shared: Shared,
    store: Arc<dyn IdempotencyStore>,
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway")
            .field("service", &self.inner.service.name)
            .finish_non_exhaustive()
    }
}

impl Gateway {
    /// A gateway for a service, to be configured and built.
    pub fn builder(service: &'static Service) -> GatewayBuilder {
        GatewayBuilder::new(service)
    }

    /// The service it runs.
    pub fn service(&self) -> &'static Service {
        self.inner.service
    }

    /// What the stack of layers works with; a server puts it around hand-written routes too.
    pub fn shared(&self) -> &Shared {
        &self.inner.shared
    }

    /// The address to listen on, `host:port`.
    pub fn listen(&self) -> &str {
        &self.inner.listen
    }

    /// What has been counted of each upstream, by its name.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, &Counts)> {
        self.inner.remotes.iter().map(|remote| (remote.name, &remote.counts))
    }

    /// Everything under the mount as one service, the stack of layers included.
    pub fn endpoint(&self) -> Endpoint {
        stack::wrap(Bare(Arc::clone(&self.inner)), self.inner.shared.clone())
    }

    /// The routes of the service as an ordinary router, whose state is inside: it merges, nests, takes layers and
    /// answers `oneshot`. The mount is registered as a whole, since bff matches paths itself.
    ///
    /// `service` is the one that the gateway was built for; generated code passes its own.
    pub fn router(&self, service: &'static Service) -> axum::Router {
        debug_assert!(
            std::ptr::eq(service, self.inner.service),
            "a gateway serves the service it was built for"
        );
        let mount = self.inner.service.mount.trim_end_matches('/');
        let endpoint = self.endpoint();
        let router = axum::Router::new()
            .route_service(&format!("{mount}/"), endpoint.clone())
            .route_service(&format!("{mount}/{{*path}}"), endpoint.clone());
        if mount.is_empty() {
            router
        } else {
            router.route_service(mount, endpoint)
        }
    }
}

/// The service without its layers.
struct Bare(Arc<Inner>);

impl Inside for Bare {
    fn answer(&self, request: Request<Body>, caller: Caller) -> impl Future<Output = Response> + Send {
        endpoint::answer(&self.0, request, caller.context)
    }
}
