// Generated from fan.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        user: Id<'a> = "user",
    }
}
static QUERY_LIMIT: Rule = Rule::new().min("1").max("20");
record! {
    /// The query inputs.
    pub Query<'a> {
        limit: i64 = "limit" if QUERY_LIMIT,
        market: Option<Str<'a>> = "market",
        day: Date = "day",
        days: List<'a, Raw<'a, Date>> = "days",
    }
}
record! {
    /// What `home_user` reads of `Rec`.
    pub RecRecord<'a> {
        sku: Id<'a> = "sku",
    }
}
record! {
    /// What `home_user` reads of `Cart`.
    pub Cart<'a> {
        items: List<'a, Item<'a>> = "items",
    }
}
record! {
    /// What `home_user` reads of `Product`.
    pub Product<'a> {
        id: Id<'a> = "id",
        title: Str<'a> = "title",
        stock: Raw<'a, i64> = "stock",
        maker: Option<Id<'a>> = "maker",
        images: List<'a, Image<'a>> = "images",
    }
}
record! {
    /// What `home_user` reads of `Item`.
    pub Item<'a> {
        line: i64 = "line",
        sku: Str<'a> = "sku",
        qty: Raw<'a, i64> = "qty",
        lines: Option<List<'a, Line<'a>>> = "lines",
    }
}
record! {
    /// What `home_user` reads of `Line`.
    pub Line<'a> {
        sku: Option<Id<'a>> = "sku",
    }
}
record! {
    /// What `home_user` reads of `Product`.
    pub ProductInHomeUser<'a> {
        id: Id<'a> = "id",
        title: Str<'a> = "title",
        stock: Raw<'a, i64> = "stock",
        images: List<'a, Image<'a>> = "images",
    }
}
record! {
    /// What `home_user` reads of `Product`.
    pub ProductInHomeUser2<'a> {
        title: Str<'a> = "title",
    }
}
record! {
    /// What `home_user` reads of `Product`.
    pub ProductInHomeUser3<'a> {
        id: Id<'a> = "id",
        title: Str<'a> = "title",
    }
}
record! {
    /// What `home_user` reads of `Level`.
    pub Level<'a> {
        left: i64 = "left",
        day: Raw<'a, Date> = "day",
    }
}
record! {
    /// What `home_user` reads of `Place`.
    pub Place<'a> {
        country: Str<'a> = "country",
    }
}
record! {
    /// What `home_user` reads of `Rec`.
    pub RecRecordInHomeUser<'a> {
    }
}
record! {
    /// What `home_user` reads of `Image`.
    pub Image<'a> {
        url: Url<'a> = "url",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const RECS: Var<List<'static, RecRecord<'static>>> = Var::call(0);
const CART: Var<Option<Cart<'static>>> = Var::call(1);
const GOODS: Var<Map<'static, Product<'static>, Id<'static>>> = Var::call(2);
const BOUGHT: Var<Map<'static, ProductInHomeUser<'static>, Id<'static>>> = Var::call(3);
const SPARE: Var<Option<Map<'static, ProductInHomeUser2<'static>, i64>>> = Var::call(4);
const MAKERS: Var<Map<'static, ProductInHomeUser3<'static>, Id<'static>>> = Var::call(5);
const LEVELS: Var<Map<'static, Level<'static>, Date>> = Var::call(6);
const PLACE: Var<Option<Place<'static>>> = Var::call(7);
const FOUND: Var<List<'static, RecRecord<'static>>> = Var::call(8);
const FEED: Var<List<'static, RecRecordInHomeUser<'static>>> = Var::call(9);
const SKU: Var<Id<'static>> = Var::item();
const IDS: Var<List<'static, Id<'static>>> = Var::keys();
const SKU_2: Var<Id<'static>> = Var::item();
const IDS_2: Var<List<'static, Id<'static>>> = Var::keys();
const ITEM: Var<Item<'static>> = Var::item();
const GOOD: Var<Product<'static>> = Var::item();
const IDS_3: Var<List<'static, Id<'static>>> = Var::keys();
const DAY: Var<Date> = Var::item();
const DAYS: Var<List<'static, Date>> = Var::keys();
const CURSOR: Var<Str<'static>> = Var::cursor();
const CURSOR_2: Var<i64> = Var::cursor();
const CURSOR_3: Var<i64> = Var::cursor();
const _: () = in_order(
    &[
        RECS.slot(),
        CART.slot(),
        GOODS.slot(),
        BOUGHT.slot(),
        SPARE.slot(),
        MAKERS.slot(),
        LEVELS.slot(),
        PLACE.slot(),
        FOUND.slot(),
        FEED.slot(),
    ],
    &CALLS,
);

// fan.bff:35  route GET /home/{user}
/// Everything that makes more than one request.
pub static ROUTE: Route = Route {
    name: "home_user",
    at: At("fan.bff", 35),
    verb: Verb::Get,
    path: "/home/{user}",
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
            defaults: &[(0, "10")],
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
static CALLS: [Call; 10] = [
    Call::asking(
            RECS,
            "recs",
            At("fan.bff", 37),
            Invoke::new(&backup::RECS, send!(call_recs; PATH))
                .timeout(Setting::Value(Duration::from_millis(300)))
                .hedge(Setting::Value(Duration::from_millis(20))),
        )
        .or(&RECS_OR),
    Call::new(CART, "cart", At("fan.bff", 38), &backup::CART, send!(call_cart; PATH))
        .or(&CART_OR),
    Call::asking(
            GOODS,
            "goods",
            At("fan.bff", 39),
            Invoke::batched(&catalog::PRODUCT, &GOODS_BATCH),
        )
        .each(&GOODS_EACH)
        .on(&GOODS_ON)
        .or(&GOODS_OR),
    Call::asking(
            BOUGHT,
            "bought",
            At("fan.bff", 42),
            Invoke::batched(&catalog::PRODUCT, &BOUGHT_BATCH),
        )
        .each(&BOUGHT_EACH)
        .or(&BOUGHT_OR),
    Call::asking(
            SPARE,
            "spare",
            At("fan.bff", 45),
            Invoke::new(&backup::PRODUCT, send!(call_spare; ITEM)).alone(),
        )
        .each(&SPARE_EACH)
        .when(when!(when_spare; QUERY))
        .on(&SPARE_ON)
        .or(&SPARE_OR),
    Call::asking(
            MAKERS,
            "makers",
            At("fan.bff", 49),
            Invoke::batched(&catalog::PRODUCT, &MAKERS_BATCH),
        )
        .each(&MAKERS_EACH)
        .or(&MAKERS_OR),
    Call::asking(
            LEVELS,
            "levels",
            At("fan.bff", 50),
            Invoke::batched(&catalog::LEVEL, &LEVELS_BATCH),
        )
        .each(&LEVELS_EACH)
        .on(&LEVELS_ON),
    Call::asking(
            PLACE,
            "place",
            At("fan.bff", 51),
            Invoke::new(&geo::LOCATE, send!(call_place;; frame)),
        )
        .race(&PLACE_RIVALS, Duration::from_millis(40))
        .or(&PLACE_OR),
    Call::asking(
            FOUND,
            "found",
            At("fan.bff", 52),
            Invoke::new(&catalog::SEARCH, send!(call_found; PATH)).collect(&FOUND_PAGES),
        )
        .or(&FOUND_OR),
    Call::asking(
            FEED,
            "feed",
            At("fan.bff", 53),
            Invoke::new(&catalog::FEED, send!(call_feed;))
                .timeout(Setting::Value(Duration::from_millis(900)))
                .hedge(Setting::Value(Duration::from_millis(100)))
                .collect(&FEED_PAGES),
        )
        .or(&FEED_OR),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(
            &[
                RECS.slot(),
                CART.slot(),
                GOODS.slot(),
                BOUGHT.slot(),
                SPARE.slot(),
                MAKERS.slot(),
                LEVELS.slot(),
                PLACE.slot(),
                FOUND.slot(),
                FEED.slot(),
            ],
        ),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("fan.bff", 57),
        status: 200,
        when: None,
        headers: None,
        body: Some(
            body!(
                respond; QUERY, RECS, CART, GOODS, BOUGHT, SPARE, MAKERS, LEVELS, PLACE,
                FOUND, FEED; frame
            ),
        ),
    },
];

// fan.bff:37  call recs = backup.recs(user: path.user) { hedge: 20ms, timeout: 300ms } else []
fn call_recs(q: &mut Request, path: Path<'_>) {
    backup::recs(q, path.user());
}
static RECS_OR: [Arm; 1] = [Arm::Json("[]")];

// fan.bff:38  call cart = backup.cart(user: path.user) else null
fn call_cart(q: &mut Request, path: Path<'_>) {
    backup::cart(q, path.user());
}
static CART_OR: [Arm; 1] = [Arm::Null];

// fan.bff:39  call goods = catalog.product(id: sku, market: query.market) { max: 60, overflow: truncate } for sku in recs[]. …
fn goods_batch(q: &mut Request, query: Query<'_>, ids: List<'_, Id<'_>>) {
    catalog::products(q, &ids.into_iter().collect::<Vec<_>>(), query.market());
}
static GOODS_BATCH: Batch = Batch {
    op: &catalog::PRODUCTS,
    args: send!(goods_batch; QUERY, IDS),
    keys: &<List<'static, Id<'static>> as Read<'static>>::KIND,
    value: None,
    answer: &<List<'static, Product<'static>> as Read<'static>>::KIND,
    by: 0,
    max: 50,
};

// fan.bff:39  call goods = catalog.product(id: sku, market: query.market) { max: 60, overflow: truncate } for sku in recs[]. …
fn goods_keys(o: &mut Out, recs: List<'_, RecRecord<'_>>) {
    o.array();
    for it in recs {
        o.value(it.sku());
    }
    o.end_array();
}
static GOODS_EACH: Each = Each {
    keys: Listing {
        write: body!(goods_keys; RECS),
        kind: &<List<'static, Id<'static>> as Read<'static>>::KIND,
    },
    items: None,
    max: 60,
    truncate: true,
    concurrency: 8,
};
static GOODS_ON: [(&[On], Arm); 1] = [(&[On::Status(404)], Arm::Null)];

// fan.bff:41  { id: sku, title: "no ${sku}", stock: 0, maker: null, images: [] }
fn goods_else_1(o: &mut Out, sku: Str<'_>) {
    o.object();
    o.put("id", sku);
    o.text("title", t!["no ", sku]);
    o.put("stock", 0);
    o.key("maker");
    o.null();
    o.key("images");
    o.array();
    o.end_array();
    o.end_object();
}
static GOODS_OR: [Arm; 1] = [Arm::Compute(body!(goods_else_1; SKU))];

// fan.bff:42  call bought = catalog.product(id: sku) for sku in cart?.items[].lines[].sku
fn bought_batch(q: &mut Request, ids_2: List<'_, Id<'_>>) {
    catalog::products(q, &ids_2.into_iter().collect::<Vec<_>>(), None);
}
static BOUGHT_BATCH: Batch = Batch {
    op: &catalog::PRODUCTS,
    args: send!(bought_batch; IDS_2),
    keys: &<List<'static, Id<'static>> as Read<'static>>::KIND,
    value: None,
    answer: &<List<'static, ProductInHomeUser<'static>> as Read<'static>>::KIND,
    by: 0,
    max: 50,
};

// fan.bff:42  call bought = catalog.product(id: sku) for sku in cart?.items[].lines[].sku
fn bought_keys(o: &mut Out, cart: Option<Cart<'_>>) {
    match cart {
        Some(it) => {
            o.array();
            for it_2 in it.items() {
                if let Some(it_3) = it_2.lines() {
                    for it_4 in it_3 {
                        o.value(it_4.sku());
                    }
                }
            }
            o.end_array();
        }
        None => {
            o.null();
        }
    }
}
static BOUGHT_EACH: Each = Each {
    keys: Listing {
        write: body!(bought_keys; CART),
        kind: &<Option<List<'static, Option<Id<'static>>>> as Read<'static>>::KIND,
    },
    items: None,
    max: 100,
    truncate: false,
    concurrency: 8,
};

// fan.bff:43  backup.product(id: sku) { timeout: 50ms }
fn bought_else_1(q: &mut Request, sku_2: Str<'_>) {
    backup::product(q, sku_2);
}
static BOUGHT_OR: [Arm; 2] = [
    Arm::Call(
        Invoke::new(&backup::PRODUCT, send!(bought_else_1; SKU_2))
            .timeout(Setting::Value(Duration::from_millis(50))),
    ),
    Arm::Null,
];

// fan.bff:45  call spare = backup.product(id: item.sku) { max: 20, concurrency: 4, dedup: false } for item in cart?.items ke …
fn call_spare(q: &mut Request, item: Item<'_>) {
    backup::product(q, item.sku());
}

// fan.bff:45  call spare = backup.product(id: item.sku) { max: 20, concurrency: 4, dedup: false } for item in cart?.items ke …
fn spare_keys(o: &mut Out, cart: Option<Cart<'_>>) {
    match cart.map(|it| it.items()) {
        Some(it) => {
            o.array();
            for it_2 in it {
                o.value(it_2.line());
            }
            o.end_array();
        }
        None => {
            o.null();
        }
    }
}

// fan.bff:45  call spare = backup.product(id: item.sku) { max: 20, concurrency: 4, dedup: false } for item in cart?.items ke …
fn spare_items(o: &mut Out, cart: Option<Cart<'_>>) {
    match cart {
        Some(it) => {
            o.array();
            for it_2 in it.items() {
                send_item(o, it_2);
            }
            o.end_array();
        }
        None => {
            o.null();
        }
    }
}
static SPARE_EACH: Each = Each {
    keys: Listing {
        write: body!(spare_keys; CART),
        kind: &<Option<List<'static, i64>> as Read<'static>>::KIND,
    },
    items: Some(Listing {
        write: body!(spare_items; CART),
        kind: &<Option<List<'static, Item<'static>>> as Read<'static>>::KIND,
    }),
    max: 20,
    truncate: false,
    concurrency: 4,
};

// fan.bff:45  query.limit > 3
fn when_spare(query: Query<'_>) -> bool {
    query.limit() > 3
}

// fan.bff:46  { id: "line ${item.line}", title: item.sku, stock: item.qty, maker: null, images: [] }
fn spare_on_1(o: &mut Out, item: Item<'_>) -> Eval {
    let scratch = &Scratch::new();
    o.object();
    o.put("id", scratch.text(t!["line ", item.line()], At("fan.bff", 46))?);
    o.put("title", item.sku());
    o.put("stock", item.qty());
    o.key("maker");
    o.null();
    o.key("images");
    o.array();
    o.end_array();
    o.end_object();
    Ok(())
}

// fan.bff:47  fail 503 "spare" { line: item.line }
fn spare_on_2(o: &mut Out, item: Item<'_>) {
    o.object();
    o.put("line", item.line());
    o.end_object();
}
static SPARE_ON: [(&[On], Arm); 2] = [
    (&[On::Status(404)], Arm::Compute(body!(spare_on_1; ITEM))),
    (
        &[On::Class(5), On::Timeout],
        Arm::Fail(Fail {
            status: 503,
            code: Some("spare"),
            body: Some(body!(spare_on_2; ITEM)),
        }),
    ),
];
static SPARE_OR: [Arm; 1] = [Arm::Null];

// fan.bff:49  call makers = catalog.product(id?: good.maker) for good in goods.pick(recs[].sku) key good.id else null
fn makers_batch(q: &mut Request, ids_3: List<'_, Id<'_>>) {
    catalog::products(q, &ids_3.into_iter().collect::<Vec<_>>(), None);
}

// fan.bff:49  call makers = catalog.product(id?: good.maker) for good in goods.pick(recs[].sku) key good.id else null
fn makers_value(o: &mut Out, good: Product<'_>) {
    o.value(good.maker());
}
static MAKERS_BATCH: Batch = Batch {
    op: &catalog::PRODUCTS,
    args: send!(makers_batch; IDS_3),
    keys: &<List<'static, Id<'static>> as Read<'static>>::KIND,
    value: Some(body!(makers_value; GOOD)),
    answer: &<List<'static, ProductInHomeUser3<'static>> as Read<'static>>::KIND,
    by: 0,
    max: 50,
};

// fan.bff:49  call makers = catalog.product(id?: good.maker) for good in goods.pick(recs[].sku) key good.id else null
fn makers_keys(
    o: &mut Out,
    recs: List<'_, RecRecord<'_>>,
    goods: Map<'_, Product<'_>, Id<'_>>,
) {
    o.array();
    {
        let it = list::Index::of(list::entries(goods));
        for it_2 in recs {
            if let Some(it_4) = it.copied(it_2.sku()) {
                o.value(it_4.id());
            }
        }
    }
    o.end_array();
}

// fan.bff:49  call makers = catalog.product(id?: good.maker) for good in goods.pick(recs[].sku) key good.id else null
fn makers_items(
    o: &mut Out,
    recs: List<'_, RecRecord<'_>>,
    goods: Map<'_, Product<'_>, Id<'_>>,
) {
    o.array();
    {
        let it = list::Index::of(list::entries(goods));
        for it_2 in recs {
            if let Some(it_4) = it.copied(it_2.sku()) {
                send_product(o, it_4);
            }
        }
    }
    o.end_array();
}
static MAKERS_EACH: Each = Each {
    keys: Listing {
        write: body!(makers_keys; RECS, GOODS),
        kind: &<List<'static, Id<'static>> as Read<'static>>::KIND,
    },
    items: Some(Listing {
        write: body!(makers_items; RECS, GOODS),
        kind: &<List<'static, Product<'static>> as Read<'static>>::KIND,
    }),
    max: 100,
    truncate: false,
    concurrency: 8,
};
static MAKERS_OR: [Arm; 1] = [Arm::Null];

// fan.bff:50  call levels = catalog.level(sku: path.user, day: day) for day in query.days on 404 => { left: 0, day: day }
fn levels_batch(q: &mut Request, path: Path<'_>, days: List<'_, Date>) {
    catalog::levels(q, path.user(), &days.into_iter().collect::<Vec<_>>());
}
static LEVELS_BATCH: Batch = Batch {
    op: &catalog::LEVELS,
    args: send!(levels_batch; PATH, DAYS),
    keys: &<List<'static, Date> as Read<'static>>::KIND,
    value: None,
    answer: &<List<'static, Level<'static>> as Read<'static>>::KIND,
    by: 1,
    max: 100,
};

// fan.bff:50  call levels = catalog.level(sku: path.user, day: day) for day in query.days on 404 => { left: 0, day: day }
fn levels_keys(o: &mut Out, query: Query<'_>) {
    o.value(query.days());
}
static LEVELS_EACH: Each = Each {
    keys: Listing {
        write: body!(levels_keys; QUERY),
        kind: &<List<'static, Date> as Read<'static>>::KIND,
    },
    items: None,
    max: 100,
    truncate: false,
    concurrency: 8,
};

// fan.bff:50  { left: 0, day: day }
fn levels_on_1(o: &mut Out, day: Date) {
    o.object();
    o.put("left", 0);
    o.put("day", day);
    o.end_object();
}
static LEVELS_ON: [(&[On], Arm); 1] = [
    (&[On::Status(404)], Arm::Compute(body!(levels_on_1; DAY))),
];

// fan.bff:51  call place = race(geo.locate(ip: request.ip), geo2.locate(ip: request.ip) { timeout: 80ms }, stagger: 40ms) el …
fn call_place(q: &mut Request, frame: &Frame) {
    let scratch = &Scratch::new();
    geo::locate(q, scratch.keep(frame.request().ip()));
}

// fan.bff:51  call place = race(geo.locate(ip: request.ip), geo2.locate(ip: request.ip) { timeout: 80ms }, stagger: 40ms) el …
fn call_place_rival_1(q: &mut Request, frame: &Frame) {
    let scratch = &Scratch::new();
    geo2::locate(q, scratch.keep(frame.request().ip()));
}
static PLACE_RIVALS: [Invoke; 1] = [
    Invoke::new(&geo2::LOCATE, send!(call_place_rival_1;; frame))
        .timeout(Setting::Value(Duration::from_millis(80))),
];
static PLACE_OR: [Arm; 1] = [Arm::Null];

// fan.bff:52  call found = catalog.search(q: "${path.user}") { collect: 3 } else []
fn call_found(q: &mut Request, path: Path<'_>) -> Eval {
    let scratch = &Scratch::new();
    catalog::search(q, scratch.text(t![path.user()], At("fan.bff", 52))?, None);
    Ok(())
}

// fan.bff:52  call found = catalog.search(q: "${path.user}") { collect: 3 } else []
fn found_next(q: &mut Request, path: Path<'_>, cursor: Str<'_>) -> Eval {
    let scratch = &Scratch::new();
    catalog::search(q, scratch.text(t![path.user()], At("fan.bff", 52))?, Some(cursor));
    Ok(())
}
fn found_page() -> &'static Plan {
    static PLAN: Plan = Plan::new(
        "Page<Rec>",
        &[
            Field::new("items", Kind::List(&Kind::Json)),
            Field::new("next_cursor", <Option<Str<'static>> as Read<'static>>::KIND),
        ],
    );
    &PLAN
}
static FOUND_PAGES: Collect = Collect {
    next: send!(found_next; PATH, CURSOR),
    page: &Kind::Rec(found_page),
    items: &[0],
    cursor: &[1],
    most: 3,
    truncate: false,
};
static FOUND_OR: [Arm; 1] = [Arm::Json("[]")];

