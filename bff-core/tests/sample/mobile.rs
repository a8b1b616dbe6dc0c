// Written by hand in the form that bff-codegen prints: every kind of row once.
use bff_core::prelude::*;

// mobile.bff:3  client mobile
pub static SERVICE: Service = Service {
    name: "mobile",
    at: At("mobile.bff", 3),
    mount: "/mobile",
    listen: Setting::Env(Env {
        name: "MOBILE_ADDR",
        default: Some("127.0.0.1:8081"),
        at: At("mobile.bff", 4),
    }),
    deadline: Setting::Value(Duration::from_millis(800)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders {
        forward: &["accept-language"],
        send: Some(send_headers),
        set: Some(set_headers),
        remove: &["server"],
    },
    versions: None,
    upstreams: &[&users::UPSTREAM, &orders::UPSTREAM, &recs::UPSTREAM],
    routes: &[&home::ROUTE, &order::ROUTE, &new_order::ROUTE, &order_tv::ROUTE],
};

/// The routes of `client mobile`: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> axum::Router {
    gateway.router(&SERVICE)
}

// mobile.bff:6  headers.send
fn send_headers(h: &mut HeaderOut<'_>, _request: RequestView<'_>) -> Eval {
    h.set("x-client", t!["mobile"])
}
// mobile.bff:6  headers.set
fn set_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval {
    h.set("x-answered", t!["to ", request.method()])
}

// shop.bff:2  enum Tier
wire_enum! { pub Tier { Basic = "basic", Gold = "gold", Platinum = "platinum" } open }

// shop.bff:10  upstream users
pub mod users {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "users",
        at: At("shop.bff", 10),
        base: Setting::Env(Env {
            name: "USERS_URL",
            default: None,
            at: At("shop.bff", 11),
        }),
        timeout: Setting::Value(Duration::from_millis(400)),
        forward: &[],
        send: None,
    };
    pub static GET_USER: Op = Op {
        name: "users.get_user",
        at: At("shop.bff", 12),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/users/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op get_user(id: ID): User = GET /users/{id}`
    pub fn get_user(q: &mut Request, id: Str<'_>) {
        q.path("/users/").segment(id);
    }
}

// shop.bff:20  upstream orders
pub mod orders {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 1,
        name: "orders",
        at: At("shop.bff", 20),
        base: Setting::Env(Env {
            name: "ORDERS_URL",
            default: Some("http://orders.internal"),
            at: At("shop.bff", 21),
        }),
        timeout: Setting::Value(Duration::from_millis(400)),
        forward: &[],
        send: None,
    };
    pub static LIST: Op = Op {
        name: "orders.list",
        at: At("shop.bff", 22),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/orders",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: Some(Setting::Value(Duration::from_millis(300))),
        forward: &[],
    };
    /// `op list(customer: ID, tags: [String], limit: Int?): Orders = GET /orders`
    pub fn list(q: &mut Request, customer: Str<'_>, limit: Option<i64>) {
        q.path("/orders").query("customer", customer).query_opt("limit", limit);
    }
    pub static GET: Op = Op {
        name: "orders.get",
        at: At("shop.bff", 23),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/orders/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op get(id: ID): Order = GET /orders/{id}`
    pub fn get(q: &mut Request, id: Str<'_>) {
        q.path("/orders/").segment(id);
    }
    pub static QUOTE: Op = Op {
        name: "orders.quote",
        at: At("shop.bff", 24),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/quotes",
        safe: true,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op quote(sku: ID, count: Int): Quote? = POST /quotes { safe: true }`
    pub fn quote(q: &mut Request, sku: Str<'_>, count: i64) {
        q.path("/quotes").body(|o| {
            o.object();
            o.put("sku", sku);
            o.put("count", count);
            o.end_object();
        });
    }
}

// shop.bff:30  upstream recs
mod recs {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 2,
        name: "recs",
        at: At("shop.bff", 30),
        base: Setting::Value("http://recs.internal/v1"),
        timeout: Setting::Value(Duration::from_secs(1)),
        forward: &[],
        send: Some(send_headers),
    };
    fn send_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval {
        h.set_opt("x-agent", request.header("user-agent"))
    }
    pub static FOR_USER: Op = Op {
        name: "recs.for_user",
        at: At("shop.bff", 31),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/recs/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op for_user(id: ID): [Rec] = GET /recs/{id}`
    pub fn for_user(q: &mut Request, id: Str<'_>) {
        q.path("/recs/").segment(id);
    }
    pub static POPULAR: Op = Op {
        name: "recs.popular",
        at: At("shop.bff", 32),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/popular",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op popular(limit: Int): [Rec] = GET /popular`
    pub fn popular(q: &mut Request, limit: i64) {
        q.path("/popular").query("limit", limit);
    }
}

// mobile.bff:8  route GET /home
pub mod home {
    include!("mobile/home.rs");
}
// mobile.bff:30  route GET /orders/{id}
pub mod order {
    include!("mobile/order.rs");
}
// mobile.bff:50  route POST /orders
pub mod new_order {
    include!("mobile/new_order.rs");
}
// mobile.bff:60  route GET /tv when (…)
pub mod order_tv {
    include!("mobile/tv.rs");
}
