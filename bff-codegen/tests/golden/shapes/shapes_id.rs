// Generated from shapes.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// What `shapes_id` reads of `User`.
    pub User<'a> {
        id: Id<'a> = "id",
        given_name: Str<'a> = "givenName",
        family_name: Str<'a> = "familyName",
        loyalty_id: Option<Id<'a>> = "loyaltyId",
        manager: Option<UserInShapesId<'a>> = "manager",
    }
}
record! {
    /// What `shapes_id` reads of `Page<Order>`.
    pub PageOfOrder<'a> {
        items: List<'a, Order<'a>> = "items",
        next: Option<Str<'a>> = "next_cursor",
    }
}
record! {
    /// What `shapes_id` reads of `Line`.
    pub Line<'a> {
        sku: Id<'a> = "sku",
        qty: i64 = "qty",
        price: Decimal = "price",
        discount: Option<Decimal> = "discount",
        weight: Raw<'a, f64> = "weight",
        options: Option<List<'a, OptionRecord<'a>>> = "options",
    }
}
record! {
    /// What `shapes_id` reads of `Option`.
    pub OptionRecord<'a> {
        name: Str<'a> = "name",
        values: List<'a, Str<'a>> = "values",
    }
}
record! {
    /// What `shapes_id` reads of `User`.
    pub UserInShapesId<'a> {
        id: Id<'a> = "id",
        given_name: Str<'a> = "givenName",
        family_name: Str<'a> = "familyName",
        loyalty_id: Option<Id<'a>> = "loyaltyId",
    }
}
record! {
    /// What `shapes_id` reads of `Order`.
    pub Order<'a> {
        id: Id<'a> = "id",
        status: Status = "status",
        total: Money<'a> = "total",
        placed_at: Raw<'a, DateTime> = "placedAt",
        note: Option<Str<'a>> = "note",
        lines: List<'a, Line<'a>> = "lines",
        tags: Option<List<'a, Str<'a>>> = "tags",
    }
}
static MONEY_CURRENCY_PATTERN: Pattern = Pattern::new("^[A-Z]{3}$");
static MONEY_CURRENCY: Rule = Rule::new().pattern(&MONEY_CURRENCY_PATTERN);
record! {
    /// What `shapes_id` reads of `Money`.
    pub Money<'a> {
        amount: Raw<'a, Decimal> = "amount",
        currency: Str<'a> = "currency" if MONEY_CURRENCY,
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const ORDER: Var<Order<'static>> = Var::call(0);
const ME: Var<Option<User<'static>>> = Var::call(1);
const PAGE: Var<Option<PageOfOrder<'static>>> = Var::call(2);
const _: () = in_order(&[ORDER.slot(), ME.slot(), PAGE.slot()], &CALLS);

// shapes.bff:5  route GET /shapes/{id}
pub static ROUTE: Route = Route {
    name: "shapes_id",
    at: At("shapes.bff", 5),
    verb: Verb::Get,
    path: "/shapes/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<Path<'static> as Read<'static>>::KIND,
            defaults: &[],
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
static CALLS: [Call; 3] = [
    Call::new(
        ORDER,
        "order",
        At("shapes.bff", 6),
        &orders::GET,
        send!(call_order; PATH),
    ),
    Call::new(ME, "me", At("shapes.bff", 7), &users::GET_USER, send!(call_me; ORDER))
        .or(&ME_OR),
    Call::new(PAGE, "page", At("shapes.bff", 8), &orders::LIST, send!(call_page; PATH))
        .on(&PAGE_ON)
        .or(&PAGE_OR),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[ORDER.slot(), ME.slot(), PAGE.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("shapes.bff", 10),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; ORDER, ME, PAGE)),
    },
];

// shapes.bff:6  call order = orders.get(id: path.id)
fn call_order(q: &mut Request, path: Path<'_>) {
    orders::get(q, path.id(), None);
}

// shapes.bff:7  call me = users.get_user(id: order.id) else null
fn call_me(q: &mut Request, order: Order<'_>) {
    users::get_user(q, order.id());
}
static ME_OR: [Arm; 1] = [Arm::Null];

// shapes.bff:8  call page = orders.list(customer: path.id, tags: ["a", "b"]) on 404 => { items: [], next: null } else null
fn call_page(q: &mut Request, path: Path<'_>) {
    orders::list(q, path.id(), None, &vec![Str::lit("a"), Str::lit("b")], None);
}
static PAGE_ON: [(&[On], Arm); 1] = [
    (&[On::Status(404)], Arm::Json("{\"items\":[],\"next_cursor\":null}")),
];
static PAGE_OR: [Arm; 1] = [Arm::Null];

