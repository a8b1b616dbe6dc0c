// Generated from card.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// card.bff:3  client card
pub static SERVICE: Service = Service {
    name: "card",
    at: At("card.bff", 3),
    mount: "/card",
    listen: Setting::Value("127.0.0.1:8081"),
    deadline: Setting::Value(Duration::from_millis(800)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&users::UPSTREAM, &loyalty::UPSTREAM],
    routes: &[&card::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
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

// card.bff:6  route GET /card
pub mod card {
    use super::*;
    include!("card/card.rs");
}
