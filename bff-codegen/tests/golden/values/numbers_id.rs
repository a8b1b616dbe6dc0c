// Generated from values.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// The query inputs.
    pub Query<'a> {
        n: i64 = "n",
        d: Decimal = "d",
        f: f64 = "f",
        t: Str<'a> = "t",
        since: Option<DateTime> = "since",
    }
}
record! {
    /// What `numbers_id` reads of `Order`.
    pub Order<'a> {
        id: Id<'a> = "id",
        status: Status = "status",
        total: Money<'a> = "total",
        placed_at: DateTime = "placedAt",
        lines: List<'a, Line<'a>> = "lines",
        tags: Option<List<'a, Str<'a>>> = "tags",
    }
}
record! {
    /// What `numbers_id` reads of `Line`.
    pub Line<'a> {
        qty: i64 = "qty",
        price: Decimal = "price",
    }
}
static MONEY_CURRENCY_PATTERN: Pattern = Pattern::new("^[A-Z]{3}$");
static MONEY_CURRENCY: Rule = Rule::new().pattern(&MONEY_CURRENCY_PATTERN);
record! {
    /// What `numbers_id` reads of `Money`.
    pub Money<'a> {
        currency: Str<'a> = "currency" if MONEY_CURRENCY,
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const ORDER: Var<Order<'static>> = Var::call(0);
const _: () = in_order(&[ORDER.slot()], &CALLS);

// values.bff:5  route GET /numbers/{id}
pub static ROUTE: Route = Route {
    name: "numbers_id",
    at: At("values.bff", 5),
    verb: Verb::Get,
    path: "/numbers/{id}",
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
            defaults: &[(0, "-3"), (1, "1.50"), (2, "0.5"), (3, "\"a \\\"b\\\"\"")],
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
static CALLS: [Call; 1] = [
    Call::new(ORDER, "order", At("values.bff", 8), &orders::GET, send!(call_order; PATH)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[ORDER.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("values.bff", 12),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; QUERY, ORDER; frame)),
    },
];

// values.bff:9  let line = order.lines.first()
fn let_line<'a>(order: Order<'a>) -> Option<Line<'a>> {
    order.lines().first()
}

// values.bff:10  let total = order.lines[].qty.count()
fn let_total<'a>(order: Order<'a>) -> i64 {
    order.lines().count()
}

// values.bff:11  let label = "${order.id}-${order.total.currency}"
fn let_label<'a>(scratch: &'a Scratch, order: Order<'a>) -> Eval<Str<'a>> {
    Ok(
        scratch
            .text(t![order.id(), "-", order.total().currency()], At("values.bff", 11))?,
    )
}

// values.bff:8  call order = orders.get(id: path.id)
fn call_order(q: &mut Request, path: Path<'_>) {
    orders::get(q, path.id(), None);
}

