// Generated from inputs.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// inputs.bff:4  client inputs
pub static SERVICE: Service = Service {
    name: "inputs",
    at: At("inputs.bff", 4),
    mount: "/in",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(700)),
    errors: ErrorFormat::Shape(errors),
    decimals_as_numbers: false,
    headers: ClientHeaders {
        forward: &[],
        send: None,
        set: Some(set_headers),
        remove: &["server"],
    },
    versions: None,
    upstreams: &[&users::UPSTREAM],
    routes: &[
        &home::ROUTE,
        &home_2::ROUTE,
        &at_lat_lon::ROUTE,
        &files_name_json::ROUTE,
        &put_echo::ROUTE,
        &post_filter::ROUTE,
        &patch_users_n_int::ROUTE,
    ],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// inputs.bff:8  set headers
fn set_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval {
    h.set("x-served-by", t!["bff ", Str::from(request.method())])?;
    Ok(())
}

// inputs.bff:4  errors
fn errors(o: &mut Out, error: ErrorView<'_>) -> Eval {
    let scratch = &Scratch::new();
    o.object();
    o.put("code", Str::from(error.code()));
    o.put("message", Str::from(error.message()));
    o.put("field", error.field().map(Str::from));
    o.put("id", Str::from(error.request_id()));
    o.put("status", error.status());
    o.put("problems", error.errors_json(scratch)?);
    o.end_object();
    Ok(())
}

// inputs.bff:11  enum Platform
wire_enum! {
    pub Platform {
        Ios = "ios",
        Android = "android",
        Web = "web",
    }
}

// shop.bff:15  enum Status
wire_enum! {
    pub Status {
        Placed = "placed",
        Paid = "paid",
        Shipped = "shipped",
    }
}
static FILTER_STATUS: Rule = Rule::new().length(None, Some(3));
static FILTER_WORDS_EACH_PATTERN: Pattern = Pattern::new("^[a-z]+$");
static FILTER_WORDS_EACH: Rule = Rule::new()
    .length(Some(1), Some(10))
    .pattern(&FILTER_WORDS_EACH_PATTERN);
static FILTER_WORDS: Rule = Rule::new()
    .length(Some(1), Some(5))
    .each(&FILTER_WORDS_EACH);
record! {
    /// What is read of `Filter`.
    pub Filter<'a> {
        status: List<'a, Raw<'a, Status>> = "status" if FILTER_STATUS,
        price: Option<Range<'a>> = "price",
        words: List<'a, Str<'a>> = "words" if FILTER_WORDS,
    }
}
static RANGE_FROM: Rule = Rule::new().min("0");
static RANGE_TO: Rule = Rule::new().max("9999.99");
record! {
    /// What is read of `Range`.
    pub Range<'a> {
        from: Raw<'a, Decimal> = "from" if RANGE_FROM,
        to: Raw<'a, Decimal> = "to" if RANGE_TO,
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

// inputs.bff:15  route GET /home
pub mod home {
    use super::*;
    include!("inputs/home.rs");
}

// inputs.bff:16  route GET /home
pub mod home_2 {
    use super::*;
    include!("inputs/home_2.rs");
}

// inputs.bff:30  route GET /at/{lat},{lon}
pub mod at_lat_lon {
    use super::*;
    include!("inputs/at_lat_lon.rs");
}

// inputs.bff:31  route GET /files/{name}.json
pub mod files_name_json {
    use super::*;
    include!("inputs/files_name_json.rs");
}

// inputs.bff:32  route PUT /echo
pub mod put_echo {
    use super::*;
    include!("inputs/put_echo.rs");
}

// inputs.bff:33  route POST /filter
pub mod post_filter {
    use super::*;
    include!("inputs/post_filter.rs");
}

// inputs.bff:34  route PATCH /users/{n: Int}
pub mod patch_users_n_int {
    use super::*;
    include!("inputs/patch_users_n_int.rs");
}
