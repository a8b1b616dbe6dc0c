// Generated from values.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// values.bff:3  client values
pub static SERVICE: Service = Service {
    name: "values",
    at: At("values.bff", 3),
    mount: "/",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: true,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&orders::UPSTREAM],
    routes: &[&numbers_id::ROUTE, &lists::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// shop.bff:15  enum Status
wire_enum! {
    pub Status {
        Placed = "placed",
        Paid = "paid",
        Shipped = "shipped",
    }
}

// shop.bff:25  upstream orders
mod orders {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "orders",
        at: At("shop.bff", 25),
        base: Setting::Value("http://127.0.0.1:9103"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // shop.bff:28  op get
    pub static GET: Op = Op {
        name: "orders.get",
        at: At("shop.bff", 28),
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
    /// `op get(id: ID, trace: String?) = GET /orders/{id}`
    pub fn get(q: &mut Request, id: Str<'_>, trace: Option<Str<'_>>) {
        q.path("/orders/").segment(id);
        q.header_opt("x-trace", trace);
        q.header("x-kind", t!["one ", id]);
    }

    // shop.bff:29  op many
    pub static MANY: Op = Op {
        name: "orders.many",
        at: At("shop.bff", 29),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/orders/many",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op many(ids: [ID]) = GET /orders/many`
    pub fn many(q: &mut Request, ids: &[Str<'_>]) {
        let scratch = &Scratch::new();
        q.path("/orders/many");
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
    }

    // shop.bff:32  op categories
    pub static CATEGORIES: Op = Op {
        name: "orders.categories",
        at: At("shop.bff", 32),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/categories",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op categories() = GET /categories`
    pub fn categories(q: &mut Request) {
        q.path("/categories");
    }
}

// values.bff:5  route GET /numbers/{id}
pub mod numbers_id {
    use super::*;
    include!("values/numbers_id.rs");
}

// values.bff:53  route GET /lists
pub mod lists {
    use super::*;
    include!("values/lists.rs");
}
