//! Honest and broken requests.
use super::*;
use crate::entropy::{Entropy, SeededEntropy};

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let server = Setup::default().start();
    let mut client = Client::connect(server.address()).await;
    for _ in 0..3 {
        let answer = client.get("/hello").await;
        assert_eq!((answer.status, &*answer.body), (200, "hello"));
        assert!(!answer.closes());
    }
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_their_order() {
    let server = Setup::default().start();
    let mut client = Client::connect(server.address()).await;
    let paths = ["/wait/30", "/hello", "/wait/1"];
    let all: String = paths
        .iter()
        .map(|path| format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n"))
        .collect();
    client.send(all).await.unwrap();
    let mut bodies = Vec::new();
    for _ in paths {
        bodies.push(client.answer().await.unwrap().unwrap().body);
    }
    assert_eq!(bodies, ["waited 30", "hello", "waited 1"]);
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_is_understood() {
    let server = Setup::default().start();
    let mut client = Client::connect(server.address()).await;
    for byte in b"GET /hello HTTP/1.1\r\nhost: a\r\n\r\n" {
        client.send([*byte]).await.unwrap();
        tokio::time::sleep(ms(1)).await;
    }
    assert_eq!(client.answer().await.unwrap().unwrap().status, 200);
}

#[tokio::test]
async fn broken_and_ambiguous_requests_are_refused() {
    let server = Setup::default().start();
    let long = "x".repeat(9000);
    let mut clients = tokio::task::JoinSet::new();
    for (request, statuses) in [
        ("nonsense\r\n\r\n".to_owned(), &[400][..]),
        ("GET /hello HTTP/9.9\r\nhost: a\r\n\r\n".into(), &[400]),
        ("GET /hello HTTP/1.1\r\n\r\n".into(), &[400]),
        ("GET /hello HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n".into(), &[400]),
        ("GET /hello HTTP/1.1\r\nhost : a\r\n\r\n".into(), &[400]),
        ("GET /hello HTTP/1.1\r\nhost: a\r\nx: a\0b\r\n\r\n".into(), &[400]),
        ("GET /hello HTTP/1.1\r\nhost: a\r\nx\r\n\r\n".into(), &[400]),
        (
            "GET /hello HTTP/1.1\r\nhost: a\r\nx: 1\r\n folded\r\n\r\n".into(),
            &[400],
        ),
        (
            "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab".into(),
            &[400],
        ),
        (
            "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: +1\r\n\r\na".into(),
            &[400],
        ),
        (
            "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n".into(),
            &[400],
        ),
        (
            "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n".into(),
            &[400],
        ),
        (
            "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n".into(),
            &[400],
        ),
        (
            "POST /echo HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n".into(),
            &[400],
        ),
        (
            "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".into(),
            &[400],
        ),
        (
            format!("GET /{long} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"),
            &[414],
        ),
    ] {
        let address = server.address();
        clients.spawn(async move {
            let seen = Client::connect(address).await.exchange(&request).await;
            assert_eq!(seen, statuses, "{request:?}");
        });
    }
    clients.join_all().await;
}

/// Also behind an answered request, alone or in one piece with it, and when the client sends on.
#[tokio::test]
async fn a_head_that_cannot_be_read_gets_a_document_and_a_log_line() {
    let log = Memory::default();
    let writer = LogWriter::start(log.clone()).unwrap();
    let server = Setup::default().start_logging(writer.clone());
    let honest = "GET /hello HTTP/1.1\r\nhost: a\r\n\r\n";
    let fields = "x: y\r\n".repeat(101);
    for (broken, status) in [
        ("nonsense\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/1.1\r\nhost : a\r\n\r\n".to_owned(), 400),
        (format!("GET / HTTP/1.1\r\nhost: a\r\n{fields}\r\n"), 431),
        (format!("nonsense\r\n\r\n{}", "x".repeat(1 << 20)), 400),
    ] {
        for before in [0, 1, 2] {
            let mut client = Client::connect(server.address()).await;
            let mut sent = broken.clone();
            match before {
                1 => assert_eq!(client.get("/hello").await.status, 200),
                2 => sent.insert_str(0, honest),
                _ => {}
            }
            let _ = client.send(&sent).await;
            if before == 2 {
                assert_eq!(client.answer().await.unwrap().unwrap().status, 200);
            }
            let answer = client.answer().await.unwrap().unwrap();
            assert_eq!((answer.status, answer.body), (status, format!("document {status}")));
            assert!(answer.head.contains("x-request-id: ") && answer.head.contains("connection: close"));
            client.until_closed().await;
        }
    }
    assert!(writer.flush(ms(5000)));
    let log = log.text();
    let refused: Vec<_> = log.lines().filter(|line| line.contains("\"status\":4")).collect();
    assert_eq!(refused.len(), 12, "{log}");
    assert!(
        refused
            .iter()
            .all(|line| !line.contains("\"method\"") && line.contains("\"client_ip\""))
    );
}

/// The second request stands inside the body by one reading and behind it by the other.
#[tokio::test]
async fn a_message_of_two_lengths_is_refused_and_nothing_is_smuggled_behind_it() {
    let server = Setup::default().start();
    let body = "0\r\n\r\nGET /hello HTTP/1.1\r\nhost: a\r\n\r\n";
    let length = body.len();
    for lengths in [
        format!("content-length: {length}\r\ntransfer-encoding: chunked"),
        format!("transfer-encoding: chunked\r\ncontent-length: {length}"),
    ] {
        for used in [false, true] {
            let mut client = Client::connect(server.address()).await;
            if used {
                client.get("/hello").await;
            }
            let statuses = client
                .exchange(format!("POST /echo HTTP/1.1\r\nhost: a\r\n{lengths}\r\n\r\n{body}"))
                .await;
            assert_eq!(statuses, [400], "{lengths}");
        }
    }
}

#[tokio::test]
async fn chunked_and_counted_bodies_are_read_on_one_connection() {
    let server = Setup::default().start();
    let mut client = Client::connect(server.address()).await;
    for lengths in [
        "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "content-length: 3\r\n\r\nabc",
    ]
    .repeat(2)
    {
        client
            .send(format!("POST /echo HTTP/1.1\r\nhost: a\r\n{lengths}"))
            .await
            .unwrap();
        let answer = client.answer().await.unwrap().unwrap();
        assert_eq!((answer.status, &*answer.body), (200, "abc"));
    }
}

#[tokio::test]
async fn http_1_0_is_answered_and_closed() {
    let server = Setup::default().start();
    let mut client = Client::connect(server.address()).await;
    assert_eq!(client.exchange("GET /hello HTTP/1.0\r\n\r\n").await, [200]);
}

#[tokio::test]
async fn paths_of_no_router_get_the_404_document_and_a_log_line() {
    let log = Memory::default();
    let writer = LogWriter::start(log.clone()).unwrap();
    let server = Setup::default().start_logging(writer.clone());
    let answer = Client::connect(server.address()).await.get("/nowhere").await;
    assert_eq!((answer.status, &*answer.body), (404, "document 404"));
    assert!(answer.head.contains("x-request-id: "), "{}", answer.head);
    assert!(writer.flush(ms(5000)));
    let line: serde_json::Value = serde_json::from_str(&log.text()).unwrap();
    assert_eq!(
        (&line["status"], &line["client_ip"]),
        (&404.into(), &"127.0.0.1".into())
    );
}

#[tokio::test]
async fn a_panic_costs_its_request_and_not_the_connection() {
    let server = Setup::default().start();
    let mut client = Client::connect(server.address()).await;
    assert_eq!(client.get("/panic").await.status, 500);
    assert_eq!(client.get("/hello").await.status, 200);
}

#[tokio::test]
async fn health_is_told_by_get_and_head_only() {
    let server = Setup::default().start();
    let mut client = Client::connect(server.address()).await;
    assert_eq!(client.get("/livez").await.body, r#"{"status":"alive"}"#);
    assert_eq!(client.get("/readyz").await.body, r#"{"status":"ready"}"#);
    client
        .send("POST /readyz HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n")
        .await
        .unwrap();
    let answer = client.answer().await.unwrap().unwrap();
    assert_eq!(answer.status, 405);
    assert!(answer.head.contains("allow: GET, HEAD"), "{}", answer.head);
}

#[tokio::test]
async fn a_client_that_goes_away_ends_its_request() {
    let log = Memory::default();
    let writer = LogWriter::start(log.clone()).unwrap();
    let server = Setup::default().start_logging(writer.clone());
    let mut client = Client::connect(server.address()).await;
    client
        .send("GET /wait/60000 HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    tokio::time::sleep(ms(50)).await;
    drop(client);
    for _ in 0..200 {
        writer.flush(ms(1000));
        if !log.text().is_empty() {
            break;
        }
        tokio::time::sleep(ms(10)).await;
    }
    let line: serde_json::Value = serde_json::from_str(&log.text()).unwrap();
    assert_eq!((&line["status"], &line["code"]), (&499.into(), &"client_gone".into()));
}

/// A request whose bytes are changed, dropped, doubled and cut at random.
fn mangled(random: &dyn Entropy) -> Vec<u8> {
    let honest = b"POST /echo?a=b HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    let mut bytes = honest.repeat(2);
    for _ in 0..random.next_u64() % 8 {
        let at = (random.next_u64() as usize) % bytes.len();
        match random.next_u64() % 4 {
            0 => bytes[at] = random.next_u64() as u8,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, b"\r\n\0:; \xff"[(random.next_u64() % 7) as usize]),
            _ => bytes.truncate(at.max(1)),
        }
    }
    bytes
}

#[tokio::test]
async fn no_bytes_whatsoever_harm_the_server() {
    let sockets = SocketLimits {
        header_read: ms(200),
        ..SocketLimits::default()
    };
    let requests = Limits {
        body_idle: ms(200),
        ..Limits::default()
    };
    let setup = Setup {
        sockets,
        requests,
        ..Setup::default()
    };
    let mut server = setup.start();
    let random = SeededEntropy::new(42);
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..400 {
        let (address, bytes) = (server.address(), mangled(&random));
        clients.spawn(async move {
            let statuses = Client::connect(address).await.exchange(&bytes).await;
            let known = [200, 400, 404, 405, 408, 413, 414, 431];
            assert!(
                statuses.iter().all(|status| known.contains(status)),
                "{statuses:?} for {}",
                bytes.escape_ascii()
            );
        });
    }
    clients.join_all().await;
    assert_eq!(Client::connect(server.address()).await.get("/hello").await.status, 200);
    assert_eq!(server.drain(false).await, 0);
}
