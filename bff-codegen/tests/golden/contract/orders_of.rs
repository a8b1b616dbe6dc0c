// Generated from contract.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        of: Id<'a> = "of",
    }
}
record! {
    /// The query inputs.
    pub Query<'a> {
        all: bool = "all",
    }
}
record! {
    /// What `orders_of` reads of `Order`.
    pub Order<'a> {
        id: Id<'a> = "id",
        total: Money<'a> = "total",
        note: Option<Str<'a>> = "note",
    }
}
record! {
    /// What `orders_of` reads of `Points`.
    pub Points<'a> {
        level: Raw<'a, i64> = "level",
        sum: i64 = "sum",
    }
}
record! {
    /// What `orders_of` reads of `Money`.
    pub Money<'a> {
        amount: Raw<'a, Decimal> = "amount",
        currency: Str<'a> = "currency",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const LIST_2: Var<List<'static, Order<'static>>> = Var::call(0);
const POINTS: Var<Points<'static>> = Var::call(1);
const _: () = in_order(&[LIST_2.slot(), POINTS.slot()], &CALLS);

// contract.bff:21  route GET /orders/{of}
pub static ROUTE: Route = Route {
    name: "orders_of",
    at: At("contract.bff", 21),
    verb: Verb::Get,
    path: "/orders/{of}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<Path<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        query: Some(Input {
            kind: &<Query<'static> as Read<'static>>::KIND,
            defaults: &[(0, "false")],
        }),
        ..Inputs::NONE
    },
    proxy: None,
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract {
        versioned: true,
        ..Contract::NONE
    },
};
static GUARDS: [Guard; 0] = [];
static CALLS: [Call; 2] = [
    Call::new(
        LIST_2,
        "list",
        At("contract.bff", 23),
        &shop::LIST,
        send!(call_list_2; PATH),
    ),
    Call::new(
            POINTS,
            "points",
            At("contract.bff", 24),
            &shop::POINTS,
            send!(call_points; PATH),
        )
        .or(&POINTS_OR),
];
static OUTPUTS: [Output; 4] = [
    Output {
        when: Some(when!(live_1;; frame)),
        needs: needs(&[POINTS.slot()]),
    },
    Output {
        when: Some(when!(live_2;; frame)),
        needs: needs(&[POINTS.slot()]),
    },
    Output {
        when: Some(when!(live_3; QUERY; frame)),
        needs: needs(&[POINTS.slot()]),
    },
    Output {
        when: None,
        needs: needs(&[LIST_2.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("contract.bff", 26),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY, LIST_2, POINTS; frame)),
    },
];

// contract.bff:23  call list = shop.list(of: path.of)
fn call_list_2(q: &mut Request, path: Path<'_>) {
    shop::list(q, path.of());
}

// contract.bff:24  call points = shop.points(of: path.of) else { level: 0, sum: 0 }
fn call_points(q: &mut Request, path: Path<'_>) {
    shop::points(q, path.of());
}
static POINTS_OR: [Arm; 1] = [Arm::Json("{\"level\":0,\"sum\":0}")];

// contract.bff:28  @since(2024-09-01)
fn live_1(frame: &Frame) -> bool {
    frame.at_least(versions::V2024_09_01)
}

// contract.bff:25  @since(2024-01-01)
fn live_2(frame: &Frame) -> bool {
    frame.at_least(versions::V2024_01_01)
}

// contract.bff:30  @until(2024-01-01)
fn live_3(frame: &Frame, query: Query<'_>) -> bool {
    (!frame.at_least(versions::V2024_01_01)) && query.all()
}

// contract.bff:26  respond {
fn respond(
    o: &mut Out,
    frame: &Frame,
    query: Query<'_>,
    list_2: List<'_, Order<'_>>,
    points: Points<'_>,
) {
    o.object();
    o.key("data");
    o.array();
    for it in list_2 {
        o.object();
        o.put("id", it.id());
        if !frame.at_least(versions::V2024_09_01) {
            o.put("amount", it.total().amount());
        }
        if frame.at_least(versions::V2024_09_01) {
            o.key("amount");
            o.object();
            o.put("amount", it.total().amount());
            o.put("currency", it.total().currency());
            o.end_object();
        }
        if frame.at_least(versions::V2024_01_01)
            && !frame.at_least(versions::V2024_09_01)
        {
            o.some("note", it.note());
        }
        o.end_object();
    }
    o.end_array();
    if frame.at_least(versions::V2024_09_01) {
        o.put("from", points.level());
    }
    o.put(
        "sum",
        if frame.at_least(versions::V2024_01_01) { Some(points.sum()) } else { None },
    );
    if !frame.at_least(versions::V2024_01_01) {
        if query.all() {
            if points.sum() > 0 {
                o.put("level", points.level());
            }
        }
    }
    o.key("row");
    match list_2.first() {
        Some(it) => {
            o.object();
            o.put("id", it.id());
            if !frame.at_least(versions::V2024_09_01) {
                o.put("amount", it.total().amount());
            }
            if frame.at_least(versions::V2024_09_01) {
                o.key("amount");
                o.object();
                o.put("amount", it.total().amount());
                o.put("currency", it.total().currency());
                o.end_object();
            }
            o.end_object();
        }
        None => {
            o.null();
        }
    }
    o.put("asked", frame.version().date());
    o.put("young", frame.version().date() >= Date::lit("2024-01-01"));
    o.end_object();
}
