// Generated from rust.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// rust.bff:3  client rusty
pub static SERVICE: Service = Service {
    name: "rusty",
    at: At("rust.bff", 3),
    mount: "/rust",
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
    upstreams: &[&users::UPSTREAM],
    routes: &[&users_id::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// rust.bff:3  set headers
fn set_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval {
    let scratch = &Scratch::new();
    h.set(
        "x-up",
        {
            let text_arg = scratch
                .lend(scratch.text(t![Str::from(request.method())], At("rust.bff", 3))?);
            scratch
                .keep(
                    ops::timed("upper", At("rust.bff", 3), || functions::UPPER(text_arg)),
                )
        },
    )?;
    Ok(())
}

// rust.bff:5  enum Tier
wire_enum! {
    pub Tier {
        Basic = "basic",
        Gold = "gold",
    } open
}

// rust.bff:6  enum Size
wire_enum! {
    pub Size {
        Small = "s",
        Large = "l",
    }
}

mod functions {
    use super::*;

    // rust.bff:15  extern fn upper
    pub const UPPER: fn(&str) -> String = str::to_uppercase;

    // rust.bff:16  extern fn initials
    pub const INITIALS: fn(&str, &str) -> String = crate::functions::initials;

    // rust.bff:17  extern fn sparkline
    pub const SPARKLINE: fn(&[f64], Option<i64>) -> Option<String> = crate::functions::sparkline;

    // rust.bff:18  extern fn rank
    pub const RANK: fn(Tier<'_>, Option<Size>) -> i64 = crate::functions::rank;

    // rust.bff:19  extern fn better
    pub const BETTER: fn(Tier<'_>) -> Tier<'static> = crate::functions::better;

    // rust.bff:20  extern fn halves
    pub const HALVES: fn(&[f64]) -> Vec<f64> = crate::functions::halves;

    // rust.bff:21  extern fn words
    pub const WORDS: fn(
        Option<&str>,
        &[&str],
        Option<&[Option<&str>]>,
    ) -> Option<Vec<String>> = crate::functions::words;

    // rust.bff:22  extern fn age
    pub const AGE: fn(Date, DateTime) -> Option<i64> = crate::functions::age;

    // rust.bff:23  extern fn tax
    pub const TAX: fn(Decimal, Option<Decimal>) -> Decimal = crate::functions::tax;

    // rust.bff:24  extern fn size_of
    pub const SIZE_OF: fn(&RawJson<'_>) -> i64 = crate::functions::size_of;

    // rust.bff:25  extern fn sizes
    pub const SIZES: fn(Option<&[Size]>) -> Vec<Size> = crate::functions::sizes;

    // rust.bff:26  extern fn coin
    pub const COIN: fn() -> bool = crate::functions::coin;
}

// rust.bff:9  upstream users
mod users {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "users",
        at: At("rust.bff", 9),
        base: Setting::Env(Env {
            name: "USERS_URL",
            default: None,
            at: At("rust.bff", 10),
        }),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // rust.bff:11  op get
    pub static GET: Op = Op {
        name: "users.get",
        at: At("rust.bff", 11),
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
    /// `op get(id: ID) = GET /users/{id}`
    pub fn get(q: &mut Request, id: Str<'_>) {
        q.path("/users/").segment(id);
    }

    // rust.bff:12  op all
    pub static ALL: Op = Op {
        name: "users.all",
        at: At("rust.bff", 12),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/users",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op all(ids: [ID]) = GET /users`
    pub fn all(q: &mut Request, ids: &[Str<'_>]) {
        q.path("/users");
        q.query_each("ids", ids.iter().cloned());
    }
}

// rust.bff:31  route GET /users/{id}
pub mod users_id {
    use super::*;
    include!("rusty/users_id.rs");
}
