// Generated from unions.bff by bff-codegen. Edits are lost.
static BOX_OF_PAYLOAD_ALL: Rule = Rule::new().length(None, Some(9));
record! {
    /// What `post_shapes` reads of `Box<Payload>`.
    pub BoxOfPayload<'a> {
        it: Payload<'a> = "it",
        all: List<'a, Payload<'a>> = "all" if BOX_OF_PAYLOAD_ALL,
    }
}

// unions.bff:11  union Shape
wire_union! {
    /// What `post_shapes` reads of `Shape`.
    pub ShapeInPostShapes<'a> on "kind" {
        Circle: Circle<'a> = "circle",
        Square: SquareInPostShapes<'a> = "square",
    }
}
record! {
    /// What `post_shapes` reads of `Square`.
    pub SquareInPostShapes<'a> {
        side: f64 = "side",
    }
}
const BODY: Var<Shape<'static>> = Var::input(InputKind::Body);
const BOXED: Var<BoxOfPayload<'static>> = Var::call(0);
const NAMED: Var<Map<'static, Shape<'static>>> = Var::call(1);
const STORED: Var<ShapeInPostShapes<'static>> = Var::call(2);
const ECHOED: Var<Payload<'static>> = Var::call(3);
const _: () = in_order(
    &[BOXED.slot(), NAMED.slot(), STORED.slot(), ECHOED.slot()],
    &CALLS,
);

// unions.bff:49  route POST /shapes
pub static ROUTE: Route = Route {
    name: "post_shapes",
    at: At("unions.bff", 49),
    verb: Verb::Post,
    path: "/shapes",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        body: Some(BodyInput {
            kind: &<Shape<'static> as Read<'static>>::KIND,
            optional: false,
            rule: None,
        }),
        ..Inputs::NONE
    },
    proxy: None,
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 1] = [
    Guard {
        at: At("unions.bff", 51),
        test: when!(check_1; BODY),
        refuse: Refuse::Check("squares have a side"),
    },
];
static CALLS: [Call; 4] = [
    Call::new(BOXED, "boxed", At("unions.bff", 52), &feed::BOXED, send!(call_boxed;)),
    Call::new(NAMED, "named", At("unions.bff", 53), &feed::NAMED, send!(call_named;)),
    Call::new(
        STORED,
        "stored",
        At("unions.bff", 54),
        &feed::STORE,
        send!(call_stored; BODY, BOXED, NAMED),
    ),
    Call::new(
        ECHOED,
        "echoed",
        At("unions.bff", 55),
        &feed::ECHO,
        send!(call_echoed; BODY),
    ),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[BOXED.slot(), NAMED.slot(), STORED.slot(), ECHOED.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("unions.bff", 56),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; BOXED, NAMED, STORED, ECHOED)),
    },
];

// unions.bff:51  match (body) { Square as s => s.side > 0, Circle => true }
fn check_1(body: Shape<'_>) -> bool {
    match body {
        Shape::Square(it) => it.side() > 0.0,
        Shape::Circle(_) => true,
    }
}

// unions.bff:52  call boxed = feed.boxed()
fn call_boxed(q: &mut Request) {
    feed::boxed(q);
}

// unions.bff:53  call named = feed.named()
fn call_named(q: &mut Request) {
    feed::named(q);
}

// unions.bff:54  call stored = feed.store(payload: boxed.it, shape: named["a"], all: [body])
fn call_stored(
    q: &mut Request,
    body: Shape<'_>,
    boxed: BoxOfPayload<'_>,
    named: Map<'_, Shape<'_>>,
) {
    feed::store(q, boxed.it(), named.get(Str::lit("a")).map(|it| it), &vec![body]);
}

// unions.bff:55  call echoed = feed.echo(shape: body)
fn call_echoed(q: &mut Request, body: Shape<'_>) {
    feed::echo(q, body);
}

// unions.bff:56  respond {
fn respond(
    o: &mut Out,
    boxed: BoxOfPayload<'_>,
    named: Map<'_, Shape<'_>>,
    stored: ShapeInPostShapes<'_>,
    echoed: Payload<'_>,
) {
    o.object();
    o.put(
        "size",
        match stored {
            ShapeInPostShapes::Circle(it) => it.r(),
            ShapeInPostShapes::Square(it) => it.side(),
        },
    );
    o.text(
        "label",
        t![
            match stored { ShapeInPostShapes::Circle(_) => Str::lit("round"),
            ShapeInPostShapes::Square(_) => Str::lit("square"), }, "!"
        ],
    );
    o.key("part");
    match stored {
        ShapeInPostShapes::Circle(it) => {
            put_circle(o, it);
        }
        ShapeInPostShapes::Square(it) => {
            o.object();
            o.put("side", it.side());
            o.end_object();
        }
    }
    o.key("all");
    o.array();
    for it in boxed.all() {
        put_payload(o, it);
    }
    o.end_array();
    o.key("list");
    o.array();
    for it in boxed.all() {
        o.object();
        o.put(
            "known",
            match it {
                Payload::Shipped(_) => true,
                _ => false,
            },
        );
        o.end_object();
    }
    o.end_array();
    o.key("echoed");
    put_payload(o, echoed);
    o.key("named");
    o.object();
    for (key, it) in named {
        o.key_of(key);
        put_shape(o, it);
    }
    o.end_object();
    o.end_object();
}
