// Generated from tested.bff by bff-codegen. Edits are lost.
use super::tested::*;
use bff_core::prelude::*;
use bff_core::testing::spec;

// tested.bff:75  mock users.get(id: "u1") => { id: "u1", name: "Ada", tier: "gold", boss: "u2", "first-match": 7 }
fn a_user_with_a_boss_mock_1(q: &mut Request) -> Eval {
    fn write(q: &mut Request, id: Str<'_>) -> Eval {
        q.path("/users/").segment(id);
        Ok(())
    }
    write(q, Str::lit("u1"))
}

// tested.bff:76  mock users.get(id: "u2", tier: GOLD) => { id: "u2", name: "Bea", tier: "basic", boss: null, "first-match": 1 }
fn a_user_with_a_boss_mock_2(q: &mut Request) -> Eval {
    fn write(q: &mut Request, id: Str<'_>, tier: Option<Tier<'_>>) -> Eval {
        q.path("/users/").segment(id);
        q.query_opt("tier", tier);
        Ok(())
    }
    write(q, Str::lit("u2"), Some(Tier::Gold))
}

// tested.bff:74  test "a user with a boss"
#[test]
fn a_user_with_a_boss() -> spec::Tested {
    static TEST: spec::Test = spec::Test {
        name: "a user with a boss",
        at: spec::Place {
            file: "tested.bff",
            line: 74,
            column: 6,
            width: 20,
            text: "test \"a user with a boss\" {",
        },
        steps: &[
            spec::Step::Mock(spec::SpecMock {
                op: "users.get",
                given: Some(a_user_with_a_boss_mock_1),
                reply: spec::Answer::Status(
                    200,
                    "{\"id\":\"u1\",\"name\":\"Ada\",\"tier\":\"gold\",\"boss\":\"u2\",\"first-match\":7}",
                ),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 75,
                    column: 3,
                    width: 97,
                    text: "  mock users.get(id: \"u1\") => { id: \"u1\", name: \"Ada\", tier: \"gold\", boss: \"u2\", \"first-match\": 7 }",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "users.get",
                given: Some(a_user_with_a_boss_mock_2),
                reply: spec::Answer::Status(
                    200,
                    "{\"id\":\"u2\",\"name\":\"Bea\",\"tier\":\"basic\",\"boss\":null,\"first-match\":1}",
                ),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 76,
                    column: 3,
                    width: 110,
                    text: "  mock users.get(id: \"u2\", tier: GOLD) => { id: \"u2\", name: \"Bea\", tier: \"basic\", boss: null, \"first-match\": 1 }",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "users.touch",
                given: None,
                reply: spec::Answer::Status(204, ""),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 77,
                    column: 3,
                    width: 24,
                    text: "  mock users.touch => null",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/users/u1",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 78,
                    column: 3,
                    width: 20,
                    text: "  send GET /t/users/u1",
                },
            }),
            spec::Step::Status(
                200,
                Some(
                    spec::Want::Json(
                        "{\"id\":\"u1\",\"tier\":\"gold\",\"boss\":{\"name\":\"Bea\"},\"match\":7,\"seen\":true,\"degraded\":[]}",
                    ),
                ),
                spec::Place {
                    file: "tested.bff",
                    line: 79,
                    column: 3,
                    width: 96,
                    text: "  expect 200 { id: \"u1\", tier: \"gold\", boss: { name: \"Bea\" }, match: 7, seen: true, degraded: [] }",
                },
            ),
            spec::Step::Header(
                "x-name",
                Some("Ada"),
                spec::Place {
                    file: "tested.bff",
                    line: 80,
                    column: 3,
                    width: 31,
                    text: "  expect header \"x-name\" == \"Ada\"",
                },
            ),
            spec::Step::Header(
                "x-other",
                None,
                spec::Place {
                    file: "tested.bff",
                    line: 81,
                    column: 3,
                    width: 31,
                    text: "  expect header \"x-other\" == null",
                },
            ),
            spec::Step::Calls(
                "users.get",
                2,
                spec::Place {
                    file: "tested.bff",
                    line: 82,
                    column: 3,
                    width: 27,
                    text: "  expect calls users.get == 2",
                },
            ),
        ],
        hints: &[
            (
                "users.get",
                "{ id: \"…\", name: \"…\", tier: \"basic\", \"first-match\": 1 }",
            ),
            ("users.touch", "null"),
        ],
    };
    spec::run(&SERVICE, &TEST)
}

