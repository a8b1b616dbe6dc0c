//! One test, step by step.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use http_body_util::BodyExt as _;
use serde_json::Value;

use super::diff::Diff;
use super::mocks::{Asked, Upstreams};
use super::report::Report;
use super::table::{Place, Send, Step, Test, Want};
use crate::engine::table::Service;
use crate::entropy::SeededEntropy;
use crate::observe::LogWriter;
use crate::time::TestClock;
use crate::upstream::Transport;
use crate::{Gateway, GatewayBuilder};

/// How a test ended.
pub type Tested = Result<(), Report>;

/// When a test begins: what `request.now` gives in it.
const BEGIN: &str = "2024-01-01T00:00:00Z";

/// How long what goes on behind an answer may take, such as an `undo`, by the clock of the test.
const SETTLED: Duration = Duration::from_secs(10);

/// Runs a test of a service: its upstreams are the mocks, its settings those that are written, its clock takes no real time.
///
/// # Errors
/// What is not as the test expects, all of it.
pub fn run(service: &'static Service, test: &'static Test) -> Tested {
    let mut report = Report::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(Box::pin(steps(service, test, &mut report))),
        Err(error) => report.error(&format!("no test can run here: {error}"), &test.at, ""),
    }
    if report.is_failed() {
        return Err(report);
    }
    warn(&report);
    Ok(())
}

/// Shows what is no failure; the harness keeps it back unless it is asked to show the output of tests that pass.
#[expect(clippy::print_stdout, reason = "it is the harness that reads it")]
fn warn(report: &Report) {
    let text = report.to_string();
    if !text.is_empty() {
        println!("{text}");
    }
}

/// What there is to say about the latest answer.
struct After<'t> {
    answered: &'t Answered,
    upstreams: &'t Upstreams,
    log: &'t Log,
}

/// The latest answer.
struct Answered {
    to: &'static Send,
    status: u16,
    headers: HeaderMap,
    body: String,
    /// How many were sent before it.
    before: usize,
}

async fn steps(service: &'static Service, test: &'static Test, report: &mut Report) {
    let upstreams = Upstreams::default();
    let log = Log::default();
    let gateway = match gateway(service, &upstreams, &log) {
        Ok(gateway) => gateway,
        Err(problems) => return report.error(&format!("the service does not start: {problems}"), &test.at, ""),
    };
    let mut answered = None;
    let (mut sent, mut looked_at) = (0, 0);
    let mut latest = None;
    for (number, step) in test.steps.iter().enumerate() {
        match step {
            Step::Mock(mock) => upstreams.mock(number, mock),
            Step::Send(send) => {
                answered = answer(&gateway, send, sent, report).await;
                // Undos belong to the request that they follow.
                gateway.shared().background.settled().await;
                sent += 1;
                upstreams.sent();
                latest = Some(send);
                looked_at = unmocked(&upstreams, looked_at, test, send, report);
            }
            Step::Status(status, want, at) => {
                if let Some(answered) = &answered {
                    let after = After {
                        answered,
                        upstreams: &upstreams,
                        log: &log,
                    };
                    expect_status(*status, want.as_ref(), at, &after, report);
                }
            }
            Step::Header(name, value, at) => {
                if let Some(answered) = &answered {
                    expect_header(name, *value, at, answered, report);
                }
            }
            Step::Calls(op, count, at) => {
                upstreams.settle(op, *count).await;
                expect_calls(op, *count, at, &upstreams, report);
            }
        }
    }
    tokio::time::sleep(SETTLED).await;
    if let Some(send) = latest {
        unmocked(&upstreams, looked_at, test, send, report);
    }
    for (number, step) in test.steps.iter().enumerate() {
        if let Step::Mock(mock) = step
            && !upstreams.is_used(number)
        {
            report.warning(&format!("this mock of `{}` was never asked", mock.op), &mock.at, "");
        }
    }
}

fn gateway(service: &'static Service, upstreams: &Upstreams, log: &Log) -> Result<Gateway, String> {
    let begin = BEGIN.parse().unwrap_or_default();
    let builder: GatewayBuilder = Gateway::builder(service)
        .transport(Transport::Dyn(Arc::new(upstreams.clone())))
        .clock(Arc::new(TestClock::starting_at(begin)))
        .entropy(Arc::new(SeededEntropy::new(1)))
        .without_environment();
    let builder = match LogWriter::start(log.clone()) {
        Ok(writer) => builder.log(writer),
        Err(_) => builder,
    };
    builder.build().map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        problems.join("; ")
    })
}

async fn answer(gateway: &Gateway, send: &'static Send, before: usize, report: &mut Report) -> Option<Answered> {
    let mut request = http::Request::builder().method(send.method).uri(send.target);
    if send.body.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let body = send.body.map_or_else(Body::empty, Body::from);
    let mut request = match request.body(body) {
        Ok(request) => request,
        Err(error) => {
            report.error(&format!("this request cannot be sent: {error}"), &send.at, "");
            return None;
        }
    };
    let named = send
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value).ok()?)));
    // Several of one name are all sent, but they take the place of what is sent by itself.
    for (at, (name, value)) in named.enumerate() {
        let first = !send.headers[..at].iter().any(|(other, _)| *other == name.as_str());
        if first {
            request.headers_mut().remove(&name);
        }
        request.headers_mut().append(name, value);
    }
    let response = gateway.endpoint().answer_to(request, None).await;
    let (parts, body) = response.into_parts();
    let body = match body.collect().await {
        Ok(body) => String::from_utf8_lossy(&body.to_bytes()).into_owned(),
        Err(error) => {
            report.error(&format!("the answer broke off: {error}"), &send.at, "");
            return None;
        }
    };
    Some(Answered {
        to: send,
        status: parts.status.as_u16(),
        headers: parts.headers,
        body,
        before,
    })
}