// values.bff:12  respond {
fn respond(o: &mut Out, frame: &Frame, query: Query<'_>, order: Order<'_>) -> Eval {
    let scratch = &Scratch::new();
    let total = let_total(order);
    let line = let_line(order);
    let label = list::Once::new();
    o.object();
    o.put(
        "sum",
        ops::sub(
            ops::add(
                query.n(),
                ops::mul(total, 2, At("values.bff", 13))?,
                At("values.bff", 13),
            )?,
            1,
            At("values.bff", 13),
        )?,
    );
    o.put("negative", ops::neg(query.n(), At("values.bff", 14))?);
    o.put("product", ops::mul(query.d(), Decimal::new(2, 0), At("values.bff", 15))?);
    o.put(
        "quotient",
        match ops::div(query.d(), Decimal::from(query.n()), At("values.bff", 16))? {
            Some(it) => it,
            None => Decimal::new(0, 1),
        },
    );
    o.put(
        "ratio",
        match ops::div(query.f(), 3.0, At("values.bff", 17))? {
            Some(it) => Some(ops::round(it, 2, At("values.bff", 17))?),
            None => None,
        },
    );
    o.put(
        "mixed",
        match line.map(|it| it.price()) {
            Some(it) => it,
            None => Decimal::new(0, 2),
        },
    );
    o.put("half", ops::mul(query.f(), 2.0, At("values.bff", 19))?);
    o.put("rounded", ops::round(query.d(), 1, At("values.bff", 20))?);
    o.put("floor", ops::floor(query.d(), At("values.bff", 21))?);
    o.put("ceil", ops::ceil(query.f(), At("values.bff", 22))?);
    o.put("mod", ops::modulo(query.n(), 2, At("values.bff", 23))?);
    o.put("whole", ops::to_int(query.d(), At("values.bff", 24))?);
    o.put("read", ops::read_int(query.t()).unwrap_or(0));
    o.put("float", ops::to_float(query.d(), At("values.bff", 26))?);
    o.put("decimal", Decimal::from(query.n()));
    o.put(
        "later",
        ops::add(order.placed_at(), Span::from_millis(90000), At("values.bff", 28))?,
    );
    o.put(
        "age",
        ops::sub(frame.request().now(), order.placed_at(), At("values.bff", 29))?,
    );
    o.put(
        "recent",
        order.placed_at()
            > ops::sub(
                frame.request().now(),
                Span::from_millis(172800000),
                At("values.bff", 30),
            )?,
    );
    o.put("label", *label.get(|| let_label(scratch, order))?);
    o.put(
        "long",
        ((*label.get(|| let_label(scratch, order))?) == Str::lit("x-EUR"))
            || (((*label.get(|| let_label(scratch, order))?) != query.t())
                && (query.t() < Str::lit("m"))),
    );
    o.put("upper", scratch.trim(scratch.upper(query.t())));
    o.put(
        "lower",
        scratch
            .lower(
                scratch
                    .text(
                        t![* label.get(|| let_label(scratch, order)) ?, "!"],
                        At("values.bff", 34),
                    )?,
            ),
    );
    o.put("digest", scratch.sha256(query.t()));
    o.put("swapped", scratch.replace(query.t(), Str::lit("a"), Str::lit("b")));
    o.key("words");
    o.array();
    for it in scratch.split(query.t(), Str::lit(" ")).iter().copied() {
        o.value(it);
    }
    o.end_array();
    o.put(
        "first_word",
        'found: {
            for it in scratch.split(query.t(), Str::lit(" ")) {
                break 'found Some(it);
            }
            None
        },
    );
    o.put(
        "last_word",
        ({
            let mut last = None;
            for it in scratch.split(query.t(), Str::lit(" ")) {
                last = Some(it);
            }
            last
        })
            .unwrap_or(Str::lit("none")),
    );
    o.put("is_new", !(order.status() == Status::Shipped));
    o.put("known", [Status::Placed, Status::Paid].contains(&order.status()));
    o.put(
        "tagged",
        'found_2: {
            for it in order.tags().unwrap_or_default() {
                if it == Str::lit("red") {
                    break 'found_2 true;
                }
            }
            false
        },
    );
    o.put(
        "status",
        match order.status() {
            Status::Placed => 1,
            Status::Paid => 2,
            Status::Shipped => 3,
        },
    );
    o.put(
        "word",
        {
            let it = query.t();
            if it == Str::lit("a") || it == Str::lit("b") {
                Str::lit("ab")
            } else if it == Str::lit("c") {
                Str::lit("c")
            } else {
                query.t()
            }
        },
    );
    o.put(
        "exact",
        match query.n() {
            1 | 2 => Str::lit("few"),
            _ => Str::lit("many"),
        },
    );
    o.put(
        "since",
        match query.since() {
            None => Str::lit("ever"),
            _ => Str::lit("lately"),
        },
    );
    o.put(
        "flag",
        match total > 2 {
            true => Str::lit("big"),
            false => Str::lit("small"),
        },
    );
    o.put(
        "choice",
        if total > 2 { Some(query.n()) } else { if total > 1 { Some(7) } else { None } },
    );
    o.put(
        "since_there",
        if let Some(it) = query.since() {
            Some(scratch.text(t!["since ", it], At("values.bff", 49))?)
        } else {
            None
        },
    );
    o.end_object();
    Ok(())
}
