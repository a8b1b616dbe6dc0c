// Generated from effects.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// effects.bff:2  client effects
pub static SERVICE: Service = Service {
    name: "effects",
    at: At("effects.bff", 2),
    mount: "/shop",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(2000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&carts::UPSTREAM, &payments::UPSTREAM, &orders::UPSTREAM],
    routes: &[&post_checkout::ROUTE, &put_holds_customer::ROUTE, &same_a_b::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// effects.bff:4  upstream carts
mod carts {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "carts",
        at: At("effects.bff", 4),
        base: Setting::Value("http://127.0.0.1:9110"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // effects.bff:6  op get
    pub static GET: Op = Op {
        name: "carts.get",
        at: At("effects.bff", 6),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/carts/{customer}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op get(customer: ID) = GET /carts/{customer}`
    pub fn get(q: &mut Request, customer: Str<'_>) {
        q.path("/carts/").segment(customer);
    }

    // effects.bff:7  op seen
    pub static SEEN: Op = Op {
        name: "carts.seen",
        at: At("effects.bff", 7),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/carts/{customer}/seen",
        safe: true,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op seen(customer: ID) = GET /carts/{customer}/seen`
    pub fn seen(q: &mut Request, customer: Str<'_>) {
        q.path("/carts/").segment(customer).path("/seen");
    }
}

// effects.bff:9  upstream payments
mod payments {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 1,
        name: "payments",
        at: At("effects.bff", 9),
        base: Setting::Value("http://127.0.0.1:9111"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // effects.bff:11  op charge
    pub static CHARGE: Op = Op {
        name: "payments.charge",
        at: At("effects.bff", 11),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/charges",
        safe: false,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op charge(amount: Decimal, token: String) = POST /charges`
    pub fn charge(q: &mut Request, amount: Decimal, token: Str<'_>) {
        q.path("/charges");
        q.body(|o| {
            o.object();
            o.put("amount", amount);
            o.put("token", token);
            o.end_object();
        });
    }

    // effects.bff:12  op hold
    pub static HOLD: Op = Op {
        name: "payments.hold",
        at: At("effects.bff", 12),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/holds",
        safe: false,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op hold(amount: Decimal, key: String?) = POST /holds`
    pub fn hold(q: &mut Request, amount: Decimal, key: Option<Str<'_>>) {
        q.path("/holds");
        q.idempotent_opt("x-hold-key", key);
        q.body(|o| {
            o.object();
            o.put("amount", amount);
            o.end_object();
        });
    }

    // effects.bff:13  op refund
    pub static REFUND: Op = Op {
        name: "payments.refund",
        at: At("effects.bff", 13),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/charges/{id}/refunds",
        safe: false,
        reads_body: false,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op refund(id: ID, amount: Decimal?) = POST /charges/{id}/refunds`
    pub fn refund(q: &mut Request, id: Str<'_>, amount: Option<Decimal>) {
        q.path("/charges/").segment(id).path("/refunds");
        q.body(|o| {
            o.object();
            o.put("amount", amount);
            o.end_object();
        });
    }

    // effects.bff:14  op release
    pub static RELEASE: Op = Op {
        name: "payments.release",
        at: At("effects.bff", 14),
        upstream: &UPSTREAM,
        method: Method::DELETE,
        path: "/holds/{id}",
        safe: false,
        reads_body: false,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op release(id: ID) = DELETE /holds/{id}`
    pub fn release(q: &mut Request, id: Str<'_>) {
        q.path("/holds/").segment(id);
        q.idempotent("idempotency-key", t!["release-", id]);
    }
}

// effects.bff:16  upstream orders
mod orders {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 2,
        name: "orders",
        at: At("effects.bff", 16),
        base: Setting::Value("http://127.0.0.1:9112"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // effects.bff:18  op place
    pub static PLACE: Op = Op {
        name: "orders.place",
        at: At("effects.bff", 18),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/orders",
        safe: false,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op place(cart: ID, payment: ID) = POST /orders`
    pub fn place(
        q: &mut Request,
        request: RequestView<'_>,
        cart: Str<'_>,
        payment: Str<'_>,
    ) {
        q.path("/orders");
        q.idempotent("idempotency-key", Str::from(request.id()));
        q.body(|o| {
            o.object();
            o.put("cart", cart);
            o.put("payment", payment);
            o.end_object();
        });
    }

    // effects.bff:19  op cancel
    pub static CANCEL: Op = Op {
        name: "orders.cancel",
        at: At("effects.bff", 19),
        upstream: &UPSTREAM,
        method: Method::DELETE,
        path: "/orders/{id}",
        safe: false,
        reads_body: false,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op cancel(id: ID) = DELETE /orders/{id}`
    pub fn cancel(q: &mut Request, id: Str<'_>) {
        q.path("/orders/").segment(id);
    }
}

// effects.bff:27  route POST /checkout
pub mod post_checkout {
    use super::*;
    include!("effects/post_checkout.rs");
}

// effects.bff:45  route PUT /holds/{customer}
pub mod put_holds_customer {
    use super::*;
    include!("effects/put_holds_customer.rs");
}

// effects.bff:59  route GET /same/{a}/{b}
pub mod same_a_b {
    use super::*;
    include!("effects/same_a_b.rs");
}
