// Generated from heads.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// heads.bff:1  client heads
pub static SERVICE: Service = Service {
    name: "heads",
    at: At("heads.bff", 1),
    mount: "/h",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders {
        forward: &[],
        send: None,
        set: Some(set_headers),
        remove: &[],
    },
    versions: None,
    upstreams: &[&shop::UPSTREAM],
    routes: &[
        &items_id::ROUTE,
        &plain::ROUTE,
        &home::ROUTE,
        &home_2::ROUTE,
        &home_3::ROUTE,
    ],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// heads.bff:1  set headers
fn set_headers(h: &mut HeaderOut<'_>, _request: RequestView<'_>) -> Eval {
    h.set("x-set", t!["client"])?;
    Ok(())
}

// heads.bff:2  enum Platform
wire_enum! {
    pub Platform {
        Ios = "ios",
        Web = "web",
    } open
}

// heads.bff:4  upstream shop
mod shop {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "shop",
        at: At("heads.bff", 4),
        base: Setting::Value("http://127.0.0.1:9107"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &["x-tenant"],
        send: Some(send_headers),
    };
    fn send_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval {
        h.set("x-b", t!["upstream ", Str::from(request.method())])?;
        Ok(())
    }

    // heads.bff:7  op item
    pub static ITEM: Op = Op {
        name: "shop.item",
        at: At("heads.bff", 7),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/items/{request}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &["x-debug"],
    };
    /// `op item(request: ID, tags: [String]) = GET /items/{request}`
    pub fn item(q: &mut Request, request_2: Str<'_>, tags: &[Str<'_>]) {
        q.path("/items/").segment(request_2);
        q.query_each("tags", tags.iter().cloned());
        q.header("x-item", t![request_2]);
        q.header("x-c", t!["op"]);
    }

    // heads.bff:11  op find
    pub static FIND: Op = Op {
        name: "shop.find",
        at: At("heads.bff", 11),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/find",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op find(id: ID?, note: String?) = POST /find`
    pub fn find(
        q: &mut Request,
        request: RequestView<'_>,
        id: Option<Str<'_>>,
        note: Option<Str<'_>>,
    ) {
        let scratch = &Scratch::new();
        q.path("/find");
        q.header_opt("x-id", id);
        q.header("x-at", request.now());
        q.header("x-ip", scratch.keep(request.ip()));
        q.body(|o| {
            o.object();
            o.put("id", id);
            o.put(
                "note",
                match note {
                    Some(it) => it,
                    None => Str::from(request.id()),
                },
            );
            o.put("path", Str::from(request.path()));
            o.end_object();
        });
    }
}

// heads.bff:20  route GET /items/{id}
pub mod items_id {
    use super::*;
    include!("heads/items_id.rs");
}

// heads.bff:26  route GET /plain
pub mod plain {
    use super::*;
    include!("heads/plain.rs");
}

// heads.bff:27  route GET /home
pub mod home {
    use super::*;
    include!("heads/home.rs");
}

// heads.bff:33  route GET /home
pub mod home_2 {
    use super::*;
    include!("heads/home_2.rs");
}

// heads.bff:34  route GET /home
pub mod home_3 {
    use super::*;
    include!("heads/home_3.rs");
}
