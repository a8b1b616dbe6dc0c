//! The client over real sockets, against servers that play what they are told to.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::StreamExt as _;
use http::{HeaderMap, Method};
use http_body_util::BodyExt as _;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::{Base, Inbound, Outbound, Pool};
use crate::error::{Failure, FailureKind};

/// What a server does on one connection.
#[derive(Clone)]
enum Step {
    /// Reads the head of a request.
    Head,
    /// Reads so many octets.
    Read(usize),
    Write(Vec<u8>),
    /// Lets what was written arrive on its own.
    Pause,
}

use Step::{Head, Pause, Read};

fn write(text: &str) -> Step {
    Step::Write(text.as_bytes().to_vec())
}

/// A server that plays one script per connection, and what it read on each.
struct Server {
    base: Base,
    read: mpsc::UnboundedReceiver<String>,
}

impl Server {
    async fn start(scripts: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Base::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let (tell, read) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            for script in scripts {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                tokio::spawn(play(stream, script, tell.clone()));
            }
        });
        Self { base, read }
    }

    /// What the server has read on its connections, in the order in which they ended.
    async fn heard(mut self) -> Vec<String> {
        let mut heard = Vec::new();
        while let Ok(Some(text)) = tokio::time::timeout(Duration::from_millis(200), self.read.recv()).await {
            heard.push(text);
        }
        heard
    }
}

async fn play(mut stream: TcpStream, script: Vec<Step>, tell: mpsc::UnboundedSender<String>) {
    let mut read = Vec::new();
    for step in script {
        let went = match step {
            Head => {
                let start = read.len();
                loop {
                    match stream.read_u8().await {
                        Ok(octet) => read.push(octet),
                        Err(error) => break Err(error),
                    }
                    if read[start..].ends_with(b"\r\n\r\n") {
                        break Ok(());
                    }
                }
            }
            Read(length) => {
                let mut octets = vec![0; length];
                let done = stream.read_exact(&mut octets).await.map(drop);
                read.extend_from_slice(&octets);
                done
            }
            Step::Write(octets) => stream.write_all(&octets).await,
            Pause => {
                tokio::time::sleep(Duration::from_millis(1)).await;
                Ok(())
            }
        };
        if went.is_err() {
            read.extend_from_slice(b"(gone)");
            break;
        }
    }
    let _ = tell.send(String::from_utf8_lossy(&read).into_owned());
}

fn request(method: Method, body: Option<&'static str>) -> Outbound {
    Outbound {
        op: "a.b",
        method,
        target: "/a".into(),
        headers: HeaderMap::new(),
        body: body.map(|body| Bytes::from_static(body.as_bytes())),
    }
}

async fn get(pool: &Pool, server: &Server) -> Result<Inbound, Failure> {
    pool.send(&server.base, &request(Method::GET, None), true).await
}

/// Status and body of one answer, or how it failed.
async fn outcome(octets: Vec<Step>) -> Result<(u16, String), FailureKind> {
    let server = Server::start(vec![[vec![Head], octets].concat()]).await;
    let answer = get(&Pool::default(), &server).await.map_err(|failure| failure.kind)?;
    Ok((answer.status, String::from_utf8(answer.body.to_vec()).unwrap()))
}

const ANSWERS: [&str; 6] = [
    "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\na: b\r\n\r\n",
    "HTTP/1.1 103 Early\r\nlink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhello",
    "HTTP/1.0 200 OK\ncontent-length: 5\n\nhello",
    "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\ncontent-length: 5\r\n\r\nhello",
];

