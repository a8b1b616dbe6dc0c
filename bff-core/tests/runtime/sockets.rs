//! Upstreams over real sockets, which behave and misbehave.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use bff_core::Gateway;
use http::Request;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

use crate::mocks::Answered;

const ORDER: &str = r#"{"id":"o1","owner":"guest","state":"x","total":1}"#;

/// What a server does with the requests of one connection, one step each; then it closes it.
type Script = Vec<String>;

/// A server that plays one script per connection and notes how many it accepted and when the client hung up.
struct Server {
    address: String,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    accepted: usize,
    heads: Vec<String>,
    hung_up: usize,
}

impl Server {
    async fn start(scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let state = Arc::clone(&seen);
        tokio::spawn(async move {
            for script in scripts {
                let (stream, _) = listener.accept().await.unwrap();
                state.lock().unwrap().accepted += 1;
                tokio::spawn(play(stream, script, Arc::clone(&state)));
            }
        });
        Self { address, seen }
    }

    fn gateway(&self) -> Gateway {
        let address = self.address.clone();
        let env = move |name: &str| match name {
            "ORDERS_URL" => Some(format!("http://{address}/base/")),
            "USERS_URL" => Some("http://127.0.0.1:1".to_owned()),
            _ => None,
        };
        Gateway::builder(&crate::mobile::SERVICE).env(env).build().unwrap()
    }

    fn accepted(&self) -> usize {
        self.seen.lock().unwrap().accepted
    }
}

async fn play(mut stream: TcpStream, script: Script, seen: Arc<Mutex<Seen>>) {
    for step in script {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(octet) => head.push(octet),
                Err(_) => return seen.lock().unwrap().hung_up += 1,
            }
        }
        seen.lock().unwrap().heads.push(String::from_utf8(head).unwrap());
        match step.as_str() {
            "close" => return,
            "endless" => {
                let _ = stream
                    .write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
                    .await;
                while stream.write_all(b"1000\r\n").await.is_ok() && stream.write_all(&[b' '; 4096]).await.is_ok() {
                    let _ = stream.write_all(b"\r\n").await;
                }
                return seen.lock().unwrap().hung_up += 1;
            }
            "never" => {
                let _ = stream.read_u8().await;
                return seen.lock().unwrap().hung_up += 1;
            }
            answer => stream.write_all(answer.as_bytes()).await.unwrap(),
        }
    }
}

