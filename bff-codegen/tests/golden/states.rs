// Generated from states.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// states.bff:1  client states
pub static SERVICE: Service = Service {
    name: "states",
    at: At("states.bff", 1),
    mount: "/",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&api::UPSTREAM],
    routes: &[&patch_u_id::ROUTE, &put_blobs::ROUTE, &post_raw::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// states.bff:9  enum Side
wire_enum! {
    pub Side {
        Left = "left",
        Right = "right",
    }
}
record! {
    /// What is read of `Patch`.
    pub Patch<'a> {
        name: Maybe<Str<'a>> = "name",
        age: Maybe<i64> = "age",
        tags: Maybe<List<'a, Str<'a>>> = "tags",
        home: Maybe<Home<'a>> = "home",
        old: Option<Str<'a>> = "old",
        must: Option<Str<'a>> = "must",
        at: Maybe<Raw<'a, DateTime>> = "when_at",
    }
}
record! {
    /// What is read of `Home`.
    pub Home<'a> {
        street: Maybe<Str<'a>> = "street",
        no: i64 = "no",
    }
}
record! {
    /// What is read of `Other`.
    pub Other<'a> {
        name: Maybe<Str<'a>> = "name",
        age: Maybe<Raw<'a, Decimal>> = "age",
        home: Maybe<Place<'a>> = "home",
    }
}
record! {
    /// What is read of `Place`.
    pub Place<'a> {
        street: Maybe<Str<'a>> = "street",
        no: Raw<'a, f64> = "no",
    }
}