// tested.bff:86  mock users.get(id: "u1") => { id: "u1", name: "Ada", tier: "platinum", boss: "u2", "first-match": 7 } after 10 …
fn what_fails_is_named_mock_1(q: &mut Request) -> Eval {
    fn write(q: &mut Request, id: Str<'_>) -> Eval {
        q.path("/users/").segment(id);
        Ok(())
    }
    write(q, Str::lit("u1"))
}

// tested.bff:85  test "what fails is named"
#[test]
fn what_fails_is_named() -> spec::Tested {
    static TEST: spec::Test = spec::Test {
        name: "what fails is named",
        at: spec::Place {
            file: "tested.bff",
            line: 85,
            column: 6,
            width: 21,
            text: "test \"what fails is named\" {",
        },
        steps: &[
            spec::Step::Mock(spec::SpecMock {
                op: "users.get",
                given: Some(what_fails_is_named_mock_1),
                reply: spec::Answer::Status(
                    200,
                    "{\"id\":\"u1\",\"name\":\"Ada\",\"tier\":\"platinum\",\"boss\":\"u2\",\"first-match\":7}",
                ),
                after: 100,
                at: spec::Place {
                    file: "tested.bff",
                    line: 86,
                    column: 3,
                    width: 113,
                    text: "  mock users.get(id: \"u1\") => { id: \"u1\", name: \"Ada\", tier: \"platinum\", boss: \"u2\", \"first-match\": 7 } after 100ms",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "users.get",
                given: None,
                reply: spec::Answer::Fail(spec::FailureKind::Timeout),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 87,
                    column: 3,
                    width: 30,
                    text: "  mock users.get => fail timeout",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "users.touch",
                given: None,
                reply: spec::Answer::Status(503, ""),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 88,
                    column: 3,
                    width: 28,
                    text: "  mock users.touch => fail 503",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/users/u1",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 89,
                    column: 3,
                    width: 20,
                    text: "  send GET /t/users/u1",
                },
            }),
            spec::Step::Status(
                200,
                Some(
                    spec::Want::Object(
                        &[
                            ("degraded", spec::Want::Json("[\"boss\",\"seen\"]")),
                            ("tier", spec::Want::Json("\"platinum\"")),
                        ],
                        true,
                    ),
                ),
                spec::Place {
                    file: "tested.bff",
                    line: 90,
                    column: 3,
                    width: 64,
                    text: "  expect 200 { degraded: [\"boss\", \"seen\"], tier: \"platinum\", ... }",
                },
            ),
            spec::Step::Mock(spec::SpecMock {
                op: "users.get",
                given: None,
                reply: spec::Answer::Status(404, "{\"reason\":\"gone\"}"),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 91,
                    column: 3,
                    width: 45,
                    text: "  mock users.get => fail 404 { reason: \"gone\" }",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/users/u9",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 92,
                    column: 3,
                    width: 20,
                    text: "  send GET /t/users/u9",
                },
            }),
            spec::Step::Status(
                404,
                Some(
                    spec::Want::Object(
                        &[
                            ("code", spec::Want::Json("\"no_such_user\"")),
                            ("id", spec::Want::Json("\"u9\"")),
                        ],
                        true,
                    ),
                ),
                spec::Place {
                    file: "tested.bff",
                    line: 93,
                    column: 3,
                    width: 50,
                    text: "  expect 404 { code: \"no_such_user\", id: \"u9\", ... }",
                },
            ),
            spec::Step::Calls(
                "users.get",
                3,
                spec::Place {
                    file: "tested.bff",
                    line: 94,
                    column: 3,
                    width: 27,
                    text: "  expect calls users.get == 3",
                },
            ),
        ],
        hints: &[
            (
                "users.get",
                "{ id: \"…\", name: \"…\", tier: \"basic\", \"first-match\": 1 }",
            ),
            ("users.touch", "null"),
        ],
    };
    spec::run(&SERVICE, &TEST)
}

