//! Runs `tests/scenarios/*.md`: whole services over upstreams in memory, on a paused clock.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking, helpers too"
)]

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use bff_core::Gateway;
use bff_core::error::{Failure, FailureKind};
use bff_core::time::TestClock;
use bff_core::upstream::{Custom, Inbound, Opened, Outbound, Transport};
use bff_tests::{Case, Exchange, Message, compact};
use http_body_util::BodyExt as _;
use tokio::time::Instant;
use tower::ServiceExt as _;

/// The name of a page, its service, and the generated router.
type Scenario = (
    &'static str,
    &'static bff_core::engine::table::Service,
    fn(Gateway) -> axum::Router,
);

mod services {
    //! The generated services.
    include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));
}

#[test]
fn scenarios_hold() {
    let mut failures = String::new();
    let mut count = 0;
    for (name, service, router) in services::SCENARIOS {
        let page = format!("{}/scenarios/{name}.md", env!("CARGO_MANIFEST_DIR"));
        let cases = bff_tests::cases(&std::fs::read_to_string(page).unwrap()).unwrap();
        assert!(!cases.is_empty(), "{name}.md has no cases");
        for case in cases {
            count += 1;
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .start_paused(true)
                .build()
                .unwrap();
            let upstreams = Arc::new(Upstreams::new(case.upstreams.clone()));
            let transport = Transport::Dyn(Arc::clone(&upstreams) as Arc<dyn Custom>);
            let found = runtime.block_on(async {
                upstreams.begin();
                let clock = TestClock::starting_at("2026-01-02T03:04:05Z".parse().unwrap());
                let gateway = Gateway::builder(service)
                    .transport(transport)
                    .clock(Arc::new(clock))
                    .build()
                    .map_err(|found| format!("{found:?}"))?;
                let background = gateway.shared().background.clone();
                play(&case, router(gateway), &upstreams, &background).await
            });
            if let Err(found) = found {
                let _ = writeln!(failures, "{name}.md, {}:\n{found}", case.name);
            }
        }
    }
    assert!(count > 0, "no scenarios");
    assert!(failures.is_empty(), "{failures}");
}

async fn play(
    case: &Case,
    router: axum::Router,
    upstreams: &Upstreams,
    background: &bff_core::background::Background,
) -> Result<(), String> {
    let start = Instant::now();
    let mut found = String::new();
    let turn = |turn: bff_tests::Turn| ask(turn, router.clone(), start);
    if case.turns.iter().any(|turn| turn.at.is_some()) {
        let tasks: Vec<_> = case.turns.iter().map(|it| tokio::spawn(turn(it.clone()))).collect();
        for task in tasks {
            found.push_str(&task.await.unwrap()?);
        }
    } else {
        for it in &case.turns {
            found.push_str(&turn(it.clone()).await?);
        }
    }
    // What goes on behind the answers, such as undos, belongs to the case.
    background.settled().await;
    if let Some(expected) = &case.sent {
        let sent = upstreams.sent();
        let lines: Vec<String> = sent.iter().map(|(at, line, _)| format!("{at}ms {line}")).collect();
        let wanted: Vec<&str> = expected.iter().map(|it| it.line.as_str()).collect();
        if lines != wanted {
            let _ = writeln!(
                found,
                "  sent\n    {}\n  expected\n    {}",
                lines.join("\n    "),
                wanted.join("\n    ")
            );
        }
        for (it, (_, line, outbound)) in expected.iter().zip(&sent) {
            for (name, value) in &it.headers {
                let given = match name.as_str() {
                    "body" => outbound
                        .body
                        .as_ref()
                        .map(|body| String::from_utf8_lossy(body).into_owned()),
                    name => outbound
                        .headers
                        .get(name)
                        .map(|it| it.to_str().unwrap_or("(not text)").to_owned()),
                };
                if name.starts_with('!') {
                    let name = name.trim_start_matches('!');
                    if outbound.headers.contains_key(name) {
                        let _ = writeln!(found, "  {line} had {name}");
                    }
                } else if given.as_deref() != Some(value) {
                    let _ = writeln!(found, "  {line} had {name}: {given:?} instead of {value}");
                }
            }
        }
    }
    for line in upstreams.unanswered() {
        let _ = writeln!(found, "  no upstream block answers `{line}`");
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// A status and a body.
type Answer = (u16, String);

#[test]
fn of_fifty_equal_requests_at_once_one_has_the_effect() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    let (router, upstreams) = runtime.block_on(async { shop() });
    let answers = runtime.block_on(async {
        let asked: Vec<_> = (0..50).map(|_| tokio::spawn(buy(router.clone()))).collect();
        let mut answers = Vec::new();
        for answer in asked {
            answers.push(answer.await.unwrap());
        }
        answers
    });
    bought_once(&answers, &runtime.block_on(buy(router)), &upstreams);
}

#[test]
fn of_fifty_equal_requests_from_five_threads_one_has_the_effect() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let (router, upstreams) = runtime().block_on(async { shop() });
    let ten = |router: axum::Router| {
        runtime().block_on(async {
            let asked: Vec<_> = (0..10).map(|_| tokio::spawn(buy(router.clone()))).collect();
            let mut answers = Vec::new();
            for answer in asked {
                answers.push(answer.await.unwrap());
            }
            answers
        })
    };
    let answers = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..5).map(|_| scope.spawn(|| ten(router.clone()))).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect::<Vec<_>>()
    });
    bought_once(&answers, &runtime().block_on(buy(router)), &upstreams);
}

