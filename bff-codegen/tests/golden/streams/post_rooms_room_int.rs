// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInPostRoomsRoomInt<'a> {
        room: i64 = "room",
    }
}
static QUERY_IN_POST_ROOMS_ROOM_INT_KEY: Rule = Rule::new().length(Some(1), Some(8));
record! {
    /// The query inputs.
    pub QueryInPostRoomsRoomInt<'a> {
        key: Str<'a> = "key" if QUERY_IN_POST_ROOMS_ROOM_INT_KEY,
    }
}
record! {
    /// The header inputs.
    pub Header<'a> {
        x_user: Option<Str<'a>> = "x-user",
    }
}
const PATH: Var<PathInPostRoomsRoomInt<'static>> = Var::input(InputKind::Path);
const QUERY: Var<QueryInPostRoomsRoomInt<'static>> = Var::input(InputKind::Query);
const HEADER: Var<Header<'static>> = Var::input(InputKind::Header);
const BODY: Var<Stream> = Var::input(InputKind::Body);
const _: () = in_order(&[], &CALLS);

// streams.bff:55  route POST /rooms/{room: Int}
pub static ROUTE: Route = Route {
    name: "post_rooms_room_int",
    at: At("streams.bff", 55),
    verb: Verb::Post,
    path: "/rooms/{room: Int}",
    when: None,
    deadline: None,
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInPostRoomsRoomInt<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        query: Some(Input {
            kind: &<QueryInPostRoomsRoomInt<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        header: Some(Input {
            kind: &<Header<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        stream: Some(StreamInput {
            max: Some(1048576),
            accept: &["*/*"],
        }),
        ..Inputs::NONE
    },
    proxy: Some(Proxy {
        at: At("streams.bff", 61),
        upstream: &n127_0_0_1_9112::UPSTREAM,
        target: Some(send!(target; QUERY, PATH)),
    }),
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 2] = [
    Guard {
        at: At("streams.bff", 59),
        test: when!(allow_1; QUERY),
        refuse: Refuse::Status(404),
    },
    Guard {
        at: At("streams.bff", 60),
        test: when!(check_2; PATH),
        refuse: Refuse::Check("rooms are positive"),
    },
];
static CALLS: [Call; 0] = [];
static OUTPUTS: [Output; 0] = [];
static REPLIES: [Reply; 0] = [];

// streams.bff:59  query.key != "bad"
fn allow_1(query: QueryInPostRoomsRoomInt<'_>) -> bool {
    query.key() != Str::lit("bad")
}

// streams.bff:60  path.room > 0
fn check_2(path: PathInPostRoomsRoomInt<'_>) -> bool {
    path.room() > 0
}

// streams.bff:61  "http://127.0.0.1:9112/rooms/${path.room}/${query.key}"
fn target(
    q: &mut Request,
    query: QueryInPostRoomsRoomInt<'_>,
    path: PathInPostRoomsRoomInt<'_>,
) {
    q.path("/rooms/").segment(path.room()).path("/").segment(query.key());
}
