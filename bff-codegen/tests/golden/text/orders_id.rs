// Generated from text.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// The query inputs.
    pub Query<'a> {
        zone: Zone<'a> = "zone",
    }
}
record! {
    /// What `orders_id` reads of `Order`.
    pub Order<'a> {
        at: DateTime = "at",
        due: Option<Date> = "due",
        total: Money<'a> = "total",
        parts: List<'a, Money<'a>> = "parts",
        price: Decimal = "price",
        buyer: Buyer<'a> = "buyer",
        tax: Option<Tax<'a>> = "tax",
    }
}
record! {
    /// What `orders_id` reads of `Money`.
    pub Money<'a> {
        amount: Decimal = "amount",
        currency: Str<'a> = "currency",
    }
}
record! {
    /// What `orders_id` reads of `Tax`.
    pub Tax<'a> {
        amount: i64 = "amount",
        currency: Currency = "currency",
    }
}
record! {
    /// What `orders_id` reads of `Buyer`.
    pub Buyer<'a> {
        name: Str<'a> = "name",
        email: Str<'a> = "email",
        phone: Option<Str<'a>> = "phone",
        card: Str<'a> = "card",
        iban: Str<'a> = "iban",
        emails: List<'a, Str<'a>> = "emails",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const O_2: Var<Order<'static>> = Var::call(0);
const _: () = in_order(&[O_2.slot()], &CALLS);

// text.bff:14  route GET /orders/{id}
pub static ROUTE: Route = Route {
    name: "orders_id",
    at: At("text.bff", 14),
    verb: Verb::Get,
    path: "/orders/{id}",
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
            defaults: &[(0, "\"UTC\"")],
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
    Call::new(O_2, "o", At("text.bff", 16), &shop::ORDER, send!(call_o_2; PATH)),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[O_2.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("text.bff", 18),
        status: 200,
        when: None,
        headers: Some(headers!(headers; O_2)),
        body: Some(body!(respond; QUERY, O_2; frame)),
    },
];

// text.bff:17  let locales = o.at.format("HH:mm")
fn let_locales<'a>(scratch: &'a Scratch, o_2: Order<'a>) -> Str<'a> {
    scratch
        .date_time(
            o_2.at(),
            &[
                text::Piece::Field('H', 2),
                text::Piece::Text(":"),
                text::Piece::Field('m', 2),
            ],
            LOCALES,
            Str::lit("en"),
            Str::lit("Europe/Vienna"),
        )
}

// text.bff:16  call o = shop.order(id: path.id, hash: path.id.sha256())
fn call_o_2(q: &mut Request, path: Path<'_>) {
    let scratch = &Scratch::new();
    shop::order(q, path.id(), scratch.sha256(path.id()));
}

// text.bff:18  respond {
fn headers(h: &mut HeaderOut<'_>, o_2: Order<'_>) -> Eval {
    let scratch = &Scratch::new();
    h.set(
        "x-paid",
        scratch
            .money(o_2.total().amount(), o_2.total().currency(), LOCALES, Str::lit("en")),
    )?;
    Ok(())
}

// text.bff:18  respond {
fn respond(o: &mut Out, frame: &Frame, query: Query<'_>, o_2: Order<'_>) -> Eval {
    let scratch = &Scratch::new();
    let locales = let_locales(scratch, o_2);
    o.object();
    o.put(
        "total",
        scratch
            .money(
                o_2.total().amount(),
                o_2.total().currency(),
                LOCALES,
                Str::from(frame.request().locale_of(LOCALES)),
            ),
    );
    o.put(
        "at",
        scratch
            .date_time(
                o_2.at(),
                &[
                    text::Piece::Field('E', 4),
                    text::Piece::Text(", "),
                    text::Piece::Field('d', 1),
                    text::Piece::Text(". "),
                    text::Piece::Field('M', 4),
                    text::Piece::Text(" "),
                    text::Piece::Field('y', 4),
                    text::Piece::Text(" um "),
                    text::Piece::Field('H', 2),
                    text::Piece::Text(":"),
                    text::Piece::Field('m', 2),
                    text::Piece::Text(" "),
                    text::Piece::Field('X', 3),
                ],
                LOCALES,
                Str::from(frame.request().locale_of(LOCALES)),
                Str::lit("Europe/Vienna"),
            ),
    );
    o.put(
        "there",
        scratch
            .date_time(
                o_2.at(),
                &[
                    text::Piece::Field('h', 1),
                    text::Piece::Text(":"),
                    text::Piece::Field('m', 2),
                    text::Piece::Text(" "),
                    text::Piece::Field('a', 1),
                    text::Piece::Text(" "),
                    text::Piece::Field('V', 2),
                ],
                LOCALES,
                Str::lit("en"),
                query.zone(),
            ),
    );
    o.put(
        "due",
        o_2
            .due()
            .map(|it| {
                scratch
                    .date(
                        it,
                        &[
                            text::Piece::Field('d', 1),
                            text::Piece::Text(" "),
                            text::Piece::Field('M', 3),
                        ],
                        LOCALES,
                        Str::lit("de-AT"),
                    )
            }),
    );
    o.put(
        "iso",
        o_2
            .due()
            .map(|it| {
                scratch
                    .date(
                        it,
                        &[
                            text::Piece::Field('y', 4),
                            text::Piece::Text("-"),
                            text::Piece::Field('M', 2),
                            text::Piece::Text("-"),
                            text::Piece::Field('d', 2),
                        ],
                        LOCALES,
                        Str::lit("en"),
                    )
            }),
    );
    o.put("hour", locales);
    o.key("parts");
    o.array();
    for it in o_2.parts() {
        o.value(
            scratch
                .money(
                    it.amount(),
                    it.currency(),
                    LOCALES,
                    Str::from(frame.request().locale_of(LOCALES)),
                ),
        );
    }
    o.end_array();
    o.put(
        "all",
        {
            let mut peak = None;
            for it in o_2.parts() {
                peak = list::greatest(peak, it.amount());
            }
            peak
        },
    );
    o.put(
        "tax",
        o_2
            .tax()
            .map(|it| {
                scratch
                    .money(
                        Decimal::from(it.amount()),
                        Str::from(it.currency()),
                        LOCALES,
                        Str::lit("en"),
                    )
            }),
    );
    o.put(
        "price",
        scratch
            .money(
                ops::mul(o_2.price(), Decimal::new(2, 0), At("text.bff", 25))?,
                Str::lit("EUR"),
                LOCALES,
                Str::from(frame.request().locale_of(LOCALES)),
            ),
    );
    o.put(
        "sum",
        scratch
            .money(
                {
                    let mut tally = Decimal::ZERO;
                    for it in o_2.parts() {
                        tally = ops::add(tally, it.amount(), At("text.bff", 26))?;
                    }
                    tally
                },
                o_2.total().currency(),
                LOCALES,
                Str::lit("en"),
            ),
    );
    o.key("buyer");
    o.object();
    o.put("name", scratch.mask(o_2.buyer().name(), text::Mask::Name));
    o.put("email", scratch.mask(o_2.buyer().email(), text::Mask::Email));
    o.put("phone", o_2.buyer().phone().map(|it| scratch.mask(it, text::Mask::Phone)));
    o.put("card", scratch.mask(o_2.buyer().card(), text::Mask::Card));
    o.put("iban", scratch.mask(o_2.buyer().iban(), text::Mask::Last4));
    o.key("emails");
    o.array();
    for it in o_2.buyer().emails() {
        o.value(scratch.mask(it, text::Mask::Email));
    }
    o.end_array();
    o.put("all", scratch.mask(o_2.buyer().name(), text::Mask::All));
    o.end_object();
    o.text(
        "line",
        t![
            scratch.money(o_2.total().amount(), o_2.total().currency(), LOCALES,
            Str::from(frame.request().locale_of(LOCALES))), " ", scratch.date_time(o_2
            .at(), & [text::Piece::Field('M', 3)], LOCALES, Str::lit("en"),
            Str::lit("Europe/Vienna"))
        ],
    );
    o.put(
        "days",
        if o_2.parts().count() > 1 {
            o_2.due()
                .map(|it| {
                    scratch
                        .date(it, &[text::Piece::Field('E', 1)], LOCALES, Str::lit("en"))
                })
        } else {
            None
        },
    );
    o.put(
        "paid",
        if scratch
            .date_time(
                o_2.at(),
                &[text::Piece::Field('d', 1)],
                LOCALES,
                Str::lit("en"),
                Str::lit("Europe/Vienna"),
            ) == Str::lit("1")
        {
            1
        } else {
            0
        },
    );
    o.end_object();
    Ok(())
}