// tested.bff:97  test "a name that is blocked"
#[test]
fn a_name_that_is_blocked() -> spec::Tested {
    static TEST: spec::Test = spec::Test {
        name: "a name that is blocked",
        at: spec::Place {
            file: "tested.bff",
            line: 97,
            column: 6,
            width: 24,
            text: "test \"a name that is blocked\" {",
        },
        steps: &[
            spec::Step::Mock(spec::SpecMock {
                op: "users.get",
                given: None,
                reply: spec::Answer::Status(
                    200,
                    "{\"id\":1,\"name\":\"blocked\",\"tier\":\"basic\",\"first-match\":0}",
                ),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 98,
                    column: 3,
                    width: 77,
                    text: "  mock users.get => { id: 1, name: \"blocked\", tier: \"basic\", \"first-match\": 0 }",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "users.touch",
                given: None,
                reply: spec::Answer::Status(204, ""),
                after: 50,
                at: spec::Place {
                    file: "tested.bff",
                    line: 99,
                    column: 3,
                    width: 35,
                    text: "  mock users.touch => null after 50ms",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/users/u1",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 100,
                    column: 3,
                    width: 20,
                    text: "  send GET /t/users/u1",
                },
            }),
            spec::Step::Status(
                403,
                None,
                spec::Place {
                    file: "tested.bff",
                    line: 101,
                    column: 3,
                    width: 10,
                    text: "  expect 403",
                },
            ),
        ],
        hints: &[
            (
                "users.get",
                "{ id: \"…\", name: \"…\", tier: \"basic\", \"first-match\": 1 }",
            ),
            ("users.touch", "null"),
        ],
    };
    spec::run(&SERVICE, &TEST)
}

