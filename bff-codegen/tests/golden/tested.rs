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
    upstreams: &[&users::UPSTREAM, &shop::UPSTREAM],
    routes: &[&users_id::ROUTE, &items::ROUTE, &post_price::ROUTE],
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

// tested.bff:24  route GET /users/{id}
pub mod users_id {
    use super::*;
    include!("tested/users_id.rs");
}

// tested.bff:42  route GET /items
pub mod items {
    use super::*;
    include!("tested/items.rs");
}

// tested.bff:51  route POST /price
pub mod post_price {
    use super::*;
    include!("tested/post_price.rs");
}
