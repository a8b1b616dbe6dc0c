// Generated from unions.bff by bff-codegen. Edits are lost.
record! {
    /// What `events` reads of `Event`.
    pub Event<'a> {
        id: Id<'a> = "id",
        payload: PayloadInEvents<'a> = "payload",
    }
}

// unions.bff:4  union Payload
wire_union! {
    /// What `events` reads of `Payload`.
    pub PayloadInEvents<'a> on "type" {
        Shipped: ShippedInEvents<'a> = "shipped",
        Drop: Drop<'a> = "price_drop",
        Gone: Gone<'a> = "Gone",
    } open
}
record! {
    /// What `events` reads of `Shipped`.
    pub ShippedInEvents<'a> {
        order_id: Id<'a> = "order_id",
        at: Raw<'a, DateTime> = "at",
        parent: Option<PayloadInEvents2<'a>> = "parent",
    }
}

// unions.bff:4  union Payload
wire_union! {
    /// What `events` reads of `Payload`.
    pub PayloadInEvents2<'a> on "type" {
        Shipped: ShippedInEvents2<'a> = "shipped",
        Drop: DropInEvents<'a> = "price_drop",
        Gone: GoneInEvents<'a> = "Gone",
    } open
}
record! {
    /// What `events` reads of `Shipped`.
    pub ShippedInEvents2<'a> {
        order_id: Id<'a> = "order_id",
    }
}
record! {
    /// What `events` reads of `Drop`.
    pub DropInEvents<'a> {
    }
}
record! {
    /// What `events` reads of `Gone`.
    pub GoneInEvents<'a> {
    }
}
const EVENTS: Var<List<'static, Event<'static>>> = Var::call(0);
const LAST_2: Var<Option<Payload<'static>>> = Var::call(1);
const _: () = in_order(&[EVENTS.slot(), LAST_2.slot()], &CALLS);

// unions.bff:25  route GET /events
pub static ROUTE: Route = Route {
    name: "events",
    at: At("unions.bff", 25),
    verb: Verb::Get,
    path: "/events",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs::NONE,
    proxy: None,
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 0] = [];
static CALLS: [Call; 2] = [
    Call::new(
        EVENTS,
        "events",
        At("unions.bff", 26),
        &feed::EVENTS,
        send!(call_events;),
    ),
    Call::new(LAST_2, "last", At("unions.bff", 27), &feed::LAST, send!(call_last_2;)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[EVENTS.slot(), LAST_2.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("unions.bff", 29),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; EVENTS, LAST_2)),
    },
];

// unions.bff:28  let kind = match (last) { Shipped as s => s.orderId, Drop | Gone => "no", null => "none", _ => "other" }
fn let_kind<'a>(last_2: Option<Payload<'a>>) -> Str<'a> {
    match last_2 {
        Some(Payload::Shipped(it)) => it.order_id(),
        Some(Payload::Drop(_)) | Some(Payload::Gone(_)) => Str::lit("no"),
        None => Str::lit("none"),
        _ => Str::lit("other"),
    }
}

// unions.bff:26  call events = feed.events()
fn call_events(q: &mut Request) {
    feed::events(q);
}

// unions.bff:27  call last = feed.last()
fn call_last_2(q: &mut Request) {
    feed::last(q);
}

// unions.bff:29  respond {
fn respond(o: &mut Out, events: List<'_, Event<'_>>, last_2: Option<Payload<'_>>) {
    let kind = let_kind(last_2);
    o.object();
    o.key("events");
    o.array();
    for it in events {
        o.object();
        o.put("id", it.id());
        o.key("body");
        match it.payload() {
            PayloadInEvents::Shipped(it_2) => {
                o.object();
                o.put("type", Str::lit("shipped"));
                o.put("order", it_2.order_id());
                o.put("at", it_2.at());
                o.some(
                    "above",
                    match it_2.parent() {
                        Some(PayloadInEvents2::Shipped(it_3)) => Some(it_3.order_id()),
                        None => None,
                        _ => Some(Str::lit("?")),
                    },
                );
                o.end_object();
            }
            PayloadInEvents::Drop(it_2) => {
                o.object();
                o.put("type", Str::lit("price"));
                o.put("sku", it_2.sku());
                o.put("now", it_2.price());
                o.end_object();
            }
            _ => {
                o.object();
                o.put("type", Str::lit("other"));
                o.end_object();
            }
        }
        o.end_object();
    }
    o.end_array();
    if let Some(it) = last_2 {
        o.key("last");
        put_payload(o, it);
    }
    o.put("kind", kind);
    o.some(
        "reason",
        match events.first().map(|it| it.payload()) {
            Some(PayloadInEvents::Gone(it)) => it.reason(),
            Some(PayloadInEvents::Drop(it)) => Some(it.type_()),
            None => Some(Str::lit("n")),
            _ => None,
        },
    );
    o.end_object();
}
