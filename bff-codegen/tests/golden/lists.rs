// Generated from lists.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// lists.bff:2  client lists
pub static SERVICE: Service = Service {
    name: "lists",
    at: At("lists.bff", 2),
    mount: "/lists",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&shop::UPSTREAM],
    routes: &[&seller::ROUTE, &all::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// lists.bff:8  enum Status
wire_enum! {
    pub Status {
        Open = "open",
        Done = "done",
    } open
}

// lists.bff:10  upstream shop
mod shop {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "shop",
        at: At("lists.bff", 10),
        base: Setting::Value("http://127.0.0.1:9103"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // lists.bff:12  op sales
    pub static SALES: Op = Op {
        name: "shop.sales",
        at: At("lists.bff", 12),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/sales",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op sales(day: Date?) = GET /sales`
    pub fn sales(q: &mut Request, day: Option<Date>) {
        q.path("/sales");
        q.query_opt("day", day);
    }

    // lists.bff:13  op products
    pub static PRODUCTS: Op = Op {
        name: "shop.products",
        at: At("lists.bff", 13),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/products",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op products(ids: [ID], first: ID?) = GET /products`
    pub fn products(q: &mut Request, ids: &[Str<'_>], first: Option<Str<'_>>) {
        q.path("/products");
        q.query_each("ids", ids.iter().cloned());
        q.query_opt("first", first);
    }

    // lists.bff:14  op top
    pub static TOP: Op = Op {
        name: "shop.top",
        at: At("lists.bff", 14),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/top",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op top(skus: [ID], share: Float) = GET /top`
    pub fn top(q: &mut Request, skus: &[Str<'_>], share: f64) {
        q.path("/top");
        q.query_each("skus", skus.iter().cloned());
        q.query("share", share);
    }
}

// lists.bff:19  route GET /seller
pub mod seller {
    use super::*;
    include!("lists/seller.rs");
}

// lists.bff:52  route GET /all
pub mod all {
    use super::*;
    include!("lists/all.rs");
}
