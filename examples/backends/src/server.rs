//! The part that speaks HTTP: accept, note, fail on demand, answer.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::header::{ALLOW, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::endpoints::{ENDPOINTS, Endpoint, Reply, Service};
use crate::fault::{Fault, Spoil};
use crate::log::Log;
use crate::request::{Arrived, Ask, match_path, parse_query};

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The largest request body that a service reads.
const MAX_BODY: usize = 1024 * 1024;
/// How much of a body the log keeps.
const LOGGED_BODY: usize = 4096;
/// The pause that lets the bytes before a cut leave the process before the connection closes.
const FLUSH: Duration = Duration::from_millis(20);

/// Serves one service on a listener until the task is dropped; its connections end with it.
pub async fn serve(service: Service, listener: TcpListener) {
    let log = Log::new();
    let mut connections = JoinSet::new();
    loop {
        let Ok((socket, _)) = listener.accept().await else {
            // Out of file descriptors, most likely; a pause lets connections close.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = socket.set_nodelay(true);
        let log = log.clone();
        while connections.try_join_next().is_some() {}
        connections.spawn(async move {
            let handler = service_fn(|request| handle(service, log.clone(), request));
            // An error here is a client that went away or a cut that was asked for.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(socket), handler)
                .await;
        });
    }
}

/// Answers one request. The error is a connection that closes without an answer.
async fn handle(service: Service, log: Log, request: Request<Incoming>) -> io::Result<Response<Body>> {
    let (head, body) = request.into_parts();
    match (&head.method, head.uri.path()) {
        (&Method::GET, "/__requests") => return Ok(json_response(StatusCode::OK, &log.to_json())),
        (&Method::DELETE, "/__requests") => {
            log.clear();
            return Ok(status_only(StatusCode::NO_CONTENT));
        }
        (&Method::GET, "/healthz") => return Ok(json_response(StatusCode::OK, &json!({ "status": "ok" }))),
        _ => {}
    }
    let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
        return Ok(problem(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the body is larger than 1 MB or broke off",
        ));
    };
    let body = body.to_bytes();
    let open = log.enter(Arrived {
        method: head.method.clone(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers.clone(),
        body: String::from_utf8_lossy(&body[..body.len().min(LOGGED_BODY)]).into_owned(),
    });
    let answer = answer(service, &head, &body).await;
    if let Ok(response) = &answer {
        open.answered(response.status().as_u16());
    }
    answer
}

async fn answer(service: Service, head: &http::request::Parts, body: &[u8]) -> io::Result<Response<Body>> {
    let (endpoint, path) = match find(service, &head.method, head.uri.path()) {
        Found::Endpoint(endpoint, path) => (endpoint, path),
        Found::OtherMethods(methods) => return Ok(method_not_allowed(&methods)),
        Found::Nothing => return Ok(problem(StatusCode::NOT_FOUND, "nothing is served at this path")),
    };
    let fault = match Fault::from_headers(&head.headers, service.name(), endpoint.op) {
        Ok(fault) => fault,
        Err(reason) => return Ok(problem(StatusCode::BAD_REQUEST, &reason)),
    };
    if let Some(delay) = fault.delay {
        tokio::time::sleep(delay).await;
    }
    if fault.cut == Some(0) {
        return Err(io::Error::other("cut before the answer, as asked"));
    }
    let body = if body.is_empty() {
        Ok(Value::Null)
    } else {
        serde_json::from_slice(body)
    };
    let reply = match body {
        Ok(body) => {
            let query = parse_query(head.uri.query().unwrap_or_default());
            (endpoint.answer)(&Ask { path, query, body })
        }
        Err(_) => Reply::refuse(StatusCode::BAD_REQUEST, "the body is not JSON"),
    };
    Ok(respond(&reply, &fault))
}

/// What is served for a method and a path.
enum Found {
    Endpoint(&'static Endpoint, Vec<String>),
    OtherMethods(Vec<&'static str>),
    Nothing,
}

fn find(service: Service, method: &Method, path: &str) -> Found {
    let mut others = Vec::new();
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.service == service) {
        match match_path(endpoint.path, path) {
            Some(parameters) if endpoint.method == method.as_str() => return Found::Endpoint(endpoint, parameters),
            Some(_) => others.push(endpoint.method),
            None => {}
        }
    }
    if others.is_empty() {
        Found::Nothing
    } else {
        Found::OtherMethods(others)
    }
}

fn method_not_allowed(methods: &[&str]) -> Response<Body> {
    let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, "this path is served for another method");
    if let Ok(allow) = HeaderValue::from_str(&methods.join(", ")) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

/// Turns a reply into a response, spoiled as the fault says.
fn respond(reply: &Reply, fault: &Fault) -> Response<Body> {
    let (status, value) = match fault.status {
        Some(status) => (status, failure_document(status)),
        None => (reply.status, reply.body.clone()),
    };
    if status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED {
        return status_only(status);
    }
    let mut content_type = "application/json";
    let bytes = match fault.body {
        None => value.to_string().into_bytes(),
        Some(Spoil::Truncated) => {
            let whole = value.to_string().into_bytes();
            whole[..whole.len() / 2].to_vec()
        }
        Some(Spoil::NotJson) => b"{'oops': this is not JSON".to_vec(),
        Some(Spoil::WrongType) => wrong_types(value).to_string().into_bytes(),
        Some(Spoil::Empty) => Vec::new(),
        Some(Spoil::Html) => {
            content_type = "text/html; charset=utf-8";
            b"<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>\n".to_vec()
        }
        Some(Spoil::Endless) => return with_type(status, content_type, endless()),
    };
    let whole = Bytes::from(bytes);
    let mut response = match fault.cut {
        Some(at) if at < whole.len() => {
            let length = whole.len();
            let mut response = with_type(status, content_type, cut(whole.slice(..at)));
            response
                .headers_mut()
                .insert(http::header::CONTENT_LENGTH, length.into());
            response
        }
        _ => with_type(status, content_type, full(whole)),
    };
    add_status_headers(&mut response);
    response
}

/// The headers that go with a status in real life.
fn add_status_headers(response: &mut Response<Body>) {
    let status = response.status();
    if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from_static("2"));
    }
    if status.is_redirection() {
        response
            .headers_mut()
            .insert(LOCATION, HeaderValue::from_static("/elsewhere"));
    }
}

