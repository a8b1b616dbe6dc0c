// Generated from contract.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// contract.bff:1  client contract
pub static SERVICE: Service = Service {
    name: "contract",
    at: At("contract.bff", 1),
    mount: "/api",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders {
        forward: &[],
        send: Some(send_headers),
        set: None,
        remove: &[],
    },
    versions: Some(&versions::VERSIONS),
    upstreams: &[&shop::UPSTREAM],
    routes: &[&orders_of::ROUTE, &sums_of::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// contract.bff:3  version
pub mod versions {
    use super::*;
    pub static VERSIONS: Versions = Versions {
        at: At("contract.bff", 3),
        header: "x-api-version",
        form: VersionForm::Date,
        oldest: Version(20230601),
        current: Version(20240901),
        default: Version(20240115),
        marks: &[Version(20240101), Version(20240901)],
    };
    pub const V2024_01_01: Mark = Mark(0);
    pub const V2024_09_01: Mark = Mark(1);
}

// contract.bff:4  send headers
fn send_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval {
    h.set_opt("x-contract", request.version().map(|version| version.date()))?;
    Ok(())
}

// contract.bff:6  upstream shop
mod shop {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "shop",
        at: At("contract.bff", 6),
        base: Setting::Value("http://shop.test"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // contract.bff:8  op list
    pub static LIST: Op = Op {
        name: "shop.list",
        at: At("contract.bff", 8),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/orders",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op list(of: ID) = GET /orders`
    pub fn list(q: &mut Request, of: Str<'_>) {
        q.path("/orders");
        q.query("of", of);
    }

    // contract.bff:9  op points
    pub static POINTS: Op = Op {
        name: "shop.points",
        at: At("contract.bff", 9),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/points",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op points(of: ID) = GET /points`
    pub fn points(q: &mut Request, of: Str<'_>) {
        q.path("/points");
        q.query("of", of);
    }
}

// contract.bff:21  route GET /orders/{of}
pub mod orders_of {
    use super::*;
    include!("contract/orders_of.rs");
}

// contract.bff:38  route GET /sums/{of}
pub mod sums_of {
    use super::*;
    include!("contract/sums_of.rs");
}