fn ok(body: &str) -> String {
    answer("200 OK", "content-type: application/json\r\n", body)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn ask(gateway: &Gateway) -> Answered {
    let request = Request::get("/mobile/orders/o1").body(Body::empty()).unwrap();
    let router = crate::mobile::router(gateway.clone());
    Answered::read(router.oneshot(request).await.unwrap()).await
}

/// The status of one request to a server that answers in this way.
async fn status(step: impl Into<String>) -> u16 {
    let server = Server::start(vec![vec![step.into()]]).await;
    ask(&server.gateway()).await.status
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = Server::start(vec![vec![ok(ORDER), ok(ORDER), ok(ORDER)]]).await;
    let gateway = server.gateway();
    for _ in 0..3 {
        assert_eq!(ask(&gateway).await.status, 200);
    }
    assert_eq!(server.accepted(), 1);
    let heads = server.seen.lock().unwrap().heads.clone();
    assert!(heads[0].starts_with("GET /base/orders/o1 HTTP/1.1\r\n"), "{}", heads[0]);
    assert!(heads[0].contains(&format!("host: {}\r\n", server.address)));
    assert!(!heads[0].contains("content-length"));
}

#[tokio::test]
async fn an_idle_connection_that_was_closed_is_replaced() {
    let server = Server::start(vec![vec![ok(ORDER)], vec![ok(ORDER)]]).await;
    let gateway = server.gateway();
    assert_eq!(ask(&gateway).await.status, 200);
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(ask(&gateway).await.status, 200);
    assert_eq!(server.accepted(), 2);
}

#[tokio::test]
async fn a_read_on_a_used_connection_that_closes_under_it_is_sent_once_more() {
    let server = Server::start(vec![vec![ok(ORDER), "close".into()], vec![ok(ORDER)]]).await;
    let gateway = server.gateway();
    assert_eq!(ask(&gateway).await.status, 200);
    assert_eq!(ask(&gateway).await.status, 200);
    assert_eq!((server.accepted(), server.seen.lock().unwrap().heads.len()), (2, 3));
}

#[tokio::test]
async fn a_fresh_connection_that_closes_is_a_failure() {
    let server = Server::start(vec![vec!["close".into()], vec![ok(ORDER)]]).await;
    assert_eq!(ask(&server.gateway()).await.status, 502);
    assert_eq!(server.accepted(), 1);
}

#[tokio::test]
async fn bad_answers_are_502() {
    assert_eq!(
        status("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":").await,
        502,
        "cut off"
    );
    assert_eq!(
        status("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"").await,
        502,
        "cut in a chunk"
    );
    assert_eq!(
        status(format!("HTTP/1.1 200 OK\r\n\r\n{}", &ORDER[..30])).await,
        502,
        "cut, without a length"
    );
    assert_eq!(
        status("HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n{").await,
        502,
        "too large to begin with"
    );
    assert_eq!(status("endless").await, 502);
    let endless = "HTTP/1.1 404 Not Found\r\ncontent-length: 99999999999\r\n\r\n";
    assert_eq!(
        status(endless).await,
        404,
        "the body of a refusal does not hide its status"
    );
    assert_eq!(status("rubbish\r\n\r\n").await, 502);
    assert_eq!(
        status(answer("200 OK", "content-type: text/html\r\n", ORDER)).await,
        502
    );
    assert_eq!(status(answer("200 OK", "content-encoding: gzip\r\n", ORDER)).await, 502);
    assert_eq!(status(ok("{}")).await, 502, "fields are missing");
    assert_eq!(status(ok("")).await, 502, "nothing where something must be");
    assert_eq!(
        status(answer("302 Found", "location: http://127.0.0.1:1/\r\n", "")).await,
        502,
        "never followed"
    );
    assert_eq!(
        status(format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "a".repeat(1 << 20))).await,
        502,
        "endless head"
    );
}

#[tokio::test]
async fn good_answers_in_any_framing_are_read() {
    assert_eq!(
        status(format!("HTTP/1.1 200 OK\r\n\r\n{ORDER}")).await,
        200,
        "until the end of the connection"
    );
    let (first, second) = ORDER.split_at(7);
    let chunks = format!(
        "{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    );
    assert_eq!(
        status(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}")).await,
        200
    );
    assert_eq!(
        status(format!("HTTP/1.1 103 Early Hints\r\n\r\n{}", ok(ORDER))).await,
        200
    );
    assert_eq!(
        status(format!(
            "HTTP/1.0 200 OK\r\ncontent-length: {}\r\n\r\n{ORDER}",
            ORDER.len()
        ))
        .await,
        200
    );
}

#[tokio::test]
async fn an_upstream_that_cannot_be_reached_is_503_and_stays_unnamed() {
    let server = Server::start(vec![]).await;
    let gateway = server.gateway();
    let router = crate::mobile::router(gateway);
    let request = Request::get("/mobile/home?user=u1").body(Body::empty()).unwrap();
    let answer = Answered::read(router.oneshot(request).await.unwrap()).await;
    assert_eq!((answer.status, &answer.json()["code"]), (503, &"unavailable".into()));
    assert!(
        !answer.body.contains("127.0.0.1") && !answer.body.contains("users"),
        "{}",
        answer.body
    );
}

/// A server that answers every request on its connections after a moment, with the id that it asks for.
async fn orders() -> (String, Arc<Mutex<usize>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let accepted = Arc::new(Mutex::new(0));
    let count = Arc::clone(&accepted);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            *count.lock().unwrap() += 1;
            tokio::spawn(async move {
                let mut head = Vec::new();
                while let Ok(octet) = stream.read_u8().await {
                    head.push(octet);
                    if !head.ends_with(b"\r\n\r\n") {
                        continue;
                    }
                    let text = String::from_utf8(std::mem::take(&mut head)).unwrap();
                    let id = text.split(['/', ' ']).nth(4).unwrap();
                    tokio::time::sleep(Duration::from_micros(id.len() as u64 * 700)).await;
                    let body = format!(r#"{{"id":"{id}","owner":"guest","state":"x","total":1}}"#);
                    if stream.write_all(ok(&body).as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (address, accepted)
}

#[tokio::test]
async fn an_answer_never_goes_to_another_request_however_many_are_given_up() {
    let (address, accepted) = orders().await;
    let env = move |name: &str| match name {
        "ORDERS_URL" => Some(format!("http://{address}/base")),
        _ => Some("http://127.0.0.1:1".to_owned()),
    };
    let gateway = Gateway::builder(&crate::mobile::SERVICE).env(env).build().unwrap();
    let router = crate::mobile::router(gateway);
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..16_u32 {
        let router = router.clone();
        clients.spawn(async move {
            let mut answered = 0;
            for turn in 0..60_u32 {
                let id = format!("o{client}-{turn}{}", "x".repeat((turn * 7 % 5) as usize));
                let request = Request::get(format!("/mobile/orders/{id}"))
                    .body(Body::empty())
                    .unwrap();
                let patience = Duration::from_millis(if turn % 3 == 0 { u64::from(turn % 7) } else { 5000 });
                if let Ok(response) = tokio::time::timeout(patience, router.clone().oneshot(request)).await {
                    let answer = Answered::read(response.unwrap()).await;
                    assert_eq!((answer.status, answer.json()["id"].as_str()), (200, Some(id.as_str())));
                    answered += 1;
                }
            }
            answered
        });
    }
    let answered: u32 = clients.join_all().await.into_iter().sum();
    assert!(answered >= 16 * 40, "{answered}");
    let accepted = *accepted.lock().unwrap();
    assert!(
        accepted < 16 * 30,
        "connections are used again: {accepted} for {answered}"
    );
}

#[tokio::test]
async fn giving_up_closes_the_connection() {
    let server = Server::start(vec![vec!["never".into()]]).await;
    let gateway = server.gateway();
    let answer = tokio::time::timeout(Duration::from_millis(50), ask(&gateway)).await;
    assert!(answer.is_err());
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.seen.lock().unwrap().hung_up, 1);
}