/// The service of `idempotency.md` over upstreams that take their time.
fn shop() -> (axum::Router, Arc<Upstreams>) {
    let answers = [
        ("pay GET /limits", r#"{"most": 100}"#),
        ("pay POST /charges", r#"{"id": "p1"}"#),
    ];
    let exchange = |(request, body): (&str, &str)| Exchange {
        request: request.to_owned(),
        outcome: Message {
            line: "200 after 20ms".to_owned(),
            headers: Vec::new(),
            body: body.to_owned(),
        },
    };
    let upstreams = Arc::new(Upstreams::new(answers.into_iter().map(exchange).collect()));
    upstreams.begin();
    let scenario = services::SCENARIOS.iter().find(|(name, ..)| *name == "idempotency");
    let (_, service, router) = scenario.unwrap();
    let transport = Transport::Dyn(Arc::clone(&upstreams) as Arc<dyn Custom>);
    let gateway = Gateway::builder(service).transport(transport).build().unwrap();
    (router(gateway), upstreams)
}

async fn buy(router: axum::Router) -> Answer {
    let request = http::Request::post("/shop/charges")
        .header("content-type", "application/json")
        .header("idempotency-key", "k1")
        .body(Body::from(r#"{"amount": 5}"#));
    let (parts, body) = router.oneshot(request.unwrap()).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (parts.status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
}

/// One is answered, the others are told that it runs or get its answer; once it is done all get it.
fn bought_once(answers: &[Answer], later: &Answer, upstreams: &Upstreams) {
    let bought = (201, r#"{"id":"p1","key":"k1"}"#.to_owned());
    assert!(answers.contains(&bought));
    for answer in answers.iter().filter(|answer| **answer != bought) {
        assert!(
            answer.0 == 409 && answer.1.contains("idempotency_running"),
            "{answer:?}"
        );
    }
    assert_eq!((answers.len(), later), (50, &bought));
    let sent = upstreams.sent();
    let charges = sent.iter().filter(|(_, line, _)| line == "pay POST /charges");
    assert_eq!(charges.count(), 1);
}

/// Sends one request when its time has come; gives what is wrong with its answer.
async fn ask(turn: bff_tests::Turn, router: axum::Router, start: Instant) -> Result<String, String> {
    let (line, pieces) = turn.request.pieces();
    let (method, target) = line.split_once(' ').ok_or("a request begins with `GET /path`")?;
    let mut request = http::Request::builder().method(method).uri(target);
    for (name, value) in &turn.request.headers {
        request = request.header(name, value);
    }
    let body = match pieces {
        Some(pieces) => pieces_body(pieces),
        None => Body::from(turn.request.body.clone()),
    };
    let request = request.body(body).map_err(|error| error.to_string())?;
    tokio::time::sleep_until(start + Duration::from_millis(turn.at.unwrap_or_default())).await;
    let answering = router.oneshot(request);
    if let Some(at) = turn.response.line.strip_prefix("gone at ") {
        let at = at.trim_end_matches("ms").parse().map_err(|_| "`gone at` a time")?;
        let gone = tokio::time::timeout_at(start + Duration::from_millis(at), answering).await;
        return Ok(gone.map_or(String::new(), |_| "  answered before its client went away\n".to_owned()));
    }
    let response = answering.await.map_err(|error| error.to_string())?;
    let (parts, body) = response.into_parts();
    let (body, cut) = read(body).await;
    let mut expected = turn.response.clone();
    if expected.line.contains(" cut") {
        expected.line = expected.line.replace(" cut", "");
        if !cut {
            return Ok("  the answer was not cut\n".to_owned());
        }
    } else if cut {
        return Ok(format!("  the answer was cut behind {body}\n"));
    }
    Ok(differences(&expected, &parts, &body, start.elapsed().as_millis()))
}

/// A body as far as it comes, and whether it was cut. Long runs of dots are told by their length.
async fn read(mut body: Body) -> (String, bool) {
    let (mut octets, mut cut) = (Vec::new(), false);
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) => octets.extend_from_slice(&frame.into_data().unwrap_or_default()),
            Err(_) => {
                cut = true;
                break;
            }
        }
    }
    let text = String::from_utf8_lossy(&octets).into_owned();
    let dots = text.len() > 1024 && text.bytes().all(|it| it == b'.');
    (if dots { format!("{} dots", text.len()) } else { text }, cut)
}

/// A body that comes piece by piece.
fn pieces_body(pieces: Vec<bff_tests::Piece>) -> Body {
    let pieces = futures_util::stream::unfold(pieces.into_iter(), |mut pieces| async move {
        let piece = pieces.next()?;
        tokio::time::sleep(Duration::from_millis(piece.delay)).await;
        Some((piece.text.ok_or_else(|| std::io::Error::other("cut")), pieces))
    });
    Body::from_stream(pieces)
}

fn differences(expected: &Message, parts: &http::response::Parts, body: &str, took: u128) -> String {
    let mut found = String::new();
    let (status, at) = expected.line.split_once(" at ").unwrap_or((&expected.line, ""));
    if parts.status.as_str() != status {
        let _ = writeln!(found, "  status {} instead of {status}", parts.status.as_str());
    }
    if !at.is_empty() && at != format!("{took}ms") {
        let _ = writeln!(found, "  answered at {took}ms instead of {at}");
    }
    for (name, value) in &expected.headers {
        let given = parts
            .headers
            .get(name.trim_start_matches('!'))
            .map(|it| it.to_str().unwrap_or("(not text)"));
        match (name.strip_prefix('!'), given) {
            (Some(name), Some(given)) => {
                let _ = writeln!(found, "  a header {name}: {given}");
            }
            (None, given) if given != Some(value) => {
                let _ = writeln!(found, "  header {name}: {given:?} instead of {value}");
            }
            _ => {}
        }
    }
    if compact(&expected.body) != compact(body) {
        let _ = writeln!(found, "  body     {body}\n  expected {}", compact(&expected.body));
    }
    found
}

/// Upstreams in memory: the first block for a request answers it; of several equal blocks each answers once.
struct Upstreams {
    exchanges: Mutex<Vec<(Exchange, bool)>>,
    begin: Mutex<Option<Instant>>,
    sent: Arc<Mutex<Vec<(u128, String, Outbound)>>>,
    unanswered: Mutex<Vec<String>>,
}

impl Upstreams {
    fn new(exchanges: Vec<Exchange>) -> Self {
        let exchanges = exchanges.into_iter().map(|it| (it, false)).collect();
        Self {
            exchanges: Mutex::new(exchanges),
            begin: Mutex::default(),
            sent: Arc::default(),
            unanswered: Mutex::default(),
        }
    }

    fn begin(&self) {
        *self.begin.lock().unwrap() = Some(Instant::now());
    }

    fn sent(&self) -> Vec<(u128, String, Outbound)> {
        self.sent.lock().unwrap().clone()
    }

    fn unanswered(&self) -> Vec<String> {
        self.unanswered.lock().unwrap().clone()
    }

    /// The exchange for a request: an unused one first, else the last that was used.
    fn take(&self, line: &str) -> Option<Exchange> {
        let mut exchanges = self.exchanges.lock().unwrap();
        let unused = exchanges.iter().position(|(it, used)| it.request == line && !used);
        let at = unused.or_else(|| exchanges.iter().rposition(|(it, _)| it.request == line))?;
        exchanges[at].1 = true;
        Some(exchanges[at].0.clone())
    }
}

impl Upstreams {
    /// Notes a request; gives what becomes of it.
    fn meet(&self, upstream: &'static str, request: Outbound) -> Option<Exchange> {
        let line = format!("{upstream} {} {}", request.method, request.target);
        let at = self.begin.lock().unwrap().unwrap().elapsed().as_millis();
        self.sent.lock().unwrap().push((at, line.clone(), request));
        let exchange = self.take(&line);
        if exchange.is_none() {
            self.unanswered.lock().unwrap().push(line);
        }
        exchange
    }
}

/// The status of an exchange, once it has come.
async fn begun(exchange: Option<&Exchange>) -> Result<String, Failure> {
    let Some(exchange) = exchange else {
        return Err(Failure::new(FailureKind::Connect, "nothing answers"));
    };
    let (line, _) = exchange.outcome.pieces();
    let (what, delay) = line.split_once(" after ").unwrap_or((&line, "0ms"));
    tokio::time::sleep(Duration::from_millis(delay.trim_end_matches("ms").parse().unwrap())).await;
    match what {
        "never" => std::future::pending().await,
        "fail connect" => Err(Failure::new(FailureKind::Connect, "refused")),
        "fail decode" => Err(Failure::new(FailureKind::Decode, "cut")),
        status => Ok(status.trim_end_matches(" early").to_owned()),
    }
}

impl Custom for Upstreams {
    fn open(
        &self,
        upstream: &'static str,
        request: Outbound,
        upload: Option<Body>,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<Opened, Failure>> + Send + 'static>> {
        let exchange = self.meet(upstream, request.clone());
        let early = exchange.as_ref().is_some_and(|it| it.outcome.line.contains(" early"));
        let sent = Arc::clone(&self.sent);
        Box::pin(async move {
            if let Some(upload) = upload.filter(|_| !early) {
                let (body, cut) = read(upload).await;
                let same = |it: &&mut (u128, String, Outbound)| it.2.body.is_none() && it.2.target == request.target;
                if let Some(noted) = sent.lock().unwrap().iter_mut().rev().find(same) {
                    noted.2.body = Some(body.into());
                }
                if cut {
                    return Err(Failure::new(FailureKind::Decode, "the request was cut"));
                }
            }
            let status = begun(exchange.as_ref()).await?;
            let exchange = exchange.unwrap_or_else(|| unreachable!("it has begun"));
            let mut opened = Opened::from(inbound(&status, &exchange));
            if let (_, Some(pieces)) = exchange.outcome.pieces() {
                opened.body = pieces_body(pieces);
            }
            Ok(opened)
        })
    }

    fn send(
        &self,
        upstream: &'static str,
        request: Outbound,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<Inbound, Failure>> + Send + 'static>> {
        let exchange = self.meet(upstream, request);
        Box::pin(async move {
            let status = begun(exchange.as_ref()).await?;
            let exchange = exchange.unwrap_or_else(|| unreachable!("it has begun"));
            Ok(inbound(&status, &exchange))
        })
    }
}

fn inbound(status: &str, exchange: &Exchange) -> Inbound {
    let mut headers = http::HeaderMap::new();
    headers.insert("content-type", http::HeaderValue::from_static("application/json"));
    for (name, value) in &exchange.outcome.headers {
        headers.insert(
            http::HeaderName::try_from(name.as_str()).unwrap(),
            value.parse().unwrap(),
        );
    }
    Inbound {
        status: status.parse().unwrap(),
        headers,
        body: exchange.outcome.body.clone().into(),
    }
}
