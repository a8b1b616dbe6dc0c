//! What is found when a gateway is built, and what its tables cannot say.

use bff_core::Gateway;
use bff_core::prelude::*;

use crate::mobile;
use crate::small::{BARE, SMALL, ask};

fn start(variables: &'static [(&'static str, &'static str)]) -> Vec<String> {
    let env = |name: &str| {
        variables
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, value)| (*value).to_owned())
    };
    let built = Gateway::builder(&mobile::SERVICE).env(env).build();
    built
        .err()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn every_variable_that_is_missing_or_wrong_is_named_with_its_line() {
    assert_eq!(start(&[("USERS_URL", "http://users:80")]), [""; 0]);
    assert_eq!(
        start(&[]),
        ["shop.bff:11: the environment variable USERS_URL is not set"]
    );
    let problems = start(&[
        ("MOBILE_ADDR", " "),
        ("USERS_URL", "users:80"),
        ("ORDERS_URL", "ftp://secret@orders"),
    ]);
    assert_eq!(
        problems,
        [
            "mobile.bff:4: the environment variable MOBILE_ADDR cannot be read: it must not be empty",
            "shop.bff:11: the base of upstream `users` cannot be read: a base begins with http:// or https://",
            "shop.bff:21: the base of upstream `orders` cannot be read: a base begins with http:// or https://",
        ]
    );
}

#[test]
fn a_constant_that_does_not_fit_its_call_is_found_at_start() {
    static ARMS: [Arm; 1] = [Arm::Json("{\"items\":0}")];
    static CALLS: [Call; 1] = [Call::new(
        Var::<i64>::call(0),
        "n",
        At("x.bff", 7),
        &mobile::users::GET_USER,
        Gated::new(0, 0, |_, _| Ok(true)),
    )
    .or(&ARMS)];
    static ROUTE: Route = Route {
        calls: &CALLS,
        proxy: None,
        guards: &[],
        outputs: &[],
        ..BARE
    };
    static SERVICE: Service = Service {
        routes: &[&ROUTE],
        upstreams: &[&mobile::users::UPSTREAM],
        ..SMALL
    };
    let problems = Gateway::builder(&SERVICE)
        .env(|_| Some("http://a".into()))
        .build()
        .unwrap_err();
    assert_eq!(
        problems[0].to_string(),
        "x.bff:7: an arm of `n` does not fit: expected an integer of 64 bits"
    );
}

#[test]
fn an_operation_of_a_strange_upstream_is_found_at_start() {
    static CALLS: [Call; 1] = [Call::new(
        Var::<i64>::call(0),
        "n",
        At("x.bff", 7),
        &mobile::orders::LIST,
        Gated::new(0, 0, |_, _| Ok(true)),
    )];
    static ROUTE: Route = Route { calls: &CALLS, ..BARE };
    static SERVICE: Service = Service {
        routes: &[&ROUTE],
        upstreams: &[&mobile::users::UPSTREAM],
        ..SMALL
    };
    let problems = Gateway::builder(&SERVICE)
        .env(|_| Some("http://a".into()))
        .build()
        .unwrap_err();
    assert!(problems[0].message.contains("`orders.list`"), "{}", problems[0]);
}

mod either {
    //! Two answers, each reading another call: what fails matters only when its turn comes.
    use super::*;

    pub(super) const A: Var<i64> = Var::call(0);
    pub(super) const B: Var<i64> = Var::call(1);
    pub(super) static CALLS: [Call; 2] = [
        Call::new(
            A,
            "a",
            At("x.bff", 2),
            &mobile::orders::LIST,
            Gated::new(0, 0, |_, q| {
                q.path("/a");
                Ok(true)
            }),
        ),
        Call::new(
            B,
            "b",
            At("x.bff", 3),
            &mobile::orders::LIST,
            Gated::new(0, 0, |_, q| {
                q.path("/b");
                Ok(true)
            }),
        ),
    ];
    pub(super) static REPLIES: [Reply; 2] = [
        Reply {
            at: At("x.bff", 4),
            status: 200,
            when: Some(when!(is_one; A)),
            headers: None,
            body: Some(body!(one; A)),
        },
        Reply {
            at: At("x.bff", 5),
            status: 201,
            when: None,
            headers: None,
            body: Some(body!(one; B)),
        },
    ];
    fn is_one(a: i64) -> bool {
        a == 1
    }
    fn one(o: &mut Out, it: i64) {
        o.value(it);
    }
    pub(super) static ROUTE: Route = Route {
        calls: &CALLS,
        replies: &REPLIES,
        ..BARE
    };
    pub(super) static UPSTREAMS: [&Upstream; 2] = [&mobile::users::UPSTREAM, &mobile::orders::UPSTREAM];
    pub(super) static SERVICE: Service = Service {
        routes: &[&ROUTE],
        upstreams: &UPSTREAMS,
        ..SMALL
    };
}

