// Generated from rust.bff by bff-codegen. Edits are lost.
use super::rusty::*;
use bff_core::prelude::*;
use bff_core::testing::spec;

// rust.bff:64  mock users.get(id: "u1") => {
fn functions_of_rust_are_called_where_they_stand_mock_1(q: &mut Request) -> Eval {
    fn write(q: &mut Request, id: Str<'_>) -> Eval {
        q.path("/users/").segment(id);
        Ok(())
    }
    write(q, Str::lit("u1"))
}

// rust.bff:68  mock users.get(id: "U2") => { id: "u2", givenName: "Bea", familyName: "M", tier: "gold", boss: null, born: nul …
fn functions_of_rust_are_called_where_they_stand_mock_2(q: &mut Request) -> Eval {
    fn write(q: &mut Request, id: Str<'_>) -> Eval {
        q.path("/users/").segment(id);
        Ok(())
    }
    write(q, Str::lit("U2"))
}

// rust.bff:63  test "functions of Rust are called where they stand"
#[test]
fn functions_of_rust_are_called_where_they_stand() -> spec::Tested {
    static TEST: spec::Test = spec::Test {
        name: "functions of Rust are called where they stand",
        at: spec::Place {
            file: "rust.bff",
            line: 63,
            column: 6,
            width: 47,
            text: "test \"functions of Rust are called where they stand\" {",
        },
        steps: &[
            spec::Step::Mock(spec::SpecMock {
                op: "users.get",
                given: Some(functions_of_rust_are_called_where_they_stand_mock_1),
                reply: spec::Answer::Status(
                    200,
                    "{\"id\":\"u1\",\"givenName\":\"Ada\",\"familyName\":\"L\\\"x\",\"tier\":\"basic\",\"boss\":\"u2\",\"born\":\"2000-02-29\",\"tags\":[\"a\",\"b\"],\"points\":[1,3],\"money\":\"10.00\",\"extra\":{\"a\":[1]},\"sizes\":[\"l\",\"s\"],\"nicks\":[null,\"n\"]}",
                ),
                after: 0,
                at: spec::Place {
                    file: "rust.bff",
                    line: 64,
                    column: 3,
                    width: 29,
                    text: "  mock users.get(id: \"u1\") => {",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "users.get",
                given: Some(functions_of_rust_are_called_where_they_stand_mock_2),
                reply: spec::Answer::Status(
                    200,
                    "{\"id\":\"u2\",\"givenName\":\"Bea\",\"familyName\":\"M\",\"tier\":\"gold\",\"boss\":null,\"born\":null,\"tags\":[],\"points\":[],\"money\":1,\"extra\":null,\"sizes\":null,\"nicks\":[]}",
                ),
                after: 0,
                at: spec::Place {
                    file: "rust.bff",
                    line: 68,
                    column: 3,
                    width: 182,
                    text: "  mock users.get(id: \"U2\") => { id: \"u2\", givenName: \"Bea\", familyName: \"M\", tier: \"gold\", boss: null, born: null, tags: [], points: [], money: 1, extra: null, sizes: null, nicks: [] }",
                },
            }),
            spec::Step::Mock(spec::SpecMock {
                op: "users.all",
                given: None,
                reply: spec::Answer::Status(
                    200,
                    "[{\"id\":\"t1\",\"givenName\":\"Cy\",\"familyName\":\"N\",\"tier\":\"gold\",\"boss\":null,\"born\":null,\"tags\":[\"x\"],\"points\":[],\"money\":1,\"extra\":1,\"sizes\":null,\"nicks\":[]}]",
                ),
                after: 0,
                at: spec::Place {
                    file: "rust.bff",
                    line: 69,
                    column: 3,
                    width: 183,
                    text: "  mock users.all           => [{ id: \"t1\", givenName: \"Cy\", familyName: \"N\", tier: \"gold\", boss: null, born: null, tags: [\"x\"], points: [], money: 1, extra: 1, sizes: null, nicks: [] }]",
                },
            }),
            spec::Step::Send(spec::Send {
                method: "GET",
                target: "/rust/users/u1?width=2",
                headers: &[],
                body: None,
                at: spec::Place {
                    file: "rust.bff",
                    line: 70,
                    column: 3,
                    width: 31,
                    text: "  send GET /rust/users/u1?width=2",
                },
            }),
            spec::Step::Status(
                200,
                Some(
                    spec::Want::Json(
                        "{\"short\":\"AL\",\"name\":\"AL\",\"line\":\"1-3:2\",\"line2\":\"0.5-1.5:3\",\"rank\":3,\"better\":\"gold\",\"kind\":\"g\",\"halves\":[0.5,1.5],\"half\":0.5,\"words\":[\"a\",\"b\"],\"age\":23,\"tax\":\"1.9000\",\"tax2\":\"5.000 U1\",\"extra\":9,\"sizes\":[\"l\",\"s\"],\"boss\":{\"id\":\"u2\",\"tag\":\"BEA\"},\"team\":[{\"id\":\"T1\",\"up\":[\"X\"],\"inits\":\"Cx\"}],\"coin\":true}",
                    ),
                ),
                spec::Place {
                    file: "rust.bff",
                    line: 71,
                    column: 3,
                    width: 12,
                    text: "  expect 200 {",
                },
            ),
            spec::Step::Header(
                "x-up",
                Some("GET"),
                spec::Place {
                    file: "rust.bff",
                    line: 76,
                    column: 3,
                    width: 29,
                    text: "  expect header \"x-up\" == \"GET\"",
                },
            ),
            spec::Step::Header(
                "x-short",
                Some("AL"),
                spec::Place {
                    file: "rust.bff",
                    line: 77,
                    column: 3,
                    width: 31,
                    text: "  expect header \"x-short\" == \"AL\"",
                },
            ),
            spec::Step::Header(
                "x-line",
                Some("1-2.5:0"),
                spec::Place {
                    file: "rust.bff",
                    line: 78,
                    column: 3,
                    width: 35,
                    text: "  expect header \"x-line\" == \"1-2.5:0\"",
                },
            ),
            spec::Step::Calls(
                "users.get",
                2,
                spec::Place {
                    file: "rust.bff",
                    line: 79,
                    column: 3,
                    width: 27,
                    text: "  expect calls users.get == 2",
                },
            ),
        ],
        hints: &[
            (
                "users.get",
                "{ id: \"…\", givenName: \"…\", familyName: \"…\", tier: \"basic\", tags: [\"…\"], points: [1.5], money: \"9.90\", extra: { }, nicks: [\"…\"] }",
            ),
            ("users.all", "[{ id: \"…\", givenName: \"…\", tags: [\"…\"] }]"),
        ],
    };
    spec::run(&SERVICE, &TEST)
}