// tested.bff:105  mock shop.items(ids: ["a", "b"]) => { items: [{ sku: "a", price: 1000, size: "s" }] }
fn mocks_answer_one_after_another_the_last_one_again_mock_1(q: &mut Request) -> Eval {
    fn write(q: &mut Request, ids: &[Str<'_>]) -> Eval {
        let scratch = &Scratch::new();
        q.path("/items");
        q.query(
            "id",
            {
                let mut parts = Vec::new();
                for it in ids.iter().cloned() {
                    parts.push(it);
                }
                scratch.join(Str::lit(","), &parts)
            },
        );
        Ok(())
    }
    write(q, &vec![Str::lit("a"), Str::lit("b")])
}

// tested.bff:106  mock shop.items(ids: ["a", "b"]) => { items: [] }
fn mocks_answer_one_after_another_the_last_one_again_mock_2(q: &mut Request) -> Eval {
    fn write(q: &mut Request, ids: &[Str<'_>]) -> Eval {
        let scratch = &Scratch::new();
        q.path("/items");
        q.query(
            "id",
            {
                let mut parts = Vec::new();
                for it in ids.iter().cloned() {
                    parts.push(it);
                }
                scratch.join(Str::lit(","), &parts)
            },
        );
        Ok(())
    }
    write(q, &vec![Str::lit("a"), Str::lit("b")])
}

// tested.bff:107  mock shop.items(size: SMALL, after: null) => { items: [{ sku: "s", price: 2, size: "s", on: "2024-02-29" }], n …
fn mocks_answer_one_after_another_the_last_one_again_mock_3(q: &mut Request) -> Eval {
    fn write(q: &mut Request, size: Option<Size>, after: Option<Date>) -> Eval {
        q.path("/items");
        q.query_opt("size", size);
        q.query_opt("after", after);
        Ok(())
    }
    write(q, Some(Size::Small), None)
}

// tested.bff:109  mock shop.tagged(lang: "en") => [{ sku: 7, price: "0.10", size: "l" }] after 250ms
fn mocks_answer_one_after_another_the_last_one_again_mock_5(q: &mut Request) -> Eval {
    fn write(q: &mut Request, lang: Str<'_>) -> Eval {
        q.path("/tagged/").path("\0").path(",").segment(lang).path(".json");
        q.header("x-lang", lang);
        Ok(())
    }
    write(q, Str::lit("en"))
}

// tested.bff:104  test "mocks answer one after another, the last one again"
#[test]
fn mocks_answer_one_after_another_the_last_one_again() -> spec::Tested {
    static TEST: spec::Test = spec::Test {
        name: "mocks answer one after another, the last one again",
        at: spec::Place {
            file: "tested.bff",
            line: 104,
            column: 6,
            width: 52,
            text: "test \"mocks answer one after another, the last one again\" {",
        },
        steps: &[
            spec::Step::Mock(spec::SpecMock {
                op: "shop.items",
                given: Some(mocks_answer_one_after_another_the_last_one_again_mock_1),
                reply: spec::Answer::Status(
                    200,
                    "{\"items\":[{\"sku\":\"a\",\"price\":1000,\"size\":\"s\"}]}",
                ),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 105,
                    column: 3,
                    width: 85,
                    text: "  mock shop.items(ids: [\"a\", \"b\"]) => { items: [{ sku: \"a\", price: 1000, size: \"s\" }] }",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "shop.items",
                given: Some(mocks_answer_one_after_another_the_last_one_again_mock_2),
                reply: spec::Answer::Status(200, "{\"items\":[]}"),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 106,
                    column: 3,
                    width: 49,
                    text: "  mock shop.items(ids: [\"a\", \"b\"]) => { items: [] }",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "shop.items",
                given: Some(mocks_answer_one_after_another_the_last_one_again_mock_3),
                reply: spec::Answer::Status(
                    200,
                    "{\"items\":[{\"sku\":\"s\",\"price\":2,\"size\":\"s\",\"on\":\"2024-02-29\"}],\"next\":\"n\"}",
                ),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 107,
                    column: 3,
                    width: 120,
                    text: "  mock shop.items(size: SMALL, after: null) => { items: [{ sku: \"s\", price: 2, size: \"s\", on: \"2024-02-29\" }], next: \"n\" }",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "shop.items",
                given: None,
                reply: spec::Answer::Fail(spec::FailureKind::Connect),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 108,
                    column: 3,
                    width: 31,
                    text: "  mock shop.items => fail connect",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "shop.tagged",
                given: Some(mocks_answer_one_after_another_the_last_one_again_mock_5),
                reply: spec::Answer::Status(
                    200,
                    "[{\"sku\":7,\"price\":\"0.10\",\"size\":\"l\"}]",
                ),
                after: 250,
                at: spec::Place {
                    file: "tested.bff",
                    line: 109,
                    column: 3,
                    width: 82,
                    text: "  mock shop.tagged(lang: \"en\") => [{ sku: 7, price: \"0.10\", size: \"l\" }] after 250ms",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/items?ids=a&ids=b",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 110,
                    column: 3,
                    width: 29,
                    text: "  send GET /t/items?ids=a&ids=b",
                },
            }),
            spec::Step::Status(
                200,
                Some(
                    spec::Want::Json(
                        "{\"items\":[{\"sku\":\"a\",\"price\":\"1000\"}],\"tagged\":[7]}",
                    ),
                ),
                spec::Place {
                    file: "tested.bff",
                    line: 111,
                    column: 3,
                    width: 64,
                    text: "  expect 200 { items: [{ sku: \"a\", price: \"1000\" }], tagged: [7] }",
                },
            ),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/items?ids=a&ids=b",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 112,
                    column: 3,
                    width: 29,
                    text: "  send GET /t/items?ids=a&ids=b",
                },
            }),
            spec::Step::Status(
                200,
                Some(spec::Want::Object(&[("items", spec::Want::Json("[]"))], true)),
                spec::Place {
                    file: "tested.bff",
                    line: 113,
                    column: 3,
                    width: 29,
                    text: "  expect 200 { items: [], ... }",
                },
            ),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/items?ids=a&ids=b",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 114,
                    column: 3,
                    width: 29,
                    text: "  send GET /t/items?ids=a&ids=b",
                },
            }),
            spec::Step::Status(
                200,
                Some(spec::Want::Object(&[("items", spec::Want::Json("[]"))], true)),
                spec::Place {
                    file: "tested.bff",
                    line: 115,
                    column: 3,
                    width: 29,
                    text: "  expect 200 { items: [], ... }",
                },
            ),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/items?ids=c&size=s",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 116,
                    column: 3,
                    width: 30,
                    text: "  send GET /t/items?ids=c&size=s",
                },
            }),
            spec::Step::Status(
                200,
                Some(
                    spec::Want::Object(
                        &[
                            (
                                "items",
                                spec::Want::List(
                                    &[
                                        spec::Want::Object(
                                            &[("on", spec::Want::Json("\"2024-02-29\""))],
                                            true,
                                        ),
                                    ],
                                    true,
                                ),
                            ),
                            ("tagged", spec::Want::List(&[], true)),
                            ("next", spec::Want::Json("\"n\"")),
                        ],
                        false,
                    ),
                ),
                spec::Place {
                    file: "tested.bff",
                    line: 117,
                    column: 3,
                    width: 80,
                    text: "  expect 200 { items: [{ on: \"2024-02-29\", ... }, ...], tagged: [...], next: \"n\" }",
                },
            ),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/items?ids=c",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 118,
                    column: 3,
                    width: 23,
                    text: "  send GET /t/items?ids=c",
                },
            }),
            spec::Step::Status(
                200,
                Some(spec::Want::Json("{\"items\":[],\"tagged\":[7]}")),
                spec::Place {
                    file: "tested.bff",
                    line: 119,
                    column: 3,
                    width: 37,
                    text: "  expect 200 { items: [], tagged: [7] }",
                },
            ),
            spec::Step::Calls(
                "shop.items",
                5,
                spec::Place {
                    file: "tested.bff",
                    line: 120,
                    column: 3,
                    width: 28,
                    text: "  expect calls shop.items == 5",
                },
            ),
        ],
        hints: &[
            ("shop.items", "{ items: [{ sku: \"…\", price: \"9.90\" }] }"),
            ("shop.tagged", "[{ sku: \"…\" }]"),
        ],
    };
    spec::run(&SERVICE, &TEST)
}

