//! SIGTERM, SIGINT, and a port that is taken.
use std::io::Read as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::response::IntoResponse as _;
use axum::routing::get;
use bff_core::entropy::SystemEntropy;
use bff_core::server::{Make, Served, Server, ServerSettings};
use bff_core::stack::{Limits, Shared};
use bff_core::time::SystemClock;

use crate::child::Service;

/// The service, run in a process of its own by the tests below.
#[test]
#[ignore = "not a test: the process that the tests start"]
fn serves_slowly() {
    let make: Make = Arc::new(|log| {
        let slow = || async {
            tokio::time::sleep(Duration::from_millis(1500)).await;
            "slow and whole"
        };
        let shared = Shared {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            background: bff_core::background::Background::default(),
            log,
            larger_bodies: None,
            limits: Limits::default(),
            rescue: Arc::new(|_, _| http::StatusCode::NOT_FOUND.into_response()),
        };
        Ok(Served::router(Router::new().route("/slow", get(slow)), shared))
    });
    let address = std::env::var("ADDRESS").unwrap();
    let settings = ServerSettings {
        threads: 2,
        ..ServerSettings::default()
    };
    assert_eq!(Server::new("shop", address, settings, make).run(), ExitCode::SUCCESS);
}

const NAME: &str = "signals::serves_slowly";

fn start() -> Service {
    Service::start(NAME, &[("ADDRESS", "127.0.0.1:0")])
}

#[test]
fn sigterm_turns_readiness_off_finishes_what_is_under_way_and_ends_well() {
    let mut service = start();
    let mut slow = service.ask("/slow");
    std::thread::sleep(Duration::from_millis(100));
    service.signal("TERM");
    service.event("draining");
    let mut ready = String::new();
    service.ask("/readyz").read_to_string(&mut ready).unwrap();
    assert!(
        ready.starts_with("HTTP/1.1 503 ") && ready.ends_with(r#"{"status":"draining"}"#),
        "{ready}"
    );

    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("slow and whole"),
        "{answer}"
    );
    let logged = service.line().unwrap();
    assert_eq!((&logged["status"], &logged["bytes"]), (&200.into(), &14.into()));
    service.event("ended: every request was answered");
    assert!(service.wait().0);
}

#[test]
fn an_interrupt_without_requests_ends_at_once() {
    let mut service = start();
    service.signal("INT");
    let (well, took) = service.wait();
    assert!(well && took < Duration::from_millis(900), "{took:?}");
}

#[test]
fn a_second_signal_does_not_wait_for_anything() {
    let mut service = start();
    let _slow = service.ask("/slow");
    std::thread::sleep(Duration::from_millis(100));
    service.signal("INT");
    service.event("draining");
    service.signal("TERM");
    let (well, took) = service.wait();
    assert!(!well && took < Duration::from_millis(900), "{well} {took:?}");
}

#[test]
fn a_port_in_use_is_said_in_one_line() {
    let service = start();
    let second = Service::spawn(NAME, &[("ADDRESS", &service.address)])
        .wait_with_output()
        .unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8(second.stderr).unwrap();
    let port = service.address.rsplit(':').next().unwrap();
    let line = format!(
        "error: cannot listen on {}: another process already listens on port {port}\n",
        service.address
    );
    assert!(said.starts_with(&line), "{said}");
}
