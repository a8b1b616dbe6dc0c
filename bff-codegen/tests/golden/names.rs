// Generated from names.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// names.bff:2  client names
pub static SERVICE: Service = Service {
    name: "names",
    at: At("names.bff", 2),
    mount: "/",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Shape(errors),
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&std_upstream::UPSTREAM, &core::UPSTREAM, &self_::UPSTREAM],
    routes: &[&root::ROUTE, &std::ROUTE, &core_type::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// names.bff:2  errors
fn errors(o: &mut Out, error: ErrorView<'_>) -> Eval {
    o.object();
    o.put("code", Str::from(error.code()));
    o.put("id", Str::from(error.request_id()));
    o.end_object();
    Ok(())
}

// names.bff:9  enum Call
wire_enum! {
    pub CallRecord {
        SelfRecord = "self",
        Other2 = "other",
        NoneRecord = "none",
        X = "x",
        X2 = "x2",
    } open
}

// names.bff:10  enum Option
wire_enum! {
    pub OptionRecord {
        SomeRecord = "some",
        NoneRecord = "none",
    }
}
record! {
    /// What is read of `Str`.
    pub StrRecord<'a> {
        none: Option<Str<'a>> = "none",
        some: Option<Str<'a>> = "some",
    }
}

// names.bff:12  upstream std
mod std_upstream {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "std",
        at: At("names.bff", 12),
        base: Setting::Value("http://127.0.0.1:1"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // names.bff:12  op get
    pub static GET: Op = Op {
        name: "std.get",
        at: At("names.bff", 12),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/std/{q}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op get(q: String, o: Int?, scratch: [String]) = GET /std/{q}`
    pub fn get(q: &mut Request, q_2: Str<'_>, o_2: Option<i64>, scratch_2: &[Str<'_>]) {
        q.path("/std/").segment(q_2);
        q.query_opt("o", o_2);
        q.query_each("scratch", scratch_2.iter().cloned());
    }
}

// names.bff:13  upstream core
mod core {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 1,
        name: "core",
        at: At("names.bff", 13),
        base: Setting::Env(Env {
            name: "CORE",
            default: None,
            at: At("names.bff", 14),
        }),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // names.bff:15  op crate
    pub static CRATE: Op = Op {
        name: "core.crate",
        at: At("names.bff", 15),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/core",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op crate(type: String) = GET /core`
    pub fn crate_(q: &mut Request, type_: Str<'_>) {
        q.path("/core");
        q.query("type", type_);
    }

    // names.bff:16  op text
    pub static TEXT: Op = Op {
        name: "core.text",
        at: At("names.bff", 16),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/text",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op text(list: [String], body: Str) = POST /text`
    pub fn text(q: &mut Request, list_2: &[Str<'_>], body: StrRecord<'_>) {
        q.path("/text");
        q.body(|o| {
            o.object();
            o.put("list", &list_2);
            o.key("body");
            send_str_record(o, body);
            o.end_object();
        });
    }

    // names.bff:17  op box
    pub static BOX: Op = Op {
        name: "core.box",
        at: At("names.bff", 17),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/box/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op box(id: ID) = GET /box/{id}`
    pub fn box_(q: &mut Request, id: Str<'_>) {
        q.path("/box/").segment(id);
    }

    // names.bff:18  op UPSTREAM
    pub static UPSTREAM_2: Op = Op {
        name: "core.UPSTREAM",
        at: At("names.bff", 18),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/upstream",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op UPSTREAM() = GET /upstream`
    pub fn upstream(q: &mut Request) {
        q.path("/upstream");
    }
}

// names.bff:20  upstream self_
mod self_ {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 2,
        name: "self_",
        at: At("names.bff", 20),
        base: Setting::Value("http://127.0.0.1:2"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // names.bff:20  op impl
    pub static IMPL: Op = Op {
        name: "self_.impl",
        at: At("names.bff", 20),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/impl",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op impl(h: Option) = GET /impl`
    pub fn impl_(q: &mut Request, h_2: OptionRecord) {
        q.path("/impl");
        q.query("h", h_2);
    }
}

// names.bff:22  route GET /
pub mod root {
    use super::*;
    include!("names/root.rs");
}

// names.bff:23  route GET /std
pub mod std {
    use super::*;
    include!("names/std.rs");
}

// names.bff:24  route GET /core/{type}
pub mod core_type {
    use super::*;
    include!("names/core_type.rs");
}
pub fn send_str_record(o: &mut Out, it: StrRecord<'_>) {
    o.object();
    o.put("none", it.none());
    o.put("some", it.some());
    o.end_object();
}
