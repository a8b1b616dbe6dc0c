// Generated from shapes.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// shapes.bff:3  client shapes
pub static SERVICE: Service = Service {
    name: "shapes",
    at: At("shapes.bff", 3),
    mount: "/",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&users::UPSTREAM, &orders::UPSTREAM],
    routes: &[&shapes_id::ROUTE],
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

// shop.bff:17  upstream users
mod users {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "users",
        at: At("shop.bff", 17),
        base: Setting::Env(Env {
            name: "USERS_URL",
            default: None,
            at: At("shop.bff", 18),
        }),
        timeout: Setting::Value(Duration::from_millis(400)),
        forward: &[],
        send: Some(send_headers),
    };
    fn send_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval {
        h.set("x-for", t![Str::from(request.id())])?;
        Ok(())
    }

    // shop.bff:20  op get_user
    pub static GET_USER: Op = Op {
        name: "users.get_user",
        at: At("shop.bff", 20),
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
    /// `op get_user(id: ID) = GET /users/{id}`
    pub fn get_user(q: &mut Request, id: Str<'_>) {
        q.path("/users/").segment(id);
    }
}

// shop.bff:25  upstream orders
mod orders {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 1,
        name: "orders",
        at: At("shop.bff", 25),
        base: Setting::Value("http://127.0.0.1:9103"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // shop.bff:27  op list
    pub static LIST: Op = Op {
        name: "orders.list",
        at: At("shop.bff", 27),
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
    /// `op list(customer: ID, status: Status?, tags: [String], limit: Int?) = GET /orders`
    pub fn list(
        q: &mut Request,
        customer: Str<'_>,
        status: Option<Status>,
        tags: &[Str<'_>],
        limit: Option<i64>,
    ) {
        q.path("/orders");
        q.query("customer", customer);
        q.query_opt("status", status);
        q.query_each("tags", tags.iter().cloned());
        q.query_opt("limit", limit);
    }

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
}

// shapes.bff:5  route GET /shapes/{id}
pub mod shapes_id {
    use super::*;
    include!("shapes/shapes_id.rs");
}