// tested.bff:123  test "a call that is slower than its timeout"
#[test]
fn a_call_that_is_slower_than_its_timeout() -> spec::Tested {
    static TEST: spec::Test = spec::Test {
        name: "a call that is slower than its timeout",
        at: spec::Place {
            file: "tested.bff",
            line: 123,
            column: 6,
            width: 40,
            text: "test \"a call that is slower than its timeout\" {",
        },
        steps: &[
            spec::Step::Mock(spec::SpecMock {
                op: "shop.items",
                given: None,
                reply: spec::Answer::Status(200, "{\"items\":[]}"),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 124,
                    column: 3,
                    width: 32,
                    text: "  mock shop.items => { items: [] }",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "shop.tagged",
                given: None,
                reply: spec::Answer::Status(200, "[]"),
                after: 10000,
                at: spec::Place {
                    file: "tested.bff",
                    line: 125,
                    column: 3,
                    width: 32,
                    text: "  mock shop.tagged => [] after 10s",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/items?ids=c",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 126,
                    column: 3,
                    width: 23,
                    text: "  send GET /t/items?ids=c",
                },
            }),
            spec::Step::Status(
                200,
                Some(spec::Want::Json("{\"items\":[],\"tagged\":[]}")),
                spec::Place {
                    file: "tested.bff",
                    line: 127,
                    column: 3,
                    width: 36,
                    text: "  expect 200 { items: [], tagged: [] }",
                },
            ),
        ],
        hints: &[
            ("shop.items", "{ items: [{ sku: \"…\", price: \"9.90\" }] }"),
            ("shop.tagged", "[{ sku: \"…\" }]"),
        ],
    };
    spec::run(&SERVICE, &TEST)
}

// tested.bff:131  mock shop.price(sku: "p1", count: 2, tags: ["a", "b"]) => { sku: "p1", price: "9.95", size: "l" }
fn a_body_mock_1(q: &mut Request) -> Eval {
    fn write(q: &mut Request, sku: Str<'_>, count_2: i64, tags: &[Str<'_>]) -> Eval {
        q.path("/price");
        q.body(|o| {
            o.object();
            o.put("sku", sku);
            o.put("count", count_2);
            o.put("tags", &tags);
            o.end_object();
        });
        Ok(())
    }
    write(q, Str::lit("p1"), 2, &vec![Str::lit("a"), Str::lit("b")])
}

