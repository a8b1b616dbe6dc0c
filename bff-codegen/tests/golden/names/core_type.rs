// Generated from names.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        type_: Id<'a> = "type",
    }
}
record! {
    /// The query inputs.
    pub Query<'a> {
        frame: Str<'a> = "frame",
        it: i64 = "it",
        ref_: Option<Raw<'a, CallRecord<'a>>> = "ref",
    }
}
record! {
    /// What `core_type` reads of `Route`.
    pub RouteRecord<'a> {
        id: Id<'a> = "id",
        type_: Str<'a> = "type",
        self_: Option<i64> = "self",
        a_b: i64 = "aB",
        a_b_2: i64 = "a_b",
        fn_: List<'a, VecRecordInCoreType<'a>> = "fn",
        o: Str<'a> = "o",
        clone: Str<'a> = "clone",
        kind: CallRecord<'a> = "kind",
    }
}
record! {
    /// What `core_type` reads of `Vec`.
    pub VecRecord<'a> {
        x: f64 = "x",
        super_: Option<OutRecordInCoreType<'a>> = "super",
    }
}
record! {
    /// What `core_type` reads of `Str`.
    pub StrRecordInCoreType<'a> {
        none: Option<Str<'a>> = "none",
    }
}
record! {
    /// What `core_type` reads of `Box<Out>`.
    pub BoxOfOut<'a> {
        item: OutRecord<'a> = "item",
        next: Option<BoxOfOutInCoreType<'a>> = "next",
    }
}
record! {
    /// What `core_type` reads of `Vec`.
    pub VecRecordInCoreType<'a> {
        x: f64 = "x",
        y: Raw<'a, f64> = "y",
        super_: Option<OutRecord<'a>> = "super",
    }
}
record! {
    /// What `core_type` reads of `Out`.
    pub OutRecord<'a> {
        str: Str<'a> = "str",
        crate_: bool = "crate",
    }
}
record! {
    /// What `core_type` reads of `Out`.
    pub OutRecordInCoreType<'a> {
        crate_: bool = "crate",
    }
}
record! {
    /// What `core_type` reads of `Box<Out>`.
    pub BoxOfOutInCoreType<'a> {
        item: OutRecord<'a> = "item",
        next: Option<BoxOfOutInCoreType2<'a>> = "next",
    }
}
record! {
    /// What `core_type` reads of `Box<Out>`.
    pub BoxOfOutInCoreType2<'a> {
        item: OutRecordInCoreType2<'a> = "item",
    }
}
record! {
    /// What `core_type` reads of `Out`.
    pub OutRecordInCoreType2<'a> {
        str: Str<'a> = "str",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const O_2: Var<RouteRecord<'static>> = Var::call(0);
const Q_2: Var<List<'static, VecRecord<'static>>> = Var::call(1);
const FRAME_2: Var<Option<StrRecord<'static>>> = Var::call(2);
const CALLS_CALL: Var<OptionRecord> = Var::call(3);
const SCRATCH_2: Var<Option<StrRecordInCoreType<'static>>> = Var::call(4);
const ME: Var<BoxOfOut<'static>> = Var::call(5);
const _: () = in_order(
    &[
        O_2.slot(),
        Q_2.slot(),
        FRAME_2.slot(),
        CALLS_CALL.slot(),
        SCRATCH_2.slot(),
        ME.slot(),
    ],
    &CALLS,
);

// names.bff:24  route GET /core/{type}
pub static ROUTE: Route = Route {
    name: "core_type",
    at: At("names.bff", 24),
    verb: Verb::Get,
    path: "/core/{type}",
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
            defaults: &[(0, "\"f\""), (1, "1")],
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
static GUARDS: [Guard; 0] = [];
static CALLS: [Call; 6] = [
    Call::new(
        O_2,
        "o",
        At("names.bff", 26),
        &std_upstream::GET,
        send!(call_o_2; QUERY, PATH),
    ),
    Call::new(Q_2, "q", At("names.bff", 27), &core::CRATE, send!(call_q_2; O_2)),
    Call::new(
            FRAME_2,
            "frame",
            At("names.bff", 28),
            &core::TEXT,
            send!(call_frame_2; O_2),
        )
        .or(&FRAME_2_OR),
    Call::new(
        CALLS_CALL,
        "calls",
        At("names.bff", 29),
        &self_::IMPL,
        send!(call_calls;),
    ),
    Call::new(
            SCRATCH_2,
            "scratch",
            At("names.bff", 30),
            &core::UPSTREAM_2,
            send!(call_scratch_2;),
        )
        .when(when!(when_scratch_2; QUERY))
        .or(&SCRATCH_2_OR),
    Call::new(ME, "me", At("names.bff", 31), &core::BOX, send!(call_me; O_2)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(
            &[
                O_2.slot(),
                Q_2.slot(),
                FRAME_2.slot(),
                CALLS_CALL.slot(),
                SCRATCH_2.slot(),
                ME.slot(),
            ],
        ),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("names.bff", 36),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY, O_2, Q_2, FRAME_2, CALLS_CALL, SCRATCH_2, ME)),
    },
];

// names.bff:32  let list = "${o.type}/${query.frame}"
fn let_list_2<'a>(
    scratch: &'a Scratch,
    query: Query<'a>,
    o_2: RouteRecord<'a>,
) -> Eval<Str<'a>> {
    Ok(scratch.text(t![o_2.type_(), "/", query.frame()], At("names.bff", 32))?)
}

// names.bff:33  let it_2 = q.first()
fn let_it_2_2<'a>(q_2: List<'a, VecRecord<'a>>) -> Option<VecRecord<'a>> {
    q_2.first()
}

