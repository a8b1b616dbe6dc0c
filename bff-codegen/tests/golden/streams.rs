// Generated from streams.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// streams.bff:1  client streams
pub static SERVICE: Service = Service {
    name: "streams",
    at: At("streams.bff", 1),
    mount: "/s",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[
        &files::UPSTREAM,
        &cdn::UPSTREAM,
        &n127_0_0_1_9112::UPSTREAM,
        &app_url::UPSTREAM,
    ],
    routes: &[
        &post_avatars_name::ROUTE,
        &put_inbox::ROUTE,
        &post_echo::ROUTE,
        &files_id::ROUTE,
        &maybe_id::ROUTE,
        &either_id::ROUTE,
        &two_id::ROUTE,
        &any_static::ROUTE,
        &any_raw::ROUTE,
        &users_id_avatar_png::ROUTE,
        &post_rooms_room_int::ROUTE,
        &any_media::ROUTE,
        &app::ROUTE,
        &any_any_id::ROUTE,
        &post_stored_id::ROUTE,
    ],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}
record! {
    /// What is read of `FileRef`.
    pub FileRef<'a> {
        id: Id<'a> = "id",
    }
}

// streams.bff:3  upstream files
mod files {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "files",
        at: At("streams.bff", 3),
        base: Setting::Value("http://127.0.0.1:9110"),
        timeout: Setting::Value(Duration::from_millis(500)),
        forward: &[],
        send: None,
    };

    // streams.bff:5  op put
    pub static PUT: Op = Op {
        name: "files.put",
        at: At("streams.bff", 5),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/files/{name}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op put(name: String, data: Stream) = POST /files/{name}`
    pub fn put(q: &mut Request, name: Str<'_>, data: Stream) {
        q.path("/files/").segment(name);
        q.stream(data);
    }

    // streams.bff:6  op send
    pub static SEND: Op = Op {
        name: "files.send",
        at: At("streams.bff", 6),
        upstream: &UPSTREAM,
        method: Method::PUT,
        path: "/inbox",
        safe: true,
        reads_body: false,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op send(data: Stream, kind: String?) = PUT /inbox`
    pub fn send(q: &mut Request, data: Stream, kind: Option<Str<'_>>) {
        q.path("/inbox");
        q.query_opt("kind", kind);
        q.stream(data);
    }

    // streams.bff:7  op get
    pub static GET: Op = Op {
        name: "files.get",
        at: At("streams.bff", 7),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/files/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: Some(StreamAnswer {
            max: Some(1073741824),
        }),
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op get(id: ID) = GET /files/{id}`
    pub fn get(q: &mut Request, id: Str<'_>) {
        q.path("/files/").segment(id);
    }

    // streams.bff:8  op store
    pub static STORE: Op = Op {
        name: "files.store",
        at: At("streams.bff", 8),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/store/{name}",
        safe: false,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op store(name: String, data: Stream) = POST /store/{name}`
    pub fn store(q: &mut Request, name: Str<'_>, data: Stream) {
        q.path("/store/").segment(name);
        q.stream(data);
    }

    // streams.bff:9  op drop
    pub static DROP: Op = Op {
        name: "files.drop",
        at: At("streams.bff", 9),
        upstream: &UPSTREAM,
        method: Method::DELETE,
        path: "/store/{id}",
        safe: false,
        reads_body: false,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op drop(id: ID) = DELETE /store/{id}`
    pub fn drop(q: &mut Request, id: Str<'_>) {
        q.path("/store/").segment(id);
    }

    // streams.bff:10  op old
    pub static OLD: Op = Op {
        name: "files.old",
        at: At("streams.bff", 10),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/archive/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: Some(StreamAnswer { max: Some(65536) }),
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op old(id: ID) = GET /archive/{id}`
    pub fn old(q: &mut Request, id: Str<'_>) {
        q.path("/archive/").segment(id);
    }
}

// streams.bff:12  upstream cdn
mod cdn {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 1,
        name: "cdn",
        at: At("streams.bff", 12),
        base: Setting::Env(Env {
            name: "CDN_URL",
            default: Some("http://127.0.0.1:9111"),
            at: At("streams.bff", 12),
        }),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: Some(send_headers),
    };
    fn send_headers(h: &mut HeaderOut<'_>, _request: RequestView<'_>) -> Eval {
        h.set("x-from", t!["bff"])?;
        Ok(())
    }
}

// streams.bff:61  upstream 127.0.0.1:9112
mod n127_0_0_1_9112 {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 2,
        name: "127.0.0.1:9112",
        at: At("streams.bff", 61),
        base: Setting::Value("http://127.0.0.1:9112"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };
}

// streams.bff:64  upstream app_url
mod app_url {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 3,
        name: "app_url",
        at: At("streams.bff", 64),
        base: Setting::Env(Env {
            name: "APP_URL",
            default: Some("http://127.0.0.1:9113"),
            at: At("streams.bff", 64),
        }),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };
}

// streams.bff:18  route POST /avatars/{name}
pub mod post_avatars_name {
    use super::*;
    include!("streams/post_avatars_name.rs");
}

// streams.bff:23  route PUT /inbox
pub mod put_inbox {
    use super::*;
    include!("streams/put_inbox.rs");
}

// streams.bff:24  route POST /echo
pub mod post_echo {
    use super::*;
    include!("streams/post_echo.rs");
}

// streams.bff:27  route GET /files/{id}
pub mod files_id {
    use super::*;
    include!("streams/files_id.rs");
}

// streams.bff:32  route GET /maybe/{id}
pub mod maybe_id {
    use super::*;
    include!("streams/maybe_id.rs");
}

// streams.bff:39  route GET /either/{id}
pub mod either_id {
    use super::*;
    include!("streams/either_id.rs");
}

// streams.bff:44  route GET /two/{id}
pub mod two_id {
    use super::*;
    include!("streams/two_id.rs");
}

// streams.bff:52  route ANY /static/*
pub mod any_static {
    use super::*;
    include!("streams/any_static.rs");
}

// streams.bff:53  route ANY /raw/*
pub mod any_raw {
    use super::*;
    include!("streams/any_raw.rs");
}

// streams.bff:54  route GET /users/{id}/avatar.png
pub mod users_id_avatar_png {
    use super::*;
    include!("streams/users_id_avatar_png.rs");
}

// streams.bff:55  route POST /rooms/{room: Int}
pub mod post_rooms_room_int {
    use super::*;
    include!("streams/post_rooms_room_int.rs");
}

// streams.bff:63  route ANY /media/*
pub mod any_media {
    use super::*;
    include!("streams/any_media.rs");
}

// streams.bff:64  route GET /app/*
pub mod app {
    use super::*;
    include!("streams/app.rs");
}

// streams.bff:65  route ANY /any/{id}
pub mod any_any_id {
    use super::*;
    include!("streams/any_any_id.rs");
}

// streams.bff:67  route POST /stored/{id}
pub mod post_stored_id {
    use super::*;
    include!("streams/post_stored_id.rs");
}
