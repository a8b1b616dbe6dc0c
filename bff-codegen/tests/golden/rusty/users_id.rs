// Generated from rust.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub Path<'a> {
        id: Id<'a> = "id",
    }
}
record! {
    /// The query inputs.
    pub Query<'a> {
        width: Option<i64> = "width",
    }
}
record! {
    /// What `users_id` reads of `User`.
    pub User<'a> {
        id: Id<'a> = "id",
        given_name: Str<'a> = "givenName",
        family_name: Str<'a> = "familyName",
        tier: Tier<'a> = "tier",
        boss: Option<Id<'a>> = "boss",
        born: Option<Date> = "born",
        tags: List<'a, Str<'a>> = "tags",
        points: List<'a, f64> = "points",
        money: Decimal = "money",
        extra: RawJson<'a> = "extra",
        sizes: Option<List<'a, Size>> = "sizes",
        nicks: List<'a, Option<Str<'a>>> = "nicks",
    }
}
record! {
    /// What `users_id` reads of `User`.
    pub UserInUsersId<'a> {
        id: Id<'a> = "id",
        given_name: Str<'a> = "givenName",
    }
}
record! {
    /// What `users_id` reads of `User`.
    pub UserInUsersId2<'a> {
        id: Id<'a> = "id",
        given_name: Str<'a> = "givenName",
        tags: List<'a, Str<'a>> = "tags",
    }
}
const PATH: Var<Path<'static>> = Var::input(InputKind::Path);
const QUERY: Var<Query<'static>> = Var::input(InputKind::Query);
const ME: Var<User<'static>> = Var::call(0);
const BOSS: Var<Option<UserInUsersId<'static>>> = Var::call(1);
const TEAM: Var<List<'static, UserInUsersId2<'static>>> = Var::call(2);
const _: () = in_order(&[ME.slot(), BOSS.slot(), TEAM.slot()], &CALLS);

// rust.bff:31  route GET /users/{id}
/// Everything at once.
pub static ROUTE: Route = Route {
    name: "users_id",
    at: At("rust.bff", 31),
    verb: Verb::Get,
    path: "/users/{id}",
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
static GUARDS: [Guard; 1] = [
    Guard {
        at: At("rust.bff", 40),
        test: when!(allow_1; ME),
        refuse: Refuse::Status(404),
    },
];
static CALLS: [Call; 3] = [
    Call::new(ME, "me", At("rust.bff", 33), &users::GET, send!(call_me; PATH)),
    Call::new(BOSS, "boss", At("rust.bff", 36), &users::GET, send!(call_boss; ME))
        .when(when!(when_boss; ME))
        .or(&BOSS_OR),
    Call::new(TEAM, "team", At("rust.bff", 38), &users::ALL, send!(call_team; ME))
        .or(&TEAM_OR),
];
static OUTPUTS: [Output; 1] = [
    Output {
        when: None,
        needs: needs(&[ME.slot(), BOSS.slot(), TEAM.slot()]),
    },
];
static REPLIES: [Reply; 1] = [
    Reply {
        at: At("rust.bff", 41),
        status: 200,
        when: None,
        headers: Some(headers!(headers; ME)),
        body: Some(body!(respond; QUERY, ME, BOSS, TEAM; frame)),
    },
];

// rust.bff:34  let short = initials(given: me.givenName, family: me.familyName)
fn let_short<'a>(scratch: &'a Scratch, me: User<'a>) -> Str<'a> {
    let given_arg = scratch.lend(me.given_name());
    let family_arg = scratch.lend(me.family_name());
    scratch
        .keep(
            ops::timed(
                "initials",
                At("rust.bff", 34),
                || functions::INITIALS(given_arg, family_arg),
            ),
        )
}

// rust.bff:35  let list = halves(points: me.points)
fn let_list_2<'a>(me: User<'a>) -> Eval<Vec<f64>> {
    Ok({
        let points_arg = {
            let mut list = Vec::new();
            for it in me.points() {
                {
                    let it = it;
                    list.push(it);
                }
            }
            list
        };
        ops::timed("halves", At("rust.bff", 35), || functions::HALVES(&points_arg))
            .into_iter()
            .map(|it| -> Eval<_> { Ok(ops::finite(it, At("rust.bff", 35))?) })
            .collect::<Eval<Vec<_>>>()?
    })
}

// rust.bff:40  rank(tier: me.tier, size: null) >= 0
fn allow_1(me: User<'_>) -> bool {
    ({
        let tier_arg = me.tier();
        let size_arg = None;
        ops::timed("rank", At("rust.bff", 40), || functions::RANK(tier_arg, size_arg))
    }) >= 0
}