mod through_an_arm {
    //! The second answer reads `c`, whose `else` reads `l`, which nothing else does.
    use super::*;

    const X: Var<i64> = Var::call(0);
    const L: Var<i64> = Var::call(1);
    const C: Var<i64> = Var::call(2);
    static CALLS: [Call; 3] = [
        Call::new(X, "x", At("x.bff", 2), &mobile::orders::LIST, send!(x;)),
        Call::new(L, "l", At("x.bff", 3), &mobile::orders::LIST, send!(l;)),
        Call::new(C, "c", At("x.bff", 4), &mobile::orders::LIST, send!(c;)).or(&ARMS),
    ];
    static ARMS: [Arm; 1] = [Arm::Call(Invoke::new(&mobile::orders::LIST, send!(d; L)))];
    static REPLIES: [Reply; 2] = [
        Reply {
            at: At("x.bff", 4),
            status: 200,
            when: Some(when!(is_one; X)),
            headers: None,
            body: Some(body!(one; X)),
        },
        Reply {
            at: At("x.bff", 5),
            status: 201,
            when: None,
            headers: None,
            body: Some(body!(one; C)),
        },
    ];
    fn x(q: &mut Request) {
        q.path("/x");
    }
    fn l(q: &mut Request) {
        q.path("/l");
    }
    fn c(q: &mut Request) {
        q.path("/c");
    }
    fn d(q: &mut Request, l: i64) {
        q.path("/d/").segment(l);
    }
    fn is_one(x: i64) -> bool {
        x == 1
    }
    fn one(o: &mut Out, it: i64) {
        o.value(it);
    }
    static ROUTE: Route = Route {
        calls: &CALLS,
        replies: &REPLIES,
        ..BARE
    };
    pub(super) static SERVICE: Service = Service {
        routes: &[&ROUTE],
        upstreams: &either::UPSTREAMS,
        ..SMALL
    };
}

#[tokio::test(start_paused = true)]
async fn an_arm_that_reads_a_failed_call_fails_with_it() {
    use bff_core::testing::{Mock, Mocks};
    let ask = async |x: Mock, l: Mock, c: Mock| {
        let mocks = Mocks::new([("/x", x), ("/l", l), ("/c", c), ("/d/5", Mock::json("6"))]);
        ask(&through_an_arm::SERVICE, &mocks).await
    };
    let down = |after| Mock::status(500, "").after(after);
    let failed = (502, r#"{"what":"bad_upstream","call":"l"}"#.to_owned());
    // `x` is known last.
    assert_eq!(ask(Mock::json("2").after(20), down(0), down(10)).await, failed);
    assert_eq!(ask(Mock::json("2").after(20), down(10), down(0)).await, failed);
    assert_eq!(
        ask(Mock::json("1").after(20), down(0), down(10)).await,
        (200, "1".to_owned())
    );
    assert_eq!(
        ask(Mock::json("2"), down(0), Mock::json("3").after(9)).await,
        (201, "3".to_owned())
    );
    assert_eq!(
        ask(Mock::json("2"), Mock::json("5").after(9), down(0)).await,
        (201, "6".to_owned())
    );
    assert_eq!(ask(Mock::json("2"), down(9), down(0)).await, failed);
}

#[tokio::test(start_paused = true)]
async fn a_failed_call_that_only_a_later_respond_reads_matters_when_its_turn_comes() {
    use bff_core::testing::{Mock, Mocks};
    let ask = async |a: Mock, b: Mock| ask(&either::SERVICE, &Mocks::new([("/a", a), ("/b", b)])).await;
    let down = || Mock::status(500, "");
    assert_eq!(ask(Mock::json("1").after(20), down()).await, (200, "1".into()));
    assert_eq!(ask(Mock::json("1"), down().after(20)).await, (200, "1".into()));
    let failed = (502, r#"{"what":"bad_upstream","call":"b"}"#.to_owned());
    assert_eq!(ask(Mock::json("2").after(20), down()).await, failed);
    assert_eq!(ask(Mock::json("2"), down().after(20)).await, failed);
    assert_eq!(ask(down(), Mock::json("2").after(20)).await.0, 502);
}
