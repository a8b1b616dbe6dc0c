//! The example of the contract, its expressions built by hand: what each construct becomes, independent of the checker.

use crate::diagnostic::Sink;
use crate::ir::expr::{Arm, Entry, Expr, ExprKind, Input, LocalId, NameRef, Pattern, Record, Ty, ViewId};
use crate::ir::service::{
    Call, CallArm, How, OpRequest, PathPart, Reply, Request, Route, RouteInput, Service, View, ViewField,
};
use crate::model::types::{EnumId, OpId, RecordId, Scalar};
use crate::model::{files, resolve};
use crate::source::{Sources, Span};

const SPEC: &str = r#"client mobile { mount: /mobile, listen: "127.0.0.1:8081", auth: none, nulls: omit, deadline: 800ms }
type User { id: ID, givenName: String, familyName: String, loyaltyId: ID?, tier: Tier }
type Points { balance: Int }
enum Tier { BASIC = "basic", GOLD = "gold", PLATINUM = "platinum", ... }
upstream users { base: env.USERS_URL, op get_user(id: ID): User = GET /users/{id} }
upstream loyalty { base: "http://127.0.0.1:9102", op balance(member: ID): Points = GET /members/{member} }

/// Who I am, on one card.
route GET /card {
  query { user: ID }
  call me     = users.get_user(id: query.user)
  call points = loyalty.balance(member?: me.loyaltyId) { timeout: 150ms }
    else null
  respond { id: me.id }
}
"#;

fn scalar(scalar: Scalar) -> Ty {
    Ty::Scalar(scalar)
}

fn nullable(ty: Ty) -> Ty {
    Ty::Nullable(Box::new(ty))
}

fn expr(span: Span, ty: Ty, kind: ExprKind) -> Expr {
    Expr { ty, span, kind }
}

fn field(span: Span, base: Expr, at: u32, ty: Ty) -> Expr {
    expr(
        span,
        ty,
        ExprKind::Field {
            base: Box::new(base),
            field: at,
        },
    )
}

fn view(name: &str, fields: &[(&str, Ty, bool)]) -> View {
    let field = |(name, ty, output_only): &(&str, Ty, bool)| ViewField {
        name: (*name).to_owned(),
        wire: (*name).to_owned(),
        ty: ty.clone(),
        optional: false,
        output_only: *output_only,
        constraint: None,
    };
    View {
        of: crate::ir::service::ViewOf::Record(RecordId(0)),
        name: name.to_owned(),
        fields: fields.iter().map(field).collect(),
    }
}

fn entry(span: Span, key: &str, value: Expr) -> Entry {
    Entry {
        key: key.to_owned(),
        value,
        when: None,
        omit_null: false,
        bind: Vec::new(),
        docs: Vec::new(),
        span,
    }
}

fn respond(span: Span) -> Expr {
    let me = || expr(span, Ty::View(ViewId(0)), ExprKind::Name(NameRef::Call(0)));
    let points = expr(span, nullable(Ty::View(ViewId(1))), ExprKind::Name(NameRef::Call(1)));
    let string = || scalar(Scalar::String);
    let text = |text: &str| expr(span, scalar(Scalar::String), ExprKind::Text(text.to_owned()));
    let given = field(span, me(), 1, string());
    let family = field(span, me(), 2, string());
    let name = expr(span, string(), ExprKind::Template(vec![given, text(" "), family]));
    let tier = ExprKind::Match {
        value: Box::new(field(span, me(), 4, Ty::Enum(EnumId(0)))),
        arms: vec![
            Arm {
                patterns: vec![Pattern::Enum(EnumId(0), 1), Pattern::Enum(EnumId(0), 2)],
                bind: None,
                value: text("plus"),
            },
            Arm {
                patterns: vec![],
                bind: None,
                value: text("basic"),
            },
        ],
    };
    let it = expr(span, Ty::View(ViewId(1)), ExprKind::Local(LocalId(0)));
    let balance = ExprKind::Lift {
        base: Box::new(points),
        local: LocalId(0),
        body: Box::new(field(span, it, 0, scalar(Scalar::Int))),
    };
    let partial = Ty::List(Box::new(string()));
    let record = Record {
        entries: vec![
            entry(span, "id", field(span, me(), 0, scalar(Scalar::Id))),
            entry(span, "name", name),
            entry(span, "tier", expr(span, string(), tier)),
            entry(span, "points", expr(span, nullable(scalar(Scalar::Int)), balance)),
            entry(span, "degraded", expr(span, partial, ExprKind::Partial)),
        ],
    };
    expr(span, Ty::Computed, ExprKind::Record(record))
}