// rust.bff:33  call me = users.get(id: path.id)
fn call_me(q: &mut Request, path: Path<'_>) {
    users::get(q, path.id());
}

// rust.bff:36  call boss = users.get(id: upper(text: me.boss)) when me.boss != null && coin()
fn call_boss(q: &mut Request, me: User<'_>) -> Eval {
    let scratch = &Scratch::new();
    users::get(
        q,
        {
            let text_arg = scratch.lend(ops::known(me.boss(), At("rust.bff", 36))?);
            scratch
                .keep(
                    ops::timed(
                        "upper",
                        At("rust.bff", 36),
                        || functions::UPPER(text_arg),
                    ),
                )
        },
    );
    Ok(())
}

// rust.bff:36  me.boss != null && coin()
fn when_boss(me: User<'_>) -> bool {
    me.boss().is_some() && ops::timed("coin", At("rust.bff", 36), || functions::COIN())
}
static BOSS_OR: [Arm; 1] = [Arm::Null];

// rust.bff:38  call team = users.all(ids: words(text: me.boss, parts: me.tags, nicks: me.nicks) ?? [])
fn call_team(q: &mut Request, me: User<'_>) {
    let scratch = &Scratch::new();
    let mut ids_arg = Vec::new();
    for it in ({
        let text_arg = me.boss().map(|it| it).map(|it| scratch.lend(it));
        let parts_arg = {
            let mut list = Vec::new();
            for it in me.tags() {
                {
                    let it = it;
                    list.push(scratch.lend(it));
                }
            }
            list
        };
        let nicks_arg = Some(me.nicks())
            .map(|list| {
                list
                    .into_iter()
                    .map(|it| it.map(|it| scratch.lend(it)))
                    .collect::<Vec<_>>()
            });
        ops::timed(
                "words",
                At("rust.bff", 38),
                || functions::WORDS(text_arg, &parts_arg, nicks_arg.as_deref()),
            )
            .map(|it| it.into_iter().map(|it| scratch.keep(it)).collect::<Vec<_>>())
    })
        .unwrap_or_default()
    {
        ids_arg.push(it);
    }
    users::all(q, &ids_arg);
}
static TEAM_OR: [Arm; 1] = [Arm::Json("[]")];

// rust.bff:41  respond {
fn headers(h: &mut HeaderOut<'_>, me: User<'_>) -> Eval {
    let scratch = &Scratch::new();
    let short = let_short(scratch, me);
    h.set("x-short", short)?;
    h.set_opt(
        "x-line",
        {
            let points_arg = {
                let mut list = Vec::new();
                for it in [1.0, 2.5] {
                    {
                        let it = it;
                        list.push(it);
                    }
                }
                list
            };
            ops::timed(
                    "sparkline",
                    At("rust.bff", 60),
                    || functions::SPARKLINE(&points_arg, None),
                )
                .map(|it| scratch.keep(it))
        },
    )?;
    Ok(())
}

