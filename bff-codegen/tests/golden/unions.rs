// Generated from unions.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// unions.bff:1  client unions
pub static SERVICE: Service = Service {
    name: "unions",
    at: At("unions.bff", 1),
    mount: "/",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&feed::UPSTREAM],
    routes: &[&events::ROUTE, &post_shapes::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// unions.bff:4  union Payload
wire_union! {
    /// What is read of `Payload`.
    pub Payload<'a> on "type" {
        Shipped: Shipped<'a> = "shipped",
        Drop: Drop<'a> = "price_drop",
        Gone: Gone<'a> = "Gone",
    } open
}
record! {
    /// What is read of `Shipped`.
    pub Shipped<'a> {
        order_id: Id<'a> = "order_id",
        at: Raw<'a, DateTime> = "at",
        parent: Option<Payload<'a>> = "parent",
        carrier: Option<Str<'a>> = "carrier",
    }
}
static DROP_SKU: Rule = Rule::new().length(Some(1), Some(9));
record! {
    /// What is read of `Drop`.
    pub Drop<'a> {
        sku: Str<'a> = "sku" if DROP_SKU,
        price: Raw<'a, Decimal> = "price",
        type_: Str<'a> = "type",
    }
}
record! {
    /// What is read of `Gone`.
    pub Gone<'a> {
        reason: Option<Str<'a>> = "reason",
    }
}

// unions.bff:11  union Shape
wire_union! {
    /// What is read of `Shape`.
    pub Shape<'a> on "kind" {
        Circle: Circle<'a> = "circle",
        Square: Square<'a> = "square",
    }
}
static CIRCLE_R: Rule = Rule::new().min("0");
record! {
    /// What is read of `Circle`.
    pub Circle<'a> {
        r: f64 = "r" if CIRCLE_R,
    }
}
static SQUARE_INNER: Rule = Rule::new().length(None, Some(3));
record! {
    /// What is read of `Square`.
    pub Square<'a> {
        side: f64 = "side",
        inner: List<'a, Shape<'a>> = "inner" if SQUARE_INNER,
    }
}

// unions.bff:15  upstream feed
mod feed {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "feed",
        at: At("unions.bff", 15),
        base: Setting::Env(Env {
            name: "FEED_URL",
            default: Some("http://127.0.0.1:9108"),
            at: At("unions.bff", 16),
        }),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // unions.bff:17  op events
    pub static EVENTS: Op = Op {
        name: "feed.events",
        at: At("unions.bff", 17),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/events",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op events() = GET /events`
    pub fn events(q: &mut Request) {
        q.path("/events");
    }

    // unions.bff:18  op last
    pub static LAST: Op = Op {
        name: "feed.last",
        at: At("unions.bff", 18),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/last",
        safe: true,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op last() = GET /last`
    pub fn last(q: &mut Request) {
        q.path("/last");
    }

    // unions.bff:19  op boxed
    pub static BOXED: Op = Op {
        name: "feed.boxed",
        at: At("unions.bff", 19),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/boxed",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op boxed() = GET /boxed`
    pub fn boxed(q: &mut Request) {
        q.path("/boxed");
    }

    // unions.bff:20  op named
    pub static NAMED: Op = Op {
        name: "feed.named",
        at: At("unions.bff", 20),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/named",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op named() = GET /named`
    pub fn named(q: &mut Request) {
        q.path("/named");
    }

    // unions.bff:21  op store
    pub static STORE: Op = Op {
        name: "feed.store",
        at: At("unions.bff", 21),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/store",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op store(payload: Payload, shape: Shape?, all: [Shape]) = POST /store`
    pub fn store(
        q: &mut Request,
        payload: Payload<'_>,
        shape: Option<Shape<'_>>,
        all: &[Shape<'_>],
    ) {
        q.path("/store");
        q.body(|o| {
            o.object();
            o.key("payload");
            send_payload(o, payload);
            o.key("shape");
            match shape {
                Some(it) => {
                    send_shape(o, it);
                }
                None => {
                    o.null();
                }
            }
            o.key("all");
            o.array();
            for it in all.iter().copied() {
                send_shape(o, it);
            }
            o.end_array();
            o.end_object();
        });
    }

    // unions.bff:22  op echo
    pub static ECHO: Op = Op {
        name: "feed.echo",
        at: At("unions.bff", 22),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/echo",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op echo(shape: Shape) = POST /echo`
    pub fn echo(q: &mut Request, shape: Shape<'_>) {
        q.path("/echo");
        q.body(|o| {
            send_shape(o, shape);
        });
    }
}

// unions.bff:25  route GET /events
pub mod events {
    use super::*;
    include!("unions/events.rs");
}

// unions.bff:49  route POST /shapes
pub mod post_shapes {
    use super::*;
    include!("unions/post_shapes.rs");
}
pub fn put_payload(o: &mut Out, it: Payload<'_>) {
    o.object();
    match it {
        Payload::Shipped(it_2) => {
            o.put("type", "shipped");
            o.put("orderId", it_2.order_id());
            o.put("at", it_2.at());
            if let Some(it_3) = it_2.parent() {
                o.key("parent");
                put_payload(o, it_3);
            }
            o.some("carrier", it_2.carrier());
        }
        Payload::Drop(it_2) => {
            o.put("sku", it_2.sku());
            o.put("price", it_2.price());
            o.put("type", it_2.type_());
        }
        Payload::Gone(it_2) => {
            o.put("type", "Gone");
            o.some("reason", it_2.reason());
        }
        Payload::Other(tag) => {
            o.put("type", tag);
        }
    }
    o.end_object();
}
pub fn send_payload(o: &mut Out, it: Payload<'_>) {
    o.object();
    match it {
        Payload::Shipped(it_2) => {
            o.put("type", "shipped");
            o.put("order_id", it_2.order_id());
            o.put("at", it_2.at());
            o.key("parent");
            match it_2.parent() {
                Some(it_3) => {
                    send_payload(o, it_3);
                }
                None => {
                    o.null();
                }
            }
            o.some("carrier", it_2.carrier());
        }
        Payload::Drop(it_2) => {
            o.put("sku", it_2.sku());
            o.put("price", it_2.price());
            o.put("type", it_2.type_());
        }
        Payload::Gone(it_2) => {
            o.put("type", "Gone");
            o.some("reason", it_2.reason());
        }
        Payload::Other(tag) => {
            o.put("type", tag);
        }
    }
    o.end_object();
}
pub fn put_shape(o: &mut Out, it: Shape<'_>) {
    o.object();
    match it {
        Shape::Circle(it_2) => {
            o.put("kind", "circle");
            o.put("r", it_2.r());
        }
        Shape::Square(it_2) => {
            o.put("kind", "square");
            o.put("side", it_2.side());
            o.key("inner");
            o.array();
            for it_3 in it_2.inner() {
                put_shape(o, it_3);
            }
            o.end_array();
        }
    }
    o.end_object();
}
pub fn send_shape(o: &mut Out, it: Shape<'_>) {
    o.object();
    match it {
        Shape::Circle(it_2) => {
            o.put("kind", "circle");
            o.put("r", it_2.r());
        }
        Shape::Square(it_2) => {
            o.put("kind", "square");
            o.put("side", it_2.side());
            o.key("inner");
            o.array();
            for it_3 in it_2.inner() {
                send_shape(o, it_3);
            }
            o.end_array();
        }
    }
    o.end_object();
}
pub fn put_circle(o: &mut Out, it: Circle<'_>) {
    o.object();
    o.put("r", it.r());
    o.end_object();
}