fn service(sources: &Sources) -> Service {
    let entry = sources.find("card.bff").unwrap();
    let mut sink = Sink::new();
    let files = files::load(sources, entry, &mut sink);
    let model = resolve(sources, &files, &mut sink);
    assert!(sink.finish().is_empty());
    let declared = &model.routes[0];
    let span = |text: &str| {
        let start = SPEC.find(text).unwrap();
        Span::new(entry, start, start + text.lines().next().unwrap().len())
    };
    let (me_span, points_span, reply_span) = (
        span("users.get_user(id: q"),
        span("loyalty.balance(member?"),
        span("respond"),
    );
    let id = || scalar(Scalar::Id);
    let query = expr(
        me_span,
        Ty::View(ViewId(2)),
        ExprKind::Name(NameRef::Input(Input::Query)),
    );
    let me = expr(points_span, Ty::View(ViewId(0)), ExprKind::Name(NameRef::Call(0)));
    let call = |name: &str, span, ty, op, arg, required_args, or, timeout| Call {
        name: name.to_owned(),
        span,
        ty,
        name_span: span,
        request: Request {
            required_args,
            timeout,
            ..Request::new(OpId(op), vec![Some(arg)])
        },
        how: How::One,
        when: None,
        on: vec![],
        or,
        from_path: false,
        undo: None,
    };
    let request = |path: &str| OpRequest {
        params: vec![id()],
        path: vec![
            PathPart::Literal(path.to_owned()),
            PathPart::Value(expr(reply_span, id(), ExprKind::Local(LocalId(0)))),
        ],
        query: vec![],
        header: vec![],
        body: None,
        bytes: None,
        idempotent: None,
    };
    let user = [
        ("id", id(), true),
        ("givenName", scalar(Scalar::String), false),
        ("familyName", scalar(Scalar::String), false),
        ("loyaltyId", nullable(id()), false),
        ("tier", Ty::Enum(EnumId(0)), false),
    ];
    Service {
        client: model.client.clone().unwrap(),
        send: vec![],
        set: vec![],
        error_shape: None,
        enums: model.enums.clone(),
        unions: Vec::new(),
        views: vec![
            view("User", &user),
            view("Points", &[("balance", scalar(Scalar::Int), true)]),
            view("Query", &[("user", id(), false)]),
        ],
        upstreams: model.upstreams.clone(),
        upstream_send: vec![vec![], vec![]],
        ops: model.ops.clone(),
        requests: vec![Some(request("/users/")), Some(request("/members/"))],
        routes: vec![Route {
            accept: Vec::new(),
            proxy: None,
            name: declared.name.clone(),
            span: declared.span,
            docs: declared.docs.clone(),
            method: declared.method.clone(),
            path: declared.path.clone(),
            when: None,
            versioned: false,
            sparse: Vec::new(),
            deprecation: None,
            inputs: vec![RouteInput {
                kind: Input::Query,
                ty: Ty::View(ViewId(2)),
                defaults: vec![],
                constraint: None,
            }],
            deadline: None,
            set: Vec::new(),
            remove: Vec::new(),
            idempotency: None,
            guards: vec![],
            calls: vec![
                call(
                    "me",
                    me_span,
                    Ty::View(ViewId(0)),
                    0,
                    field(me_span, query, 0, id()),
                    vec![],
                    vec![],
                    None,
                ),
                call(
                    "points",
                    points_span,
                    nullable(Ty::View(ViewId(1))),
                    1,
                    field(points_span, me, 3, nullable(id())),
                    vec![0],
                    vec![CallArm::Null],
                    Some(crate::model::types::Setting::Value(150)),
                ),
            ],
            turns: vec![],
            lets: vec![],
            replies: vec![Reply {
                span: reply_span,
                status: 200,
                when: None,
                headers: vec![],
                body: Some(respond(reply_span)),
            }],
        }],
        externs: Vec::new(),
        functions: Default::default(),
        tests: Vec::new(),
    }
}

#[test]
fn the_example_of_the_contract_becomes_the_code_of_the_contract() {
    let mut sources = Sources::new();
    sources.add("card.bff", SPEC);
    let generated = super::service(&service(&sources), &sources);
    let all: String = generated
        .files
        .iter()
        .map(|(name, text)| format!("=== {name}\n{text}"))
        .collect();
    let expected = [
        "pub fn get_user(q: &mut Request, id: Str<'_>) {\n        q.path(\"/users/\").segment(id);\n    }",
        "        given_name: Str<'a> = \"givenName\",",
        "static CALLS: [Call; 2] = [",
        "send!(call_me; QUERY)",
        "loyalty::balance(q, member_arg);",
        "o.text(\"name\", t![me.given_name(), \" \", me.family_name()]);",
        "Tier::Gold | Tier::Platinum => Str::lit(\"plus\"),",
        "o.some(\"points\", points.map(|it| it.balance()));",
        "body!(respond; ME, POINTS; frame)",
        "// card.bff:11  users.get_user(id: q\nfn call_me(q: &mut Request, query: Query<'_>) {",
    ];
    for part in expected {
        assert!(all.contains(part), "{part}\nis not in\n{all}");
    }
}