// rust.bff:41  respond {
fn respond(
    o: &mut Out,
    frame: &Frame,
    query: Query<'_>,
    me: User<'_>,
    boss: Option<UserInUsersId<'_>>,
    team: List<'_, UserInUsersId2<'_>>,
) -> Eval {
    let scratch = &Scratch::new();
    let short = let_short(scratch, me);
    let list_2 = list::Once::new();
    o.object();
    o.put("short", short);
    o.put(
        "name",
        {
            let given_arg = scratch.lend(me.given_name());
            let family_arg = scratch.lend(me.family_name());
            scratch
                .keep(
                    ops::timed(
                        "initials",
                        At("rust.bff", 28),
                        || functions::INITIALS(given_arg, family_arg),
                    ),
                )
        },
    );
    o.some(
        "line",
        {
            let points_arg = {
                let mut list = Vec::new();
                for it in me.points() {
                    {
                        let it = it;
                        list.push(it);
                    }
                }
                list
            };
            let width_arg = query.width();
            ops::timed(
                    "sparkline",
                    At("rust.bff", 44),
                    || functions::SPARKLINE(&points_arg, width_arg),
                )
                .map(|it| scratch.keep(it))
        },
    );
    o.some(
        "line2",
        ({
            let points_arg = {
                let mut list = Vec::new();
                for it in list_2.get(|| let_list_2(me))?.iter().cloned() {
                    {
                        let it = it;
                        list.push(it);
                    }
                }
                list
            };
            let width_arg = Some(3);
            ops::timed(
                    "sparkline",
                    At("rust.bff", 45),
                    || functions::SPARKLINE(&points_arg, width_arg),
                )
                .map(|it| scratch.keep(it))
        })
            .map(|it| scratch.upper(it)),
    );
    o.put(
        "rank",
        ops::add(
            {
                let tier_arg = me.tier();
                let size_arg = me.sizes().and_then(|it| it.first());
                ops::timed(
                    "rank",
                    At("rust.bff", 46),
                    || functions::RANK(tier_arg, size_arg),
                )
            },
            1,
            At("rust.bff", 46),
        )?,
    );
    o.put(
        "better",
        {
            let tier_arg = me.tier();
            ops::timed("better", At("rust.bff", 47), || functions::BETTER(tier_arg))
        },
    );
    o.put(
        "kind",
        match {
            let tier_arg = me.tier();
            ops::timed("better", At("rust.bff", 48), || functions::BETTER(tier_arg))
        } {
            Tier::Gold => Str::lit("g"),
            _ => {
                let text_arg = scratch.lend(Str::lit("other"));
                scratch
                    .keep(
                        ops::timed(
                            "upper",
                            At("rust.bff", 48),
                            || functions::UPPER(text_arg),
                        ),
                    )
            }
        },
    );
    o.put("halves", &list_2.get(|| let_list_2(me))?);
    o.put("half", list_2.get(|| let_list_2(me))?.first().cloned().unwrap_or(0.5));
    if let Some(it) = {
        let parts_arg = {
            let mut list = Vec::new();
            for it in me.tags() {
                {
                    let it = it;
                    list.push(scratch.lend(it));
                }
            }
            list
        };
        ops::timed(
                "words",
                At("rust.bff", 51),
                || functions::WORDS(None, &parts_arg, None),
            )
            .map(|it| it.into_iter().map(|it| scratch.keep(it)).collect::<Vec<_>>())
    } {
        o.key("words");
        o.array();
        for it_2 in it.iter().copied() {
            o.value(it_2);
        }
        o.end_array();
    }
    o.some(
        "age",
        if let Some(it) = me.born() {
            {
                let born_arg = it;
                let now_arg = frame.request().now();
                ops::timed(
                    "age",
                    At("rust.bff", 52),
                    || functions::AGE(born_arg, now_arg),
                )
            }
        } else {
            None
        },
    );
    o.put(
        "tax",
        {
            let amount_arg = me.money();
            ops::timed("tax", At("rust.bff", 53), || functions::TAX(amount_arg, None))
        },
    );
    o.text(
        "tax2",
        t![
            { let amount_arg = me.money(); let rate_arg = Some(Decimal::new(5, 1));
            ops::timed("tax", At("rust.bff", 54), || functions::TAX(amount_arg,
            rate_arg)) }, " ", { let text_arg = scratch.lend(me.id()); scratch
            .keep(ops::timed("upper", At("rust.bff", 54), || functions::UPPER(text_arg)))
            }
        ],
    );
    o.put(
        "extra",
        {
            let value_arg = me.extra();
            ops::timed("size_of", At("rust.bff", 55), || functions::SIZE_OF(&value_arg))
        },
    );
    o.key("sizes");
    o.array();
    for it in ({
        let list_arg = me
            .sizes()
            .map(|list| list.into_iter().map(|it| it).collect::<Vec<_>>());
        ops::timed("sizes", At("rust.bff", 56), || functions::SIZES(list_arg.as_deref()))
    })
        .iter()
        .copied()
    {
        o.value(it);
    }
    o.end_array();
    if let Some(it) = boss {
        o.key("boss");
        o.object();
        o.put("id", it.id());
        o.put(
            "tag",
            {
                let text_arg = scratch.lend(it.given_name());
                scratch
                    .keep(
                        ops::timed(
                            "upper",
                            At("rust.bff", 57),
                            || functions::UPPER(text_arg),
                        ),
                    )
            },
        );
        o.end_object();
    }
    o.key("team");
    o.array();
    for it in team {
        o.object();
        o.put(
            "id",
            {
                let text_arg = scratch.lend(it.id());
                scratch
                    .keep(
                        ops::timed(
                            "upper",
                            At("rust.bff", 58),
                            || functions::UPPER(text_arg),
                        ),
                    )
            },
        );
        o.key("up");
        o.array();
        for it_2 in it.tags() {
            o.value(scratch.upper(it_2));
        }
        o.end_array();
        o.put(
            "inits",
            {
                let given_arg = scratch.lend(it.given_name());
                let family_arg = scratch.lend(Str::lit("x"));
                scratch
                    .keep(
                        ops::timed(
                            "initials",
                            At("rust.bff", 58),
                            || functions::INITIALS(given_arg, family_arg),
                        ),
                    )
            },
        );
        o.end_object();
    }
    o.end_array();
    if ops::timed("coin", At("rust.bff", 59), || functions::COIN()) {
        o.put("coin", true);
    }
    o.end_object();
    Ok(())
}
