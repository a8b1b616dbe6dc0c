// Generated from fan.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// fan.bff:32  client fan
pub static SERVICE: Service = Service {
    name: "fan",
    at: At("fan.bff", 32),
    mount: "/fan",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&catalog::UPSTREAM, &backup::UPSTREAM, &geo::UPSTREAM, &geo2::UPSTREAM],
    routes: &[&home_user::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// fan.bff:15  upstream catalog
mod catalog {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "catalog",
        at: At("fan.bff", 15),
        base: Setting::Value("http://127.0.0.1:9103"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // fan.bff:17  op product
    pub static PRODUCT: Op = Op {
        name: "catalog.product",
        at: At("fan.bff", 17),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/products/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op product(id: ID, market: String?) = GET /products/{id}`
    pub fn product(q: &mut Request, id: Str<'_>, market: Option<Str<'_>>) {
        q.path("/products/").segment(id);
        q.query_opt("market", market);
    }

    // fan.bff:18  op products
    pub static PRODUCTS: Op = Op {
        name: "catalog.products",
        at: At("fan.bff", 18),
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
    /// `op products(ids: [ID], market: String?) = GET /products`
    pub fn products(q: &mut Request, ids: &[Str<'_>], market: Option<Str<'_>>) {
        let scratch = &Scratch::new();
        q.path("/products");
        q.query(
            "id",
            {
                let mut parts = Vec::new();
                for it in ids.iter().cloned() {
                    parts.push(it);
                }
                scratch.join(Str::lit(","), &parts)
            },
        );
        q.query_opt("market", market);
    }

    // fan.bff:19  op level
    pub static LEVEL: Op = Op {
        name: "catalog.level",
        at: At("fan.bff", 19),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/levels/{sku}",
        safe: true,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: Some(Setting::Value(Duration::from_millis(200))),
        forward: &[],
    };
    /// `op level(sku: String, day: Date) = GET /levels/{sku}`
    pub fn level(q: &mut Request, sku: Str<'_>, day: Date) {
        q.path("/levels/").segment(sku);
        q.query("day", day);
    }

    // fan.bff:20  op levels
    pub static LEVELS: Op = Op {
        name: "catalog.levels",
        at: At("fan.bff", 20),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/levels",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op levels(sku: String, days: [Date]) = POST /levels`
    pub fn levels(q: &mut Request, sku: Str<'_>, days: &[Date]) {
        q.path("/levels");
        q.body(|o| {
            o.object();
            o.put("sku", sku);
            o.put("days", &days);
            o.end_object();
        });
    }

    // fan.bff:21  op search
    pub static SEARCH: Op = Op {
        name: "catalog.search",
        at: At("fan.bff", 21),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/search",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op search(q: String, page: String?) = GET /search`
    pub fn search(q: &mut Request, q_2: Str<'_>, page: Option<Str<'_>>) {
        q.path("/search");
        q.query("q", q_2);
        q.query_opt("page", page);
    }

    // fan.bff:22  op feed
    pub static FEED: Op = Op {
        name: "catalog.feed",
        at: At("fan.bff", 22),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/feed",
        safe: true,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op feed(after: Int?) = GET /feed`
    pub fn feed(q: &mut Request, after: Option<i64>) {
        q.path("/feed");
        q.query_opt("after", after);
    }
}

// fan.bff:24  upstream backup
mod backup {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 1,
        name: "backup",
        at: At("fan.bff", 24),
        base: Setting::Value("http://127.0.0.1:9104"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // fan.bff:25  op product
    pub static PRODUCT: Op = Op {
        name: "backup.product",
        at: At("fan.bff", 25),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/products/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op product(id: ID) = GET /products/{id}`
    pub fn product(q: &mut Request, id: Str<'_>) {
        q.path("/products/").segment(id);
    }

    // fan.bff:26  op recs
    pub static RECS: Op = Op {
        name: "backup.recs",
        at: At("fan.bff", 26),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/recs/{user}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op recs(user: ID) = GET /recs/{user}`
    pub fn recs(q: &mut Request, user: Str<'_>) {
        q.path("/recs/").segment(user);
    }

    // fan.bff:27  op cart
    pub static CART: Op = Op {
        name: "backup.cart",
        at: At("fan.bff", 27),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/carts/{user}",
        safe: true,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op cart(user: ID) = GET /carts/{user}`
    pub fn cart(q: &mut Request, user: Str<'_>) {
        q.path("/carts/").segment(user);
    }
}

// fan.bff:29  upstream geo
mod geo {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 2,
        name: "geo",
        at: At("fan.bff", 29),
        base: Setting::Value("http://127.0.0.1:9105"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // fan.bff:29  op locate
    pub static LOCATE: Op = Op {
        name: "geo.locate",
        at: At("fan.bff", 29),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/v1/{ip}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op locate(ip: String) = GET /v1/{ip}`
    pub fn locate(q: &mut Request, ip: Str<'_>) {
        q.path("/v1/").segment(ip);
    }
}

// fan.bff:30  upstream geo2
mod geo2 {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 3,
        name: "geo2",
        at: At("fan.bff", 30),
        base: Setting::Value("http://127.0.0.1:9106"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // fan.bff:30  op locate
    pub static LOCATE: Op = Op {
        name: "geo2.locate",
        at: At("fan.bff", 30),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/lookup",
        safe: true,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op locate(ip: String) = GET /lookup`
    pub fn locate(q: &mut Request, ip: Str<'_>) {
        q.path("/lookup");
        q.query("addr", ip);
    }
}

// fan.bff:35  route GET /home/{user}
pub mod home_user {
    use super::*;
    include!("fan/home_user.rs");
}
