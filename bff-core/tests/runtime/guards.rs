//! Guards are decided before anything is sent.

use bff_core::prelude::*;
use bff_core::testing::{Mock, Mocks};

use crate::mobile::{orders, users};
use crate::small::{BARE, SMALL, ask};

const A: Var<i64> = Var::call(0);
const B: Var<i64> = Var::call(1);
const C: Var<i64> = Var::call(2);
static CALLS: [Call; 3] = [
    Call::new(A, "a", At("x.bff", 2), &orders::LIST, send!(a;)),
    Call::new(B, "b", At("x.bff", 3), &orders::LIST, send!(b; A)),
    Call::new(C, "c", At("x.bff", 4), &orders::LIST, send!(c; A)),
];
static GUARDS: [Guard; 1] = [Guard {
    at: At("x.bff", 5),
    test: when!(is_one; B),
    refuse: Refuse::Status(403),
}];
static REPLIES: [Reply; 1] = [Reply {
    at: At("x.bff", 6),
    status: 200,
    when: None,
    headers: None,
    body: Some(body!(respond; C)),
}];
static ROUTE: Route = Route {
    calls: &CALLS,
    proxy: None,
    guards: &GUARDS,
    replies: &REPLIES,
    ..BARE
};
static SERVICE: Service = Service {
    routes: &[&ROUTE],
    upstreams: &[&users::UPSTREAM, &orders::UPSTREAM],
    ..SMALL
};

fn a(q: &mut Request) {
    q.path("/a");
}
/// The same request as that of `a`.
fn b(q: &mut Request, _: i64) {
    q.path("/a");
}
fn c(q: &mut Request, _: i64) {
    q.path("/c");
}
fn is_one(b: i64) -> bool {
    b == 1
}
fn respond(o: &mut Out, c: i64) {
    o.value(c);
}

#[tokio::test(start_paused = true)]
async fn a_guard_over_a_shared_answer_is_decided_before_the_next_read_is_sent() {
    let mocks = Mocks::new([("/a", Mock::json("2").after(5)), ("/c", Mock::json("3"))]);
    assert_eq!(ask(&SERVICE, &mocks).await.0, 403);
    assert_eq!(mocks.sent(), [(0, "/a".to_owned())]);

    let mocks = Mocks::new([("/a", Mock::json("1").after(5)), ("/c", Mock::json("3"))]);
    assert_eq!(ask(&SERVICE, &mocks).await, (200, "3".to_owned()));
    assert_eq!(mocks.sent(), [(0, "/a".to_owned()), (5, "/c".to_owned())]);
}
