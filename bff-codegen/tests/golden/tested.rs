// Generated from tested.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// tested.bff:3  client tested
pub static SERVICE: Service = Service {
    name: "tested",
    at: At("tested.bff", 3),
    mount: "/t",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(900)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders {
        forward: &[],
        send: Some(send_headers),
        set: None,
        remove: &[],
    },
    versions: None,
    upstreams: &[&users::UPSTREAM, &shop::UPSTREAM, &pay::UPSTREAM],
    routes: &[&post_checkout::ROUTE, &users_id::ROUTE, &items::ROUTE, &post_price::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// tested.bff:3  send headers
fn send_headers(h: &mut HeaderOut<'_>, _request: RequestView<'_>) -> Eval {
    h.set("x-client", t!["tested"])?;
    Ok(())
}

// tested.bff:5  enum Tier
wire_enum! {
    pub Tier {
        Basic = "basic",
        Gold = "gold",
    } open
}

// tested.bff:6  enum Size
wire_enum! {
    pub Size {
        Small = "s",
        Large = "l",
    }
}
static ORDER_COUNT: Rule = Rule::new().min("1").max("9");
record! {
    /// What is read of `Order`.
    pub Order<'a> {
        sku: Id<'a> = "sku",
        count: i64 = "count" if ORDER_COUNT,
        gift: Option<bool> = "gift",
    }
}

// tested.bff:12  upstream users
mod users {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "users",
        at: At("tested.bff", 12),
        base: Setting::Env(Env {
            name: "USERS_URL",
            default: None,
            at: At("tested.bff", 13),
        }),
        timeout: Setting::Value(Duration::from_millis(200)),
        forward: &[],
        send: None,
    };

    // tested.bff:14  op get
    pub static GET: Op = Op {
        name: "users.get",
        at: At("tested.bff", 14),
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
    /// `op get(id: ID, tier: Tier?) = GET /users/{id}`
    pub fn get(q: &mut Request, id: Str<'_>, tier: Option<Tier<'_>>) {
        q.path("/users/").segment(id);
        q.query_opt("tier", tier);
    }

    // tested.bff:15  op touch
    pub static TOUCH: Op = Op {
        name: "users.touch",
        at: At("tested.bff", 15),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/users/{id}/touch",
        safe: true,
        reads_body: false,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op touch(id: ID) = GET /users/{id}/touch`
    pub fn touch(q: &mut Request, id: Str<'_>) {
        q.path("/users/").segment(id).path("/touch");
    }
}

// tested.bff:17  upstream shop
mod shop {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 1,
        name: "shop",
        at: At("tested.bff", 17),
        base: Setting::Env(Env {
            name: "SHOP_URL",
            default: None,
            at: At("tested.bff", 18),
        }),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // tested.bff:19  op items
    pub static ITEMS: Op = Op {
        name: "shop.items",
        at: At("tested.bff", 19),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/items",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op items(ids: [ID], size: Size?, after: Date?) = GET /items`
    pub fn items(q: &mut Request, ids: &[Str<'_>], size: Option<Size>, after: Option<Date>) {
        let scratch = &Scratch::new();
        q.path("/items");
        q.query_opt("size", size);
        q.query_opt("after", after);
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

    // tested.bff:20  op price
    pub static PRICE: Op = Op {
        name: "shop.price",
        at: At("tested.bff", 20),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/price",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op price(sku: ID, count: Int, tags: [String]) = POST /price`
    pub fn price(q: &mut Request, sku: Str<'_>, count_2: i64, tags: &[Str<'_>]) {
        q.path("/price");
        q.body(|o| {
            o.object();
            o.put("sku", sku);
            o.put("count", count_2);
            o.put("tags", &tags);
            o.end_object();
        });
    }

    // tested.bff:21  op tagged
    pub static TAGGED: Op = Op {
        name: "shop.tagged",
        at: At("tested.bff", 21),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/tagged/{tag},{lang}.json",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op tagged(tag: String, lang: String) = GET /tagged/{tag},{lang}.json`
    pub fn tagged(q: &mut Request, tag: Str<'_>, lang: Str<'_>) {
        q.path("/tagged/").segment(tag).path(",").segment(lang).path(".json");
        q.header("x-lang", lang);
    }
}

// tested.bff:24  upstream pay
mod pay {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 2,
        name: "pay",
        at: At("tested.bff", 24),
        base: Setting::Env(Env {
            name: "PAY_URL",
            default: None,
            at: At("tested.bff", 25),
        }),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // tested.bff:26  op charge
    pub static CHARGE: Op = Op {
        name: "pay.charge",
        at: At("tested.bff", 26),
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
    /// `op charge(sku: ID) = POST /charges`
    pub fn charge(q: &mut Request, sku: Str<'_>) {
        q.path("/charges");
        q.body(|o| {
            o.object();
            o.put("sku", sku);
            o.end_object();
        });
    }

    // tested.bff:27  op refund
    pub static REFUND: Op = Op {
        name: "pay.refund",
        at: At("tested.bff", 27),
        upstream: &UPSTREAM,
        method: Method::DELETE,
        path: "/charges/{id}",
        safe: false,
        reads_body: false,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op refund(id: ID) = DELETE /charges/{id}`
    pub fn refund(q: &mut Request, id: Str<'_>) {
        q.path("/charges/").segment(id);
    }

    // tested.bff:28  op place
    pub static PLACE: Op = Op {
        name: "pay.place",
        at: At("tested.bff", 28),
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
    /// `op place(charge: ID) = POST /orders`
    pub fn place(q: &mut Request, charge: Str<'_>) {
        q.path("/orders");
        q.body(|o| {
            o.object();
            o.put("charge", charge);
            o.end_object();
        });
    }
}

// tested.bff:32  route POST /checkout
pub mod post_checkout {
    use super::*;
    include!("tested/post_checkout.rs");
}

// tested.bff:41  route GET /users/{id}
pub mod users_id {
    use super::*;
    include!("tested/users_id.rs");
}

// tested.bff:59  route GET /items
pub mod items {
    use super::*;
    include!("tested/items.rs");
}

// tested.bff:68  route POST /price
pub mod post_price {
    use super::*;
    include!("tested/post_price.rs");
}