// names.bff:34  let parts = q[].x
fn let_parts_2<'a>(q_2: List<'a, VecRecord<'a>>) -> Vec<f64> {
    let mut list = Vec::new();
    for it in q_2 {
        list.push(it.x());
    }
    list
}

// names.bff:35  let error_ = o.self ?? 0
fn let_error_<'a>(o_2: RouteRecord<'a>) -> i64 {
    o_2.self_().unwrap_or(0)
}

// names.bff:26  call o = std.get(q: path.type, scratch: [query.frame, path.type])
fn call_o_2(q: &mut Request, query: Query<'_>, path: Path<'_>) {
    std_upstream::get(q, path.type_(), None, &vec![query.frame(), path.type_()]);
}

// names.bff:27  call q = core.crate(type: o.type)
fn call_q_2(q: &mut Request, o_2: RouteRecord<'_>) {
    core::crate_(q, o_2.type_());
}

// names.bff:28  call frame = core.text(list: [o.type], body: { none: o.clone, some: null }) else null
fn call_frame_2(q: &mut Request, o_2: RouteRecord<'_>) -> Eval {
    let scratch = &Scratch::new();
    core::text(
        q,
        &vec![o_2.type_()],
        scratch
            .decode::<
                StrRecord<'static>,
            >(
                {
                    let mut out = Out::new();
                    let o = &mut out;
                    o.object();
                    o.put("none", o_2.clone());
                    o.key("some");
                    o.null();
                    o.end_object();
                    out
                },
                At("names.bff", 28),
            )?,
    );
    Ok(())
}
static FRAME_2_OR: [Arm; 1] = [Arm::Null];

// names.bff:29  call calls = self_.impl(h: SOME)
fn call_calls(q: &mut Request) {
    self_::impl_(q, OptionRecord::SomeRecord);
}

// names.bff:30  call scratch = core.UPSTREAM() when query.it > 0 else null
fn call_scratch_2(q: &mut Request) {
    core::upstream(q);
}

// names.bff:30  query.it > 0
fn when_scratch_2(query: Query<'_>) -> bool {
    query.it() > 0
}
static SCRATCH_2_OR: [Arm; 1] = [Arm::Null];

// names.bff:31  call me = core.box(id: o.id)
fn call_me(q: &mut Request, o_2: RouteRecord<'_>) {
    core::box_(q, o_2.id());
}

// names.bff:36  respond {
fn respond(
    o: &mut Out,
    query: Query<'_>,
    o_2: RouteRecord<'_>,
    q_2: List<'_, VecRecord<'_>>,
    frame_2: Option<StrRecord<'_>>,
    calls: OptionRecord,
    scratch_2: Option<StrRecordInCoreType<'_>>,
    me: BoxOfOut<'_>,
) -> Eval {
    let scratch = &Scratch::new();
    let list_2 = list::Once::new();
    let parts_2 = let_parts_2(q_2);
    let it_2_2 = let_it_2_2(q_2);
    let error_ = let_error_(o_2);
    o.object();
    o.put("type", o_2.type_());
    o.put("self", o_2.self_());
    o.put("aB", o_2.a_b());
    o.put("a_b", o_2.a_b_2());
    o.key("fn");
    o.array();
    for it in o_2.fn_() {
        o.object();
        o.put("x", it.x());
        o.put("y", it.y());
        o.key("super");
        match it.super_() {
            Some(it_2) => {
                o.object();
                o.put("str", it_2.str());
                o.put("crate", it_2.crate_());
                o.end_object();
            }
            None => {
                o.null();
            }
        }
        o.end_object();
    }
    o.end_array();
    o.put("it", query.it());
    o.put("list", *list_2.get(|| let_list_2(scratch, query, o_2))?);
    o.put("parts", &parts_2);
    o.put(
        "first",
        it_2_2.and_then(|it| it.super_().map(|it_2| it_2.crate_())).unwrap_or(false),
    );
    o.put(
        "sum",
        ops::sub(
            ops::add(error_, o_2.a_b(), At("names.bff", 39))?,
            o_2.a_b_2(),
            At("names.bff", 39),
        )?,
    );
    o.put(
        "kind",
        match o_2.kind() {
            CallRecord::SelfRecord => Str::lit("s"),
            CallRecord::Other2 => Str::lit("o"),
            CallRecord::NoneRecord => Str::lit("n"),
            CallRecord::X => Str::lit("x"),
            CallRecord::X2 => Str::lit("2"),
            _ => Str::lit("?"),
        },
    );
    o.put("raw", o_2.kind());
    o.key("frame");
    match frame_2 {
        Some(it) => {
            o.object();
            o.put("none", it.none());
            o.put("some", it.some());
            o.end_object();
        }
        None => {
            o.null();
        }
    }
    o.put("calls", calls == OptionRecord::SomeRecord);
    o.put("scratch", scratch_2.and_then(|it| it.none()));
    o.some("ref", query.ref_());
    o.key("nested");
    o.object();
    o.key("item");
    put_out_record(o, me.item());
    o.key("next");
    match me.next() {
        Some(it) => {
            o.object();
            o.key("item");
            put_out_record(o, it.item());
            o.key("next");
            match it.next() {
                Some(it_2) => {
                    o.object();
                    o.key("item");
                    o.object();
                    o.put("str", it_2.item().str());
                    o.end_object();
                    o.end_object();
                }
                None => {
                    o.null();
                }
            }
            o.end_object();
        }
        None => {
            o.null();
        }
    }
    o.end_object();
    o.put("", o_2.o());
    o.text("quo\"te", t!["\u{7}\\\"\n", o_2.id()]);
    o.end_object();
    Ok(())
}
pub fn put_out_record(o: &mut Out, it: OutRecord<'_>) {
    o.object();
    o.put("str", it.str());
    o.put("crate", it.crate_());
    o.end_object();
}
