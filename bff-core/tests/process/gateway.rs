//! `bff_core::serve`: from settings to an answer and its log line.
use std::io::Read as _;
use std::process::ExitCode;

use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

use crate::child::Service;
use crate::mobile;

const NAME: &str = "gateway::serves_mobile";

#[test]
#[ignore = "not a test: the process that the tests start"]
fn serves_mobile() {
    let served = bff_core::serve(&mobile::SERVICE)
        .router(|router| router.route("/by-hand", get(|| async { "hello" })))
        .run();
    assert_eq!(served, ExitCode::SUCCESS);
}

#[test]
#[ignore = "not a test: the process that the tests start"]
fn serves_mobile_alone() {
    assert_eq!(bff_core::serve(&mobile::SERVICE).run(), ExitCode::SUCCESS);
}

/// The upstreams behind it, on a thread of this process: `http://host:port`.
fn upstreams() -> String {
    let order = r#"{"id":"o1","owner":"u1","state":"done","total":9.90}"#;
    let user = r#"{"id":"u1","givenName":"Bea","familyName":"B","loyaltyId":null,"tier":"gold"}"#;
    let answer = |text: &'static str| get(move || async move { ([("content-type", "application/json")], text) });
    let router = Router::new()
        .route("/orders/o1", answer(order))
        .route("/users/u1", answer(user));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), router)
                .await
                .unwrap();
        });
    });
    base
}

fn start() -> Service {
    start_as(NAME)
}

fn start_as(name: &str) -> Service {
    let base = upstreams();
    let variables = [
        ("MOBILE_ADDR", "127.0.0.1:0"),
        ("USERS_URL", &*base),
        ("ORDERS_URL", &*base),
        ("BFF_THREADS", "2"),
    ];
    Service::start(name, &variables)
}

/// Status line and headers, and the body, of one answer.
fn ask(service: &Service, path: &str) -> (String, String) {
    let mut answer = String::new();
    service.ask_and_close(path).read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

#[test]
fn an_answer_comes_through_the_socket_and_its_line_names_the_calls() {
    let mut service = start();
    let (head, body) = ask(&service, "/mobile/orders/o1");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head} {body}");
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["id"], "o1");

    let line = service.line().unwrap();
    assert_eq!(
        (&line["route"], &line["status"]),
        (&json!("/mobile/orders/{id}"), &json!(200))
    );
    let calls: Vec<_> = line["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| json!([call["name"], call["op"], call["status"], call["attempts"]]))
        .collect();
    assert_eq!(
        calls,
        [
            json!(["order", "orders.get", 200, 1]),
            json!(["owner", "users.get_user", 200, 1])
        ]
    );
}

#[test]
fn paths_under_and_outside_the_mount_get_one_kind_of_404() {
    for name in [NAME, "gateway::serves_mobile_alone"] {
        let mut service = start_as(name);
        let documents = not_found(&mut service);
        assert_eq!(documents[0], documents[1]);
    }
}

/// The documents of a path under the mount and of one outside of it, without the request's id.
fn not_found(service: &mut Service) -> [Value; 2] {
    let mut documents = ["/mobile/nothing", "/nothing"].map(|path| {
        let (head, body) = ask(service, path);
        assert!(
            head.starts_with("HTTP/1.1 404 ") && head.contains("content-type: application/problem+json"),
            "{head}"
        );
        serde_json::from_str::<Value>(&body).unwrap()
    });
    // Each core writes on its own, so lines of two cores may change places.
    let mut logged = [service.line().unwrap(), service.line().unwrap()].map(|line| {
        assert_eq!(line["code"], "not_found");
        line["request_id"].to_string()
    });
    let mut answered = documents
        .each_mut()
        .map(|document| document["request_id"].take().to_string());
    logged.sort();
    answered.sort();
    assert_eq!(logged, answered);
    documents
}

#[test]
fn hand_written_routes_are_served_and_logged() {
    let mut service = start();
    assert_eq!(ask(&service, "/by-hand").1, "hello");
    assert_eq!(service.line().unwrap()["status"], 200);
}

#[test]
fn everything_that_is_wrong_with_the_settings_is_said_at_once_with_its_line() {
    let settings = [("BFF_THREADS", "many"), ("USERS_URL", "")];
    let refused = Service::spawn(NAME, &settings).wait_with_output().unwrap();
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    let problems: Vec<_> = said
        .lines()
        .filter_map(|line| line.strip_prefix("error: "))
        .filter(|line| !line.contains("test failed"))
        .collect();
    assert_eq!(problems.len(), 2, "{said}");
    assert!(problems[0].starts_with("BFF_THREADS is `many`"), "{said}");
    assert!(
        problems[1].starts_with("shop.bff:11: ") && problems[1].contains("USERS_URL"),
        "{said}"
    );
}
