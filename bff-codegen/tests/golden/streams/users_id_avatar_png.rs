// Generated from streams.bff by bff-codegen. Edits are lost.
record! {
    /// The path inputs.
    pub PathInUsersIdAvatarPng<'a> {
        id: Id<'a> = "id",
    }
}
const PATH: Var<PathInUsersIdAvatarPng<'static>> = Var::input(InputKind::Path);
const _: () = in_order(&[], &CALLS);

// streams.bff:54  route GET /users/{id}/avatar.png
pub static ROUTE: Route = Route {
    name: "users_id_avatar_png",
    at: At("streams.bff", 54),
    verb: Verb::Get,
    path: "/users/{id}/avatar.png",
    when: None,
    deadline: Some(Setting::Value(Duration::from_millis(250))),
    headers: RouteHeaders::NONE,
    inputs: Inputs {
        path: Some(Input {
            kind: &<PathInUsersIdAvatarPng<'static> as Read<'static>>::KIND,
            defaults: &[],
        }),
        ..Inputs::NONE
    },
    proxy: Some(Proxy {
        at: At("streams.bff", 54),
        upstream: &files::UPSTREAM,
        target: Some(send!(target; PATH)),
    }),
    idempotency: None,
    guards: &GUARDS,
    calls: &CALLS,
    outputs: &OUTPUTS,
    replies: &REPLIES,
    contract: Contract::NONE,
};
static GUARDS: [Guard; 0] = [];
static CALLS: [Call; 0] = [];
static OUTPUTS: [Output; 0] = [];
static REPLIES: [Reply; 0] = [];

// streams.bff:54  files
fn target(q: &mut Request, path: PathInUsersIdAvatarPng<'_>) {
    q.path("/files/").segment(path.id()).path("/small");
}
