// Generated from calls.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// calls.bff:3  client calls
pub static SERVICE: Service = Service {
    name: "calls",
    at: At("calls.bff", 3),
    mount: "/calls",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Env(Env {
        name: "DEADLINE",
        default: Some(Duration::from_millis(2000)),
        at: At("calls.bff", 3),
    }),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders {
        forward: &["accept-language"],
        send: Some(send_headers),
        set: None,
        remove: &[],
    },
    versions: None,
    upstreams: &[&users::UPSTREAM, &loyalty::UPSTREAM, &orders::UPSTREAM],
    routes: &[&arms_id::ROUTE, &post_orders::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// calls.bff:3  send headers
fn send_headers(h: &mut HeaderOut<'_>, _request: RequestView<'_>) -> Eval {
    h.set("x-client", t!["calls"])?;
    Ok(())
}

// shop.bff:14  enum Tier
wire_enum! {
    /// How loyal somebody is.
    pub Tier {
        Basic = "basic",
        Gold = "gold",
        Platinum = "platinum",
    } open
}

// shop.bff:15  enum Status
wire_enum! {
    pub Status {
        Placed = "placed",
        Paid = "paid",
        Shipped = "shipped",
    }
}
static NEW_ORDER_LINES: Rule = Rule::new().length(Some(1), Some(50));
static NEW_ORDER_NOTE: Rule = Rule::new().length(None, Some(200));
record! {
    /// What is read of `NewOrder`.
    pub NewOrder<'a> {
        customer: Id<'a> = "customer",
        lines: List<'a, NewLine<'a>> = "lines" if NEW_ORDER_LINES,
        note: Option<Str<'a>> = "note" if NEW_ORDER_NOTE,
        gift: bool = "gift",
    }
}
static NEW_LINE_QTY: Rule = Rule::new().min("1").max("99");
record! {
    /// What is read of `NewLine`.
    pub NewLine<'a> {
        sku: Id<'a> = "sku",
        qty: Raw<'a, i64> = "qty" if NEW_LINE_QTY,
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

    // shop.bff:21  op find_user
    pub static FIND_USER: Op = Op {
        name: "users.find_user",
        at: At("shop.bff", 21),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/users/find",
        safe: true,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op find_user(email: String) = POST /users/find`
    pub fn find_user(q: &mut Request, email: Str<'_>) {
        q.path("/users/find");
        q.body(|o| {
            o.object();
            o.put("email", email);
            o.end_object();
        });
    }

    // shop.bff:22  op touch
    pub static TOUCH: Op = Op {
        name: "users.touch",
        at: At("shop.bff", 22),
        upstream: &UPSTREAM,
        method: Method::PUT,
        path: "/users/{id}/seen",
        safe: true,
        reads_body: false,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op touch(id: ID) = PUT /users/{id}/seen`
    pub fn touch(q: &mut Request, id: Str<'_>) {
        q.path("/users/").segment(id).path("/seen");
    }
}

// shop.bff:24  upstream loyalty
mod loyalty {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 1,
        name: "loyalty",
        at: At("shop.bff", 24),
        base: Setting::Env(Env {
            name: "LOYALTY_URL",
            default: Some("http://127.0.0.1:9102"),
            at: At("shop.bff", 24),
        }),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // shop.bff:24  op balance
    pub static BALANCE: Op = Op {
        name: "loyalty.balance",
        at: At("shop.bff", 24),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/members/{member}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op balance(member: ID) = GET /members/{member}`
    pub fn balance(q: &mut Request, member: Str<'_>) {
        q.path("/members/").segment(member);
    }
}

// shop.bff:25  upstream orders
mod orders {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 2,
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

    // shop.bff:30  op place
    pub static PLACE: Op = Op {
        name: "orders.place",
        at: At("shop.bff", 30),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/orders",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op place(order: NewOrder, key: String) = POST /orders`
    pub fn place(q: &mut Request, order: NewOrder<'_>, key: Str<'_>) {
        q.path("/orders");
        q.header("idempotency-key", key);
        q.body(|o| {
            send_new_order(o, order);
        });
    }

    // shop.bff:31  op quote
    pub static QUOTE: Op = Op {
        name: "orders.quote",
        at: At("shop.bff", 31),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/quotes",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: Some(
            Setting::Env(Env {
                name: "QUOTE_TIMEOUT",
                default: Some(Duration::from_millis(900)),
                at: At("shop.bff", 31),
            }),
        ),
        forward: &[],
    };
    /// `op quote(lines: [NewLine], country: String?) = POST /quotes`
    pub fn quote(q: &mut Request, lines: &[NewLine<'_>], country: Option<Str<'_>>) {
        q.path("/quotes");
        q.body(|o| {
            o.object();
            o.key("lines");
            o.array();
            for it in lines.iter().copied() {
                send_new_line(o, it);
            }
            o.end_array();
            o.put("country", country);
            o.end_object();
        });
    }
}

// calls.bff:5  route GET /arms/{id}
pub mod arms_id {
    use super::*;
    include!("calls/arms_id.rs");
}

// calls.bff:33  route POST /orders
pub mod post_orders {
    use super::*;
    include!("calls/post_orders.rs");
}
pub fn send_new_order(o: &mut Out, it: NewOrder<'_>) {
    o.object();
    o.put("customer", it.customer());
    o.key("lines");
    o.array();
    for it_2 in it.lines() {
        send_new_line(o, it_2);
    }
    o.end_array();
    o.some("note", it.note());
    o.put("gift", it.gift());
    o.end_object();
}
pub fn send_new_line(o: &mut Out, it: NewLine<'_>) {
    o.object();
    o.put("sku", it.sku());
    o.put("qty", it.qty());
    o.end_object();
}