// shapes.bff:10  respond {
fn respond(
    o: &mut Out,
    order: Order<'_>,
    me: Option<User<'_>>,
    page: Option<PageOfOrder<'_>>,
) -> Eval {
    o.object();
    o.put("id", order.id());
    o.put("status", order.status());
    o.some("note", order.note());
    o.key("order");
    o.object();
    o.put("id", order.id());
    o.put("status", order.status());
    o.key("total");
    put_money(o, order.total());
    o.put("placedAt", order.placed_at());
    o.some("note", order.note());
    o.key("lines");
    o.array();
    for it in order.lines() {
        o.object();
        o.put("sku", it.sku());
        o.put("qty", it.qty());
        o.put("price", it.price());
        o.some("discount", it.discount());
        o.put("weight", it.weight());
        if let Some(it_2) = it.options() {
            o.key("options");
            o.array();
            for it_3 in it_2 {
                put_option_record(o, it_3);
            }
            o.end_array();
        }
        o.put(
            "line_total",
            ops::mul(it.price(), Decimal::from(it.qty()), At("shapes.bff", 12))?,
        );
        o.end_object();
    }
    o.end_array();
    o.end_object();
    o.key("whole");
    put_order(o, order);
    o.key("money");
    put_money(o, order.total());
    o.key("renamed");
    o.object();
    o.put("number", order.id());
    o.put("placed-at", order.placed_at());
    o.end_object();
    o.key("nested");
    o.object();
    o.key("a");
    o.object();
    o.put("b", order.total().amount());
    o.end_object();
    o.end_object();
    if let Some(it) = me {
        o.key("user");
        o.object();
        o.put("id", it.id());
        o.text("name", t![it.given_name(), " ", it.family_name()]);
        if let Some(it_2) = it.loyalty_id() {
            o.put("loyalty", it_2);
        }
        if let Some(it_2) = it.manager() {
            o.key("chief");
            o.object();
            o.put("id", it_2.id());
            o.text("name", t![it_2.given_name(), " ", it_2.family_name()]);
            if let Some(it_3) = it_2.loyalty_id() {
                o.put("loyalty", it_3);
            }
            o.end_object();
        }
        o.end_object();
    }
    o.put("user_name", me.map(|it| it.given_name()).unwrap_or(Str::lit("nobody")));
    o.key("outer");
    o.object();
    o.put("id", order.id());
    o.key("lines");
    o.array();
    for it in order.lines() {
        o.object();
        o.put("sku", it.sku());
        o.put("of", order.id());
        o.end_object();
    }
    o.end_array();
    o.end_object();
    if order.status() == Status::Shipped {
        o.put("when_shipped", Str::lit("yes"));
    }
    o.key("discount");
    o.array();
    for it in order.lines() {
        o.object();
        o.put("sku", it.sku());
        if let Some(it_2) = it.discount() {
            o.put("off", it_2);
        }
        o.end_object();
    }
    o.end_array();
    if let Some(it) = page {
        o.key("page");
        o.object();
        o.some("next", it.next());
        o.key("items");
        o.array();
        for it_2 in it.items() {
            o.object();
            o.put("id", it_2.id());
            o.key("total");
            o.object();
            o.put("currency", it_2.total().currency());
            o.end_object();
            o.end_object();
        }
        o.end_array();
        o.end_object();
    }
    if let Some(it) = page {
        o.key("orders");
        o.array();
        for it_2 in it.items() {
            o.object();
            o.put("id", it_2.id());
            o.end_object();
        }
        o.end_array();
    }
    o.key("either");
    if order.status() == Status::Paid {
        o.object();
        o.put("paid", true);
        o.put("id", order.id());
        o.end_object();
    } else {
        o.object();
        o.key("due");
        put_money(o, order.total());
        o.end_object();
    }
    o.key("fallback");
    o.array();
    for it in match page.map(|it| it.items()) {
        Some(it) => it.into_iter().collect::<Vec<_>>(),
        None => vec![order],
    } {
        o.object();
        o.put("id", it.id());
        o.end_object();
    }
    o.end_array();
    o.key("summary");
    o.object();
    o.put("id", order.id());
    o.key("total");
    put_money(o, order.total());
    o.some("first", order.lines().first().map(|it| it.sku()));
    o.end_object();
    o.put("summary_id", order.id());
    o.key("by_status");
    match order.status() {
        Status::Paid => {
            o.object();
            o.put("a", 1);
            o.end_object();
        }
        _ => {
            o.object();
            o.put("a", 2);
            o.end_object();
        }
    }
    if let Some(it) = page {
        o.key("null_list");
        o.array();
        for it_2 in it.items() {
            o.value(it_2.note());
        }
        o.end_array();
    }
    if let Some(it) = me {
        o.key("if_user");
        o.object();
        o.put("id", it.id());
        o.end_object();
    }
    o.key("options");
    o.array();
    for it in order.lines() {
        o.object();
        o.put("sku", it.sku());
        if let Some(it_2) = it.options() {
            o.key("options");
            o.array();
            for it_3 in it_2 {
                o.object();
                o.put("name", it_3.name());
                o.put("values", it_3.values());
                o.end_object();
            }
            o.end_array();
        }
        o.end_object();
    }
    o.end_array();
    o.key("empty");
    o.array();
    o.end_array();
    o.end_object();
    Ok(())
}
pub fn put_option_record(o: &mut Out, it: OptionRecord<'_>) {
    o.object();
    o.put("name", it.name());
    o.put("values", it.values());
    o.end_object();
}
pub fn put_order(o: &mut Out, it: Order<'_>) {
    o.object();
    o.put("id", it.id());
    o.put("status", it.status());
    o.key("total");
    put_money(o, it.total());
    o.put("placedAt", it.placed_at());
    o.some("note", it.note());
    o.key("lines");
    o.array();
    for it_2 in it.lines() {
        put_line(o, it_2);
    }
    o.end_array();
    o.some("tags", it.tags());
    o.end_object();
}
pub fn put_line(o: &mut Out, it: Line<'_>) {
    o.object();
    o.put("sku", it.sku());
    o.put("qty", it.qty());
    o.put("price", it.price());
    o.some("discount", it.discount());
    o.put("weight", it.weight());
    if let Some(it_2) = it.options() {
        o.key("options");
        o.array();
        for it_3 in it_2 {
            put_option_record(o, it_3);
        }
        o.end_array();
    }
    o.end_object();
}
pub fn put_money(o: &mut Out, it: Money<'_>) {
    o.object();
    o.put("amount", it.amount());
    o.put("currency", it.currency());
    o.end_object();
}