// tested.bff:130  test "a body"
#[test]
fn a_body() -> spec::Tested {
    static TEST: spec::Test = spec::Test {
        name: "a body",
        at: spec::Place {
            file: "tested.bff",
            line: 130,
            column: 6,
            width: 8,
            text: "test \"a body\" {",
        },
        steps: &[
            spec::Step::Mock(spec::SpecMock {
                op: "shop.price",
                given: Some(a_body_mock_1),
                reply: spec::Answer::Status(
                    200,
                    "{\"sku\":\"p1\",\"price\":\"9.95\",\"size\":\"l\"}",
                ),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 131,
                    column: 3,
                    width: 97,
                    text: "  mock shop.price(sku: \"p1\", count: 2, tags: [\"a\", \"b\"]) => { sku: \"p1\", price: \"9.95\", size: \"l\" }",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "POST",
                target: "/t/price",
                headers: &[],
                body: Some("{\"sku\":\"p1\",\"count\":2,\"gift\":null}"),
                at: spec::Place {
                    file: "tested.bff",
                    line: 132,
                    column: 3,
                    width: 59,
                    text: "  send POST /t/price body { sku: \"p1\", count: 2, gift: null }",
                },
            }),
            spec::Step::Status(
                201,
                Some(spec::Want::Json("{\"total\":\"19.90\"}")),
                spec::Place {
                    file: "tested.bff",
                    line: 133,
                    column: 3,
                    width: 29,
                    text: "  expect 201 { total: \"19.90\" }",
                },
            ),
            spec::Step::Send(spec::Send {
                method: "POST",
                target: "/t/price",
                headers: &[],
                body: Some("{\"sku\":\"p1\",\"count\":10}"),
                at: spec::Place {
                    file: "tested.bff",
                    line: 134,
                    column: 3,
                    width: 48,
                    text: "  send POST /t/price body { sku: \"p1\", count: 10 }",
                },
            }),
            spec::Step::Status(
                422,
                Some(
                    spec::Want::Object(
                        &[
                            ("code", spec::Want::Json("\"invalid\"")),
                            (
                                "errors",
                                spec::Want::List(
                                    &[
                                        spec::Want::Object(
                                            &[("field", spec::Want::Json("\"count\""))],
                                            true,
                                        ),
                                    ],
                                    false,
                                ),
                            ),
                        ],
                        true,
                    ),
                ),
                spec::Place {
                    file: "tested.bff",
                    line: 135,
                    column: 3,
                    width: 70,
                    text: "  expect 422 { code: \"invalid\", errors: [{ field: \"count\", ... }], ... }",
                },
            ),
            spec::Step::Send(spec::Send {
                method: "POST",
                target: "/t/price",
                headers: &[("content-type", "text/plain")],
                body: Some("{\"sku\":\"p1\",\"count\":1}"),
                at: spec::Place {
                    file: "tested.bff",
                    line: 136,
                    column: 3,
                    width: 88,
                    text: "  send POST /t/price body { sku: \"p1\", count: 1 } headers { \"content-type\": \"text/plain\" }",
                },
            }),
            spec::Step::Status(
                415,
                None,
                spec::Place {
                    file: "tested.bff",
                    line: 137,
                    column: 3,
                    width: 10,
                    text: "  expect 415",
                },
            ),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/t/nothing",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "tested.bff",
                    line: 138,
                    column: 3,
                    width: 19,
                    text: "  send GET /t/nothing",
                },
            }),
            spec::Step::Status(
                404,
                None,
                spec::Place {
                    file: "tested.bff",
                    line: 139,
                    column: 3,
                    width: 10,
                    text: "  expect 404",
                },
            ),
        ],
        hints: &[("shop.price", "{ price: \"9.90\" }")],
    };
    spec::run(&SERVICE, &TEST)
}

// tested.bff:145  mock pay.refund(id: "c1") => null after 50ms
fn what_was_done_is_undone_behind_the_answer_mock_3(q: &mut Request) -> Eval {
    fn write(q: &mut Request, id: Str<'_>) -> Eval {
        q.path("/charges/").segment(id);
        Ok(())
    }
    write(q, Str::lit("c1"))
}