/// What a failing backend says. It names an inner address on purpose: a BFF must not pass that on.
fn failure_document(status: StatusCode) -> Value {
    json!({
        "error": status.canonical_reason().unwrap_or("failure"),
        "detail": "primary db-3.shop.internal:5432 refused the connection",
        "trace": ["orders::repository::load", "orders::pool::get", "tcp::connect"],
    })
}

/// Keeps the outline of a document and makes an object of every scalar.
fn wrong_types(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(wrong_types).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, wrong_types(value)))
            .collect(),
        _ => json!({ "wrongType": true }),
    }
}

fn full(bytes: Bytes) -> Body {
    Full::new(bytes)
        .map_err(|never: Infallible| match never {})
        .boxed_unsync()
}

/// Sends the start of a body and then breaks off.
fn cut(start: Bytes) -> Body {
    let steps = stream::unfold(Some(start), |start| async move {
        if let Some(start) = start {
            return Some((Ok(Frame::data(start)), None));
        }
        tokio::time::sleep(FLUSH).await;
        Some((Err(io::Error::other("cut, as asked")), None))
    });
    StreamBody::new(steps).boxed_unsync()
}

/// Sends a list without an end, at the speed at which it is read.
fn endless() -> Body {
    let steps = stream::unfold(true, |first| async move {
        let chunk = if first { "[1".to_owned() } else { ",1".repeat(8 * 1024) };
        Some((Ok(Frame::data(Bytes::from(chunk))), false))
    });
    StreamBody::new(steps).boxed_unsync()
}

fn json_response(status: StatusCode, value: &Value) -> Response<Body> {
    with_type(status, "application/json", full(Bytes::from(value.to_string())))
}

fn problem(status: StatusCode, detail: &str) -> Response<Body> {
    json_response(status, &Reply::refuse(status, detail).body)
}

fn status_only(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(full(Bytes::new()));
    *response.status_mut() = status;
    response
}

fn with_type(status: StatusCode, content_type: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