/// Reports calls from a number on that no mock answered, each operation once; gives the number of the next call.
fn unmocked(upstreams: &Upstreams, from: usize, test: &Test, send: &Send, report: &mut Report) -> usize {
    let mut told: Vec<&str> = Vec::new();
    let calls = upstreams.calls();
    for call in calls.iter().skip(from).filter(|call| call.unmocked) {
        if told.contains(&call.op) {
            continue;
        }
        told.push(call.op);
        let message = format!("`{}` was called, and no mock answers it", call.op);
        report.error(&message, &send.at, "");
        report.note(&format!("the request was {} {}", call.method, call.target));
        let hint = test
            .hints
            .iter()
            .find(|(op, _)| *op == call.op)
            .map_or("null", |(_, hint)| hint);
        report.help(&format!("add above: mock {} => {hint}", call.op));
    }
    calls.len()
}

fn expect_status(status: u16, want: Option<&Want>, at: &Place, after: &After<'_>, report: &mut Report) {
    let answered = after.answered;
    let request = format!("{} {}", answered.to.method, answered.to.target);
    if answered.status != status {
        let message = format!("`{request}` answered {}, {status} is expected", answered.status);
        report.error(&message, at, "");
        shown(answered, report);
        return called(after, report);
    }
    let Some(want) = want else { return };
    let got = match serde_json::from_str::<Value>(&answered.body) {
        Ok(got) => got,
        Err(_) if answered.body.is_empty() => {
            return report.error(&format!("`{request}` answered {status} without a body"), at, "");
        }
        Err(_) => {
            report.error(&format!("`{request}` answered what is no JSON"), at, "");
            return report.lines(&format!("+ {}", answered.body));
        }
    };
    let diff = Diff::of(want, &got);
    if let Some(first) = &diff.first {
        report.error("the answer is not what is expected", at, &format!("{first} differs"));
        report.lines(diff.lines());
        report.note("- is expected, + is what was answered");
        called(after, report);
    }
}

fn expect_header(name: &str, value: Option<&str>, at: &Place, answered: &Answered, report: &mut Report) {
    let values: Vec<_> = answered
        .headers
        .get_all(name)
        .iter()
        .map(|it| String::from_utf8_lossy(it.as_bytes()))
        .collect();
    let fits = match value {
        Some(value) => values.iter().any(|it| it == value),
        None => values.is_empty(),
    };
    if fits {
        return;
    }
    let message = match (values.is_empty(), value) {
        (true, _) => format!("the answer has no header `{name}`"),
        (false, _) => format!("the header `{name}` is not what is expected"),
    };
    report.error(&message, at, "");
    if let Some(value) = value {
        report.lines(&format!("- {name}: {value}"));
    }
    for value in values {
        report.lines(&format!("+ {name}: {value}"));
    }
}

impl Upstreams {
    /// Waits for calls that are made behind an answer, by the clock of the test; not at all where they have been made.
    async fn settle(&self, op: &str, count: u64) {
        for _ in 0..100 {
            if self.calls().iter().filter(|call| call.op == op).count() as u64 >= count {
                return;
            }
            tokio::time::sleep(SETTLED / 100).await;
        }
    }
}

fn expect_calls(op: &str, count: u64, at: &Place, upstreams: &Upstreams, report: &mut Report) {
    let calls = upstreams.calls();
    let own: Vec<&Asked> = calls.iter().filter(|call| call.op == op).collect();
    if own.len() as u64 == count {
        return;
    }
    let times = |count: u64| match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    let message = format!(
        "`{op}` was called {}, {} is expected",
        times(own.len() as u64),
        times(count)
    );
    report.error(&message, at, "");
    for call in own {
        report.note(&format!("{} {}", call.method, call.target));
    }
}

/// The answer as it came.
fn shown(answered: &Answered, report: &mut Report) {
    if answered.body.is_empty() {
        return;
    }
    let value = serde_json::from_str::<Value>(&answered.body).and_then(|it| serde_json::to_string_pretty(&it));
    let text = value.unwrap_or_else(|_| answered.body.clone());
    let lines: Vec<String> = text.lines().map(|line| format!("+ {line}")).collect();
    report.lines(&lines.join("\n"));
}

/// What was called, and what the log says about it.
fn called(after: &After<'_>, report: &mut Report) {
    for call in after.upstreams.calls() {
        report.note(&format!("called {}: {} {}", call.op, call.method, call.target));
    }
    let line = serde_json::from_str::<Value>(&after.log.line(after.answered.before)).unwrap_or_default();
    if let Some(reason) = line.get("reason").and_then(Value::as_str) {
        report.note(reason);
    }
    let calls = line.get("calls").and_then(Value::as_array);
    for call in calls.into_iter().flatten().filter(|call| call.get("detail").is_some()) {
        report.note(&call.to_string());
    }
}

/// The access log of the service under test.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// The line of a request by its number; empty if it does not come in time, since lines are written by a thread.
    fn line(&self, number: usize) -> String {
        for _ in 0..50 {
            let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let text = String::from_utf8_lossy(&bytes);
            if let Some(line) = text.lines().nth(number).filter(|_| text.ends_with('\n')) {
                return line.to_owned();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        String::new()
    }
}