// tested.bff:149  mock pay.place(charge: "c1") => { id: "o1" }
fn what_was_done_is_undone_behind_the_answer_mock_4(q: &mut Request) -> Eval {
    fn write(q: &mut Request, charge: Str<'_>) -> Eval {
        q.path("/orders");
        q.body(|o| {
            o.object();
            o.put("charge", charge);
            o.end_object();
        });
        Ok(())
    }
    write(q, Str::lit("c1"))
}

// tested.bff:142  test "what was done is undone behind the answer"
#[test]
fn what_was_done_is_undone_behind_the_answer() -> spec::Tested {
    static TEST: spec::Test = spec::Test {
        name: "what was done is undone behind the answer",
        at: spec::Place {
            file: "tested.bff",
            line: 142,
            column: 6,
            width: 43,
            text: "test \"what was done is undone behind the answer\" {",
        },
        steps: &[
            spec::Step::Mock(spec::SpecMock {
                op: "pay.charge",
                given: None,
                reply: spec::Answer::Status(200, "{\"id\":\"c1\"}"),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 143,
                    column: 3,
                    width: 41,
                    text: "  mock pay.charge           => { id: \"c1\" }",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "pay.place",
                given: None,
                reply: spec::Answer::Status(409, ""),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 144,
                    column: 3,
                    width: 37,
                    text: "  mock pay.place            => fail 409",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "pay.refund",
                given: Some(what_was_done_is_undone_behind_the_answer_mock_3),
                reply: spec::Answer::Status(204, ""),
                after: 50,
                at: spec::Place {
                    file: "tested.bff",
                    line: 145,
                    column: 3,
                    width: 44,
                    text: "  mock pay.refund(id: \"c1\") => null after 50ms",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "POST",
                target: "/t/checkout",
                headers: &[],
                body: Some("{\"sku\":\"a\",\"count\":1}"),
                at: spec::Place {
                    file: "tested.bff",
                    line: 146,
                    column: 3,
                    width: 49,
                    text: "  send POST /t/checkout body { sku: \"a\", count: 1 }",
                },
            }),
            spec::Step::Status(
                409,
                Some(
                    spec::Want::Object(&[("code", spec::Want::Json("\"gone\""))], true),
                ),
                spec::Place {
                    file: "tested.bff",
                    line: 147,
                    column: 3,
                    width: 32,
                    text: "  expect 409 { code: \"gone\", ... }",
                },
            ),
            spec::Step::Calls(
                "pay.refund",
                1,
                spec::Place {
                    file: "tested.bff",
                    line: 148,
                    column: 3,
                    width: 28,
                    text: "  expect calls pay.refund == 1",
                },
            ),
            spec::Step::Mock(spec::SpecMock {
                op: "pay.place",
                given: Some(what_was_done_is_undone_behind_the_answer_mock_4),
                reply: spec::Answer::Status(200, "{\"id\":\"o1\"}"),
                after: 0,
                at: spec::Place {
                    file: "tested.bff",
                    line: 149,
                    column: 3,
                    width: 44,
                    text: "  mock pay.place(charge: \"c1\") => { id: \"o1\" }",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "POST",
                target: "/t/checkout",
                headers: &[],
                body: Some("{\"sku\":\"a\",\"count\":1}"),
                at: spec::Place {
                    file: "tested.bff",
                    line: 150,
                    column: 3,
                    width: 49,
                    text: "  send POST /t/checkout body { sku: \"a\", count: 1 }",
                },
            }),
            spec::Step::Status(
                201,
                Some(spec::Want::Json("{\"id\":\"o1\"}")),
                spec::Place {
                    file: "tested.bff",
                    line: 151,
                    column: 3,
                    width: 23,
                    text: "  expect 201 { id: \"o1\" }",
                },
            ),
            spec::Step::Calls(
                "pay.refund",
                1,
                spec::Place {
                    file: "tested.bff",
                    line: 152,
                    column: 3,
                    width: 28,
                    text: "  expect calls pay.refund == 1",
                },
            ),
        ],
        hints: &[
            ("pay.charge", "{ id: \"…\" }"),
            ("pay.refund", "null"),
            ("pay.place", "{ id: \"…\" }"),
        ],
    };
    spec::run(&SERVICE, &TEST)
}