// states.bff:11  upstream api
mod api {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "api",
        at: At("states.bff", 11),
        base: Setting::Env(Env {
            name: "API_URL",
            default: Some("http://127.0.0.1:9109"),
            at: At("states.bff", 12),
        }),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // states.bff:13  op patch
    pub static PATCH: Op = Op {
        name: "api.patch",
        at: At("states.bff", 13),
        upstream: &UPSTREAM,
        method: Method::PATCH,
        path: "/u/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op patch(id: ID, patch: Patch) = PATCH /u/{id}`
    pub fn patch(q: &mut Request, id: Str<'_>, patch: Patch<'_>) {
        q.path("/u/").segment(id);
        q.body(|o| {
            send_patch(o, patch);
        });
    }

    // states.bff:14  op parts
    pub static PARTS: Op = Op {
        name: "api.parts",
        at: At("states.bff", 14),
        upstream: &UPSTREAM,
        method: Method::PATCH,
        path: "/p",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op parts(name?: String?, age?: Int?, tags?: [String]?, home?: Home?) = PATCH /p`
    pub fn parts(
        q: &mut Request,
        name: Maybe<Str<'_>>,
        age: Maybe<i64>,
        tags: Maybe<&[Str<'_>]>,
        home: Maybe<Home<'_>>,
    ) {
        q.path("/p");
        q.body(|o| {
            o.object();
            o.maybe("name", name);
            o.maybe("age", age);
            o.maybe("tags", tags);
            match home {
                Maybe::Value(it) => {
                    o.key("home");
                    send_home(o, it);
                }
                Maybe::Null => {
                    o.key("home");
                    o.null();
                }
                Maybe::Absent => {}
            }
            o.end_object();
        });
    }

    // states.bff:15  op other
    pub static OTHER: Op = Op {
        name: "api.other",
        at: At("states.bff", 15),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/o",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op other(other: Other) = POST /o`
    pub fn other(q: &mut Request, other: Other<'_>) {
        q.path("/o");
        q.body(|o| {
            send_other(o, other);
        });
    }
    static PUT_ANSWER_EACH: Rule = Rule::new().min("1").max("9");
    static PUT_ANSWER: Rule = Rule::new().length(None, Some(3)).each(&PUT_ANSWER_EACH);

    // states.bff:16  op put
    pub static PUT: Op = Op {
        name: "api.put",
        at: At("states.bff", 16),
        upstream: &UPSTREAM,
        method: Method::PUT,
        path: "/b",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: Some(&PUT_ANSWER),
        timeout: None,
        forward: &[],
    };
    /// `op put(data: Bytes, kind: String?) = PUT /b`
    pub fn put(q: &mut Request, data: Str<'_>, kind: Option<Str<'_>>) {
        q.path("/b");
        q.query_opt("kind", kind);
        q.bytes(Some(data));
    }

    // states.bff:17  op maybe
    pub static MAYBE: Op = Op {
        name: "api.maybe",
        at: At("states.bff", 17),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/b",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op maybe(data: Bytes?) = POST /b`
    pub fn maybe(q: &mut Request, data: Option<Str<'_>>) {
        q.path("/b");
        q.bytes(data);
    }

    // states.bff:18  op words
    pub static WORDS: Op = Op {
        name: "api.words",
        at: At("states.bff", 18),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/words",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op words() = GET /words`
    pub fn words(q: &mut Request) {
        q.path("/words");
    }
    static MAPS_ANSWER_EACH_EACH_EACH_PATTERN: Pattern = Pattern::new("^[a-z]+$");
    static MAPS_ANSWER_EACH_EACH_EACH: Rule = Rule::new()
        .length(Some(1), Some(9))
        .pattern(&MAPS_ANSWER_EACH_EACH_EACH_PATTERN);
    static MAPS_ANSWER_EACH_EACH: Rule = Rule::new()
        .length(Some(1), None)
        .each(&MAPS_ANSWER_EACH_EACH_EACH);
    static MAPS_ANSWER_EACH_KEY: Rule = Rule::new().min("1").max("7");
    static MAPS_ANSWER_EACH: Rule = Rule::new()
        .each(&MAPS_ANSWER_EACH_EACH)
        .key(&MAPS_ANSWER_EACH_KEY);
    static MAPS_ANSWER: Rule = Rule::new().each(&MAPS_ANSWER_EACH);

    // states.bff:19  op maps
    pub static MAPS: Op = Op {
        name: "api.maps",
        at: At("states.bff", 19),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/maps",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: Some(&MAPS_ANSWER),
        timeout: None,
        forward: &[],
    };
    /// `op maps() = GET /maps`
    pub fn maps(q: &mut Request) {
        q.path("/maps");
    }
}

// states.bff:22  route PATCH /u/{id}
pub mod patch_u_id {
    use super::*;
    include!("states/patch_u_id.rs");
}

// states.bff:39  route PUT /blobs
pub mod put_blobs {
    use super::*;
    include!("states/put_blobs.rs");
}

// states.bff:55  route POST /raw
pub mod post_raw {
    use super::*;
    include!("states/post_raw.rs");
}
pub fn put_patch(o: &mut Out, it: Patch<'_>) {
    o.object();
    o.maybe("name", it.name());
    o.maybe("age", it.age());
    o.maybe("tags", it.tags());
    match it.home() {
        Maybe::Value(it_2) => {
            o.key("home");
            put_home(o, it_2);
        }
        Maybe::Null => {
            o.key("home");
            o.null();
        }
        Maybe::Absent => {}
    }
    o.some("old", it.old());
    o.put("must", it.must());
    o.maybe("at", it.at());
    o.end_object();
}
pub fn send_patch(o: &mut Out, it: Patch<'_>) {
    o.object();
    o.maybe("name", it.name());
    o.maybe("age", it.age());
    o.maybe("tags", it.tags());
    match it.home() {
        Maybe::Value(it_2) => {
            o.key("home");
            send_home(o, it_2);
        }
        Maybe::Null => {
            o.key("home");
            o.null();
        }
        Maybe::Absent => {}
    }
    o.some("old", it.old());
    o.put("must", it.must());
    o.maybe("when_at", it.at());
    o.end_object();
}
pub fn put_home(o: &mut Out, it: Home<'_>) {
    o.object();
    o.maybe("street", it.street());
    o.put("no", it.no());
    o.end_object();
}
pub fn send_home(o: &mut Out, it: Home<'_>) {
    o.object();
    o.maybe("street", it.street());
    o.put("no", it.no());
    o.end_object();
}
pub fn send_other(o: &mut Out, it: Other<'_>) {
    o.object();
    o.maybe("name", it.name());
    o.maybe("age", it.age());
    match it.home() {
        Maybe::Value(it_2) => {
            o.key("home");
            send_place(o, it_2);
        }
        Maybe::Null => {
            o.key("home");
            o.null();
        }
        Maybe::Absent => {}
    }
    o.end_object();
}
pub fn send_place(o: &mut Out, it: Place<'_>) {
    o.object();
    o.maybe("street", it.street());
    o.put("no", it.no());
    o.end_object();
}
