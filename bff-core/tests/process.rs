//! A service as its supervisor sees it: a process with signals, an exit status and a log.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests")]
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::response::IntoResponse as _;
use axum::routing::get;
use bff_core::entropy::SystemEntropy;
use bff_core::server::{Make, Served, Server, ServerSettings};
use bff_core::stack::{Limits, Shared};
use bff_core::time::SystemClock;
use serde_json::Value;

/// The service, run in a process of its own by the tests below.
#[test]
#[ignore = "not a test: the process that the tests start"]
fn service() {
    let make: Make = Arc::new(|log| {
        let slow = || async {
            tokio::time::sleep(Duration::from_millis(1500)).await;
            "slow and whole"
        };
        let shared = Shared {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            log,
            limits: Limits::default(),
            rescue: Arc::new(|_, _| http::StatusCode::NOT_FOUND.into_response()),
        };
        Ok(Served {
            router: Router::new().route("/slow", get(slow)),
            shared,
        })
    });
    let address = std::env::var("ADDRESS").unwrap();
    let settings = ServerSettings {
        threads: 2,
        ..ServerSettings::default()
    };
    assert_eq!(Server::new("shop", address, settings, make).run(), ExitCode::SUCCESS);
}

struct Service {
    process: Child,
    log: BufReader<ChildStdout>,
    address: String,
}

impl Service {
    fn spawn(address: &str) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "service", "--ignored", "--nocapture", "--quiet"])
            .env("ADDRESS", address)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Starts it and waits until it says where it listens.
    fn start() -> Self {
        let mut process = Self::spawn("127.0.0.1:0");
        let log = BufReader::new(process.stdout.take().unwrap());
        let mut service = Self {
            process,
            log,
            address: String::new(),
        };
        let listening = service.event("listening");
        assert_eq!(
            (&listening["service"], &listening["threads"]),
            (&"shop".into(), &2.into())
        );
        service.address = listening["address"].as_str().unwrap().to_owned();
        service
    }

    /// Reads the log up to the event with this message.
    fn event(&mut self, message: &str) -> Value {
        loop {
            let line = self
                .line()
                .unwrap_or_else(|| panic!("the log ends without `{message}`"));
            if line["message"] == message {
                return line;
            }
        }
    }

    fn line(&mut self) -> Option<Value> {
        loop {
            let mut line = String::new();
            if self.log.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            // What the test harness of the child prints is not ours.
            if let Ok(value @ Value::Object(_)) = serde_json::from_str(&line) {
                return Some(value);
            }
        }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.process.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
        stream
    }

    /// Whether it ended well, and how long that took.
    fn wait(&mut self) -> (bool, Duration) {
        let start = Instant::now();
        let status = self.process.wait().unwrap();
        (status.success(), start.elapsed())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
}

#[test]
fn sigterm_turns_readiness_off_finishes_what_is_under_way_and_ends_well() {
    let mut service = Service::start();
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
    let mut service = Service::start();
    service.signal("INT");
    let (well, took) = service.wait();
    assert!(well && took < Duration::from_millis(900), "{took:?}");
}

#[test]
fn a_second_signal_does_not_wait_for_anything() {
    let mut service = Service::start();
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
    let service = Service::start();
    let second = Service::spawn(&service.address).wait_with_output().unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8(second.stderr).unwrap();
    let port = service.address.rsplit(':').next().unwrap();
    let line = format!(
        "error: cannot listen on {}: another process already listens on port {port}\n",
        service.address
    );
    assert!(said.starts_with(&line), "{said}");
}