#[tokio::test]
async fn an_answer_may_be_cut_at_any_octet() {
    for text in ANSWERS {
        let (hello, octets) = (Ok((200, "hello".into())), text.as_bytes());
        for at in 0..octets.len() {
            let (one, two) = octets.split_at(at);
            let steps = vec![Step::Write(one.to_vec()), Pause, Step::Write(two.to_vec())];
            assert_eq!(outcome(steps).await, hello, "{text:?} at {at}");
        }
        let steps = octets
            .iter()
            .flat_map(|octet| [Step::Write(vec![*octet]), Pause])
            .collect();
        assert_eq!(outcome(steps).await, hello, "{text:?}, octet by octet");
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_never_taken_for_a_whole_one() {
    for text in ANSWERS.iter().filter(|text| !text.contains("close")) {
        for at in 0..text.len() {
            assert_eq!(
                outcome(vec![write(&text[..at])]).await,
                Err(FailureKind::Decode),
                "{text:?} at {at}"
            );
        }
    }
}

#[tokio::test]
async fn what_has_no_end_or_no_right_size_is_refused() {
    let endless = |text: &str| {
        vec![
            write("HTTP/1.1 200 OK\r\n"),
            write(&text.repeat((9 << 20) / text.len())),
        ]
    };
    assert_eq!(outcome(endless("a: b\r\n")).await, Err(FailureKind::Decode), "a head");
    assert_eq!(outcome(endless("a")).await, Err(FailureKind::Decode), "a line");
    let interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(10_000);
    assert_eq!(
        outcome(vec![write(&interim)]).await,
        Err(FailureKind::Decode),
        "interim answers"
    );
    let mut body = endless("a");
    body.insert(1, write("\r\n"));
    assert_eq!(outcome(body).await, Err(FailureKind::Decode), "a body");
    for size in [
        "ffffffffffffffff",
        "7fffffffffffffff",
        "10000000000000000",
        "-1",
        "900000",
    ] {
        let text = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{size}\r\nabc");
        assert_eq!(outcome(vec![write(&text)]).await, Err(FailureKind::Decode), "{size}");
    }
    for length in ["18446744073709551615", "9000000", "99999999999999999999"] {
        let text = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\nabc");
        assert_eq!(outcome(vec![write(&text)]).await, Err(FailureKind::Decode), "{length}");
    }
}

/// Plays this as the first of two answers, and gives the connections that were made.
async fn connections_after(first: &str) -> usize {
    let again = vec![Head, write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")];
    let once = [vec![Head, write(first)], again.clone()].concat();
    let server = Server::start(vec![once, again]).await;
    let pool = Pool::default();
    let _ = get(&pool, &server).await;
    tokio::time::sleep(Duration::from_millis(5)).await;
    assert_eq!(get(&pool, &server).await.unwrap().body, "ok", "after {first:?}");
    drop(pool);
    server.heard().await.len()
}

#[tokio::test]
async fn a_connection_is_used_again_only_if_its_exchange_ended_clean() {
    for clean in [
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\na: b\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 5\r\n\r\nhello",
        "HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\n\r\nhello",
    ] {
        assert_eq!(connections_after(clean).await, 1, "{clean:?}");
    }
    for unclean in [
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello",
        "HTTP/1.0 200 OK\r\ncontent-length: 5\r\n\r\nhello",
        // What follows an answer would be taken for the answer to the next request.
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello\r\n",
        "HTTP/1.1 204 No Content\r\ncontent-length: 4\r\n\r\nevil",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        // What cannot be read, or is not read to its end.
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\ncontent-length: 70000\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "rubbish\r\n\r\n",
    ] {
        assert_eq!(connections_after(unclean).await, 2, "{unclean:?}");
    }
}

#[tokio::test]
async fn what_an_idle_connection_says_unasked_ends_it() {
    let ok = |body: &str| write(&format!("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{body}"));
    let chatty = vec![Head, ok("ok"), Pause, Pause, ok("no"), Head, ok("no")];
    let server = Server::start(vec![chatty, vec![Head, ok("go")]]).await;
    let pool = Pool::default();
    assert_eq!(get(&pool, &server).await.unwrap().body, "ok");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(get(&pool, &server).await.unwrap().body, "go");
}

#[tokio::test]
async fn a_request_is_repeated_only_if_it_changes_nothing_and_nothing_came_back() {
    let ok = || write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    for (method, answered, connections) in [
        (Method::GET, "", 2),
        (Method::POST, "", 1),
        (Method::PUT, "", 1),
        (Method::DELETE, "", 1),
        (Method::GET, "HTTP/1.1 2", 1),
        (Method::GET, "HTTP/1.1 100 Continue\r\n\r\n", 1),
    ] {
        let first = vec![Head, ok(), Head, write(answered), Pause];
        let server = Server::start(vec![first, vec![Head, ok()]]).await;
        let pool = Pool::default();
        get(&pool, &server).await.unwrap();
        let again = pool.send(&server.base, &request(method.clone(), None), true).await;
        assert_eq!(again.is_ok(), connections == 2, "{method} {answered:?}");
        drop(pool);
        assert_eq!(server.heard().await.len(), connections, "{method} {answered:?}");
    }
}

#[tokio::test]
async fn a_refusal_that_comes_before_all_was_sent_is_an_answer() {
    let server = Server::start(vec![vec![
        Head,
        write("HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n"),
        Pause,
    ]])
    .await;
    let mut large = request(Method::POST, None);
    large.body = Some(vec![b'x'; 32 << 20].into());
    let answer = Pool::default().send(&server.base, &large, true).await.unwrap();
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn a_body_is_sent_with_its_length_or_in_chunks() {
    let ok = || write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    let server = Server::start(vec![vec![
        Head,
        Read(5),
        ok(),
        Head,
        Read(21),
        ok(),
        Head,
        Read(4),
        ok(),
    ]])
    .await;
    let (pool, base) = (Pool::default(), server.base.clone());
    pool.send(&base, &request(Method::POST, Some("12345")), true)
        .await
        .unwrap();
    let pieces =
        futures_util::stream::iter(["abc", "", "defgh"]).map(|piece| Ok::<_, std::io::Error>(Bytes::from(piece)));
    let post = request(Method::POST, None);
    for upload in [Body::from_stream(pieces), Body::from("1234")] {
        let answer = pool.open(&base, &post, Some(upload)).await.unwrap();
        assert_eq!(answer.body.collect().await.unwrap().to_bytes(), "ok");
    }
    drop(pool);
    let heard = server.heard().await;
    let tail = |text: &str| text.replace(&format!("host: {}\r\n", base.authority), "");
    assert_eq!(
        heard.iter().map(|text| tail(text)).collect::<Vec<_>>(),
        ["POST /a HTTP/1.1\r\ncontent-length: 5\r\n\r\n12345\
          POST /a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\ndefgh\r\n0\r\n\r\n\
          POST /a HTTP/1.1\r\ncontent-length: 4\r\n\r\n1234"],
        "all on one connection"
    );
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_not_taken_for_a_whole_one() {
    let server = Server::start(vec![vec![Head, Read(100)]]).await;
    let pieces = [
        Ok(Bytes::from("abc")),
        Err(std::io::Error::other("the client went away")),
    ];
    let upload = Body::from_stream(futures_util::stream::iter(pieces));
    let failed = Pool::default()
        .open(&server.base, &request(Method::POST, None), Some(upload))
        .await;
    assert!(failed.is_err());
    let heard = server.heard().await;
    assert!(
        heard[0].contains("3\r\nabc\r\n") && heard[0].ends_with("(gone)") && !heard[0].contains("\r\n0\r\n"),
        "{heard:?}"
    );
}

#[tokio::test]
async fn a_streamed_answer_is_read_as_it_is_asked_for_and_given_up_with_its_body() {
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let mut script = vec![
        Head,
        write("HTTP/1.1 200 OK\r\nx-a: 1\r\ntransfer-encoding: chunked\r\n\r\n"),
    ];
    script.extend((0..1000).map(|_| write(&chunk)));
    let mut server = Server::start(vec![script, vec![Head]]).await;
    let pool = Pool::default();
    let mut answer = pool
        .open(&server.base, &request(Method::GET, None), None)
        .await
        .unwrap();
    assert_eq!((answer.status, answer.headers["x-a"].as_bytes()), (200, &b"1"[..]));
    assert!(
        !answer
            .body
            .frame()
            .await
            .unwrap()
            .unwrap()
            .into_data()
            .unwrap()
            .is_empty()
    );
    // 64 MB do not fit into sockets: the server waits for its reader.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(server.read.try_recv().is_err());
    drop(answer);
    assert!(server.read.recv().await.unwrap().ends_with("(gone)"));
}

/// What hyper's client makes of the same octets.
async fn oracle(octets: Vec<u8>) -> Option<(u16, Bytes)> {
    let (client, mut server) = tokio::io::duplex(1 << 20);
    tokio::spawn(async move {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(server.read_u8().await.unwrap());
        }
        server.write_all(&octets).await.unwrap();
    });
    let io = hyper_util::rt::TokioIo::new(client);
    let (mut sender, driver) = hyper::client::conn::http1::handshake(io).await.unwrap();
    tokio::spawn(driver);
    let request = http::Request::get("/a")
        .body(http_body_util::Empty::<Bytes>::new())
        .unwrap();
    let response = sender.send_request(request).await.ok()?;
    let status = response.status().as_u16();
    Some((status, response.into_body().collect().await.ok()?.to_bytes()))
}

/// An answer with a framing of its own, sometimes broken somewhere.
fn answers() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        Just("content-length: 5\r\n"),
        Just("content-length: 5\r\n"),
        Just("transfer-encoding: chunked\r\n"),
        Just("transfer-encoding: chunked\r\n"),
        Just("connection: close\r\n"),
        Just("content-type: application/json\r\n"),
        Just("Content-Length:  5 \r\n"),
        Just("x: \n"),
        Just(" folded\r\n"),
    ];
    let body = prop_oneof![
        Just("hello"),
        Just("5\r\nhello\r\n0\r\n\r\n"),
        Just("2;a\r\nhe\r\n3\r\nllo\r\n0\r\nx: y\r\n\r\n"),
    ];
    let status = prop_oneof![
        Just("200 OK"),
        Just("404 Not Found"),
        Just("204 No Content"),
        Just("100 Continue\r\n\r\nHTTP/1.1 200")
    ];
    let broken = proptest::option::of((
        any::<prop::sample::Index>(),
        prop_oneof![Just(b'\r'), Just(b'\n'), Just(b' '), Just(b':'), any::<u8>()],
    ));
    (status, proptest::collection::vec(line, 0..4), body, broken).prop_map(|(status, lines, body, broken)| {
        let mut octets = format!("HTTP/1.1 {status}\r\n{}\r\n{body}", lines.concat()).into_bytes();
        if let Some((at, octet)) = broken {
            let at = at.index(octets.len());
            octets[at] = octet;
        }
        octets
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever we take for an answer, hyper takes for the same answer. Ours may refuse more.
    #[test]
    fn what_is_believed_is_believed_by_others_too(octets in answers(), at in any::<prop::sample::Index>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (one, two) = octets.split_at(at.index(octets.len()));
            let steps = vec![Head, Step::Write(one.to_vec()), Pause, Step::Write(two.to_vec())];
            let server = Server::start(vec![steps]).await;
            let answer = get(&Pool::default(), &server).await;
            // What is wrong with the body of a refusal does not hide its status.
            if let Ok(answer) = answer && (answer.status < 300 || !answer.body.is_empty()) {
                let theirs = oracle(octets.clone()).await;
                prop_assert_eq!(Some((answer.status, answer.body)), theirs, "{}", String::from_utf8_lossy(&octets));
            }
            Ok(())
        })?;
    }
}
