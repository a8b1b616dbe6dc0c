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
        sparse: Some(&SPARSE),
        ..Contract::NONE
    },
};
static GUARDS: [Guard; 0] = [];
static CALLS: [Call; 2] = [
    Call::new(
        LIST_2,
        "list",
        At("contract.bff", 24),
        &shop::LIST,
        send!(call_list_2; PATH),
    ),
    Call::new(
            POINTS,
            "points",
            At("contract.bff", 25),
            &shop::POINTS,
            send!(call_points; PATH),
        )
        .or(&POINTS_OR),
];
static OUTPUTS: [Output; 5] = [
    Output {
        when: Some(when!(live_1;; frame)),
        needs: needs(&[LIST_2.slot()]),
    },
    Output {
        when: Some(when!(live_2;; frame)),
        needs: needs(&[POINTS.slot()]),
    },
    Output {
        when: Some(when!(live_3;; frame)),
        needs: needs(&[POINTS.slot()]),
    },
    Output {
        when: Some(when!(live_4; QUERY; frame)),
        needs: needs(&[POINTS.slot()]),
    },
    Output {
        when: None,
        needs: needs(&[]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("contract.bff", 27),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY, LIST_2, POINTS; frame)),
    },
];

// contract.bff:24  call list = shop.list(of: path.of)
fn call_list_2(q: &mut Request, path: Path<'_>) {
    shop::list(q, path.of());
}

// contract.bff:25  call points = shop.points(of: path.of) else { level: 0, sum: 0 }
fn call_points(q: &mut Request, path: Path<'_>) {
    shop::points(q, path.of());
}
static POINTS_OR: [Arm; 1] = [Arm::Json("{\"level\":0,\"sum\":0}")];

// contract.bff:21  GET /orders/{of}
fn live_1(frame: &Frame) -> bool {
    frame.wants_any(&[0, 9])
}

// contract.bff:29  @since(2024-09-01)
fn live_2(frame: &Frame) -> bool {
    frame.wants(6) && frame.at_least(versions::V2024_09_01)
}

// contract.bff:26  @since(2024-01-01)
fn live_3(frame: &Frame) -> bool {
    frame.wants(7) && frame.at_least(versions::V2024_01_01)
}

// contract.bff:31  @until(2024-01-01)
fn live_4(frame: &Frame, query: Query<'_>) -> bool {
    frame.wants(8) && (!frame.at_least(versions::V2024_01_01)) && query.all()
}

// contract.bff:27  respond {
fn respond(
    o: &mut Out,
    frame: &Frame,
    query: Query<'_>,
    list_2: List<'_, Order<'_>>,
    points: Points<'_>,
) {
    o.object();
    if frame.wants(0) {
        o.key("data");
        o.array();
        for it in list_2 {
            o.object();
            if frame.wants(1) {
                o.put("id", it.id());
            }
            if frame.wants(2) && !frame.at_least(versions::V2024_09_01) {
                o.put("amount", it.total().amount());
            }
            if frame.wants(2) && frame.at_least(versions::V2024_09_01) {
                o.key("amount");
                o.object();
                if frame.wants(3) {
                    o.put("amount", it.total().amount());
                }
                if frame.wants(4) {
                    o.put("currency", it.total().currency());
                }
                o.end_object();
            }
            if frame.wants(5) && frame.at_least(versions::V2024_01_01)
                && !frame.at_least(versions::V2024_09_01)
            {
                o.some("note", it.note());
            }
            o.end_object();
        }
        o.end_array();
    }
    if frame.wants(6) && frame.at_least(versions::V2024_09_01) {
        o.put("from", points.level());
    }
    if frame.wants(7) {
        o.put(
            "sum",
            if frame.at_least(versions::V2024_01_01) { Some(points.sum()) } else { None },
        );
    }
    if frame.wants(8) && !frame.at_least(versions::V2024_01_01) {
        if query.all() {
            if points.sum() > 0 {
                o.put("level", points.level());
            }
        }
    }
    if frame.wants(9) {
        o.key("row");
        match list_2.first() {
            Some(it) => {
                o.object();
                if frame.wants(10) {
                    o.put("id", it.id());
                }
                if frame.wants(11) && !frame.at_least(versions::V2024_09_01) {
                    o.put("amount", it.total().amount());
                }
                if frame.wants(11) && frame.at_least(versions::V2024_09_01) {
                    o.key("amount");
                    o.object();
                    if frame.wants(12) {
                        o.put("amount", it.total().amount());
                    }
                    if frame.wants(13) {
                        o.put("currency", it.total().currency());
                    }
                    o.end_object();
                }
                o.end_object();
            }
            None => {
                o.null();
            }
        }
    }
    if frame.wants(14) {
        o.put("asked", frame.version().date());
    }
    if frame.wants(15) {
        o.put("young", frame.version().date() >= Date::lit("2024-01-01"));
    }
    o.end_object();
}
static SPARSE: Sparse = Sparse {
    fields: &[
        SparseField {
            name: "data",
            below: 5,
        },
        SparseField {
            name: "id",
            below: 0,
        },
        SparseField {
            name: "amount",
            below: 2,
        },
        SparseField {
            name: "amount",
            below: 0,
        },
        SparseField {
            name: "currency",
            below: 0,
        },
        SparseField {
            name: "note",
            below: 0,
        },
        SparseField {
            name: "from",
            below: 0,
        },
        SparseField {
            name: "sum",
            below: 0,
        },
        SparseField {
            name: "level",
            below: 0,
        },
        SparseField {
            name: "row",
            below: 4,
        },
        SparseField {
            name: "id",
            below: 0,
        },
        SparseField {
            name: "amount",
            below: 2,
        },
        SparseField {
            name: "amount",
            below: 0,
        },
        SparseField {
            name: "currency",
            below: 0,
        },
        SparseField {
            name: "asked",
            below: 0,
        },
        SparseField {
            name: "young",
            below: 0,
        },
    ],
};
