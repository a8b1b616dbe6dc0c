// Generated from heads.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// What `items_id` reads of `Item`.
    pub Item<'a> {
        id: Id<'a> = "id",
        price: Option<i64> = "price",
    }
}
record! {
    /// What `items_id` reads of `Item`.
    pub ItemInItemsId<'a> {
        id: Id<'a> = "id",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const ITEM: Var<Item<'static>> = Var::call(0);
const OTHER: Var<Option<ItemInItemsId<'static>>> = Var::call(1);
const _: () = in_order(&[ITEM.slot(), OTHER.slot()], &CALLS);

// heads.bff:20  route GET /items/{id}
pub static ROUTE: Route = Route {
    name: "items_id",
    at: At("heads.bff", 20),
    verb: Verb::Get,
    path: "/items/{id}",
    when: None,
    deadline: None,
    headers: RouteHeaders {
        set: Some(set_headers),
        remove: &["x-both"],
    },
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
static CALLS: [Call; 2] = [
    Call::new(ITEM, "item", At("heads.bff", 22), &shop::ITEM, send!(call_item; PATH)),
    Call::new(
            OTHER,
            "other",
            At("heads.bff", 23),
            &shop::FIND,
            send!(call_other; PATH, ITEM; frame),
        )
        .or(&OTHER_OR),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[ITEM.slot(), OTHER.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("heads.bff", 24),
        status: 200,
        when: None,
        headers: None,
        body: Some(body!(respond; ITEM, OTHER)),
    },
];

// heads.bff:22  call item = shop.item(request: path.id, tags: ["a"])
fn call_item(q: &mut Request, path: Path<'_>) {
    shop::item(q, path.id(), &vec![Str::lit("a")]);
}

// heads.bff:23  call other = shop.find(id?: item.price != null ? path.id : null) else call shop.find(note: item.id)
fn call_other(
    q: &mut Request,
    frame: &Frame,
    path: Path<'_>,
    item: Item<'_>,
) -> Option<()> {
    let id_arg = (if item.price().is_some() { Some(path.id()) } else { None })?;
    shop::find(q, frame.request(), Some(id_arg), None);
    Some(())
}

// heads.bff:23  shop.find(note: item.id)
fn other_else_1(q: &mut Request, frame: &Frame, item: Item<'_>) {
    shop::find(q, frame.request(), None, Some(item.id()));
}
static OTHER_OR: [Arm; 1] = [
    Arm::Call(Invoke::new(&shop::FIND, send!(other_else_1; ITEM; frame))),
];

// heads.bff:24  respond { id: item.id, other: other?.id }
fn respond(o: &mut Out, item: Item<'_>, other: Option<ItemInItemsId<'_>>) {
    o.object();
    o.put("id", item.id());
    o.put("other", other.map(|it| it.id()));
    o.end_object();
}

// heads.bff:21  set headers
fn set_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval {
    let scratch = &Scratch::new();
    h.set("x-set", t!["route ", Str::from(request.method())])?;
    h.set_opt(
        "x-none",
        if scratch.keep(request.ip()) == Str::lit("") {
            None
        } else {
            Some(scratch.keep(request.ip()))
        },
    )?;
    Ok(())
}