// fan.bff:53  call feed = catalog.feed() { collect: 20, overflow: truncate, hedge: 100ms, timeout: 900ms }
fn call_feed(q: &mut Request) {
    catalog::feed(q, None);
}

// fan.bff:53  call feed = catalog.feed() { collect: 20, overflow: truncate, hedge: 100ms, timeout: 900ms }
fn feed_next(q: &mut Request, cursor_2: i64) {
    catalog::feed(q, Some(cursor_2));
}
fn feed_page() -> &'static Plan {
    static PLAN: Plan = Plan::new(
        "Feed",
        &[
            Field::new(
                "data",
                Kind::Null(
                    &Kind::Rec(|| {
                        static INNER: Plan = Plan::new(
                            "data",
                            &[Field::new("list", Kind::Null(&Kind::List(&Kind::Json)))],
                        );
                        &INNER
                    }),
                ),
            ),
            Field::new(
                "meta",
                Kind::Rec(|| {
                    static INNER: Plan = Plan::new(
                        "meta",
                        &[Field::new("next", <Option<i64> as Read<'static>>::KIND)],
                    );
                    &INNER
                }),
            ),
        ],
    );
    &PLAN
}
static FEED_PAGES: Collect = Collect {
    next: send!(feed_next; CURSOR_2),
    page: &Kind::Null(&Kind::Rec(feed_page)),
    items: &[0, 0],
    cursor: &[1, 0],
    most: 20,
    truncate: true,
};

// fan.bff:54  catalog.feed() { collect: 1, overflow: truncate }
fn feed_else_1(q: &mut Request) {
    catalog::feed(q, None);
}

// fan.bff:54  catalog.feed() { collect: 1, overflow: truncate }
fn feed_else_1_next(q: &mut Request, cursor_3: i64) {
    catalog::feed(q, Some(cursor_3));
}
fn feed_else_1_page() -> &'static Plan {
    static PLAN: Plan = Plan::new(
        "Feed",
        &[
            Field::new(
                "data",
                Kind::Null(
                    &Kind::Rec(|| {
                        static INNER: Plan = Plan::new(
                            "data",
                            &[Field::new("list", Kind::Null(&Kind::List(&Kind::Json)))],
                        );
                        &INNER
                    }),
                ),
            ),
            Field::new(
                "meta",
                Kind::Rec(|| {
                    static INNER: Plan = Plan::new(
                        "meta",
                        &[Field::new("next", <Option<i64> as Read<'static>>::KIND)],
                    );
                    &INNER
                }),
            ),
        ],
    );
    &PLAN
}
static FEED_ELSE_1_PAGES: Collect = Collect {
    next: send!(feed_else_1_next; CURSOR_3),
    page: &Kind::Null(&Kind::Rec(feed_else_1_page)),
    items: &[0, 0],
    cursor: &[1, 0],
    most: 1,
    truncate: true,
};
static FEED_OR: [Arm; 2] = [
    Arm::Call(
        Invoke::new(&catalog::FEED, send!(feed_else_1;)).collect(&FEED_ELSE_1_PAGES),
    ),
    Arm::Json("[]"),
];

// fan.bff:57  respond {
fn respond(
    o: &mut Out,
    frame: &Frame,
    query: Query<'_>,
    recs: List<'_, RecRecord<'_>>,
    cart: Option<Cart<'_>>,
    goods: Map<'_, Product<'_>, Id<'_>>,
    bought: Map<'_, ProductInHomeUser<'_>, Id<'_>>,
    spare: Option<Map<'_, ProductInHomeUser2<'_>, i64>>,
    makers: Map<'_, ProductInHomeUser3<'_>, Id<'_>>,
    levels: Map<'_, Level<'_>, Date>,
    place: Option<Place<'_>>,
    found: List<'_, RecRecord<'_>>,
    feed: List<'_, RecRecordInHomeUser<'_>>,
) -> Eval {
    let scratch = &Scratch::new();
    o.object();
    o.key("recommended");
    o.array();
    {
        let mut quota: i64 = query.limit();
        'found: {
            if quota > 0 {
                {
                    let it = list::Index::of(list::entries(goods));
                    for it_2 in recs {
                        if let Some(it_4) = it.copied(it_2.sku()) {
                            o.object();
                            o.put("id", it_4.id());
                            o.put("title", it_4.title());
                            o.put(
                                "maker",
                                makers.get(it_4.id()).map(|it_5| it_5.title()),
                            );
                            o.end_object();
                            quota -= 1;
                            if quota == 0 {
                                break 'found;
                            }
                        }
                    }
                }
            }
        }
    }
    o.end_array();
    o.key("lines");
    match cart {
        Some(it) => {
            o.array();
            for it_2 in it.items() {
                o.object();
                o.put("sku", it_2.sku());
                o.key("spare");
                match match spare {
                    Some(it_3) => {
                        it_3.get(scratch.text(t![it_2.line()], At("fan.bff", 59))?)
                    }
                    None => None,
                } {
                    Some(it_3) => {
                        o.object();
                        o.put("title", it_3.title());
                        o.end_object();
                    }
                    None => {
                        o.null();
                    }
                }
                o.key("bought");
                match bought.get(it_2.sku()) {
                    Some(it_3) => {
                        o.object();
                        o.put("title", it_3.title());
                        o.put("stock", it_3.stock());
                        o.put("image", it_3.images().first().map(|it_4| it_4.url()));
                        o.end_object();
                    }
                    None => {
                        o.null();
                    }
                }
                o.end_object();
            }
            o.end_array();
        }
        None => {
            o.null();
        }
    }
    o.key("known");
    o.array();
    for it in recs {
        o.object();
        o.put("sku", it.sku());
        o.key("good");
        match goods.get(it.sku()) {
            Some(it_2) => {
                put_product(o, it_2);
            }
            None => {
                o.null();
            }
        }
        o.end_object();
    }
    o.end_array();
    o.key("all");
    o.object();
    for (key, it) in goods {
        o.key_of(key);
        put_product(o, it);
    }
    o.end_object();
    o.put(
        "first",
        goods.get(Str::lit("p1")).map(|it| it.title()).unwrap_or(Str::lit("none")),
    );
    o.key("levels");
    o.object();
    for (it, it_2) in levels {
        o.key_text(&it);
        o.object();
        o.put("left", it_2.left());
        o.end_object();
    }
    o.end_object();
    o.put(
        "today",
        levels
            .get(scratch.text(t![query.day()], At("fan.bff", 64))?)
            .map(|it| it.left())
            .unwrap_or(0),
    );
    o.put("country", place.map(|it| it.country()).unwrap_or(Str::lit("DE")));
    o.key("found");
    o.array();
    for it in found {
        o.value(it.sku());
    }
    o.end_array();
    o.put("feed", feed.count());
    o.names("degraded", frame.degraded());
    o.end_object();
    Ok(())
}
pub fn put_product(o: &mut Out, it: Product<'_>) {
    o.object();
    o.put("id", it.id());
    o.put("title", it.title());
    o.put("stock", it.stock());
    o.put("maker", it.maker());
    o.key("images");
    o.array();
    for it_2 in it.images() {
        put_image(o, it_2);
    }
    o.end_array();
    o.end_object();
}
pub fn send_product(o: &mut Out, it: Product<'_>) {
    o.object();
    o.put("id", it.id());
    o.put("title", it.title());
    o.put("stock", it.stock());
    o.put("maker", it.maker());
    o.key("images");
    o.array();
    for it_2 in it.images() {
        send_image(o, it_2);
    }
    o.end_array();
    o.end_object();
}
pub fn send_item(o: &mut Out, it: Item<'_>) {
    o.object();
    o.put("line", it.line());
    o.put("sku", it.sku());
    o.put("qty", it.qty());
    o.key("lines");
    match it.lines() {
        Some(it_2) => {
            o.array();
            for it_3 in it_2 {
                send_line(o, it_3);
            }
            o.end_array();
        }
        None => {
            o.null();
        }
    }
    o.end_object();
}
pub fn send_line(o: &mut Out, it: Line<'_>) {
    o.object();
    o.put("sku", it.sku());
    o.end_object();
}
pub fn put_image(o: &mut Out, it: Image<'_>) {
    o.object();
    o.put("url", it.url());
    o.end_object();
}
pub fn send_image(o: &mut Out, it: Image<'_>) {
    o.object();
    o.put("url", it.url());
    o.end_object();
}
