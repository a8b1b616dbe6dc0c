//! The shop behind the example BFFs: one process, several real HTTP/1.1 services, seeded data, faults on demand.
//!
//! Every service listens on its own port, as it would in production. The data comes from a generator with a fixed
//! seed, so two runs answer alike and tests may name what they expect. A caller asks for trouble by header (see
//! [`fault`]), and reads what arrived at a service under `/__requests` (see [`log`]).
//!
//! - [`endpoints`] is the table of everything that is served: one line per operation;
//! - [`data`] makes users, products, orders and the rest;
//! - [`server`] is the part that speaks HTTP;
//! - [`Shop`] starts all of it, for the binary and for tests.

pub mod data;
pub mod endpoints;
pub mod fault;
pub mod log;
pub mod request;
pub mod server;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub use endpoints::Service;

/// The first port of the shop unless `--from` says otherwise.
pub const FIRST_PORT: u16 = 9100;

/// A running shop. Dropping it closes every port and every open connection.
#[derive(Debug)]
pub struct Shop {
    addresses: Vec<SocketAddr>,
    services: JoinSet<()>,
}

impl Shop {
    /// Starts every service on a free loopback port, for tests that run beside each other.
    ///
    /// # Errors
    /// When the system has no port left.
    pub async fn start() -> io::Result<Shop> {
        Shop::bind(|_| 0).await
    }

    /// Starts the services on consecutive loopback ports from `first` in the order of [`Service::ALL`].
    ///
    /// # Errors
    /// When a port is taken; the message names the service and the port.
    pub async fn start_from(first: u16) -> io::Result<Shop> {
        Shop::bind(|service| first.saturating_add(service.offset())).await
    }

    async fn bind(port: impl Fn(Service) -> u16) -> io::Result<Shop> {
        data::prepare();
        let mut shop = Shop {
            addresses: Vec::new(),
            services: JoinSet::new(),
        };
        for service in Service::ALL {
            let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port(service)));
            let listener = TcpListener::bind(wanted).await.map_err(|cause| {
                io::Error::new(
                    cause.kind(),
                    format!("{} cannot listen on {wanted}: {cause}", service.name()),
                )
            })?;
            shop.addresses.push(listener.local_addr()?);
            shop.services.spawn(server::serve(service, listener));
        }
        Ok(shop)
    }

    /// Where a service listens.
    #[must_use]
    pub fn address(&self, service: Service) -> SocketAddr {
        self.addresses[usize::from(service.offset())]
    }

    /// The base URL of a service, such as `http://127.0.0.1:9100`.
    #[must_use]
    pub fn url(&self, service: Service) -> String {
        format!("http://{}", self.address(service))
    }

    /// The environment variables that point the example BFFs at this shop: `("USERS_URL", "http://127.0.0.1:9100")` …
    #[must_use]
    pub fn env(&self) -> Vec<(String, String)> {
        Service::ALL
            .into_iter()
            .map(|service| (service.env(), self.url(service)))
            .collect()
    }

    /// Serves until a listener fails, which it does not in ordinary life; the binary waits here.
    pub async fn run(&mut self) {
        while self.services.join_next().await.is_some() {}
    }
}
